"""What the articles of a round say together: who took part, when, and what most of them name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from dateline.corroborate.notes import Note, limits
from dateline.corroborate.rounds import Meeting

Party = tuple[str, str, str | None, str | None]
"""Side, name, country, and the person through whom it is named."""


def taking_part(meetings: Sequence[Meeting]) -> tuple[list[Party], list[Party]]:
    """Parties and mediators, those that most articles name first, each by the name that it is given most."""
    found: list[list[Party]] = []
    roles: tuple[Callable[[Note], tuple[Party, ...]], ...] = (lambda n: n.parties, lambda n: n.mediators)
    for of in roles:
        named: dict[str, Counter[str]] = {}
        lands: dict[str, str | None] = {}
        for note in (n for m in meetings for n in (m.held or m.announced)):
            for side, label, land, _ in of(note):
                named.setdefault(side, Counter())[label] += 1
                lands[side] = lands.get(side) or land
        order = sorted(named, key=lambda s: (-named[s].total(), s))
        found.append([(s, min(named[s], key=lambda w: (-named[s][w], w)), lands[s], None) for s in order])
    sides = {p[0] for p in found[0]}
    return found[0], [m for m in found[1] if m[0] not in sides]


def days_of(meeting: Meeting) -> tuple[int | None, int | None]:
    """First and last day, as far as articles date them; no last day while nothing tells of an end."""
    interval = meeting.interval
    if interval is None:
        return None, meeting.closed
    last = interval[1] if interval[1] > interval[0] or meeting.closed else None
    if last and meeting.closed and meeting.closed - last <= limits().slack:
        last = max(last, meeting.closed)
    return interval[0], last


def most_named(notes: Sequence[Note], of: Callable[[Note], Any], take: str | None = None) -> Any:
    """The first note with the value that most notes have, or its attribute `take`; None without notes."""
    counts = Counter(of(n) for n in notes)
    best = min(notes, key=lambda n: (-counts[of(n)], n.published, n.id), default=None)
    return getattr(best, take) if take and best else best
