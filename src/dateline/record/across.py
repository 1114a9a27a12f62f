"""Rows of the record across articles: texts, clusters, processes, rounds, positions, pledges, verdicts.

They come from the views of the same names (docs/record.md). The room `corroborate` fills the tables behind them; here
they are only read.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

from dateline.model import Magnitude, Span
from dateline.record.columns import Columns, day, filled, listed, span, spans

MAGNITUDES = ("killed", "injured", "arrested", "participants")


@dataclass(frozen=True, slots=True)
class TextArticle:
    """One article that carries a text: its relation to the one it comes from (`of`), and how much they share (0–1)."""

    article: str
    relation: str
    of: str | None
    shared: float | None
    publisher: str | None
    published: datetime.date | None
    title: str | None
    source: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text, which is one witness, with the articles that carry it in order of publication."""

    id: str
    members: tuple[TextArticle, ...]
    articles: int
    publishers: int
    versions: int
    reprints: int
    first_published: datetime.date | None
    last_published: datetime.date | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """One report of an event: the event row of one article, with its words, text and publisher."""

    event: str
    article: str
    text: str | None
    relation: str | None
    publisher: str | None
    published: datetime.date | None
    evidence: Span
    status: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a disputed field, with who says so. `words` as the reports word it ("at least 7")."""

    value: Any
    words: tuple[str, ...]
    reports: tuple[str, ...]
    texts: tuple[str, ...]
    publishers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """One event with all reports of it. Counts: `report_count` event rows, `texts` witnesses, `publishers`.

    `agreed`: field → the one value that the texts which name it share. `disputed`: field → the rival values, most
    witnesses first. `revised`: field → values that a later version of the same text gave up.
    """

    id: str
    type: str
    mode: str | None
    status: str
    score: float | None
    actor_names: str
    actor_countries: str
    recipient_names: str
    recipient_countries: str
    sides: tuple[str, ...]
    start: datetime.date | None
    end: datetime.date | None
    place_name: str | None
    place_country: str | None
    lat: float | None
    lon: float | None
    magnitude: Magnitude
    reports: tuple[Report, ...]
    report_count: int
    texts: int
    publishers: int
    first_reported: datetime.date | None
    last_reported: datetime.date | None
    agreed: dict[str, Any]
    disputed: dict[str, tuple[Value, ...]]
    revised: dict[str, tuple[Value, ...]]
    event: str | None
    article: str | None
    evidence: Span | None
    cohesion: float | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """A series of rounds between the same sides; `outcome` is that of its last round held."""

    id: str
    name: str
    sides: tuple[str, ...]
    party_names: str | None
    mediator_names: str | None
    rounds: tuple[str, ...]
    start: datetime.date | None
    end: datetime.date | None
    outcome: str
    articles: int


@dataclass(frozen=True, slots=True)
class RoundTalks:
    """The talks of one article that a round was joined from; `announces` if it foretells the round."""

    talks: str
    article: str
    announces: bool
    text: str | None
    publisher: str | None
    published: datetime.date | None
    evidence: Span | None


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One meeting or round as all articles tell it. `sides`: countries of states, keys of others.

    `outcomes`: each with the articles that tell it; `outcome` is "disputed" where independent texts contradict each
    other. `heard`, `silent`, `outside`: sides that are quoted, took part unquoted, are quoted without taking part.
    `alike`: what several sides said in the same words.
    """

    id: str
    process: str
    process_name: str
    position: int
    number: int | None
    name: str
    sides: tuple[str, ...]
    party_names: str | None
    mediator_names: str | None
    host_names: str | None
    venue: str | None
    country: str | None
    start: datetime.date | None
    end: datetime.date | None
    outcome: str
    outcomes: tuple[dict[str, Any], ...]
    subject: str | None
    held: bool
    delegations: dict[str, list[str]]
    heard: tuple[str, ...]
    silent: tuple[str, ...]
    outside: tuple[str, ...]
    alike: tuple[dict[str, Any], ...]
    disputed: dict[str, list[dict[str, Any]]]
    next: str | None
    talks: tuple[RoundTalks, ...]
    articles: int
    texts: int
    positions: int


@dataclass(frozen=True, slots=True)
class PositionRow:
    """What one side said on a round: `kind` is blame, demand, refuse, pledge, threaten, thank or claim."""

    id: str
    round: str
    round_name: str | None
    process: str | None
    side: str
    party: str
    kind: str
    took_part: bool
    repeats: str | None
    statement: str
    speaker: str | None
    speaker_name: str | None
    content: tuple[Span, ...]
    act: str
    quotation: str
    date: datetime.date | None
    article: str
    text_id: str | None
    title: str | None
    publisher: str | None
    published: datetime.date | None
    confidence: float | None
    origin: str

    @property
    def text(self) -> str:
        """The pieces of the content, joined by an ellipsis."""
        return " … ".join(piece.text for piece in self.content)


