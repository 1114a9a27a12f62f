"""Dyads: how A acts towards B over time, which pairs act most, and which changed most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.desk.columns import NO_DAY, Columns, Ints, Mask, day
from dateline.desk.filters import actor_name, actors_meant
from dateline.desk.load import Snapshot
from dateline.desk.queries import rows as read
from dateline.desk.queries.events import timeline
from dateline.desk.store import Store

MOST_ROWS = 12
RECENT_DAYS = 90
"""The two periods that are compared for "changed most": the last 90 days and the 90 before, or a quarter of the record
each if it is shorter."""
LEAST_EVENTS = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dyad: an actor by key, or a country by code."""

    value: str
    name: str
    country: str | None
    codes: frozenset[int]

    def mask(self, columns: Columns, role: str) -> Mask:
        """The rows in which the side stands in a role."""
        if self.country is not None:
            code = columns.dimensions[f"{role}_country"].code(self.country)
            return columns.having(f"{role}_country", set() if code is None else {code})
        return columns.having(role, self.codes)


def side(snapshot: Snapshot, value: str) -> Side | None:
    """The side that a URL names; None if no actor of the record fits."""
    codes, country = actors_meant(snapshot, value)
    if country is not None:
        if snapshot.actors.columns.dimensions["country"].code(country) is None:
            return None
        return Side(value, country_name(snapshot, country), country, frozenset())
    if snapshot.actors.code(value) is None:
        return None
    return Side(value, actor_name(snapshot, value), None, frozenset(codes))


def country_name(snapshot: Snapshot, country: str) -> str:
    """What a country is called: the most named actor of kind country or government under its code, else the code."""
    dimensions = snapshot.actors.columns.dimensions
    mask = snapshot.actors.columns.having("country", {dimensions["country"].code(country) or 0})
    for kind in ("country", "government"):
        code = dimensions["kind"].code(kind)
        if code is not None:
            found = snapshot.actors.columns.page(
                "articles", mask & snapshot.actors.columns.having("kind", {code}), 1, None, reverse=True
            )
            if found.rows:
                return snapshot.actors.names[found.rows[0] - 1]
    return country


def acts(columns: Columns, a: Side, b: Side) -> Mask:
    """The events in which A acts towards B: B is recipient, or both act together and nobody is acted on."""
    mask = a.mask(columns, "actor")
    towards = mask & b.mask(columns, "recipient")
    return towards | (mask & b.mask(columns, "actor") & ~columns.has("recipient"))


def dyad(store: Store, a: Side, b: Side) -> dict[str, Any]:
    """Everything of A towards B, with the sums of the other direction beside it."""
    snapshot = store.columns
    columns = snapshot.events
    there, back = acts(columns, a, b), acts(columns, b, a)
    latest = columns.page("day", there, MOST_ROWS, None, reverse=True)
    rows = read.fetch(store, "event", latest.rows)
    read.parties(store, "event", rows)
    talks = snapshot.talks
    met = a.mask(talks, "party") & b.mask(talks, "party")
    rounds = read.fetch(store, "talks", talks.page("day", met, 60, None).rows)
    said = a.mask(snapshot.statements, "speaker") & b.mask(snapshot.statements, "addressee")
    statements = read.fetch(
        store, "statement", snapshot.statements.page("confidence", said, MOST_ROWS, None, reverse=True).rows
    )
    read.parties(store, "statement", statements)
    return {
        "a": {"value": a.value, "name": a.name},
        "b": {"value": b.value, "name": b.name},
        "there": summary(columns, there),
        "back": summary(columns, back),
        "score": {"there": score(columns, there), "back": score(columns, back)},
        "timeline": timeline(columns, there),
        "types": [
            {"type": name, "there": int(n), "back": int(m)}
            for name, n, m in zip(
                columns.dimensions["type"].labels,
                columns.counts("type", there),
                columns.counts("type", back),
                strict=True,
            )
            if n or m
        ],
        "events": rows,
        "talks": rounds,
        "statements": statements,
        "statements_total": int(said.sum()),
    }


