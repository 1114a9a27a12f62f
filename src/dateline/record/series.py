"""Dyads over time, and what one actor does to others."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dateline.errors import UsageError
from dateline.model import EVENT_TYPES
from dateline.model.event import QUADS
from dateline.record.computed import Computed
from dateline.record.file import reading
from dateline.record.moments import Moment, Who, involving, moments, who, within
from dateline.record.query import Day, in_order
from dateline.record.query import day as iso

if TYPE_CHECKING:
    from dateline.record.timeline import Entry

By = Literal["week", "month", "year"]
PERIODS: tuple[By, ...] = ("week", "month", "year")
QUAD_COLUMNS = tuple(dict.fromkeys(quad.replace(" ", "_") for quad in QUADS.values()))


@dataclass(frozen=True, slots=True)
class Period:
    """One week (from Monday), month or year of a dyad.

    `forth`, `back`: events of the first side upon the second, and the other way; `mutual`: of both together. `reports`:
    articles' events behind them; `texts`: different texts among these, summed over events; `independent`: their share,
    1.0 if every report is a text of its own, null without events. `score`: mean conflict–cooperation score, -10 to 10.
    """

    start: datetime.date
    label: str
    events: int
    forth: int
    back: int
    mutual: int
    reports: int
    texts: int
    independent: float | None
    score: float | None
    quads: dict[str, int]
    types: dict[str, int]


PERIOD_KINDS = {
    "start": "date", "label": "text", "events": "integer", "forth": "integer", "back": "integer", "mutual": "integer",
    "reports": "integer", "texts": "integer", "independent": "real", "score": "real",
    **dict.fromkeys(QUAD_COLUMNS, "integer"), **{t.lower(): "integer" for t in EVENT_TYPES},
}  # fmt: skip


def period_record(p: Period) -> dict[str, Any]:
    """A period as one flat record: a column for each quad class and each type."""
    flat = {name: getattr(p, name) for name in PERIOD_KINDS if hasattr(p, name)}
    quads = {name: p.quads.get(name.replace("_", " "), 0) for name in QUAD_COLUMNS}
    return flat | quads | {t.lower(): p.types.get(t, 0) for t in EVENT_TYPES}


@dataclass(frozen=True)
class Dyad:
    """Two sides and what passes between them. Read when asked for, and then kept."""

    path: Path
    first: Who
    second: Who
    since: datetime.date | None
    until: datetime.date | None
    statuses: tuple[str, ...]

    @cached_property
    def events(self) -> tuple[Moment, ...]:
        """The events of one side upon the other, and of both together, oldest first, undated ones last."""
        where, values = involving(self.first, self.second)
        found = within(moments(self.path, where, values, self.statuses), self.since, self.until)
        return tuple(m for m in found if self.direction(m))

    def direction(self, event: Moment) -> str | None:
        """Which way an event goes: "forth", "back", "mutual"; None where both stand on one side against a third."""
        a, b = self.first.rows, self.second.rows
        acts, meant = set(event.actors), set(event.recipients)
        if acts & a and meant & b:
            return "forth"
        if acts & b and meant & a:
            return "back"
        return "mutual" if acts & a and acts & b and not meant and len(acts) > 1 else None

    def series(self, by: By = "month") -> Computed[Period]:
        """The dyad by week, month or year: every period from the first dated event to the last, also the empty ones.

        Events without a date are in none; `undated` counts them. Raises UsageError for another `by`.
        """
        dated = [m for m in self.events if m.day]
        groups: dict[datetime.date, list[Moment]] = {
            day: [] for day in periods([m.day for m in dated if m.day], by)
        }  # fmt: skip
        for moment in dated:
            assert moment.day is not None
            groups[begin(moment.day, by)].append(moment)
        rows = tuple(self._period(day, group, by) for day, group in groups.items())
        return Computed(rows, PERIOD_KINDS, period_record)

    @property
    def undated(self) -> int:
        """How many events have no date and so are in no period."""
        return sum(1 for m in self.events if m.day is None)

    def _period(self, start: datetime.date, group: list[Moment], by: By) -> Period:
        ways = Counter(self.direction(m) for m in group)
        reports, texts = sum(m.told.reports for m in group), sum(m.told.texts for m in group)
        scores = [m.score for m in group if m.score is not None]
        return Period(
            start, label(start, by), len(group), ways["forth"], ways["back"], ways["mutual"], reports, texts,
            round(texts / reports, 4) if reports else None, round(sum(scores) / len(scores), 3) if scores else None,
            dict(Counter(m.quad for m in group if m.quad)), dict(Counter(m.type for m in group)),
        )  # fmt: skip


def begin(day: datetime.date, by: By) -> datetime.date:
    """The first day of the period that a day is in; weeks begin on Monday (ISO 8601)."""
    if by == "week":
        return day - datetime.timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day.replace(month=1, day=1)


def label(start: datetime.date, by: By) -> str:
    """A period in few letters: 2025-W45, 2025-11, 2025."""
    if by == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02d}"
    return start.strftime("%Y-%m") if by == "month" else str(start.year)


def periods(days: Iterable[datetime.date], by: By) -> Iterator[datetime.date]:
    """The first days of all periods from the earliest to the latest of these days. Raises UsageError for another `by`."""
    if by not in PERIODS:
        raise UsageError(f"by '{by}' is unknown; choose from {', '.join(PERIODS)}")
    given = list(days)
    if not given:
        return
    start, last = begin(min(given), by), max(given)
    while start <= last:
        yield start
        step = {"week": 7, "month": 31, "year": 366}[by]
        start = begin(start + datetime.timedelta(days=step), by)


# ---- one actor

RELATIONS: dict[str, tuple[str, ...]] = {
    "blames": ("ACCUSE",),
    "supports": ("SUPPORT", "AID", "COOPERATE"),
    "meets": ("CONSULT",),
    "demands": ("REQUEST",),
    "rejects": ("REJECT",),
    "threatens": ("THREATEN",),
    "concedes": ("CONCEDE", "RETREAT", "AGREE"),
    "coerces": ("SANCTION", "COERCE", "MOBILIZE"),
    "attacks": ("ASSAULT",),
}
"""What an actor does to others, by the event types that count for it."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """One whom an actor acts upon (or who acts upon it): how often, first and last, with what mean score."""

    name: str
    key: str | None
    country: str | None
    sector: str | None
    events: int
    reports: int
    texts: int
    first: datetime.date | None
    last: datetime.date | None
    score: float | None


COUNTERPART_KINDS = {
    "name": "text", "key": "text", "country": "text", "sector": "text", "events": "integer", "reports": "integer",
    "texts": "integer", "first": "date", "last": "date", "score": "real",
}  # fmt: skip


@dataclass(frozen=True)
class Profile:
    """One actor in the whole record: whom it blames, supports, meets; and by whom it is blamed, supported."""

    path: Path
    who: Who
    since: datetime.date | None
    until: datetime.date | None
    statuses: tuple[str, ...]

    @property
    def name(self) -> str:
        """How it is called most often."""
        return self.who.name

    @cached_property
    def events(self) -> tuple[Moment, ...]:
        """The events it takes part in, on either side."""
        where, values = involving(self.who)
        return tuple(within(moments(self.path, where, values, self.statuses), self.since, self.until))

    def blames(self) -> Computed[Counterpart]:
        """Whom it accuses."""
        return self.relation("blames")

    def blamed_by(self) -> Computed[Counterpart]:
        """Who accuses it."""
        return self.relation("blames", by=True)

    def supports(self) -> Computed[Counterpart]:
        """Whom it supports, aids or works with."""
        return self.relation("supports")

    def supported_by(self) -> Computed[Counterpart]:
        """Who supports, aids or works with it."""
        return self.relation("supports", by=True)

    def meets(self) -> Computed[Counterpart]:
        """Whom it meets, visits, receives or telephones with."""
        return self.relation("meets")

    def relation(self, name: str, by: bool = False) -> Computed[Counterpart]:
        """Counterparts in one of RELATIONS, the most frequent first. `by`: those who do it to this actor.

        Mutual events (a meeting, an accord) count both ways. Raises UsageError for an unknown relation.
        """
        if name not in RELATIONS:
            raise UsageError(f"relation '{name}' is unknown; choose from {', '.join(RELATIONS)}")
        met: dict[str, list[Moment]] = {}
        for event in self.events:
            if event.type in RELATIONS[name]:
                for other in self._others(event, by or name == "meets", not by or name == "meets"):
                    met.setdefault(other, []).append(event)
        return Computed(tuple(_counterparts(self.path, met)), COUNTERPART_KINDS, _counterpart_record)

    def _others(self, event: Moment, received: bool, done: bool) -> Iterator[str]:
        own = self.who.rows
        if done and own & set(event.actors):
            yield from (i for i in event.recipients if i not in own)
        if received and own & set(event.recipients):
            yield from (i for i in event.actors if i not in own)
        if not event.recipients and own & set(event.actors):
            yield from (i for i in event.actors if i not in own)


def _counterparts(path: Path, met: dict[str, list[Moment]]) -> list[Counterpart]:
    """Actor rows of different articles with one key are one counterpart; without a key, those of one name and country."""
    grouped: dict[Any, tuple[tuple[Any, ...], dict[str, Moment]]] = {}
    with reading(path) as db:
        for row, events in met.items():
            found = db.execute("SELECT name, key, country, sector FROM actor WHERE id = ?", (row,)).fetchone()
            identity = found[1] or (found[0].casefold(), found[2])
            _, known = grouped.setdefault(identity, (found, {}))
            known.update({event.id: event for event in events})
    rows = []
    for (name, key, country, sector), events_by_id in grouped.values():
        events = list(events_by_id.values())
        days = [e.day for e in events if e.day]
        scores = [e.score for e in events if e.score is not None]
        rows.append(
            Counterpart(
                name, key, country, sector, len(events), sum(e.told.reports for e in events),
                sum(e.told.texts for e in events), min(days, default=None), max(days, default=None),
                round(sum(scores) / len(scores), 3) if scores else None,
            )
        )  # fmt: skip
    return sorted(rows, key=lambda r: (-r.events, -r.texts, r.name))


def _counterpart_record(row: Counterpart) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COUNTERPART_KINDS}


class Analysed:
    """What `Record` offers of dyads and actors."""

    path: Path

    def dyad(
        self, first: str, second: str, *, since: Day | None = None, until: Day | None = None,
        statuses: Iterable[str] = ("actual",),
    ) -> Dyad:  # fmt: skip
        """What passes between two sides: `record.dyad("PAK", "AFG").series("month")`.

        A side is a country code (three capitals: all actors of that country), a key, a row id, an abbreviation or part of a
        name, with those who act for it. Who is in both counts for the narrower side alone: `dyad("COL", "FARC")` is what
        passes between the FARC and the rest of Colombia. Raises RecordError if the record has no such actor, UsageError if
        both are the same.
        """
        sides = [who(self.path, name, members=True) for name in (first, second)]
        narrow, wide = sorted(sides, key=lambda side: len(side.rows))
        if narrow.rows == wide.rows:
            raise UsageError(f"'{first}' and '{second}' are the same actors; a dyad has two sides")
        rest = replace(wide, rows=wide.rows - narrow.rows)
        one, other = (rest if side is wide else side for side in sides)
        return Dyad(self.path, one, other, *span(since, until), tuple(statuses))

    def timeline(
        self, *, actor: str | None = None, type: str | None = None, since: Day | None = None, until: Day | None = None,
        statuses: Iterable[str] = ("actual",), talks: bool = True,
    ) -> Computed[Entry]:  # fmt: skip
        """Events and rounds of talks in the order of their days (see timeline.timeline)."""
        from dateline.record.timeline import timeline  # built on this module

        return timeline(self.path, actor=actor, type=type, since=since, until=until, statuses=statuses, talks=talks)

    def actor(
        self, name: str, *, since: Day | None = None, until: Day | None = None, statuses: Iterable[str] = ("actual",)
    ) -> Profile:
        """One actor across the record: `record.actor("state:PAK").blames()`. `name` as a side of `dyad`."""
        return Profile(self.path, who(self.path, name), *span(since, until), tuple(statuses))


def span(since: Day | None, until: Day | None) -> tuple[datetime.date | None, datetime.date | None]:
    """Both as dates; raises UsageError for what is none."""

    def of(value: Day | None, what: str) -> datetime.date | None:
        return None if value is None else datetime.date.fromisoformat(iso(value, what))

    found = of(since, "since"), of(until, "until")
    in_order(*found)
    return found
