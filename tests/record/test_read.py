"""Reading: rows with names, filters, lazy passes, tables of other libraries, the views by plain SQL."""

from __future__ import annotations

import datetime
import re
import sqlite3
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
from samples import TEXT, failed, full, small

from dateline.errors import RecordError, UsageError
from dateline.record import Record, Rows, open_record
from dateline.record import tables as record_tables

DOCS = Path(__file__).parents[2] / "docs" / "record.md"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    record = open_record(tmp_path_factory.mktemp("read") / "a.record", create=True)
    run = record.start_run("test")
    record.write(full(), run)
    for number in range(5):
        record.write(small(number), run)
    record.write(failed("pages/empty.html"), run)
    record.finish_run(run)
    record.close()
    return record


def test_rows_carry_names_beside_ids(record: Record) -> None:
    statement = next(iter(record.statements()))
    assert (statement.speaker_name, statement.speaker_country, statement.act) == ("Ana Belic", "RUR", "THREATEN")
    assert statement.addressee_names == "Graustark" and len(statement.addressees) == 1
    assert statement.text == "“We will answer,” … “when we choose.”"
    assert [TEXT[s.start : s.end] for s in statement.content] == ["“We will answer,”", "“when we choose.”"]
    assault, consult, *_ = record.events()
    assert (assault.actor_names, assault.recipient_names) == ("Graustark", "Ruritania")
    assert assault.reported_by == statement.id and assault.magnitude.killed == 2
    assert assault.start == assault.end == datetime.date(2024, 3, 3)
    assert assault.contexts == ("military", "territory") and assault.origin == "pair model"
    assert (consult.actor_names, consult.actor_countries) == ("Ruritania; Graustark", "RUR; GRA")
    assert (consult.recipients, consult.recipient_names) == ((), None)
    assert (consult.place_name, consult.lat, consult.place_country) == ("Strelsau", 49.5, "RUR")
    (talks,) = record.talks()
    assert (talks.party_names, talks.mediator_names, talks.round, talks.outcome) == (
        "Ruritania; Graustark", "Karlovia", 2, "none",
    )  # fmt: skip
    assert len(talks.evidence) == 2
    minister = next(iter(record.actors()))
    assert (minister.affiliation_name, minister.mentions, minister.statements) == ("Ruritania", 2, 1)
    ids = {a.id for a in record.actors()}
    assert {assault.actors[0], *talks.parties, statement.speaker, minister.affiliation} <= ids
    with pytest.raises(FrozenInstanceError):
        talks.round = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 7), ({"type": "assault"}, 1), ({"type": "ACCUSE"}, 5), ({"actor": "GRA"}, 2), ({"actor": "graus"}, 2),
        ({"actor": "state:GRA"}, 2), ({"actor": "RUR", "recipient": "GRA"}, 5), ({"recipient": "RUR"}, 1),
        ({"actor": "%"}, 0), ({"actor": "ru_itania"}, 0), ({"actor": "' OR 1=1 --"}, 0), ({"status": "hypothetical"}, 1),
        ({"since": "2024-03-03"}, 1), ({"since": datetime.date(2024, 3, 4)}, 0), ({"until": "2024-03-03"}, 1),
        ({"until": "2024-03-02"}, 0), ({"text": "border post"}, 6), ({"text": '"post border"'}, 0),
        ({"text": "case) OR ("}, 0), ({"min_confidence": 0.7}, 1), ({"country": "RUR"}, 1), ({"limit": 2}, 2),
        ({"article": "sha256:" + "0" * 64}, 1), ({"mode": "third-party"}, 1),
    ],
)  # fmt: skip
def test_event_filters(record: Record, filters: dict[str, object], count: int) -> None:
    rows = record.events(**filters)  # type: ignore[arg-type]
    assert len(list(rows)) == rows.count() == count


def test_other_filters(record: Record) -> None:
    def count(rows: Rows[object]) -> int:
        return len(list(rows))

    assert count(record.statements(speaker="Belic")) == 1
    assert count(record.statements(speaker="RUR", act="ACCUSE")) == 5
    assert count(record.statements(addressee="GRA")) == 1
    assert count(record.statements(quotation="direct", since="2024-01-01")) == 1
    assert count(record.statements(text="answer")) == 1
    assert count(record.talks(party="RUR", mediator="karlov", outcome="none")) == 1
    assert count(record.talks(party="KAR")) == 0
    assert count(record.actors(name="Belic")) == count(record.actors(country="KAR")) == 1
    assert count(record.articles(text="mediation")) == count(record.articles(publisher="The Daily Example")) == 1
    assert count(record.articles(since="2024-03-05", until="2024-03-05")) == 1
    assert [p.source for p in record.problems(stage="read")] == ["pages/empty.html"]
    assert record.events(type="AID").first() is None


