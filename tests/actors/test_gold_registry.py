"""The hand-written gold of actors is well formed. What the registry makes of it is measured elsewhere.

A row gives a name as news prints it, a day, and the code due on that day. Several defensible sectors stand side by side
("GOV|MIL"); a blank sector means that the codebook sets none (organs of the UN, for one), so only the country counts.
"""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

GOLD = Path(__file__).with_name("gold_registry.tsv")
COLUMNS = ["name", "date", "country", "sector", "note", "half"]
STATE = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK"}
SOCIETY = {"AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "OPP", "PRE", "REF", "REL", "SOC"}
SECTORS = STATE | SOCIETY
NO_SECTOR = {"UNO", "EUR", "IGO"}  # the only country codes that may go without a sector


def rows() -> list[dict[str, str]]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        assert reader.fieldnames == COLUMNS
        return list(reader)


ROWS = rows()


def family(row: dict[str, str]) -> str:
    return row["note"].partition(":")[0]


def test_three_hundred_different_rows() -> None:
    assert len(ROWS) == 300
    assert len({(row["name"], row["date"]) for row in ROWS}) == 300
    assert all(None not in row and None not in row.values() for row in ROWS), "wrong number of columns"


def test_halves_alternate_and_hold_the_same_families() -> None:
    assert [row["half"] for row in ROWS] == ["dev", "test"] * 150
    dev = Counter(family(row) for row in ROWS if row["half"] == "dev")
    test = Counter(family(row) for row in ROWS if row["half"] == "test")
    assert dev.keys() == test.keys()
    assert all(abs(dev[name] - test[name]) <= 1 for name in dev)


def test_at_least_ninety_persons() -> None:
    assert len({row["name"] for row in ROWS if family(row) == "person"}) >= 90


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['name']} @ {row['date']}")
def test_row(row: dict[str, str]) -> None:
    assert row["name"] == row["name"].strip() != ""
    assert date(2000, 1, 1) <= date.fromisoformat(row["date"]) <= date(2025, 12, 31)
    assert re.fullmatch("[A-Z]{3}", row["country"])
    sectors = row["sector"].split("|") if row["sector"] else []
    assert set(sectors) <= SECTORS and len(set(sectors)) == len(sectors)
    assert sectors or row["country"] in NO_SECTOR
