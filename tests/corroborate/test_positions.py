"""What each side said on a round: kinds, sides, repetition, silence, echoes."""

from __future__ import annotations

from pathlib import Path

import pytest
from written import Writer

import corpus
from dateline.corroborate import join
from dateline.corroborate.positions import alike, kind
from dateline.record import Record


@pytest.mark.parametrize(
    ("cue", "content", "act", "expected"),
    [
        ("accused", "Graustark of delay", "ACCUSE", "blame"), ("called on", "the rebels to stop", "REQUEST", "demand"),
        ("thanked", "the brotherly mediators", "SUPPORT", "thank"), ("promised", "to open the bridge", "AGREE", "pledge"),
        ("said", "that it would withdraw its troops", "STATE", "pledge"), ("said", "that the other side must leave first", "STATE", "demand"),
        ("said", "they would not sign", "STATE", "refuse"), ("warned", "of a long winter", "STATE", "threaten"),
        ("said", "the river was calm", "STATE", "claim"), ("said", "that it had not decided whether it would attend", "STATE", "claim"),
    ],
)  # fmt: skip
def test_kinds(cue: str, content: str, act: str, expected: str) -> None:
    assert kind(cue, content, act) == expected


def test_echoes_are_phrases_of_two_sides() -> None:
    said = {
        "RUR": [("p1", "it thanked the brotherly mediators of Karlovia"), ("p2", "the river towns must be free")],
        "GRA": [("p3", "gratitude to the brotherly mediators"), ("p4", "the bridge is open")],
    }
    assert alike(said) == [{"words": "brotherly mediators", "sides": ["GRA", "RUR"], "positions": ["p1", "p3"]}]
    assert alike({"RUR": said["RUR"]}) == []


@pytest.fixture
def record(tmp_path: Path) -> Record:
    first = Writer("first", "2024-03-05").met("Ruritania and Graustark met in Strelsau under the mediation of Karlovia")
    first.says(
        "Ruritania",
        "accused",
        "Graustark of shelling the river towns for a whole winter long",
        "ACCUSE",
        ("Graustark",),
    )
    first.says("Ruritania", "thanked", "the brotherly mediators for their patience", "SUPPORT")
    first.says("Karlovia", "said", "that the talks had been useful to all who were there")
    second = Writer("second", "2024-03-06", "The Echo")
    second.text = first.text.replace("a whole winter long", "a whole winter")  # a reprint with its own coding
    reprint = first.coding()
    copy = Writer("second", "2024-03-06", "The Echo").met(
        "Ruritania and Graustark met in Strelsau under the mediation of Karlovia"
    )
    copy.says(
        "Ruritania", "accused", "Graustark of shelling the river towns for a whole winter", "ACCUSE", ("Graustark",)
    )
    copy.says("Ruritania", "thanked", "the brotherly mediators for their patience", "SUPPORT")
    copy.says("Karlovia", "said", "that the talks had been useful to all who were there")
    record = corpus.filled(tmp_path / "a.record", [reprint, copy.coding()])
    join(record)
    return record


def test_positions_stand_by_side_and_count_once_a_text(record: Record) -> None:
    (round_,) = record.rounds()
    assert (round_.articles, round_.texts) == (2, 1)
    assert [(p.side, p.kind) for p in record.positions(round_)] == [("RUR", "blame"), ("RUR", "thank")]
    assert record.positions(round_, repeats=True).count() == 4 and record.positions(round_.talks[0].talks).count() == 2
    assert record.positions(round_.process, kind="thank").count() == 1
    (blame,) = record.positions(round_, kind="blame")
    assert blame.text == "Graustark of shelling the river towns for a whole winter long" and blame.took_part
    text = record.coding(blame.article).article.text
    assert all(text[piece.start : piece.end] == piece.text for piece in blame.content)


def test_who_was_heard_and_who_was_silent(record: Record) -> None:
    (round_,) = record.rounds()
    assert (round_.heard, round_.silent, round_.outside) == (("RUR",), ("GRA",), ())
    assert (round_.mediator_names == "Karlovia" and round_.host_names == "Ruritania") or round_.host_names is None


def test_an_article_around_the_round_counts_to_it(record: Record) -> None:
    later = Writer("later", "2024-03-09").says(
        "Graustark", "rejected", "the charge of Ruritania as invented", "REJECT", ("Ruritania",)
    )
    other = Writer("other", "2024-07-09").says(
        "Graustark", "rejected", "the charge of Ruritania as stale", "REJECT", ("Ruritania",)
    )
    with record:
        run = record.start_run("later")
        for coding in (later.coding(), other.coding()):
            record.write(coding, run)
    join(record, ["sha256:later", "sha256:other"])
    (round_,) = record.rounds()
    assert [(p.kind, p.article) for p in record.positions(round_, side="GRA")] == [("refuse", "sha256:later")]
    assert round_.silent == () and set(round_.heard) == {"GRA", "RUR"}


def test_an_article_that_speaks_of_talks_reaches_further(record: Record) -> None:
    """Two months on: one goes on about the talks, one is about something else of the same two."""
    linked = Writer("linked", "2024-05-06").says(
        "Graustark", "said", "that the talks with Ruritania were going nowhere", "STATE"
    )
    apart = Writer("apart", "2024-05-06").says("Graustark", "said", "that trade with Ruritania had grown", "STATE")
    with record:
        run = record.start_run("later")
        for coding in (linked.coding(), apart.coding()):
            record.write(coding, run)
    join(record, ["sha256:linked", "sha256:apart"])
    (round_,) = record.rounds()
    assert [p.article for p in record.positions(round_, side="GRA")] == ["sha256:linked"]
