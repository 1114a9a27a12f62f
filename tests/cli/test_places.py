"""`dateline places`: what lookup explains, what import writes."""

from __future__ import annotations

import json
from pathlib import Path

ROW = (
    "900000001\tQuonzibar\tQuonzibar\tKwonzibar\t50.5\t30.5\tP\tPPL\tUA\t\t\t\t\t\t4200\t\t1\tEurope/Kyiv\t2020-01-01\n"
)


def test_lookup_says_why(run) -> None:  # type: ignore[no-untyped-def]
    done = run("places", "lookup", "Tripoli", "--country", "Lebanon", "--limit", "2")
    first = done.stdout.splitlines()[0]
    assert done.exit_code == 0 and first.startswith("1. Tripoli,") and "Lebanon (city)" in first
    assert "said beside the name +" in done.stdout and "confidence" in done.stdout
    assert "Libya" in run("places", "lookup", "Tripoli").stdout.splitlines()[0]
    assert "Texas" in run("places", "lookup", "Paris", "--near", "Lamar County").stdout.splitlines()[0]
    assert "Canada" in run("places", "lookup", "London", "--publisher", "lfpress.ca").stdout.splitlines()[0]


def test_lookup_of_what_is_not_there(run) -> None:  # type: ignore[no-untyped-def]
    done = run("places", "lookup", "Tripolli")
    assert done.exit_code == 1 and done.stdout == "" and "Tripoli" in done.stderr
    assert run("places", "lookup", "Paris", "--country", "Ruritania").exit_code == 2
    assert run("places", "lookup", "Paris", "--near", "Zzzzqq").exit_code == 2
    assert run("places", "lookup", "").exit_code == 1


def test_import_and_find(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    table, to, settings = tmp_path / "UA.txt", tmp_path / "mine.sqlite", tmp_path / "settings.toml"
    table.write_text(ROW, encoding="utf-8")
    done = run("places", "import", table, "--to", to, "--country", "UA")
    assert done.exit_code == 0 and "1 places, 2 names" in done.stderr and "CC BY 4.0" in done.stderr
    settings.write_text(f"[places]\ngazetteer = {json.dumps(str(to))}\n", encoding="utf-8")
    try:
        found = run("places", "lookup", "Kwonzibar", "--settings", settings)
        assert found.exit_code == 0 and "Quonzibar, Ukraine (city)" in found.stdout
    finally:
        assert run("places", "lookup", "Kwonzibar").exit_code == 1  # without the settings it is not there


def test_import_refuses(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    table = tmp_path / "t.txt"
    table.write_text(ROW, encoding="utf-8")
    for arguments in (
        (tmp_path / "gone.txt", "--to", tmp_path / "o.sqlite"),
        (table, "--to", tmp_path / "o.txt"),
        (table, "--to", tmp_path / "o.sqlite", "--classes", "Q"),
        (table, "--to", tmp_path / "o.sqlite", "--country", "Ruritania"),
        (table, "--to", tmp_path / "o.sqlite", "--country", "DE"),
    ):
        done = run("places", "import", *arguments)
        assert done.exit_code != 0 and done.stderr.strip() and "Traceback" not in done.stderr, done.stderr
    assert not list(tmp_path.glob("o.*"))
