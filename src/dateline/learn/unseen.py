"""What a codebook of one's own is worth: types of PLOVER made "own", learned from few examples, on a model that never saw them.

python -m dateline.learn.unseen train PROTEST AID MOBILIZE SANCTION --out work/unseen.npz
python -m dateline.learn.unseen measure work/unseen.npz

Whoever adds a type of his own brings one that the pair model was not trained on. So `train` (needs PyTorch) trains it again
without the types held out, nor any sentence in which one of them is marked, on four fifths of our other sentences, and keeps
vectors and probabilities of all of them. `measure` then takes one type at a time: some of its sentences are the user's examples,
the rest of them and the unseen fifth of the others are what it is tested on. Learning is that of `dateline codebook learn`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from dateline.events.own.learned import Head, logs
from dateline.language.labels import CLASSES
from dateline.learn import authored
from dateline.learn.own import Space, Texts, type_head
from dateline.settings import load as settings

TESTED = 5
"""One sentence in so many is kept from the training, to be tested on."""
SIZES = (8, 16, 32, 50)


def sides(groups: Sequence[str], labels: Sequence[str], held: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """For each row, whether its sentence has a row of a type held out, and whether it is tested on. One sentence stays together."""
    from dateline.learn.events import folds

    touched = {g for g, label in zip(groups, labels, strict=True) if label in held}
    return np.array([g in touched for g in groups]), np.array(folds(groups, TESTED)) == 0


def train(options: argparse.Namespace) -> int:
    """Train without the types named, and write vectors and probabilities of all sentences."""
    import torch

    from dateline.learn import pairmodel, pairs
    from dateline.learn.base import base_folder

    torch.set_num_threads(1)
    base = base_folder(options.base)
    rows = authored.judged()
    touched, tested = sides([r.bare for r in rows], [r.type for r in rows], options.types)
    training = pairs.from_authored([r for r, out in zip(rows, touched | tested, strict=True) if not out])
    print(f"{len(training)} of {len(rows)} rows trained on, without {', '.join(options.types)}", flush=True)
    model = pairmodel.train(base, training, pairmodel.Recipe(epochs=options.epochs, average=0.99))
    out = pairmodel.predict(model, base, [r.sentence for r in rows])
    vectors, types = out[pairmodel.VECTOR], out["type"]
    np.savez_compressed(
        options.out, vectors=vectors.astype(np.float16), types=types, held=np.array(options.types),
        label=np.array([r.type for r in rows]), sentence=np.array([r.sentence for r in rows]),
    )  # fmt: skip
    return 0


def measure(options: argparse.Namespace) -> int:
    """Print F1 at the confidence from which events are kept, by type held out and number of examples."""
    kept = np.load(options.file)
    labels, held = kept["label"], [str(t) for t in kept["held"]]
    texts = Texts([str(s) for s in kept["sentence"]], kept["vectors"].astype(float), logs(kept["types"]))
    _, tested = sides(list(texts.groups), list(labels), held)
    print(f"{'':10s}" + "".join(f"{n:>18d}" for n in SIZES) + "   examples; F1 (precision, recall), left out")
    every = []
    for type_ in held:
        cells = []
        for size in SIZES:
            runs = [_run(texts, labels, tested, type_, size, seed) for seed in range(options.draws)]
            cells.append(np.mean(runs, 0))
        every.append(cells)
        _print(type_, cells)
    _print("mean", list(np.mean(every, 0)))
    return 0


def _print(name: str, cells: Sequence[np.ndarray]) -> None:
    print(f"{name:10s}" + "".join(f"  {f:.2f} ({p:.2f} {r:.2f}) {o:.2f}" for f, p, r, o in cells), flush=True)


def _run(texts: Texts, labels: np.ndarray, tested: np.ndarray, type_: str, size: int, seed: int) -> tuple[float, ...]:
    """F1, precision and recall of one draw of examples, and what leaving each out said of them (share recognised).

    The negative examples are the other pairs marked in the sentences drawn, as a user who writes an example may mark it twice.
    """
    rows = np.flatnonzero(labels == type_)
    order = list(rows)
    random.Random(f"{type_} {size} {seed}").shuffle(order)
    drawn = [next(i for i in order if texts.groups[i] == g) for g in dict.fromkeys(texts.groups[order])][:size]
    used = np.isin(texts.groups, texts.groups[drawn])
    own = np.isin(texts.groups, texts.groups[rows])
    rest = np.flatnonzero(~tested & ~own)
    test = np.flatnonzero((tested & ~own) | (own & ~used))
    part = _part(texts, rest)
    fitted = type_head(
        Space(part),
        _part(texts, drawn),
        _part(texts, np.flatnonzero(used & (labels != type_))),
        part,
        np.zeros(len(rest), bool),
    )
    return *score(_probabilities(fitted.head, texts, test), labels[test] == type_), float(
        (fitted.positive >= _least()).mean()
    )


def _least() -> float:
    return float(settings()["events.min_confidence"])


def _part(texts: Texts, rows: Sequence[int] | np.ndarray) -> Texts:
    return Texts([texts.sentences[i] for i in rows], texts.vectors[rows], texts.logs[rows])


def _probabilities(head: Head, texts: Texts, rows: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(texts.vectors[rows] @ head.vector + texts.logs[rows] @ head.logs + head.bias)))


def score(probabilities: np.ndarray, gold: np.ndarray) -> tuple[float, float, float]:
    """F1, precision and recall of what reaches the confidence that events need."""
    taken = probabilities >= _least()
    hits = int((taken & gold).sum())
    precision, recall = hits / max(1, int(taken.sum())), hits / max(1, int(gold.sum()))
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; see the module's docstring."""
    parser = argparse.ArgumentParser(prog="python -m dateline.learn.unseen", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train")
    training.add_argument("types", nargs="+", choices=CLASSES[:-1])
    training.add_argument("--out", type=Path, required=True)
    training.add_argument("--epochs", type=int, default=4)
    training.add_argument("--base", type=Path, help="folder of the base encoder; fetched if not given")
    measuring = commands.add_parser("measure")
    measuring.add_argument("file", type=Path, help="what `train` wrote")
    measuring.add_argument("--draws", type=int, default=5, help="draws of examples that are averaged")
    options = parser.parse_args(arguments)
    return {"train": train, "measure": measure}[options.command](options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
