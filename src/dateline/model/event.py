"""What was done: political events in PLOVER's terms, and the talks that took place."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import Literal, get_args

from dateline.model.text import EventTypeOrState, Span

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Act = EventTypeOrState
Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
Status = Literal["actual", "future", "hypothetical", "negated", "historical"]
Outcome = Literal["none", "agreement", "partial", "adjourned", "ongoing", "announced", "unknown"]

EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)

QUADS: dict[str, Quad] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}
"""The quad class of each type (PLOVER)."""

MODES: dict[str, tuple[str, ...]] = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber",
    ),
    "ASSAULT": (
        "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
        "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
    ),
}  # fmt: skip
"""The modes of each type; a type that is absent has none."""

CONTEXTS: tuple[str, ...] = (
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy",
    "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
    "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
    "health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn",
    "cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
)  # fmt: skip
"""PLOVER's 37 contexts."""


OWN_TYPE = re.compile(r"(?=.{3,40}\Z)[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
"""The name of a type of one's own codebook (docs/codebook.md)."""


@dataclass(frozen=True, slots=True)
class OwnType:
    """A type of the user's codebook as a coding carries it: its quad class and score, and what stands for it elsewhere.

    `type`, `mode`: the nearest of the 16, null if the codebook names none. `cameo`: its CAMEO code, "" if it has none.
    """

    quad: Quad
    score: float
    type: EventType | None = None
    mode: str | None = None
    cameo: str = ""


@dataclass(frozen=True, slots=True)
class OwnCodebook:
    """The user's codebook that a coding was made with: its types by name. `extends`: "plover", or "" if it stands alone."""

    name: str
    version: str
    extends: str
    types: dict[str, OwnType]


@dataclass(frozen=True, slots=True)
class Magnitude:
    """How many people an event touched; null where the text gives no number."""

    killed: int | None = None
    injured: int | None = None
    arrested: int | None = None
    participants: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Who (`actors`) did what (`type`, `mode`) to whom (`recipients`), when and where, with the words that say so.

    Actors and recipients are actor ids; reciprocal events have all parties in `actors`. `start` and `end` are inclusive
    days. `reported_by` is the statement that claims the event, null where the article itself reports it. `score` is the
    conflict–cooperation score of type and mode, -10 to 10. `type` is one of the 16 unless the coding names a codebook of the
    user's (`coder.codebook`): then it may be a type of that.
    """

    id: str
    type: EventType | str
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    evidence: Span
    start: datetime.date | None = None
    end: datetime.date | None = None
    place: str | None = None
    status: Status = "actual"
    contexts: tuple[str, ...] = ()
    quad: Quad | None = None
    score: float | None = None
    reported_by: str | None = None
    magnitude: Magnitude = field(default_factory=Magnitude)
    confidence: float = 0.0
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Talks:
    """A meeting or round of talks as this article tells it. Parties and mediators are actor ids, `place` a place id."""

    id: str
    parties: tuple[str, ...]
    mediators: tuple[str, ...] = ()
    place: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    round: int | None = None
    subject: str | None = None
    outcome: Outcome = "unknown"
    evidence: tuple[Span, ...] = ()
    confidence: float = 0.0
    origin: str = ""
