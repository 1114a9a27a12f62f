"""Learns where place names stand: `python -m dateline.learn.mentions DOCS GOLD [--write]`.

DOCS and GOLD are JSONL in the form of `dateline evaluate places`. A stretch is right if it shares at least half of its
and a gold span's characters. Corpora disagree on peoples ("Malian"): those without any teach nothing about them.
Prints what cross-validation by publisher gives, and with --write fits on everything and writes places/data/recogniser.toml.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline import language
from dateline.places import mentions
from dateline.places.mentions import FEATURES, Stretch, Weights, stretches

Array = NDArray[np.float64]
_FOLDS = 5
_RIDGE = 2.0
_MARKS_PEOPLES = 0.02
"""A corpus whose gold spans are peoples more often than this marks them (LGL 7 %, GeoVirus 0 %)."""


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("docs", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    gold: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in map(json.loads, args.gold.open(encoding="utf-8")):
        gold[row["corpus"], str(row["doc"])].append((row["start"], row["end"]))
    nlp = language.load()
    data = []
    groups: dict[str, int] = {}
    for doc in map(json.loads, args.docs.open(encoding="utf-8")):
        key = (doc["corpus"], str(doc["doc"]))
        fold = groups.setdefault(doc.get("domain") or key[1], len(groups)) % _FOLDS
        found = stretches(nlp.parse_text(doc["text"]).spacy)
        data.append((doc["corpus"], fold, found, gold[key]))
    marked = {corpus for corpus in {d[0] for d in data} if _peoples(data, corpus) > _MARKS_PEOPLES}
    for threshold in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for fold in range(_FOLDS):
            weights = fit([d for d in data if d[1] != fold], marked, threshold)
            for corpus, f, found, spans in data:
                if f == fold:
                    kept = [(m.start, m.end) for m in mentions.choose(found, weights)]
                    hit = sum(any(overlap(g, k) >= 0.5 for k in kept) for g in spans)
                    for i, value in enumerate((hit, len(spans), len(kept))):
                        counts[corpus][i] += value
        print(threshold, *(f"{c}: found {h / g:.3f} precision {h / k:.3f}" for c, (h, g, k) in sorted(counts.items())))
    if args.write:
        weights = fit(data, marked, _THRESHOLD)
        target = Path(mentions.__file__).parent / "data" / "recogniser.toml"
        target.write_text(_toml(weights), encoding="utf-8")
        print(f"wrote {target}")


_THRESHOLD = 0.3
"""Cross-validated: LGL found .869 at precision .768, GeoVirus .935 at .766 (peoples counted as false there); .25 finds .895/.944 at .735/.752."""

Data = tuple[str, int, list[Stretch], list[tuple[int, int]]]


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Shared characters over the characters of both together."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def _peoples(data: list[Data], corpus: str) -> float:
    hits = [
        any(s.demonym and (s.start, s.end) == g for s in found)
        for c, _, found, spans in data
        if c == corpus
        for g in spans
    ]
    return float(np.mean(hits)) if hits else 0.0


def fit(data: list[Data], marked: set[str], threshold: float) -> Weights:
    """Logistic regressions for places and for peoples."""
    rows: dict[bool, list[Array]] = {False: [], True: []}
    right: dict[bool, list[float]] = {False: [], True: []}
    for corpus, _, found, spans in data:
        for s in found:
            if s.demonym and corpus not in marked:
                continue
            rows[s.demonym].append(s.features)
            right[s.demonym].append(float(any(overlap((s.start, s.end), g) >= 0.5 for g in spans)))
    places, demonyms = (_logistic(np.array(rows[kind]), np.array(right[kind])) for kind in (False, True))
    return Weights(places, demonyms, threshold, threshold)


def _logistic(x: Array, y: Array) -> Array:
    """Newton's method with a ridge."""
    w = np.zeros(len(FEATURES))
    for _ in range(15):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + _RIDGE * np.eye(len(w))
        step = np.linalg.solve(hessian, x.T @ (y - p) - _RIDGE * w)
        w += step
        if np.abs(step).max() < 1e-4:
            break
    return w


def _toml(weights: Weights) -> str:
    lines = [
        "# Weights of the recogniser of place names; places/mentions.py says what each feature is. Learned by",
        "# `python -m dateline.learn.mentions` on LGL and GeoVirus.",
        "",
        "[keep]  # the probability from which a stretch is kept",
        f"places = {weights.threshold}",
        f"demonyms = {weights.demonym_threshold}",
    ]
    for section, values in (("places", weights.places), ("demonyms", weights.demonyms)):
        lines += ["", f"[{section}]", *(f"{name} = {value:.4f}" for name, value in zip(FEATURES, values, strict=True))]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
