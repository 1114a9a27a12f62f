"""What a statement does by being said: one of seven verbal types, or STATE where it only informs.

Two models judge: the attribution model from its vectors of cue and content, and the pair model, which knows the types of
events, from the statement with its source marked as the one who acts. A logistic regression joins them with what the cue's own
word says (data/words.toml). Its weights are in data/act.json, fitted by learn/statements.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Protocol

import numpy as np

from dateline.errors import DataError
from dateline.language import pairs
from dateline.language.labels import CLASSES

ACTS: tuple[str, ...] = ("STATE", "ACCUSE", "REQUEST", "SUPPORT", "REJECT", "AGREE", "THREATEN", "CONCEDE")
"""What the classifier chooses from, in the order of its outputs. The other types of PLOVER are not done by speaking."""

FEATURES = (
    *(f"model_{a}" for a in ACTS), *(f"pair_{a}" for a in ACTS), *(f"cue_{a}" for a in ACTS[1:]), "speech", "thought",
    "direct", "mixed", "future", "negated", "question", "short", "bias",
)  # fmt: skip

MAX_MARKED = 500
"""Code points of a statement that the pair model reads."""


class Spoken(Protocol):
    """What `marked` needs of a draft: offsets of source, cue and content."""

    @property
    def source(self) -> tuple[int, int] | None: ...

    @property
    def cue(self) -> tuple[int, int]: ...

    @property
    def content(self) -> tuple[tuple[int, int], ...]: ...


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a statement when its act is decided: the attribution model's logits (8 acts), the acts its cue may
    stand for, whether the cue is one of speech or of thought, the kind of quotation, and the words of the content in lower
    case."""

    logits: np.ndarray
    cue_acts: tuple[str, ...]
    speech: bool
    thought: bool
    quotation: str
    content: tuple[str, ...]


def marked(text: str, draft: Spoken) -> str:
    """A statement as the pair model reads it: the source marked as the one who acts, the cue, what is said."""
    source = text[slice(*draft.source)] if draft.source else "It"
    said = " ".join(text[start:end] for start, end in draft.content)
    return f"<s>{source}</s> {text[slice(*draft.cue)]} {said}".replace("\n", " ")[:MAX_MARKED]


_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "would"})
_NEGATED = frozenset({"not", "n't", "n’t", "never", "no", "cannot", "won't", "won’t"})


_TYPES = tuple(CLASSES.index(a) for a in ACTS[1:])


def of_types(types: np.ndarray) -> np.ndarray:
    """Log probabilities of the acts from the pair model's of its classes; all that is no act counts as STATE."""
    known = types[list(_TYPES)]
    return np.log(np.maximum([max(0.0, 1.0 - float(known.sum())), *known], 1e-3))


def features(clues: Clues, types: np.ndarray) -> np.ndarray:
    """The values of FEATURES; `types`: the pair model's probabilities for the marked statement."""
    logits = clues.logits - clues.logits.max()
    logs = logits - np.log(np.exp(logits).sum())
    head = clues.content[:14]
    values = [
        *logs,
        *of_types(types),
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


def probabilities(clues: Sequence[Clues], texts: Sequence[str]) -> np.ndarray:
    """Probabilities of the acts, one row a statement, columns in the order of ACTS. `texts`: the statements as `marked`."""
    if not clues:
        return np.zeros((0, len(ACTS)))
    types = [scores.types for scores in pairs.score(texts)]
    scores = np.stack([features(c, t) for c, t in zip(clues, types, strict=True)]) @ _weights()
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)
