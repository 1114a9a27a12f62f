"""Global ids of rows: a hash of article, kind and content, the same whenever and wherever the article is coded.

What counts as content is what a reader would call the same row after a new version coded the article again: the words of
a statement, but not the act a model gave it; so that what an analyst attached to a row finds it again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from dateline.model import Actor, Coding, DateExpression, Event, Place, Problem, Span, Statement, Talks

DIGITS = 20
"""Hex digits kept: 80 bits, so that among 10^9 rows a collision has a chance of one in two million."""


def digest(*parts: object) -> str:
    """Hash of the parts, parted so that no two lists of parts run together."""
    joined = "\0".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


class Ids:
    """The ids of one coding's rows. Rows with equal content get numbers in their order, so every id is its own."""

    def __init__(self, coding: Coding) -> None:
        self._article = coding.article.id
        self._seen: Counter[str] = Counter()
        self.actors = {a.id: self.of("actor", *_actor(a)) for a in coding.actors}
        self.places = {p.id: self.of("place", *_place(p)) for p in coding.places}
        self.dates = {d.id: self.of("date", *_date(d)) for d in coding.dates}
        self.statements = {s.id: self.of("statement", *_statement(s)) for s in coding.statements}
        names = {a.id: a.name.casefold() for a in coding.actors}
        self.events = {e.id: self.of("event", *_event(e, names)) for e in coding.events}
        self.talks = {t.id: self.of("talks", *_talks(t, names)) for t in coding.talks}

    def of(self, kind: str, *content: object) -> str:
        """The id of one row, kind first for the reader's eye: "event-3f2a…"."""
        base = digest(self._article, kind, *content)
        self._seen[base] += 1
        again = self._seen[base]
        return f"{kind}-{(base if again == 1 else digest(base, again))[:DIGITS]}"

    def mention(self, owner: str, span: Span) -> str:
        """The id of a mention of the row `owner`."""
        return self.of("mention", owner, span.start, span.end)

    def problem(self, problem: Problem) -> str:
        """The id of a problem row of this article."""
        return self.of("problem", problem.stage, problem.message)


def failure_id(source: str, problem: Problem) -> str:
    """The id of a problem row of an input that gave no article."""
    return f"problem-{digest('failed', source, problem.stage, problem.message)[:DIGITS]}"


def _actor(actor: Actor) -> Iterable[object]:
    return (actor.name.casefold(),)


def _place(place: Place) -> Iterable[object]:
    first = min((m.start for m in place.mentions), default=-1)
    return (place.name.casefold(), first)


def _date(date: DateExpression) -> Iterable[object]:
    return (date.start_offset, date.end_offset)


def _statement(statement: Statement) -> Iterable[object]:
    cue = (statement.cue.start, statement.cue.end) if statement.cue else (-1, -1)
    return (*cue, *(offset for span in statement.content for offset in (span.start, span.end)))


def _event(event: Event, names: dict[str, str]) -> Iterable[object]:
    # The house rule of a coding: one event a (type, actors, recipients, date) and article.
    return (event.type, *_named(event.actors, names), "→", *_named(event.recipients, names), event.start)


def _talks(talks: Talks, names: dict[str, str]) -> Iterable[object]:
    return (*_named(talks.parties, names), talks.start)


def _named(actors: Iterable[str], names: dict[str, str]) -> list[str]:
    return sorted(names.get(actor, actor) for actor in actors)
