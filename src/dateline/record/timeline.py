"""The record as a chronicle: events and rounds of talks in the order of their days, each once."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.record.computed import Computed
from dateline.record.file import reading
from dateline.record.moments import Who, day, involving, moments, who, within
from dateline.record.own_types import event_types
from dateline.record.query import Day, Filter
from dateline.record.series import By, begin, label, periods, span


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chronicle. `kind`: event or talks; `what`: type and mode, or round and outcome; `texts`: witnesses."""

    day: datetime.date | None
    end: datetime.date | None
    kind: str
    what: str
    who: str
    whom: str
    place: str | None
    quad: str | None
    score: float | None
    reports: int
    texts: int
    evidence: str
    id: str
    article: str


ENTRY_KINDS = {
    "day": "date", "end": "date", "kind": "text", "what": "text", "who": "text", "whom": "text", "place": "text",
    "quad": "text", "score": "real", "reports": "integer", "texts": "integer", "evidence": "text", "id": "text",
    "article": "text",
}  # fmt: skip


def timeline(
    path: Path, *, actor: str | None = None, type: str | None = None, since: Day | None = None, until: Day | None = None,
    statuses: Iterable[str] = ("actual",), talks: bool = True,
) -> Computed[Entry]:  # fmt: skip
    """Events and talks, oldest first, those without a date last.

    `actor`: only what it takes part in (see moments.who). `type`: one of PLOVER's 16; leaves the talks out. Raises
    UsageError for an unknown type, RecordError for an unknown actor.
    """
    where, values = "1", ()
    person = None
    if actor is not None:
        person = who(path, actor)
        where, values = involving(person)
    if type is not None:
        f = Filter()
        f.one_of("e.type", type, event_types(path, type), "event type")
        where, values = f"{where} AND {f.where}", (*values, *f.values)
    first, last = span(since, until)
    entries = [
        Entry(
            m.day, m.end, "event", m.type if m.mode is None else f"{m.type}/{m.mode}", m.actor_names, m.recipient_names, m.place,
            m.quad, m.score, m.told.reports, m.told.texts, m.evidence, m.id, m.article,
        )
        for m in within(moments(path, where, values, statuses), first, last)
    ]  # fmt: skip
    if talks and type is None:
        entries += [e for e in _talks(path, person) if _touches(e, first, last)]
    entries.sort(key=lambda e: (e.day is None, e.day or datetime.date.max, e.kind))
    return Computed(tuple(entries), ENTRY_KINDS, lambda e: {name: getattr(e, name) for name in ENTRY_KINDS})


def counted(entries: Iterable[Entry], by: By) -> dict[str, dict[str, int]]:
    """Events by quad class for each period between the first and the last dated entry, the empty ones too."""
    dated = [e for e in entries if e.day and e.kind == "event"]
    found: dict[str, dict[str, int]] = {label(start, by): {} for start in periods([e.day for e in dated if e.day], by)}
    for entry in dated:
        assert entry.day is not None
        counts = found[label(begin(entry.day, by), by)]
        counts[entry.quad or "unknown"] = counts.get(entry.quad or "unknown", 0) + 1
    return found


def _touches(entry: Entry, since: datetime.date | None, until: datetime.date | None) -> bool:
    if since is None and until is None:
        return True
    if entry.day is None:
        return False
    return (since is None or (entry.end or entry.day) >= since) and (until is None or entry.day <= until)


_ROUNDS = """
SELECT r.id, r.name, r.outcome, r.parties, r.mediators, r.venue AS place, r.start_date, r.end_date, r.articles, r.texts,
  (SELECT k.evidence FROM round_talks t JOIN talks k ON k.id = t.talks_id WHERE t.round_id = r.id AND k.evidence IS NOT NULL
    ORDER BY t.announces, k.row LIMIT 1) AS evidence,
  (SELECT t.article_id FROM round_talks t JOIN talks k ON k.id = t.talks_id WHERE t.round_id = r.id
    ORDER BY t.announces, k.row LIMIT 1) AS article,
  (SELECT json_group_array(m.actor_id) FROM round_talks t JOIN talks_actor m ON m.talks_id = t.talks_id
    WHERE t.round_id = r.id) AS actors
FROM rounds_view r"""

_SINGLE = """
SELECT t.id, 'talks' || iif(t.round IS NULL, '', ', round ' || t.round) AS name, t.outcome, t.parties, t.mediators, t.place,
  t.start_date, t.end_date, 1 AS articles, 1 AS texts, t.evidence, t.article_id AS article,
  (SELECT json_group_array(actor_id) FROM talks_actor WHERE talks_id = t.id) AS actors
FROM talks_view t WHERE t.id NOT IN (SELECT talks_id FROM round_talks) ORDER BY t.row"""


def _talks(path: Path, person: Who | None) -> list[Entry]:
    """The rounds, and the talks of single articles that are in none."""
    found = []
    with reading(path) as db:
        for sql in (_ROUNDS, _SINGLE):
            cursor = db.execute(sql)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                r: dict[str, Any] = dict(zip(names, row, strict=True))
                if person is None or person.rows & set(json.loads(r["actors"])):
                    found.append(_entry(r))
    return found


def _entry(r: dict[str, Any]) -> Entry:
    what = r["name"] if r["outcome"] == "unknown" else f"{r['name']}: {r['outcome']}"
    mediated = f"mediated by {r['mediators']}" if r["mediators"] else ""
    return Entry(
        day(r["start_date"]), day(r["end_date"]), "talks", what, r["parties"] or "", mediated, r["place"], None, None,
        r["articles"], r["texts"], r["evidence"] or "", r["id"], r["article"],
    )  # fmt: skip
