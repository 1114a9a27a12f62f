"""On which day an event was: the date that hangs on its words, that of its speaking, or the day that the lines above speak of."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.events import words
from dateline.events.candidates import Candidate
from dateline.language import Doc
from dateline.model import DateExpression

if TYPE_CHECKING:
    from spacy.tokens import Token

Days = tuple[datetime.date | None, datetime.date | None]

CARRIED, RECENT = 500, 7
"""How far above a deed without a date, in code points, a day may stand that holds for it too, and how many days ago it may be."""


def day(doc: Doc, candidate: Candidate, dates: Sequence[DateExpression], verbal: bool) -> Days:
    """First and last day of an event. `verbal`: whether it is done by speaking.

    The date that hangs on its predicate, else for what is done by speaking the day of the statement or of publication; for deeds
    the nearest date of the clause, of the sentence, and of the days before in the lines above.
    """
    statement = candidate.statement
    belongs = [(d, _belongs(doc, d, candidate.predicate, verbal)) for d in dates if d.start is not None]
    dated = [d for d, whose in belongs if whose is not False]
    at = candidate.predicate.idx if candidate.predicate is not None else candidate.start
    own = [d for d, whose in belongs if whose]
    if own:
        closest = min(own, key=lambda d: abs(d.start_offset - at))
        return closest.start, closest.end
    if candidate.kind == "statement" and statement is not None:
        given = statement.date or doc.article.published
        return given, given
    if verbal:
        by_speaker = statement is not None and statement.speaker in {m.actor for m in candidate.actors}
        if not candidate.claimed or by_speaker:
            given = (statement.date if statement is not None and by_speaker else None) or doc.article.published
            return given, given
    dated = [
        d
        for d in dated
        if not doc.text[max(0, d.start_offset - 12) : d.start_offset].rstrip().lower().endswith(" since")
    ]  # no day, but a begin
    near = [d for d in dated if candidate.start <= d.start_offset < candidate.end]
    if not near and (sentence := doc.sentence_at(candidate.start)) is not None:
        near = [d for d in dated if sentence.start <= d.start_offset < sentence.end]
    if near:
        closest = min(near, key=lambda d: abs(d.start_offset - at))
        return closest.start, closest.end
    return _carried(doc, candidate, dated)


def _belongs(doc: Doc, date: DateExpression, predicate: Token | None, verbal: bool) -> bool | None:
    """True for a date whose nearest verb is the predicate ("On Monday he met", not "the talks that began in May"); False for one of
    something else before or after which the predicate was ("met after a summit last week"), and for the day by which something is asked
    or promised ("called for sanctions before the winter"); None where the parse does not tell."""
    tokens = doc.tokens(date.start_offset, date.end_offset)
    if predicate is None or not len(tokens):
        return None
    verbs = words.load().verbs
    if verbal and tokens.root.dep_ == "pobj" and tokens.root.head.lower_ in verbs["deadlines"]:
        return False
    beside = verbs["beside"]
    for above in tokens.root.ancestors:
        if above == predicate:
            return True
        if above.pos_ == "NOUN" and above.dep_ == "pobj" and above.head.lower_ in beside:
            return None if above.is_ancestor(predicate) else False
        if above.pos_ in ("VERB", "AUX") and above.lower_ not in beside:
            return None
    return None


def _carried(doc: Doc, candidate: Candidate, dated: Sequence[DateExpression]) -> Days:
    """The day that the lines above speak of, where a deed is told in the past without one of its own."""
    published, token = doc.article.published, candidate.predicate
    if published is None or token is None or candidate.claimed or not _past(token):
        return None, None
    above = [
        d
        for d in dated
        if d.granularity == "day"
        and candidate.start - CARRIED <= d.start_offset < candidate.start
        and 0 <= (published - (d.start or published)).days <= RECENT
    ]
    return (above[-1].start, above[-1].end) if above else (None, None)


def _past(verb: Token) -> bool:
    """Whether a verb is told in the past, as an act or as one undergone ("met", "were released")."""
    helped = verb.tag_ == "VBN" and any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" for c in verb.children)
    return verb.tag_ == "VBD" or (helped and not any(c.lemma_ == "have" for c in verb.children))
