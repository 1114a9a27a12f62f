"""`dateline export` in all forms, `forget`, `diff`."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.model import Coding
from dateline.record import open_record
from dateline.settings import load


@pytest.fixture
def record(tmp_path: Path, pages: list[Path]) -> Path:
    """A record of the three pages, its articles not joined."""
    import fakes

    path = tmp_path / "my.record"
    with open_record(path, create=True) as made:
        run = made.start_run("code pages")
        for page in pages:
            made.write(fakes.code_file(str(page), load(), "2024-03-05"), run)
    return path


def without_events(coding: Coding) -> Coding:
    return replace(coding, events=())


@pytest.mark.parametrize("form", ["gdelt2", "icews", "polecat", "phoenix", "acled"])
def test_forms_of_others_say_what_is_left_out(run, record: Path, tmp_path: Path, form: str) -> None:  # type: ignore[no-untyped-def]
    done = run("export", record, "--format", form, "--to", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    lines = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    rows = {"gdelt2": 3, "icews": 3 + 1, "polecat": 3 + 1, "phoenix": 3, "acled": 1}[form]
    assert len(lines) == rows
    assert ("not in it: 3 events of a kind that acled does not code" in done.stderr) is (form == "acled")
    none = run("export", record, "--format", form, "--status", "future", "--to", tmp_path / "out")
    assert "not in it: 3 events of another status" in none.stderr
    assert run("export", record, "--format", form, "--status", "past", "--to", tmp_path / "x").exit_code == 2


def test_to_standard_output(run, record: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for form in ("jsonl", "polecat"):
        assert run("export", record, "--format", form, "--to", tmp_path / form).exit_code == 0
        done = run("export", record, "--format", form, "--to", "-")
        assert done.exit_code == 0 and "standard output: " in done.stderr and not Path("-").exists()
        held = (tmp_path / form).read_text(encoding="utf-8-sig")
        assert done.stdout.splitlines() == held.splitlines() or form == "jsonl"
        assert form != "jsonl" or [*map(json.loads, done.stdout.splitlines())] == [*map(json.loads, held.splitlines())]
    folder = run("export", record, "--format", "csv", "--to", "-")
    assert folder.exit_code == 2 and "name a folder" in folder.stderr


def test_without_text(run, record: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert (
        run("export", record, "--format", "jsonl", "--no-text", "--words", "3", "--to", tmp_path / "a.jsonl").exit_code
        == 0
    )
    text = (tmp_path / "a.jsonl").read_text(encoding="utf-8")
    assert "shelling a border post" not in text and "Ruritania accused Graustark …" in text and "Border row" not in text
    wrong = run("export", record, "--format", "jsonl", "--words", "3", "--to", tmp_path / "b.jsonl")
    assert wrong.exit_code == 2 and "without text only" in wrong.stderr and not (tmp_path / "b.jsonl").exists()


def test_forget_asks(run, record: Path, pages: list[Path]) -> None:  # type: ignore[no-untyped-def]
    from dateline.corroborate import join

    with open_record(record) as opened:
        join(opened)
    assert b"shelling a border" in record.read_bytes()
    asked = run("forget", record, pages[0])
    assert asked.exit_code == 1 and "nothing was removed" in asked.stderr and asked.stdout == ""
    assert "Border row" in asked.stderr and "Remove 1 article" in asked.stderr
    with open_record(record) as opened:
        assert opened.articles().count() == 2
    done = run("forget", record, pages[0], "--yes")
    assert done.exit_code == 0, done.stderr
    assert b"shelling a border" not in record.read_bytes()
    assert "removed 1 article with 1 revision, 3 actor, 2 statement, 2 event rows" in done.stderr
    with open_record(record) as opened:
        assert opened.articles().count() == 1 and opened.events().count() == 1
        assert [p.source for p in opened.problems()] == [str(pages[1])]
    assert run("forget", record, pages[1], "-y").exit_code == 0
    wrong = run("forget", record, "nobody", "--yes")
    assert wrong.exit_code == 2 and "no article, source or publisher 'nobody'" in wrong.stderr


def test_diff(run, record: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    other = tmp_path / "other.record"
    with open_record(record) as one, open_record(other, create=True) as two:
        for coding in one.codings():
            two.write(without_events(coding), two.start_run())
    done = run("diff", record, other)
    header, *rows = list(csv.reader(done.stdout.splitlines(), delimiter="\t"))
    assert header == ["article", "kind", "what", "row", "field", "before", "after"]
    assert rows[0][1:4] == ["events", "removed", "Ruritania ACCUSE/allege Graustark"]
    assert len(rows) == 3
    lines = [json.loads(line) for line in run("diff", other, record, "--json").stdout.splitlines()]
    assert {(line["kind"], line["what"]) for line in lines} == {("events", "added")}
    assert lines[0]["fields"]["type"] == {"before": None, "after": "ACCUSE"}
    same = run("diff", record, record)
    assert (same.exit_code, same.stdout) == (0, "") and "nothing changed" in same.stderr
    assert run("diff", record).exit_code == 2 and run("diff", record, other, "--revisions", "a").exit_code == 2


def test_diff_of_revisions(run, record: Path) -> None:  # type: ignore[no-untyped-def]
    assert "coded once only" in run("diff", record, "--revisions", "a.txt").stderr
    with open_record(record) as opened:
        opened.write(without_events(next(opened.codings())), opened.start_run())
    done = run("diff", record, "--revisions", "a.txt")
    assert done.exit_code == 0 and "from 20" in done.stderr
    assert [line.split("\t")[1:3] for line in done.stdout.splitlines()[1:]] == [["events", "removed"]] * 2
