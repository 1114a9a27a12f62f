"""What descriptions tell of those they stand beside: office, sector, country. Sentences of our own."""

from __future__ import annotations

import datetime

import pytest
from resolved import actors_of, named, parsed

from dateline.actors import find


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


def test_his_deputy_sits_in_no_parliament() -> None:
    actors = actors_of(
        "Zimbabwean President Lars Low sacked Corvin Hale. Hale was his deputy for years.",
        published=datetime.date(2017, 3, 2),
    )
    assert named(actors, "Hale").sector != "LEG"


def test_legislative_leaders_of_a_party_are_legislators() -> None:
    assert named(actors_of("GOP legislative leaders said no on Monday."), "GOP legislative leaders").sector == "LEG"


def test_the_victims_of_a_place_are_not_of_it() -> None:
    actors = actors_of("Corvin Hale spoke of the Tripoli victims on Monday.", publisher="New York Times")
    assert named(actors, "the Tripoli victims").country == "USA"


def test_a_country_has_no_office_that_it_does_not_have() -> None:
    text = "Corvin Hale, a member of parliament, left on Monday. Chile thanked Chile's army. Chile spoke to Washington."
    assert named(actors_of(text, publisher="Washington Post"), "Corvin Hale").country == "CHL"


def test_groups_are_of_where_the_article_is_told_from() -> None:
    text = "Education advocacy groups praised it on Monday. Human rights groups did not."
    actors = actors_of(text, publisher="Washington Post")
    assert named(actors, "Education advocacy groups").country == "USA"
    assert named(actors, "Human rights groups").country == "NGO"


def test_an_international_court_is_of_no_country() -> None:
    actors = actors_of("The International Court of Grain ruled on Monday.", publisher="Washington Post")
    assert named(actors, "International Court of Grain").country == "IGO"


def test_a_lone_last_name_is_a_leader_only_where_the_text_tells_of_the_country() -> None:
    text, day = "The survey was made by Rasmussen on Monday. Rasmussen asked voters.", datetime.date(2016, 3, 2)
    assert all(a.country != "DNK" for a in actors_of(text, published=day, publisher="Washington Post").actors)
    told = actors_of("Denmark will pay, Rasmussen said on Monday.", published=day, publisher="Washington Post")
    assert named(told, "Rasmussen").country == "DNK"


def test_a_firm_named_by_its_first_word() -> None:
    actors = actors_of("Goldman Sachs lost money on Monday. A lawyer said Goldman would pay.")
    assert named(actors, "Goldman") is named(actors, "Goldman Sachs")


def test_where_a_legislator_is_from_is_a_place() -> None:
    assert "Ohio" not in {a.name for a in actors_of("Sen. Corvin Hale (D-Ohio) said no on Monday.").actors}


def test_a_leader_by_the_last_name_alone_is_no_body() -> None:
    text = "Voters elect Trump. The electoral system had favoured Trump, whom the senator had not expected."
    actors = actors_of(text, published=datetime.date(2018, 3, 2), publisher="Washington Post")
    trump = [a for a in actors.actors if "Trump" in a.name]
    assert [a.registry_id for a in trump] == ["usa-donald-trump"]


def test_the_title_of_several_is_that_of_each() -> None:
    actors = actors_of("Sens. Corvin Hale (D-Ore.), Ann Marlowe (R-Ohio) and Bo Norfield asked for it on Monday.")
    for name in ("Ann Marlowe", "Bo Norfield"):
        assert named(actors, name).sector == "LEG"
    actors = actors_of("Governors Ann Marlowe, a Democrat, and Corvin Hale asked for it on Monday.")
    assert named(actors, "Corvin Hale").sector == "GOV"


def test_a_party_in_brackets_is_a_legislators() -> None:
    hale = named(actors_of("It will fail, Corvin Hale (D-Ore.) said on Monday."), "Corvin Hale")
    assert (hale.country, hale.sector) == ("USA", "LEG")


