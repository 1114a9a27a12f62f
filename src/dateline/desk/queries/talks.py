"""Talks: which are chosen by a URL, and one round with what each side said, what went before and what followed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from dateline.desk.filters import Facet, Filters
from dateline.desk.queries import listing as lists
from dateline.desk.queries import rows as read
from dateline.desk.queries.dyads import Side, acts, side
from dateline.desk.state import State
from dateline.desk.store import Store

FACETS = (
    Facet("outcome", "outcome", "Outcome"),
    Facet("party", "party", "Party", True),
    Facet("mediator", "mediator", "Mediator", True),
    Facet("party_country", "party_country", "Party’s country"),
    Facet("country", "place_country", "Country of the place"),
    Facet("review", "review", "Review"),
)
SORTS = {"-day": "latest first", "day": "earliest first", "outcome": "by outcome", "-row": "last coded first"}
LIST = lists.Listing("talks", "talks", FACETS, SORTS, words=False)

KINDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("blames", "Blames", ("ACCUSE",)),
    ("demands", "Demands", ("REQUEST",)),
    ("refuses", "Refuses", ("REJECT",)),
    ("threatens", "Threatens", ("THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")),
    ("promises", "Promises", ("AGREE",)),
    ("concedes", "Concedes", ("CONCEDE", "RETREAT")),
    ("approves", "Approves and helps", ("SUPPORT", "COOPERATE", "AID", "CONSULT")),
    ("states", "States", ("STATE",)),
)
"""What a side says, by kind of act, in the order in which a mediator asks for it."""

BEFORE, AFTER = 3, 7
"""Days before and after the talks whose statements between the sides belong to the round."""
FOLLOWED = 30
"""Days after the talks whose events between the sides are shown as what followed."""
MOST = 40
ROUNDS = 24
"""Statements of a side, and rounds beside this one, that a page has room for."""


def listing(store: Store, state: State) -> dict[str, Any]:
    """One page of talks with facets and total. Several parties: talks in which all of them sit."""
    snapshot = store.columns
    filters = Filters(snapshot.talks)
    filters.facets([facet for facet in FACETS if facet.name != "party"], snapshot, state)
    for number, party in enumerate(state.many("party")):
        filters.actor(f"party {number}", [party], snapshot, "party")
    filters.period(state.day("since"), state.day("until"))
    return lists.page(LIST, store, snapshot, state, filters)


def latest(store: Store, limit: int = 6) -> list[dict[str, Any]]:
    """The last talks, for the overview."""
    columns = store.columns.talks
    return read.fetch(store, "talks", columns.page("day", columns.all(), limit, None, reverse=True).rows)


@dataclass(frozen=True, slots=True)
class Seat:
    """A party at the table, as a side of a dyad, and the speakers who speak for it."""

    key: str
    name: str
    country: str | None
    state: bool
    side: Side | None


def one(store: Store, name: str, state: State) -> dict[str, Any] | None:
    """One round: its row, its parties, two of them side by side (`a` and `b` in the URL), the rounds before and after.

    Returns None if there is no such row.
    """
    row = read.one(store, "talks", name)
    if row is None:
        return None
    read.parties(store, "talks", [row])
    snapshot = store.columns
    seats = [_seat(snapshot, party) for party in row["who"]]
    a = _seat_of(seats, state.one("a"), 0)
    b = _seat_of([seat for seat in seats if seat is not a], state.one("b"), 0)
    said = {seat.key: _said(store, row, seat, other) for seat, other in ((a, b), (b, a)) if seat is not None}
    rows = []
    for key, title, acts_ in KINDS:
        cells = [[s for s in said.get(seat.key, []) if s["act"] in acts_] if seat else [] for seat in (a, b)]
        if any(cells):
            rows.append({"kind": key, "title": title, "a": cells[0], "b": cells[1]})
    return {
        "talks": row,
        "parties": [{"key": seat.key, "name": seat.name, "country": seat.country} for seat in seats],
        "a": {"key": a.key, "name": a.name} if a else None,
        "b": {"key": b.key, "name": b.name} if b else None,
        "said": rows,
        "window": {"before": BEFORE, "after": AFTER},
        "followed": _followed(store, row, a, b),
        "rounds": _rounds(store, row, a, b),
    }


def _seat(snapshot: Any, party: dict[str, Any]) -> Seat:
    kind = snapshot.actors.columns.dimensions["kind"]
    code = snapshot.actors.code(party["key"])
    what = kind.labels[kind.codes[code]] if code is not None and kind.codes[code] >= 0 else ""
    state = what in ("country", "government") and bool(party["country"])
    found = side(snapshot, party["country"] if state else party["key"])
    return Seat(party["key"], party["name"], party["country"], state, found)


def _seat_of(seats: list[Seat], wanted: str | None, default: int) -> Seat | None:
    named = [seat for seat in seats if seat.key == wanted]
    return named[0] if named else seats[default] if len(seats) > default else None


def _said(store: Store, row: dict[str, Any], seat: Seat, other: Seat | None) -> list[dict[str, Any]]:
    """What speakers of a side said: in this article, and in others within the round's days if it was to the other side.

    For a state speak all actors of its country who are no rebels; for another party the party itself and those whose
    affiliation it is. The same words told several times are one entry, with `times`.
    """
    if seat.state:
        speakers = "SELECT id FROM actor WHERE article_id = ?1 AND country = ?2 AND ifnull(sector, '') <> 'REB' AND kind <> 'armed group'"
        value = seat.country
    else:
        speakers = (
            "SELECT x.id FROM actor x LEFT JOIN actor f ON f.id = x.affiliation_id WHERE x.article_id = ?1 AND "
            "(ifnull(x.key, lower(x.name) || '|' || ifnull(x.country, '')) = ?2 "
            "OR ifnull(f.key, lower(f.name) || '|' || ifnull(f.country, '')) = ?2)"
        )
        value = seat.key
    numbers = [
        found["row"]
        for found in store.rows(
            f"SELECT row FROM statement WHERE article_id = ?1 AND speaker_id IN ({speakers}) ORDER BY start_offset LIMIT {MOST}",
            (row["article_id"], value),
        )
    ]
    if seat.side is not None and other is not None and other.side is not None and row["start_date"]:
        columns = store.columns.statements
        start = datetime.date.fromisoformat(row["start_date"]).toordinal() - BEFORE
        end = datetime.date.fromisoformat(row["end_date"] or row["start_date"]).toordinal() + AFTER
        mask = columns.between("day", start, end)
        mask &= seat.side.mask(columns, "speaker") & other.side.mask(columns, "addressee")
        numbers += [n for n in columns.page("day", mask, MOST, None).rows if n not in numbers]
    told: dict[tuple[str, str], dict[str, Any]] = {}
    for statement in read.fetch(store, "statement", numbers[:MOST]):
        first = told.setdefault((statement["act"], read.folded(statement["text"])), statement)
        first["times"] = first.get("times", 0) + 1
        first.setdefault("pledge", None)
        first.setdefault("here", statement["article_id"] == row["article_id"])
    statements = list(told.values())
    read.parties(store, "statement", statements)
    return statements


def _followed(store: Store, row: dict[str, Any], a: Seat | None, b: Seat | None) -> list[dict[str, Any]]:
    """The events between the two sides in the weeks after, earliest first; talk about talks (CONSULT) left out."""
    if a is None or b is None or a.side is None or b.side is None or not row["start_date"]:
        return []
    columns = store.columns.events
    end = datetime.date.fromisoformat(row["end_date"] or row["start_date"]).toordinal()
    mask = columns.between("day", end + 1, end + FOLLOWED)
    mask &= acts(columns, a.side, b.side) | acts(columns, b.side, a.side)
    consult = columns.dimensions["type"].code("CONSULT")
    if consult is not None:
        mask &= ~columns.having("type", {consult})
    rows = read.fetch(store, "event", columns.page("day", mask, 20, None).rows)
    read.parties(store, "event", rows)
    return rows


def _rounds(store: Store, row: dict[str, Any], a: Seat | None, b: Seat | None) -> list[dict[str, Any]]:
    """The talks at which both sides sat, oldest first, those nearest to these: a process, once reports are joined."""
    if a is None or b is None or a.side is None or b.side is None:
        return []
    columns = store.columns.talks
    mask = a.side.mask(columns, "party") & b.side.mask(columns, "party")
    kept = ("id", "start_date", "end_date", "place", "round", "outcome", "mediators", "publisher")
    later = columns.page("day", mask, ROUNDS // 2, row["row"]).rows
    earlier = columns.page("day", mask, ROUNDS - len(later), row["row"], reverse=True).rows
    numbers = [*reversed(earlier), row["row"], *later]
    return [{name: one[name] for name in kept} for one in read.fetch(store, "talks", numbers)]
