"""Texts of our own as articles, and their actors."""

from __future__ import annotations

import datetime

from dateline.actors import Actors, find
from dateline.language import Doc, load
from dateline.model import Actor, Article


def parsed(text: str, **known: object) -> Doc:
    """The text as an article of 2 March 2023, parsed."""
    article = Article(**{"id": "t", "source": "t", "text": text, "published": datetime.date(2023, 3, 2), **known})  # type: ignore[arg-type]
    return load().parse(article)


def actors_of(text: str, **known: object) -> Actors:
    """The actors of a text."""
    return find(parsed(text, **known))


def named(actors: Actors, mention: str) -> Actor:
    """The one actor with a mention of this text."""
    found = [a for a in actors.actors if mention in {s.text for s in a.mentions}]
    assert len(found) == 1, (mention, [(a.name, [s.text for s in a.mentions]) for a in actors.actors])
    return found[0]