def test_a_rank_in_the_police_is_of_the_police() -> None:
    actors = actors_of("Lt. Ann Marlowe, a spokeswoman for the Norfield Police Department, said two men were held.")
    assert named(actors, "Lt. Ann Marlowe").sector == "COP"


def test_a_veteran_of_a_war_is_not_of_the_land_of_the_war() -> None:
    actors = actors_of("Iraq War veteran Corvin Hale left on Monday.", publisher="Washington Post")
    assert named(actors, "Iraq War veteran Corvin Hale").country == "USA"


def test_the_president_of_a_body_nobody_knows_is_no_government() -> None:
    actors = actors_of("It will fail, said Corvin Hale, president of Norfield Dynamics, on Monday.")
    assert named(actors, "Corvin Hale").sector != "GOV"


def test_a_center_for_public_affairs_is_a_think_tank() -> None:
    actors = actors_of("The Norfield Center for Public Affairs published it on Monday.")
    assert named(actors, "Norfield Center for Public Affairs").sector == "SOC"


def test_a_group_called_by_its_name_is_that_group() -> None:
    actors = actors_of("Troops fought the Islamic State militant group on Monday. Islamic State did not answer.")
    assert named(actors, "Islamic State") is named(actors, "the Islamic State militant group")


def test_an_envoy_is_of_who_sent_him() -> None:
    actors = actors_of("The North waits. China had sent a special envoy to Lima on Friday. Chile and Peru were told.")
    assert named(actors, "a special envoy").country == "CHN"


def test_a_national_security_aide_is_no_civilian() -> None:
    actors = actors_of("Ann Marlowe, a top national security aide to Joe Biden, left on Monday.")
    assert named(actors, "Ann Marlowe").sector == "GOV"


def test_the_people_of_a_state_who_say_something_are_the_state() -> None:
    actors = actors_of("The Chileans said that they would not come. Chileans were tired.")
    assert {a.sector for a in actors.actors if a.country == "CHL"} == {"GOV", "CVL"}


def test_the_party_is_one_and_candidates_counted_are_not_those_told_of() -> None:
    text = "China met Peru on Monday. The party will vote on Friday. At least three candidates and twenty-two states agreed."
    assert not any(a.members for a in actors_of(text).actors)
    assert any(a.members for a in actors_of("China met Peru on Monday. The two countries agreed.").actors)


def test_a_sergeant_among_police_is_of_the_police() -> None:
    police = actors_of("Police found two men. Sgt. Corvin Hale said police would stay.")
    assert named(police, "Sgt. Corvin Hale").sector == "COP"
    army = actors_of("The army found two men. Sgt. Corvin Hale said the army would stay.")
    assert named(army, "Sgt. Corvin Hale").sector == "MIL"


def test_a_party_by_a_common_name_is_not_that_of_a_country_untold() -> None:
    text = "Israel's Labor Party left the government on Monday. Israel and Egypt waited for the Labor Party."
    assert all(a.country != "AUS" for a in actors_of(text).actors)
    text = "Australia's Labor Party left the government on Monday. Australia and Egypt waited for the Labor Party."
    assert any(a.registry_id and a.country == "AUS" and a.sector == "PTY" for a in actors_of(text).actors)


def test_an_information_officer_is_no_policeman() -> None:
    assert named(actors_of("The information officer left on Monday."), "The information officer").sector == "GOV"


def test_a_congressman_from_georgia_is_no_georgian() -> None:
    text = "Corvin Hale, a Democratic congressman from Georgia, left on Monday."
    assert named(actors_of(text, publisher="New York Times"), "Corvin Hale").country == "USA"
    text = "Georgia and Armenia met in Tbilisi. Corvin Hale, a minister from Georgia, left for Russia on Monday."
    assert named(actors_of(text), "Corvin Hale").country == "GEO"


def test_the_security_council_of_a_text_on_the_united_nations_is_its_own() -> None:
    actors = actors_of("The United Nations met on Monday. The Security Council voted, and so did the General Assembly.")
    assert named(actors, "Security Council").country == named(actors, "General Assembly").country == "UNO"


