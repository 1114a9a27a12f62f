"""`dateline methods` and `sample`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

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


def test_methods(run, record: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = run("methods", record)
    assert done.exit_code == 0 and done.stdout.startswith(
        "# Methods: my.record\n\nWe coded 2 articles, published on 2024-03-05; "
    )
    assert "All settings are the defaults" in done.stdout and "1 further input gave no article" in done.stdout
    assert run("methods", record, "--to", tmp_path / "m.md").stdout == ""
    assert (tmp_path / "m.md").read_text() == done.stdout
    assert run("methods", record, "--settings", tmp_path / "no.toml").exit_code == 2
    assert run("methods", record, "--to", tmp_path / "no" / "m.md").exit_code == 2


def test_sample_and_score(run, record: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    sheet = tmp_path / "sheet.csv"
    done = run("sample", record, "-n", "2", "--to", sheet, "--seed", "5")
    assert done.exit_code == 0 and "2 of 3 events, seed 5" in done.stderr
    assert "nothing is judged yet" in run("sample", "--score", sheet).stderr
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "event_ok": "1", "type_ok": str(i)} for i, row in enumerate(rows))
    scored = [line.split("\t") for line in run("sample", "--score", sheet).stdout.splitlines()]
    assert scored[1] == ["event", "2", "2", "1.000", "0.342–1.000"]
    assert scored[2] == ["type", "2", "1", "0.500", "0.095–0.905"]
    assert run("sample", record, "--of", "statements", "--by", "act", "--to", tmp_path / "s.html").exit_code == 0
    assert "<mark>" in (tmp_path / "s.html").read_text()


def test_wrong_questions(run, record: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for arguments in ([], [record], [record, "--score", "x.csv"], ["--score", tmp_path / "no.csv"],
                      [record, "--to", tmp_path / "a.pdf"], [record, "--by", "colour", "--to", tmp_path / "a.csv"]):  # fmt: skip
        done = run("sample", *arguments)
        assert done.exit_code == 2 and done.stderr, arguments
