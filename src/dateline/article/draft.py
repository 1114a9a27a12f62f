"""What reading one page gives, before what the source itself states is weighed in."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.article.date import Candidate


@dataclass(frozen=True, slots=True)
class Draft:
    """A body in paragraphs, and what the page says of itself. `places`: those of a dateline on a line
    of its own over the story. `notes`: what was met on the way, as sentences."""

    paragraphs: tuple[str, ...]
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    dates: tuple[Candidate, ...] = ()
    notes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
