"""One event as the formats of others see it: with its actors, place and article at hand, and how many told it."""

from __future__ import annotations

import datetime
import itertools
import json
import re
import sqlite3
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.events import codebook
from dateline.model import Magnitude, Span
from dateline.record.file import reading
from dateline.record.witnesses import Witnesses, witnesses

RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "ASSAULT"})
"""Types that name all sides as actors and no recipient when they are mutual (talks, accords, clashes). Two actors of
another type without a recipient act side by side, on nobody that was named."""

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9“])|\n\n+")
"""Where a sentence ends, near enough to count them without a parser: the record keeps no sentences."""


@dataclass(frozen=True, slots=True)
class Party:
    """One actor or recipient of an event."""

    id: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    other_sectors: tuple[str, ...]
    role: str | None
    affiliation: str | None
    registry_id: str | None
    text: str | None

    @property
    def all_sectors(self) -> tuple[str, ...]:
        """The sector and the others, without the unknown one."""
        return tuple(s for s in dict.fromkeys((self.sector, *self.other_sectors)) if s and s != "UNK")


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of an event. `kind`: country, admin1, admin2, city, region, water, facility or null."""

    name: str
    kind: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """The article whose words an event is read from. `sentence`: number of the evidence's sentence, from 1."""

    id: str
    source: str
    url: str | None
    key: str | None
    title: str | None
    publisher: str | None
    published: datetime.date | None
    language: str | None
    version: str
    made: datetime.datetime
    sentence: int

    @property
    def address(self) -> str:
        """The page's address, or the path it was read from."""
        return self.url or self.source


