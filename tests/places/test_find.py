"""Places found in whole texts, and where events took place."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import language, places
from dateline.model import Article
from dateline.places.event import event_place


def read(text: str, **fields):  # type: ignore[no-untyped-def]
    doc = language.load().parse(Article(id="", source="", text=text, **fields))
    return doc, places.find(doc)


def names(text: str) -> set[str]:
    return {mention.text for place in read(text)[1] for mention in place.mentions}


def test_what_is_a_place_and_what_is_none() -> None:
    assert {"Goma", "Rwanda"} <= names("Rebels left Goma on Monday and crossed into Rwanda.")
    assert "Paris" not in names("The singer Paris Hilton and her lawyer spoke to reporters.")
    assert not names("Malian officers met on Monday.")  # a people is evidence, no place
    assert any("Laurel County" in n for n in names("A deputy of Laurel County, Kentucky, was hurt."))


def test_names_of_others_are_no_places() -> None:
    assert names("The VA runs hospitals in Richmond, VA, and in Norfolk.") == {"Richmond", "VA", "Norfolk"}
    assert len(read("The VA runs hospitals in Richmond, VA.")[1]) == 2
    assert [
        m.start for p in read("The VA runs hospitals in Richmond, VA.")[1] if p.name == "Virginia" for m in p.mentions
    ] == [35]
    assert names("HARRISBURG (AP) - A court met on Friday, the AP reported.") == {"HARRISBURG"}
    assert not names("Wells Fargo paid a fine of two million dollars.")
    assert names("The Arab League condemned the move. Arab ministers met in Cairo.") == {"Cairo"}
    assert names("The singer Maria Salinas won. Salinas said she was glad to be in Fresno.") == {"Fresno"}
    (house,) = read("An official at the White House spoke. The White House said no.")[1]
    assert (house.name, house.country, house.admin1) != ("White House", "USA", "Tennessee")


def test_words_of_headings_credits_and_longer_names_are_no_places() -> None:
    assert names("The envoy flew to Tokyo. REUTERS/Ana Maro/Pool/File Photo\n\nIt was calm.") == {"Tokyo"}
    assert names("Editors of the Clarion-Ledger called it un-Christian in Geneva.") == {"Geneva"}
    assert names("Sen. Ana Maro, D-Charleston, spoke.") == {"Charleston"}
    assert names("The pro-Damascus camp met.") == {"Damascus"}
    assert not names("HOW CASINOS ARE TRYING TO LURE MILLENNIALS. The ACU met at 5 p.m. EST on Monday.")
    assert names("RIOTS IN LIMA GO ON.\n\nLISMORE, Australia — A flood came.") == {"LIMA", "LISMORE", "Australia"}
    assert names("It was opened in Havana by his wife, Lara, who hates the Castro regime.") == {"Havana"}


def test_cities_that_the_press_names_without_their_state_are_those() -> None:
    (city,) = read("The party meets in Cleveland next week.")[1]
    assert (city.admin1, city.confidence > 0.9) == ("Ohio", True)
    (city,) = read("The minister spoke in Jerusalem on Monday.")[1]
    assert (city.country, city.kind) == ("ISR", "city")
    assert read("Police in Cleveland, Tennessee, arrested a man.")[1][0].admin1 == "Tennessee"


def test_people_told_by_name_or_title_are_no_places() -> None:
    assert names("Rita Garland spoke. Many voted for Garland and heard from Garland’s aides in Fresno.") == {"Fresno"}
    assert not names("Mr. Garland spoke on Monday. In Garland’s cabinet nobody agreed.")
    assert names("Rita Garland spoke in Garland, Texas.") == {"Garland", "Texas"}


def test_a_printed_dateline_is_a_place() -> None:
    head = "LA CROSSE, Wisc. — "
    town = read(f"{head}Gov. Rita Garland spoke on Monday.", dateline=("La Crosse",), body_start=len(head))[1][0]
    assert (town.name, town.admin1, town.mentions[0].text) == ("La Crosse", "Wisconsin", "LA CROSSE")
    assert not read("BOOM: Rita Garland spoke.", dateline=("Boom Xyz",), body_start=6)[1]


def test_bodies_of_the_registry_are_no_places() -> None:
    assert names("Ruritania left NATO in March. Talks with Hamas went on in Cairo.") == {"Cairo"}
    assert names("Honda and Toyota closed a plant. A man from Toyota spoke.") == {"Toyota"}  # the town, after "from"


PIECES = [
    "Rebels left Goma. ",
    "Kyiv’s mayor spoke. ",
    "\n\n",
    "😀 ",
    "In St. Louis, Missouri, ",
    "Côte d'Ivoire ",
    "WASHINGTON — ",
    "  ",
]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_spans_are_exact(text: str) -> None:
    doc, found = read(text)
    spans = sorted((m.start, m.end) for place in found for m in place.mentions)
    for place in found:
        assert place.mentions and 0 <= place.confidence <= 1
        for mention in place.mentions:
            assert doc.text[mention.start : mention.end] == mention.text
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for row in places.geoparse(text):
        assert 0 <= row["start"] < row["end"] <= len(text) and row["lat"] is not None


@pytest.mark.parametrize(
    ("text", "trigger", "verbal", "where"),
    [
        ("Troops clashed with rebels in Goma on Monday.", "clashed", False, "Goma"),
        ("The minister visited Beijing on Monday.", "visited", False, "Beijing"),
        ("Rebels shelled a market near Aleppo, officials said.", "shelled", False, "Aleppo"),
        ("The minister condemned the attack in Kabul.", "condemned", True, None),
        ("Delegates of both sides agreed to a truce.", "agreed", True, None),
        ("The party expelled the deputy because of his opposition to the war on Iraq.", "expelled", False, None),
        ("Envoys met for talks on a plan that has the troops leave Kabul.", "met", False, None),
        ("The army launched an attack on Goma.", "launched", False, "Goma"),
        ("Rebel drones struck Libya's refineries on Monday.", "struck", False, "Libya"),
        ("Rebel drones launched an attack on Libya's oil refineries.", "launched", False, "Libya"),
        ("Rebels struck Libya's troops on Monday.", "struck", False, None),
        (
            "The Geneva summit opens days after the arrest of a banker who criticised the king.",
            "criticised",
            True,
            None,
        ),
        ("Officials met at the Istanbul talks on Friday.", "met", False, "Istanbul"),
        ("The premier called the envoy on Friday and was scheduled to meet him in Geneva.", "called", False, None),
        ("The fund gave money to a group that backs an official who seeks a seat in Geneva.", "gave", False, None),
        ("The premier, who dined the envoys in Geneva, met the king.", "met", False, None),
        ("The minister addressed the summit in Geneva.", "addressed", True, "Geneva"),
        ("The minister condemned the summit in Geneva.", "condemned", True, None),
    ],
)
def test_where_an_event_happened(text: str, trigger: str, verbal: bool, where: str | None) -> None:
    doc, found = read(text)
    got = event_place(doc, found, 0, len(text), text.index(trigger), verbal)
    mentions = {p.id: {m.text for m in p.mentions} for p in found}
    assert (where in mentions[got]) if where else got is None, (got, mentions)


def test_the_dateline_places_what_opens_the_article() -> None:
    text = "GOMA, Congo — Rebels attacked an army post on Monday. Soldiers fled."
    doc, found = read(text, dateline=("Goma",), body_start=text.index("Rebels"))
    start = text.index("Rebels")
    got = event_place(doc, found, start, text.index(" Soldiers"), text.index("attacked"))
    assert got and {m.text for p in found if p.id == got for m in p.mentions} == {"GOMA"}
    second = text.index("Soldiers")
    assert event_place(doc, found, second, len(text), text.index("fled")) is None


@pytest.mark.parametrize(
    ("clause", "there"), [("when the envoy arrives in Norway", True), ("as he did in Norway", False)]
)
def test_an_act_is_where_somebody_arrives_meanwhile(clause: str, there: bool) -> None:
    text = f"The premier will meet the envoy {clause}."
    doc, found = read(text)
    got = event_place(doc, found, 0, text.index(clause) - 1, text.index("meet"))
    assert (got is not None) == there, got


@pytest.mark.parametrize(
    ("sentence", "trigger", "verbal", "here"),
    [
        ("The mayor met farmers here on Monday.", "met", False, True),
        ("The mayor told a rally here that aid is late.", "told", True, True),
        ("The mayor condemned the killing of a trader here.", "condemned", True, False),
        ("“We fought them here,” the mayor said.", "fought", False, False),
    ],
)
def test_here_is_the_town_of_the_dateline(sentence: str, trigger: str, verbal: bool, here: bool) -> None:
    text = f"GOMA, Congo — Snow fell. {sentence}"
    doc, found = read(text, dateline=("Goma",), body_start=text.index("Snow"))
    got = event_place(doc, found, text.index(sentence), len(text), text.index(trigger), verbal)
    assert (got is not None) == here, got


def test_a_doubtful_place_gives_way_to_its_country() -> None:
    text = "Rebels killed two men in Goma. Congo has asked for help."
    doc, found = read(text)
    goma = next(p for p in found if p.name == "Goma")
    country = next(p for p in found if p.kind == "country" and p.country == goma.country)
    evidence = (0, text.index(".") + 1, text.index("killed"))
    assert event_place(doc, found, *evidence) == goma.id
    doubtful = tuple(replace(p, confidence=0.3) if p is goma else p for p in found)
    assert event_place(doc, doubtful, *evidence) == country.id
    assert event_place(doc, tuple(p for p in doubtful if p.id != country.id), *evidence) == goma.id
