"""The pair model of `events`: its training data, training and export.

python -m dateline.learn.events check FILE...     faults of authored sentences, then their counts
"""

from __future__ import annotations

import sys
from pathlib import Path

from dateline.learn import authored


def check(paths: list[str]) -> int:
    """Print the faults and counts of authored files (all that ship if none is given); 1 if there is a fault."""
    rows, faults = [], []
    for path in map(Path, paths) if paths else authored.files():
        found, wrong = authored.read(path)
        rows += found
        faults += wrong
    for fault in faults:
        print(fault)
    print(authored.summary(rows))
    return 1 if faults else 0


def main(arguments: list[str]) -> int:
    """Run one subcommand; see the module's docstring."""
    if arguments and arguments[0] == "check":
        return check(arguments[1:])
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
