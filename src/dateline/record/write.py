"""One coding into the record, in one transaction: all of its rows or none, and nothing at all if it is there already."""

from __future__ import annotations

import datetime
import json
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from dateline.model import Coding, Problem, Span
from dateline.record.ids import Ids, digest, failure_id
from dateline.record.query import marks

Outcome = Literal["added", "replaced", "unchanged", "failed"]
"""What writing a coding did: a new article, new machine rows for a known one, nothing, or only a problem row."""

MACHINE_TABLES = ("event", "talks", "statement", "mention", "actor", "place", "date", "problem")
"""Tables whose rows a new coding of the article replaces, in the order in which nothing points at what is deleted."""


def now() -> str:
    """The time in UTC, ISO 8601, to the second."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write(db: sqlite3.Connection, coding: Coding, run: str) -> Outcome:
    """Write one coding. Committed when it returns; after an error the record is as it was before.

    An input that gave no article leaves problem rows under its source (in place of earlier ones). An article coded by
    the same coder with the same result changes nothing, except that a new path or URL is noted; one coded otherwise has
    its machine rows replaced, and the old coding stays listed as a revision.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        outcome = _failure(db, coding, run) if failed(coding) else _article(db, coding, run)
        db.execute(f"UPDATE run SET {outcome} = {outcome} + 1 WHERE id = ?", (run,))
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return outcome


def failed(coding: Coding) -> bool:
    """Whether the coding is that of an input which gave no article at all."""
    return not coding.article.text


def _failure(db: sqlite3.Connection, coding: Coding, run: str) -> Outcome:
    source = coding.article.source
    problems = coding.problems or (Problem("read", "no article, and no reason was given"),)
    ids = {failure_id(source, problem): problem for problem in problems}
    db.execute(
        f"DELETE FROM problem WHERE source = ? AND article_id IS NULL AND id NOT IN ({marks(ids)})", (source, *ids)
    )
    _insert(
        db,
        "INSERT OR IGNORE INTO problem(id, article_id, source, stage, message, run_id) VALUES (?, NULL, ?, ?, ?, ?)",
        ((row, source, problem.stage, problem.message, run) for row, problem in ids.items()),
    )
    return "failed"


def _article(db: sqlite3.Connection, coding: Coding, run: str) -> Outcome:
    article = coding.article
    # Where the file lay is not part of what was coded: a folder that moved makes no revisions.
    placeless = replace(coding, article=replace(article, source="")).to_json()
    revision = "revision-" + digest(placeless)[:20]
    known = db.execute("SELECT revision_id FROM article WHERE id = ?", (article.id,)).fetchone()
    db.execute("DELETE FROM problem WHERE source = ? AND article_id IS NULL", (article.source,))
    if known is None or known[0] != revision:
        for table in MACHINE_TABLES:
            db.execute(f"DELETE FROM {table} WHERE article_id = ?", (article.id,))
        _head(db, coding, revision, run)
        _body(db, coding, run)
    db.execute(
        "INSERT OR IGNORE INTO source(article_id, source, run_id) VALUES (?, ?, ?)", (article.id, article.source, run)
    )
    if known is None:
        return "added"
    return "unchanged" if known[0] == revision else "replaced"


def _head(db: sqlite3.Connection, coding: Coding, revision: str, run: str) -> None:
    """The rows of coder, article and revision."""
    coder, article = coding.coder, coding.article
    models = json.dumps(coder.models, sort_keys=True)
    coder_id = "coder-" + digest(coder.version, models, coder.settings)[:20]
    db.execute("INSERT OR IGNORE INTO coder VALUES (?, ?, ?, ?)", (coder_id, coder.version, models, coder.settings))
    db.execute(
        """INSERT INTO article(id, revision_id, source, key, url, title, authors, publisher, published, published_origin,
             language, dateline, body_start, text, run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT(id) DO UPDATE SET revision_id = excluded.revision_id, source = excluded.source,
             key = excluded.key, url = excluded.url, title = excluded.title, authors = excluded.authors,
             publisher = excluded.publisher, published = excluded.published,
             published_origin = excluded.published_origin, language = excluded.language,
             dateline = excluded.dateline, body_start = excluded.body_start, text = excluded.text,
             run_id = excluded.run_id""",
        (
            article.id, revision, article.source, article.key, article.url, article.title, _json(article.authors),
            article.publisher, _iso(article.published), article.published_origin, article.language,
            _json(article.dateline), article.body_start, article.text, run,
        ),
    )  # fmt: skip
    db.execute(
        "INSERT OR IGNORE INTO revision(id, article_id, coder_id, made, run_id, coding) VALUES (?, ?, ?, ?, ?, ?)",
        (revision, article.id, coder_id, now(), run, zlib.compress(coding.to_json().encode("utf-8"), 6)),
    )