@pytest.mark.parametrize(
    ("text", "mention", "sector"),
    [
        ("The Commissioner of Police refused on Monday.", "The Commissioner of Police", "COP"),
        ("The former prosecutor general refused on Monday.", "The former prosecutor general", "ELI"),
        ("Agents of the landlord refused on Monday.", "Agents", "UNK"),
        ("NYPD Commissioner Corvin Hale refused on Monday.", "NYPD Commissioner Corvin Hale", "COP"),
        ("The state attorney general refused on Monday.", "The state attorney general", "GOV"),
        ("Deputy Chief Corvin Hale refused on Monday.", "Deputy Chief Corvin Hale", "COP"),
        ("They asked First Selectman Ann Marlowe on Monday.", "First Selectman Ann Marlowe", "GOV"),
        ("Norfield MPP Corvin Hale refused on Monday.", "Norfield MPP Corvin Hale", "LEG"),
    ],
)
def test_offices_and_their_sectors(text: str, mention: str, sector: str) -> None:
    assert named(actors_of(text), mention).sector == sector


def test_neighbours_and_rivals_of_a_state_are_not_of_it() -> None:
    actors = actors_of("Norway's neighbours and Peru's rivals signed the pact. Peru thanked its allies.")
    assert named(actors, "Norway's neighbours").country is None
    assert named(actors, "Peru's rivals").country is None
    assert named(actors, "its allies").country is None
    assert named(actors_of("Norway's voters turned against the minister."), "Norway's voters").country == "NOR"


def test_the_hosts_of_a_guest_are_no_journalists_and_not_of_his_country() -> None:
    actors = actors_of("The Norwegian minister thanked his hosts and met a Peruvian host.")
    assert (named(actors, "his hosts").country, named(actors, "his hosts").sector) == (None, "UNK")
    assert named(actors, "a Peruvian host").sector == "JRN"
    assert named(actors_of("The minister thanked his Peruvian hosts."), "his Peruvian hosts").country == "PER"


@pytest.mark.parametrize("words", [" including", ", including", " such as"])
def test_who_is_named_as_one_of_those_described_is_one_of_them(words: str) -> None:
    text = f"Peruvian generals{words} Boris Marlowe and Anselm Dorn were dismissed on Monday."
    for name in ("Boris Marlowe", "Anselm Dorn"):
        assert (named(actors_of(text), name).country, named(actors_of(text), name).sector) == ("PER", "MIL")


def test_what_follows_the_last_office_of_a_list_is_of_all() -> None:
    text = "The Peruvian envoy met with the president, prime minister and foreign minister of Norway on Monday."
    actors = actors_of(text)
    for office in ("the president", "prime minister", "foreign minister of Norway"):
        assert named(actors, office).country == "NOR"
    one = actors_of("Corvin Hale was the founder, chairman and chief executive of the firm.")
    assert [a.name for a in one.actors if a.kind == "person"] == ["Corvin Hale"]


def test_families_of_victims_are_not_of_the_place_where_those_fell() -> None:
    actors = actors_of("Families of the Benghazi victims sued the senator on Monday.", publisher="USA Today")
    assert named(actors, "Families").country == "USA"
    actors = actors_of("Families of the Libyan victims sued the senator on Monday.", publisher="USA Today")
    assert named(actors, "Families").country == "LBY"


def test_who_is_at_the_meeting_of_a_body_is_not_of_it() -> None:
    text = "Ann Marlowe met the Peruvian minister, Anselm Dorn, at a Group of 20 meeting in Norway on Monday."
    assert named(actors_of(text), "Anselm Dorn").affiliation is None
    actors = actors_of("Anselm Dorn, at the Institute for Peace, said on Monday that the deal would fail.")
    assert named(actors, "Anselm Dorn").affiliation == named(actors, "Institute for Peace").id


