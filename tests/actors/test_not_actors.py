"""Names that are days or towns, adjectives in a list, and names with a possessive in them."""

from __future__ import annotations

import pytest
from resolved import actors_of

from dateline import actors, language
from dateline.model import Actor, Article


def found(text: str) -> dict[str, Actor]:
    who = actors.find(language.load().parse(Article("x", "x", text)))
    return {a.name: a for a in who.actors}


def test_a_day_is_no_group_of_that_name() -> None:
    assert "November 17" not in found("The minister suspended the talks on November 17.")


def test_a_town_taken_for_a_body_is_no_actor() -> None:
    text = "The Colombian government and the Revolutionary Armed Forces of Colombia formally opened peace talks in Hurdal on Thursday."
    assert "Hurdal" not in found(text)


def test_adjectives_in_a_list_each_name_their_state() -> None:
    who = found("Russian and Ukrainian negotiators met in Istanbul on Tuesday.")
    assert {a.country for a in who.values()} == {"RUS", "UKR"}
    assert all(a.kind == "government" for a in who.values())


def test_a_registered_name_with_a_possessive_in_it() -> None:
    who = found("Delegates of the Lord's Resistance Army and the government met in Juba.")
    assert who["Lord's Resistance Army"].kind == "armed group"
    assert found("Afghanistan's army advanced.").keys() == {"Afghanistan's army"}


def test_a_day_after_a_noun_for_a_body_is_no_name_of_it() -> None:
    assert "Tuesday" not in found(
        "The interview will be shown on the Northern network Tuesday night, the minister said."
    )


def test_a_title_in_a_headline_is_not_named_by_the_next_words() -> None:
    assert "Not To" not in found("Senator Maren Told A Female Reporter Not To ‘Moan’ About The Vote")


def test_a_word_that_opens_the_sentence_is_no_part_of_a_name() -> None:
    who = found("The vote was lost. Key Security Council powers distanced themselves from the decision.")
    assert "Key Security Council" not in who and "Security Council" in who


def test_the_capital_of_a_sentence_makes_no_name() -> None:
    who = found("Turnout was low in the north. The minister, Ann Marlowe, said that turnout would rise.")
    assert "Turnout" not in who and "Ann Marlowe" in who


def test_a_code_is_no_body() -> None:
    text = "In the suit, with Number KLM/ABJ/03/095/2018, the senators asked the court for damages."
    assert not any("2018" in name for name in found(text))
    assert not any(
        "2018" in name for name in found("The suit was numbered Docket KLM/095/2018 by the court on Monday.")
    )


def test_a_headlines_noun_is_no_part_of_a_name() -> None:
    text = "Ann Marlowe Speech Angers Farmers\n\nAnn Marlowe spoke on Monday. The farmers said Marlowe was wrong."
    assert "Ann Marlowe" in found(text) and "Ann Marlowe Speech" not in found(text)


def test_a_body_ends_before_a_bracket_that_it_does_not_close() -> None:
    who = found("Strelsau (Harbour Authority reported losses on Monday. Officials agreed.")
    assert "Harbour Authority" in who and not any("(" in name for name in who)


def test_a_participle_that_opens_a_sentence_is_no_first_name() -> None:
    text = "Alexander Vandermeer told the committee of the call. Questioning Vandermeer, the chairman asked about it."
    assert "Questioning Vandermeer" not in found(text)


def test_a_policy_is_not_the_party_called_like_it() -> None:
    assert "Our Ukraine" not in found("The minister said how our Ukraine policy could play out.")


def test_the_tag_of_an_agency_is_no_party() -> None:
    assert "Pakistan Tehreek-e-Insaf" not in found("The men were flown home by the ministry on Monday. PTI")


def test_a_common_noun_with_an_article_is_nobody() -> None:
    assert not any(a.kind == "person" for a in found("The agency wants to fly to the Moon by 2030.").values())


def test_words_of_a_headline_before_a_full_name_are_no_part_of_it() -> None:
    who = found("Voters Praise Ann Marlowe In Debate\n\nAnn Marlowe spoke on Monday. Voters praised Ann Marlowe.")
    assert "Ann Marlowe" in who and not any("Praise" in name for name in who)


def test_an_insult_before_a_name_is_no_part_of_it() -> None:
    who = found("Ann Marlowe won. A rival spoke of Crooked Ann Marlowe on Monday. Ann Marlowe did not answer.")
    assert "Ann Marlowe" in who and not any("Crooked" in name for name in who)


