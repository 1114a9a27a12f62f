"""`dateline code`: standard output, exit codes, the record, what happens when it is cut short."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from conftest import PAGE

from dateline.model import Coding
from dateline.model.coding import json_schema
from dateline.record import open_record


def test_json_is_all_of_standard_output(command, pages, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    pages[2].write_text(pages[2].read_text() + " PRINT")
    process = command("code", *pages, "--json")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    lines = out.split(b"\n")
    assert lines.pop() == b""
    codings = [Coding.from_json(line) for line in lines]
    assert [c.article.source for c in codings] == [str(p) for p in pages]  # in input order, the failed one among them
    for line in lines:
        jsonschema.validate(json.loads(line), json_schema())
    assert (codings[1].article.text, codings[1].events) == ("", ())
    assert codings[1].problems[0].message == "the file is empty"
    told = err.decode()
    assert "a library says hello" in told
    assert f"{pages[1]}: not coded: the file is empty" in told
    assert "2 articles coded, 1 input failed: 3 statements, 3 events, 0 talks, 1 problem;" in told
    assert "rows/s" in told


def test_into_a_record(run, pages, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "new folder" / "my.record"
    done = run("code", *pages, "--to", path)
    assert done.exit_code == 1 and done.stdout == ""
    assert "2 added, 0 replaced, 0 unchanged" in done.stderr
    with open_record(path) as record:
        assert record.counts()["events"] == 3
        assert [p.source for p in record.problems()] == [str(pages[1])]
        (made,) = record.runs()
        assert made.finished and made.failed == 1 and str(pages[0]) in made.command
    again = run("code", *pages, "--to", path, "--json")
    assert "0 added, 0 replaced, 2 unchanged" in again.stderr
    assert len(again.stdout.splitlines()) == 3
    assert open_record(path).counts()["events"] == 3


def test_all_well_is_exit_0(run, pages) -> None:  # type: ignore[no-untyped-def]
    done = run("code", pages[0], "--json", "--published", "2024-03-05")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["article"]["published"] == "2024-03-05"


def test_without_record_or_json_it_is_printed_to_be_read(run, pages) -> None:  # type: ignore[no-untyped-def]
    done = run("code", pages[0])
    assert done.exit_code == 0
    assert "Ruritania accused Graustark of shelling a border post[s1].[e1]" in done.stdout
    assert "e1 ACCUSE/allege Ruritania → Graustark [claimed in s1, 0.80]" in done.stdout
    assert "1 article coded" in done.stderr


def test_min_confidence_is_the_setting(run, pages, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    kept, left = (json.loads(run("code", pages[0], "--json", "--min-confidence", x).stdout) for x in (0.8, 0.81))
    assert (len(kept["events"]), len(left["events"])) == (2, 0)
    assert kept["coder"]["settings"] != left["coder"]["settings"]
    file = tmp_path / "settings.toml"
    file.write_text("[events]\nmin_confidence = 0.9\n")
    assert json.loads(run("code", pages[0], "--json", "--settings", file).stdout)["events"] == []


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["missing.txt", "--json"], "missing.txt: no such file"), ([], "Missing argument"), (["PAGE", "--jobs", "0"], "jobs"),
        (["PAGE", "--jobs", "two"], "jobs"), (["PAGE", "--nonsense"], "nonsense"), (["PAGE", "--min-confidence", "2"], "confidence"),
        (["PAGE", "--settings", "none.toml"], "none.toml: cannot be read"), (["PAGE", "--to", "PAGE"], "not an SQLite file"),
    ],
)  # fmt: skip
def test_wrong_usage_is_exit_2_in_one_clear_message(run, pages, arguments, why: str) -> None:  # type: ignore[no-untyped-def]
    done = run("code", *(pages[0] if a == "PAGE" else a for a in arguments))
    assert done.exit_code == 2
    assert why in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""
    assert pages[0].read_text() == PAGE


def test_an_unknown_setting_is_told_with_the_nearest(run, pages, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "settings.toml"
    file.write_text("[events]\nmin_confidense = 0.9\n")
    done = run("code", pages[0], "--settings", file)
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1 and "did you mean 'events.min_confidence'" in done.stderr


def test_nothing_to_code_is_told(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("dateline.run.code_many", lambda *_: iter(()))
    done = run("code", tmp_path, "--json")
    assert done.exit_code == 1 and "no article in" in done.stderr


def test_a_reader_that_goes_away_ends_it_quietly(command, pages) -> None:  # type: ignore[no-untyped-def]
    process = command("code", *[pages[0]] * 3000, "--json")
    assert b"Ruritania" in process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read().decode()
    assert process.wait(timeout=60) == 141
    assert "Traceback" not in err and "Broken" not in err and "Exception" not in err


def test_ctrl_c_keeps_what_is_written(command, pages, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    slow = tmp_path / "slow.txt"
    slow.write_text("WAIT")
    path = tmp_path / "my.record"
    process = command("code", pages[0], slow, "--to", path, "--json")
    assert b"Ruritania" in process.stdout.readline()
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted: 1 article coded" in err.decode() and "Traceback" not in err.decode()
    with open_record(path) as record:
        assert record.articles().count() == 1
        assert [r.finished for r in record.runs()] == [None]


def test_a_full_disk_is_one_line(run, pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    import sqlite3

    from dateline.record import write

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(write, "_events", full)
    done = run("code", pages[0], "--to", tmp_path / "my.record")
    assert done.exit_code == 2
    assert "disk is full" in done.stderr and "Traceback" not in done.stderr


HOSTILE = "Row \x1b]0;owned\x07 and \x1b[2J\n\nRuritania accused Graustark of \u202eyks\u202c \x9b31m \x00 [bold red]x[/] :smile:."


def test_hostile_text_is_shown_escaped(command, run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    page, path = tmp_path / "h.txt", tmp_path / "h.record"
    page.write_bytes(HOSTILE.encode())
    raw = set("\x1b\x07\x00\x9b\u202e\u202c")
    outputs = [run("code", page).output, run("code", page, "--json", "--to", path).output]
    outputs += [
        run("show", path, *rest).output
        for rest in ((), ("articles",), ("statements",), ("events",), ("article", "h.txt"))
    ]
    for output in outputs:
        assert not raw & set(output), output
    assert "\\u202eyks\\u202c \\x9b31m \\x00 [bold red]x[/] :smile:" in outputs[0]
    line = next(line for line in outputs[1].splitlines() if line.startswith("{"))
    assert json.loads(line)["article"]["text"] == HOSTILE  # escaped to look at, the same value to read


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminal")
@pytest.mark.parametrize("width", [120, 40])
def test_in_a_terminal(tmp_path: Path, pages, width: int) -> None:  # type: ignore[no-untyped-def]
    """With a real terminal on all streams: progress comes and goes, the coding is readable, nothing hostile gets through."""
    page = tmp_path / "h.txt"
    page.write_bytes(HOSTILE.encode())
    master, slave = pty.openpty()
    import fcntl
    import struct
    import termios

    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR")} | {"TERM": "xterm"}
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("fakes.py")), "code", str(page)],
        stdin=slave, stdout=slave, stderr=slave, env=environment,
    )  # fmt: skip
    os.close(slave)
    output = b""
    while select.select([master], [], [], 60)[0]:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        output += chunk
    os.close(master)
    assert process.wait(timeout=60) == 0
    text = output.decode()
    assert "\x1b]0;owned" not in text and "\x1b[2J" not in text and "\u202e" not in text and "\x9b" not in text
    assert "\\x1b]0;owned" in text
    assert "e1" in text and "1 article coded" in text
    assert "\x1b[" in text  # colours of ours
