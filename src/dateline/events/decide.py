"""From scored candidates to what is kept: type, mode and confidence of each, one candidate an act.

The pair model's probabilities are joined with what the trigger list and the statement's act say, on the log scale; the
weights are fitted by logistic regression on the candidates of whole coded articles (`learn.events weigh`, kept in
weights.json). Without the model the lists decide alone, with low confidence.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np

from dateline.events import triggers, words
from dateline.events.candidates import Candidate
from dateline.language.labels import CLASSES, GIVEN
from dateline.language.pairs import Scores
from dateline.model import EVENT_TYPES
from dateline.statements.act import ACTS

FILE = "events/weights.json"

LEXICON_BONUS = 2.0
SPECIFIC_BONUS = 2.5
ACT_BONUS = 2.0
"""How much a trigger, one with a second word, and a statement's act add to a type's log probability."""
_REJECT = CLASSES.index("REJECT")
_GIVEN = [CLASSES.index(name) for name in GIVEN]
_DEEDS = [CLASSES.index(t) for t in EVENT_TYPES if t not in ACTS]
RULES_CONFIDENCE = 0.5
"""Confidence of an event that only the lists vouch for."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A candidate with the type and mode chosen for it and the probability that it is such an event."""

    candidate: Candidate
    type: str
    mode: str | None
    confidence: float
    origin: str


def by_rules(candidate: Candidate) -> Decision | None:
    """What the lists say of a candidate: the statement's act, else the most specific reading of its predicate."""
    act = candidate.act
    if act not in (None, "STATE"):
        mode = next((t.mode for t in candidate.triggers if t.type == act and t.mode), None)
        return Decision(candidate, act, mode, RULES_CONFIDENCE, "statement act")
    if not candidate.triggers:
        return None
    first = candidate.triggers[0]
    mode = next((t.mode for t in candidate.triggers if t.type == first.type and t.mode), None)
    return Decision(candidate, first.type, mode, RULES_CONFIDENCE, f"trigger {candidate.kind}")


def by_model(candidate: Candidate, scores: Scores) -> Decision:
    """The likeliest type of a candidate by model, lists and act together, and its calibrated probability."""
    if candidate.statement is not None and _righted(candidate):
        candidate = replace(candidate, statement=replace(candidate.statement, act="SUPPORT"))
    scores = heard(candidate, scores)
    type_ = CLASSES[int(joined_log(candidate, scores)[:-1].argmax())]
    act = candidate.act
    if act not in (None, "STATE", type_):  # what was said is heard twice, as an act and as a pair: the likelier reading
        type_ = max(type_, act, key=lambda name: probability(features(candidate, scores, name)))
    own = [t.mode for t in candidate.triggers if t.type == type_ and t.mode]
    mode, sure = scores.mode(type_)
    if own and sure < 0.6:
        mode = own[0]
    origin = "pair model" + (", statement act" if candidate.kind == "statement" else f", {candidate.kind}")
    return Decision(candidate, type_, mode, probability(features(candidate, scores, type_)), origin)


def heard(candidate: Candidate, scores: Scores) -> Scores:
    """The scores as they count for a candidate: nothing but the verbal types is done by saying something, and what the model takes
    for the thing refused ("will not support") counts for REJECT."""
    firm = _firm(candidate)
    telling = _only_tells(candidate)
    if candidate.act != "REJECT" and candidate.kind != "statement" and firm is None and not telling:
        return scores
    types = scores.types.copy()
    if firm is not None:
        others = [CLASSES.index(t) for t in EVENT_TYPES if CLASSES.index(t) not in (firm, _REJECT)]
        types[firm] += types[others].sum()
        types[others] = 0.0
    if candidate.act == "REJECT":
        types[_REJECT] += types[_GIVEN].sum()
        types[_GIVEN] = 0.0
    if candidate.kind == "statement":
        types[_DEEDS] = 0.0
    types[telling] = 0.0
    return replace(scores, types=types)


def _only_tells(candidate: Candidate) -> list[int]:
    """The classes of what others did together, where a verb of no list only speaks of it ("described the unions' meeting with the king")."""
    verb = candidate.predicate
    if candidate.kind != "verb" or candidate.triggers or verb is None:
        return []
    owned = [n for n in verb.children if n.dep_ == "dobj" and any(c.dep_ == "poss" for c in n.children)]
    return sorted({CLASSES.index(t.type) for n in owned for t in triggers.read(n) if t.together and t.type})