def test_laws_rooms_and_programmes_are_no_bodies() -> None:
    text = (
        "The senators voted for the Clean Rivers Recovery Act and left the Cabinet Room. Medicaid was not discussed, "
        "the Commission on Rural Debates said."
    )
    who = found(text)
    assert not {"Clean Rivers Recovery Act", "Cabinet Room", "Medicaid"} & who.keys()
    assert "Commission on Rural Debates" in who


def test_anybody_is_nobody() -> None:
    who = found(
        "Any taxpayer would agree. No candidate has won. Every teacher knows it. A teacher wrote to the minister."
    )
    assert not {"Any taxpayer", "No candidate", "Every teacher", "any taxpayer", "no candidate"} & who.keys()
    assert "teacher" in who


def test_who_is_against_a_state_is_not_of_it() -> None:
    who = found("Two anti-French demonstrators were beaten on Monday.")
    assert not any(a.country == "FRA" for a in who.values())


def test_the_agency_at_the_end_and_the_credit_of_a_photograph_are_nobody() -> None:
    who = found("The minister, Ann Marlowe, left. (Corvin Hale/Associated Press)\n\nShe will return. KLM")
    assert not any("Hale" in name for name in who) and "KLM" not in who and "Ann Marlowe" in who


def test_the_name_of_a_poll_is_nobody() -> None:
    who = found("The minister leads by two points in a Rasmussen poll, and by three in a Zogby survey.")
    assert not any("Rasmussen" in a.name for a in who.values())


def test_no_business_is_nobody_and_neither_are_a_host_and_heads() -> None:
    who = found("No business will pay. A host of questions remained, and the ministers shook their heads.")
    assert not {"No business", "no business", "host of questions", "host", "their heads"} & who.keys()


def test_titles_alone_are_no_body_and_a_last_name_with_its_particle_is_nobody_else() -> None:
    who = found("De Blasio promises more buses\n\nNew York Mayor Bill de Blasio spoke on Monday. The mayor smiled.")
    assert "De Blasio" not in who


def test_wall_street_is_no_government() -> None:
    who = found("Washington will tax Wall Street, the White House said. Wall Street was silent.")
    assert who["United States"].sector == "GOV" and who["Wall Street"].sector == "BUS"


def test_a_committee_of_a_chamber_is_of_the_legislature() -> None:
    assert found("It was read to the House Norfield Committee on Monday.")["House Norfield Committee"].sector == "LEG"


def test_either_side_is_one_of_the_two() -> None:
    who = found("China and Peru met on Monday. Both sides smiled, and neither side left. Either party may return.")
    assert {s.text for a in who.values() if a.members for s in a.mentions} == {
        "Both sides",
        "neither side",
        "Either party",
    }


def test_a_society_named_after_somebody_is_a_body() -> None:
    who = found("The Ben Marlowe Society left. The Ben Marlowe Society will return, its members said on Monday.")
    assert not any(a.kind == "person" and "Marlowe" in a.name for a in who.values())


def test_our_house_is_no_chamber() -> None:
    assert not any(a.sector == "LEG" for a in found("My brother came to our house. Our house was cold.").values())


def test_a_first_name_taken_for_a_body_is_the_one_named_in_full() -> None:
    who = found("Bernie Norfield spoke on Monday. The site said that Bernie’s 51% claim was mostly true.")
    assert "Bernie" not in who and "Bernie Norfield" in who


def test_what_a_governor_does_in_a_headline_is_not_his_name() -> None:
    who = found("Norfield Governor Resigns After Bitter Vote\n\nThe governor resigned on Monday.")
    assert not any("Resigns" in name for name in who)


def test_somebodys_body_is_no_body() -> None:
    who = found("Police found the body of Ann Marlowe on Monday. Ann Marlowe was 30.")
    assert not any("body" in name for name in who)


def test_a_court_named_after_somebody_is_nobody() -> None:
    who = found("A judge in Prince William County Circuit Court freed him on Monday.")
    assert not any(a.kind == "person" and "William" in a.name and a.role != "judge" for a in who.values())


def test_initials_are_no_state() -> None:
    assert not any(a.country == "GBR" for a in found("A lawyer, G.B. Marlowe, left on Monday.").values())


