"""Which attributions are statements of the record, and how sure that is.

The attribution model marks every report of speech, thought, intention and polling. The record keeps reported speech and
thought whose source is named or described. A logistic regression fitted on coded articles (learn/statements.py, weights in
data/keep.json) tells how likely an analyst would have kept an attribution; its probability is the statement's confidence.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from dateline.errors import DataError

FEATURES = (
    "sure", "speech", "thought", "listed_act", "other_cue", "nominal", "no_source", "pronoun", "document", "survey",
    "direct", "mixed", "nested", "quoted_cue", "log_words", "very_short", "known_kind", "person", "state", "own", "passive", "bare", "undone", "about", "bias",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of an attribution when it is decided on; see FEATURES and `values`."""

    confidence: float
    speech: bool
    thought: bool
    acts: bool
    nominal: bool
    source: str
    """"none", "pronoun", "document", "survey", "person", "state" or "other"."""
    quotation: str
    nested: bool
    quoted_cue: bool
    content_words: int
    own: bool
    """The source is "I", "we" or "you"."""
    passive: bool
    bare: bool
    """What is said has no verb and no quotation: a topic or a target ("praised the efforts")."""
    undone: bool
    """The cue is negated or only imagined: "has not accused", "would demand"."""
    about: bool
    """The cue tells the topic: "joked about"."""


def values(look: Look) -> np.ndarray:
    """The values of FEATURES."""
    p = min(max(look.confidence, 0.01), 0.99)
    return np.array(
        [
            math.log(p / (1 - p)),
            look.speech,
            look.thought,
            look.acts,
            not (look.speech or look.thought or look.acts),
            look.nominal,
            look.source == "none",
            look.source == "pronoun",
            look.source == "document",
            look.source == "survey",
            look.quotation == "direct",
            look.quotation == "mixed",
            look.nested,
            look.quoted_cue,
            math.log1p(look.content_words),
            look.content_words < 4,
            look.source in ("person", "state"),
            look.source == "person",
            look.source == "state",
            look.own,
            look.passive,
            look.bare,
            look.undone,
            look.about,
            1.0,
        ],
        np.float64,
    )


@cache
def _weights() -> tuple[np.ndarray, float]:
    table = json.loads(resources.files("dateline").joinpath("statements/data/keep.json").read_text(encoding="utf-8"))
    if table["features"] != list(FEATURES):
        raise DataError(
            "statements/data/keep.json: not made for these features; run python -m dateline.learn.statements"
        )
    return np.array(table["weights"], np.float64), float(table["least"])


def probability(look: Look) -> float:
    """How likely an attribution is a statement that a coder would have kept."""
    return float(1 / (1 + math.exp(-float(values(look) @ _weights()[0]))))


def least() -> float:
    """The probability below which an attribution is left out, chosen by cross-validation over articles."""
    return _weights()[1]
