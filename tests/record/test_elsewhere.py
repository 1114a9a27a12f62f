"""The record opened by what others use: plain SQLite, Datasette, DuckDB. The latter two run where they are installed."""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from samples import full

from dateline.record import Record, open_record

VIEWS = (
    "articles_view", "actors_view", "statements_view", "events_view", "talks_view", "places_view", "dates_view", "mentions_view",
    "problems_view", "runs_view", "revisions_view", "reviews_view", "comments_view", "identities_view", "texts_view",
    "reports_view", "clusters_view", "processes_view", "rounds_view", "positions_view", "pledges_view", "verdicts_view",
)  # fmt: skip
"""The views that docs/record.md promises."""

FILLED = (
    "articles_view",
    "actors_view",
    "statements_view",
    "events_view",
    "talks_view",
    "places_view",
    "mentions_view",
)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    with open_record(tmp_path / "a.record", create=True) as record:
        record.write(full(), record.start_run())
    return record


def test_the_views_are_there_and_described(record: Record) -> None:
    db = sqlite3.connect(f"file:{record.path}?mode=ro", uri=True)
    assert {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")} == set(VIEWS)
    described = (Path(__file__).parents[2] / "docs" / "record.md").read_text(encoding="utf-8")
    for view in VIEWS:
        assert f"### {view}\n" in described
        text = described.split(f"### {view}\n")[1].split("\n### ")[0].split("\n## ")[0]
        columns = [c[0] for c in db.execute(f"SELECT * FROM {view} LIMIT 0").description]
        missing = [c for c in columns if c not in COMMON and f"`{c}`" not in text]
        assert not missing, f"docs/record.md, {view}: {', '.join(missing)}"
    for view in FILLED:
        assert db.execute(f"SELECT count(*) FROM {view}").fetchone()[0] > 0


COMMON = {
    "row", "id", "article_id", "local", "start_offset", "end_offset", "confidence", "origin", "run_id", "title", "publisher",
    "published", "source",
}  # fmt: skip
"""Columns that the head of the chapter describes, and `row`, by which views are sorted."""


def test_no_view_counts_in_a_way_that_duckdb_does_not_hand_on(record: Record) -> None:
    db = sqlite3.connect(record.path)
    assert not [
        name for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'") if "count(*)" in sql
    ]


def test_datasette_opens_it(record: Record) -> None:
    app = pytest.importorskip("datasette.app")

    async def look() -> dict[str, list[dict[str, object]]]:
        client = app.Datasette([str(record.path)]).client
        found = {}
        for view in VIEWS:
            answer = await client.get(f"/a/{view}.json?_shape=array")
            assert answer.status_code == 200, (view, answer.text)
            found[view] = answer.json()
        return found

    with ThreadPoolExecutor(1) as thread:  # the browser tests leave a loop running in this one
        rows = thread.submit(lambda: asyncio.run(look())).result()
    assert all(rows[view] for view in FILLED)
    assert {row["type"] for row in rows["events_view"]} == {"ASSAULT", "CONSULT"}


def test_duckdb_opens_it(record: Record) -> None:
    duckdb = pytest.importorskip("duckdb")
    db = duckdb.connect()
    beside = Path(duckdb.__file__).parents[1] / "duckdb_ext" / "extensions"  # of PyPI's duckdb-ext-sqlite
    extension = next(map(str, beside.glob(f"v{duckdb.__version__}/*/sqlite_scanner.duckdb_extension")), "sqlite")
    try:
        db.execute(f"LOAD '{extension}'")
    except duckdb.Error:
        pytest.skip("DuckDB is here without its extension 'sqlite', which it would fetch from the network")
    db.execute(f"ATTACH '{record.path}' AS r (TYPE sqlite, READ_ONLY)")
    for view in VIEWS:
        rows = db.execute(f"SELECT * FROM r.{view}").fetchall()
        assert rows or view not in FILLED, view
    assert db.execute("SELECT type, count(*) FROM r.events_view GROUP BY 1 ORDER BY 1").fetchall() == [
        ("ASSAULT", 1),
        ("CONSULT", 1),
    ]
