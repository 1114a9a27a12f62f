"""Learning a codebook of one's own: a small logistic regression a type, on what the pair model reads off a marked sentence.

Only numpy and the installed weights are needed. What is no event of the type: the user's negative examples, the examples of his
other types, and the sentences written for this project (events/data), which hold all of the 16 types and none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from dateline.errors import DataError
from dateline.events import own
from dateline.events.own import learned as files
from dateline.events.own.learned import Head, logs
from dateline.language import pairs
from dateline.learn import authored
from dateline.settings import load as settings

DIMENSIONS = 128
"""Principal components of the vectors that are kept: 256 gave .005 more F1 for four times the work."""
LOGS = 0.4
"""Weight of the classes' log probabilities beside the vector: with 0 and with 1 F1 was .03 and .15 lower."""
RIDGE = 0.02
POSITIVE = 0.3
"""Share of a type's examples in the weight of all: few as they are, they must be heard."""
EFFECTIVE = 4
"""The weights sum to so many times the number of examples, so that the penalty weighs less the more there are."""
NEGATIVE = 0.3
"""Weight of a negative example, or one of another type, beside a positive one. From .1 to 1 F1 moved by .005."""
OVERLAP = 0.3
"""Weight of a sentence of ours that is coded as a type which this one may be (`plover`): it may be one of it. From 0 to 1: .01."""
PRIOR = 0.05
"""The share of pairs that probabilities take for granted, one pair in twenty: with .1 precision fell from .72 to .63, F1 rose by .01."""
TWINS = 0.985
"""Two examples whose vectors are at this cosine differ in a name, not in what is done."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a learned type.

    `found`: of its examples, those that are recognised when they are left out. `spared`: of its negatives and the examples of
    other types, those that are not taken for it when left out. `taken`: of our sentences, coded otherwise, those taken for it.
    """

    examples: int
    found: int
    negatives: int
    spared: int
    taken: int
    others: int

    @property
    def accuracy(self) -> float:
        """Leave-one-out accuracy over the user's own examples."""
        return (self.found + self.spared) / max(1, self.examples + self.negatives)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One type as it was learned: its head, what was measured, and what the user is advised to do."""

    head: Head
    measured: Measured
    advice: tuple[str, ...]


@dataclass(frozen=True)
class Texts:
    """Marked sentences with what the model says of them."""

    sentences: Sequence[str]
    vectors: np.ndarray
    logs: np.ndarray

    @cached_property
    def groups(self) -> np.ndarray:
        """The sentence of each without its marks: rows of one sentence are left out together."""
        return np.array([" ".join(re.sub(r"</?[st]>", "", s).split()) for s in self.sentences])


def scored(sentences: Sequence[str]) -> Texts:
    """Run the installed pair model. Raises DataError where its weights give no vector."""
    scores = pairs.score(sentences)
    vectors = [s.vector for s in scores if s.vector is not None]
    if len(vectors) != len(sentences):
        raise DataError("the installed weights give no vector, on which codebooks are learned; install Dateline again")
    return Texts(sentences, np.stack(vectors).astype(float), np.stack([logs(s.types) for s in scores]))


class Space:
    """The coordinates in which a type is learned: principal components of the vectors, and the log probabilities."""

    def __init__(self, rest: Texts) -> None:
        self.centre, self.middle = rest.vectors.mean(0), rest.logs.mean(0)
        around, about = rest.vectors - self.centre, rest.logs - self.middle
        _, axes = np.linalg.eigh(around.T @ around)
        axes = axes[:, ::-1][:, :DIMENSIONS]
        self.axes = axes / np.sqrt(((around @ axes) ** 2).sum(1).mean())
        self.scale = LOGS / np.sqrt((about**2).sum(1).mean())

    def of(self, texts: Texts) -> np.ndarray:
        """Rows of coordinates, the first a one for the bias."""
        parts = (texts.vectors - self.centre) @ self.axes, (texts.logs - self.middle) * self.scale
        return np.concatenate([np.ones((len(texts.sentences), 1)), *parts], 1)

    def head(self, weights: np.ndarray, shift: float, slope: float) -> Head:
        """The weights of the coordinates as weights of vector and log probabilities, calibrated."""
        width = self.axes.shape[1]
        vector = self.axes @ weights[1 : 1 + width] * slope
        of_logs = weights[1 + width :] * self.scale * slope
        bias = shift + slope * weights[0] - self.centre @ vector - self.middle @ of_logs
        return Head(vector, of_logs, float(bias))


def fit(
    x: np.ndarray, y: np.ndarray, w: np.ndarray, start: np.ndarray | None = None, ridge: float = RIDGE
) -> np.ndarray:
    """Weighted logistic regression with an L2 penalty (not on the bias), by Newton's method from `start`."""
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    if start is None:
        start = np.zeros(x.shape[1])
        start[0] = np.log((w * y).sum() / (w * (1 - y)).sum())
    b = start.copy()
    for _ in range(25):
        p = _sigmoid(x @ b)
        gradient = x.T @ (w * (p - y)) + penalty * b
        step = np.linalg.solve((x * (w * p * (1 - p))[:, None]).T @ x + np.diag(penalty), gradient)
        b -= step
        if np.abs(step).max() < 1e-3:
            break
    return b