def test_the_state_is_the_part_of_a_federal_country_named_last() -> None:
    actors = actors_of(
        "Lawmakers in Ohio and in Texas met. Texas Mayor Ann Holm said the state would pay.",
        publisher="The New York Times",
    )
    assert named(actors, "the state").registry_id == "region-usa-texas"
    assert (
        named(actors_of("Peru was sued on Monday. Lawmakers said the state would pay."), "the state").country == "PER"
    )


def test_deputies_of_a_sheriff_are_police() -> None:
    actors = actors_of("The sheriff spoke on Monday. Deputies had found the car near the road.")
    assert named(actors, "Deputies").sector == "COP"
    assert named(actors_of("Deputies in Lima passed the law on Monday."), "Deputies").sector == "LEG"


def test_the_leader_of_a_body_is_no_head_of_state() -> None:
    actors = actors_of(
        "Barack Obama had sat beside Lars Holm. The Senate Democratic leader said it was late. Lars Holm agreed.",
        published=datetime.date(2016, 6, 7),
    )
    assert named(actors, "The Senate Democratic leader").name != "Barack Obama"
    actors = actors_of(
        "Donald Trump stood for president. The Pentagon's recent top adviser went further.",
        published=datetime.date(2016, 6, 7),
    )
    assert named(actors, "The Pentagon's recent top adviser").name != "Donald Trump"


def test_both_candidates_are_those_who_stand() -> None:
    actors = actors_of(
        "Hillary Clinton and Bernie Sanders stood. Party Chair Debbie Holm did not. Both candidates are Democrats, Debbie Holm said.",
        published=datetime.date(2016, 4, 20),
    )
    members = {a.name for a in actors.actors if a.id in named(actors, "Both candidates").members}
    assert members == {"Hillary Clinton", "Bernie Sanders"}


def test_the_group_is_the_body_named_last() -> None:
    actors = actors_of("Hamas fired on the town. The group said it was late. Officials criticized the organization.")
    assert named(actors, "The group").name == named(actors, "the organization").name == "Hamas"
    alone = actors_of("A man left on Monday. The group was late.")
    assert "The group" not in {s.text for a in alone.actors for s in a.mentions}


@pytest.mark.parametrize(
    "text",
    [
        "Corvin Hale, 41, a nurse from Ohio, said it was late.",
        "Corvin Hale (D-Ohio), a nurse by training, said it was late.",
    ],
)
def test_an_age_or_a_party_stands_between_a_name_and_what_it_is(text: str) -> None:
    actors = actors_of(text)
    assert len([a for a in actors.actors if a.kind == "person"]) == 1
    assert named(actors, "a nurse").role is not None


@pytest.mark.parametrize("whose", ["Mr. Hale", "Democrat Corvin Hale"])
def test_who_works_for_somebody_is_not_that_one(whose: str) -> None:
    actors = actors_of(f"Ann Marlowe, a former consultant for {whose}, left on Monday. Corvin Hale stayed.")
    assert named(actors, "a former consultant").name == "Ann Marlowe"


def test_a_middle_initial_is_no_title() -> None:
    assert named(actors_of("Roxana M. Hale, a voter, said she was tired."), "Roxana M. Hale").sector == "CVL"


def test_a_title_after_a_title_is_a_first_name() -> None:
    assert named(actors_of("Rep. Earl Hale voted against it."), "Rep. Earl Hale").sector == "LEG"


def test_a_presidents_residence_is_the_government() -> None:
    actors = actors_of("The Obama White House sent its first budget to Congress in 2009.", publisher="USA Today")
    assert named(actors, "White House").sector == "GOV"


def test_a_dash_ends_the_name_of_a_body() -> None:
    actors = actors_of("It was the State Department - before and after the war - that sent the money to Norland.")
    assert named(actors, "State Department").country == "USA"


def test_those_whom_a_government_employs_are_of_it() -> None:
    actors = actors_of("Fifty State Department employees signed it. American employees struck.", publisher="USA Today")
    assert named(actors, "Fifty State Department employees").sector == "GOV"
    assert named(actors, "American employees").sector == "LAB"


