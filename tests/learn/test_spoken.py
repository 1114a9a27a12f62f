"""The form of the texts about who said what: the shipped files are clean, offsets hold, faults are named with their line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DataError
from dateline.learn import spoken

GOOD = """# a comment
@ interrupted quotes
The port was shut at dawn.
<q1>"We wait,"</q1> <c1>said</c1> <s1>the harbour master, Odo Lint</s1>. <q1>"We <c2>hope</c2> <q2>it opens</q2>."</q1>
---
@ none
The bridge is called\\u00a0the Needle.
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "texts.txt"
    file.write_text(text, encoding="utf-8")
    return file


def test_good_items(tmp_path: Path) -> None:
    first, second = spoken.load([write(tmp_path, GOOD)])
    assert first.family == "interrupted quotes" and first.line == 2
    assert first.text.startswith('The port was shut at dawn.\n\n"We wait," said the harbour master')
    outer, inner = first.attributions
    assert [first.text[a:b] for a, b in outer.content] == ['"We wait,"', '"We hope it opens."']
    assert [first.text[a:b] for a, b in outer.source] == ["the harbour master, Odo Lint"]
    assert [first.text[a:b] for a, b in inner.content] == ["it opens"] and inner.source == ()
    assert second.attributions == () and second.text == "The bridge is called\xa0the Needle."
    assert "2 items (1 without attribution), 2 attributions, 1 without source, 1 in several pieces" in spoken.summary(
        [first, second]
    )


def test_rows_are_what_the_trainer_takes(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert spoken.main(["jsonl", str(out), str(write(tmp_path, GOOD))]) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [set(r) for r in rows] == [{"id", "text", "attributions", "family"}] * 2
    assert len({r["id"] for r in rows}) == 2
    start, end = rows[0]["attributions"][0]["cue"][0]
    assert rows[0]["text"][start:end] == "said"


def test_flat_keeps_the_outer_report(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "@ f\n<s1>A</s1> <c1>said</c1> <q1><s2>B</s2> <c2>knew</c2> <q2>it</q2></q1>; <s3>C</s3> <c3>hopes</c3> <q3>so</q3>.",
    )
    (item,) = spoken.load([file])
    kept = [item.text[a.cue[0][0] : a.cue[0][1]] for a in spoken.flat(item).attributions]
    assert len(item.attributions) == 3 and kept == ["said", "hopes"]


def test_packing_moves_every_offset() -> None:
    items = spoken.load()
    rows = list(spoken.packed(items, 130))
    assert len(rows) < len(items) / 2
    said = sorted(i.text[a:b] for i in items for x in i.attributions for a, b in (*x.source, *x.cue, *x.content))
    every = [(r["text"], x) for r in rows for x in r["attributions"]]
    assert said == sorted(text[a:b] for text, x in every for spans in x.values() for a, b in spans)


@pytest.mark.parametrize(
    ("lines", "at", "said"),
    [
        ("no head", 1, "starts with a line '@ family'"),
        ("@ f", 1, "without a paragraph"),
        ("@ f\n<s1>A</s1> <c1>said</c1> so", 1, "attribution 1 has no content"),
        ("@ f\n<s1>A</s1> said <q1>so</q1>", 1, "attribution 1 has no cue"),
        ("@ f\n<s1>A <c1>said</s1></c1> <q1>so</q1>", 2, "closes what was not opened last"),
        ("@ f\n<c1>said</c1> <q1>so", 2, "never closed in its paragraph"),
        ("@ f\n<c1>said </c1><q1>so</q1>", 2, "white space at its edge"),
        ("@ f\n<x1>A</x1>", 2, "is unknown; the marks"),
        ("@ f\n<c>said</c>", 2, "is unknown; the marks"),
        ("@ f\n<c1>said</c1> <q1>so</q1> c1>", 2, "a broken mark"),
        ("@ f\n<q1><c1>said</c1> so</q1>", 1, "overlaps its source or content"),
        ("@ f\nOne.\n@ g\nTwo.", 3, "a second '@ family' line"),
        ("@ f\nOne.\n---\n@ g\nOne.", 4, "the same text as"),
        ("@ f\n" + "word " * 230 + "end", 1, "more than"),
    ],
)
def test_faults_name_the_line(tmp_path: Path, lines: str, at: int, said: str) -> None:
    file = write(tmp_path, lines)
    with pytest.raises(DataError) as caught:
        spoken.load([file])
    assert str(caught.value).startswith(f"{file}:{at}: ") and said in str(caught.value)
    assert spoken.main(["check", str(file)]) == 1


@given(
    st.lists(
        st.tuples(st.sampled_from("scq"), st.text("ab ü’\u200b", min_size=1).filter(lambda t: t == t.strip() != "")),
        min_size=1,
    )
)
def test_offsets_give_back_what_was_marked(parts: list[tuple[str, str]]) -> None:
    line = " ".join(f"<{role}1>{words}</{role}1>" for role, words in parts)
    plain, spans, faults = spoken._paragraph(line, 7)
    assert not faults and plain == " ".join(words for _, words in parts)
    for role in "scq":
        assert [plain[a - 7 : b - 7] for a, b in spans.get((role, "1"), [])] == [w for r, w in parts if r == role]


def test_shipped_files_are_clean() -> None:
    items = spoken.load()
    assert {i.file for i in items} == {str(f) for f in spoken.files()}
