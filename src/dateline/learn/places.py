"""Learns the weights of the place ranker: `python -m dateline.learn.places DOCS GOLD [--write]`.

DOCS and GOLD are JSONL in the form of `dateline evaluate places` (docs/evaluate.md); gold spans are given. Prints what
cross-validation gives, folded by publisher (by document where none is known) so that no paper is in both halves, and
with --write fits on everything and writes places/data/ranker.toml.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.places import rank
from dateline.places.gazetteer import Candidate, km
from dateline.places.rank import OWN, SHARED, Home, Named, Weights
from dateline.places.surroundings import home, read

Array = NDArray[np.float64]
_FOLDS = 5
_RIDGE = 3.0
"""Pull of the weights to zero, in units of the log-likelihood; 1 to 10 differ by less than .002."""
_MOST_MENTIONS = 3
"""A name's mentions count up to this many, so that one article's subject does not outweigh ten articles."""
_NEAR = 161.0
"""Kilometres (100 miles): the distance within which the field counts a resolution as right."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A document: its names, its publisher's home, and for each name the rows of the right candidates and a weight."""

    corpus: str
    fold: int
    names: tuple[Named, ...]
    home: Home
    right: tuple[Array | None, ...]
    weights: tuple[float, ...]
    golds: tuple[tuple[dict[str, Any], ...], ...]
    lost: int
    """Gold spans that no candidate is known for."""


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("docs", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    examples = _examples(args.docs, args.gold)
    scores: dict[str, list[float]] = defaultdict(list)
    trust: list[tuple[Array, bool]] = []
    for fold in range(_FOLDS):
        weights = fit([e for e in examples if e.fold != fold])
        for example in examples:
            if example.fold == fold:
                _score(example, weights, scores, trust)
    for name, values in sorted(scores.items()):
        print(f"{name:24} {np.mean(values):.3f}  n {len(values)}")
    calibration = _platt(trust)
    _bins(trust, calibration)
    if args.write:
        weights = fit(examples)
        target = Path(rank.__file__).parent / "data" / "ranker.toml"
        target.write_text(_toml(weights, calibration, scores), encoding="utf-8")
        print(f"wrote {target}")


def _examples(docs: Path, gold: Path) -> list[Example]:
    texts = {(d["corpus"], str(d["doc"])): d for d in map(json.loads, docs.open(encoding="utf-8"))}
    by_doc: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in map(json.loads, gold.open(encoding="utf-8")):
        by_doc[row["corpus"], str(row["doc"])].append(row)
    groups = {key: i for i, key in enumerate(dict.fromkeys(texts[key].get("domain") or key[1] for key in by_doc))}
    examples = []
    for key, rows in by_doc.items():
        doc = texts[key]
        reading = read(doc["text"], [(row["start"], row["end"]) for row in rows])
        if not reading.names:
            continue
        golds: list[list[dict[str, Any]]] = [[] for _ in reading.names]
        for row, number in zip(rows, reading.group, strict=True):
            if number is not None:
                golds[number].append(row)
        right = tuple(_right(name, mine[0]) if mine else None for name, mine in zip(reading.names, golds, strict=True))
        examples.append(
            Example(
                key[0],
                groups[doc.get("domain") or key[1]] % _FOLDS,
                reading.names,
                home(doc.get("domain")),
                right,
                tuple(float(min(len(mine), _MOST_MENTIONS)) for mine in golds),
                tuple(tuple(mine) for mine in golds),
                sum(number is None for number in reading.group),
            )
        )
    return examples


def _right(name: Named, gold: dict[str, Any]) -> Array | None:
    """1.0 for each candidate that is the gold place, by id where one has it, else by distance; None if there is none."""
    same = np.array([c.geonameid is not None and c.geonameid == gold["geonameid"] for c in name.entry.candidates])
    if not same.any():
        same = np.array([_is_right(c, gold) for c in name.entry.candidates])
    return same.astype(float) if same.any() else None


def _is_right(c: Candidate, gold: dict[str, Any]) -> bool:
    """Whether a candidate is the place of a gold row. A country's or sea's middle may differ by more than 161 km."""
    if c.geonameid is not None and c.geonameid == gold["geonameid"]:
        return True
    away = km(c.lat, c.lon, gold["lat"], gold["lon"])
    if away <= _NEAR:
        return True
    wide = {"country": 2500, "admin1": 800, "region": 1500, "water": 1500}.get(c.kind, 0)
    return not gold["geonameid"] and away <= wide and (not gold.get("country") or c.country == gold["country"])


def fit(examples: Sequence[Example]) -> Weights:
    """Weights of both passes by penalised maximum likelihood; the second is fitted again on its own probabilities."""
    own = [[rank.own_features(name, e.home) for name in e.names] for e in examples]
    first = _logit(examples, own)
    given = [[rank.softmax(x @ first) for x in rows] for rows in own]
    second = np.zeros(len(OWN) + len(SHARED))
    for _ in range(2):
        both = [
            [np.hstack(pair) for pair in zip(rows, rank.shared_features(e.names, p, e.home), strict=True)]
            for e, rows, p in zip(examples, own, given, strict=True)
        ]
        second = _logit(examples, both)
        given = [[rank.softmax(x @ second) for x in rows] for rows in both]
    return Weights(first, second, np.zeros(len(rank.TRUST)))


def _logit(examples: Sequence[Example], features: list[list[Array]]) -> Array:
    """Conditional logit by Newton's method: maximises the log of the right candidates' share, minus the ridge."""
    stacks: list[Array] = []
    rights: list[Array] = []
    starts: list[int] = []
    masses: list[float] = []
    at = 0
    for example, rows in zip(examples, features, strict=True):
        for x, right, weight in zip(rows, example.right, example.weights, strict=True):
            if right is not None and len(x) > 1 and weight:
                stacks.append(x)
                rights.append(right)
                starts.append(at)
                masses.append(weight)
                at += len(x)
    x, right, weight = np.vstack(stacks), np.concatenate(rights), np.array(masses)
    sizes = np.diff([*starts, at])
    # Rare features get no more freedom than common ones.
    scale = np.maximum(x.std(axis=0), 0.2)
    x = x / scale
    w = np.zeros(x.shape[1])
    for _ in range(40):
        p, q, value = _shares(x @ w, right, starts, sizes)
        value = float(value @ weight) - _RIDGE * float(w @ w) / 2
        each = np.repeat(weight, sizes)
        gradient = x.T @ ((q - p) * each) - _RIDGE * w
        mean = np.add.reduceat(x * p[:, None], starts, axis=0)
        hessian = (x * (p * each)[:, None]).T @ x - (mean * weight[:, None]).T @ mean + (_RIDGE + 1e-3) * np.eye(len(w))
        step = np.linalg.solve(hessian, gradient)
        size = 1.0
        while size > 1e-4:
            trial = w + size * step
            gain = float(_shares(x @ trial, right, starts, sizes)[2] @ weight) - _RIDGE * float(trial @ trial) / 2
            if gain > value:
                break
            size /= 2
        else:
            break
        w = trial
        if gain - value < 1e-4:
            break
    return w / scale


def _shares(scores: Array, right: Array, starts: list[int], sizes: Array) -> tuple[Array, Array, Array]:
    """Each row's probability among its name's candidates, among the right ones, and the log-likelihood a name."""
    top = np.repeat(np.maximum.reduceat(scores, starts), sizes)
    raised = np.exp(scores - top)
    whole = np.add.reduceat(raised, starts)
    good = np.add.reduceat(raised * right, starts)
    likelihood = np.log(np.maximum(good, 1e-300)) - np.log(whole)
    return raised / np.repeat(whole, sizes), raised * right / np.repeat(np.maximum(good, 1e-300), sizes), likelihood


def _score(e: Example, weights: Weights, scores: dict[str, list[float]], trust: list[tuple[Array, bool]]) -> None:
    for p, name, golds in zip(rank.rank(e.names, e.home, weights), e.names, e.golds, strict=True):
        best = name.entry.candidates[int(np.argmax(p))]
        for gold in golds:
            near = bool(gold["geonameid"] and gold["geonameid"] == best.geonameid) or (
                km(best.lat, best.lon, gold["lat"], gold["lon"]) <= _NEAR
            )
            scores[f"{e.corpus} acc161"].append(near)
            if gold.get("country"):
                scores[f"{e.corpus} country"].append(best.country == gold["country"])
            if not name.entry.wider:
                trust.append((rank.trust_features(name.entry, p), _is_right(best, gold)))
    scores[f"{e.corpus} acc161"].extend([0.0] * e.lost)
    scores[f"{e.corpus} country"].extend([0.0] * e.lost)


def _platt(trust: Sequence[tuple[Array, bool]]) -> Array:
    """A logistic curve from the features of trust to being right."""
    x = np.array([features for features, _ in trust])
    y = np.array([float(good) for _, good in trust])
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(len(w)), x.T @ (y - p))
    return w


