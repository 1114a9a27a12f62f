"""Exports: whole codings as JSON lines, a file a table as CSV and Parquet, cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import failed, full, small

from dateline.errors import UsageError
from dateline.model import Coding
from dateline.model.coding import json_schema
from dateline.record import Record, export, open_record
from dateline.record.export import TABLES, guarded


@pytest.fixture
def record(tmp_path: Path) -> Record:
    with open_record(tmp_path / "a.record", create=True) as record:
        run = record.start_run()
        record.write(full(), run)
        hostile = replace(small(1), article=replace(small(1).article, title="=HYPERLINK(A1)", publisher='\tx, "y"\nz'))
        record.write(hostile, run)
        record.write(failed("-empty.html"), run)
    return record


def test_jsonl(record: Record, tmp_path: Path) -> None:
    assert export(record, "jsonl", tmp_path / "out" / "a.jsonl") == {"a.jsonl": 2}
    lines = (tmp_path / "out" / "a.jsonl").read_bytes().split(b"\n")
    assert lines.pop() == b""
    assert [Coding.from_json(line) for line in lines] == list(record.codings())
    for line in lines:
        jsonschema.validate(json.loads(line), json_schema())


def test_csv(record: Record, tmp_path: Path) -> None:
    counts = export(record, "csv", tmp_path / "tables")
    assert set(counts) == {f"{name}.csv" for name in TABLES} == {p.name for p in (tmp_path / "tables").iterdir()}
    for name, count in counts.items():
        with (tmp_path / "tables" / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == count
        if name == "articles.csv":
            assert [r["title"] for r in rows] == ["Border row", "'=HYPERLINK(A1)"]
            assert rows[1]["publisher"] == '\'\tx, "y"\nz'
            assert rows[0]["text"] == full().article.text
        if name == "events.csv":
            assert rows[0]["score"] == "-10.0"  # a number is no formula
            assert (rows[0]["type"], rows[0]["killed"], rows[1]["killed"]) == ("ASSAULT", "2", "")
        if name == "problems.csv":
            assert rows[-1]["source"] == "'-empty.html"


@given(st.text())
def test_guarded_cells_never_begin_a_formula(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (text, "'" + text)


def test_parquet(record: Record, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow.parquet")
    counts = export(record, "parquet", tmp_path / "tables")
    for name, count in counts.items():
        table = pyarrow.read_table(tmp_path / "tables" / name)
        assert table.num_rows == count
    events = pyarrow.read_table(tmp_path / "tables" / "events.parquet")
    assert events.schema.equals(record.events().to_arrow().schema)
    assert events.to_pylist()[:2] == record.events(limit=2).to_arrow().to_pylist()


def test_what_cannot_be_exported_is_told(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="choose from jsonl, csv, parquet"):
        export(record, "xlsx", tmp_path / "x")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="name a folder"):
        export(record, "csv", tmp_path / "file")
    with pytest.raises(UsageError, match="name a file"):
        export(record, "jsonl", tmp_path)
    with pytest.raises(UsageError, match="cannot be made"):
        export(record, "csv", tmp_path / "file" / "below")
    assert (tmp_path / "file").read_text() == "mine"
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match="pip install"):
        export(record, "parquet", tmp_path / "p")
    assert not (tmp_path / "p").exists()


def test_a_broken_export_leaves_the_old_one(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.jsonl"
    export(record, "jsonl", target)
    before = target.read_bytes()

    def broken(self: Record):  # type: ignore[no-untyped-def]
        yield full()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Record, "codings", broken)
    with pytest.raises(UsageError, match="No space left"):
        export(record, "jsonl", target)
    assert target.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if "part" in p.name] == []
