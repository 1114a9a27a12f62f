"""What descriptions tell of those they stand beside: office, sector, country. Sentences of our own."""

from __future__ import annotations

import pytest
from resolved import actors_of, named


def test_a_description_before_a_dash_is_of_the_one_named_after_it() -> None:
    actors = actors_of("A former presidential candidate -- Corvin Hale, who lost the vote -- said the plan would fail.")
    assert named(actors, "Corvin Hale").sector == "ELI"
    assert len([a for a in actors.actors if a.kind == "person"]) == 1


def test_a_second_description_without_an_article_is_of_the_same_person() -> None:
    actors = actors_of("Corvin Hale, a Republican and former Ohio governor and senator, said on Monday it would fail.")
    hale = named(actors, "Corvin Hale")
    assert hale.sector == "ELI" and len([a for a in actors.actors if a.kind == "person"]) == 1


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("US Trade Representative Corvin Hale left for talks.", "GOV"),
        ("State schools Superintendent Corvin Hale left for talks.", "GOV"),
        ("Representative Corvin Hale voted against it.", "LEG"),
    ],
)
def test_a_title_is_part_of_a_longer_office(text: str, sector: str) -> None:
    assert named(actors_of(text), text[: text.index(" Hale")] + " Hale").sector == sector


def test_an_ambassador_is_of_who_sends_not_of_where_he_is_sent() -> None:
    actors = actors_of(
        "The talks were led by U.S. Ambassador to the European Union Ann Marlowe. Marlowe said they failed."
    )
    assert named(actors, "Marlowe").country == "USA"


def test_the_body_after_two_fields_of_an_office() -> None:
    text = (
        "It will fail, said Corvin Hale, vice president for trade and foreign policy studies at the Norfield Institute."
    )
    hale = named(actors_of(text), "Corvin Hale")
    assert hale.sector == "SOC" and hale.affiliation