def test_acronyms_taken_for_people_are_bodies() -> None:
    who = found("Marlowe's mother blames KBR. KBR's lawyer said KBR was told, and KBR told the army.")
    assert who["KBR"].kind == "organisation"


def test_streets_plans_and_heads_are_nobody() -> None:
    who = found("In May a General Plan was made on Clinton St. He hit Ann Marlowe's head and hers.")
    assert not any(w in name for name in who for w in ("Plan", "Clinton St", "head"))


def test_a_battery_that_somebody_commits_is_no_force() -> None:
    assert not any(a.sector == "MIL" for a in found("The aggravated battery was reported to the police.").values())


def test_a_name_that_the_words_beside_it_make_a_place_is_no_actor() -> None:
    assert found("Rebels attacked the villages of Dolna and Avnek on Monday.").keys() == {"Rebels"}
    assert found("The army entered the province of Hofbau.").keys() == {"army"}
    assert found("Police blocked the road to the Yanarka mine.").keys() == {"Police"}
    assert "Zenda" not in found("Fighters shelled the Zenda refugee camp on Monday.")


def test_a_capital_acts_only_where_it_speaks() -> None:
    assert found("A fight north of the capital of Peru left four gunmen dead.").keys() == {"four gunmen"}
    assert found("The Peruvian capital denied the claim.")["Peruvian capital"].country == "PER"


def test_a_town_of_the_dateline_that_nobody_knows_is_no_body() -> None:
    text = "STRELSAU, Norway — The rebels opened talks with the government in Strelsau on Thursday."
    doc = language.load().parse(Article("id", "source", text, body_start=text.index("The")))
    assert not any("STRELSAU" in m.text for a in actors.find(doc).actors for m in a.mentions)


def test_a_title_after_a_force_is_no_body() -> None:
    assert set(found("The photos show the guests meeting with army Cmdr. Karl Oster on Monday.")) == {
        "guests",
        "Karl Oster",
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Harbour spokesman Navy Capt. Lars Holm said it was late.", "Lars Holm"),
        ("Former technology executive Carly Ekmark spoke.", "Carly Ekmark"),
        ("Erica Sill, the daughter of Low Hill Elementary Principal Debbie Holt, complained.", "Debbie Holt"),
        ("She spoke in an interview with Norland Business Network's Maria Sand.", "Maria Sand"),
    ],
)
def test_an_office_or_a_body_in_a_name_ends_where_the_person_begins(text: str, name: str) -> None:
    found = actors_of(text)
    assert [a.kind for a in found.actors if a.name == name] == ["person"]
    assert not any("Capt" in a.name or "Principal" in a.name for a in found.actors)


def test_a_first_name_that_the_recogniser_gave_to_a_body_is_the_persons() -> None:
    found = actors_of("Democratic National Committee Chair Debbie Holm Sandberg dismissed the charge.")
    assert "Debbie Holm Sandberg" in {a.name for a in found.actors}


def test_the_end_of_a_sentence_ends_a_role() -> None:
    found = actors_of("She called police. Officers heard the noise.")
    assert {"police", "Officers"} <= {s.text for a in found.actors for s in a.mentions}


def test_fields_of_departments_roads_and_halls_are_no_actors() -> None:
    found = actors_of(
        "It works with the departments of State, Interior, Labor and Energy. A truck burned on the Golden State Freeway. "
        "Crowds stood before the Greystone Inn. Envoys came to the Democratic National Convention."
    )
    names = {a.name for a in found.actors}
    assert not names & {"Interior", "Labor", "Energy", "Golden State Freeway", "Greystone Inn", "Democratic"}


def test_an_exile_is_somebody_and_somebodys_exile_is_not() -> None:
    found = actors_of("The mayor's self-imposed exile went on. In video posted on social media, a Peruvian exile left.")
    assert [a.name for a in found.actors if a.sector == "OPP"] == ["Peruvian exile"]
    assert not any(a.sector == "JRN" for a in found.actors)


