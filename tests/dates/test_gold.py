"""The hand-written gold of dates is well formed. What the code makes of it is measured elsewhere."""

import calendar
import csv
from datetime import date
from pathlib import Path

import pytest

GOLD = Path(__file__).with_name("gold.tsv")
COLUMNS = ["expression", "sentence", "published", "anchor", "start", "end", "alternatives"]


def rows() -> list[dict[str, str]]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert reader.fieldnames == COLUMNS
        return list(reader)


ROWS = rows()


def test_two_hundred_different_rows() -> None:
    assert len(ROWS) == 200
    assert len({(row["expression"], row["sentence"]) for row in ROWS}) == 200
    assert all(None not in row and None not in row.values() for row in ROWS), "wrong number of columns"


def test_at_least_forty_negatives() -> None:
    negatives = [row for row in ROWS if not row["start"]]
    assert len(negatives) >= 40
    assert not any(row["end"] or row["alternatives"] or row["anchor"] for row in negatives)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['expression']} @ {row['published']}")
def test_row(row: dict[str, str]) -> None:
    assert row["sentence"].count(row["expression"]) == 1, "the expression must occur once"
    date.fromisoformat(row["published"])
    if row["anchor"]:
        assert date.fromisoformat(row["anchor"]) <= date.fromisoformat(row["published"])
    if not row["start"]:
        return
    readings = [(row["start"], row["end"])]
    readings += [tuple(pair.split("/")) for pair in row["alternatives"].split(";") if pair]
    assert len(set(readings)) == len(readings), "the same reading twice"
    for start, end in readings:
        assert date.fromisoformat(start) <= date.fromisoformat(end)


def test_bare_weekdays_and_months_fall_where_they_say() -> None:
    seen = 0
    for row in ROWS:
        if not row["start"]:
            continue
        start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        if row["expression"] in calendar.day_name:
            assert start == end and calendar.day_name[start.weekday()] == row["expression"], row
            assert abs((start - date.fromisoformat(row["published"])).days) <= 7, row
            seen += 1
        if row["expression"] in calendar.month_name:
            assert calendar.month_name[start.month] == row["expression"] and start.day == 1, row
            assert end.day == calendar.monthrange(end.year, end.month)[1], row
            seen += 1
    assert seen >= 15
