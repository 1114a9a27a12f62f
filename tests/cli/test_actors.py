"""`dateline actors`: what lookup explains, what import writes, the query."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def test_lookup_says_why(run) -> None:  # type: ignore[no-untyped-def]
    done = run("actors", "lookup", "the Taliban", "--on", "2015-06-01")
    assert done.exit_code == 0
    assert "AFG REB" in done.stdout and "  > 1994-09-01..2021-08-14: REB" in done.stdout
    lapsed = run("actors", "lookup", "Gordon Brown", "--on", "2018-01-01").stdout
    assert "GBR ELI" in lapsed and "a person out of office is ELI" in lapsed
    assert "  > 2010-05-12..2015-03-30: member of parliament, LEG" in lapsed
    assert run("actors", "lookup", "King Abdullah", "--on", "2014-01-01").stdout.count("(person)") == 2


def test_lookup_of_an_unknown_name_helps(run) -> None:  # type: ignore[no-untyped-def]
    done = run("actors", "lookup", "Thatcherson")
    assert done.exit_code == 1 and done.stdout == ""
    assert "no name of the registry" in done.stderr
    assert "George W. Bush" in run("actors", "lookup", "Bush").stderr
    assert "Volodymyr Zelensky" in run("actors", "lookup", "Zelenski").stderr


@pytest.mark.parametrize("day", ["2015", "soon", "2015-02-31"])
def test_lookup_refuses_what_is_no_day(run, day: str) -> None:  # type: ignore[no-untyped-def]
    done = run("actors", "lookup", "Taliban", "--on", day)
    assert done.exit_code == 2 and "--on" in done.stderr


def test_import_adds_and_lookup_finds(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    source, to, settings = tmp_path / "x.actors.txt", tmp_path / "mine.jsonl", tmp_path / "settings.toml"
    source.write_text("JEANNE_EXEMPLE_\n\t[FRAGOV 20100101-20121231]\nNOBODY [WIZ]\n", encoding="utf-8")
    done = run("actors", "import", source, "--to", to)
    assert done.exit_code == 0 and "x.actors.txt:3: Nobody" in done.stderr and "1 entries" in done.stderr
    settings.write_text(f"[actors]\nregistries = [{json.dumps(str(to))}]\n", encoding="utf-8")
    found = run("actors", "lookup", "Jeanne Exemple", "--on", "2011-05-05", "--settings", settings)
    assert found.exit_code == 0 and "FRA GOV" in found.stdout and "imported from x.actors.txt" in found.stdout
    assert run("actors", "lookup", "Jeanne Exemple").exit_code == 1  # without the settings it is not there
    before = to.read_bytes()
    assert run("actors", "import", source, "--to", to).exit_code == 0 and to.read_bytes() == before


def test_import_of_agents(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    source, to = tmp_path / "x.agents.txt", tmp_path / "mine.tsv"
    source.write_text("FLUGELHORNIST [~CRM]\n", encoding="utf-8")
    assert run("actors", "import", source, "--to", to).exit_code == 0
    assert "flugelhornist\tflugelhornists\tCRM" in to.read_text(encoding="utf-8")
    again = run("actors", "import", source, "--to", to)
    assert again.exit_code == 2 and "there already" in again.stderr


def test_import_refuses(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    prose, actors = tmp_path / "prose.txt", tmp_path / "a.txt"
    prose.write_text("Some prose.", encoding="utf-8")
    actors.write_text("JEANNE_EXEMPLE [FRAGOV]\n", encoding="utf-8")
    for arguments in (
        (tmp_path / "gone.txt", "--to", tmp_path / "o.jsonl"),
        (prose, "--to", tmp_path / "o.jsonl"),
        (actors, "--to", tmp_path / "o.tsv"),
        (actors, "--to", tmp_path / "o.jsonl", "--form", "xml"),
    ):
        done = run("actors", "import", *arguments)
        assert done.exit_code == 2 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert not list(tmp_path.glob("o.*"))


def test_query(run) -> None:  # type: ignore[no-untyped-def]
    done = run("actors", "wikidata-query", "Pakistan")
    assert done.exit_code == 0 and 'BIND("PAK" AS ?iso)' in done.stdout and "wdt:P1001" in done.stdout
    assert run("actors", "wikidata-query", "Ruritania").exit_code == 2
