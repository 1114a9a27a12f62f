"""What articles tell together: events with their reports, rounds and processes of talks, pledges and what became of them.

`dateline join` fills these; a record that was never joined has none of them, and pages then show single articles.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dateline.desk.columns import Page
from dateline.desk.filters import Filters
from dateline.desk.joined import KINDS as PLEDGES
from dateline.desk.joined import OVERDUE, STATES, ids
from dateline.desk.queries import rows as read
from dateline.desk.state import State
from dateline.desk.store import Store
from dateline.record.query import marks

KINDS = {
    "blame": "Blames", "demand": "Demands", "refuse": "Refuses", "threaten": "Threatens", "pledge": "Promises",
    "thank": "Thanks", "claim": "Claims",
}  # fmt: skip
"""Kinds of position in the order in which a mediator asks for them."""

PLEDGES_KNOWN = ("kind", "state", "side", "overdue", "after")
MOST, PAGE, PROCESSES = 200, 50, 25
"""Rows of one round, process or event that a page has room for; pledges and processes of a page."""
_JSON = frozenset({
    "sides", "agreed", "disputed", "revised", "members", "outcomes", "delegations", "heard", "silent", "outside", "alike",
    "round_ids", "to_sides", "statement_ids", "bearing", "content",
})  # fmt: skip


def _ready(row: dict[str, Any]) -> dict[str, Any]:
    return {k: json.loads(v) if k in _JSON and isinstance(v, str) else v for k, v in row.items()}


def _all(store: Store, sql: str, values: Any = ()) -> list[dict[str, Any]]:
    return [_ready(row) for row in store.rows(sql, values)]


def cluster_of(store: Store, event: str) -> dict[str, Any] | None:
    """The joined event that a report belongs to, with its reports as rows; None for a report that stands alone."""
    found = store.row("SELECT cluster_id FROM report WHERE event_id = ? AND cluster_id IS NOT NULL", (event,))
    if found is None:
        return None
    cluster = store.row("SELECT * FROM clusters_view WHERE id = ?", (found["cluster_id"],))
    if cluster is None or cluster["reports"] < 2:
        return None
    made = _ready(cluster)
    ids = [member["event"] for member in made["members"]][:MOST]
    numbers = store.rows(f"SELECT row FROM event WHERE id IN ({marks(ids)}) ORDER BY row", ids)
    made["rows"] = read.fetch(store, "event", [one["row"] for one in numbers])
    read.parties(store, "event", made["rows"])
    return made


def verdict_of(store: Store, kind: str, target: str, coder: str) -> str | None:
    """The id of the coder's latest verdict that stands on a joined event or a pledge, as it is joined now."""
    found = store.row(
        "SELECT id FROM verdicts_view WHERE kind = ? AND current = ? AND coder = ? AND undone IS NULL ORDER BY row DESC",
        (kind, target, coder),
    )
    return None if found is None else found["id"]


def processes(store: Store, state: State) -> dict[str, Any]:
    """One page of the processes of talks, those with the latest round first, each with its rounds in order."""
    columns = store.columns.joined.processes
    page = columns.page("day", columns.all(), PROCESSES, state.whole("after", 0, 0, 2**62) or None, reverse=True)
    return {"processes": _processes(store, page.rows), **paged(page)}


def paged(page: Page) -> dict[str, Any]:
    """What a pager shows."""
    first = page.first + 1 if page.rows else 0
    return {"total": page.total, "first": first, "after": page.after, "before": page.before}


def latest(store: Store, limit: int = 3) -> list[dict[str, Any]]:
    """The processes with the latest rounds for the overview; those of one round only where there are no others."""
    columns = store.columns.joined.processes
    several = columns.between("rounds", 2, None)
    wanted = several if several.any() else columns.all()
    return _processes(store, columns.page("day", wanted, limit, None, reverse=True).rows)


def _processes(store: Store, numbers: Sequence[int]) -> list[dict[str, Any]]:
    held = store.columns.joined
    names = ids(held.process_ids, held.processes, numbers)
    found = {}
    for name in names:  # one after the other: the view gathers all processes before it picks several
        row = store.row("SELECT * FROM processes_view WHERE id = ?", (name,))
        if row is not None:
            found[name] = _ready(row) | {"line": []}
    for one in store.rows(
        "SELECT process_id, id, start_date, end_date, outcome, held FROM round WHERE process_id IN "
        f"({marks(names)}) ORDER BY process_id, position",
        names,
    ):
        if one["process_id"] in found:
            found[one["process_id"]]["line"].append(one)
    return list(found.values())


def process(store: Store, name: str) -> dict[str, Any] | None:
    """One process: its rounds in order, its pledges. None if there is no such process."""
    row = store.row("SELECT * FROM processes_view WHERE id = ?", (name,))
    if row is None:
        return None
    rounds = _all(store, "SELECT * FROM rounds_view WHERE process_id = ? ORDER BY position", (name,))
    made = _pledges(store, _pledged(store, "r.process_id = ?", name))
    return {"process": _ready(row), "rounds": rounds, "pledges": made, "states": _states(made)}


def round_of(store: Store, talks: str) -> str | None:
    """The joined round that one article's talks belong to."""
    found = store.row("SELECT round_id FROM round_talks WHERE talks_id = ?", (talks,))
    return None if found is None else found["round_id"]


