"""The methods sheet says what is in the record, and only that."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from joins import join, told
from samples import failed, full

from dateline.model import Coder
from dateline.record import Record, methods, open_record
from dateline.settings import load


@pytest.fixture
def record(tmp_path: Path) -> Record:
    with open_record(tmp_path / "peace.record", create=True) as record:
        run = record.start_run("code pages/*.html")
        record.write(full(), run)
        for n in (1, 2, 3):
            record.write(told(n, "ACCUSE", ("Ruritania",), ("Graustark",), f"2024-03-0{n}", f"Wire|{n % 2}"), run)
        record.write(failed("empty.html"), run)
        record.finish_run(run)
    return record


def test_counts_and_paragraph(record: Record) -> None:
    text = methods.sheet(record.path)
    assert text.startswith(
        "# Methods: peace.record\n\nWe coded 4 articles from 3 publishers, published between 2024-03-01 and 2024-03-05; "
    )
    assert (
        "1 further input gave no article. Dateline 0.1.0 read from them 2 statements and 5 reports of events, in"
        in text
    )
    assert "| ACCUSE | 3 | 3 |" in text and "| hypothetical | 1 |" in text
    assert "reports are not events" in text and "No row was judged" in text
    assert r"| Wire\|1 | 2 |" in text and "| read | not coded | 1 |" in text
    assert r"code pages/\*.html" in text


def test_joined(record: Record) -> None:
    join(record.path, [[1, 2], [3]], {2: 1})
    f = methods.facts(record.path)
    assert (f.counts["reports of events"], f.counts["events"], f.counts["texts"]) == (5, 4, 2)
    assert ("ACCUSE", 3, 2) in f.types
    assert "5 reports of events, joined into 4 events told by 2 texts" in methods.sheet(record.path)


def test_settings(tmp_path: Path) -> None:
    mine = load(events__min_confidence=0.5)
    with open_record(tmp_path / "a.record", create=True) as record:
        record.write(replace(full(), coder=Coder("0.1.0", {"events": "sha256:1"}, load().digest)), record.start_run())
        assert "All settings are the defaults" in methods.sheet(record.path)
        assert "| events | sha256:1 | 1 |" in methods.sheet(record.path)
        record.write(replace(full(), coder=Coder("0.1.0", {}, mine.digest)), record.start_run())
        assert "keeps their hash only" in methods.sheet(record.path)
        assert rf"| events.min\_confidence | {load()['events.min_confidence']} | 0.5 |" in methods.sheet(
            record.path, mine
        )


def test_figures_are_those_of_the_weights_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data" / "models" / "events"
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"weights")
    (folder / "card.json").write_text(json.dumps({"measured": {"plv-train": {"root": 0.861}, "ece": 0.041}}))
    import hashlib

    digest = "sha256:" + hashlib.sha256(b"weights").hexdigest()
    for used, known in ((digest, True), ("sha256:other", False)):
        with open_record(tmp_path / f"{known}.record", create=True) as record:
            record.write(replace(full(), coder=Coder("0.1.0", {"events": used}, load().digest)), record.start_run())
        real = methods.resources.files
        monkeypatch.setattr(methods.resources, "files", lambda _: tmp_path)
        monkeypatch.setattr(methods, "load_default", load)
        text = methods.sheet(record.path)
        monkeypatch.setattr(methods.resources, "files", real)
        assert ("| events | plv-train | root | 0.861 |" in text and "| events | - | ece | 0.041 |" in text) is known
        assert ("No accuracy figures are at hand" in text) is not known


def test_an_empty_record(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.record", create=True) as record:
        assert "We coded 0 articles" in methods.sheet(record.path)
