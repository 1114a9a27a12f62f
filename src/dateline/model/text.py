"""What a text gives: pages, articles, and the actors, places, dates and statements found in them.

All offsets are Unicode code points into `Article.text`, end exclusive, and `span.text == article.text[start:end]`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

ActorKind = Literal[
    "person", "government", "organisation", "armed group", "country", "population", "igo", "ngo", "media", "company", "other"
]  # fmt: skip
BODIES: frozenset[ActorKind] = frozenset({"organisation", "armed group", "igo", "ngo", "media", "company"})
"""Kinds of those who are neither persons nor of a state, and have a name of their own."""
Sector = Literal[
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK",
    "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "OPP", "PRE", "REF", "REL", "SOC",
]  # fmt: skip
DateOrigin = Literal["page line", "meta", "json-ld", "url", "feed", "table", "given"]
Granularity = Literal["day", "weekend", "week", "month", "quarter", "season", "year", "decade", "interval"]
Quotation = Literal["direct", "indirect", "mixed"]
EventTypeOrState = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "STATE",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the article's text: `text == article.text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """What reading gives: one page, feed item or table row, before its article is taken out.

    `content` is decoded text: markup if `media` is "html", running or flattened text if "text". The other fields hold
    what the source itself stated (a table's columns, a feed's elements, a URL); null where it stated nothing.
    """

    source: str
    content: str
    media: Literal["html", "text"] = "text"
    key: str | None = None
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: datetime.date | None = None
    published_origin: DateOrigin | None = None
    partial: bool = False
    """True if the source says that this is a summary only (a feed without full content)."""
    notes: tuple[str, ...] = ()
    """What was doubtful in reading it, a sentence each: becomes problem rows of stage "read"."""


@dataclass(frozen=True, slots=True)
class Article:
    """The clean article. `text` is the body with its printed dateline, paragraphs parted by a blank line.

    `id` is a hash of source-independent content (title and text); `body_start` is the offset where the sentences begin,
    after the printed dateline (0 if there is none).
    """

    id: str
    source: str
    text: str
    key: str | None = None
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: datetime.date | None = None
    published_origin: DateOrigin | None = None
    language: str | None = None
    dateline: tuple[str, ...] = ()
    body_start: int = 0

    def span(self, start: int, end: int) -> Span:
        """The span of `text` from `start` to `end` (code points, end exclusive)."""
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Actor:
    """One who speaks, acts or is acted on in this article, with every mention of it (pronouns included).

    `country` is ISO 3166-1 alpha-3 or UNO, EUR, IGO, NGO, ISM, IMG, MNC; `sector` a PLOVER sector; `affiliation` the id
    of another actor of the article; `key` the identity across articles (registry id, else name and country folded).
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: Sector | None = None
    other_sectors: tuple[Sector, ...] = ()
    role: str | None = None
    affiliation: str | None = None
    registry_id: str | None = None
    key: str | None = None
    mentions: tuple[Span, ...] = ()
    members: tuple[str, ...] = ()
    """Ids of the actors that a collective one stands for ("both sides", "the two ministers")."""
    origin: str = ""
    """Which rule or table decided: "registry", "template", "apposition", "ner", "described", ..."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in the article. `lat`, `lon` in degrees; `country` ISO alpha-3; null where not resolved."""

    id: str
    name: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    confidence: float = 0.0
    mentions: tuple[Span, ...] = ()
    kind: str | None = None
    """country, admin1, admin2, city, region, water, facility"""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date in the text, resolved to a closed interval of days (`start` and `end` inclusive); null if unresolved."""

    id: str
    text: str
    start_offset: int
    end_offset: int
    start: datetime.date | None = None
    end: datetime.date | None = None
    granularity: Granularity | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Reported speech or thought: who (`speaker`, an actor id; `source`, the words), cue, and content in pieces."""

    id: str
    speaker: str | None
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    quotation: Quotation
    act: EventTypeOrState = "STATE"
    addressees: tuple[str, ...] = ()
    date: datetime.date | None = None
    confidence: float = 0.0
    origin: str = ""
