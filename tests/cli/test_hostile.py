"""`dateline code` as people run it, with the real models, on what people throw at it. Few processes, many inputs in each."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

SCHEMA = Path(__file__).parents[2] / "docs" / "record.schema.json"
RAW = {*map(chr, range(32)), *map(chr, range(127, 160)), "\u202e", "\u2028"} - {"\n"}

STORY = (
    "Ruritanian officials said on Monday that Pakistan had accused Afghanistan of sheltering gunmen who attack its border posts. "
    "Kabul rejected the charge. The foreign ministry in Islamabad said that talks in Doha would go on next week."
)
WEATHER = (
    "The morning begins grey and turns brighter by noon. A light breeze moves the leaves, and the river stays low after weeks "
    "without rain. Towards evening it grows cool; whoever walks along the bank should bring a coat and good shoes."
)
SPANISH = (
    "El ministro de Asuntos Exteriores dijo el lunes que las conversaciones de paz continuarán la próxima semana en La Habana. "
    "La delegación agradeció a Noruega y a Cuba su papel como garantes y pidió que se respete el alto el fuego acordado."
)


def story(name: str) -> str:
    """A text of its own for each input, since the same text twice is one article in the record."""
    return f"{STORY} It was the {name} report of the day."


def html(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><meta charset=utf-8><title>Border</title>{head}</head><body><article>{body}</article></body></html>"


DATED = '<meta property="article:published_time" content="2025-11-08T10:00:00Z">'
CONTENT: dict[str, bytes] = {
    "00 good.html": html(f"<h1>Border</h1><p>{story('first')}</p>", DATED).encode(),
    "01-empty.html": b"",
    "02-junk.bin": bytes(range(256)) * 40,
    "03-photo.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 40,
    "04-large.html": html(f"<h1>Border</h1><p>{story('second')}</p>" + f"<div class=ad data-x={'x' * 400}><p>Advertisement</p></div>" * 46_000, DATED).encode(),
    "05-undated.html": html(f"<h1>Border</h1><p>{story('third')}</p>").encode(),
    "06-weather.txt": f"Weather\n\n{WEATHER}\n".encode(),
    "07-spanish.html": html(f"<h1>Diálogos</h1><p>{SPANISH}</p>", DATED).encode(),
    "08-script.html": html('<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>'
                           "<script>window.start({a: 1})</script>").encode(),
    "09-huge.html": b"<p>" + b"x" * 51_000_000,
    "10-half.html.gz": gzip.compress(os.urandom(3000).hex().encode())[:2000],
    "11-\x1b[2Jblank.txt": b" \n\t\n",
    "12-deep.html": html("<div>" * 5000 + f"<p>{story('fourth')}</p>", DATED).encode(),
    "13-esc\x1b[2J\nname.txt": f"Row \x1b]0;owned\x07\n\n{story('fifth')} \u202eyks\u202c \x9b31m \x00 [bold red]x[/]\n".encode(),
    "14-table.jsonl": "".join(json.dumps(row) + "\n" for row in (
        {"id": "n-1", "title": "Border", "published": "2025-11-08T23:30:00-05:00", "text": STORY},
        {"id": "n-2", "title": "Border", "published": "last week", "text": STORY + " It was late."},
        {"id": "n-3"},
    )).encode() + b'{"broken\n',
    "15-binary.warc": b"not a WARC file\n" * 40,
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """What a process did."""

    code: int
    lines: list[bytes]
    err: str

    @property
    def codings(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


def dateline(*arguments: object, timeout: float = 300) -> Run:
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *map(str, arguments)], capture_output=True, timeout=timeout, check=False
    )
    lines = done.stdout.split(b"\n")
    assert lines.pop() == b""
    return Run(done.returncode, lines, done.stderr.decode())


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "in"
    folder.mkdir()
    for name, content in CONTENT.items():
        (folder / name).write_bytes(content)
    (folder / "16-none").mkdir()
    (folder / "17-gone.txt").symlink_to(folder / "gone")
    return folder


@pytest.fixture(scope="module")
def record(inputs: Path) -> Path:
    return inputs.parent / "my.record"


@pytest.fixture(scope="module")
def first(inputs: Path, record: Path) -> Run:
    """The folder and, once more, an empty folder, a glob and a page, in one process."""
    sources = (inputs, inputs / "16-none", inputs / "05*.html", inputs / "00 good.html")
    return dateline("code", *sources, "--json", "--to", record)


@pytest.fixture(scope="module")
def by_name(first: Run, inputs: Path) -> dict[str, dict[str, Any]]:
    return {c["article"]["source"].removeprefix(f"{inputs}/"): c for c in first.codings}


def test_a_line_for_every_input_in_order(first: Run, inputs: Path) -> None:
    names = [name for name in CONTENT if "table" not in name]
    names[14:14] = [f"14-table.jsonl#{row}" for row in (1, 2, 3, 4)]
    wanted = [f"{inputs}/{name}" for name in (*names, "17-gone.txt", "16-none", "05-undated.html", "00 good.html")]
    assert [c["article"]["source"] for c in first.codings] == wanted


def test_every_line_is_valid(first: Run) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    for coding in first.codings:
        validator.validate(coding)
        text = coding["article"]["text"]
        assert all(s["text"] == text[s["start"] : s["end"]] for a in coding["actors"] for s in a["mentions"])
        if not text:
            assert coding["problems"] and not any(
                coding[k] for k in ("actors", "places", "dates", "statements", "events", "talks")
            )


@pytest.mark.parametrize(
    ("name", "stage", "why"),
    [
        ("01-empty.html", "read", "is empty"), ("02-junk.bin", "read", "holds binary data, not text"),
        ("03-photo.jpg", "read", "is a JPEG picture, not text"), ("08-script.html", "article", "asks for scripts"),
        ("09-huge.html", "read", "larger than 50,000,000 bytes (setting read.max_bytes)"), ("10-half.html.gz", "read", "broken gzip stream"),
        ("14-table.jsonl#3", "read", "the row has no text"),
        ("14-table.jsonl#4", "read", "line 4 is not valid JSON"), ("15-binary.warc", "read", "WARC"),
        ("16-none", "read", "a folder without files"), ("17-gone.txt", "read", "a link that leads nowhere"),
    ],
)  # fmt: skip
def test_what_fails_says_why(first: Run, by_name, name: str, stage: str, why: str) -> None:  # type: ignore[no-untyped-def]
    coding = by_name[name]
    assert coding["article"]["text"] == ""
    (problem,) = coding["problems"]
    assert problem["stage"] == stage and why in problem["message"]
    assert problem["message"] in first.err  # told to the user as well


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("05-undated.html", "no publication date found"), ("06-weather.txt", "no political actor found"),
        ("07-spanish.html", "the text is in 'es', not coded"), ("04-large.html", "1,500,000 characters"),
        ("14-table.jsonl#2", "'last week', which is no date"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_coded_and_told(by_name, name: str, why: str) -> None:  # type: ignore[no-untyped-def]
    coding = by_name[name]
    assert coding["article"]["text"]
    assert any(why in problem["message"] for problem in coding["problems"]), coding["problems"]


def test_the_run_goes_on(first: Run, by_name) -> None:  # type: ignore[no-untyped-def]
    assert first.code == 1
    assert "Traceback" not in first.err and "fault in Dateline" not in first.err + b"\n".join(first.lines).decode()
    for name in ("00 good.html", "04-large.html", "12-deep.html", "13-esc\x1b[2J\nname.txt", "14-table.jsonl#1"):
        assert by_name[name]["statements"] and by_name[name]["events"], name
        assert "Pakistan had accused Afghanistan" in by_name[name]["article"]["text"]
    assert "12 inputs failed" in first.err
    assert by_name["07-spanish.html"]["events"] == [] and by_name["06-weather.txt"]["events"] == []


def test_rows_of_tables(by_name) -> None:  # type: ignore[no-untyped-def]
    one, two = (by_name[f"14-table.jsonl#{row}"]["article"] for row in (1, 2))
    assert (one["key"], one["published"], one["published_origin"]) == ("n-1", "2025-11-08", "table")
    assert (two["key"], two["published"], two["published_origin"]) == ("n-2", None, None)


def test_the_id_of_a_page_is_its_file_name_up_to_the_first_dot(inputs: Path, tmp_path: Path) -> None:
    """The scorer pairs a coding with its gold by the key of a row, else by the file name of the source."""
    from dateline.model import Article, Coder, Coding
    from dateline.read import pages
    from dateline.settings import load

    gold, pred = tmp_path / "gold", tmp_path / "pred.jsonl"
    gold.mkdir()
    page = tmp_path / "x.en.html.gz"
    page.write_bytes(gzip.compress(CONTENT["00 good.html"]))
    made = [*pages(str(page), load()), *pages(str(inputs / "14-table.jsonl"), load())][:3]
    pred.write_text("".join(Coding(Coder(""), Article("i", p.source, STORY, p.key)).to_json() + "\n" for p in made))  # type: ignore[union-attr]
    for name in ("x", "n-1", "n-2", "not-there"):
        row = {"id": name, "text": STORY, "actors": [], "statements": [], "events": [], "talks": []}
        (gold / f"{name}.json").write_text(json.dumps(row))
    import dateline as package

    scorer = Path(package.__file__).parent / "learn" / "scorers" / "eval_records.py"
    done = subprocess.run(
        [sys.executable, scorer, "--gold", gold, "--pred", pred], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "articles 4 missing 1" in done.stdout, done.stdout


def test_nothing_harmful_reaches_a_terminal(first: Run) -> None:
    assert not RAW & set(first.err)
    for line in first.lines:
        assert not RAW & set(line.decode())
    assert any(b"13-esc\\u001b[2J\\nname.txt" in line for line in first.lines)  # escaped, the same value to read
    assert "11-\\x1b[2Jblank.txt: not coded: " in first.err


def test_two_workers_give_the_same_lines_and_coding_again_changes_nothing(
    first: Run, inputs: Path, record: Path
) -> None:
    before = dateline("show", record, "events", "--limit", 0).lines
    sources = (inputs, inputs / "16-none", inputs / "05*.html", inputs / "00 good.html")
    again = dateline("code", *sources, "--json", "--to", record, "--jobs", 2)
    assert again.code == 1
    assert again.lines == first.lines
    assert "9 added, 0 replaced, 2 unchanged" in first.err
    assert "0 added, 0 replaced, 11 unchanged" in again.err and "Traceback" not in again.err
    assert dateline("show", record, "events", "--limit", 0).lines == before and len(before) > 3


def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    table = tmp_path / "t.jsonl"
    table.write_text("".join(json.dumps({"id": i, "text": f"{STORY} It was number {i}."}) + "\n" for i in range(3000)))
    process = subprocess.Popen(
        [sys.executable, "-m", "dateline", "code", table, "--json", "--to", tmp_path / "a.record", "--jobs", "2"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["article"]["key"] == "0"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert b"Traceback" not in err and b"interrupted: " in err
    done = 1 + len(out.splitlines())
    assert done < 3000
    shown = dateline("show", tmp_path / "a.record", "articles", "--limit", 0)
    assert len(shown.lines) - 1 in (done, done + 1)  # a line follows its row in the record


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["none.html", "--json"], "none.html: no such file"), (["none/*.html"], "none/*.html: no such file"),
        (["-", "--published", "soon"], "'soon' is not a date like 2025-11-08"), (["x" * 5000], "no such file"),
    ],
)  # fmt: skip
def test_wrong_usage(arguments: list[str], why: str) -> None:
    done = dateline("code", *arguments)
    assert (done.code, done.lines) == (2, [])
    assert why in done.err and "Traceback" not in done.err and len(done.err) < 600