def _body(db: sqlite3.Connection, coding: Coding, run: str) -> None:
    """The machine rows. What points nowhere is left out and becomes a problem row, so that one fault costs one link."""
    ids = Ids(coding)
    at = coding.article.id
    for actor in unique(coding.actors):
        row = ids.actors[actor.id]
        _one(
            db, "actor",
            id=row, article_id=at, local=actor.id, key=actor.key, name=actor.name, kind=actor.kind, country=actor.country,
            sector=actor.sector, other_sectors=_json(actor.other_sectors), role=actor.role,
            affiliation_id=ids.actors.get(actor.affiliation or ""), registry_id=actor.registry_id,
            **_offsets(actor.mentions), origin=actor.origin, run_id=run,
        )  # fmt: skip
        _mentions(db, ids, "actor_id", row, actor.mentions, at, run)
    for actor in unique(coding.actors):
        _insert(
            db,
            "INSERT INTO actor_member VALUES (?, ?, ?)",
            ((ids.actors[actor.id], i, member) for i, member in enumerate(_known(actor.members, ids.actors))),
        )
    for place in unique(coding.places):
        row = ids.places[place.id]
        _one(
            db, "place",
            id=row, article_id=at, local=place.id, name=place.name, kind=place.kind, country=place.country,
            admin1=place.admin1, lat=place.lat, lon=place.lon, geonames_id=place.geonames_id,
            **_offsets(place.mentions), confidence=place.confidence, origin=place.origin, run_id=run,
        )  # fmt: skip
        _mentions(db, ids, "place_id", row, place.mentions, at, run)
    for date in unique(coding.dates):
        _one(
            db, "date",
            id=ids.dates[date.id], article_id=at, local=date.id, start_offset=date.start_offset,
            end_offset=date.end_offset, text=date.text, start_date=_iso(date.start), end_date=_iso(date.end),
            granularity=date.granularity, origin=date.origin, run_id=run,
        )  # fmt: skip
    _statements(db, coding, ids, run)
    _events(db, coding, ids, run)
    _talks(db, coding, ids, run)
    faults = [Problem("record", f"fault in Dateline, please report it: {fault}") for fault in coding.faults()]
    for problem in (*coding.problems, *faults):
        _one(
            db, "problem",
            id=ids.problem(problem), article_id=at, source=coding.article.source, stage=problem.stage,
            message=problem.message, run_id=run,
        )  # fmt: skip


def _statements(db: sqlite3.Connection, coding: Coding, ids: Ids, run: str) -> None:
    for statement in unique(coding.statements):
        row = ids.statements[statement.id]
        pieces = statement.content
        _one(
            db, "statement",
            id=row, article_id=coding.article.id, local=statement.id, speaker_id=ids.actors.get(statement.speaker or ""),
            act=statement.act, quotation=statement.quotation, date=_iso(statement.date),
            **_named_offsets("source", statement.source), **_named_offsets("cue", statement.cue),
            start_offset=min((p.start for p in pieces), default=None), end_offset=max((p.end for p in pieces), default=None),
            text=" … ".join(piece.text for piece in pieces), confidence=statement.confidence, origin=statement.origin,
            run_id=run,
        )  # fmt: skip
        _pieces(db, "statement_content", row, pieces)
        _insert(
            db,
            "INSERT INTO statement_addressee VALUES (?, ?, ?)",
            ((row, i, actor) for i, actor in enumerate(_known(statement.addressees, ids.actors))),
        )


