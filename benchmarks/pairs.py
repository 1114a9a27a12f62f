"""Events of candidates that readers labelled blind in PolNeAR dev (pairs_polnear_dev.tsv: labels and offsets, no text): how the pair
model and the regression over it rank and type them on articles of which no training has seen a word.

python benchmarks/pairs.py ../shared/data

A candidate is an actor, a predicate or statement and a recipient; its label is what the reader called it by the guide of records, NONE
for most. Printed: average precision of the confidence (right: the type is the label's), and F1 of the candidates kept from the setting's
`min_confidence`, before a statement's and a predicate's candidates are sifted.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def main(data: Path) -> None:
    from dateline.learn import sheets
    from dateline.learn.outside import ranked
    from dateline.settings import load as settings

    find = import_module("dateline.events.find")
    labels: dict[str, dict[tuple[object, ...], str]] = {}
    for label in sheets.load(HERE / "pairs_polnear_dev.tsv"):
        labels.setdefault(label.document, {})[label.key] = label.type
    scored = []
    for name, doc, _, found in sheets.coded(data / "attribution" / "polnear-dev.jsonl", labels):
        known = [c for c in found if sheets.key(c) in labels[name]]
        scored += [(d.confidence, d.type, labels[name][sheets.key(d.candidate)]) for d in find.decided(doc, known)]
    confidence, right = np.array([s[0] for s in scored]), np.array([s[1] == s[2] for s in scored])
    events = sum(s[2] != "NONE" for s in scored)
    least = float(settings()["events.min_confidence"])
    kept = confidence >= least
    precision, recall = right[kept].mean(), right[kept].sum() / events
    print(
        f"{len(scored)} candidates of {sum(map(len, labels.values()))} labelled, {events} events, {len(labels)} articles"
    )
    print(f"average precision {ranked(confidence, right, events):.3f}")
    print(
        f"from {least}: precision {precision:.3f} recall {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
