"""Dyads and actors over time: each event once, whatever the number of its reports."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joins import join, told
from samples import full

from dateline.errors import RecordError, UsageError
from dateline.record import Record, open_record, review
from dateline.record.export import export
from dateline.record.series import PERIODS, begin, label

R, G, K = ("Ruritania",), ("Graustark",), ("Karlovia",)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Six articles tell four dated events of the dyad in three months, one is undated, three are of no concern."""
    with open_record(tmp_path / "a.record", create=True) as record:
        run = record.start_run()
        for coding in (
            told(1, "ACCUSE", R, G, "2024-01-03"), told(2, "ACCUSE", R, G, "2024-01-04", "Echo"),
            told(3, "ACCUSE", R, G, "2024-01-04", "Mirror"), told(4, "ASSAULT", G, R, "2024-01-20"),
            told(5, "CONSULT", R + G, (), "2024-03-01"), told(6, "AID", R, G, "2024-03-30", status="future"),
            told(7, "SUPPORT", R, K, "2024-01-05"), told(8, "ACCUSE", R + G, K, "2024-01-06"),
            told(9, "THREATEN", G, R, None),
        ):  # fmt: skip
            record.write(coding, run)
    return record


def test_months(record: Record) -> None:
    dyad = record.dyad("RUR", "GRA")
    assert dyad.undated == 1
    january, february, march = dyad.series("month")
    assert (january.label, january.events, january.forth, january.back, january.mutual) == ("2024-01", 4, 3, 1, 0)
    assert january.types == {"ACCUSE": 3, "ASSAULT": 1}
    assert january.quads == {"verbal conflict": 3, "material conflict": 1}
    assert (january.reports, january.texts, january.independent) == (4, 4, 1.0)
    assert january.score == round((3 * -2 - 9) / 4, 3)
    assert (february.events, february.score, february.independent) == (0, None, None)
    assert (march.events, march.mutual, march.types) == (1, 1, {"CONSULT": 1})


def test_joined_reports_are_one_event(record: Record) -> None:
    join(record.path, [[2, 1, 3], [4]], {3: 2})
    january = next(iter(record.dyad("RUR", "GRA").series("month")))
    assert (january.events, january.reports, january.texts, january.independent) == (2, 4, 3, 0.75)
    assert january.types == {"ACCUSE": 1, "ASSAULT": 1} and january.score == -5.5
    moment = record.dyad("RUR", "GRA").events[0]
    assert (moment.id, moment.told.publishers) == ("cluster-0", ("Wire", "Echo", "Mirror"))
    assert moment.article.endswith("2")  # the chosen report, not the first


def test_the_other_way_round(record: Record) -> None:
    one = record.dyad("RUR", "GRA").series("year").rows[0]
    other = record.dyad("GRA", "RUR").series("year").rows[0]
    assert (one.forth, one.back, one.mutual) == (other.back, other.forth, other.mutual) == (3, 1, 1)


def test_a_side_is_a_code_a_key_or_a_name(record: Record) -> None:
    wanted = [m.event for m in record.dyad("RUR", "GRA").events]
    assert [m.event for m in record.dyad("state:RUR", "state:GRA").events] == wanted
    assert [m.event for m in record.dyad("ruritan", "Graustark").events] == wanted
    assert record.dyad("RUR", "KAR").series().rows[0].types == {"SUPPORT": 1, "ACCUSE": 1}
    with pytest.raises(RecordError, match="no actor 'Atlantis'"):
        record.dyad("RUR", "Atlantis")


def test_since_until_and_statuses(record: Record) -> None:
    assert len(record.dyad("RUR", "GRA", since="2024-01-10", until=datetime.date(2024, 1, 31)).events) == 1
    assert len(record.dyad("RUR", "GRA", statuses=("future",)).events) == 1
    with pytest.raises(UsageError, match="'May' is not a date"):
        record.dyad("RUR", "GRA", since="May")
    with pytest.raises(UsageError, match="choose from week, month, year"):
        record.dyad("RUR", "GRA").series("day")  # type: ignore[arg-type]


def test_weeks_and_tables(record: Record) -> None:
    weeks = record.dyad("RUR", "GRA").series("week")
    assert [w.label for w in weeks][:3] == ["2024-W01", "2024-W02", "2024-W03"]
    assert len(weeks) == 9 and sum(w.events for w in weeks) == 5
    table = weeks.to_arrow()
    assert table.column("accuse").to_pylist()[0] == 3 and table.column("start").to_pylist()[0] == datetime.date(
        2024, 1, 1
    )
    assert table.column("verbal_conflict").to_pylist()[0] == 3 and table.schema.field("score").type == "double"
    assert table.to_pylist() == weeks.records()


@settings(deadline=None)  # a loaded machine is no fault
@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2040, 12, 31)), st.sampled_from(PERIODS))
def test_every_day_is_in_its_period(day: datetime.date, by: str) -> None:
    start = begin(day, by)  # type: ignore[arg-type]
    assert start <= day < start + datetime.timedelta(days={"week": 7, "month": 31, "year": 366}[by])
    assert begin(start, by) == start  # type: ignore[arg-type]
    week = "{}-W{:02d}".format(*start.isocalendar()[:2])
    names = {"week": week, "month": start.isoformat()[:7], "year": start.isoformat()[:4]}
    assert label(start, by) == names[by]  # type: ignore[arg-type]


def test_an_actor(record: Record) -> None:
    actor = record.actor("state:RUR")
    assert actor.name == "Ruritania"
    (graustark, karlovia) = actor.blames()
    assert (graustark.name, graustark.key, graustark.events, graustark.score) == ("Graustark", "state:GRA", 3, -2.0)
    assert (karlovia.name, karlovia.events, karlovia.first) == ("Karlovia", 1, datetime.date(2024, 1, 6))
    assert [c.name for c in actor.supports()] == ["Karlovia"]
    assert [(c.name, c.events) for c in actor.meets()] == [("Graustark", 1)]
    assert [c.name for c in actor.relation("attacks", by=True)] == ["Graustark"]
    assert list(actor.relation("attacks")) == [] and list(actor.supported_by()) == []
    assert [c.name for c in record.actor("KAR").blamed_by()] == ["Graustark", "Ruritania"]
    assert actor.blames().to_arrow().num_rows == 2
    with pytest.raises(UsageError, match="relation 'loves'"):
        actor.relation("loves")


def test_merged_actors_are_one(record: Record) -> None:
    with pytest.raises(RecordError):
        record.actor("state:UNI")
    review.merge(record.path, "state:KAR", "state:GRA", "Ada")
    assert len(record.actor("state:GRA").events) == 7 + 1  # and the one that only names Karlovia


def test_exports_count_witnesses(record: Record, tmp_path: Path) -> None:
    join(record.path, [[2, 1, 3], [4]], {3: 2})
    export(record, "gdelt2", tmp_path / "g")
    first = (tmp_path / "g").read_text().splitlines()[0].split("\t")
    assert first[31:34] == ["3", "3", "3"] and first[60] == "pages/2.html"
    assert len((tmp_path / "g").read_text().splitlines()) == 6  # two joined, talks, support, an accusation by two


def test_a_record_without_dates(tmp_path: Path) -> None:
    with open_record(tmp_path / "b.record", create=True) as record:
        record.write(full(), record.start_run())
        assert list(record.dyad("RUR", "GRA").series("week")) == [] and record.dyad("RUR", "GRA").undated == 1
