"""Fit what the parse says of the bounds of a content: `python -m dateline.learn.bounds --data POLNEAR [--check DEV]`.

Two logistic regressions over the features of `statements.bounds`, on every gap of the sentences from cue to content of each
attribution: whether a content that was open ends there, and whether one begins there. `--check`: log loss on articles not learned from.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as fn

from dateline import language
from dateline.language import Doc
from dateline.learn import base
from dateline.learn.attribution import read
from dateline.statements.bounds import HEADER, Feature, features

SEEN = 10
"""Features met less often are left out."""
DECAY = 3e-6
EPOCHS = 3
BATCH = 2048


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap with its features, whether a content was open before it, and whether that changes there."""

    features: Sequence[Feature]
    open: bool
    changes: bool


def gaps(articles: Iterable[dict[str, Any]]) -> Iterator[Gap]:
    """The gaps of the sentences in which a content or its cue stands, once for each attribution."""
    parser = language.load()
    for article in articles:
        doc = parser.parse_text(article["text"])
        known = list(features(doc.spacy))
        for attribution in article["attributions"]:
            said, cue = (_tokens(doc, attribution[role]) for role in ("content", "cue"))
            if not said or not cue:
                continue
            first = doc.spacy[min(said | cue)].sent.start
            last = doc.spacy[max(said | cue)].sent.end
            for at in range(max(first, 1), last):
                inside = at - 1 in said
                yield Gap(known[at], inside, inside != (at in said))


def _tokens(doc: Doc, spans: Sequence[Sequence[int]]) -> set[int]:
    return {token.i for start, end in spans for token in doc.tokens(start, end)}


def fit(rows: Sequence[Gap], names: dict[Feature, int]) -> np.ndarray:
    """The weight of each feature for a change; the features are counted from 1."""
    base.seed(0)
    weight = nn.EmbeddingBag(len(names) + 1, 1, mode="sum", padding_idx=0)
    nn.init.zeros_(weight.weight)
    optimiser = torch.optim.Adagrad(weight.parameters(), lr=0.1)
    table, gold = _table(rows, names)
    chance = torch.Generator().manual_seed(0)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(rows), generator=chance).split(BATCH):
            value = fn.binary_cross_entropy_with_logits(weight(table[batch]).squeeze(-1), gold[batch])
            optimiser.zero_grad()
            (value + DECAY * weight.weight.square().sum()).backward()
            optimiser.step()
    return weight.weight.detach().numpy()[:, 0]


def _table(rows: Sequence[Gap], names: dict[Feature, int]) -> tuple[torch.Tensor, torch.Tensor]:
    table = torch.zeros(len(rows), max(len(row.features) for row in rows), dtype=torch.long)
    for line, row in zip(table, rows, strict=True):
        line[: len(row.features)] = torch.tensor([names.get(feature, 0) for feature in row.features])
    return table, torch.tensor([float(row.changes) for row in rows])


def loss(rows: Sequence[Gap], names: dict[Feature, int], weights: np.ndarray) -> float:
    """Mean log loss."""
    table, gold = _table(rows, names)
    logits = torch.from_numpy(weights)[table].sum(-1)
    return float(fn.binary_cross_entropy_with_logits(logits, gold))


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; see the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="JSONL of articles with attributions")
    parser.add_argument("--check", type=Path, nargs="*", default=[], help="the same, to measure on")
    parser.add_argument(
        "--out", type=Path, default=Path(str(resources.files("dateline"))) / "statements" / "data" / "bounds.tsv"
    )
    options = parser.parse_args(argv)
    rows = list(gaps(read(options.data)))
    counts = Counter(feature for row in rows for feature in row.features)
    names = {feature: at for at, feature in enumerate(sorted(f for f, n in counts.items() if n >= SEEN), 1)}
    begins, ends = (fit([row for row in rows if row.open is state], names) for state in (False, True))
    with options.out.open("w", encoding="utf-8", newline="") as file:
        file.write("\t".join(HEADER) + "\n")
        for (at, value), number in names.items():
            file.write(f"{at}\t{value}\t{begins[number]:.2f}\t{ends[number]:.2f}\n")
    print(f"{len(rows)} gaps, {len(names)} features: {options.out}")
    if options.check:
        held = list(gaps(read(options.check)))
        for name, state, weights in (("begins", False, begins), ("ends", True, ends)):
            asked = [row for row in held if row.open is state]
            share = sum(row.changes for row in asked) / len(asked)
            alone = -share * math.log(share) - (1 - share) * math.log(1 - share)
            found = loss(asked, names, weights)
            print(f"{name}: log loss {found:.4f} on {len(asked)} gaps, {alone:.4f} by their share alone")
    return 0


if __name__ == "__main__":
    sys.exit(main())
