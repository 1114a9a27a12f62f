"""Resolution on sentences of our own: who is one actor, with which country, sector and mentions. The people are invented."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from resolved import actors_of, named, parsed

from dateline.actors import Actors, find, registry
from dateline.actors.mentions import Mention
from dateline.actors.rulers import known_person
from dateline.actors.templates import Links


def test_a_state_its_capital_and_its_government_are_one_actor() -> None:
    actors = actors_of(
        "Norway rejected the proposal on Monday. The Norwegian government said it would answer in writing. "
        "Stockholm welcomed the answer from Oslo."
    )
    norway = named(actors, "Norway")
    assert (norway.country, norway.sector, norway.kind) == ("NOR", "GOV", "government")
    assert named(actors, "The Norwegian government") is norway
    assert named(actors, "Oslo") is norway
    assert named(actors, "Stockholm").country == "SWE"


def test_a_capital_where_something_happens_is_a_place() -> None:
    actors = actors_of("Kenya's president met reporters in Nairobi and then travelled to Kampala.")
    assert all("Kampala" not in {s.text for s in a.mentions} for a in actors.actors)
    assert all("Nairobi" not in {s.text for s in a.mentions} for a in actors.actors)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("The Northern Ireland conflict cost many lives before the Northern Ireland peace agreement was signed.", "Northern Ireland"),
        ("Diplomats spoke of the Kashmir dispute for two days.", "Kashmir"),
    ],
)  # fmt: skip
def test_a_region_that_qualifies_a_noun_is_a_place(text: str, region: str) -> None:
    assert all(region not in {s.text for s in a.mentions} for a in actors_of(text).actors)


def test_a_region_acts_and_owns_its_bodies_all_the_same() -> None:
    acts = named(actors_of("Northern Ireland rejected the offer."), "Northern Ireland")
    assert (acts.kind, acts.country, acts.sector) == ("government", "GBR", "GOV")
    police = named(actors_of("Northern Ireland police arrested two men."), "Northern Ireland police")
    assert (police.country, police.sector) == ("GBR", "COP")
    state = named(actors_of("The Georgia talks ended. Georgia thanked the mediators."), "Georgia")
    assert state.registry_id == "geo" and len(state.mentions) == 2


@pytest.mark.parametrize("name", ["Democratic", "Ulster", "Progressive"])
def test_unionists_of_a_party_are_the_party(name: str) -> None:
    party = named(actors_of(f"The {name} Unionists refused to sign the accord."), f"{name} Unionists")
    assert (party.name, party.kind, party.country, party.sector) == (
        f"{name} Unionist Party", "organisation", "GBR", "PTY",
    )  # fmt: skip
    trade = named(actors_of("Trade unionists refused to sign the accord."), "Trade unionists")
    assert trade.sector == "LAB"


def test_a_delegation_of_a_state_is_the_state() -> None:
    actors = actors_of(
        "Chile and Peru met again on Friday. The Peruvian delegation walked out. The Chilean side stayed."
    )
    assert named(actors, "The Peruvian delegation").name == "Peru"
    assert named(actors, "The Chilean side").name == "Chile"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Finnish foreign minister Aino Salminen said the talks would go on.", "Aino Salminen"),
        ("Finland's foreign minister, Aino Salminen, said the talks would go on.", "Aino Salminen"),
        ("Aino Salminen, the Finnish foreign minister, said the talks would go on.", "Aino Salminen"),
        ("Aino Salminen is the foreign minister of Finland.", "Aino Salminen"),
    ],
)
def test_a_role_gives_country_and_sector_to_the_name_beside_it(text: str, name: str) -> None:
    person = next(a for a in actors_of(text).actors if a.name == name)
    assert (person.kind, person.country, person.sector) == ("person", "FIN", "GOV")
    assert person.role is not None
    assert "foreign minister" in person.role


def test_later_parts_of_a_name_are_the_same_person() -> None:
    actors = actors_of(
        "Danish police commissioner Henrik Lundgaard and his deputy, Karen Lundgaard, spoke to the press. "
        "Mr Lundgaard said nothing. Mrs Lundgaard answered every question."
    )
    him, her = named(actors, "Mr Lundgaard"), named(actors, "Mrs Lundgaard")
    assert (him.name, her.name) == ("Henrik Lundgaard", "Karen Lundgaard")


def test_two_people_of_one_surname_stay_two() -> None:
    actors = actors_of("Pavel Havranek met Jana Havranek in Brno. Pavel Havranek left early.")
    assert len([a for a in actors.actors if a.kind == "person"]) == 2


def test_a_surname_that_is_a_state_or_its_people_is_the_person_named_before() -> None:
    actors = actors_of(
        "Mira Cuban, the owner of a chain of mills, said she was open to running. It was too early to tell, said Cuban. "
        "Cuban praised the mayor. Cuban officials did not comment."
    )
    assert [s.text for s in named(actors, "Mira Cuban").mentions].count("Cuban") == 2
    assert named(actors, "Cuban officials").country == "CUB"
    state = actors_of("Tomas Jordan criticised the premier of Jordan on Tuesday. Jordan rejected the charge.")
    assert named(state, "Jordan").country == "JOR"
    person = actors_of("Tomas Jordan criticised the witness on Tuesday. Jordan rejected the charge.")
    assert named(person, "Jordan").kind == "person"


def test_the_soldiers_of_an_armed_group_are_no_army() -> None:
    actors = actors_of("ELN soldiers shot at Colombian soldiers near the river on Monday, officials said.")
    assert (named(actors, "ELN soldiers").country, named(actors, "ELN soldiers").sector) == ("COL", "REB")
    assert named(actors, "Colombian soldiers").sector == "MIL"


def test_the_government_is_the_one_told_by_that_word_before() -> None:
    actors = actors_of(
        "The Colombian government opened talks on Thursday. The foreign ministers of Norway, Chile and Cuba spoke first. "
        "The rebels accused the government of serving landowners."
    )
    assert named(actors, "the government").country == "COL"


def test_pronouns_follow_gender() -> None:
    actors = actors_of("Greek prime minister Eleni Markou met Nikos Stavros. She thanked him. He said nothing.")
    her, him = named(actors, "She"), named(actors, "him")
    assert (her.name, him.name) == ("Eleni Markou", "Nikos Stavros")
    assert named(actors, "He") is him


def test_i_in_a_quotation_is_its_speaker() -> None:
    actors = actors_of('Senator Thomas Okoro said: "I will not vote for this bill." Musa Bello disagreed.')
    assert "Okoro" in named(actors, "I").name


def test_a_described_actor_takes_country_and_sector_from_its_description() -> None:
    actors = actors_of(
        "Two Ethiopian soldiers were wounded. A senior Sudanese official denied any role. Villagers fled."
    )
    soldiers = named(actors, "Two Ethiopian soldiers")
    official = named(actors, "A senior Sudanese official")
    assert (soldiers.country, soldiers.sector, soldiers.kind) == ("ETH", "MIL", "population")
    assert (official.country, official.sector, official.kind) == ("SDN", "GOV", "person")


def test_both_sides_are_a_group_of_the_two() -> None:
    actors = actors_of("Armenia and Azerbaijan signed the protocol. Both sides promised to withdraw troops.")
    group = named(actors, "Both sides")
    assert {actors.get(i).country for i in actors.members(group.id)} == {"ARM", "AZE"}  # type: ignore[union-attr]
    single = named(actors, "Armenia")
    assert actors.members(single.id) == (single.id,)


def test_an_armed_group_that_rules_is_the_state_from_that_day() -> None:
    text = "The Taliban's spokesman Karim Zadran rejected the report. Afghanistan would answer later, he said."
    before = actors_of(text, published=datetime.date(2019, 5, 1))
    after = actors_of(text)
    rebel = next(a for a in before.actors if a.name == "Karim Zadran")
    official = next(a for a in after.actors if a.name == "Karim Zadran")
    assert (rebel.country, rebel.sector) == ("AFG", "REB")
    assert (official.country, official.sector) == ("AFG", "GOV")


def test_a_leading_role_takes_the_sector_of_the_body_it_leads() -> None:
    actors = actors_of("Bolivian army commander Luis Quispe spoke. The president of the Senate, Rosa Mamani, objected.")
    assert next(a for a in actors.actors if a.name == "Luis Quispe").sector == "MIL"
    assert next(a for a in actors.actors if a.name == "Rosa Mamani").sector == "LEG"


def test_a_former_office_is_elite() -> None:
    actors = actors_of("Former Ghanaian finance minister Kofi Asamoah urged caution.")
    assert next(a for a in actors.actors if a.kind == "person").sector == "ELI"


def test_the_publisher_tells_where_those_without_a_country_are_from() -> None:
    text = "Police arrested three protesters outside the town hall, a court heard on Tuesday."
    assert named(actors_of(text, publisher="The Irish Times"), "Police").country == "IRL"
    assert named(actors_of(text), "Police").country is None


def test_at_and_within() -> None:
    text = "Spain's interior minister, Marta Requena, thanked Portugal. Portugal did not reply."
    actors = actors_of(text)
    end = text.index(" thanked")
    found = actors.at(0, end)
    assert found is not None
    assert found.name == "Marta Requena"
    assert [a.name for a in actors.within(0, text.index(". "))][-1] == "Portugal"
    assert [s.text for s, a in actors.mentions_in(text.rindex("Portugal"), len(text))] == ["Portugal"]
    assert actors.at(end, end + 3) is None


def test_refer_finds_the_known_and_adds_the_described() -> None:
    text = "Spain thanked Portugal. The statement came from people close to the negotiations, and was denied."
    doc = parsed(text)
    actors = find(doc)
    same, spain = actors.refer(doc, 0, 5)
    assert same is actors
    assert spain == named(actors, "Spain").id
    start = text.index("people")
    grown, added = actors.refer(doc, start, text.index(", and"))
    assert added is not None
    described = grown.get(added)
    assert described is not None
    assert described.sector == "UNK"
    assert actors.refer(doc, text.index("."), text.index(".") + 1) == (actors, None)


def test_two_of_a_kind_are_not_the_two_told_of() -> None:
    text = "Norway and Sweden met on Monday. {} signed the treaty, and the two countries were glad."
    assert len(named(actors_of(text.format("Both sides")), "Both sides").members) == 2
    told = actors_of(text.format("The only two Arab states"))
    assert all(not a.members for a in told.actors if "Arab" in a.name)


def test_refer_takes_a_clause_for_its_subject() -> None:
    text = "Governor Ann Marlowe responded to the king's call. The council agreed."
    doc = parsed(text)
    same, who = find(doc).refer(doc, 0, text.index(" call"))
    assert who == named(same, "Governor Ann Marlowe").id


def check_spans(text: str, actors: Actors) -> None:
    """Mentions are the text, in order, each once; ids are unique and refer to actors."""
    ids = [a.id for a in actors.actors]
    assert len(ids) == len(set(ids))
    for actor in actors.actors:
        assert actor.mentions
        assert list(actor.mentions) == sorted(set(actor.mentions), key=lambda s: (s.start, s.end))
        assert all(text[s.start : s.end] == s.text and s.text for s in actor.mentions)
        assert actor.affiliation is None or actor.affiliation in ids
    for identity, members in ((a.id, a.members) for a in actors.actors if a.members):
        assert identity in ids
        assert set(members) <= set(ids)


_PIECES = st.sampled_from(
    ["The Kremlin", "said", "U.S.", "’s", "minister", ",", ".", '"', "“", "”", "he", "They", "of", "both sides", "in Kabul", "\n\n",
     "\u200b", "\u00ad", "(DUP)", "Mr", "Ana Lima", "-", "US", "ÉTAT", "بغداد", "officials", "\t", "the", "x" * 40]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=40).map(" ".join) | st.text(max_size=200))
def test_spans_are_exact_whatever_the_text(text: str) -> None:
    doc = parsed(text)
    actors = find(doc)
    check_spans(text, actors)
    grown, _ = actors.refer(doc, 0, len(text))
    check_spans(text, grown)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "SPAIN AND PORTUGAL SIGN DEAL, MINISTERS SAY IN LISBON",
        "Spa\u200bin's mi\u200bnister said he left.\u200b",
    ],
)
def test_odd_texts(text: str) -> None:
    check_spans(text, actors_of(text))


def test_a_long_line() -> None:
    line = "Spain and Portugal told the minister that both sides, their officials and he would meet Ana Lima "
    doc = parsed(line * 200)
    check_spans(doc.text, find(doc))


def test_the_two_sides_are_those_who_talk_not_their_hosts() -> None:
    actors = actors_of(
        "Mali and Niger met in Algiers. Algeria and Mauritania mediated. Mali proposed a border commission and Niger "
        "asked for time. The two sides will meet again, Mali said."
    )
    group = named(actors, "The two sides")
    assert {actors.get(i).country for i in actors.members(group.id)} == {"MLI", "NER"}  # type: ignore[union-attr]


def test_a_body_is_what_it_is_called() -> None:
    actors = actors_of("The rebel group Ansar Vanguard attacked the town. The newspaper Morgenblatt reported it first.")
    group = next(a for a in actors.actors if a.name == "Ansar Vanguard")
    paper = next(a for a in actors.actors if a.name == "Morgenblatt")
    assert (group.kind, group.sector) == ("armed group", "REB")
    assert (paper.kind, paper.sector) == ("media", "JRN")


def test_an_acronym_in_brackets_is_the_same_body() -> None:
    actors = actors_of("The Coastal Reform Party (CRP) left the talks. The CRP said it would return.")
    party = next(a for a in actors.actors if a.name == "Coastal Reform Party")
    assert party.sector == "PTY"
    assert "CRP" in {s.text for s in party.mentions}


def test_the_president_is_not_the_former_one() -> None:
    actors = actors_of(
        "Chilean President Marta Soto met former president Luis Arrazola. The president thanked him for coming."
    )
    assert named(actors, "The president").name == "Marta Soto"


def test_an_undated_article_is_of_the_time_of_its_offices() -> None:
    text = "Prime Minister Tony Blair met George W. Bush at Camp David. Mr Blair led the Labour Party."
    undated = next(a for a in actors_of(text, published=None).actors if a.name == "Tony Blair")
    later = next(a for a in actors_of(text, published=datetime.date(2010, 5, 1)).actors if a.name == "Tony Blair")
    assert (undated.country, undated.sector) == ("GBR", "GOV")
    assert later.country == "IGO"


def test_initials_within_a_name_do_not_hide_who_it_is() -> None:
    person = next(a for a in actors_of("Vladimir V. Putin spoke.", publisher="The New York Times").actors)
    assert (person.registry_id is not None, person.country) == (True, "RUS")


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("The prime minister", "Keir Starmer"),
        ("The French president", "Emmanuel Macron"),
        ("The French leader", "Emmanuel Macron"),
        ("The president", "Emmanuel Macron"),
    ],
)
def test_an_office_means_who_holds_it(phrase: str, name: str) -> None:
    text = f"Emmanuel Macron and Keir Starmer met in Paris. {phrase} was in office."
    assert named(actors_of(text, published=datetime.date(2025, 3, 1)), phrase).name == name


def test_words_beside_an_office_must_fit() -> None:
    text = "Ursula von der Leyen met Donald Trump in Scotland. The commission president is a German."
    found = named(actors_of(text, published=datetime.date(2025, 8, 1)), "The commission president")
    assert found.name == "Ursula von der Leyen"


def test_a_title_after_a_party_is_the_office() -> None:
    actors = actors_of(
        "Republican Gov. Martin Hale spoke. Kentucky Gov. Ann Low left. Hale smiled. The governor agreed."
    )
    hale = named(actors, "Hale")
    assert (hale.name, hale.sector) == ("Martin Hale", "GOV")
    assert named(actors, "The governor") is hale


def test_whose_a_body_is_tells_its_country() -> None:
    actors = actors_of("A newspaper controlled by North Korea's ruling party mocked the offer.")
    assert next(a for a in actors.actors if a.sector == "JRN").country == "PRK"
    assert {a.name for a in actors.actors if a.sector in ("JRN", "PTY")} == {
        "newspaper controlled by North Korea's ruling party",
        "North Korea's ruling party",
    }


def test_a_relative_pronoun_means_the_one_before_it() -> None:
    doc = parsed("Mayors praised Senator Thomas Okoro, who said that the road was safe.")
    actors = find(doc)
    at = doc.text.index("who")
    _, found = actors.refer(doc, at, at + 3)
    assert found is not None
    assert "Okoro" in actors.get(found).name  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("The army met Boko Haram near Maiduguri, Nigeria. The rebels fled on Monday.", True),
        ("The army met Boko Haram near Maiduguri, Nigeria. Rebels fled on Monday.", False),
        ("Boko Haram and al-Shabab are unlike each other. The rebels fled on Monday.", False),
        ("The rebels fled on Monday. The army met Boko Haram near Maiduguri, Nigeria.", False),
    ],
)
def test_the_rebels_are_the_one_armed_group_named_before(text: str, same: bool) -> None:
    group = named(actors_of(text), "Boko Haram")
    assert ("The rebels" in {s.text for s in group.mentions}) is same


def test_the_country_is_the_one_named_last_also_as_a_place() -> None:
    actors = actors_of("Some 300 soldiers remain in Norway, ten years after Stockholm occupied the country in a night.")
    assert named(actors, "the country").country == "NOR"


def test_an_association_of_teachers_is_labour_and_so_is_who_leads_it() -> None:
    actors = actors_of(
        "Melk State Teachers Association President Ann Low urged the council to act. Low spoke for an hour."
    )
    assert named(actors, "Low").sector == "LAB"


@pytest.mark.parametrize(
    ("day", "home"),
    [
        (datetime.date(2013, 5, 6), "Revolutionary Armed Forces of Colombia"),
        (datetime.date(2020, 5, 6), None),
        (datetime.date(2018, 5, 6), None),
    ],
)
def test_a_rebel_belongs_to_his_group_while_he_is_in_it(day: datetime.date, home: str | None) -> None:
    """Ivan Marquez spoke for the FARC until 2017 and led dissidents from 2019 on; a text that names no group ties him to none."""
    actors = actors_of("Colombia met the FARC in Havana. Ivan Marquez arrived on Monday.", published=day)
    names = {a.id: a.name for a in actors.actors}
    assert names.get(named(actors, "Ivan Marquez").affiliation or "") == home
    alone = actors_of("Ivan Marquez arrived in Havana on Monday.", published=datetime.date(2013, 5, 6))
    assert named(alone, "Ivan Marquez").affiliation is None


def test_the_regime_is_the_state_spoken_of_most() -> None:
    actors = actors_of(
        "North Korea fired a missile on Monday, and Japan protested. North Korea said that it would fire more. China called for "
        "calm. Japan asked for sanctions on the regime's banks."
    )
    assert named(actors, "North Korea").id == named(actors, "the regime").id


def test_who_mediates_is_none_of_the_two_sides() -> None:
    actors = actors_of(
        "Israel and Lebanon have reached an agreement on gas, the guarantor countries Norway and Egypt announced. "
        "The two sides agreed to create a fund."
    )
    names = {a.id: a.name for a in actors.actors}
    assert {names[m] for m in named(actors, "The two sides").members} == {"Israel", "Lebanon"}


def test_an_object_it_after_a_thing_is_no_actor() -> None:
    actors = actors_of("The United Nations welcomed the agreement. Former president Uribe denounced it.")
    assert all(span.text != "it" for a in actors.actors for span in a.mentions)
    actors = actors_of("Norland stood firm. Sudania attacked it on Monday. Israel bombed Hamas. Iran condemned it.")
    assert any(span.text == "it" for a in actors.actors if a.name == "Israel" for span in a.mentions)


def test_a_coalition_by_name_is_no_force() -> None:
    actors = actors_of("The Coastal Fishermen's Coalition met in the town. The Harbour Workers Coalition stayed away.")
    assert {a.sector for a in actors.actors if a.name.endswith("Coalition")} == {"SOC"}


@pytest.mark.parametrize(
    ("day", "sector"),
    [(datetime.date(2014, 5, 1), "GOV"), (datetime.date(2015, 10, 1), "PTY"), (datetime.date(2020, 5, 1), "ELI")],
)
def test_who_runs_for_president_is_of_a_party_while_running(day: datetime.date, sector: str) -> None:
    actors = actors_of("John Kasich was born in Pennsylvania. Gov. John Kasich lived in Ohio.", published=day)
    assert named(actors, "John Kasich" if day.year == 2015 else "Gov. John Kasich").sector == sector


@pytest.mark.parametrize(
    ("text", "year", "sector"),
    [
        ("Tory leader Alan Ferris said the plan was wrong.", 2005, "OPP"),
        ("Tory leader Alan Ferris said the plan was wrong.", 2012, "PTY"),
        ("Labour chairman Alan Ferris said the plan was wrong.", 2012, "OPP"),
        ("Lib Dem leader Alan Ferris said the plan was wrong.", 2005, "OPP"),
        ("Republican chairman Alan Ferris said the plan was wrong.", 2012, "PTY"),
    ],
)  # fmt: skip
def test_who_speaks_for_a_party_in_opposition_is_opposition(text: str, year: int, sector: str) -> None:
    speaker = next(a for a in actors_of(text, published=datetime.date(year, 3, 2)).actors if a.name == "Alan Ferris")
    assert speaker.sector == sector


def test_in_an_undated_text_an_office_is_not_lost_to_another_word_for_its_holder() -> None:
    blair = "Prime Minister Tony Blair spoke in London. Mr Blair, an advocate of reform, led the Labour Party."
    howard = f"{blair} Tory leader Michael Howard lost the election."
    actors = actors_of(howard, published=None).actors
    assert {a.name: a.sector for a in actors if a.kind == "person"} == {"Tony Blair": "GOV", "Michael Howard": "OPP"}


def test_a_crowd_is_of_the_one_state_its_sentence_tells_of() -> None:
    text = (
        "The British government and the British parliament debated the ban. It came after Chile's crackdown on "
        "protesters in the square. Later protesters came back."
    )
    protesters = next(a for a in actors_of(text, publisher="BBC").actors if a.name.startswith("protesters"))
    assert protesters.country == "CHL"


def test_the_media_are_those_of_the_publishers_country() -> None:
    assert named(actors_of("The senator blamed the media for it.", publisher="USA Today"), "the media").country == "USA"


def test_conservatives_are_the_british_party_only_where_the_text_is_of_britain() -> None:
    for where, country in (("", "USA"), (" in the British parliament", "GBR")):
        actors = actors_of(f"Conservatives{where} attacked the plan.", publisher="USA Today").actors
        assert next(a for a in actors if a.sector == "PTY").country == country


def test_an_office_that_the_registry_knows_to_be_left_is_no_office() -> None:
    actors = actors_of(
        "A Zimbabwean vice-president who was dismissed, Joice Mujuru, founded a party of her own."
    ).actors
    assert next(a for a in actors if a.name == "Joice Mujuru").sector == "ELI"


def test_new_england_is_not_england() -> None:
    actors = actors_of("Officials of New England University met voters. Paul Dorn lives in New England.")
    assert all(a.country != "GBR" for a in actors.actors)
    assert named(actors_of("Voters in New Zealand were angry. New Zealand replied."), "New Zealand").country == "NZL"


def test_an_office_once_held_tells_whose_last_name_it_is_in_a_text_without_a_day() -> None:
    held = Mention("person", 0, 1, 0, 0, "Saakashvili", "person", origin="ner", role="president")
    of_georgia = known_person([held], Links(), registry.load(), None, None, {"GEO", "USA"})
    assert of_georgia is not None and of_georgia.entry.id == "geo-mikheil-saakashvili"
    assert known_person([held], Links(), registry.load(), None, None, {"PER"}) is None


def test_a_suffix_alone_is_no_leader() -> None:
    person = Mention("person", 0, 1, 0, 0, "Jr.", "person", origin="ner")
    assert known_person([person], Links(), registry.load(), None, None) is None


def test_one_of_a_people_is_a_person_and_no_state() -> None:
    actors = actors_of("A Syrian told the paper that he had fled. The Chinese told the envoy that they would answer.")
    one = named(actors, "Syrian")
    assert (one.kind, one.country, one.sector) == ("person", "SYR", "CVL")
    assert "he" in {s.text for s in one.mentions}
    assert named(actors, "Chinese").registry_id == "chn"
    texan = actors_of("Texas sued on Monday. A Texan was hurt in the crowd.")
    assert named(texan, "Texas").kind == "government" and named(texan, "Texan").kind == "person"


@pytest.mark.parametrize("text", ["Ana Sill, a Peruvian, left on Monday.", "Ana Sill is a Peruvian. Ana Sill left."])
def test_a_people_tells_whose_country_it_is(text: str) -> None:
    actors = actors_of(text, publisher="The Washington Post")
    assert [(a.name, a.country) for a in actors.actors] == [("Ana Sill", "PER")]
