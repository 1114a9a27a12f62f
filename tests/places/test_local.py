"""Places of local news: counties within names, and towns that a paper of another country would not mean. Sentences of our own."""

from __future__ import annotations

import pytest

from dateline import language, places
from dateline.model import Article, Place
from dateline.places.geoparse import resolve_spans


def read(text: str, **fields: object) -> dict[str, Place]:
    """The places of a text by the words that name them."""
    doc = language.load().parse(Article(id="", source="", text=text, **fields))  # type: ignore[arg-type]
    return {mention.text: place for place in places.find(doc) for mention in place.mentions}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Walker County Fair Queen opened the show.", {"Walker County"}),
        ("She left on Monday. The Walker County fair opened.", {"Walker County"}),
        ("Ann Low told Morrow County Municipal Court in Ohio.", {"Morrow County", "Ohio"}),
        ("Tornadoes hit Harvey, Harper and Kingman counties in Kansas.", {"Harvey", "Harper", "Kingman", "Kansas"}),
    ],
)
def test_counties_are_places_whatever_their_names_are_part_of(text: str, found: set[str]) -> None:
    assert set(read(text)) == found


def test_one_of_several_counties_is_no_town() -> None:
    found = read("Tornadoes hit Harvey, Harper and Kingman counties in Kansas.")
    assert {found[name].kind for name in ("Harvey", "Harper", "Kingman")} == {"admin2"}
    assert read("Tornadoes hit Kingman, Kansas, and two counties.")["Kingman"].kind == "city"


def test_a_county_that_nobody_knows_is_not_made_a_place() -> None:
    assert "Xyloph County" not in read("The Xyloph County fair opened.")


def country_of(name: str, text: str, domain: str | None = None) -> str | None:
    """Alpha-2 of the country of a name's first naming."""
    start = text.index(name)
    return resolve_spans(text, [(start, start + len(name))], domain=domain)[0]["country"]


def test_local_news_means_the_towns_of_its_country() -> None:
    text = "Mansfield is refinancing its debt, the city council and the school board said."
    assert country_of("Mansfield", text) == "US"
    assert country_of("Mansfield", "Mansfield is refinancing its debt, a spokesman said.") == "GB"


def test_a_paper_called_after_its_town_means_that_town() -> None:
    text = "Paris is refinancing its debt, the city council and the school board said."
    assert country_of("Paris", text, "parispilot.com") == "US"
    assert country_of("Paris", text, "haletimes.com") == "FR"


@pytest.mark.parametrize("name", ["Egypt", "Mexico", "Italy", "Pacific"])
def test_local_news_means_states_and_seas_by_their_names(name: str) -> None:
    text = f"The city council and the school board heard a teacher who had crossed {name}."
    assert country_of(name, text) != "US"
