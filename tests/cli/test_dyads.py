"""`dateline dyad`, `timeline`, `talks`: tables, bars, SVG files."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.cli import plot, svg
from dateline.model import Actor, Article, Coder, Coding, Event, Span, Talks
from dateline.record import open_record


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """A record with events of two months, one without a date, and talks."""
    import datetime

    path = tmp_path / "dated.record"
    with open_record(path, create=True) as record:
        run = record.start_run("code pages")
        for n, (kind, quad, day) in enumerate(
            [
                ("ACCUSE", "verbal conflict", datetime.date(2024, 1, 3)), ("ASSAULT", "material conflict", datetime.date(2024, 1, 9)),
                ("CONSULT", "verbal cooperation", datetime.date(2024, 3, 1)), ("AID", "material cooperation", None),
            ]
        ):  # fmt: skip
            text = f"Ruritania and Graustark, case {n}: \x1b[31mred."
            sides = (
                Actor("a1", "Ruritania", "government", "RUR", key="state:RUR"),
                Actor("a2", "Graustark", "government", "GRA", key="state:GRA"),
            )
            mutual = kind == "CONSULT"
            event = Event("e1", kind, None, ("a1", "a2") if mutual else ("a1",), () if mutual else ("a2",),  # type: ignore[arg-type]
                          Span(0, len(text), text), day, day, quad=quad, score=-2.0)  # type: ignore[arg-type]  # fmt: skip
            talks = (
                Talks(
                    "t1", ("a1", "a2"), start=day, end=day, round=2, outcome="none", evidence=(Span(0, 9, "Ruritania"),)
                ),
            )
            article = Article(f"sha256:{n:064x}", f"{n}.txt", text)
            record.write(Coding(Coder("0.1.0"), article, sides, events=(event,), talks=talks if mutual else ()), run)
    return path


def rows(done) -> list[dict[str, str]]:  # type: ignore[no-untyped-def]
    assert done.exit_code == 0, done.stderr
    header, *lines = [line.split("\t") for line in done.stdout.splitlines()]
    return [dict(zip(header, line, strict=True)) for line in lines]


def test_dyad(run, dated: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = run("dyad", dated, "RUR", "GRA", "--by", "month", "--plot", tmp_path / "p" / "d.svg")
    january, february, march = rows(done)
    assert (january["month"], january["events"], january["RUR→GRA"], january["GRA→RUR"]) == ("2024-01", "2", "2", "0")
    assert (january["verbal conflict"], january["score"], january["independent"]) == ("1", "-2.00", "1.00")
    assert (february["events"], february["score"], march["both"]) == ("0", "", "1")
    assert "1 events without a date are in no month" in done.stderr
    picture = ElementTree.fromstring((tmp_path / "p" / "d.svg").read_text(encoding="utf-8"))
    assert picture.find("{*}title").text == "RUR – GRA, events by month"  # type: ignore[union-attr]
    assert sum(1 for r in picture.iter("{http://www.w3.org/2000/svg}rect") if len(r)) == 3
    lines = [json.loads(line) for line in run("dyad", dated, "RUR", "GRA", "--json").stdout.splitlines()]
    assert (lines[0]["start"], lines[0]["accuse"], lines[0]["verbal_conflict"]) == ("2024-01-01", 1, 1)
    assert len(rows(run("dyad", dated, "RUR", "GRA", "--by", "week"))) == 9


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["RUR", "Atlantis"], "no actor 'Atlantis'"), (["RUR", "GRA", "--plot", "x.jpg"], "name it .svg or .png"),
        (["RUR", "GRA", "--status", "past"], "choose from actual"), (["RUR", "GRA", "--since", "May"], "is not a date"),
        (["RUR", "GRA", "--by", "day"], "day"),
    ],
)  # fmt: skip
def test_wrong_questions(run, dated: Path, arguments: list[str], why: str) -> None:  # type: ignore[no-untyped-def]
    done = run("dyad", dated, *arguments)
    assert done.exit_code == 2 and why in done.stderr


def test_timeline(run, dated: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    found = rows(run("timeline", dated))
    assert [(r["date"], r["what"]) for r in found] == [
        ("2024-01-03", "ACCUSE"), ("2024-01-09", "ASSAULT"), ("2024-03-01", "CONSULT"),
        ("2024-03-01", "talks, round 2: none"), ("", "AID"),
    ]  # fmt: skip
    assert "\\x1b[31m" in found[0]["evidence"] and found[0]["reports/texts"] == "1/1"
    cut = run("timeline", dated, "--limit", "2", "--plot", tmp_path / "t.svg")
    assert len(rows(cut)) == 2 and "the last 2 of 5 (1 without a date)" in cut.stderr and (tmp_path / "t.svg").exists()
    assert [r["what"] for r in rows(run("timeline", dated, "--type", "AID"))] == ["AID"]
    assert "no events or talks that fit" in run("timeline", dated, "--since", "2030-01-01").stderr
    lines = [json.loads(line) for line in run("timeline", dated, "--json").stdout.splitlines()]
    assert len(lines) == 5 and lines[0]["quad"] == "verbal conflict"


def test_talks_of_single_articles(run, dated: Path) -> None:  # type: ignore[no-untyped-def]
    done = run("talks", dated)
    assert [(r["date"], r["parties"], r["round"]) for r in rows(done)] == [("2024-03-01", "Ruritania; Graustark", "2")]
    assert "not joined yet" in done.stderr
    assert "no talks that fit" in run("talks", dated, "--party", "KAR").stderr
    assert run("talks", dated, "abc").exit_code == 2


def test_talks_that_were_joined(run, dated: Path) -> None:  # type: ignore[no-untyped-def]
    import sqlite3

    with sqlite3.connect(dated) as db:
        talks, article = db.execute("SELECT id, article_id FROM talks").fetchone()
        db.execute("INSERT INTO process VALUES ('process-1', 'Border talks', '[\"GRA\", \"RUR\"]')")
        db.execute(
            """INSERT INTO round(id, process_id, position, name, venue, start_date, outcome, outcomes, held, delegations, heard,
               silent, outside, alike, disputed) VALUES ('round-abc123', 'process-1', 1, 'Round 2', 'Strelsau', '2024-03-01',
               'none', '[]', 1, '{}', '[]', '["GRA"]', '[]', '[]', '{}')"""
        )
        for i, (side, name) in enumerate((("RUR", "Ruritania"), ("GRA", "Graustark"))):
            db.execute("INSERT INTO round_party VALUES ('round-abc123', 'party', ?, ?, ?, ?)", (i, side, name, side))
        db.execute("INSERT INTO round_talks VALUES (?, 'round-abc123', ?, 0)", (talks, article))
    (found,) = rows(run("talks", dated, "--party", "GRA"))
    assert (found["process"], found["round"], found["outcome"], found["id"]) == (
        "Border talks",
        "Round 2",
        "none",
        "abc123",
    )
    one = run("talks", dated, "abc1")
    assert one.exit_code == 0 and "took part and is not quoted: GRA" in one.stderr
    assert one.stdout.splitlines() == ["side\tkind\twords\tspeaker\tdate\tpublisher\tarticle"]
    (line,) = [json.loads(line) for line in run("talks", dated, "--json").stdout.splitlines()]
    assert line["rounds"][0]["name"] == "Round 2"


@settings(deadline=None)  # a loaded machine is no fault
@given(st.lists(st.integers(0, 50), min_size=1, max_size=4), st.integers(8, 120))
def test_bars_fit(counts: list[int], room: int) -> None:
    found = plot.widths(counts, max(sum(counts), 1), room)
    assert sum(found) <= room
    assert all((width > 0) == (count > 0) for width, count in zip(found, counts, strict=True))


def test_long_quiet_is_one_line() -> None:
    labels = [str(i) for i in range(9)]
    assert list(plot.shown(labels, [1, 0, 0, 2, 0, 0, 0, 0, 3])) == [
        (0, "0"), (1, "1"), (2, "2"), (3, "3"), (4, None), (8, "8"),
    ]  # fmt: skip


def test_bars_in_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console

    plot.bars(["2024-01"], {"verbal conflict": [2]})
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(
        plot, "console", lambda: Console(force_terminal=True, width=40, no_color=True, color_system=None)
    )
    plot.bars(["2024-01", "2024-02"], {"verbal conflict": [3, 0], "material conflict": [1, 0]})
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2024-01  ▓▓▓") and lines[0].rstrip().endswith("█ 4") and lines[1].strip() == "2024-02"
    assert "verbal conflict" in lines[2] and all(len(line) <= 40 for line in lines[:2])


@settings(deadline=None)  # a loaded machine is no fault
@given(st.lists(st.integers(0, 3000), max_size=30), st.text(max_size=20))
def test_svg_is_well_formed(counts: list[int], title: str) -> None:
    safe = "".join(c for c in title if c.isprintable())
    values = [None if c % 3 == 0 else c % 20 - 10.0 for c in counts]
    picture = ElementTree.fromstring(
        svg.bars(safe, [f"p{i}" for i in range(len(counts))], {"verbal conflict": counts}, values)
    )
    drawn = [r for r in picture.iter("{http://www.w3.org/2000/svg}rect") if len(r)]
    assert len(drawn) == sum(1 for c in counts if c)
    for bar in drawn:
        assert svg.TOP - 0.1 <= float(bar.get("y") or 0) <= svg.HEIGHT - svg.BOTTOM