def _bins(trust: Sequence[tuple[Array, bool]], calibration: Array) -> None:
    x = np.array([features for features, _ in trust])
    good = np.array([float(right) for _, right in trust])
    p = 1 / (1 + np.exp(-x @ calibration))
    for low, high in ((0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        inside = (p >= low) & (p < high)
        if inside.any():
            print(
                f"confidence {low:.2f}–{min(high, 1):.2f}: said {p[inside].mean():.3f}, was {good[inside].mean():.3f}, n {inside.sum()}"
            )


def _toml(weights: Weights, calibration: Array, scores: dict[str, list[float]]) -> str:
    figures = ", ".join(f"{name} {np.mean(values):.3f}" for name, values in sorted(scores.items()))
    lines = [
        "# Weights of the place ranker; places/rank.py says what each feature is. Learned by `python -m dateline.learn.places`",
        f"# on LGL and GeoVirus. Cross-validated by publisher, spans given, all gold: {figures}.",
        "",
        "[first]",
        *(f"{name} = {value:.4f}" for name, value in zip(OWN, weights.first, strict=True)),
        "",
        "[second]",
        *(f"{name} = {value:.4f}" for name, value in zip(OWN + SHARED, weights.second, strict=True)),
        "",
        "[calibration]",
        *(f"{name} = {value:.4f}" for name, value in zip(rank.TRUST, calibration, strict=True)),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
