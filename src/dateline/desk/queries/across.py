"""What articles tell together: events with their reports, rounds and processes of talks, pledges and what became of them.

`dateline join` fills these; a record that was never joined has none of them, and pages then show single articles.
"""

from __future__ import annotations

import json
from typing import Any

from dateline.desk.queries import rows as read
from dateline.desk.state import State
from dateline.desk.store import Store

KINDS = {
    "blame": "Blames", "demand": "Demands", "refuse": "Refuses", "threaten": "Threatens", "pledge": "Promises",
    "thank": "Thanks", "claim": "Claims",
}  # fmt: skip
"""Kinds of position in the order in which a mediator asks for them."""

STATES = ("kept", "broken", "open", "disputed")
PLEDGES = ("pledge", "demand", "threat")
PLEDGES_KNOWN = ("kind", "state", "side", "overdue", "after")
MOST = 200
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
    numbers = store.rows(f"SELECT row FROM event WHERE id IN ({read.marks(ids)}) ORDER BY row", ids)
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


def processes(store: Store) -> list[dict[str, Any]]:
    """The processes of talks, those with the latest round first."""
    return _all(store, f"SELECT * FROM processes_view ORDER BY end_date DESC, id LIMIT {MOST}")


def process(store: Store, name: str) -> dict[str, Any] | None:
    """One process: its rounds in order, its pledges. None if there is no such process."""
    row = store.row("SELECT * FROM processes_view WHERE id = ?", (name,))
    if row is None:
        return None
    rounds = _all(store, "SELECT * FROM rounds_view WHERE process_id = ? ORDER BY position", (name,))
    made = _pledges(
        store,
        "id IN (SELECT s.pledge_id FROM pledge_statement s JOIN position o ON o.statement_id = s.statement_id "
        "JOIN round r ON r.id = o.round_id WHERE r.process_id = ?)",
        (name,),
    )
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
    made = _pledges(
        store,
        "id IN (SELECT s.pledge_id FROM pledge_statement s JOIN position o ON o.statement_id = s.statement_id WHERE o.round_id = ?)",
        (name,),
    )
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
    conditions, values = ["1"], []
    if state.one("kind"):
        conditions.append("kind = ?")
        values.append(state.choice("kind", PLEDGES, "pledge"))
    if state.one("side"):
        conditions.append("side = ?")
        values.append(state.one("side"))
    if state.one("overdue"):
        conditions.append("overdue")
    if state.one("state"):
        conditions.append("ifnull(verdict, suggested) = ?")
        values.append(state.choice("state", STATES, "open"))
    after = state.whole("after", 0, 0, 10**9)
    rows = _pledges(store, " AND ".join(conditions), values, 51, after)
    counts = store.rows("SELECT kind, suggested AS state, count(*) AS n FROM pledge GROUP BY 1, 2 ORDER BY 1, 3 DESC")
    return {"pledges": rows[:50], "counts": counts, "after": after + 50 if len(rows) > 50 else None}


def _pledges(store: Store, where: str, values: Any, limit: int = MOST, skip: int = 0) -> list[dict[str, Any]]:
    rows = _all(
        store,
        f"SELECT * FROM pledges_view WHERE {where} ORDER BY date DESC, row LIMIT ? OFFSET ?",
        (*values, limit, skip),
    )
    for row in rows:
        row["state"] = row["verdict"] or row["suggested"]
    return rows


def _states(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {state: sum(1 for row in rows if row["state"] == state) for state in STATES}
