"""Date expressions resolved a CPU-second.

usage: dates.py TSV [TSV ...] [--rounds N]

TSV: the form of `dateline evaluate dates` (docs/commands.md), such as tests/dates/gold.tsv. Counts the CPU time of this process for
resolving every row N times, each time as a new sentence (nothing is remembered from one row to the next), with the grammar
compiled before; beside it, as a measure of the machine, the same in additions of Python.
"""

from __future__ import annotations

import argparse
import csv
import time
from pathlib import Path

from dateline.dates.find import resolve


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    rows = []
    for table in options.tables:
        with table.open(encoding="utf-8", newline="") as file:
            lines = (line for line in file if not line.startswith("#"))
            rows += list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    given = [(r["expression"], r["sentence"], r["published"] or None, r.get("anchor") or None) for r in rows]
    for row in given:
        resolve(*row)
    unit = _unit()
    started = time.process_time()
    for _ in range(options.rounds):
        for row in given:
            resolve(*row)
    spent = time.process_time() - started
    unit = min(unit, _unit())
    count = len(given) * options.rounds
    print(f"{count} expressions in {spent:.2f} CPU-seconds: {count / spent:.0f} a CPU-second")
    print(f"one expression costs as much as {spent / count / unit * 1e6:.0f} additions in a loop of Python")


def _unit() -> float:
    """CPU-seconds of a million additions in this Python."""
    started = time.process_time()
    total = 0
    for i in range(1_000_000):
        total += i
    return time.process_time() - started


if __name__ == "__main__":
    main()
