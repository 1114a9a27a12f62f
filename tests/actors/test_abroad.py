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
        "Peru put a ban on horse movements last week.",
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


@pytest.mark.parametrize(
    ("text", "mention", "sector"),
    [
        ("Norway said that it had shot down a Peruvian bomber.", "a Peruvian bomber", "MIL"),
        ("A couple of Peruvian bombers flew along the coast of Chile.", "Peruvian bombers", "MIL"),
        ("Norway scrambled fighters on Monday.", "fighters", "MIL"),
        ("Police in Peru shot a bomber on Monday.", "a bomber", "UAF"),
        ("Two fighters were killed in Peru on Monday.", "Two fighters", "UAF"),
    ],
)
def test_bombers_and_fighters_that_fly_are_aircraft(text: str, mention: str, sector: str) -> None:
    assert named(actors_of(text), mention).sector == sector


def test_ministries_of_one_name_in_two_states_are_two() -> None:
    actors = actors_of(
        "Peru's Ministry of Health told of new cases. The Chilean ministry of health has said that two people died."
    )
    assert named(actors, "Peru's Ministry of Health").country == "PER"
    assert named(actors, "Chilean ministry of health").country == "CHL"


def test_a_name_taken_for_a_body_after_the_role_that_it_bears_is_a_person() -> None:
    said = (
        '"The camp is full," said a UNHCR protection officer, Yolande Ditwig. She told the station that it would rain.'
    )
    who = named(actors_of(said), "Yolande Ditwig")
    assert (who.kind, who.country) == ("person", "UNO")
    lone = named(
        actors_of('"That does not work," said the WHO spokesman, Hartel, adding that more was known.'), "Hartel"
    )
    assert (lone.kind, lone.country, lone.sector) == ("person", "UNO", "GOV")


def test_a_firm_that_is_called_a_leader_stays_a_body() -> None:
    actors = actors_of("The state paid Norfield Analytics, a leader in maps, for the plans of Peru.")
    assert named(actors, "Norfield Analytics").kind != "person"
    actors = actors_of(
        "The island was loved. But the new owner, OMeridians Global, a private investment firm, did not answer."
    )
    assert "OMeridians Global" not in {a.name for a in actors.actors if a.kind == "person"}


def test_who_is_told_of_by_age_alone_is_a_civilian() -> None:
    actors = actors_of("Corva Hale, 34, was struck by a car. Police said 37-year-old Bo Tarn saw it. Ann Low spoke.")
    assert named(actors, "Corva Hale").sector == named(actors, "Bo Tarn").sector == "CVL"
    assert named(actors, "Ann Low").sector == "UNK"
    assert named(actors_of("Mayor Corva Hale, 34, was struck by a car."), "Mayor Corva Hale").sector == "GOV"


def test_a_strain_is_nobody() -> None:
    assert not [
        a for a in actors_of("Scientists in Peru said the H5N1 strain had spread.").actors if a.kind == "person"
    ]


@pytest.mark.parametrize(
    ("text", "mention", "sector"),
    [
        ("The fire is small, said Shelley Hale, a Volusia County spokeswoman.", "Shelley Hale", "GOV"),
        ("Mike Hale, a city spokesman, agreed on Monday.", "Mike Hale", "GOV"),
        ("A school district spokesman said schools stay open.", "A school district spokesman", "EDU"),
        ("A city police spokesman said schools stay open.", "A city police spokesman", "COP"),
        ("Town residents said schools stay open.", "Town residents", "CVL"),
    ],
)
def test_who_speaks_for_a_city_or_county_is_of_its_government(text: str, mention: str, sector: str) -> None:
    assert named(actors_of(text), mention).sector == sector


def test_a_name_taken_for_a_body_after_a_title_is_a_person() -> None:
    text = "The fire is near the roads east of town, county spokeswoman Corva Hale said. Hale spoke on Monday."
    assert {(a.name, a.kind) for a in actors_of(text).actors} == {("Corva Hale", "person")}


def test_an_office_that_opens_the_sentence_is_of_the_one_named_after_it() -> None:
    text = "Federal Minister for Agriculture, Peter Marlowe said the carnival in Melbourne will remain open."
    assert named(actors_of(text), "Peter Marlowe").sector == "GOV"
