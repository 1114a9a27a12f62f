"""The order of arrival changes nothing in what is joined: events, rounds, positions, pledges and what bears on them."""

from __future__ import annotations

import datetime
import random
import sqlite3
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from written import STATES, Writer

import corpus
from dateline.corroborate import join
from dateline.record import Record
from dateline.record.file import migrations

WORDS = [
    "arm",
    "armour",
    "armoured",
    "war",
    "warn",
    "warning",
    "aid",
    "aide",
    "oil",
    "port",
    "porter",
    "river",
    "bridge",
    "convoy",
    "prisoner",
    "village",
    "harvest",
    "border",
    "truce",
    "soldier",
    "patrol",
    "ferry",
    "mill",
    "orchard",
    "timber",
    "granary",
    "well",
    "quarry",
    "chapel",
    "market",
]
"""Short words that are the beginnings of others: to look for them loosely finds what is not meant."""


def world(seed: int, articles: int = 30) -> list[Writer]:
    """Invented articles of half a year: who met, who promised, demanded and threatened what, and what came of it."""
    rng = random.Random(seed)
    written = []
    for n in range(articles):
        day = datetime.date(2031, 1, 1) + datetime.timedelta(rng.randrange(180))
        writer = Writer(f"{n:02}", day.isoformat(), rng.choice(("The Echo", "The Bell", "The Ferryman")))
        a, b, c = rng.sample(list(STATES), 3)
        if rng.random() < 0.4:
            outcome = rng.choice(("unknown", "agreement", "none", "adjourned"))
            writer.met(f"{a} and {b} met {phrase(rng, 3)}", outcome, (a, b), rng.choice((None, day.isoformat())))
        for _ in range(rng.randrange(1, 4)):
            cue, act = rng.choice(
                (("promised", "AGREE"), ("demanded", "REQUEST"), ("warned", "THREATEN"), ("said", "STATE"))
            )
            writer.says(rng.choice((a, b)), cue, f"to {phrase(rng, rng.randrange(5, 16))}", act, (rng.choice((b, c)),))
        for _ in range(rng.randrange(3)):
            kind = rng.choice(("ASSAULT", "RETREAT", "AID", "CONSULT", "REJECT"))
            one, other = rng.sample((a, b, c), 2)
            writer.event(kind, (one,), (other,), f"{one} saw {phrase(rng, rng.randrange(4, 9))} of {other}")
        written.append(writer)
    return written


def phrase(rng: random.Random, count: int) -> str:
    return " ".join(rng.sample(WORDS, count))


def joined(path: Path, writers: list[Writer], steps: list[int]) -> Record:
    """A record whose articles came in this order and were joined after so many each."""
    record = corpus.filled(path, [w.coding() for w in writers])
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM touched")
    ids, begin = [w.coding().article.id for w in writers], 0
    for step in steps:
        join(record, ids[begin : begin + step])
        begin += step
    join(record, ids[begin:])
    return record


def face(record: Record) -> list[Any]:
    rounds = list(record.rounds())
    return [
        {c.id: (c.disputed, c.agreed, [r.event for r in c.reports]) for c in record.clusters()},
        {r.id: r for r in rounds},
        {p.id: p for r in rounds for p in record.positions(r, repeats=True)},
        {p.id: p for p in record.pledges()},
    ]


@pytest.mark.parametrize("seed", range(4))
def test_articles_in_any_order_and_step(tmp_path: Path, seed: int) -> None:
    writers = world(seed)
    whole = corpus.filled(tmp_path / "whole.record", [w.coding() for w in writers])
    join(whole)
    expected = face(whole)
    assert len(expected[1]) > 1 and expected[2]
    assert {b.kind for p in expected[3].values() for b in p.bearing} == {"event", "statement"}
    rng = random.Random(seed)
    for turn in range(3):
        rng.shuffle(writers)
        steps = [1] * len(writers) if turn == 0 else [rng.randrange(1, 9) for _ in range(6)]
        assert face(joined(tmp_path / f"{turn}.record", writers, steps)) == expected


def test_a_word_that_begins_another_is_not_that_word(tmp_path: Path) -> None:
    """The event shares one of the ten words by which a pledge is followed, one of the others, and the beginning of one."""
    telling = "bridge convoy prisoner village harvest border soldier patrol arm"
    pledge = Writer("pledge", "2031-02-01").says(
        "Ruritania", "promised", f"to {telling} oil war", "AGREE", ("Graustark",)
    )
    event = Writer("event", "2031-02-09").event("AID", ("Ruritania",), ("Graustark",), "armoured bridge with war in it")
    faces = [
        face(joined(tmp_path / f"{i}.record", list(order), [1, 1]))
        for i, order in enumerate(permutations((pledge, event)))
    ]
    assert faces[0] == faces[1] and len(faces[0][3]) == 1


def test_a_record_of_before_gets_the_words_of_its_reports(tmp_path: Path) -> None:
    path = tmp_path / "a.record"
    join(corpus.filled(path, [w.coding() for w in world(1)]))
    with sqlite3.connect(path) as db:
        words = db.execute("SELECT * FROM report_word").fetchall()
        joined_ = db.execute("SELECT 'article', article_id FROM text_article ORDER BY 2").fetchall()
        gone = ("TRIGGER report_words_gone", "TABLE report_word", "TABLE said_word", "INDEX mention_short")
        for thing in gone:
            db.execute(f"DROP {thing}")
        for script in migrations()[6:8]:  # versions 7 and 8, whatever came after them
            db.executescript(script)
        assert words and db.execute("SELECT * FROM report_word").fetchall() == words
        assert joined_ and db.execute("SELECT * FROM touched ORDER BY id").fetchall() == joined_, "to be joined again"


def test_the_words_of_a_report_go_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a.record"
    record = corpus.filled(path, [w.coding() for w in world(2)])
    join(record)
    with sqlite3.connect(path) as db:
        number, event = db.execute("SELECT number, event_id FROM report ORDER BY number LIMIT 1").fetchone()
        others = db.execute("SELECT * FROM report_word WHERE number <> ?", (number,)).fetchall()
        assert db.execute("SELECT count(*) FROM report_word").fetchone()[0] > len(others) > 0
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("DELETE FROM event WHERE id = ?", (event,))
        assert db.execute("SELECT * FROM report_word").fetchall() == others
