"""Event types of users' codebooks that a record holds (docs/codebook.md)."""

from __future__ import annotations

from pathlib import Path

from dateline.model import EVENT_TYPES
from dateline.record.file import reading


def event_types(path: Path, wanted: str | None) -> tuple[str, ...]:
    """The types that may be asked for: the 16, and where another is wanted, those that stand in the record."""
    if wanted is None or wanted.upper() in EVENT_TYPES:
        return EVENT_TYPES
    with reading(path) as db:
        found = [name for (name,) in db.execute("SELECT DISTINCT type FROM event ORDER BY type")]
    return (*EVENT_TYPES, *(name for name in found if name not in EVENT_TYPES))