def summary(columns: Columns, mask: Mask) -> dict[str, Any]:
    """How many events, and their mean score."""
    scores = columns.numbers["score"][mask]
    scores = scores[~np.isnan(scores)]
    return {"events": int(mask.sum()), "mean": round(float(scores.mean()), 2) if len(scores) else None}


def score(columns: Columns, mask: Mask) -> list[dict[str, Any]]:
    """The mean score and the number of events of each month that has any, oldest first."""
    days_, scores = columns.numbers["day"], columns.numbers["score"]
    used = mask & (days_ > NO_DAY) & ~np.isnan(scores)
    if not used.any():
        return []
    names, slots = np.unique(columns.months()[used], return_inverse=True)
    counts = np.bincount(slots)
    sums = np.bincount(slots, weights=scores[used].astype(np.float64))
    return [
        {"month": f"{name // 12:04d}-{name % 12 + 1:02d}", "events": int(n), "mean": round(float(total / n), 2)}
        for name, n, total in zip(names, counts, sums, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every (event, A, B) with A acting towards B, by codes of a dimension; one entry a combination."""

    event: Ints
    a: Ints
    b: Ints


def pairs(columns: Columns, actor: str, recipient: str, mask: Mask) -> Pairs:
    """The pairs of the masked events. Events without recipients join each actor with each other one, both ways."""
    left, right = columns.dimensions[actor], columns.dimensions[recipient]
    assert left.owners is not None and right.owners is not None
    la, lo = left.codes[mask[left.owners]], left.owners[mask[left.owners]]
    ra, ro = right.codes[mask[right.owners]], right.owners[mask[right.owners]]
    alone = ~columns.has("recipient")
    one = _joined(lo, la, ro, ra, len(columns))
    two = _joined(lo[alone[lo]], la[alone[lo]], lo[alone[lo]], la[alone[lo]], len(columns))
    event, a, b = (np.concatenate(both) for both in zip(one, two, strict=True))
    kept = a != b
    return Pairs(event[kept], a[kept], b[kept])


def _joined(lo: Ints, lc: Ints, ro: Ints, rc: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """All combinations of left and right codes with the same owner."""
    order = np.argsort(ro, kind="stable")
    ro, rc = ro[order], rc[order]
    counts = np.bincount(ro, minlength=size)
    starts = np.concatenate(([0], np.cumsum(counts)[:-1])) if size else counts
    repeats = counts[lo]
    owners = np.repeat(lo, repeats)
    first = np.repeat(starts[lo], repeats)
    within = np.arange(len(owners)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return owners.astype(np.int32), np.repeat(lc, repeats), rc[first + within]


def changed(snapshot: Snapshot, limit: int = 8) -> dict[str, Any]:
    """The pairs of countries whose mean score changed most from one period to the next."""
    return snapshot.memo(("changed", limit), lambda: _changed(snapshot, limit))


def _changed(snapshot: Snapshot, limit: int) -> dict[str, Any]:
    columns = snapshot.events
    days_ = columns.numbers["day"]
    actual = columns.dimensions["status"].code("actual")
    mask = columns.having("status", {actual} if actual is not None else set()) & (days_ > NO_DAY)
    if not mask.any():
        return {"period": None, "dyads": []}
    # The 99th percentile, not the last day: one misread year must not empty both periods.
    last = int(np.percentile(days_[mask], 99))
    span = max(1, min(RECENT_DAYS, (last - int(np.percentile(days_[mask], 1))) // 4))
    found = pairs(columns, "actor_country", "recipient_country", mask & (days_ > last - 2 * span))
    labels = columns.dimensions["actor_country"].labels
    recent = days_[found.event] > last - span
    both = found.a.astype(np.int64) * len(labels) + found.b
    scores = np.nan_to_num(columns.numbers["score"][found.event]).astype(np.float64)
    names, slots = np.unique(both, return_inverse=True)
    made = []
    n1, n0 = np.bincount(slots, recent, len(names)), np.bincount(slots, ~recent, len(names))
    s1, s0 = np.bincount(slots, scores * recent, len(names)), np.bincount(slots, scores * ~recent, len(names))
    for i, name in enumerate(names):
        if n1[i] < LEAST_EVENTS or n0[i] < LEAST_EVENTS:
            continue
        now, before = s1[i] / n1[i], s0[i] / n0[i]
        made.append({
            "a": labels[int(name) // len(labels)], "b": labels[int(name) % len(labels)], "now": round(now, 2),
            "before": round(before, 2), "change": round(now - before, 2), "events": int(n1[i]), "events_before": int(n0[i]),
        })  # fmt: skip
    made.sort(key=lambda d: -abs(d["change"]) * min(d["events"], d["events_before"]) ** 0.5)
    return {"period": {"days": span, "until": str(day(last))}, "dyads": made[:limit]}


NODES = 40


def warm(snapshot: Snapshot) -> None:
    """Work out what the first visitors of a large record would wait for."""
    changed(snapshot)
    whole_network(snapshot)


def whole_network(snapshot: Snapshot) -> dict[str, Any]:
    """The network without filters."""
    return snapshot.memo(("network", NODES, ()), lambda: network(snapshot, snapshot.events.all(), NODES))


def busiest(snapshot: Snapshot, limit: int = 8) -> list[dict[str, Any]]:
    """The pairs of actors with most events."""
    held = whole_network(snapshot)
    ends = [(held["actors"][tie["a"]], held["actors"][tie["b"]], tie) for tie in held["ties"][:limit]]
    return [
        {
            "a": a["key"],
            "a_name": a["name"],
            "b": b["key"],
            "b_name": b["name"],
            "events": tie["events"],
            "mean": tie["mean"],
        }
        for a, b, tie in ends
    ]


def network(snapshot: Snapshot, mask: Mask, limit: int = NODES) -> dict[str, Any]:
    """The actors with most events among the masked ones, and how they are tied: counts by class, mean score."""
    columns = snapshot.events
    found = pairs(columns, "actor", "recipient", mask)
    size = len(snapshot.actors.keys)
    weight = np.bincount(found.a, minlength=size) + np.bincount(found.b, minlength=size)
    top = np.argsort(-weight, kind="stable")[:limit]
    top = top[weight[top] > 0]
    inside = np.full(size, -1, dtype=np.int64)
    inside[top] = np.arange(len(top))
    kept = (inside[found.a] >= 0) & (inside[found.b] >= 0)
    a, b = inside[found.a[kept]], inside[found.b[kept]]
    quads = columns.dimensions["quad"].codes[found.event[kept]]
    scores = np.nan_to_num(columns.numbers["score"][found.event[kept]]).astype(np.float64)
    names, slots = np.unique(a * max(len(top), 1) + b, return_inverse=True)
    labels = columns.dimensions["quad"].labels
    counts = np.bincount(slots * len(labels) + quads, minlength=len(names) * len(labels)).reshape(
        len(names), len(labels)
    )
    sums = np.bincount(slots, scores, len(names)) if len(names) else np.zeros(0)
    facts = snapshot.actors.columns.dimensions
    nodes = [
        {
            "key": snapshot.actors.keys[code], "name": snapshot.actors.names[code], "events": int(weight[code]),
            "country": _label(facts["country"], code), "sector": _label(facts["sector"], code),
        }
        for code in top
    ]  # fmt: skip
    ties = [
        {
            "a": int(name // len(top)), "b": int(name % len(top)), "events": int(counts[i].sum()),
            "quads": counts[i].tolist(), "mean": round(float(sums[i] / counts[i].sum()), 2),
        }
        for i, name in enumerate(names)
    ]  # fmt: skip
    ties.sort(key=lambda tie: -tie["events"])
    return {"quads": labels, "actors": nodes, "ties": ties[:MOST_TIES]}


MOST_TIES = 400


def _label(dimension: Any, code: int) -> str | None:
    found = int(dimension.codes[code])
    return dimension.labels[found] if found >= 0 else None
