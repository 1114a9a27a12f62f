"""Places that the gazetteer lacks: buildings by name, seats of government, capitals and villages as described."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import language, places
from dateline.model import Article, Place
from dateline.places import words
from dateline.places.event import event_place


def read(text: str, **fields):  # type: ignore[no-untyped-def]
    doc = language.load().parse(Article(id="", source="", text=text, **fields))
    return doc, places.find(doc)


def site(text: str, **fields) -> Place | None:  # type: ignore[no-untyped-def]
    return next((p for p in read(text, **fields)[1] if p.kind == "facility"), None)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Protesters surrounded the Nebraska Statehouse on Tuesday.", "Nebraska Statehouse", "USA"),
        ("Guards beat inmates at Volkhova prison in Moscow.", "Volkhova prison", "RUS"),
        ("A bomb exploded outside the Kabul airport.", "Kabul airport", "AFG"),
        ("Delegates met at the Zambian parliament.", "Zambian parliament", "ZMB"),
        ("The premier received him in Downing Street.", "Downing Street", "GBR"),
        ("Gunmen stormed the Danish embassy in Kabul.", "Danish embassy", "AFG"),
    ],
)
def test_a_building_has_its_name_and_where_it_lies(text: str, name: str, country: str) -> None:
    found = site(text)
    assert found is not None and (found.name, found.country) == (name, country)
    assert found.geonames_id is None and 0 < found.confidence < 0.95


@pytest.mark.parametrize(
    "text",
    [
        "The White House rejected the offer.",
        "The Kabul Hospital Association rejected the offer.",
        "A hospital in Goma was full.",
        "He criticised the Danish embassy.",
        "The parliament has rejected the bill.",
    ],
)
def test_what_acts_or_has_no_name_is_no_site(text: str) -> None:
    assert site(text) is None


def test_an_unplaced_seat_stands_in_the_capital_of_the_country_that_leads_the_article() -> None:
    found = site("Zambia's president met envoys at the state house. Zambia is in crisis. Zambia waits.")
    assert found is not None and (found.name, found.country) == ("state house", "ZMB")
    assert found.lat is not None and abs(found.lat - -15.4) < 0.3  # Lusaka
    assert found.confidence < 0.5


def test_nothing_said_leaves_it_open() -> None:
    found = site("Crowds gathered outside Brankovic Hospital.")
    assert found is not None and found.name == "Brankovic Hospital"
    assert found.country is None and found.lat is None and found.confidence == 0.0


def test_the_short_name_is_the_same_site() -> None:
    found = read("Teachers met at the Nebraska Statehouse. Others stood on the Statehouse steps.")[1]
    sites = [p for p in found if p.kind == "facility"]
    assert [len(p.mentions) for p in sites] == [2]


@pytest.mark.parametrize(
    ("text", "name", "mention"),
    [
        ("He was abducted in the Afghan capital.", "Kabul", "Afghan capital"),
        ("Troops are in Mali. Shots were heard in the capital.", "Bamako", "capital"),
        ("Kenya closed its border. Police patrolled the country's capital.", None, None),
        ("Tents stood in the capital, Nairobi.", "Nairobi", "Nairobi"),
        ("Investors brought capital to Mali.", None, None),
    ],
)
def test_capitals_as_described(text: str, name: str | None, mention: str | None) -> None:
    cities = {m.text: p.name for p in read(text)[1] if p.kind == "city" for m in p.mentions}
    assert cities == ({mention: name} if name else {}) or (name is None and set(cities) <= {"capital"})


def test_points_of_the_compass_are_the_country_named_or_no_place() -> None:
    found = read("North Korea tested a missile. The North said it was a drill.")[1]
    assert {m.text for p in found if p.country == "PRK" for m in p.mentions} >= {"North Korea"}
    assert all(p.country == "PRK" for p in found)
    assert not [p for p in read("Fighting in the north went on; the North is poor.")[1] if p.kind != "country"]


def test_bodies_are_no_towns() -> None:
    assert not read("The U.N. met on Monday. The talks go on, U.N. officials said.")[1]


def test_an_unknown_village_keeps_its_name() -> None:
    text = "Soldiers burned Zhelovka village near Goma on Monday."
    doc, found = read(text)
    village = next(p for p in found if p.name == "Zhelovka")
    assert village.country == "COD" and village.confidence < 0.9
    assert event_place(doc, found, 0, len(text), text.index("burned")) == village.id


PIECES = ["Rebels stormed the ", "Kabul airport", "Statehouse", " steps. ", "\n\n", "Afghan capital. ", "in Camp Alta ",
          "😀 ", "the presidential palace in Goma. ", "Zhelovka village, near Goma. ", "of the ", "Mali’s capital "]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join))
def test_spans_are_exact_and_do_not_overlap(text: str) -> None:
    doc, found = read(text)
    taken: set[int] = set()
    for place in found:
        assert place.mentions and 0 <= place.confidence <= 1
        for m in place.mentions:
            assert doc.text[m.start : m.end] == m.text
            assert taken.isdisjoint(range(m.start, m.end))
            taken.update(range(m.start, m.end))
    assert [p.id for p in found] == [f"p{i}" for i in range(1, len(found) + 1)]
    assert list(found) == sorted(found, key=lambda p: p.mentions[0].start)


def test_the_word_lists_are_whole() -> None:
    assert words.sites()["seat"] and all(-90 <= s[2] <= 90 for s in words.known_sites().values())
    assert words.capital_of("ML").name == "Bamako"  # type: ignore[union-attr]
    assert words.capital_of("AQ") is None


def test_words_of_a_name_that_are_no_place_say_not_where_a_site_is() -> None:
    for text in ("She spoke at Western High School.", "She spoke at Georgian Court University."):
        assert [p.country for p in places.find(language.load().parse(Article("x", "x", text)))] in ([None], [])
