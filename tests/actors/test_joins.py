"""Which country an actor has where an article tells of abroad, and who is the same as whom. Sentences of our own."""

from __future__ import annotations

import datetime

from dateline.actors import Actors, find
from dateline.language import load
from dateline.model import Actor, Article


def actors_of(text: str, **known: object) -> Actors:
    """The actors of a text of 2 March 2023 whose publisher nobody knows."""
    article = Article(**{"id": "t", "source": "t", "text": text, "published": datetime.date(2023, 3, 2), **known})  # type: ignore[arg-type]
    return find(load().parse(article))


def named(actors: Actors, mention: str) -> Actor:
    """The one actor with a mention of this text."""
    found = [a for a in actors.actors if mention in {s.text for s in a.mentions}]
    assert len(found) == 1, (mention, [(a.name, [s.text for s in a.mentions]) for a in actors.actors])
    return found[0]


def test_an_article_full_of_the_people_of_one_state_is_not_told_from_the_land_they_speak_of() -> None:
    actors = actors_of(
        "Joe Biden asked about grain from Peru on Monday. Biden said Peru was a friend. Kamala Harris agreed with Biden. "
        "Antony Blinken told Harris that Peru would answer. Lawmakers questioned Blinken, and Biden thanked Blinken."
    )
    assert named(actors, "Lawmakers").country == "USA"


def test_an_article_about_a_land_and_none_of_its_people_is_told_from_there() -> None:
    actors = actors_of("Peru raised its tariffs on Monday. Lawmakers said Peru would win. Voters in Peru agreed.")
    assert named(actors, "Lawmakers").country == "PER"