@dataclass(frozen=True, slots=True)
class Coded:
    """One event. `id` is that of the event across articles where reports were joined, else of the article's event."""

    id: str
    type: str
    mode: str | None
    quad: str
    score: float
    cameo: str
    contexts: tuple[str, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    start: datetime.date | None
    end: datetime.date | None
    place: Spot | None
    status: str
    claimed: bool
    magnitude: Magnitude
    evidence: Span
    article: Source
    told: Witnesses

    @property
    def day(self) -> datetime.date | None:
        """The first day of the event, else that of publication."""
        return self.start or self.article.published

    @property
    def mutual(self) -> bool:
        """Whether all sides stand in `actors` and act on each other."""
        return not self.recipients and len(self.actors) > 1 and self.type in RECIPROCAL

    def pairs(self) -> Iterator[tuple[Party | None, Party | None]]:
        """The event as pairs of actor and recipient, as formats with one of each want it; None where nobody is named."""
        if self.mutual:
            yield from itertools.combinations(self.actors, 2)
        else:
            yield from itertools.product(self.actors or (None,), self.recipients or (None,))


@dataclass(slots=True)
class Left:
    """What an export left out, by reason, to be said."""

    status: int = 0
    undated: int = 0
    rejected: int = 0
    unmapped: int = 0


def coded(path: Path, statuses: Collection[str], left: Left, reviewed: bool = False) -> Iterator[Coded]:
    """The events of a record with one of these statuses, in the order they were written.

    Where reports were joined across articles, each event comes once, in the words of its best report (witnesses.py).
    Events of another status are counted in `left`. `reviewed`: as analysts left them (the latest judgement that stands):
    corrected fields in place of the machine's, rejected events left out.
    """
    book = codebook.load()
    with reading(path) as db:
        told = witnesses(db)
        judged = _judged(db) if reviewed else {}
        own = _own_codes(db)
        cursor = db.execute(_EVENTS)
        names = [column[0] for column in cursor.description]
        for values in cursor:
            r = dict(zip(names, values, strict=True))
            if not told.best(r["id"]):
                continue
            verdict, fields = judged.get(r["id"], ("", {}))
            if verdict == "rejected":
                left.rejected += 1
                continue
            if fields.keys() & {"type", "mode"}:
                r |= {"quad": None, "score": None}
            r |= {name: value for name, value in fields.items() if name in r}
            if r["status"] not in statuses:
                left.status += 1
                continue
            type_, mode = r["type"], r["mode"]
            known = type_ in book.types
            yield Coded(
                told.identity(r["id"]), type_, mode,
                r["quad"] or (book.types[type_].quad if known else ""),
                r["score"] if r["score"] is not None else (book.score(type_, mode) if known else 0.0),
                book.to_cameo(type_, mode) if known else own.get(type_, ""),
                tuple(json.loads(r["contexts"])),
                _parties(db, r["id"], "actor", fields.get("actor_ids")),
                _parties(db, r["id"], "recipient", fields.get("recipient_ids")),
                _day(r["start_date"]), _day(r["end_date"]),
                _spot(r), r["status"], r["reported_by"] is not None,
                Magnitude(r["killed"], r["injured"], r["arrested"], r["participants"]),
                Span(r["start_offset"], r["end_offset"], r["evidence"]), _source(r),
                told.of(r["id"], r["article_id"], r["publisher"]),
            )  # fmt: skip


_EVENTS = """
SELECT e.id, e.article_id, e.type, e.mode, e.quad, e.score, e.contexts, e.start_date, e.end_date, e.status, e.reported_by,
  e.killed, e.injured, e.arrested, e.participants, e.start_offset, e.end_offset, e.evidence,
  p.id AS place_id, p.name AS place, p.kind, p.country, p.admin1, p.lat, p.lon, p.geonames_id, p.text AS place_text,
  a.source, a.url, a.key, a.title, a.publisher, a.published, a.language, a.body_start, c.version, r.made,
  substr(a.text, 1, e.start_offset + 1) AS before
FROM event e JOIN article a ON a.id = e.article_id JOIN revision r ON r.id = a.revision_id
  JOIN coder c ON c.id = r.coder_id LEFT JOIN place p ON p.id = e.place_id
ORDER BY e.row"""


def _own_codes(db: sqlite3.Connection) -> dict[str, str]:
    """CAMEO codes of the types of users' codebooks, as the codings of this record name them (docs/codebook.md)."""
    found: dict[str, str] = {}
    for (packed,) in db.execute(
        """SELECT r.coding FROM revision r JOIN coder c ON c.id = r.coder_id
           WHERE c.models LIKE '%"codebook %' GROUP BY r.coder_id ORDER BY max(r.rowid)"""
    ):
        codebook_ = json.loads(zlib.decompress(packed))["coder"]["codebook"]
        found |= {name: entry["cameo"] for name, entry in (codebook_ or {"types": {}})["types"].items()}
    return found


def _judged(db: sqlite3.Connection) -> dict[str, tuple[str, dict[str, Any]]]:
    """The latest judgement that stands on each event: verdict and corrected fields."""
    rows = db.execute("SELECT target, verdict, fields FROM reviews_view WHERE kind = 'event' AND stands ORDER BY row")
    return {target: (verdict, json.loads(fields)) for target, verdict, fields in rows}


_PARTY = """SELECT x.id, x.name, x.kind, x.country, x.sector, x.other_sectors, x.role, f.name, x.registry_id, x.text
FROM actor x LEFT JOIN actor f ON f.id = x.affiliation_id"""


def _parties(db: sqlite3.Connection, event: str, role: str, ids: list[str] | None) -> tuple[Party, ...]:
    """Those whom the event names, or in their place the actors with these ids."""
    if ids is not None:
        found = [row for i in ids for row in db.execute(f"{_PARTY} WHERE x.id = ?", (i,))]
    else:
        found = db.execute(
            f"{_PARTY} JOIN event_actor t ON t.actor_id = x.id WHERE t.event_id = ? AND t.role = ? ORDER BY t.position",
            (event, role),
        ).fetchall()
    return tuple(Party(*row[:5], tuple(json.loads(row[5])), *row[6:]) for row in found)


def _spot(r: dict[str, Any]) -> Spot | None:
    if r["place_id"] is None:
        return None
    return Spot(r["place"], r["kind"], r["country"], r["admin1"], r["lat"], r["lon"], r["geonames_id"], r["place_text"])


def _source(r: dict[str, Any]) -> Source:
    sentence = 1 + len(_SENTENCE_END.findall(r["before"], min(r["body_start"], len(r["before"]))))
    return Source(
        r["article_id"], r["source"], r["url"], r["key"], r["title"], r["publisher"], _day(r["published"]), r["language"],
        r["version"], datetime.datetime.fromisoformat(r["made"]), sentence,
    )  # fmt: skip


def _day(value: str | None) -> datetime.date | None:
    return None if value is None else datetime.date.fromisoformat(value)
