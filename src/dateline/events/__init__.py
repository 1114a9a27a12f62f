"""events: Doc, actors, statements → events. Who did what to whom, in PLOVER's terms, with mode, day, place and number."""

from __future__ import annotations

from dateline.events.find import find
from dateline.language.pairs import classify_marked

__all__ = ["classify_marked", "find"]
