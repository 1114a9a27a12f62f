"""What a statement does by being said: one of seven verbal types, or STATE where it only informs.

The attribution model gives logits from its vectors of cue and content; a logistic regression joins them with what the cue's
own word says (data/words.toml). Its weights are in data/act.json, fitted by learn/statements.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from dateline.errors import DataError

ACTS: tuple[str, ...] = ("STATE", "ACCUSE", "REQUEST", "SUPPORT", "REJECT", "AGREE", "THREATEN", "CONCEDE")
"""What the classifier chooses from, in the order of its outputs. The other types of PLOVER are not done by speaking."""

FEATURES = (
    *(f"model_{a}" for a in ACTS), *(f"cue_{a}" for a in ACTS[1:]), "speech", "thought", "direct", "mixed", "future", "negated",
    "question", "short", "bias",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a statement when its act is decided: the model's logits (8 acts), the acts its cue may stand for,
    whether the cue is one of speech or of thought, the kind of quotation, and the words of the content in lower case."""

    logits: np.ndarray
    cue_acts: tuple[str, ...]
    speech: bool
    thought: bool
    quotation: str
    content: tuple[str, ...]


_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "would"})
_NEGATED = frozenset({"not", "n't", "n’t", "never", "no", "cannot", "won't", "won’t"})


def features(clues: Clues) -> np.ndarray:
    """The values of FEATURES."""
    logits = clues.logits - clues.logits.max()
    logs = logits - np.log(np.exp(logits).sum())
    head = clues.content[:14]
    values = [
        *logs,
        *(float(a in clues.cue_acts) for a in ACTS[1:]),
        float(clues.speech),
        float(clues.thought),
        float(clues.quotation == "direct"),
        float(clues.quotation == "mixed"),
        float(any(w in _FUTURE for w in head)),
        float(any(w in _NEGATED for w in head)),
        float(clues.content[-1:] == ("?",)),
        float(len(clues.content) < 5),
        1.0,
    ]
    return np.array(values, np.float64)


@cache
def _weights() -> np.ndarray:
    table = json.loads(resources.files("dateline").joinpath("statements/data/act.json").read_text(encoding="utf-8"))
    if table["features"] != list(FEATURES) or table["acts"] != list(ACTS):
        raise DataError(
            "statements/data/act.json: not made for these features; run python -m dateline.learn.statements"
        )
    return np.array(table["weights"], np.float64)


def probabilities(clues: Sequence[Clues], weights: np.ndarray | None = None) -> np.ndarray:
    """Probabilities of the acts, one row a statement, columns in the order of ACTS."""
    if not clues:
        return np.zeros((0, len(ACTS)))
    scores = np.stack([features(c) for c in clues]) @ (_weights() if weights is None else weights)
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)