def one_round(store: Store, name: str, state: State) -> dict[str, Any] | None:
    """One round: what two sides (`a` and `b` in the URL) said, by kind, the rounds beside it, its pledges."""
    found = store.row("SELECT * FROM rounds_view WHERE id = ?", (name,))
    if found is None:
        return None
    row = _ready(found)
    positions = _all(
        store,
        "SELECT * FROM positions_view WHERE round_id = ? AND repeats IS NULL ORDER BY date, row LIMIT 500",
        (name,),
    )
    names = {one["side"]: one["party"] for one in positions}
    parties = store.rows(
        "SELECT side, name, role FROM round_party WHERE round_id = ? ORDER BY role DESC, position", (name,)
    )
    names |= {one["side"]: one["name"] for one in parties}
    roles = {one["side"]: one["role"] for one in reversed(parties)}
    at_table = [one["side"] for one in parties if one["role"] == "party"]
    sides = list(dict.fromkeys((*at_table, *(one["side"] for one in parties), *(one["side"] for one in positions))))
    a = _chosen(state.one("a"), sides)
    b = _chosen(state.one("b"), [side for side in sides if side != a])
    made = _pledges(store, _pledged(store, "r.id = ?", name))
    of_statement = {statement: pledge for pledge in made for statement in pledge["statement_ids"]}
    said = []
    for kind, title in KINDS.items():
        cells = [_cell(positions, kind, side, of_statement) for side in (a, b)]
        if any(cells):
            said.append({"kind": kind, "title": title, "a": cells[0], "b": cells[1]})
    rounds = _all(
        store,
        "SELECT id, name, start_date, end_date, venue, outcome, held, position FROM rounds_view WHERE process_id = ? "
        "ORDER BY position",
        (row["process_id"],),
    )
    at = next((i for i, one in enumerate(rounds) if one["id"] == name), 0)
    for one in row["alike"]:
        one["names"] = [names.get(side, side) for side in one["sides"]]
    return {
        "round": row,
        "sides": [
            {"key": side, "name": names.get(side, side), "role": roles.get(side, "not at the table")} for side in sides
        ],
        "a": {"key": a, "name": names.get(a, a)} if a else None,
        "b": {"key": b, "name": names.get(b, b)} if b else None,
        "said": said,
        "pledges": made,
        "rounds": rounds[max(0, at - 12) : at + 12],
    }


def _cell(
    positions: list[dict[str, Any]], kind: str, side: str | None, pledges_: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """What one side said of one kind; the same words told several times once, with `times`."""
    told: dict[str, dict[str, Any]] = {}
    for position in positions:
        if position["kind"] == kind and position["side"] == side:
            words = read.folded(position["text"])
            if words in told:
                told[words]["times"] += 1
            else:
                told[words] = _utterance(position, pledges_.get(position["statement_id"]))
    return list(told.values())


def _chosen(wanted: str | None, sides: list[str]) -> str | None:
    return wanted if wanted in sides else sides[0] if sides else None


def _utterance(position: dict[str, Any], pledge: dict[str, Any] | None) -> dict[str, Any]:
    """A position in the form in which the two columns show statements."""
    return {
        "id": position["statement_id"], "act": position["act"], "text": position["text"], "quotation": position["quotation"],
        "date": position["date"], "publisher": position["publisher"], "here": False, "times": 1, "review": None, "reviews": [],
        "who": [{"name": position["speaker"], "role": position["speaker_role"]}] if position["speaker"] else [],
        "source_text": position["source_text"], "took_part": bool(position["took_part"]),
        "pledge": None if pledge is None else {n: pledge[n] for n in ("id", "state", "reason", "by_when", "overdue")},
    }  # fmt: skip


def pledges(store: Store, state: State) -> dict[str, Any]:
    """Pledges, demands and threats with what became of them, latest first."""
    held = store.columns.joined
    columns = held.pledges
    filters = Filters(columns)
    for name, choices in (("kind", PLEDGES), ("state", STATES)):
        if state.one(name):
            filters.dimension(name, [state.choice(name, choices, choices[0])])
    filters.dimension("side", [side] if (side := state.one("side")) else [])
    filters.dimension("overdue", [OVERDUE[0]] if state.one("overdue") else [])
    mask = filters.total()
    page = columns.page("day", mask, PAGE, state.whole("after", 0, 0, 2**62) or None, reverse=True)
    rows = _pledges(store, ids(held.pledge_ids, columns, page.rows))
    counts = {name: dict(columns.top(name, mask, len(STATES))) for name in ("kind", "state")}
    return {"pledges": rows, "counts": counts, **paged(page)}


def _pledges(store: Store, names: Sequence[str]) -> list[dict[str, Any]]:
    """The pledges of these ids, in their order."""
    found = {row["id"]: row for row in _all(store, f"SELECT * FROM pledges_view WHERE id IN ({marks(names)})", names)}
    rows = [found[name] for name in names if name in found]
    for row in rows:
        row["state"] = row["verdict"] or row["suggested"]
    return rows


def _pledged(store: Store, where: str, name: str) -> list[str]:
    """The pledges made in a round or process, latest first."""
    return [
        row["pledge_id"]
        for row in store.rows(
            "SELECT s.pledge_id, max(t.date) AS day FROM round r JOIN position o ON o.round_id = r.id "
            "JOIN pledge_statement s ON s.statement_id = o.statement_id JOIN statement t ON t.id = s.statement_id "
            f"WHERE {where} GROUP BY s.pledge_id ORDER BY day DESC, min(t.row) LIMIT {MOST}",
            (name,),
        )
    ]


def _states(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {state: sum(1 for row in rows if row["state"] == state) for state in STATES}
