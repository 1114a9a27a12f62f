"""Training of the line model of flattened pages: `python -m dateline.learn.lines DATA [--folds 5]`.

DATA: a folder with `flattened/*.txt` and `ground-truth.json` (the form of the article extraction benchmark). A line is
gold if most of its word 4-grams stand in the gold body. Writes article/data/lines.json, fitted on all pages; with --folds
it prints the F1 of lines and the price of changes by cross-validation over pages first.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dateline.article import lines as model
from dateline.article.flat import split, title_of

_TOKEN = re.compile(r"\w+")
RIDGE = 3.0
PRICES = (0.5, 1.0, 2.0, 3.0, 4.0)


@dataclass(frozen=True, slots=True)
class PageLines:
    """One page: its lines, their features with neighbours, and which are gold."""

    name: str
    lines: list[str]
    rows: np.ndarray
    gold: np.ndarray
    body: str


def load(data: Path) -> list[PageLines]:
    """All pages of the data."""
    truth = json.loads((data / "ground-truth.json").read_text(encoding="utf-8"))
    pages = []
    for name, entry in sorted(truth.items()):
        text = (data / "flattened" / f"{name}.txt").read_text(encoding="utf-8")
        lines = split(text)
        rows = model.features(lines, title_of(lines))
        pages.append(PageLines(name, lines, rows, _gold(lines, entry["articleBody"]), entry["articleBody"]))
    return pages


def _grams(text: str, size: int) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[i : i + size]) for i in range(max(0, len(tokens) - size + 1)))


def _gold(lines: list[str], body: str) -> np.ndarray:
    """A line is gold if most of its 4-grams are in the body; a shorter line if the body has it as a line of its own."""
    grams, own = _grams(body, 4), {" ".join(_TOKEN.findall(line)) for line in body.splitlines()}
    found = []
    for line in lines:
        mine = _grams(line, 4)
        if mine:
            found.append(sum((mine & grams).values()) > 0.5 * sum(mine.values()))
        else:
            found.append(" ".join(_TOKEN.findall(line)) in own)
    return np.array(found)


def fit(pages: list[PageLines]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ridge logistic regression by Newton steps. Each line weighs by the root of its words: long lines carry the score."""
    every = np.vstack([p.rows for p in pages])
    mean, deviation = every.mean(0), every.std(0) + 1e-9
    mean[0], deviation[0] = 0.0, 1.0  # the bias stays 1
    x = np.vstack([model.stacked((p.rows - mean) / deviation).reshape(len(p.rows), -1) for p in pages])
    y = np.concatenate([p.gold for p in pages]).astype(float)
    weight = np.concatenate([[max(1, len(_TOKEN.findall(line))) ** 0.5 for line in p.lines] for p in pages])
    theta = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], RIDGE)
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ theta, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + penalty * theta
        hessian = (x * (weight * p * (1 - p) + 1e-6)[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        theta -= step
        if np.abs(step).max() < 1e-5:
            break
    return theta.reshape(2 * model.NEIGHBOURS + 1, len(model.FEATURES)), mean, deviation


def shingle_f1(pages: list[PageLines], weights: model.Weights) -> float:
    """The benchmark's F1 (mean precision and recall of 4-gram shingles) of chosen lines."""
    precision = recall = 0.0
    for page in pages:
        scores = (model.stacked((page.rows - weights.mean) / weights.deviation) * weights.linear).sum((1, 2))
        chosen = model.best_path(scores, weights.change)
        text = "\n".join(line for line, keep in zip(page.lines, chosen, strict=True) if keep)
        want, got = _grams(page.body, 4), _grams(text, 4)
        both = sum((want & got).values())
        precision += both / sum(got.values()) if got else 0.0
        recall += both / max(1, sum(want.values()))
    precision, recall = precision / len(pages), recall / len(pages)
    return 2 * precision * recall / (precision + recall)


def main() -> None:
    """The command line; see the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--price", type=float, default=2.0)
    options = parser.parse_args()
    pages = load(options.data)
    if options.folds:
        order = list(range(len(pages)))
        random.Random(7).shuffle(order)
        folds = [set(order[k :: options.folds]) for k in range(options.folds)]
        fitted = [(fold, fit([p for i, p in enumerate(pages) if i not in fold])) for fold in folds]
        for price in PRICES:
            figures = [
                shingle_f1([pages[i] for i in sorted(fold)], model.Weights(linear, (price, price), mean, deviation))
                for fold, (linear, mean, deviation) in fitted
            ]
            print(f"price {price}: F1 {np.mean(figures):.4f} (folds {' '.join(f'{f:.3f}' for f in figures)})")
    linear, mean, deviation = fit(pages)
    table = {
        "features": list(model.FEATURES),
        "change": [options.price, options.price],
        "mean": np.round(mean, 5).tolist(),
        "deviation": np.round(deviation, 5).tolist(),
        "linear": np.round(linear, 4).tolist(),
    }
    target = Path(model.__file__).with_name("data") / "lines.json"
    target.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(f"wrote {target}: F1 on its own training pages {shingle_f1(pages, model.weights()):.4f}")


if __name__ == "__main__":
    main()