def _righted(candidate: Candidate) -> bool:
    """Whether a statement says that whom it is on has made a bad thing good ("has corrected an historic injustice"): praise, though its
    words are of wrongs."""
    cue, said = candidate.predicate, candidate.statement
    if candidate.kind != "statement" or said is None or cue is None or not candidate.recipients:
        return False
    verbs = words.load().verbs
    for verb in (
        t for piece in said.content for t in cue.doc.char_span(piece.start, piece.end, alignment_mode="expand")
    ):
        if verb.lemma_.lower() not in verbs["mending"]:
            continue
        below = {c.dep_: c for c in verb.children}
        thing, doer = below.get("dobj"), below.get("nsubj")
        if "neg" in below or thing is None or thing.lemma_.lower() not in verbs["wrongs"] or doer is None:
            continue
        if verb.tag_ in ("VBN", "VBD") and doer.lower_ not in ("i", "we"):
            return True
    return False


def _firm(candidate: Candidate) -> int | None:
    """The class of a verb that is one act and no other, or refused ("welcomed the decision to meet" is no agreement)."""
    verb, verbs = candidate.predicate, words.load().verbs
    if candidate.kind == "statement" and _righted(candidate):
        return CLASSES.index("SUPPORT")
    if candidate.kind != "verb" or verb is None:
        return None
    lemma = verb.lemma_.lower()
    for kind, type_ in (("blaming", "ACCUSE"), ("clearing", "RETREAT"), ("balking", "REJECT")):
        if lemma in verbs[kind]:
            return CLASSES.index(type_)
    if lemma in verbs["charging"] and any(c.lower_ == "with" and c.dep_ == "prep" for c in verb.children):
        return CLASSES.index("ACCUSE")  # "was charged with burglary", but "charged at the marchers"
    if lemma in verbs["swapping"] and any(t.type == "RETREAT" and t.specific for t in candidate.triggers):
        return CLASSES.index("RETREAT")
    hosting = any(c.lower_ == "to" and c.dep_ == "prep" for c in verb.children)  # "welcomed the envoys to the palace"
    return CLASSES.index("SUPPORT") if lemma in verbs["praising"] and not hosting else None


def joined_log(candidate: Candidate, scores: Scores) -> np.ndarray:
    """Log scores of the classes: the model's plus the bonuses of lists and act."""
    logs = np.log(np.maximum(scores.types, 1e-6))
    for trigger in {(t.type, t.specific) for t in candidate.triggers}:
        logs[CLASSES.index(trigger[0])] += SPECIFIC_BONUS if trigger[1] else LEXICON_BONUS
    if candidate.act not in (None, "STATE"):
        logs[CLASSES.index(candidate.act)] += ACT_BONUS
    return logs


FEATURES = (
    "bias", "log_p", "log_none", "margin", "listed", "specific", "act_same", "act_other", "act_none", "statement", "noun", "claimed",
    "claimed_direct", "no_recipient", "no_actor", "recipient_before", "together", "second", "third", "unlisted", "actor_share",
    "recipient_share", "position", *(f"type_{t}" for t in EVENT_TYPES),
)  # fmt: skip
"""What the regression sees of a candidate and a type proposed for it."""


def features(candidate: Candidate, scores: Scores, type_: str) -> list[float]:
    """Values of FEATURES for one candidate and type."""
    logs = np.log(np.maximum(scores.types, 1e-6))
    i = CLASSES.index(type_)
    rest = np.delete(logs, [i, len(CLASSES) - 1])
    statement = candidate.statement
    act = candidate.act
    readings = [t for t in candidate.triggers if t.type == type_]
    before = any(m.start < candidate.start for m in candidate.recipients)
    values = [
        1.0,
        float(logs[i]),
        float(logs[-1]),
        float(logs[i] - rest.max()),
        float(bool(readings)),
        float(any(t.specific for t in readings)),
        float(act == type_),
        float(act not in (None, "STATE", type_)),
        float(act == "STATE"),
        float(candidate.kind == "statement"),
        float(candidate.kind == "noun"),
        float(candidate.claimed),
        float(candidate.claimed and statement is not None and statement.quotation == "direct"),
        float(not candidate.recipients),
        float(not candidate.actors),
        float(before),
        float(candidate.together),
        float(candidate.rank == 1),
        float(candidate.rank > 1),
        float(candidate.kind != "statement" and not candidate.triggers),
        candidate.shares[0],
        candidate.shares[1] if candidate.recipients else 0.5,
        candidate.position,
    ]
    return values + [float(t == type_) for t in EVENT_TYPES]


@cache
def _weights() -> tuple[float, ...] | None:
    file = resources.files("dateline").joinpath(FILE)
    if not file.is_file():
        return None
    table = json.loads(file.read_text(encoding="utf-8"))
    return tuple(float(table["weights"].get(name, 0.0)) for name in FEATURES)


def probability(values: Sequence[float]) -> float:
    """The regression's probability for feature values; the model's own where no weights are installed."""
    weights = _weights()
    if weights is None:
        return math.exp(values[FEATURES.index("log_p")])
    return 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, values, strict=True))))
