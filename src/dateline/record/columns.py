"""From the columns of a view to the fields of a row: what all readers of the record share.

A field that bears the name of its column holds what the column holds; the others are given by hand, with the helpers here.
"""

from __future__ import annotations

import datetime
import json
from typing import Any, TypeVar

from dateline.model import Span

Columns = dict[str, Any]
"""One row of a view, by column name."""

T = TypeVar("T")


def filled(row: type[T], columns: Columns, **given: Any) -> T:
    """A row whose fields are those given, and for the rest the columns of the same names. `row`: a dataclass with slots."""
    return row(**{name: columns[name] for name in row.__slots__ if name not in given}, **given)  # type: ignore[attr-defined]


def day(value: str | None) -> datetime.date | None:
    """A day from its ISO form."""
    return None if value is None else datetime.date.fromisoformat(value)


def span(start: int | None, end: int | None, text: str | None) -> Span | None:
    """A span from its three columns, or None where one is null."""
    return None if start is None or end is None or text is None else Span(start, end, text)


def spans(value: str) -> tuple[Span, ...]:
    """Spans from a JSON array of {start, end, text}."""
    return tuple(Span(s["start"], s["end"], s["text"]) for s in json.loads(value))


def listed(value: str) -> tuple[Any, ...]:
    """The entries of a JSON array."""
    return tuple(json.loads(value))
