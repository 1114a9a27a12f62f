"""Resolving a phrase that another room points at."""

from __future__ import annotations

from dateline.actors.actors import Actors
from dateline.language import Doc


def refer(actors: Actors, doc: Doc, start: int, end: int) -> tuple[Actors, str | None]:
    """See `Actors.refer`."""
    found = actors.at(start, end)
    return actors, found.id if found else None
