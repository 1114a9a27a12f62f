"""The chronicle: events once, talks beside them, in the order of days."""

from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path

import pytest
from joins import join, told
from samples import full

from dateline.errors import RecordError, UsageError
from dateline.record import Record, open_record
from dateline.record.timeline import counted


@pytest.fixture
def record(tmp_path: Path) -> Record:
    with open_record(tmp_path / "a.record", create=True) as record:
        run = record.start_run()
        for coding in (
            told(2, "ASSAULT", ("Graustark",), ("Ruritania",), "2024-03-20"),
            told(1, "ACCUSE", ("Ruritania",), ("Graustark",), "2024-01-03"),
            told(3, "ACCUSE", ("Ruritania",), ("Graustark",), "2024-01-04"),
            told(4, "AID", ("Karlovia",), ("Graustark",), None),
            full(),
        ):
            record.write(coding, run)
    return record


def test_in_order(record: Record) -> None:
    entries = list(record.timeline())
    assert [(str(e.day), e.kind, e.what) for e in entries] == [
        ("2024-01-03", "event", "ACCUSE"), ("2024-01-04", "event", "ACCUSE"), ("2024-03-20", "event", "ASSAULT"),
        ("None", "event", "AID"), ("None", "event", "CONSULT/third-party"), ("None", "talks", "talks, round 2: none"),
    ]  # fmt: skip
    talks = entries[-1]
    assert (talks.who, talks.whom, talks.place) == ("Ruritania; Graustark", "mediated by Karlovia", "Strelsau")
    assert talks.evidence == "Both sides met in Strelsau"


def test_joined(record: Record) -> None:
    join(record.path, [[3, 1]], {3: 1})
    first = next(iter(record.timeline()))
    assert (str(first.day), first.id, first.reports, first.texts) == ("2024-01-04", "cluster-0", 2, 1)
    with sqlite3.connect(record.path) as db:
        talks, article = db.execute("SELECT id, article_id FROM talks").fetchone()
        db.execute("INSERT INTO process VALUES ('p', 'Border talks', '[]')")
        db.execute(
            """INSERT INTO round(id, process_id, position, name, venue, start_date, outcome, outcomes, held, delegations, heard,
               silent, outside, alike, disputed) VALUES ('r', 'p', 1, 'Round 2', 'Strelsau', '2024-03-04', 'none', '[]', 1, '{}',
               '[]', '[]', '[]', '[]', '{}')"""
        )
        db.execute("INSERT INTO round_talks VALUES (?, 'r', ?, 0)", (talks, article))
    found = [e for e in record.timeline() if e.kind == "talks"]
    assert [(e.what, str(e.day), e.evidence, e.article) for e in found] == [
        ("Round 2: none", "2024-03-04", "Both sides met in Strelsau", full().article.id)
    ]


def test_filters(record: Record) -> None:
    assert [e.what for e in record.timeline(actor="KAR")] == ["AID", "talks, round 2: none"]
    assert [e.what for e in record.timeline(type="assault")] == ["ASSAULT"]
    assert [e.what for e in record.timeline(since="2024-01-04", until=datetime.date(2024, 2, 1))] == ["ACCUSE"]
    assert len(record.timeline(talks=False)) == 5
    assert record.timeline().to_arrow().num_rows == 6
    with pytest.raises(UsageError, match="did you mean"):
        record.timeline(type="ASSALT")
    with pytest.raises(RecordError, match="no actor"):
        record.timeline(actor="Atlantis")


def test_counts_by_month(record: Record) -> None:
    assert counted(record.timeline(), "month") == {
        "2024-01": {"verbal conflict": 2}, "2024-02": {}, "2024-03": {"material conflict": 1}
    }  # fmt: skip
    assert counted([], "week") == {}