def _events(db: sqlite3.Connection, coding: Coding, ids: Ids, run: str) -> None:
    for event in unique(coding.events):
        row, toll = ids.events[event.id], event.magnitude
        _one(
            db, "event",
            id=row, article_id=coding.article.id, local=event.id, type=event.type, mode=event.mode, quad=event.quad,
            score=event.score, contexts=_json(event.contexts), start_date=_iso(event.start), end_date=_iso(event.end),
            place_id=ids.places.get(event.place or ""), status=event.status,
            reported_by=ids.statements.get(event.reported_by or ""), killed=toll.killed, injured=toll.injured,
            arrested=toll.arrested, participants=toll.participants, start_offset=event.evidence.start,
            end_offset=event.evidence.end, evidence=event.evidence.text, confidence=event.confidence,
            origin=event.origin, run_id=run,
        )  # fmt: skip
        for role, actors in (("actor", event.actors), ("recipient", event.recipients)):
            _insert(
                db,
                "INSERT INTO event_actor VALUES (?, ?, ?, ?)",
                ((row, role, i, actor) for i, actor in enumerate(_known(actors, ids.actors))),
            )


def _talks(db: sqlite3.Connection, coding: Coding, ids: Ids, run: str) -> None:
    for talks in unique(coding.talks):
        row = ids.talks[talks.id]
        first = talks.evidence[0] if talks.evidence else None
        _one(
            db, "talks",
            id=row, article_id=coding.article.id, local=talks.id, place_id=ids.places.get(talks.place or ""),
            start_date=_iso(talks.start), end_date=_iso(talks.end), round=talks.round, subject=talks.subject,
            outcome=talks.outcome, start_offset=first and first.start, end_offset=first and first.end,
            evidence=first and first.text, confidence=talks.confidence, origin=talks.origin, run_id=run,
        )  # fmt: skip
        for role, actors in (("party", talks.parties), ("mediator", talks.mediators)):
            _insert(
                db,
                "INSERT INTO talks_actor VALUES (?, ?, ?, ?)",
                ((row, role, i, actor) for i, actor in enumerate(_known(actors, ids.actors))),
            )
        _pieces(db, "talks_evidence", row, talks.evidence)


def unique(rows: Iterable[Any]) -> list[Any]:
    """The rows whose local id has not been used before: a second "a1" can be meant by nobody."""
    return list({row.id: row for row in reversed(list(rows))}.values())[::-1]


def _mentions(
    db: sqlite3.Connection, ids: Ids, column: str, owner: str, mentions: Iterable[Span], at: str, run: str
) -> None:
    _insert(
        db,
        f"INSERT INTO mention(id, article_id, {column}, start_offset, end_offset, text, run_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((ids.mention(owner, m), at, owner, m.start, m.end, m.text, run) for m in mentions),
    )


def _pieces(db: sqlite3.Connection, table: str, owner: str, spans: Iterable[Span]) -> None:
    rows = ((owner, i, span.start, span.end, span.text) for i, span in enumerate(spans))
    _insert(db, f"INSERT INTO {table} VALUES (?, ?, ?, ?, ?)", rows)


def _known(local: Iterable[str], ids: dict[str, str]) -> list[str]:
    return [ids[name] for name in local if name in ids]


def _one(db: sqlite3.Connection, table: str, **columns: Any) -> None:
    db.execute(f"INSERT INTO {table}({', '.join(columns)}) VALUES ({marks(columns)})", tuple(columns.values()))


def _insert(db: sqlite3.Connection, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
    db.executemany(sql, rows)


def _offsets(mentions: Iterable[Span]) -> dict[str, Any]:
    first = min(mentions, key=lambda span: span.start, default=None)
    return {"start_offset": first and first.start, "end_offset": first and first.end, "text": first and first.text}


def _named_offsets(name: str, span: Span | None) -> dict[str, Any]:
    return {f"{name}_start": span and span.start, f"{name}_end": span and span.end, f"{name}_text": span and span.text}


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _json(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
