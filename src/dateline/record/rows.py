"""What reading a record gives: frozen rows with the names behind the ids.

A row carries the fields of its noun in `dateline.model` under the same names; ids are global ids of the record. Beside
them stand the id of the article, its title, publisher and date, and the names of the actors meant.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

from dateline.model import Magnitude, Span

Columns = dict[str, Any]
"""One row of a view, by column name."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article with the counts of what was coded from it and the coder that did it."""

    id: str
    source: str
    text: str
    key: str | None
    url: str | None
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: datetime.date | None
    published_origin: str | None
    language: str | None
    dateline: tuple[str, ...]
    body_start: int
    actors: int
    statements: int
    events: int
    talks: int
    problems: int
    revisions: int
    sources: tuple[str, ...]
    version: str
    run: str


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor of one article. `key` is the same in every article; the counts are of this article."""

    id: str
    article: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    other_sectors: tuple[str, ...]
    role: str | None
    affiliation: str | None
    affiliation_name: str | None
    registry_id: str | None
    key: str | None
    mentions: int
    statements: int
    acted: int
    received: int
    first_mention: Span | None
    origin: str
    run: str
    local: str
    title: str | None
    publisher: str | None
    published: datetime.date | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement, its speaker and addressees by id and by name."""

    id: str
    article: str
    speaker: str | None
    speaker_name: str | None
    speaker_key: str | None
    speaker_country: str | None
    speaker_sector: str | None
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    quotation: str
    act: str
    addressees: tuple[str, ...]
    addressee_names: str | None
    date: datetime.date | None
    confidence: float | None
    origin: str
    run: str
    local: str
    title: str | None
    publisher: str | None
    published: datetime.date | None

    @property
    def text(self) -> str:
        """The pieces of the content, joined by an ellipsis."""
        return " … ".join(piece.text for piece in self.content)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event, its actors, recipients and place by id and by name. Names of several stand joined by "; "."""

    id: str
    article: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: str | None
    score: float | None
    actors: tuple[str, ...]
    actor_names: str | None
    actor_countries: str | None
    recipients: tuple[str, ...]
    recipient_names: str | None
    recipient_countries: str | None
    start: datetime.date | None
    end: datetime.date | None
    place: str | None
    place_name: str | None
    place_country: str | None
    lat: float | None
    lon: float | None
    status: str
    reported_by: str | None
    magnitude: Magnitude
    evidence: Span
    confidence: float | None
    origin: str
    run: str
    local: str
    title: str | None
    publisher: str | None
    published: datetime.date | None


@dataclass(frozen=True, slots=True)
class TalksRow:
    """One meeting or round as one article tells it, parties and mediators by id and by name."""

    id: str
    article: str
    parties: tuple[str, ...]
    party_names: str | None
    party_countries: str | None
    mediators: tuple[str, ...]
    mediator_names: str | None
    place: str | None
    place_name: str | None
    place_country: str | None
    start: datetime.date | None
    end: datetime.date | None
    round: int | None
    subject: str | None
    outcome: str
    evidence: tuple[Span, ...]
    confidence: float | None
    origin: str
    run: str
    local: str
    title: str | None
    publisher: str | None
    published: datetime.date | None


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """Something that went wrong. `article` is null where the input gave no article at all."""

    id: str
    article: str | None
    source: str
    stage: str
    message: str
    title: str | None
    run: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of `dateline code`. `finished` is null while it is on, or if it was killed."""

    id: str
    started: str
    finished: str | None
    version: str
    command: str
    added: int
    replaced: int
    unchanged: int
    failed: int


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One coding that an article has had; `current` marks the one in force."""

    id: str
    article: str
    version: str
    models: dict[str, str]
    settings: str
    made: str
    current: bool
    title: str | None
    run: str


def _day(value: str | None) -> datetime.date | None:
    return None if value is None else datetime.date.fromisoformat(value)


def _span(start: int | None, end: int | None, text: str | None) -> Span | None:
    return None if start is None or end is None or text is None else Span(start, end, text)


def _spans(value: str) -> tuple[Span, ...]:
    return tuple(Span(s["start"], s["end"], s["text"]) for s in json.loads(value))


def _list(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value))


def _common(r: Columns) -> Columns:
    """What every row that belongs to an article carries under the same name."""
    return {
        "id": r["id"],
        "article": r["article_id"],
        "origin": r["origin"],
        "run": r["run_id"],
        "local": r["local"],
        "title": r["title"],
        "publisher": r["publisher"],
        "published": _day(r["published"]),
    }


def article_row(r: Columns) -> ArticleRow:
    """A row of articles_view."""
    same = ("id", "source", "text", "key", "url", "title", "publisher", "published_origin", "language", "body_start",
            "actors", "statements", "events", "talks", "problems", "revisions", "version")  # fmt: skip
    return ArticleRow(
        **{name: r[name] for name in same},
        authors=_list(r["authors"]),
        dateline=_list(r["dateline"]),
        sources=_list(r["sources"]),
        published=_day(r["published"]),
        run=r["run_id"],
    )


def actor_row(r: Columns) -> ActorRow:
    """A row of actors_view."""
    same = (
        "name",
        "kind",
        "country",
        "sector",
        "role",
        "registry_id",
        "key",
        "mentions",
        "statements",
        "acted",
        "received",
    )
    return ActorRow(
        **_common(r),
        **{name: r[name] for name in same},
        other_sectors=_list(r["other_sectors"]),
        affiliation=r["affiliation_id"],
        affiliation_name=r["affiliation"],
        first_mention=_span(r["start_offset"], r["end_offset"], r["text"]),
    )


def statement_row(r: Columns) -> StatementRow:
    """A row of statements_view."""
    same = ("speaker_key", "speaker_country", "speaker_sector", "quotation", "act", "confidence")
    return StatementRow(
        **_common(r),
        **{name: r[name] for name in same},
        speaker=r["speaker_id"],
        speaker_name=r["speaker"],
        source=_span(r["source_start"], r["source_end"], r["source_text"]),
        cue=_span(r["cue_start"], r["cue_end"], r["cue_text"]),
        content=_spans(r["content"]),
        addressees=_list(r["addressee_ids"]),
        addressee_names=r["addressees"],
        date=_day(r["date"]),
    )


def event_row(r: Columns) -> EventRow:
    """A row of events_view."""
    same = ("type", "mode", "quad", "score", "actor_countries", "recipient_countries", "place_country", "lat", "lon",
            "status", "reported_by", "confidence")  # fmt: skip
    return EventRow(
        **_common(r),
        **{name: r[name] for name in same},
        contexts=_list(r["contexts"]),
        actors=_list(r["actor_ids"]),
        actor_names=r["actors"],
        recipients=_list(r["recipient_ids"]),
        recipient_names=r["recipients"],
        start=_day(r["start_date"]),
        end=_day(r["end_date"]),
        place=r["place_id"],
        place_name=r["place"],
        magnitude=Magnitude(r["killed"], r["injured"], r["arrested"], r["participants"]),
        evidence=Span(r["start_offset"], r["end_offset"], r["evidence"]),
    )


def talks_row(r: Columns) -> TalksRow:
    """A row of talks_view."""
    same = ("party_countries", "place_country", "round", "subject", "outcome", "confidence")
    return TalksRow(
        **_common(r),
        **{name: r[name] for name in same},
        parties=_list(r["party_ids"]),
        party_names=r["parties"],
        mediators=_list(r["mediator_ids"]),
        mediator_names=r["mediators"],
        place=r["place_id"],
        place_name=r["place"],
        start=_day(r["start_date"]),
        end=_day(r["end_date"]),
        evidence=_spans(r["evidence_spans"]),
    )


def problem_row(r: Columns) -> ProblemRow:
    """A row of problems_view."""
    return ProblemRow(r["id"], r["article_id"], r["source"], r["stage"], r["message"], r["title"], r["run_id"])


def run_row(r: Columns) -> RunRow:
    """A row of runs_view."""
    return RunRow(**r)


def revision_row(r: Columns) -> RevisionRow:
    """A row of revisions_view."""
    return RevisionRow(
        r["id"], r["article_id"], r["version"], json.loads(r["models"]), r["settings"], r["made"], bool(r["current"]),
        r["title"], r["run_id"],
    )  # fmt: skip
