"""Events as points in time, each once: the reports that were joined count as one event, with how many told it.

The ground of series, actors and timelines. Only what took place is taken (status `actual`), unless asked otherwise.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import RecordError
from dateline.record.file import reading
from dateline.record.query import Filter, marks
from dateline.record.witnesses import Told, Witnesses, witnesses


@dataclass(frozen=True, slots=True)
class Moment:
    """One event. `day`: its first day, null where undated; `id`: of its cluster, else of the event row `event`."""

    id: str
    event: str
    article: str
    type: str
    mode: str | None
    quad: str | None
    score: float | None
    status: str
    day: datetime.date | None
    end: datetime.date | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    actor_names: str
    recipient_names: str
    place: str | None
    evidence: str
    told: Witnesses


_SQL = """
SELECT e.id, e.article_id, e.type, e.mode, e.quad, e.score, ifnull(c.status, e.status) AS status, e.start_date, e.end_date,
  p.name AS place, e.evidence, a.publisher, r.cluster_id, c.event_id AS chosen
FROM event e JOIN article a ON a.id = e.article_id LEFT JOIN place p ON p.id = e.place_id
LEFT JOIN report r ON r.event_id = e.id LEFT JOIN cluster c ON c.id = r.cluster_id
WHERE {where} ORDER BY e.start_date IS NULL, e.start_date, e.row"""


def moments(
    path: Path, where: str = "1", values: Sequence[Any] = (), statuses: Iterable[str] = ("actual",)
) -> list[Moment]:
    """The events that fit, oldest first, those without a date last.

    `where`: a condition on `e`, the event's row. An event of many reports is in if one of them fits; it comes in the words
    of the chosen report if that fits, else of the first that does.
    """
    wanted = set(statuses)
    found: dict[str, Moment] = {}
    chosen: set[str] = set()
    with reading(path) as db:
        told = witnesses(db)
        cursor = db.execute(_SQL.format(where=where), tuple(values))
        names = [column[0] for column in cursor.description]
        for row in cursor:
            r = dict(zip(names, row, strict=True))
            identity = r["cluster_id"] or r["id"]
            if r["status"] not in wanted or (identity in found and (identity in chosen or r["chosen"] != r["id"])):
                continue
            if r["chosen"] == r["id"]:
                chosen.add(identity)
            found[identity] = _moment(db, told, identity, r)
    return sorted(found.values(), key=lambda m: (m.day is None, m.day or datetime.date.max))


def _moment(db: sqlite3.Connection, told: Told, identity: str, r: dict[str, Any]) -> Moment:
    people: dict[str, list[tuple[str, str]]] = {"actor": [], "recipient": []}
    for role, actor, name in db.execute(
        "SELECT t.role, x.id, x.name FROM event_actor t JOIN actor x ON x.id = t.actor_id WHERE t.event_id = ? "
        "ORDER BY t.role, t.position",
        (r["id"],),
    ):
        people[role].append((actor, name))
    ids = {role: tuple(i for i, _ in rows) for role, rows in people.items()}
    shown = {role: "; ".join(name for _, name in rows) for role, rows in people.items()}
    return Moment(
        identity, r["id"], r["article_id"], r["type"], r["mode"], r["quad"], r["score"], r["status"], day(r["start_date"]),
        day(r["end_date"]), ids["actor"], ids["recipient"], shown["actor"], shown["recipient"], r["place"], r["evidence"],
        told.of(r["id"], r["article_id"], r["publisher"]),
    )  # fmt: skip


def day(value: str | None) -> datetime.date | None:
    """A date from its ISO form."""
    return None if value is None else datetime.date.fromisoformat(value)


@dataclass(frozen=True, slots=True)
class Who:
    """The rows of the actors that a name means, one a article, and how they are shown."""

    asked: str
    rows: frozenset[str]
    name: str
    country: str | None
    condition: str
    values: tuple[Any, ...]


def who(path: Path, asked: str, members: bool = False) -> Who:
    """The actors meant: a country code (three capitals), a key with all keys merged into it, a row id, an abbreviation or
    part of a name. `members`: also those whom their article counts to one of them, as its leaders.

    Raises RecordError if nobody in the record fits.
    """
    f = Filter()
    f.actor("id IN ({ids})", asked)
    condition, values = f.where, list(f.values)
    with reading(path) as db:
        merged = [row[0] for row in db.execute(_MERGED, (asked,))]
        if merged:
            condition = f"({condition} OR key IN ({marks(merged)}))"
            values += merged
        if members:
            condition = f"({condition} OR affiliation_id IN (SELECT id FROM actor WHERE {condition}))"
            values += values
        rows = db.execute(f"SELECT id, name, country FROM actor WHERE {condition} ORDER BY row", values).fetchall()
    if not rows:
        raise RecordError(f"{path}: no actor '{asked}'; `dateline show {path} actors` lists them")
    codes = {row[2] for row in rows}
    names = [row[1] for row in rows]
    shown = asked if codes == {asked} else max(dict.fromkeys(names), key=names.count)
    return Who(
        asked,
        frozenset(row[0] for row in rows),
        shown,
        codes.pop() if len(codes) == 1 else None,
        condition,
        tuple(values),
    )


_MERGED = """
WITH RECURSIVE led(key) AS (SELECT ? UNION SELECT i.key FROM identity i JOIN led ON i.into_key = led.key
  WHERE i.act = 'merge' AND i.undone IS NULL) SELECT key FROM led"""


def involving(*parties: Who) -> tuple[str, tuple[Any, ...]]:
    """The condition that an event names each of these as actor or recipient, for `moments`."""
    one = "e.id IN (SELECT event_id FROM event_actor WHERE actor_id IN (SELECT id FROM actor WHERE {}))"
    return " AND ".join(one.format(p.condition) for p in parties), tuple(v for p in parties for v in p.values)


def within(found: Iterable[Moment], since: datetime.date | None, until: datetime.date | None) -> Iterator[Moment]:
    """Those that touch the days from `since` to `until`; without a date none is left where either is given."""
    for moment in found:
        if (since is None and until is None) or (
            moment.day
            and (since is None or (moment.end or moment.day) >= since)
            and (until is None or moment.day <= until)
        ):
            yield moment
