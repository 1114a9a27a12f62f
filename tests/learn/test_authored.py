"""The form of authored sentences: the shipped files are clean, and faults are named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.language.labels import CLASSES
from dateline.learn import authored, pairs

GOOD = "ASSAULT\taerial\tactual\t<s>Ruritanian jets</s> bombed <t>rebel camps</t> on Monday.\tactive"


def write(folder: Path, *lines: str) -> Path:
    file = folder / "rows.tsv"
    file.write_text("\n".join(["\t".join(authored.HEADER), *lines]) + "\n", encoding="utf-8")
    return file


def test_good_rows(tmp_path: Path) -> None:
    file = write(tmp_path, "# a comment", GOOD, "NONE\t\t\t<s>Ruritania</s> beat <t>Graustark</t> 3-1.\tnone sports")
    rows, faults = authored.read(file)
    assert not faults
    assert [(r.type, r.mode, r.status) for r in rows] == [("ASSAULT", "aerial", "actual"), ("NONE", None, None)]
    assert rows[0].bare == "Ruritanian jets bombed rebel camps on Monday."
    assert "ASSAULT" in authored.summary(rows)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("BOMB\t\tactual\t<s>A</s> x\tf", "type 'BOMB' is unknown"),
        ("ASSAULT\tair\tactual\t<s>A</s> x\tf", "mode 'air' is no mode"),
        ("ASSAULT\t\tdone\t<s>A</s> x\tf", "status 'done' is unknown"),
        ("NONE\t\tactual\t<s>A</s> x\tf", "neither mode nor status"),
        ("?\t\tactual\t<s>A</s> x\tf", "a ? row has neither mode nor status"),
        ("?\t\t\t<s>A</s> x\tf", "must say its type in the column pair"),
        ("AID\t\tactual\tno marks\tf", "no marked span"),
        ("AID\t\tactual\t<s>A <t>B</t></s>\tf", "opens inside"),
        ("AID\t\tactual\t<s>A\tf", "never closed"),
        ("AID\t\tactual\t<s>A </s> x\tf", "white space at its edge"),
        ("AID\t\tactual\t<s>A,</s> x\tf", "ends in punctuation"),
        ("AID\t\tactual\t<x>A</x> x\tf", "is unknown; the marks"),
        ("AID\t\tactual\t<s>A</s> x\t", "family is empty"),
        ("AID\tactual\t<s>A</s> x\tf", "4 columns in place of 5"),
        (GOOD.replace("ASSAULT\taerial", "COERCE\t"), "with another label"),
    ],
)
def test_faults_name_the_line(tmp_path: Path, line: str, said: str) -> None:
    file = write(tmp_path, GOOD, line)
    _, faults = authored.read(file)
    assert faults and faults[0].startswith(f"{file}:3: ") and said in faults[0]
    with pytest.raises(DataError, match=r"rows\.tsv:3"):
        authored.load([file])


def test_shipped_files_are_clean() -> None:
    for file in authored.files():
        assert authored.read(file)[1] == []


def test_the_other_guides_type(tmp_path: Path) -> None:
    file = tmp_path / "rows.tsv"
    good = "CONCEDE\trelease\tfuture\t<s>The rebels</s> said they would free <t>the pilots</t>.\tactive\tAGREE"
    file.write_text("\n".join(["\t".join(authored.PAIR_HEADER), GOOD + "\t", good.replace("\trelease", "\t")]) + "\n")
    rows, faults = authored.read(file)
    assert not faults
    assert [r.pair for r in rows] == ["", "AGREE"]
    both = pairs.from_authored(rows)
    assert both[0].pair_types == both[0].types and both[1].pair_types == (CLASSES.index("AGREE"),) != both[1].types
    file.write_text("\n".join(["\t".join(authored.PAIR_HEADER), GOOD + "\tBOMB"]) + "\n")
    assert "pair 'BOMB' is none of" in authored.read(file)[1][0]


def test_a_row_that_only_the_other_guide_judges(tmp_path: Path) -> None:
    file = tmp_path / "rows.tsv"
    row = "?\t\t\t<s>A paint maker</s> hired <t>a chemist</t>.\tpersonnel\tCOOPERATE"
    file.write_text("\n".join(["\t".join(authored.PAIR_HEADER), row]) + "\n")
    rows, faults = authored.read(file)
    assert not faults and "?              1" in authored.summary(rows)
    (made,) = pairs.from_authored(rows)
    assert made.types == made.quads == () and made.pair_types == (CLASSES.index("COOPERATE"),)


def test_what_the_guide_of_records_leaves_open_is_no_negative() -> None:
    assert {row.type for row in authored.load()} - {row.type for row in authored.judged()} <= {authored.OPEN}
    assert all(row.type != authored.OPEN for row in authored.judged())