def _sigmoid(logit: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(logit, -30, 30)))


def calibrated(logits: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Shift and slope (Platt 1999) that make logits of sentences left out probabilities, at the share PRIOR of positives."""
    x = np.stack([np.ones_like(logits), logits], 1)
    share = np.where(y == 1, PRIOR / y.sum(), (1 - PRIOR) / (1 - y).sum())
    w = share * 2 * y.sum() / PRIOR
    b = np.array([0.0, 1.0])
    for _ in range(50):
        p = _sigmoid(x @ b)
        gradient = x.T @ (w * (p - y)) + np.array([0.0, 1.0]) * (b - np.array([0.0, 1.0]))
        b = b - np.linalg.solve((x * (w * p * (1 - p))[:, None]).T @ x + np.diag([1e-6, 1.0]), gradient)
    return float(b[0]), float(max(0.1, b[1]))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A type's regression. Probabilities of the user's sentences are of regressions that had not seen them."""

    head: Head
    positive: np.ndarray
    negative: np.ndarray
    rest: np.ndarray


def type_head(space: Space, positive: Texts, negative: Texts, rest: Texts, doubtful: np.ndarray) -> Fitted:
    """Learn one type. `doubtful`: which of the rest may be of the type after all (they count less)."""
    mine = set(positive.groups) | set(negative.groups)
    kept = ~np.isin(rest.groups, list(mine))
    x = np.concatenate([space.of(positive), space.of(negative), space.of(rest)[kept]])
    groups = np.concatenate([positive.groups, negative.groups, rest.groups[kept]])
    n, m = len(positive.sentences), len(negative.sentences)
    y = np.zeros(len(x))
    y[:n] = 1
    w = np.concatenate([np.zeros(n), np.zeros(m), np.where(doubtful[kept], OVERLAP, 1.0)])
    w[:n] = POSITIVE / (1 - POSITIVE) * w.sum() / n
    w[n : n + m] = NEGATIVE * w[0]
    w *= EFFECTIVE * n / w.sum()
    b = fit(x, y, w)
    logits = x @ b
    for row in range(n + m):
        others = groups != groups[row]
        logits[row] = x[row] @ fit(x[others], y[others], w[others], b)
    shift, slope = calibrated(logits, y)
    p = _sigmoid(shift + slope * logits)
    of_rest = np.zeros(len(kept))
    of_rest[kept] = p[n + m :]
    return Fitted(space.head(b, shift, slope), p[:n], p[n : n + m], of_rest)


def lessons(book: own.OwnBook, report: Callable[[str], None] = lambda line: None) -> dict[str, Lesson]:
    """Learn every type of a codebook. `report` is told what is being done."""
    rows = authored.judged()
    report(f"reading {len(rows)} sentences of ours and {sum(len(t.positive) for t in book.types.values())} of yours")
    rest = scored([r.sentence for r in rows])
    space = Space(rest)
    positives = {t.name: scored(t.positive) for t in book.types.values()}
    made = {}
    for entry in book.types.values():
        report(f"learning {entry.name}")
        foreign = [s for name, texts in positives.items() if name != entry.name for s in texts.sentences]
        negative = scored([*entry.negative, *foreign]) if entry.negative or foreign else _none(rest)
        doubtful = np.array([entry.covers(r.type, r.mode) for r in rows])
        fitted = type_head(space, positives[entry.name], negative, rest, doubtful)
        made[entry.name] = _lesson(book, entry, fitted, positives[entry.name], negative, rows, doubtful)
    return made


def _none(like: Texts) -> Texts:
    return Texts((), like.vectors[:0], like.logs[:0])


def _lesson(
    book: own.OwnBook, entry: own.OwnType, fitted: Fitted, positive: Texts, negative: Texts, rows: Sequence[authored.Row],
    doubtful: np.ndarray,
) -> Lesson:  # fmt: skip
    least = float(settings()["events.min_confidence"])
    taken = (fitted.rest >= least) & ~doubtful
    measured = Measured(
        len(fitted.positive), int((fitted.positive >= least).sum()), len(fitted.negative),
        int((fitted.negative < least).sum()), int(taken.sum()), int((~doubtful).sum()),
    )  # fmt: skip
    return Lesson(fitted.head, measured, tuple(_advice(book, entry, fitted, positive, negative, rows, taken, measured)))


def _advice(
    book: own.OwnBook, entry: own.OwnType, fitted: Fitted, positive: Texts, negative: Texts, rows: Sequence[authored.Row],
    taken: np.ndarray, measured: Measured,
):  # fmt: skip
    """What the user should look at, one line each."""
    least = float(settings()["events.min_confidence"])
    if measured.examples < 16:
        yield f"{measured.examples} examples are few: twice as many are worth more than anything else (docs/codebook.md)"
    if not entry.negative:
        yield "no negative examples: write some of what is nearly such an event, and of the wrong direction"
    if measured.found < 0.6 * measured.examples:
        yield "its examples have little in common: add more of each kind, or make two types of it"
    for number in np.flatnonzero(fitted.positive < least)[:5]:
        yield f"positive example {number + 1} is not recognised from the others; check its marks, or add some like it: {_short(positive, number)}"
    own_negatives = len(entry.negative)
    for number in np.flatnonzero(fitted.negative >= least)[:5]:
        name = (
            f"negative example {number + 1}"
            if number < own_negatives
            else f"an example of {_owner(book, negative, number)}"
        )
        yield f"{name} looks like one of it: {_short(negative, number)}"
    if len(negative.sentences):
        unit_p, unit_n = (t.vectors / np.linalg.norm(t.vectors, axis=1, keepdims=True) for t in (positive, negative))
        for p, n in np.argwhere(unit_p @ unit_n.T > TWINS)[:3]:
            name = f"negative example {n + 1}" if n < own_negatives else f"an example of {_owner(book, negative, n)}"
            yield f"positive example {p + 1} and {name} are one to the model; if both stand, it cannot learn the difference"
    most = sorted(np.flatnonzero(taken), key=lambda i: -fitted.rest[i])[:3]
    for i in most:
        yield f"ours, coded {rows[i].type}, looks like one of it; copy it to positive or negative: {rows[i].sentence}"


def _owner(book: own.OwnBook, texts: Texts, number: int) -> str:
    return next(t.name for t in book.types.values() if texts.sentences[number] in t.positive)


def _short(texts: Texts, number: int) -> str:
    text = " ".join(texts.sentences[number].split())
    return text if len(text) < 160 else text[:157] + "…"


def learn(
    path: Path, to: Path | None = None, report: Callable[[str], None] = lambda line: None
) -> tuple[Path, Mapping[str, Lesson]]:
    """Learn a codebook and write it beside itself (`my.toml` → `my.codebook.json`), or to `to`.

    Returns the file and what was learned, by type. Raises DataError for a codebook that is not valid, naming every fault.
    """
    book = own.read(path)
    target = to or path.with_name(path.stem + own.SUFFIX)
    learned = lessons(book, report)
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    files.write(
        target, table, {n: one.head for n, one in learned.items()}, {n: asdict(one.measured) for n, one in learned.items()},
        pairs.digest(),
    )  # fmt: skip
    return target, learned
