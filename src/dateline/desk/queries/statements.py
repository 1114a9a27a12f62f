"""The statements: which are chosen by a URL, and the events that one of them claims."""

from __future__ import annotations

from typing import Any

from dateline.desk.filters import Facet
from dateline.desk.queries import listing as lists
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
LIST = lists.Listing("statement", "statements", FACETS, SORTS, sure=True)


def listing(store: Store, state: State) -> dict[str, Any]:
    """One page of statements with facets and total."""
    snapshot = store.columns
    return lists.page(LIST, store, snapshot, state, *lists.chosen(LIST, store, snapshot, state))


def reported_events(store: Store, statement: str) -> list[dict[str, Any]]:
    """The events that a statement claims."""
    found = store.rows("SELECT row FROM event WHERE reported_by = ? ORDER BY row LIMIT 50", (statement,))
    rows = read.fetch(store, "event", [row["row"] for row in found])
    read.parties(store, "event", rows)
    return rows