def test_what_no_row_can_have_is_refused(record: Record) -> None:
    with pytest.raises(UsageError, match="did you mean 'ACCUSE'"):
        record.events(type="ACUSE")
    with pytest.raises(UsageError, match="choose from"):
        record.talks(outcome="zzz")
    with pytest.raises(UsageError, match="'yesterday' is not a date"):
        record.events(since="yesterday")
    with pytest.raises(UsageError, match="at least one word"):
        record.events(text=' "" ')


def test_an_article_is_found_by_what_people_have(record: Record) -> None:
    whole = full().article.id
    for name in (whole, whole[:12], whole.removeprefix("sha256:")[:8], "pages/border.html", "border.html"):
        assert record.find_article(name) == whole
    with pytest.raises(RecordError, match="more than one"):
        record.find_article("sha256:0000")
    with pytest.raises(RecordError, match="no article 'nothing'"):
        record.find_article("nothing")
    with pytest.raises(RecordError, match="no coding"):
        record.coding("nothing")


def test_rows_are_lazy_and_can_be_passed_again(record: Record) -> None:
    rows = record.events()
    first = iter(rows)
    assert next(first).type == "ASSAULT"
    assert [e.id for e in rows] == [e.id for e in rows]
    assert len([next(first), *first]) == 6


def test_arrow(record: Record) -> None:
    table = record.events().to_arrow()
    assert table.num_rows == 7
    assert str(table.schema.field("start_date").type) == "date32[day]"
    assert table.column("actors")[0].as_py() == "Graustark"
    assert table.column("killed").to_pylist() == [2] + [None] * 6
    assert table.column("contexts")[0].as_py() == ["military", "territory"]
    empty = record.events(type="AID").to_arrow()
    assert empty.num_rows == 0 and empty.schema == table.schema
    for rows in (record.articles(), record.actors(), record.statements(), record.talks(), record.problems(),
                 record.runs(), record.revisions()):  # fmt: skip
        assert rows.to_arrow().num_rows == rows.count()


def test_many_batches(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_tables, "BATCH", 3)
    assert [b.num_rows for b in record.events().batches()] == [3, 3, 1]


def test_pandas(record: Record) -> None:
    pytest.importorskip("pandas")
    frame = record.events().to_pandas()
    assert len(frame) == 7 and frame["killed"].sum() == 2 and frame["start_date"].notna().sum() == 1
    assert list(record.events(type="AID").to_pandas().columns) == list(frame.columns)


def test_polars(record: Record) -> None:
    pytest.importorskip("polars")
    frame = record.events().to_polars()
    assert frame.height == 7 and frame["killed"].sum() == 2
    assert record.events(type="AID").to_polars().schema == frame.schema


@pytest.mark.parametrize("library", ["pyarrow", "pandas", "polars"])
def test_a_library_that_is_missing_is_named(record: Record, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    name = {"pyarrow": "to_arrow"}.get(library, f"to_{library}")
    with pytest.raises(UsageError, match=f"{name} needs {library}"):
        getattr(record.events(), name)()


def test_views_are_documented_and_readable_by_anyone(record: Record) -> None:
    """Every view and column stands in docs/record.md, and plain SQLite reads them without our code."""
    text = DOCS.read_text(encoding="utf-8")
    with sqlite3.connect(record.path) as db:
        views = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
        for view in views:
            section = re.search(rf"^### {view}\n(.*?)(?=^#|\Z)", text, re.M | re.S)
            assert section, f"{view} is not in docs/record.md"
            columns = [c[0] for c in db.execute(f"SELECT * FROM {view}").description]
            missing = [c for c in columns if c != "row" and f"`{c}`" not in section[1]]
            assert not missing, f"{view}: {missing}"
        assert len(views) >= 14
        found = db.execute("SELECT type, actors, recipients FROM events_view WHERE actor_countries = 'GRA'").fetchall()
        assert found == [("ASSAULT", "Graustark", "Ruritania")]


def test_types_of_columns_are_what_sqlite_holds(record: Record, tmp_path: Path) -> None:
    """The declared type of every column fits every value of a record with all kinds of rows."""
    from dateline.record.export import TABLES, _table

    held = {"integer": int, "real": float, "boolean": int, "date": str, "list": str, "text": str}
    for name in TABLES:
        rows = _table(record, name)
        for row in rows.records():
            for column, value in row.items():
                assert value is None or isinstance(value, held[rows.kind(column)]), (name, column, value)


def test_filters_use_the_indexes(tmp_path: Path) -> None:
    """The rows of one article, and a page of rows in order, are found without reading the whole table."""
    with open_record(tmp_path / "a.record", create=True) as record:
        record.write(replace(full()), record.start_run())
        with sqlite3.connect(record.path) as db:
            for rows in (record.events(article="x"), record.statements(article="x"), record.events(type="ACCUSE")):
                plan = " ".join(r[3] for r in db.execute(f"EXPLAIN QUERY PLAN {rows.sql}", rows.values))
                assert re.search(r"SEARCH [es] USING INDEX", plan), plan
