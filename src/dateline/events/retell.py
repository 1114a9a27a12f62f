"""One event told twice is one: retellings of the same act by the same parties on the same day are joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.events import own
from dateline.events.decide import Decision
from dateline.events.mentions import Mentions
from dateline.language import Doc
from dateline.model import DateExpression, Event, Status
from dateline.statements.act import ACTS
from dateline.statements.occasions import RECENT

RECIPROCAL = ("CONSULT", "COOPERATE", "AGREE", "ASSAULT")
"""Types whose parties may act on each other; then all of them are actors."""

DONE_TO = ("ASSAULT", "COERCE", "SANCTION", "RETREAT")
"""Types of deeds that are told too where nobody says who did them ("ten soldiers were killed")."""

_DEFINITE = ("the", "this", "that", "these", "those")
"""What makes a noun one that has been spoken of."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it is numbered, with the decision it comes from."""

    event: Event
    decision: Decision
    untold: bool = False
    """Whether its day is that of publication because the text tells none."""
    assumed: bool = False
    """Whether its place is that of the printed dateline because its sentence names none."""


def own_type(type_: str) -> own.OwnType | None:
    """The type of the user's codebook of that name, if one is in force and has it."""
    learned = own.in_force()
    return learned.book.types.get(type_) if learned is not None else None


def involved(event: Event) -> set[str]:
    """All parties of an event: nobody meets alone."""
    return {*event.actors, *event.recipients}


def one_each(drafts: Sequence[Draft]) -> list[Draft]:
    """One event a type, actors, recipients and day: the likeliest, in the order of the text.

    A retelling without a date, or one whose parties are a part of another's on the same day, is the same event; of two readings of
    the same words the one is kept in which all act together.
    """
    kept: list[Draft] = []
    for draft in sorted(
        drafts,
        key=lambda d: (
            mutual(d.event.type) and bool(d.event.recipients), -len(involved(d.event)), _far(d.event.status),
            -d.event.confidence, d.event.evidence.start,
        ),
    ):  # fmt: skip
        same = next((i for i, other in enumerate(kept) if _same(draft, other)), None)
        if same is not None:
            kept[same] = _dated(_placed(kept[same], draft.event), draft)
        elif not _told(draft.event, kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: (d.event.evidence.start, d.event.evidence.end))


def _placed(kept: Draft, again: Event) -> Draft:
    """A draft with the place that another reading of its words gives, where it has none, or another telling, where it has but that of the
    dateline."""
    if kept.event.place is None and not _apart(kept.event, again):
        return replace(kept, event=replace(kept.event, place=again.place))
    if kept.assumed and again.place is not None:
        return replace(kept, event=replace(kept.event, place=again.place), assumed=False)
    return kept


def untold(doc: Doc, event: Event, dates: Sequence[DateExpression]) -> bool:
    """Whether an event is of the day of publication without that its sentence tells of it."""
    sentence = doc.sentence_at(event.evidence.start)
    if event.start is None or event.start != doc.article.published or sentence is None:
        return False
    end = max(sentence.end, event.evidence.end)
    return not any(d.start == event.start and sentence.start <= d.start_offset < end for d in dates)


def _dated(kept: Draft, again: Draft) -> Draft:
    """A draft with the day that another telling of its event gives, where it has none of its own."""
    if kept.untold and not again.untold and again.event.start is not None:
        event = replace(kept.event, start=again.event.start, end=again.event.end, status=again.event.status)
        return replace(kept, event=event, untold=False)
    return kept


def _one_day(one: Draft, other: Draft) -> bool:
    """Whether two tellings may be of one day: the headline says "chides", what follows "on Thursday she chided"."""
    first, second = one.event.start, other.event.start
    if first is None or second is None or first == second:
        return True
    lag = (first - second).days if one.untold else (second - first).days
    return one.untold != other.untold and 0 < lag <= RECENT and one.event.type in ACTS


def _apart(one: Event, other: Event) -> bool:
    """Whether no word tells both."""
    return one.evidence.end <= other.evidence.start or other.evidence.end <= one.evidence.start


def mutual(type_: str) -> bool:
    """True for a type whose parties may act on each other."""
    entry = own_type(type_)
    return type_ in RECIPROCAL if entry is None else entry.reciprocal


def _told(event: Event, kept: Sequence[Draft]) -> bool:
    """Whether an act of several on nobody is told by the same words as one of each of them on somebody."""
    each = {
        actor
        for other in (draft.event for draft in kept)
        if other.type == event.type and other.recipients and not _apart(other, event)
        for actor in other.actors
    }  # fmt: skip
    return len(event.actors) > 1 and not event.recipients and set(event.actors) <= each


