"""Resolutions a CPU-second, with spans given.

usage: places.py DOCS SPANS [--settings FILE]

DOCS and SPANS are JSONL in the form of `dateline evaluate places` (docs/commands.md). Counts the CPU time of this process for
resolving all spans of all documents once, with the gazetteer's caches empty at the start and the word lists loaded (a run
loads them once); beside it, as a measure of the machine, the time for a million additions of Python and their ratio, which
does not hang on how fast the processor is.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from clock import report

from dateline import places
from dateline.settings import load

_WARM = "Officials met in Paris, Texas, on Monday; a Malian delegation left for Geneva."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("spans", type=Path)
    parser.add_argument("--settings", type=Path)
    options = parser.parse_args()
    places.use(load(options.settings)["places.gazetteer"])
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in map(json.loads, options.spans.open(encoding="utf-8")):
        spans[row["corpus"], str(row["doc"])].append((row["start"], row["end"]))
    docs = [json.loads(line) for line in options.docs.open(encoding="utf-8")]
    places.resolve_spans(_WARM, [(17, 22), (24, 29), (71, 77)])

    def work() -> int:
        count = 0
        for doc in docs:
            given = spans[doc["corpus"], str(doc["doc"])]
            count += len(places.resolve_spans(doc["text"], given, title=doc.get("title"), domain=doc.get("domain")))
        return count

    report("resolution", work)


if __name__ == "__main__":
    main()
