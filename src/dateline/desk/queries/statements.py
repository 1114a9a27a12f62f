"""The statements: which are chosen by a URL, and one of them."""

from __future__ import annotations

from typing import Any

from dateline.desk.filters import Facet, Filters, facets
from dateline.desk.load import Snapshot
from dateline.desk.queries import rows as read
from dateline.desk.state import State
from dateline.desk.store import Store

FACETS = (
    Facet("act", "act", "What the speech does"),
    Facet("speaker", "speaker", "Speaker", True),
    Facet("addressee", "addressee", "Addressee", True),
    Facet("speaker_country", "speaker_country", "Speaker’s country"),
    Facet("speaker_sector", "speaker_sector", "Speaker’s sector"),
    Facet("quotation", "quotation", "Quotation"),
    Facet("quad", "quad", "Class"),
    Facet("review", "review", "Review"),
    Facet("publisher", "publisher", "Publisher"),
)
SORTS = {
    "-day": "latest first", "day": "earliest first", "-confidence": "surest first", "confidence": "least sure first",
    "act": "by act", "speaker": "by speaker", "-row": "last coded first",
}  # fmt: skip
KNOWN = (
    *(facet.name for facet in FACETS),
    "since",
    "until",
    "min_confidence",
    "max_confidence",
    "q",
    "sort",
    "after",
    "size",
)


def chosen(store: Store, snapshot: Snapshot, state: State) -> tuple[Filters, bool]:
    """The filters that a URL asks for, and whether its words had more matches than were considered."""
    filters = Filters(snapshot.statements)
    filters.facets(FACETS, snapshot, state)
    filters.period(state.day("since"), state.day("until"))
    low, high = state.fraction("min_confidence"), state.fraction("max_confidence")
    if low is not None or high is not None:
        filters.add("confidence", snapshot.statements.between("confidence", low, high))
    capped = False
    words = state.one("q")
    if words is not None:
        numbers, capped = read.matching(store, "statement", words)
        filters.add("q", snapshot.statements.numbered(numbers))
    return filters, capped


def listing(store: Store, state: State) -> dict[str, Any]:
    """One page of statements with facets and total."""
    snapshot = store.columns
    filters, capped = chosen(store, snapshot, state)
    sort = state.choice("sort", tuple(SORTS), "-day")
    page = snapshot.statements.page(
        sort.lstrip("-"), filters.total(), state.whole("size", 50, 1, 500), state.whole("after", 0, 0, 2**62) or None,
        sort.startswith("-"),
    )  # fmt: skip
    rows = read.fetch(store, "statement", page.rows)
    read.parties(store, "statement", rows)
    return {
        "statements": rows, "total": page.total, "of": len(snapshot.statements),
        "first": page.first + 1 if page.rows else 0, "after": page.after, "before": page.before, "capped": capped,
        "as_of": snapshot.made, "facets": facets(filters, FACETS, snapshot, state),
    }  # fmt: skip


def reported_events(store: Store, statement: str) -> list[dict[str, Any]]:
    """The events that a statement claims."""
    found = store.rows("SELECT row FROM event WHERE reported_by = ? ORDER BY row LIMIT 50", (statement,))
    rows = read.fetch(store, "event", [row["row"] for row in found])
    read.parties(store, "event", rows)
    return rows