def test_a_river_and_justice_at_large_are_nobody() -> None:
    assert "Arquia" not in found("The captives were handed over to the Red Cross near the Arquia river in Choco.")
    assert not any("justice" in name for name in found("Norway welcomed an agreement on transitional justice."))
    assert any(
        "justice" in name for name in found("A justice of the Supreme Court told reporters that he would resign.")
    )


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("Corvin Hale voiced his opposition to the war in Norland.", "opposition"),
        ("Corvin Hale deepened his resistance to the plan.", "resistance"),
        ("The division between Corvin Hale and Ann Marlowe came up.", "division"),
        ("Corvin Hale gave a dinner party on Monday.", "party"),
        ("The Norwegian bombing campaign killed dozens.", "campaign"),
        ("Steel was sold on the American market on Monday.", "market"),
    ],
)
def test_words_for_bodies_in_their_plain_sense_are_none(text: str, nobody: str) -> None:
    assert all(nobody not in s.text for a in actors_of(text).actors for s in a.mentions)


@pytest.mark.parametrize("place", ["Paris, Texas, and the mayor of Paris", "Nassau County, and the mayor"])
def test_a_town_called_like_a_capital_is_no_state(place: str) -> None:
    actors = actors_of(f"Police in {place} met on Monday.", publisher="USA Today")
    assert {a.country for a in actors.actors} <= {"USA"}


def test_the_peoples_name_in_a_towns_is_none() -> None:
    assert all(a.country != "BWA" for a in actors_of("Police in San Bernardino said so on Monday.").actors)


@pytest.mark.parametrize(
    "text",
    [
        "Ohio holds its caucuses on Saturday.",
        "Ohio holds a caucus on Saturday.",
        "They met at the tennis courts on Monday.",
        "A car was found on Hill Street near Knox Park on Monday.",
    ],
)
def test_votes_courts_for_play_and_streets_are_nobody(text: str) -> None:
    assert {a.name for a in actors_of(text, publisher="USA Today").actors} <= {"Ohio"}


def test_illnesses_and_storms_are_nobody() -> None:
    told = found(
        "Avian Flu was found in Poland. Typhoon Haiyan struck, and Storm Fay passed. Ann Storm, the minister, left."
    )
    assert [a.name for a in told.values() if a.kind == "person"] == ["Ann Storm"]


def test_towns_are_nobody_where_the_text_tells_that_they_are_towns() -> None:
    who = found(
        "Soldiers entered Jenin on Monday. Jenin was quiet at noon, and Jenin's mayor protested. Former Epsom police chief Ann Marlowe left."
    )
    assert not {"Jenin", "Epsom"} & set(who)
    assert "Ann Marlowe" in who
    who = found("Marlowe left on Monday, said Ann Marlowe. Few had confidence in Marlowe. Marlowe police did not come.")
    assert "Ann Marlowe" in who


def test_an_office_that_somebody_may_come_to_hold_is_nobody() -> None:
    assert "elected president" not in found("Senator Ann Holt said if elected president she would sign the pact.")
    assert not any("presidency" in name for name in found("Voters fear the idea of an Ann Holt presidency."))


def test_money_is_no_company() -> None:
    assert "committed funds" not in " ".join(found("He said the committed funds from the government had not come."))


def test_a_headline_s_verb_is_no_name() -> None:
    text = "Ivo Marn Slams Karl Tolan Over Fishing Rights.\n\nIvo Marn attacked his rival Karl Tolan on Monday."
    assert {"Ivo Marn", "Karl Tolan"} <= found(text).keys()


def test_a_double_last_name_is_no_first_name() -> None:
    text = "Senator Anna Mark-Viver assailed the bill. “It is wrong,” said Mark-Viver."
    assert [a.name for a in found(text).values() if "Viver" in a.name] == ["Anna Mark-Viver"]


def test_a_short_first_name_is_the_long_one() -> None:
    text = "Ken Ostrom praised the bill. Kenneth Ostrom, the counsel, spoke on Monday. Karla Ostrom did not."
    assert len([a for a in found(text).values() if "Ostrom" in a.name]) == 2


def test_what_somebody_is_called_is_nobody() -> None:
    text = "Senator Dole Emmet respects Senator Ann Holt and calls her “an intelligent woman with a fine mind.”"
    assert not any("woman" in name for name in found(text))


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("The agencies of Norland can count missiles, tanks and other weapons from the sky.", False),
        ("The brigade lost 40 trucks, two guns and the drones on the road to the coast.", False),
        ("The tanks shelled the market of the town on Monday.", True),
    ],
)
def test_arms_in_a_list_of_things_are_nobody(text: str, acts: bool) -> None:
    assert any("tanks" in name or "drones" in name for name in found(text)) is acts
