"""Filters as masks over columns, one a name in the URL, and the facets that stand beside a table."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from dateline.desk.columns import NO_DAY, NONE, Columns, Mask
from dateline.desk.load import Snapshot
from dateline.desk.state import State

COUNTRY_LETTERS = 3
SHOWN = 8
"""Values of a facet that a page shows; those that are chosen are shown in any case."""


@dataclass(slots=True)
class Filters:
    """Masks by the name that put them there; a row is shown if all of them have it."""

    columns: Columns
    masks: dict[str, Mask] = field(default_factory=dict)
    chosen: dict[str, set[int]] = field(default_factory=dict)

    def add(self, name: str, mask: Mask) -> None:
        self.masks[name] = self.masks[name] & mask if name in self.masks else mask

    def dimension(self, name: str, values: Collection[str], dimension: str | None = None) -> None:
        """Rows with one of the labels of `dimension` (else `name`). A label that no row has leaves none."""
        if not values:
            return
        at = dimension or name
        codes = {self.columns.dimensions[at].code(value) for value in values}
        known = {code for code in codes if code is not None}
        self.chosen[name] = known
        self.add(name, self.columns.having(at, known))

    def period(self, since: datetime.date | None, until: datetime.date | None) -> None:
        """Rows of the days from `since` to `until`; with either, rows without a date are left out."""
        if since is not None or until is not None:
            low = since.toordinal() if since else NO_DAY + 1
            self.add("day", self.columns.between("day", low, until.toordinal() if until else None))

    def facets(self, wanted: Collection[Facet], snapshot: Snapshot, state: State) -> None:
        """Every facet that the URL names."""
        for facet in wanted:
            values = state.many(facet.name)
            if facet.actors:
                self.actor(facet.name, values, snapshot, facet.dimension)
            else:
                self.dimension(facet.name, values, facet.dimension)

    def actor(self, name: str, values: Collection[str], snapshot: Snapshot, dimension: str | None = None) -> None:
        """Rows with one of the actors; each is a key, a country code, or a part of a name."""
        if not values:
            return
        at = dimension or name
        mask = self.columns.all() & False
        keys: set[int] = set()
        for value in values:
            found, country = actors_meant(snapshot, value)
            if country is not None:
                code = self.columns.dimensions[f"{at}_country"].code(country)
                mask |= self.columns.having(f"{at}_country", set() if code is None else {code})
            if found:
                mask |= self.columns.having(at, found)
                if len(found) == 1:
                    keys |= found
        self.chosen[name] = keys
        self.add(name, mask)

    def total(self, without: str | None = None) -> Mask:
        """The rows that pass every filter, or every one but that of a name."""
        mask = self.columns.all()
        for name, one in self.masks.items():
            if name != without:
                mask &= one
        return mask


def actors_meant(snapshot: Snapshot, value: str) -> tuple[set[int], str | None]:
    """What a user means by an actor: codes of actors, or a country (three capitals that are no key)."""
    actors = snapshot.actors
    code = actors.code(value)
    if code is not None:
        return {code}, None
    if len(value) == COUNTRY_LETTERS and value.isascii() and value.isupper():
        return set(), value
    wanted = value.casefold()
    return {i for i, name in enumerate(actors.names) if wanted in name.casefold()}, None


@dataclass(frozen=True, slots=True)
class Facet:
    """A dimension that can be filtered by: its name in the URL, the dimension, what a page calls it."""

    name: str
    dimension: str
    title: str
    actors: bool = False
    """Whether the labels are keys of actors, to be shown by name."""


def facets(filters: Filters, wanted: Collection[Facet], snapshot: Snapshot, state: State) -> list[dict[str, Any]]:
    """For each facet its most frequent values with their counts under the filters of all other facets."""
    key = ("facets", id(filters.columns), filters_of(state))
    return snapshot.memo(key, lambda: _facets(filters, wanted, snapshot, state))


def filters_of(state: State) -> tuple[tuple[str, str], ...]:
    """What of a URL chooses rows: everything but the order and the page."""
    return tuple(sorted(pair for pair in state.pairs if pair[0] not in ("sort", "after", "size", "nodes")))


def _facets(filters: Filters, wanted: Collection[Facet], snapshot: Snapshot, state: State) -> list[dict[str, Any]]:
    total = filters.total()
    made = []
    for facet in wanted:
        chosen = filters.chosen.get(facet.name, set()) - {NONE}
        mask = filters.total(without=facet.name) if facet.name in filters.masks else total
        top = filters.columns.top(facet.dimension, mask, SHOWN, chosen)
        values = state.many(facet.name)
        labels = {label for label, _ in top}
        shown = [
            {
                "value": label,
                "label": actor_name(snapshot, label) if facet.actors else label,
                "count": count,
                "chosen": label in values,
            }
            for label, count in top
        ]
        shown += [
            {"value": value, "label": value, "count": None, "chosen": True} for value in values if value not in labels
        ]
        made.append({"name": facet.name, "title": facet.title, "values": shown})
    return made


def actor_name(snapshot: Snapshot, key: str) -> str:
    """The name under which an actor is met most often."""
    code = snapshot.actors.code(key)
    return key if code is None else snapshot.actors.names[code]
