"""The pair model at run time: marked texts in, probabilities out. `statements` asks it for acts, `events` for types."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from dateline.language.encoder import Encoder
from dateline.language.floating import UNSEEN, Reading, readings, roles, shared_out
from dateline.language.labels import CLASSES, MODE_CLASSES, QUAD_NAMES, QUAD_OF, STATUS_CLASSES

MOST_MARKS = 96
"""Marks beside a text in one run of the graph; a text with more is read again for the rest."""
QUAD_IN_TYPE, TYPES_IN_QUAD = 0.5, 0.5
"""How much the quad head weighs in the choice of a type, and the types in the choice of a quad (docs/models.md)."""
_QUADS = np.array([QUAD_OF[name] for name in CLASSES[:-1]])
_YIELD = np.array([CLASSES.index("CONCEDE"), CLASSES.index("RETREAT")])


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of one marked pair: probabilities in the order of the classes of labels.py.

    `vector`: what they were read from (1,152 numbers: means at actors' and recipients' marks, and the pair's), on which a
    codebook of one's own is learned; null without weights.
    """

    types: np.ndarray
    quads: np.ndarray
    modes: np.ndarray
    statuses: np.ndarray
    vector: np.ndarray | None = None

    def best(self) -> tuple[str, float]:
        """The likeliest type, NONE left out, and its probability among all classes."""
        i = int(self.types[:-1].argmax())
        return CLASSES[i], float(self.types[i])

    @property
    def none(self) -> float:
        """The probability that the pair is joined by no event."""
        return float(self.types[-1])

    def mode(self, type_: str) -> tuple[str | None, float]:
        """The likeliest mode of a type, None where it has none, with its probability among that type's modes."""
        rows = [i for i, name in enumerate(MODE_CLASSES) if name.startswith(type_ + ".")]
        if not rows:
            return None, 1.0
        i = max(rows, key=lambda r: float(self.modes[r]))
        name = MODE_CLASSES[i].partition(".")[2]
        return (None if name == "-" else name), float(self.modes[i] / max(1e-9, float(self.modes[rows].sum())))

    def status(self) -> tuple[str, float]:
        """The likeliest status and its probability."""
        i = int(self.statuses.argmax())
        return STATUS_CLASSES[i], float(self.statuses[i])


def _even(size: int) -> np.ndarray:
    return np.full(size, 1 / size)


UNKNOWN = Scores(_even(len(CLASSES)), _even(len(QUAD_NAMES)), _even(len(MODE_CLASSES)), _even(len(STATUS_CLASSES)))
"""What is said of a pair where the weights are not installed: nothing is likelier than anything else."""


@cache
def _encoder() -> Encoder:
    return Encoder(Path(str(resources.files("dateline").joinpath("data", "models", "events"))))


def available() -> bool:
    """True if the weights are installed."""
    return resources.files("dateline").joinpath("data", "models", "events", "model.onnx").is_file()


def score(texts: Sequence[str], closing: bool = True) -> list[Scores]:
    """Score marked texts (`<s>…</s>` actor, `<t>…</t>` recipient). UNKNOWN for each without the weights.

    A text is read once, however many of the marked texts differ in their marks alone. `closing`: as for `floating.readings`.
    """
    if not available():
        return [UNKNOWN] * len(texts)
    return [
        Scores(*(_softmax(out[name]) for name in ("type", "quad", "mode", "status")), out["vector"])
        for out in _run(texts, closing)
    ]


def _run(texts: Sequence[str], closing: bool = True) -> list[dict[str, np.ndarray]]:
    """The graph's outputs for marked texts."""
    found: list[dict[str, np.ndarray]] = [{} for _ in texts]
    if not texts:
        return found
    encoder = _encoder()
    for whole in readings(encoder.tokenizer, texts, closing):
        for reading in shared_out(whole, MOST_MARKS):
            out = encoder.session.run(encoder.outputs, _feed(reading))
            for i, pair in enumerate(reading.pairs):
                found[pair.row] = {name: array[i] for name, array in zip(encoder.outputs, out, strict=True)}
    return found


def _feed(reading: Reading) -> dict[str, np.ndarray]:
    """A reading as the graph takes it: every mark sees the text and the marks of its own pair."""
    marks, places, pair = reading.marks()
    before = len(reading.pieces)
    unseen = np.zeros((1, 1, len(pair), before + len(pair)), np.float32)
    unseen[..., before:] = UNSEEN * (pair[:, None] != pair[None, :])
    return {
        "input_ids": np.array(reading.pieces)[None],
        "places": places,
        "marks": marks[None],
        "unseen": unseen,
        "roles": roles(marks, pair, len(reading.pairs)),
    }


@cache
def digest() -> str:
    """sha256 of the weights, "" where they are not installed."""
    if not available():
        return ""
    file = resources.files("dateline").joinpath("data", "models", "events", "model.onnx")
    return "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max())
    return powers / powers.sum()


def given_pair(types: np.ndarray, quads: np.ndarray) -> tuple[str, int]:
    """Type and quad (1–4) of a pair that is known to be joined by an event, from the probabilities of the two heads.

    The corpora of marked pairs join CONCEDE and RETREAT to YIELD, so their probabilities count together. Each head is
    weighed by what the other says: a type by its quad, a quad by its types.
    """
    roots = types[:-1].copy()
    yielded = roots[_YIELD].sum()
    roots[_YIELD] = np.where(roots[_YIELD] == roots[_YIELD].max(), yielded, 0.0)
    by_type = np.bincount(_QUADS, types[:-1], 4) / max(1e-9, float(types[:-1].sum()))
    joined = quads * (1 - TYPES_IN_QUAD) + by_type * TYPES_IN_QUAD
    return CLASSES[int((roots * quads[_QUADS] ** QUAD_IN_TYPE).argmax())], int(joined.argmax()) + 1


def classify_marked(rows: Sequence[Mapping[str, str]]) -> list[tuple[str, int]]:
    """Type and quad (1–4) of given pairs, by the guide of the corpora of such pairs: rows with `marked_sentence`.

    A type is always chosen, never NONE. That guide calls some acts otherwise than the guide of records (docs/models.md),
    so it has heads of its own.
    """
    if not available():
        return [given_pair(UNKNOWN.types, UNKNOWN.quads)] * len(rows)
    outs = _run([row["marked_sentence"] for row in rows])
    return [given_pair(_softmax(out["pair_type"]), _softmax(out["pair_quad"])) for out in outs]


__all__ = [
    "QUAD_NAMES",
    "Scores",
    "available",
    "classify_marked",
    "digest",
    "given_pair",
    "score",
]
