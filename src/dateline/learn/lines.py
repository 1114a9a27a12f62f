"""Training of the line model of flattened pages: `python -m dateline.learn.lines DATA [--folds 5]`.

DATA: a folder with `flattened/*.txt` and `ground-truth.json` (the form of the article extraction benchmark). A line is
gold if most of its word 4-grams stand in the gold body. Each page is learnt twice: as it is, and without indentation and
bullets, as browsers copy pages. With --folds, prints the benchmark's F1 by cross-validation over pages, for both forms;
without, writes article/data/lines.json fitted on all pages.
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
from dateline.article.flat import chosen_lines, split, title_of

_TOKEN = re.compile(r"\w+")
_BULLET = re.compile(r"^\s*(?:[*+•]|o(?=\s))\s*")
HIDDEN = 64
EPOCHS = 20
BATCH = 256
RATE = 2e-3
DECAY = 0.2
DROPOUT = 0.3
SEEDS = 3
PRICES = (0.25, 0.5, 1.0, 2.0)
PRICE = 0.5
"""The price of a change, by cross-validation."""


@dataclass(frozen=True, slots=True)
class PageLines:
    """One page in one form: its lines, their features, which are gold, and the gold body."""

    name: str
    lines: list[str]
    title: str | None
    rows: np.ndarray
    gold: np.ndarray
    body: str


def load(data: Path, plain: bool) -> list[PageLines]:
    """All pages of the data. `plain`: without indentation and bullets."""
    truth = json.loads((data / "ground-truth.json").read_text(encoding="utf-8"))
    pages = []
    for name, entry in sorted(truth.items()):
        lines = split((data / "flattened" / f"{name}.txt").read_text(encoding="utf-8"))
        if plain:
            lines = [_BULLET.sub("", line).strip() for line in lines]
        title = title_of(lines)
        body = entry["articleBody"]
        pages.append(PageLines(name, lines, title, model.features(lines, title), _gold(lines, body), body))
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


def fit(pages: list[PageLines], seeds: int = SEEDS, price: float = PRICE) -> model.Weights:
    """Networks of one hidden layer. A line weighs by the root of its words, since long lines carry the score, and every
    page weighs alike."""
    import torch

    torch.set_num_threads(1)
    every = np.vstack([p.rows for p in pages])
    mean, deviation = every.mean(0), every.std(0) + 1e-6
    x = torch.tensor(np.vstack([model.stacked((p.rows - mean) / deviation) for p in pages]), dtype=torch.float32)
    y = torch.tensor(np.concatenate([p.gold for p in pages]), dtype=torch.float32)
    weight = torch.tensor(np.concatenate([_line_weights(p) for p in pages]), dtype=torch.float32)
    networks = []
    for seed in range(seeds):
        torch.manual_seed(seed)
        network = torch.nn.Sequential(
            torch.nn.Dropout(0.1), torch.nn.Linear(x.shape[1], HIDDEN), torch.nn.ReLU(), torch.nn.Dropout(DROPOUT), torch.nn.Linear(HIDDEN, 1)
        )  # fmt: skip
        optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
        steps = EPOCHS * (len(x) // BATCH + 1)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE * 2, total_steps=steps)
        network.train()
        for _ in range(EPOCHS):
            for part in torch.randperm(len(x)).split(BATCH):
                optimizer.zero_grad()
                odds = network(x[part])[:, 0]
                loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, y[part], weight[part])
                loss.backward()
                optimizer.step()
                if schedule.last_epoch < steps - 1:
                    schedule.step()
        layers = [m for m in network if isinstance(m, torch.nn.Linear)]
        networks.append(
            tuple((m.weight.detach().numpy().T.astype(float), m.bias.detach().numpy().astype(float)) for m in layers)
        )
    return model.Weights(tuple(networks), (price, price), mean, deviation)


def _line_weights(page: PageLines) -> np.ndarray:
    root = np.array([max(1, len(_TOKEN.findall(line))) ** 0.5 for line in page.lines])
    return root / root.sum() * 300


def page_f1(page: PageLines, odds: np.ndarray, price: float) -> tuple[float, float]:
    """Precision and recall of 4-gram shingles, as the benchmark counts them."""
    text = "\n".join(chosen_lines(page.lines, model.best_path(odds, (price, price))))
    want, got = _grams(page.body, 4), _grams(text, 4)
    both = sum((want & got).values())
    return (both / sum(got.values()) if got else float("nan")), both / max(1, sum(want.values()))


def _f1(pairs: list[tuple[float, float]]) -> float:
    precision, recall = float(np.nanmean([p for p, _ in pairs])), float(np.mean([r for _, r in pairs]))
    return 2 * precision * recall / (precision + recall)


def cross_validate(data: Path, folds: int) -> None:
    """Print F1 over all pages, each scored by networks that did not see it, in both forms, by price."""
    forms = {"as it is": load(data, False), "plain": load(data, True)}
    pages = len(next(iter(forms.values())))
    order = list(range(pages))
    random.Random(7).shuffle(order)
    odds: dict[tuple[str, int], np.ndarray] = {}
    for k in range(folds):
        held = set(order[k::folds])
        weights = fit([p for form in forms.values() for i, p in enumerate(form) if i not in held])
        for name, form in forms.items():
            for i in held:
                odds[name, i] = model.scores(form[i].rows, weights)
    for name, form in forms.items():
        for price in PRICES:
            pairs = [page_f1(form[i], odds[name, i], price) for i in range(pages)]
            print(f"{name}, price {price}: F1 {_f1(pairs):.4f}")
        worst = sorted((sum(page_f1(form[i], odds[name, i], PRICE)), form[i].name[:8]) for i in range(pages))[:12]
        print("  worst", " ".join(f"{n} {s / 2:.2f}" for s, n in worst))


def main() -> None:
    """The command line; see the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    if options.folds:
        cross_validate(options.data, options.folds)
        return
    pages = load(options.data, False) + load(options.data, True)
    weights = fit(pages)
    table = {
        "own": list(model.OWN),
        "place": list(model.PLACE),
        "neighbours": model.NEIGHBOURS,
        "change": list(weights.change),
        "mean": np.round(weights.mean, 5).tolist(),
        "deviation": np.round(weights.deviation, 5).tolist(),
        "networks": [
            [{"matrix": np.round(m, 4).tolist(), "bias": np.round(b, 4).tolist()} for m, b in network]
            for network in weights.networks
        ],
    }
    target = Path(model.__file__).with_name("data") / "lines.json"
    target.write_text(json.dumps(table) + "\n", encoding="utf-8")
    pairs = [page_f1(p, model.scores(p.rows, weights), PRICE) for p in pages]
    print(f"wrote {target.name}: F1 on its own training pages {_f1(pairs):.4f}")


if __name__ == "__main__":
    main()
