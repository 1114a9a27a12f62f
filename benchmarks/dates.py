"""Date expressions resolved a CPU-second.

usage: dates.py TSV [TSV ...] [--rounds N]

TSV: the form of `dateline evaluate dates` (docs/commands.md), such as tests/dates/gold.tsv. Counts the CPU time of this process for
resolving every row N times, each time as a new sentence (nothing is remembered from one row to the next), with the grammar
compiled before; beside it, as a measure of the machine, the same in additions of Python.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from clock import report

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

    def work() -> int:
        for _ in range(options.rounds):
            for row in given:
                resolve(*row)
        return len(given) * options.rounds

    report("expression", work)


if __name__ == "__main__":
    main()
