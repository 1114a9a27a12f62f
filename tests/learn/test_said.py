"""The statements written for this project with their act."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.learn import said
from dateline.statements.act import ACTS

HEAD = "act\tsource\tcue\tcontent\tfamily\n"


def test_those_that_ship_are_whole_and_told_once() -> None:
    found = said.load()
    assert {act for _, _, act, _ in found} == set(ACTS)
    assert len({text for _, text, _, _ in found}) == len(found)
    assert all(text.startswith("<s>") for _, text, _, _ in found)


def test_a_statement_reads_as_the_model_reads_one(tmp_path: Path) -> None:
    file = tmp_path / "said.tsv"
    file.write_text(
        f"{HEAD}# a comment\nREJECT\tthe envoy\ttold reporters\tthere was “nothing to sign”\ttalks\n"
        "STATE\t-\tAccording to a poll\thalf would stay at home\telections\n",
        encoding="utf-8",
    )
    (first, second) = said.load(file)
    assert first[:3] == ("said-talks", "<s>the envoy</s> told reporters there was “nothing to sign”", "REJECT")
    assert second[:3] == ("said-elections", "<s>It</s> According to a poll half would stay at home", "STATE")


@pytest.mark.parametrize(
    "line", ["REJECT\tthe envoy\tsaid\ttalks", "SCOLD\tthe envoy\tsaid\tno\ttalks", "STATE\t\tsaid\tno\ttalks"]
)
def test_a_line_at_fault_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "said.tsv"
    file.write_text(f"{HEAD}{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"said\.tsv:2: "):
        said.load(file)
