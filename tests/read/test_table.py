"""Tables: JSONL, CSV, TSV, Parquet; columns by many names, dates, broken rows, and rows read as they are asked for."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import sys
from itertools import islice
from pathlib import Path

import pytest

from dateline import read
from dateline.errors import InputError
from dateline.model import Page
from dateline.read.days import day
from dateline.settings import load

TEXT = "Ruritania accused Graustark of shelling a border post."
ROW = {
    "id": "n-1",
    "title": "Border",
    "published": "2025-11-08",
    "publisher": "The Strelsau Post",
    "url": "https://example.org/1",
    "text": TEXT,
}


@pytest.fixture
def table(tmp_path: Path, reading):  # type: ignore[no-untyped-def]
    """Read a table that is given as text or bytes."""

    def of(content: str | bytes, name: str = "t.jsonl", **settings: object) -> list[Page | InputError]:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return reading(file, **settings)

    return of


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_a_row_of_jsonl(table, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (found,) = table(lines(ROW))
    assert found == Page(
        f"{tmp_path}/t.jsonl#1", TEXT, "text", "n-1", "https://example.org/1", "Border", (), "The Strelsau Post",
        datetime.date(2025, 11, 8), "table",
    )  # fmt: skip


def test_columns_by_other_names_and_of_other_types(table) -> None:  # type: ignore[no-untyped-def]
    (found,) = table(
        lines(
            {
                "ID": 17,
                "Headline": " Border ",
                "date": "2025-11-08T10:00:00Z",
                "author": ["A. B.", "", None],
                "content": TEXT,
                "x": {"y": 1},
            }
        )
    )
    assert (found.key, found.title, found.authors, found.published) == (
        "17",
        "Border",
        ("A. B.",),
        datetime.date(2025, 11, 8),
    )


def test_only_a_text_is_needed(table) -> None:  # type: ignore[no-untyped-def]
    bare, empty, nan = table(
        lines({"text": TEXT}, {"text": TEXT, "id": None, "title": "", "published": " "})
        + '{"text": "x", "title": NaN, "published": NaN}\n'
    )
    for found in (bare, empty, nan):
        assert (found.key, found.title, found.published, found.published_origin, found.url, found.notes) == (
            None,
        ) * 5 + ((),)


def test_rows_without_text_say_so(table) -> None:  # type: ignore[no-untyped-def]
    found = table(lines({"id": 1}, {"text": ""}, {"text": 5}, {"text": None, "html": "<p>x</p>"}))
    assert ["the row has no text" in str(f) for f in found] == [True, True, True, False]
    assert found[3].media == "html"


def test_broken_lines_are_told_with_their_number_and_the_others_read(table, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    deep = '{"text": ' + "[" * 100_000
    found = table(lines(ROW) + "\n" + '{"text": "x\n' + "[1, 2]\n" + deep + "\n\n" + "{} trailing\n" + lines(ROW))
    assert [f.source.rpartition("#")[2] for f in found] == ["1", "2", "3", "4", "5", "6"]  # blank lines are no rows
    told = [str(f) for f in found[1:5]]
    assert told[0].startswith(f"{tmp_path}/t.jsonl#2: line 3 is not valid JSON (")
    assert "#3: line 4 is not a JSON object but list" in told[1]
    assert "#4: line 5 is not valid JSON" in told[2] and "#5: line 7 is not valid JSON" in told[3]
    assert found[5].content == TEXT


def test_line_separators_inside_a_string_end_no_row(table, tmp_path: Path, reading) -> None:  # type: ignore[no-untyped-def]
    text = "One\u2028two\u0085three\x1cfour " + TEXT
    content = json.dumps({"text": text}, ensure_ascii=False) + "\r\n" + lines(ROW)
    for name in ("t.jsonl", "t.txt"):
        assert [f.content for f in table(content, name)] == [text, TEXT]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["t.jsonl", "t.csv", "t.tsv"])
def test_encodings(table, encoding: str, name: str) -> None:  # type: ignore[no-untyped-def]
    text = "The café — “closed”, he said."
    separator = "\t" if name == "t.tsv" else ","
    content = (
        f'id{separator}text\n1{separator}"{text}"\n2{separator}b\n'
        if name != "t.jsonl"
        else f'{{"id": 1, "text": "{text}"}}\n{{"id": 2, "text": "b"}}\n'
    )
    assert [(f.key, f.content) for f in table(content.encode(encoding), name)] == [("1", text), ("2", "b")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv(table, separator: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    quoted = 'He said ""no"".\n\nNew paragraph' + separator + " end"
    content = (
        f"id{separator}Title{separator}date{separator}body\r\n"
        + f'7{separator}Border{separator}2025-11-08{separator}"{quoted}"\r\n8{separator}{separator}{separator}x\r\n'
    )
    one, two = table(content, "t.csv")
    assert one == Page(
        f"{tmp_path}/t.csv#1",
        quoted.replace('""', '"'),
        "text",
        "7",
        None,
        "Border",
        (),
        None,
        datetime.date(2025, 11, 8),
        "table",
    )
    assert (two.key, two.title, two.published, two.source) == ("8", None, None, f"{tmp_path}/t.csv#2")


def test_csv_with_uneven_rows(table) -> None:  # type: ignore[no-untyped-def]
    found = table("id,text\n1,a,b,c\n2\n3,d\n", "t.csv")
    assert [getattr(f, "content", None) for f in found] == ["a", None, "d"]
    assert "#2: the row has no text" in str(found[1])


def test_csv_with_a_quotation_mark_that_never_closes(table) -> None:  # type: ignore[no-untyped-def]
    found = table('id,text\n1,a\n2,"' + "b\n" * 30_000, "t.csv", read__max_bytes=20_000)
    assert found[0].content == "a"
    assert isinstance(found[1], InputError) and "#2: not a readable row" in str(found[1])


def test_a_csv_larger_than_the_limit_is_read_to_its_end(table) -> None:  # type: ignore[no-untyped-def]
    found = table("id,text\n" + "".join(f"{i},{TEXT}\n" for i in range(300)), "t.csv", read__max_bytes=5000)
    assert [f.key for f in found] == [str(i) for i in range(300)]


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.jsonl", "t.csv.gz", "t.jsonl.gz"])
def test_tables_with_nothing_in_them(table, name: str) -> None:  # type: ignore[no-untyped-def]
    for content in (b"", b"\n \n"):
        (told,) = table(gzip.compress(content) if name.endswith("gz") else content, name)
        assert "is empty" in str(told)


def test_a_table_without_a_column_for_text_names_its_columns(table) -> None:  # type: ignore[no-untyped-def]
    (told,) = table("id,words\n1,2\n", "t.csv")
    assert "no column for text (columns: id, words); name one 'text' or 'html'" in str(told)
    (told,) = table("id,text\n", "t.csv")
    assert "holds no rows below its column names" in str(told)


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl"])
def test_a_picture_under_a_tables_name(table, name: str) -> None:  # type: ignore[no-untyped-def]
    (told,) = table(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 300, name)
    assert "a JPEG picture" in str(told)


@pytest.mark.parametrize("name", ["t.csv.gz", "t.jsonl.gz"])
def test_gzipped_tables_whole_and_broken(table, name: str) -> None:  # type: ignore[no-untyped-def]
    content = "id,text\n" + "".join(f"{i},{TEXT} {i * 7919 % 1009}\n" for i in range(2000))
    if "jsonl" in name:
        content = "".join(json.dumps({"id": i, "text": TEXT + str(i * 7919 % 1009)}) + "\n" for i in range(2000))
    packed = gzip.compress(content.encode())
    assert [f.key for f in table(packed, name)] == [str(i) for i in range(2000)]
    found = table(packed[: len(packed) // 2], name)
    assert found[0].key == "0" and len(found) > 500
    assert isinstance(found[-1], InputError) and "what stood before was read" in str(found[-1])


def test_a_line_that_is_a_bomb(table) -> None:  # type: ignore[no-untyped-def]
    packed = gzip.compress(lines(ROW).encode() + b'{"text": "' + b"x" * 20_000_000)
    found = table(packed, "t.jsonl.gz", read__max_bytes=1_000_000)
    assert found[0].content == TEXT and len(found) == 2
    assert "line 2 is longer than 1,000,000 bytes" in str(found[1]) and "the rest of the file was not read" in str(
        found[1]
    )


def test_rows_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    """The first rows come although reading on would fail, and a table far larger than the limit is read row by row."""
    file = tmp_path / "t.jsonl"
    with file.open("w") as out:
        for i in range(20_000):
            out.write(json.dumps({"id": i, "text": TEXT * 20}) + "\n")
    assert file.stat().st_size > 20_000_000
    rows = read.pages(str(file), load(read__max_bytes=100_000))
    assert [p.key for p in islice(rows, 3)] == ["0", "1", "2"]  # type: ignore[union-attr]
    file.write_text("")  # what was not read yet is gone
    assert len(list(rows)) < 200


def test_json_files_of_other_forms(table, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert [(f.source, f.content) for f in table(json.dumps([ROW, ROW], indent=1), "t.json")] == [
        (f"{tmp_path}/t.json#{i}", TEXT) for i in (1, 2)
    ]
    assert [f.key for f in table(json.dumps(ROW, indent=1), "t.json")] == ["n-1"]
    first, second = table(lines({"id": 1}, ROW), "no-suffix")
    assert "no text" in str(first) and second.content == TEXT


def test_parquet(table, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    import pyarrow
    import pyarrow.parquet as parquet

    days = [
        datetime.datetime(2025, 11, 8, 23, tzinfo=datetime.UTC),
        None,
        datetime.datetime(2025, 11, 9, tzinfo=datetime.UTC),
    ]
    data = {"id": [1, 2, 3], "date": days, "text": [TEXT, None, "b"], "vector": [[1.0]] * 3}
    parquet.write_table(pyarrow.table(data), tmp_path / "p.parquet", row_group_size=1)
    one, two, three = read.pages(str(tmp_path / "p.parquet"), load())
    assert (one.key, one.content, one.published, one.source) == (
        "1",
        TEXT,
        datetime.date(2025, 11, 8),
        f"{tmp_path}/p.parquet#1",
    )  # type: ignore[union-attr]
    assert isinstance(two, InputError) and "no text" in str(two) and three.content == "b"  # type: ignore[union-attr]
    for content in (b"", b"PAR1 not", b"PAR1" + b"\0" * 100 + b"PAR1"):
        (told,) = table(content, "q.parquet")
        assert "not a readable Parquet file" in str(told)


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2025-11-08", "2025-11-08"), (" 2025-11-08 ", "2025-11-08"), ("2025-11-08T23:59:59Z", "2025-11-08"), ("2025-1-8", "2025-01-08"),
        ("2025-11-08T23:30:00-05:00", "2025-11-08"), ("2025-11-08T00:30:00+09:00", "2025-11-08"), ("2025-11-08 10:15", "2025-11-08"),
        ("2025-11-08 10:15:00.123456789 UTC", "2025-11-08"), ("20251108", "2025-11-08"), ("20251108T101500Z", "2025-11-08"),
        ("Sat, 08 Nov 2025 10:00:00 GMT", "2025-11-08"), ("8 Nov 2025 10:00 -0500", "2025-11-08"), ("08 November 2025", "2025-11-08"),
        (datetime.date(2025, 11, 8), "2025-11-08"), (datetime.datetime(2025, 11, 8, 23, 30), "2025-11-08"),
        ("", None), ("2025", None), ("2025-11", None), ("2025-02-30", None), ("0000-00-00", None), ("2025-11-08 or so", None),
        ("08/11/2025", None), ("11.08.2025", None), ("March 5, 2025", None), ("yesterday", None), ("2025-W45-6", None), (20251108, None),
        (1762560000, None), (None, None), (True, None), (["2025-11-08"], None), ("08 Foo 2025", None), ("202511081", None),
    ],
)  # fmt: skip
def test_days(value: object, iso: str | None) -> None:
    found = day(value)
    assert (found.isoformat() if found else None) == iso


def test_a_date_that_is_none_is_a_note_and_the_date_unknown(table) -> None:  # type: ignore[no-untyped-def]
    told, number = table(lines(ROW | {"published": "08/11/2025"}, ROW | {"published": 5}))
    assert (told.published, told.published_origin) == (None, None)
    assert told.notes == (
        "published: the table says '08/11/2025', which is no date like 2025-11-08; taken for unknown",
    )
    assert "says '5'" in number.notes[0]


def test_the_note_becomes_a_problem_row(table) -> None:  # type: ignore[no-untyped-def]
    from dateline import article

    (page,) = table(lines(ROW | {"published": "someday", "text": TEXT * 5}))
    made, problems = article.extract(page, load())
    assert made.published is None
    assert [p.stage for p in problems if "'someday', which is no date" in p.message] == ["read"]


class Stdin:
    """Standard input with the given bytes."""

    closed = False

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BufferedReader(io.BytesIO(data))


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (TEXT.encode(), [("-", TEXT)]), (gzip.compress(TEXT.encode()), [("-", TEXT)]), (lines(ROW, ROW).encode(), [("-#1", TEXT), ("-#2", TEXT)]),
        (json.dumps(ROW, indent=1).encode(), [("-#1", TEXT)]), (b"{curly} " + TEXT.encode(), [("-", "{curly} " + TEXT)]),
        ("\ufeff".encode() + lines(ROW).encode(), [("-#1", TEXT)]), (lines({"text": "x" * 100_000}).encode(), [("-#1", "x" * 100_000)]),
    ],
)  # fmt: skip
def test_standard_input(monkeypatch: pytest.MonkeyPatch, reading, data: bytes, wanted: list[tuple[str, str]]) -> None:  # type: ignore[no-untyped-def]
    stdin = Stdin(data)
    monkeypatch.setattr(sys, "stdin", stdin)
    assert [(p.source, p.content) for p in reading("-")] == wanted
    assert not stdin.buffer.closed


def test_standard_input_of_rows_may_be_larger_than_the_limit(monkeypatch: pytest.MonkeyPatch, reading) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(sys, "stdin", Stdin(lines(*[ROW] * 500).encode()))
    assert len(reading("-", read__max_bytes=1000)) == 500
    monkeypatch.setattr(sys, "stdin", Stdin(b"x " * 1000))
    (told,) = reading("-", read__max_bytes=1000)
    assert "larger than 1,000 bytes" in str(told)


@pytest.mark.parametrize("data", [None, b""])
def test_no_standard_input(monkeypatch: pytest.MonkeyPatch, refusal, data: bytes | None) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(sys, "stdin", None if data is None else Stdin(data))
    assert refusal("-") in ("-: standard input is closed; pipe a page into it", "-: is empty")


def test_halves_of_characters_become_marks_of_loss(table) -> None:  # type: ignore[no-untyped-def]
    (found,) = table(
        '{"id": "a\\ud800", "title": "\\udc00", "text": "x\\ud83d\\ude00 \\udfff", "authors": ["\\ud801"]}'
    )
    assert (found.key, found.title, found.content, found.authors) == (
        "a\ufffd",
        "\ufffd",
        "x\U0001f600 \ufffd",
        ("\ufffd",),
    )
