"""What articles tell together as columns: processes by their last day, pledges by kind, side and state."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dateline.desk.columns import NO_DAY, Coder, Columns, single

STATES = ("kept", "broken", "open", "disputed")
KINDS = ("pledge", "demand", "threat")
OVERDUE = ("overdue", "in time")


@dataclass(frozen=True, slots=True)
class Joined:
    """Columns of both, the ids beside them. Processes are numbered from 1 in the order of their ids, a pledge is its statement."""

    process_ids: tuple[str, ...]
    processes: Columns
    pledge_ids: tuple[str, ...]
    pledges: Columns


def joined(db: sqlite3.Connection) -> Joined:
    """Read both within the transaction of `db`. A record that was never joined has none."""
    return Joined(*_processes(db), *_pledges(db))


def _processes(db: sqlite3.Connection) -> tuple[tuple[str, ...], Columns]:
    """`day`: the last day of a round. `rounds`: how many there are."""
    ids, days, rounds = [], [], []
    for process, number, last in db.execute(
        "SELECT process_id, count(*), max(ifnull(end_date, start_date)) FROM round GROUP BY process_id"
    ):
        ids.append(process)
        rounds.append(number)
        days.append(datetime.date.fromisoformat(last).toordinal() if last else NO_DAY)
    numbers = {"day": np.asarray(days, dtype=np.int32), "rounds": np.asarray(rounds, dtype=np.int32)}
    return tuple(ids), Columns(np.arange(1, len(ids) + 1, dtype=np.int64), {}, numbers)


def _pledges(db: sqlite3.Connection) -> tuple[tuple[str, ...], Columns]:
    """`state`: an analyst's verdict that stands, else what the machine suggests. `overdue` as pledges_view has it."""
    verdicts = dict(
        db.execute(
            "SELECT p.pledge_id, v.verdict FROM verdict v JOIN verdict_member w ON w.verdict_id = v.id "
            "JOIN pledge_statement p ON p.statement_id = w.now_id WHERE v.kind = 'pledge' AND v.undone IS NULL ORDER BY v.row"
        )
    )
    (last,) = db.execute("SELECT max(published) FROM article").fetchone()
    kind, side, state = Coder(KINDS), Coder(), Coder(STATES)
    rows, ids, kinds, sides, states, late, days = [], [], [], [], [], [], []
    known: dict[str | None, int] = {None: NO_DAY}
    for row, id_, what, whose, suggested, due, said in db.execute(
        "SELECT s.row, g.id, g.kind, g.side, g.suggested, g.by_when, s.date FROM pledge g JOIN statement s ON s.id = g.statement_id "
        "ORDER BY s.row"
    ):
        rows.append(row)
        ids.append(id_)
        kinds.append(kind(what))
        sides.append(side(whose))
        states.append(state(verdicts.get(id_, suggested)))
        late.append(0 if suggested == "open" and due is not None and last is not None and due < last else 1)
        if said not in known:
            known[said] = datetime.date.fromisoformat(said).toordinal()
        days.append(known[said])
    dimensions = {
        "kind": single(kind.labels, kinds), "side": single(side.labels, sides), "state": single(state.labels, states),
        "overdue": single(OVERDUE, late),
    }  # fmt: skip
    numbers = {"day": np.asarray(days, dtype=np.int32)}
    return tuple(ids), Columns(np.asarray(rows, dtype=np.int64), dimensions, numbers)


def ids(names: Sequence[str], columns: Columns, rows: Sequence[int]) -> list[str]:
    """The ids of rows."""
    return [names[int(at)] for at in np.searchsorted(columns.rows, np.asarray(rows, dtype=np.int64))]
