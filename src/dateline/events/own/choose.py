"""Decisions with a codebook of the user's in force: its own types beside the 16, or in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.events import decide
from dateline.events.candidates import Candidate
from dateline.events.decide import Decision
from dateline.events.own.learned import Learned
from dateline.language.pairs import Scores

SURE = 0.5
"""From this probability on an own type is taken whatever the 16 say: it is a narrower word for the same event."""


def decided(found: Sequence[Candidate], scores: Sequence[Scores], learned: Learned) -> list[Decision]:
    """A decision for every candidate. The user's words make candidates for his types only, so the rest stays as it was."""
    made = []
    for candidate, scored in zip(found, scores, strict=True):
        own = _own(candidate, scored, learned)
        plain = _plain(candidate, scored) if learned.book.extends else None
        made.append(own if plain is None or own.confidence >= min(SURE, plain.confidence) else plain)
    return made


def _own(candidate: Candidate, scored: Scores, learned: Learned) -> Decision:
    type_, probability = learned.best(scored)
    origin = f"codebook {learned.book.name}, {candidate.kind}"
    return Decision(candidate, type_, None, probability, origin)


def _plain(candidate: Candidate, scored: Scores) -> Decision | None:
    """What is decided without the codebook; None for a candidate that only its words have made."""
    usual = tuple(t for t in candidate.triggers if t.own is None)
    if candidate.kind != "statement" and not usual:
        return None
    return decide.by_model(replace(candidate, triggers=usual), scored)
