"""What a statement does by being said: one of seven verbal types, or STATE where it only informs.

Two models judge: the attribution model from its vectors of cue and content, and the pair model, which knows the types of
events, from the statement with its source marked as the one who acts. Their log probabilities are added, and what the words say
of the act (clues.py: the cue and how it goes on, what the speaker's side will do) adds to the acts named. Weights fitted on the
coded articles did worse on others (.55 against .63 of 144), since both models have seen those articles; so they are few and set
by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from dateline.language import pairs
from dateline.language.labels import CLASSES, GIVEN

ACTS: tuple[str, ...] = ("STATE", "ACCUSE", "REQUEST", "SUPPORT", "REJECT", "AGREE", "THREATEN", "CONCEDE")
"""What the classifier chooses from, in the order of its outputs. The other types of PLOVER are not done by speaking."""

CUE = 2.5
"""What the cue's word adds to its acts, on the log scale."""
HEAD = 0.3
"""How much the attribution model's own head counts beside the pair model, which learned from three times as many labelled acts. Both
chosen on 4,494 labelled statements that the pair model of then had not seen, on 353 that readers heard in PolNeAR dev, on the coded
articles and the development pages, which do not agree (docs/trials.md)."""
WILL = 0.7
"""What a refusal or threat loses where what is said begins with what a thing does or is: both are somebody's will."""
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
    """What is known of a statement when its act is decided: the attribution model's logits, and the acts that its cue, or what
        the speaker does or announces within what is said, may stand for (clues.py). `plain`: of these the ones that the words leave no doubt of, which
    count twice. `refused`: it says that the speaker will not do something. `of_thing`: it begins with what a thing does."""

    logits: np.ndarray
    cue_acts: tuple[str, ...]
    refused: bool = False
    of_thing: bool = False
    plain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as `marked` reads it, where there is no draft of it: one told by a corpus or by an analyst."""

    source: tuple[int, int] | None
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]


def marked(text: str, draft: Spoken) -> str:
    """A statement as the pair model reads it: the source marked as the one who acts, the cue, what is said."""
    source = text[slice(*draft.source)] if draft.source else "It"
    said = " ".join(text[start:end] for start, end in draft.content)
    return f"<s>{source}</s> {text[slice(*draft.cue)]} {said}".replace("\n", " ")[:MAX_MARKED]


_REFUSAL = ACTS.index("REJECT")
_WILLED = (_REFUSAL, ACTS.index("THREATEN"))
_GIVEN = tuple(ACTS.index(a) for a in GIVEN)
_TYPES = tuple(CLASSES.index(a) for a in ACTS[1:])


def of_types(types: np.ndarray) -> np.ndarray:
    """Log probabilities of the acts from the pair model's of its classes; all that is no act counts as STATE."""
    known = types[list(_TYPES)]
    return np.log(np.maximum([max(0.0, 1.0 - float(known.sum())), *known], 1e-3))


def probabilities(clues: Sequence[Clues], texts: Sequence[str]) -> np.ndarray:
    """Probabilities of the acts, one row a statement, columns in the order of ACTS. `texts`: the statements as `marked`."""
    if not clues:
        return np.zeros((0, len(ACTS)))
    judged = np.stack([of_types(scores.types) for scores in pairs.score(texts)])
    logits = np.stack([c.logits for c in clues])
    logits = logits - logits.max(1, keepdims=True)
    sums = judged + HEAD * (logits - np.log(np.exp(logits).sum(1, keepdims=True)))
    sums += CUE * np.array([[(a in c.cue_acts) + (a in c.plain) for a in ACTS] for c in clues])
    for row, clue in zip(sums, clues, strict=True):
        if clue.of_thing and not clue.cue_acts:
            row[list(_WILLED)] -= WILL
        if clue.refused:  # the models hear what is refused: "will not support" is no support
            row[_REFUSAL] = np.logaddexp.reduce(row[[_REFUSAL, *_GIVEN]]) + CUE
            row[list(_GIVEN)] = -np.inf
    powers = np.exp(sums - sums.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)
