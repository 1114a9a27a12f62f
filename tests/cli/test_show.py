"""`dateline show`, `export`, `evaluate`, `codebook`, `settings`, `doctor`."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.cli.about import setting_sentences
from dateline.cli.terminal import harmless_json, one_line, printable
from dateline.model import CONTEXTS, EVENT_TYPES
from dateline.settings import load


def test_tables_in_a_pipe_are_tab_separated(run, record: Path) -> None:  # type: ignore[no-untyped-def]
    header, *rows = [line.split("\t") for line in run("show", record, "events").stdout.splitlines()]
    assert header[:4] == ["date", "type", "actors", "recipients"]
    assert [row[1:4] for row in rows] == [
        ["ACCUSE/allege", "Ruritania", "Graustark"], ["ACCUSE/allege", "Karlovia", "Ruritania"],
        ["ACCUSE/allege", "Graustark", "Karlovia"],
    ]  # fmt: skip
    assert all(len(row) == len(header) for row in rows)


@pytest.mark.parametrize(
    ("arguments", "rows"),
    [
        (["articles"], 2), (["statements"], 3), (["talks"], 0), (["actors"], 3), (["problems"], 1), (["runs"], 1),
        (["events", "--actor", "karl"], 1), (["events", "--recipient", "Karlovia", "--type", "accuse"], 1),
        (["events", "--limit", "1"], 1), (["events", "--limit", "0"], 3), (["statements", "--speaker", "Rurit"], 1),
        (["statements", "--text", "meddling"], 1), (["events", "--article", "a.txt"], 2), (["articles", "--since", "2024-03-06"], 0),
        (["events", "--min-confidence", "0.9"], 0), (["actors", "--actor", "karl"], 1),
    ],
)  # fmt: skip
def test_filters(run, record: Path, arguments: list[str], rows: int) -> None:  # type: ignore[no-untyped-def]
    done = run("show", record, *arguments)
    assert done.exit_code == 0, done.stderr
    assert len(done.stdout.splitlines()) == 1 + rows
    if rows == 0:
        assert f"no {arguments[0]} that fit" in done.stderr
    if arguments[1:] == ["--limit", "1"]:
        assert "1 of 3 events; --limit 0 shows all" in done.stderr


def test_actors_are_counted_across_articles(run, record: Path) -> None:  # type: ignore[no-untyped-def]
    header, *rows = [line.split("\t") for line in run("show", record, "actors").stdout.splitlines()]
    karlovia = next(dict(zip(header, row, strict=True)) for row in rows if row[0] == "Karlovia")
    assert [karlovia[name] for name in ("articles", "said", "did", "received")] == ["2", "1", "1", "1"]


def test_overview(run, record: Path) -> None:  # type: ignore[no-untyped-def]
    lines = run("show", record).stdout.splitlines()
    assert "articles\t2" in lines and "events ACCUSE\t3" in lines and "problems\t1" in lines


def test_an_article_with_its_coding(run, record: Path) -> None:  # type: ignore[no-untyped-def]
    identity = run("show", record, "articles").stdout.splitlines()[1].split("\t")[0]
    done = run("show", record, "article", identity)
    assert done.exit_code == 0
    assert "Karlovia accused Ruritania of lying[s2].[e2]" in done.stdout
    assert "s2 Karlovia to Ruritania: ACCUSE [indirect, 0.90]" in done.stdout
    assert "2024-03-05 (given)" in done.stdout and "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["article"], "needs the article's id"), (["article", "zzz"], "no article 'zzz'"), (["events", "zzz"], "takes an id"),
        (["events", "--speaker", "X"], "--speaker does not go with events; it goes with statements"),
        (["events", "--type", "ACUSE"], "did you mean 'ACCUSE'"), (["events", "--since", "May"], "'May' is not a date"),
        (["nonsense"], "nonsense"),
    ],
)  # fmt: skip
def test_wrong_questions(run, record: Path, arguments: list[str], why: str) -> None:  # type: ignore[no-untyped-def]
    done = run("show", record, *arguments)
    assert done.exit_code == 2 and why in done.stderr and done.stdout == ""


def test_show_needs_a_record(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = run("show", tmp_path / "no.record", "events")
    assert done.exit_code == 2 and "no such record" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_export(run, record: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = run("export", record, "--format", "csv", "--to", tmp_path / "tables")
    assert done.exit_code == 0 and "events.csv: 3 rows" in done.stderr
    with (tmp_path / "tables" / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["actors"] for row in csv.DictReader(file)] == ["Ruritania", "Karlovia", "Graustark"]
    done = run("export", record, "--format", "jsonl", "--to", tmp_path / "all.jsonl")
    assert done.exit_code == 0 and "1 problems of inputs without an article" in done.stderr
    assert len((tmp_path / "all.jsonl").read_text().splitlines()) == 2
    assert run("export", record, "--format", "xml", "--to", tmp_path / "x").exit_code == 2


def test_evaluate_hands_over_and_prints_the_figures(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from dateline.errors import UsageError
    from dateline.learn import evaluate

    asked = []

    def fake(task: str, *rest: object) -> str:
        if task == "nonsense":
            raise UsageError("task 'nonsense' is unknown")
        print("noise of a library")
        asked.append((task, *rest))
        return "F1 0.5\n"

    monkeypatch.setattr(evaluate, "run", fake)
    done = run("evaluate", "dates", "in.tsv", "--predictions", "out.tsv", "--gold", "gold.tsv")
    assert (done.exit_code, done.stdout) == (0, "F1 0.5\n")
    assert asked == [("dates", Path("in.tsv"), Path("out.tsv"), Path("gold.tsv"), None)]
    assert run("evaluate", "nonsense", "in.tsv", "--predictions", "o").exit_code == 2
    assert run("evaluate", "dates", "in.tsv").exit_code == 2


def test_codebook(run) -> None:  # type: ignore[no-untyped-def]
    output = run("codebook").stdout
    assert all(name in output for name in (*EVENT_TYPES, *CONTEXTS, "heavy-weapons"))
    one = run("codebook", "assault").stdout
    assert "ASSAULT/aerial" in one and "Not: " in one and "PROTEST" not in one.split("\n")[0]
    assert run("codebook", "Territory").stdout.startswith("territory: ")
    wrong = run("codebook", "ASAULT")
    assert wrong.exit_code == 2 and "did you mean 'ASSAULT'" in wrong.stderr


def test_settings_are_a_settings_file(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "mine.toml"
    file.write_text(run("settings").stdout)
    assert load(file) == load()
    file.write_text('[events]\nmin_confidence = 0.9\n[article]\nlanguages = ["en", "de"]\n')
    shown = run("settings", "--settings", file).stdout
    assert tomllib.loads(shown)["events"]["min_confidence"] == 0.9
    assert tomllib.loads(shown)["article"]["languages"] == ["en", "de"]


def test_every_setting_has_a_sentence() -> None:
    sentences = setting_sentences()
    assert set(sentences) == set(load().values)
    assert all(len(sentence.split()) > 1 for sentence in sentences.values()), sentences


@given(st.text())
def test_printable_text_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = printable(text)
    assert all(
        c == "\n" or c.isprintable() or c.isspace() or c in "\u200c\u200d\u00ad" or ord(c) >= 0xA0 for c in shown
    )
    assert not {"\x1b", "\x9b", "\r", "\b", "\u202e", "\u2066", "\u200f", "\ufeff"} & set(shown)
    assert "\n" not in one_line(text)


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_harmless_json_is_the_same_value(text: str) -> None:
    import json

    line = harmless_json(json.dumps({"x": text}, ensure_ascii=False))
    assert json.loads(line) == {"x": text}
    assert line.isprintable() or all(ord(c) >= 0xA0 for c in line if not c.isprintable())


def test_plain_text_stays_as_it_is() -> None:
    text = "Ёлка, 北京, می‌خواهم, “quoted” – naïve café 👩‍👧\nsecond line"
    assert printable(text) == text
