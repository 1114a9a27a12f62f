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
from dateline.record.columns import Columns, day, filled, listed, span, spans


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


def _common(r: Columns) -> dict[str, Any]:
    """What every row that belongs to an article carries under another name, or in another form."""
    return {"article": r["article_id"], "run": r["run_id"], "published": day(r["published"])}


def article_row(r: Columns) -> ArticleRow:
    """A row of articles_view."""
    return filled(
        ArticleRow, r, authors=listed(r["authors"]), dateline=listed(r["dateline"]), sources=listed(r["sources"]),
        published=day(r["published"]), run=r["run_id"],
    )  # fmt: skip


def actor_row(r: Columns) -> ActorRow:
    """A row of actors_view."""
    return filled(
        ActorRow, r, **_common(r), other_sectors=listed(r["other_sectors"]), affiliation=r["affiliation_id"],
        affiliation_name=r["affiliation"], first_mention=span(r["start_offset"], r["end_offset"], r["text"]),
    )  # fmt: skip


def statement_row(r: Columns) -> StatementRow:
    """A row of statements_view."""
    return filled(
        StatementRow, r, **_common(r), speaker=r["speaker_id"], speaker_name=r["speaker"],
        source=span(r["source_start"], r["source_end"], r["source_text"]),
        cue=span(r["cue_start"], r["cue_end"], r["cue_text"]), content=spans(r["content"]),
        addressees=listed(r["addressee_ids"]), addressee_names=r["addressees"], date=day(r["date"]),
    )  # fmt: skip


def event_row(r: Columns) -> EventRow:
    """A row of events_view."""
    return filled(
        EventRow, r, **_common(r), contexts=listed(r["contexts"]), actors=listed(r["actor_ids"]), actor_names=r["actors"],
        recipients=listed(r["recipient_ids"]), recipient_names=r["recipients"], start=day(r["start_date"]),
        end=day(r["end_date"]), place=r["place_id"], place_name=r["place"],
        magnitude=Magnitude(r["killed"], r["injured"], r["arrested"], r["participants"]),
        evidence=Span(r["start_offset"], r["end_offset"], r["evidence"]),
    )  # fmt: skip


def talks_row(r: Columns) -> TalksRow:
    """A row of talks_view."""
    return filled(
        TalksRow, r, **_common(r), parties=listed(r["party_ids"]), party_names=r["parties"],
        mediators=listed(r["mediator_ids"]), mediator_names=r["mediators"], place=r["place_id"], place_name=r["place"],
        start=day(r["start_date"]), end=day(r["end_date"]), evidence=spans(r["evidence_spans"]),
    )  # fmt: skip


def problem_row(r: Columns) -> ProblemRow:
    """A row of problems_view."""
    return filled(ProblemRow, r, article=r["article_id"], run=r["run_id"])


def run_row(r: Columns) -> RunRow:
    """A row of runs_view."""
    return filled(RunRow, r)


def revision_row(r: Columns) -> RevisionRow:
    """A row of revisions_view."""
    return filled(
        RevisionRow,
        r,
        article=r["article_id"],
        models=json.loads(r["models"]),
        current=bool(r["current"]),
        run=r["run_id"],
    )
