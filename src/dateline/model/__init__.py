"""The nouns of Dateline: frozen objects that pass between the rooms, and their JSON form (docs/record.md)."""

from dateline.model.coding import SCHEMA, Coder, Coding, Problem
from dateline.model.event import (
    CONTEXTS,
    EVENT_TYPES,
    MODES,
    QUADS,
    Act,
    Event,
    EventType,
    Magnitude,
    Outcome,
    Quad,
    Status,
    Talks,
)
from dateline.model.text import Actor, ActorKind, Article, DateExpression, Page, Place, Sector, Span, Statement

__all__ = [
    "CONTEXTS",
    "EVENT_TYPES",
    "MODES",
    "QUADS",
    "SCHEMA",
    "Act",
    "Actor",
    "ActorKind",
    "Article",
    "Coder",
    "Coding",
    "DateExpression",
    "Event",
    "EventType",
    "Magnitude",
    "Outcome",
    "Page",
    "Place",
    "Problem",
    "Quad",
    "Sector",
    "Span",
    "Statement",
    "Status",
    "Talks",
]