def named_again(draft: Draft, told: Sequence[Draft], mentions: Mentions) -> bool:
    """Whether a definite noun without a day only names again what a verb tells of the same sides ("the minister's trip", where she will
    visit)."""
    event, noun = draft.event, draft.decision.candidate.predicate
    if draft.decision.candidate.kind != "noun" or noun is None or (event.start is not None and not draft.untold):
        return False
    if not any(c.dep_ == "poss" or c.lower_ in _DEFINITE for c in noun.children):
        return False
    sides = [{mentions.side(a) for a in who} for who in (event.actors, event.recipients)]
    for other in (d.event for d in told if d.decision.candidate.kind != "noun" and d.event.type == event.type):
        if not _apart(event, other):
            continue
        if draft.untold and event.start is not None:  # of the day of publication, for want of another
            if set(event.actors) == set(other.actors) and set(event.recipients) <= set(other.recipients):
                return True
            continue
        theirs = [{mentions.side(a) for a in who} for who in (other.actors, other.recipients)]
        if sides == theirs or (mutual(event.type) and sides[0] | sides[1] <= theirs[0] | theirs[1]):
            return True
    return False


def refused(draft: Draft, told: Sequence[Draft]) -> bool:
    """Whether what was not done is but what another event says was refused ("refused to endorse them", "balked at endorsing them")."""
    verb = draft.decision.candidate.predicate
    if draft.event.status != "negated" or verb is None or verb.dep_ not in ("xcomp", "pcomp"):
        return False
    above = verb.head if verb.dep_ == "xcomp" else verb.head.head
    refusals = [d for d in told if d.event.type == "REJECT" and d.event.actors == draft.event.actors]
    return any(d.decision.candidate.predicate == above for d in refusals)


def part_of_another(draft: Draft, told: Sequence[Draft]) -> bool:
    """Whether a noun without a doer stands within the words that tell such an event ("died in a shootout with the police")."""
    event, candidate = draft.event, draft.decision.candidate
    return (
        candidate.kind == "noun"
        and not event.actors
        and any(
            other.event.type == event.type
            and other is not draft
            and other.event.evidence.start <= event.evidence.start
            and event.evidence.end <= other.event.evidence.end
            and other.event.evidence != event.evidence
            for other in told
        )
    )


def known_deed(draft: Draft, told: Sequence[Draft], mentions: Mentions) -> bool:
    """Whether a deed that has no doer is one that is told with its doer elsewhere ("two hostages were freed", where "the rebels freed two
    hostages"): of those who suffered it there, or by a definite noun of whoever did, without a day of its own."""
    event, candidate = draft.event, draft.decision.candidate
    if event.type not in DONE_TO or event.actors or not event.recipients or candidate.predicate is None:
        return False
    noun = candidate.kind == "noun" and any(c.lower_ in _DEFINITE for c in candidate.predicate.children)
    for other in told:
        if other.event.type != event.type or other.event.mode != event.mode or not other.event.actors:
            continue
        if other.event.status != event.status or not _apart(event, other.event) or not _at_one_time(draft, other):
            continue
        if set(event.recipients) <= set(other.event.recipients):
            return True
        groups = all(mentions.actors[r].kind == "population" for r in event.recipients)
        before = other.event.evidence.start < event.evidence.start
        if noun and groups and before and (event.start is None or draft.untold):
            return True
    return False


def _at_one_time(one: Draft, other: Draft) -> bool:
    """Whether two tellings may be of one time: neither has a day of its own that the other's is not."""
    free = [d.untold or d.event.start is None for d in (one, other)]
    return any(free) or (one.event.start, one.event.end) == (other.event.start, other.event.end)


def _far(status: Status) -> int:
    """How far a reading is from what has happened: of two of the same words the nearer is kept."""
    return {"future": 1, "hypothetical": 2}.get(status, 0)


def _of_one_reading(draft: Draft, kept: Draft) -> bool:
    """Whether the same words may give both statuses: "would meet in May" is planned or possible, "has threatened to expel them" or "said
    that it could not support them" is one threat or refusal by its cue and by what is said."""
    either = {draft.event.status, kept.event.status}
    if either <= {"future", "hypothetical"} or (draft.event.type in ACTS and either <= {"actual", "future"}):
        return True
    return either <= {"actual", "hypothetical"} and any(d.decision.candidate.kind == "statement" for d in (draft, kept))


def _said(one: Draft, other: Draft) -> bool:
    """Whether one of two is done by a statement as a whole, the other by what is told in it."""
    made = (one.decision.candidate, other.decision.candidate)
    return {c.kind for c in made} == {"statement", "verb"} and any(c.claimed for c in made)


def _same(draft: Draft, kept: Draft) -> bool:
    one, other = draft.event, kept.event
    apart = _apart(one, other)
    if one.type != other.type or (one.status != other.status and (apart or not _of_one_reading(draft, kept))):
        return False
    if not _one_day(draft, kept) and not (not apart and one.type in ACTS and _said(draft, kept)):
        return False  # but "said on Friday that he would meet them on Monday" is said once
    whole, part = {*other.actors, *other.recipients}, {*one.actors, *one.recipients}
    if (
        mutual(one.type)
        and not (one.recipients and other.recipients)
        and (not apart or not (one.recipients or other.recipients))
    ):
        return part <= whole or whole <= part
    if set(one.actors) != set(other.actors):
        return False
    mine, theirs = set(one.recipients), set(other.recipients)
    return mine == theirs or (not apart and (mine <= theirs or theirs <= mine))