def test_the_representative_of_somebody_sits_in_no_parliament() -> None:
    actors = actors_of("A representative for Corvin Hale declined to comment. State representatives voted on Monday.")
    assert (
        named(actors, "A representative for Corvin Hale").sector != "LEG"
        and named(actors, "State representatives").sector == "LEG"
    )


@pytest.mark.parametrize(
    ("text", "whose", "sector"),
    [
        ("Corvin Hale, president of the A.F.L.-C.I.O., said so.", "Corvin Hale", "LAB"),
        ("Corvin Hale, the president of a building trades alliance, said so.", "Corvin Hale", "UNK"),
        ("Corvin Hale, president of the security division of Apple, said so.", "Corvin Hale", "BUS"),
        ("Corvin Hale, president of the country, said so.", "Corvin Hale", "GOV"),
        ("A senior executive at Apple said so.", "A senior executive", "BUS"),
        ("A Navy petty officer said so.", "A Navy petty officer", "MIL"),
        ("Hale County State's Attorney Ann Marlowe said so.", "Hale County State's Attorney Ann Marlowe", "JUD"),
        ("Norfield Capital said so on Monday.", "Norfield Capital", "BUS"),
        ("The Norfield Business Times said so.", "Norfield Business Times", "JRN"),
    ],
)
def test_presidents_executives_and_bodies_by_what_they_are_of(text: str, whose: str, sector: str) -> None:
    assert named(actors_of(text, publisher="USA Today"), whose).sector == sector


def test_a_legislators_state_is_no_body() -> None:
    actors = actors_of("Ann Marlowe (D-PA) and Corvin Hale (R-AL) voted against it.", publisher="USA Today")
    assert {a.kind for a in actors.actors} == {"person"}


def test_a_name_with_its_description_is_the_one_named() -> None:
    doc = parsed("It was said by Corvin Hale, head of a firm in Norfield that nobody knows, on Monday.")
    text = "Corvin Hale, head of a firm in Norfield that nobody knows"
    start = doc.text.index(text)
    grown, found = find(doc).refer(doc, start, start + len(text))
    assert found is not None and grown.get(found).name == "Corvin Hale"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Senator Anselm Vogt lost on Tuesday. His campaign sued the city of Kirby.", "Anselm Vogt’s campaign"),
        ("Senator Ilse Roths lost on Tuesday. Her advisers had warned of it.", "Ilse Roths’ advisers"),
        ("Voters in Kirby are tired. Their advisers had warned of it.", None),
        (
            "Senator Anselm Vogt lost on Tuesday. His campaign sued the city. Senator Boris Dorn won. His campaign laughed.",
            None,
        ),
    ],
)
def test_the_described_are_named_by_their_owner(text: str, name: str | None) -> None:
    named = {a.name for a in actors_of(text).actors if a.origin == "described" and "’" in a.name}
    assert named == ({name} if name is not None else set())


def test_what_is_led_by_a_party_is_read_whole() -> None:
    actors = actors_of("Leaders of the crown-led Legislature met in Melk on Monday. Leaders of the Senate left.")
    assert "Leaders of the crown-led Legislature" in {a.name for a in actors.actors}


def test_the_state_government_is_that_of_the_state_named() -> None:
    actors = actors_of(
        "Lawmakers in Ohio met. Teachers asked for more from the crown-led state government.",
        publisher="The New York Times",
    )
    assert named(actors, "the crown-led state government").registry_id == "region-usa-ohio"


def test_what_a_state_is_said_to_be_is_nobody_else() -> None:
    for what in ("a close ally of Peru", "Peru's main trading partner", "a major rival of Peru"):
        who = {a.name for a in actors_of(f"China, {what}, sent an envoy to the talks on Monday.").actors}
        assert who == {"China", "Peru", "envoy"}, what
    assert "close ally" in {a.name for a in actors_of("A close ally sent an envoy to the talks on Monday.").actors}


def test_a_rank_is_no_adjective() -> None:
    assert named(actors_of("A major partner of the firm left the talks on Monday."), "A major partner").sector == "UNK"
