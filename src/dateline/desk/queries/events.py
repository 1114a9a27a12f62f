"""The events: which are chosen by a URL, their rows, their counts, and what is drawn of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import numpy as np

from dateline.desk.columns import NO_DAY, Columns, Mask, day
from dateline.desk.filters import Facet, Filters
from dateline.desk.load import Snapshot
from dateline.desk.queries import listing as lists
from dateline.desk.queries import rows as read
from dateline.desk.state import State
from dateline.desk.store import Store
from dateline.model import QUADS
from dateline.record.export import guarded

FACETS = (
    Facet("type", "type", "Type"),
    Facet("actor", "actor", "Actor", True),
    Facet("recipient", "recipient", "Recipient", True),
    Facet("actor_country", "actor_country", "Actor’s country"),
    Facet("recipient_country", "recipient_country", "Recipient’s country"),
    Facet("sector", "actor_sector", "Actor’s sector"),
    Facet("recipient_sector", "recipient_sector", "Recipient’s sector"),
    Facet("country", "place_country", "Country of the place"),
    Facet("place", "place", "Place"),
    Facet("status", "status", "Status"),
    Facet("mode", "mode", "Mode"),
    Facet("quad", "quad", "Class"),
    Facet("review", "review", "Review"),
    Facet("publisher", "publisher", "Publisher"),
)
SORTS = {
    "-day": "latest first", "day": "earliest first", "-confidence": "surest first", "confidence": "least sure first",
    "-score": "most cooperative first", "score": "most conflictual first", "type": "by type", "actor": "by actor",
    "-row": "last coded first",
}  # fmt: skip
LIST = lists.Listing("event", "events", FACETS, SORTS, sure=True)
QUAD_NAMES = tuple(dict.fromkeys(QUADS.values()))


def chosen(store: Store, snapshot: Snapshot, state: State) -> Filters:
    """The filters that a URL asks for."""
    return lists.chosen(LIST, store, snapshot, state)[0]


def listing(store: Store, state: State) -> dict[str, Any]:
    """One page of events with facets and total."""
    snapshot = store.columns
    return lists.page(LIST, store, snapshot, state, *lists.chosen(LIST, store, snapshot, state))


def export(store: Store, state: State) -> Iterator[bytes]:
    """The chosen events in the shown order as CSV, all pages; text that a spreadsheet takes for a formula is guarded."""
    snapshot = store.columns
    columns = snapshot.events
    by, falling = lists.ordered(LIST, state)
    sequence = columns.ordered(by).sequence
    sequence = sequence[::-1] if falling else sequence
    numbers = columns.rows[sequence[chosen(store, snapshot, state).total()[sequence]]]
    yield b"\xef\xbb\xbf" + _line(EXPORTED)
    for start in range(0, len(numbers), 500):
        rows = read.fetch(store, "event", [int(n) for n in numbers[start : start + 500]])
        yield b"".join(_line([_cell(row, name) for name in EXPORTED]) for row in rows)


EXPORTED = (
    "id", "type", "mode", "quad", "score", "actors", "actor_countries", "recipients", "recipient_countries", "start_date",
    "end_date", "place", "place_country", "lat", "lon", "status", "contexts", "killed", "injured", "arrested", "participants",
    "evidence", "confidence", "origin", "review", "reviewed_by", "was", "article_id", "start_offset", "end_offset", "title",
    "publisher", "published", "source", "run_id",
)  # fmt: skip


def _cell(row: dict[str, Any], name: str) -> Any:
    if name == "contexts":
        return "; ".join(row["contexts"])
    if name == "reviewed_by":
        return guarded("; ".join(review["coder"] for review in row["reviews"]))
    if name == "was":
        return guarded("; ".join(f"{field}={value}" for field, value in row["was"].items()))
    return guarded(row[name])


def _line(cells: Any) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerow(cells)
    return held.getvalue().encode("utf-8")


# ---- what is drawn


def timeline(columns: Columns, mask: Mask) -> dict[str, Any]:
    """Events a month (a day in short records) by class: `from` (ISO days), and for each class its counts.

    `outside`: how many lie before and after what is drawn, where a few far ones would squeeze all others (FAR).
    """
    days_ = columns.numbers["day"]
    dated = mask & (days_ > NO_DAY)
    if not dated.any():
        return {"unit": "month", "from": [], "series": {}, "outside": 0}
    used = days_[dated]
    low, high = int(used.min()), int(used.max())
    first, last = (int(end) for end in np.percentile(used, (100 * FAR, 100 - 100 * FAR), method="nearest"))
    if high - low > 2 * max(last - first, DAYS_SHOWN):
        low, high = first, last
        dated = dated & (days_ >= low) & (days_ <= high)
    outside = len(used) - int(np.count_nonzero(dated))
    used = days_[dated]
    unit = "day" if high - low <= DAYS_SHOWN else "month"
    if unit == "day":
        slots = (used - low).astype(np.int64)
        starts = [str(day(low + i)) for i in range(high - low + 1)]
    else:
        months = columns.months()[dated]
        first = int(months.min())
        slots = months - first
        starts = [_month(first + i) for i in range(int(months.max()) - first + 1)]
    quads = columns.dimensions["quad"].codes[dated]
    size = len(starts)
    names = columns.dimensions["quad"].labels
    counts = np.bincount(slots * len(names) + quads, minlength=size * len(names)).reshape(size, len(names))
    series = {name: counts[:, code].tolist() for code, name in enumerate(names)}
    return {"unit": unit, "from": starts, "series": series, "outside": outside}


DAYS_SHOWN = 92
"""A record of a quarter of a year or less is drawn by day."""
FAR = 0.03
"""At either end up to this part of the events is not drawn if the others lie within half of the time: a record of two years that
names a few events of 1952 would else be drawn as one bar."""


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}-01"


def places(snapshot: Snapshot, mask: Mask) -> list[dict[str, Any]]:
    """Where the masked events took place: one entry a place that lies somewhere, most events first."""
    columns = snapshot.events
    places_ = columns.dimensions["place"].codes
    used = mask & (places_ >= 0)
    quads = columns.dimensions["quad"].labels
    size = len(snapshot.places.labels)
    counts = np.bincount(
        places_[used].astype(np.int64) * len(quads) + columns.dimensions["quad"].codes[used],
        minlength=size * len(quads),
    ).reshape(size, len(quads))
    totals = counts.sum(axis=1)
    order = np.argsort(-totals, kind="stable")[: min(size, MOST_PLACES)]
    return [
        {
            "place": snapshot.places.labels[i], "lat": snapshot.places.lat[i], "lon": snapshot.places.lon[i],
            "events": int(totals[i]), "quads": counts[i].tolist(),
        }
        for i in order
        if totals[i] and snapshot.places.lat[i] is not None
    ]  # fmt: skip


MOST_PLACES = 1_000
"""Places of one map, those with most events; more would be dots over dots."""


def alike(store: Store, row: dict[str, Any], limit: int = 20) -> list[dict[str, Any]]:
    """Reports of other articles that may tell of the same event: same type, a shared actor and recipient, days within one.

    Stands in until reports are joined into clusters, and is marked so on the page.
    """
    snapshot = store.columns
    columns = snapshot.events
    code = columns.dimensions["type"].code(row["type"])
    if code is None or not row["start_date"]:
        return []
    filters = Filters(columns)
    filters.add("type", columns.having("type", {code}))
    for side, role in (("who", "actor"), ("whom", "recipient")):
        keys = {snapshot.actors.code(actor["key"]) for actor in row[side]}
        known = {key for key in keys if key is not None}
        if keys:
            filters.add(role, columns.having(role, known))
    ordinal = _ordinal(row["start_date"])
    filters.add("day", columns.between("day", ordinal - 1, ordinal + 1))
    found = columns.rows[filters.total()]
    others = read.fetch(store, "event", [int(n) for n in found[: limit + 10] if int(n) != row["row"]])
    others = [other for other in others if other["article_id"] != row["article_id"]][:limit]
    read.parties(store, "event", others)
    return others


def _ordinal(text: str) -> int:
    import datetime

    return datetime.date.fromisoformat(text).toordinal()