@dataclass(frozen=True, slots=True)
class Bearing:
    """A later statement or event that bears on a pledge; `relation` is kept, broken or bears."""

    kind: str
    id: str
    article: str
    relation: str
    score: float
    date: datetime.date | None
    evidence: Span


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """A pledge, demand or threat to follow. `suggested` is the machine's guess with its `reason`; `verdict` an analyst's.

    `checked`: the last day of the record. `overdue`: its day has passed, and nothing tells that it was kept or broken.
    """

    id: str
    kind: str
    side: str
    who: str
    to: tuple[str, ...]
    to_names: str
    by_when: datetime.date | None
    by_words: str | None
    condition: str | None
    suggested: str
    reason: str
    checked: datetime.date | None
    overdue: bool
    verdict: str | None
    verdict_by: str | None
    statement: str
    statements: tuple[str, ...]
    words: Span
    date: datetime.date | None
    round: str | None
    bearing: tuple[Bearing, ...]
    article: str
    title: str | None
    publisher: str | None
    published: datetime.date | None


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """An analyst's word on a cluster or pledge. `current` is where it hangs now; null: orphaned, its old words in `members`."""

    id: str
    kind: str
    target: str
    coder: str
    verdict: str
    note: str
    made: str
    undone: str | None
    current: str | None
    members: tuple[dict[str, Any], ...]


def text_row(r: Columns) -> TextRow:
    """A row of texts_view."""
    members = tuple(TextArticle(**{**m, "published": day(m["published"])}) for m in json.loads(r["members"]))
    return filled(
        TextRow, r, members=members, first_published=day(r["first_published"]), last_published=day(r["last_published"])
    )


def cluster_row(r: Columns) -> ClusterRow:
    """A row of clusters_view."""
    reports = tuple(
        Report(m["event"], m["article"], m["text"], m["relation"], m["publisher"], day(m["published"]),
               Span(m["start"], m["end"], m["evidence"]), m["status"])
        for m in sorted(json.loads(r["members"]), key=lambda m: (m["published"] or "9999", m["event"]))
    )  # fmt: skip
    return filled(
        ClusterRow, r, actor_names=r["actors"], recipient_names=r["recipients"], sides=listed(r["sides"]),
        start=day(r["start_date"]), end=day(r["end_date"]), place_name=r["place"],
        magnitude=Magnitude(*(r[name] for name in MAGNITUDES)), reports=reports, report_count=r["reports"],
        first_reported=day(r["first_reported"]), last_reported=day(r["last_reported"]), agreed=json.loads(r["agreed"]),
        disputed=_values(r["disputed"]), revised=_values(r["revised"]), event=r["event_id"], article=r["article_id"],
        evidence=span(r["start_offset"], r["end_offset"], r["evidence"]),
    )  # fmt: skip


def process_row(r: Columns) -> ProcessRow:
    """A row of processes_view."""
    return filled(
        ProcessRow, r, sides=listed(r["sides"]), party_names=r["parties"], mediator_names=r["mediators"],
        rounds=listed(r["round_ids"]), start=day(r["start_date"]), end=day(r["end_date"]),
    )  # fmt: skip


def round_row(r: Columns) -> RoundRow:
    """A row of rounds_view."""
    talks = tuple(
        RoundTalks(m["talks"], m["article"], bool(m["announces"]), m["text"], m["publisher"], day(m["published"]),
                   span(m["start"], m["end"], m["evidence"]))
        for m in json.loads(r["members"])
    )  # fmt: skip
    return filled(
        RoundRow, r, process=r["process_id"], process_name=r["process"], sides=listed(r["sides"]), party_names=r["parties"],
        mediator_names=r["mediators"], host_names=r["hosts"], start=day(r["start_date"]), end=day(r["end_date"]),
        outcomes=listed(r["outcomes"]), held=bool(r["held"]), delegations=json.loads(r["delegations"]),
        heard=listed(r["heard"]), silent=listed(r["silent"]), outside=listed(r["outside"]), alike=listed(r["alike"]),
        disputed=json.loads(r["disputed"]), next=r["next_id"], talks=talks,
    )  # fmt: skip


def position_row(r: Columns) -> PositionRow:
    """A row of positions_view."""
    return filled(
        PositionRow, r, round=r["round_id"], round_name=r["round"], process=r["process_id"], took_part=bool(r["took_part"]),
        statement=r["statement_id"], speaker=r["speaker_id"], speaker_name=r["speaker"], content=spans(r["content"]),
        date=day(r["date"]), article=r["article_id"], published=day(r["published"]),
    )  # fmt: skip


def pledge_row(r: Columns) -> PledgeRow:
    """A row of pledges_view."""
    bearing = tuple(
        Bearing(b["kind"], b["id"], b["article"], b["relation"], b["score"], day(b["date"]),
                Span(b["start"], b["end"], b["text"]))
        for b in json.loads(r["bearing"])
    )  # fmt: skip
    return filled(
        PledgeRow, r, to=listed(r["to_sides"]), by_when=day(r["by_when"]), checked=day(r["checked"]),
        overdue=bool(r["overdue"]), statement=r["statement_id"], statements=listed(r["statement_ids"]),
        words=Span(r["start_offset"], r["end_offset"], r["text"]), date=day(r["date"]), round=r["round_id"],
        bearing=bearing, article=r["article_id"], published=day(r["published"]),
    )  # fmt: skip


def verdict_row(r: Columns) -> VerdictRow:
    """A row of verdicts_view."""
    return filled(VerdictRow, r, members=listed(r["members"]))


def _values(given: str) -> dict[str, tuple[Value, ...]]:
    return {
        field: tuple(
            Value(v["value"], tuple(v["words"]), tuple(v["reports"]), tuple(v["texts"]), tuple(v["publishers"]))
            for v in values
        )
        for field, values in json.loads(given).items()
    }
