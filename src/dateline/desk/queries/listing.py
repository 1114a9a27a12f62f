"""The lists of events, statements, articles and talks: what a URL chooses, and one page of it with facets and total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateline.desk.columns import Columns
from dateline.desk.filters import Facet, Filters, facets
from dateline.desk.load import Snapshot
from dateline.desk.queries import rows as read
from dateline.desk.state import State
from dateline.desk.store import Store

PAGE, MOST = 50, 500
"""Rows of a page, unless the URL asks for more; and the most that it gets."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list. `kind`: of its rows; `name`: of its columns and in its JSON; `sorts`: orders with what a page calls them.

    `words`: whether `q` searches its text; `sure`: whether its rows have a confidence to filter by.
    """

    kind: str
    name: str
    facets: tuple[Facet, ...]
    sorts: Mapping[str, str]
    words: bool = True
    sure: bool = False

    @property
    def known(self) -> tuple[str, ...]:
        """The names that its URL may carry."""
        return (
            *(facet.name for facet in self.facets), "since", "until", "sort", "after", "size",
            *(("q",) if self.words else ()), *(("min_confidence", "max_confidence") if self.sure else ()),
        )  # fmt: skip

    def columns(self, snapshot: Snapshot) -> Columns:
        found: Columns = getattr(snapshot, self.name)
        return found


def chosen(listing: Listing, store: Store, snapshot: Snapshot, state: State) -> tuple[Filters, bool]:
    """The filters that a URL asks for, and whether its words had more matches than were considered."""
    columns = listing.columns(snapshot)
    filters = Filters(columns)
    filters.facets(listing.facets, snapshot, state)
    filters.period(state.day("since"), state.day("until"))
    low, high = state.fraction("min_confidence"), state.fraction("max_confidence")
    if listing.sure and (low is not None or high is not None):
        filters.add("confidence", columns.between("confidence", low, high))
    capped = False
    words = state.one("q") if listing.words else None
    if words is not None:
        numbers, capped = read.matching(store, listing.kind, words)
        filters.add("q", columns.numbered(numbers))
    return filters, capped


def ordered(listing: Listing, state: State) -> tuple[str, bool]:
    """The order that a URL asks for, the first of the list if none: its name, and whether it falls."""
    sort = state.choice("sort", tuple(listing.sorts), next(iter(listing.sorts)))
    return sort.lstrip("-"), sort.startswith("-")


def page(
    listing: Listing, store: Store, snapshot: Snapshot, state: State, filters: Filters, capped: bool = False
) -> dict[str, Any]:
    """One page of what the filters leave, with facets and total; rows of events, statements and talks with their actors."""
    columns = listing.columns(snapshot)
    by, falling = ordered(listing, state)
    start = state.whole("after", 0, 0, 2**62) or None
    found = columns.page(by, filters.total(), state.whole("size", PAGE, 1, MOST), start, falling)
    rows = read.fetch(store, listing.kind, found.rows)
    if listing.kind != "article":
        read.parties(store, listing.kind, rows)
    return {
        listing.name: rows, "total": found.total, "of": len(columns), "first": found.first + 1 if found.rows else 0,
        "after": found.after, "before": found.before, "capped": capped, "as_of": snapshot.made,
        "facets": facets(filters, listing.facets, snapshot, state),
    }  # fmt: skip
