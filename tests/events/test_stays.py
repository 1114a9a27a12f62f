"""Where travellers are: what they say soon after, and whom they meet, is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hands import Table, marked, statement

from dateline import events, places
from dateline.events.mentions import Mentions
from dateline.events.scenes import Scenes
from dateline.settings import load


def scenes(text: str, *said: tuple[str, str, str], **countries: str) -> tuple[Scenes, dict[str, str], dict[str, str]]:
    """The scenes of a text, the names of its places by id and the ids of its actors by name; actors have those countries."""
    doc, table = marked(text)
    actors = tuple(replace(a, kind="person", country=countries.get(a.name)) for a in table.actors)
    found = places.find(doc)
    made = [statement(doc, table, *one, "REQUEST", number) for number, one in enumerate(said, 1)]
    read = Scenes(doc, Mentions(actors), found, (), made)
    return read, {p.id: p.name for p in found}, {a.name: a.id for a in actors}


@pytest.mark.parametrize(
    ("text", "ahead", "place"),
    [
        ("[Orlan] arrived in Oslo on Monday. [He|Orlan] met [Maro].", False, "Oslo"),
        ("[Orlan] was in Norway on Monday. [He|Orlan] met [Maro].", False, "Norway"),
        ("[Orlan]'s Norway trip is short. [He|Orlan] met [Maro].", False, "Norway"),
        ("[Orlan], who will hold talks in Oslo, is late. [He|Orlan] met [Maro].", True, "Oslo"),
        ("[Maro] met [Orlan] when [he|Orlan] arrived in Norway.", True, "Norway"),
        ("[Orlan] did not arrive in Oslo. [He|Orlan] met [Maro].", False, None),
        ("[Maro] was in Oslo on Monday. [He|Maro] met [Orlan].", False, None),
        ("[Orlan] arrived in Lisbon on Monday. [He|Orlan] met [Maro].", False, None),
        ("[Orlan] toured the Louvre in Paris. [He|Orlan] met [Maro].", False, None),
    ],
)
def test_a_guest_meets_his_hosts_where_he_is(text: str, ahead: bool, place: str | None) -> None:
    read, names, ids = scenes(text, Orlan="KEN", Maro="NOR")
    plain = text.replace("[", "").replace("|Orlan]", "").replace("|Maro]", "").replace("]", "")
    got = read.met((ids["Orlan"], ids["Maro"]), plain.index(" met ") + 1, ahead)
    assert (names[got] if got else None) == place


@pytest.mark.parametrize(
    ("after", "place"),
    [
        ("The Oslo talks covered a range of topics.", "Oslo"),
        ("The meeting in Oslo was short.", "Oslo"),
        ("He will travel to the Oslo summit.", None),
        ("Snow fell. Snow fell. The Oslo talks covered a range of topics.", None),
    ],
)
def test_a_meeting_is_where_the_next_sentences_have_it(after: str, place: str | None) -> None:
    read, names, ids = scenes(f"[Orlan] met [Maro]. {after}")
    got = read.met((ids["Orlan"], ids["Maro"]), len("Orlan "), False)
    assert (names[got] if got else None) == place


@pytest.mark.parametrize(
    ("act", "place"), [("protested outside the forum", "Oslo"), ("protested at the bank", None), ("left a forum", None)]
)
def test_what_is_done_at_an_occasion_is_done_where_it_is(act: str, place: str | None) -> None:
    text = f"[Orlan] told a forum in Oslo that aid is late. Farmers {act}."
    read, names, _ = scenes(text, ("Orlan", "told", "aid is late"))
    got = read.at_occasion(len("Orlan told a forum in Oslo that aid is late. Farmers "))
    assert (names[got] if got else None) == place


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("[The envoy] arrived in Oslo on Monday. [The envoy] met [the premier].", "CONSULT"),
        ("[The envoy] spoke to a forum in Oslo. [Farmers] clashed with [police] outside the forum.", "PROTEST"),
    ],
)
def test_events_have_these_places(text: str, type_: str) -> None:
    doc, table = marked(text)
    who = tuple(replace(a, country={"The envoy": "KEN"}.get(a.name, "NOR")) for a in table.actors)
    found = places.find(doc)
    (oslo,) = [p.id for p in found if p.name == "Oslo"]
    got, _ = events.find(doc, Table(who), found, (), (), load(events__min_confidence=0.02))
    assert [e.place for e in got if e.type == type_ and e.evidence.start > text.index(".") - 5] == [oslo]


def test_who_telephones_meets_nobody_there() -> None:
    doc, table = marked("[The envoy] arrived in Oslo on Monday. [The envoy] telephoned [the premier].")
    who = tuple(replace(a, country={"The envoy": "KEN"}.get(a.name, "NOR")) for a in table.actors)
    got, _ = events.find(doc, Table(who), places.find(doc), (), (), load(events__min_confidence=0.02))
    assert [e.place for e in got if e.mode == "phone"] == [None]


def test_a_visit_long_past_is_not_that_of_a_meeting_to_come() -> None:
    talk = "The weather was fine. " * 5
    for arrival, place in (("was in Oslo on Monday", None), ("will visit Oslo", "Oslo")):
        text = f"[Orlan] {arrival}. {talk}[He|Orlan] met [Maro]."
        read, names, ids = scenes(text, Orlan="KEN", Maro="NOR")
        at = len(f"Orlan {arrival}. {talk}He ")
        got = read.met((ids["Orlan"], ids["Maro"]), at, True)
        assert (names[got] if got else None) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[Orlan] landed in Oslo on Monday. Snow fell. [He|Orlan] urged calm.", "Oslo"),
        ("[Orlan] returned to Kenya on Monday. [He|Orlan] urged calm.", None),
        ("[Orlan] will fly to Oslo on Monday. [He|Orlan] urged calm.", None),
        ("[Orlan] landed in Oslo on Monday. " + "Snow fell. " * 5 + "[He|Orlan] urged calm.", None),
    ],
)
def test_a_traveller_speaks_where_he_has_arrived(text: str, place: str | None) -> None:
    read, names, ids = scenes(text, ("Orlan", "urged", "calm"), Orlan="KEN")
    plain = text.replace("[", "").replace("|Orlan]", "").replace("]", "")
    cue = plain.index("urged")
    got = read.place(ids["Orlan"], cue, cue + len("urged calm"), cue)
    assert (names[got] if got else None) == place


def test_what_somebody_says_of_his_travels_is_no_scene() -> None:
    read, _, ids = scenes(
        "[Orlan] said that [he|Orlan] was in Oslo. [He|Orlan] urged calm.",
        ("Orlan", "said", "he was in Oslo"),
        ("Orlan", "urged", "calm"),
    )
    cue = len("Orlan said that he was in Oslo. He ")
    assert read.place(ids["Orlan"], cue, cue + len("urged calm"), cue) is None
