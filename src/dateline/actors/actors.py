"""The actors of one article, frozen, and where each is mentioned."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.model import Actor, Span

if TYPE_CHECKING:
    from dateline.language import Doc


OUTER_MOST = 300
"""No noun phrase reaches further than this many characters from its mention (a bound for the search, not a finding)."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where an actor is mentioned: the mention [start, end), the offset of its head, and its whole noun phrase
    [outer_start, outer_end) with titles and appositions. `actor` is an index into `Actors.actors`."""

    start: int
    end: int
    head: int
    outer_start: int
    outer_end: int
    actor: int


@dataclass(frozen=True, slots=True)
class Actors:
    """All actors of an article in the order of their first mention, and an index of their mentions by offset."""

    actors: tuple[Actor, ...] = ()
    places: tuple[Where, ...] = ()
    country: str | None = None
    """The country that dominates the article, which a described actor without its own takes; None if none does."""

    def get(self, identity: str) -> Actor | None:
        """The actor of this id, or None."""
        return next((a for a in self.actors if a.id == identity), None)

    def members(self, identity: str) -> tuple[str, ...]:
        """The ids of the actors that a group stands for; the actor itself if it is no group."""
        actor = self.get(identity)
        return actor.members if actor is not None and actor.members else (identity,)

    def at(self, start: int, end: int) -> Actor | None:
        """The actor whose mention best overlaps [start, end), or None if none does.

        The overlap with the mention or with its noun phrase counts, as a share of what both cover; a mention whose
        head lies outside the stretch counts half.
        """
        best, found = 0.0, None
        for place in self._touching(start, end):
            share = max(
                _overlap(start, end, place.start, place.end), _overlap(start, end, place.outer_start, place.outer_end)
            )
            if not start <= place.head < end:
                share /= 2
            if share > best:
                best, found = share, self.actors[place.actor]
        return found

    def within(self, start: int, end: int) -> tuple[Actor, ...]:
        """All actors with a mention that begins in [start, end), in the order of their mentions, each once."""
        seen = dict.fromkeys(place.actor for place in self._beginning(start, end))
        return tuple(self.actors[number] for number in seen)

    def mentions_in(self, start: int, end: int) -> tuple[tuple[Span, Actor], ...]:
        """The mentions that begin in [start, end), each with its actor, in order."""
        found = []
        for place in self._beginning(start, end):
            actor = self.actors[place.actor]
            span = next(s for s in actor.mentions if (s.start, s.end) == (place.start, place.end))
            found.append((span, actor))
        return tuple(found)

    def refer(self, doc: Doc, start: int, end: int) -> tuple[Actors, str | None]:
        """Resolve the phrase [start, end) to an actor: the id of one known, else of a new one that it describes.

        Returns the actors, grown if need be, and the id; None for a phrase that is empty or names nobody.
        """
        from dateline.actors.refer import refer

        return refer(self, doc, start, end)

    def _beginning(self, start: int, end: int) -> tuple[Where, ...]:
        first = bisect_left(self.places, start, key=lambda p: p.start)
        last = bisect_left(self.places, end, key=lambda p: p.start)
        return self.places[first:last]

    def _touching(self, start: int, end: int) -> list[Where]:
        near = self._beginning(start - OUTER_MOST, end + OUTER_MOST)
        return [p for p in near if p.outer_start < end and p.outer_end > start]


def _overlap(start: int, end: int, other_start: int, other_end: int) -> float:
    shared = min(end, other_end) - max(start, other_start)
    return shared / (max(end, other_end) - min(start, other_start)) if shared > 0 else 0.0
