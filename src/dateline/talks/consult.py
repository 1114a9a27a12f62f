"""The CONSULT event that talks are: one for each meeting that was held, in place of its scattered retellings."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from dateline.actors import Actors
from dateline.events import codebook
from dateline.model import Article, Event, Status, Talks

LEAST = 0.5
"""Talks less certain than this (fewer than two of venue, days and outcome beside their parties) make no event of their own."""


def consultations(
    article: Article, actors: Actors, talks: Sequence[Talks], events: Sequence[Event], historical_days: int
) -> tuple[Event, ...]:
    """The events with one CONSULT a meeting: parties and mediators as actors, mode third-party where somebody mediated.

    A CONSULT of some of them on a day that does not differ is the same meeting told again and goes. Talks only announced
    are no meeting (their announcement is AGREE). What was agreed there was so at that place. Events are numbered anew in the order of the text.
    """
    kept = list(events)
    for meeting in talks:
        sides = {side for party in meeting.parties for side in _sides(actors, party)}
        if meeting.outcome == "announced" or len(sides) < 2 or meeting.confidence < LEAST or not meeting.evidence:
            continue
        event = _event(article, meeting, historical_days)
        retold = [e for e in kept if _retold(e, meeting, sides, actors, event.status == "future")]
        kept = [e for e in kept if e not in retold]
        place = meeting.place or next((e.place for e in retold if e.place), None)
        kept = [_agreed_there(e, meeting, sides, actors) for e in kept]
        kept.append(replace(event, place=place))
    kept.sort(key=lambda e: (e.evidence.start, e.evidence.end))
    return tuple(replace(event, id=f"e{number}") for number, event in enumerate(kept, 1))


def _sides(actors: Actors, identity: str) -> set[str]:
    """The sides that an actor stands for: countries, or itself where it has none."""
    found = (actors.get(member) for member in actors.members(identity))
    return {actor.country or actor.id for actor in found if actor is not None}


def _retold(event: Event, meeting: Talks, sides: set[str], actors: Actors, ahead: bool) -> bool:
    if event.type != "CONSULT" or event.status == "negated" or (event.status == "future" and not ahead):
        return False
    involved = {side for a in (*event.actors, *event.recipients) for side in _sides(actors, a)}
    with_mediators = sides | {side for m in meeting.mediators for side in _sides(actors, m)}
    if not involved & sides or not involved <= with_mediators:
        return False
    if event.start is None or meeting.start is None:
        return True
    return event.start <= (meeting.end or meeting.start) and meeting.start <= (event.end or event.start)


def _agreed_there(event: Event, meeting: Talks, sides: set[str], actors: Actors) -> Event:
    """An accord that the parties of a meeting made on its days, with the place of the meeting where it has none."""
    if event.type != "AGREE" or event.place is not None or meeting.place is None or event.status == "future":
        return event
    involved = {side for a in (*event.actors, *event.recipients) for side in _sides(actors, a)}
    if meeting.outcome not in ("agreement", "partial") or len(involved) < 2 or not involved <= sides:
        return event
    if event.start is None or meeting.start is None or event.start != (meeting.end or meeting.start):
        return event
    return replace(event, place=meeting.place)


def _event(article: Article, meeting: Talks, historical_days: int) -> Event:
    mode = "third-party" if meeting.mediators else "multilateral" if len(meeting.parties) > 2 else None
    book = codebook.load()
    return Event(
        id="",
        type="CONSULT",
        mode=mode,
        actors=(*meeting.parties, *meeting.mediators),
        recipients=(),
        evidence=meeting.evidence[0],
        start=meeting.start,
        end=meeting.end,
        place=meeting.place,
        status=_status(article.published, meeting.end or meeting.start, historical_days),
        contexts=("diplomatic",),
        quad=book.types["CONSULT"].quad,
        score=book.score("CONSULT", mode),
        confidence=meeting.confidence,
        origin="talks",
    )


def _status(published: datetime.date | None, day: datetime.date | None, historical_days: int) -> Status:
    if published is None or day is None:
        return "actual"
    if day > published:
        return "future"
    return "historical" if (published - day).days > historical_days else "actual"
