"""Words of news from all over the world: officers that are no police, embassies, clergy, peoples of two states. Own prose."""

from __future__ import annotations

import pytest
from resolved import actors_of, named


@pytest.mark.parametrize(
    ("text", "mention", "sector"),
    [
        ("A UNHCR protection officer said the camp was full.", "A UNHCR protection officer", "GOV"),
        ("A Peruvian peacekeeping officer was killed on Monday.", "A Peruvian peacekeeping officer", "MIL"),
        ("Ann Marlowe, a press officer for Norfield Hospital, said he was well.", "Ann Marlowe", "MED"),
        ("Peruvian strategic bombers flew along the border.", "Peruvian strategic bombers", "MIL"),
        ("Peru asked for money, and international donors pledged it.", "international donors", "GOV"),
        ("Peru thanked the blood donors on Monday.", "the blood donors", "CVL"),
    ],
)
def test_the_word_before_an_officer_donor_or_bomber_tells_what_they_are(text: str, mention: str, sector: str) -> None:
    assert named(actors_of(text), mention).sector == sector


@pytest.mark.parametrize(
    "text",
    [
        "The doctors in Peru found that white blood cells were low.",
        "Peru put limits on the movement of livestock on Monday.",
        "The treaty gives citizens of Peru freedom of movement.",
    ],
)
def test_cells_of_the_blood_and_what_is_moved_are_no_bodies(text: str) -> None:
    assert not [a for a in actors_of(text).actors if a.kind in ("armed group", "ngo")]
    assert named(actors_of("Police in Peru found a terrorist cell."), "a terrorist cell").kind == "armed group"
    assert named(actors_of("A movement of farmers in Peru protested."), "A movement").kind == "ngo"


def test_an_embassy_is_not_of_the_state_that_it_is_in() -> None:
    text = (
        "Norway said on Monday that staff of the embassy in Peru would be sent home. The embassy in Chile stays open."
    )
    assert not {"PER", "CHL"} & {a.country for a in actors_of(text).actors}


def test_american_ministers_are_of_a_church_and_others_of_a_state() -> None:
    text = (
        "ATLANTA, Georgia. A minister told the city council on Tuesday that his ministry was growing, the sheriff said."
    )
    actors = actors_of(text)
    assert named(actors, "A minister").sector == named(actors, "his ministry").sector == "REL"
    assert named(actors, "his ministry").kind == "organisation"
    assert named(actors_of("Peru said on Monday that a minister had left."), "a minister").sector == "GOV"


def test_a_people_of_two_states_is_of_the_one_told_of() -> None:
    here = actors_of("Sri Lanka said on Tuesday that Tamils fled the north. Sinhalese leaders spoke of peace.")
    assert named(here, "Tamils").country == "LKA" and named(here, "Sinhalese leaders").country == "LKA"
    assert named(actors_of("India said on Tuesday that Tamils voted."), "Tamils").country == "IND"
    both = actors_of("Sri Lanka said that Sinhalese and Tamils were killed.")
    assert named(both, "Sinhalese") is not named(both, "Tamils")


def test_who_is_of_a_people_by_birth_is_of_the_land_where_they_live() -> None:
    actors = actors_of("Macedonia said on Tuesday that ethnic Albanian rebels had attacked its army.")
    assert named(actors, "ethnic Albanian rebels").country != "ALB"
