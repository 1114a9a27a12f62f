"""The review queue: which rows wait, in which order, and what became of them."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from dateline.desk.columns import Columns, Mask
from dateline.desk.filters import Filters
from dateline.desk.queries import articles
from dateline.desk.queries import rows as read
from dateline.desk.state import State
from dateline.desk.store import Store
from dateline.record import agreement, review
from dateline.record.query import marks

KINDS = {"event": "Events", "statement": "Statements"}
ORDERS = {
    "confidence": "least sure first",
    "sample": "a random sample",
    "disputed": "coders disagree",
    "latest": "latest first",
}
WHOSE = {"open": "reviewed by nobody", "mine": "not yet reviewed by me", "all": "all rows"}
KNOWN = ("kind", "order", "whose", "seed", "skip", "row", "done", "type", "publisher", "since", "until", "size")


def queue(store: Store, state: State, coder: str | None) -> dict[str, Any]:
    """The row that is next, its context, how many wait, and the coder's last judgements."""
    kind = state.choice("kind", tuple(KINDS), "event")
    order = state.choice("order", tuple(ORDERS), "confidence")
    whose = state.choice("whose", tuple(WHOSE), "open")
    snapshot = store.columns
    columns = snapshot.events if kind == "event" else snapshot.statements
    filters = Filters(columns)
    filters.dimension("publisher", state.many("publisher"))
    filters.dimension("type", state.many("type"), "type" if kind == "event" else "act")
    filters.period(state.day("since"), state.day("until"))
    waiting = filters.total() & _open(store, columns, kind, whose, order, coder)
    skipped = {int(value) for value in state.many("skip") if value.isdecimal()}
    left = int(waiting.sum())
    number = state.whole("row", 0, 0, 2**62) or _next(columns, waiting & ~columns.numbered(skipped), order, state)
    found = read.fetch(store, kind, [number]) if number else []
    if found:
        read.parties(store, kind, found)
    row = found[0] if found else None
    return {
        "kind": kind,
        "order": order,
        "whose": whose,
        "waiting": left,
        "row": row,
        "context": articles.context(store, row["article_id"], row["start_offset"], row["end_offset"]) if row else None,
        "actors": _cast(store, row["article_id"]) if row else [],
        "done": recent(store, coder),
        "as_of": snapshot.made,
    }


def _open(store: Store, columns: Columns, kind: str, whose: str, order: str, coder: str | None) -> Mask:
    """The rows that nobody (or this coder) has judged yet, as the record is now; or those that coders see differently."""
    judged = review.judgements(store.path, kind=kind)
    if order == "disputed":
        disputed = {
            a.target for one in agreement.agreements(store.path) if one.kind == kind for a, _, _, _ in one.disputed
        }
        return columns.numbered(_numbers(store, kind, disputed))
    if whose == "all":
        return columns.all()
    seen = {j.target for j in judged if whose == "open" or j.coder == coder}
    return ~columns.numbered(_numbers(store, kind, seen))


def _numbers(store: Store, kind: str, ids: set[str]) -> list[int]:
    wanted = sorted(ids)
    found: list[int] = []
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found += [row["row"] for row in store.rows(f"SELECT row FROM {kind} WHERE id IN ({marks(part)})", part)]
    return found


def _next(columns: Columns, waiting: Mask, order: str, state: State) -> int | None:
    if not waiting.any():
        return None
    if order == "sample":
        # The same seed gives the same sample to two coders, in the same order, whoever is ahead.
        seed = state.whole("seed", 1, 0, 2**31)
        keys = np.random.default_rng(seed).permutation(len(columns))
        at = np.flatnonzero(waiting)
        return int(columns.rows[at[np.argmin(keys[at])]])
    by, reverse = {"latest": ("day", True)}.get(order, ("confidence", False))
    return columns.page(by, waiting, 1, None, reverse).rows[0]


def _cast(store: Store, article: str) -> list[dict[str, Any]]:
    """The actors of an article, from whom a correction chooses."""
    return store.rows(
        "SELECT id, name, country, sector FROM actor WHERE article_id = ? ORDER BY row LIMIT 200", (article,)
    )


def recent(store: Store, coder: str | None, limit: int = 8) -> list[dict[str, Any]]:
    """The coder's last judgements that stand, latest first."""
    if coder is None:
        return []
    return store.rows(
        "SELECT id, kind, target, verdict, fields, seen, made, article_id, title FROM reviews_view WHERE coder = ? AND stands "
        "ORDER BY row DESC LIMIT ?",
        (coder, limit),
    )


def coders(store: Store) -> list[dict[str, Any]]:
    """Who has judged how many rows, by verdict."""
    return store.rows(
        "SELECT coder, count(*) AS rows, total(verdict = 'accepted') AS accepted, total(verdict = 'corrected') AS corrected, "
        "total(verdict = 'rejected') AS rejected, max(made) AS last FROM reviews_view WHERE stands GROUP BY coder ORDER BY 2 DESC"
    )


def compared(store: Store) -> list[dict[str, Any]]:
    """Every two coders with rows in common: Krippendorff's alpha and the rows they see differently."""
    return [
        {
            "kind": a.kind, "first": a.first, "second": a.second, "rows": a.rows, "agreed": a.agreed,
            "alpha": None if a.alpha is None else round(a.alpha, 3),
            "disputed": [
                {"target": one.target, "article": one.article, "first": x, "second": y} for one, _, x, y in a.disputed[:100]
            ],
        }
        for a in agreement.agreements(store.path)
    ]  # fmt: skip


def fresh_seed() -> int:
    """A seed for a new sample."""
    return random.SystemRandom().randrange(1, 10_000)
