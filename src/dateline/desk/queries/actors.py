"""The actors: which are chosen by a URL, and one of them through all articles."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any

import numpy as np

from dateline.desk.filters import Facet, Filters, actor_name, facets
from dateline.desk.load import Actors
from dateline.desk.queries import rows as read
from dateline.desk.queries.events import timeline
from dateline.desk.state import State
from dateline.desk.store import Store
from dateline.record import review
from dateline.record.query import marks

FACETS = (Facet("country", "country", "Country"), Facet("sector", "sector", "Sector"), Facet("kind", "kind", "Kind"))
SORTS = {
    "-rows": "most told of first", "-articles": "most articles first", "-statements": "most statements first",
    "-acted": "most events first", "name": "by name",
}  # fmt: skip
KNOWN = ("country", "sector", "kind", "q", "sort", "after", "size")

TIES = (
    ("blames", "Blames", "actor", ("ACCUSE",)),
    ("blamed", "Is blamed by", "recipient", ("ACCUSE",)),
    ("meets", "Meets", "actor", ("CONSULT",)),
    ("supports", "Supports and helps", "actor", ("SUPPORT", "AID", "COOPERATE")),
    ("fights", "Uses force against", "actor", ("ASSAULT", "COERCE")),
    ("demands", "Demands of", "actor", ("REQUEST",)),
)
"""What an actor's page tells of its ties: name, title, the role in which the actor stands, types."""


def listing(store: Store, state: State) -> dict[str, Any]:
    """One page of actors, each once for the whole record."""
    snapshot = store.columns
    columns = snapshot.actors.columns
    filters = Filters(columns)
    filters.facets(FACETS, snapshot, state)
    words = state.one("q")
    if words is not None:
        wanted = words.casefold()
        hits = [i + 1 for i, name in enumerate(snapshot.actors.names) if wanted in name.casefold()]
        filters.add("q", columns.numbered(hits))
    sort = state.choice("sort", tuple(SORTS), "-rows")
    page = columns.page(
        sort.lstrip("-"), filters.total(), state.whole("size", 50, 1, 500), state.whole("after", 0, 0, 2**62) or None,
        sort.startswith("-"),
    )  # fmt: skip
    return {
        "actors": [_facts(snapshot.actors, number - 1) for number in page.rows], "total": page.total, "of": len(columns),
        "first": page.first + 1 if page.rows else 0, "after": page.after, "before": page.before, "as_of": snapshot.made,
        "facets": facets(filters, FACETS, snapshot, state),
    }  # fmt: skip


def _facts(actors: Actors, code: int) -> dict[str, Any]:
    columns = actors.columns

    def label(name: str) -> str | None:
        found = int(columns.dimensions[name].codes[code])
        return columns.dimensions[name].labels[found] if found >= 0 else None

    return {
        "key": actors.keys[code],
        "name": actors.names[code],
        **{name: label(name) for name in ("kind", "country", "sector")},
        **{name: int(columns.numbers[name][code]) for name in ("articles", "acted", "received", "statements")},
    }


def one(store: Store, key: str) -> dict[str, Any] | None:
    """An actor through all articles: who it is at which time, its ties, statements, events and names. None if unknown."""
    snapshot = store.columns
    changes = review.identities(store.path)
    merges = {change.key: change.into_key for change in changes if change.act == "merge"}
    read_as = review.resolve(merges, key)
    code = snapshot.actors.code(read_as)
    if code is None:
        return None
    columns = snapshot.events
    acted, received = columns.having("actor", {code}), columns.having("recipient", {code})
    said = snapshot.statements.having("speaker", {code})
    events = read.fetch(store, "event", columns.page("day", acted | received, 15, None, reverse=True).rows)
    read.parties(store, "event", events)
    statements = read.fetch(store, "statement", snapshot.statements.page("day", said, 12, None, reverse=True).rows)
    read.parties(store, "statement", statements)
    keys = [read_as, *(old for old in merges if review.resolve(merges, old) == read_as and old != read_as)]
    roles, names, articles = _described(store, keys)
    return {
        "actor": _facts(snapshot.actors, code) | {"asked_as": key},
        "read_as": keys[1:],
        "changes": [
            {"id": c.id, "act": c.act, "key": c.key, "into_key": c.into_key, "article": c.article, "coder": c.coder, "made": c.made}
            for c in changes
            if {c.key, c.into_key} & set(keys)
        ],
        "roles": roles,
        "names": names,
        "ties": _ties(store, code, acted, received),
        "timeline": timeline(columns, acted | received),
        "events": events,
        "statements": statements,
        "articles": articles,
    }  # fmt: skip


def _ties(store: Store, code: int, acted: Any, received: Any) -> list[dict[str, Any]]:
    snapshot = store.columns
    columns = snapshot.events
    found = []
    for name, title, role, types in TIES:
        codes = {columns.dimensions["type"].code(kind) for kind in types} - {None}
        mask = (acted if role == "actor" else received) & columns.having("type", codes)  # type: ignore[arg-type]
        counts = np.zeros(len(snapshot.actors.keys), dtype=np.int64)
        other = "recipient" if role == "actor" else "actor"
        counts += columns.counts(other, mask)
        if name == "meets":  # reciprocal events have all parties among the actors
            counts += columns.counts("actor", mask)
        counts[code] = 0
        top = np.argsort(-counts, kind="stable")[:6]
        partners = [
            {"key": snapshot.actors.keys[i], "name": snapshot.actors.names[i], "events": int(counts[i])}
            for i in top
            if counts[i]
        ]
        if partners:
            found.append({"tie": name, "title": title, "types": types, "role": role, "with": partners})
    return found


MOST_DESCRIBED = 400
"""Articles of one actor, the latest, from which its roles and names are gathered."""


def _described(
    store: Store, keys: list[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Roles with their time, names in the text with counts, and the latest articles."""
    wanted = marks(keys)
    of = "SELECT row, id, article_id, role, affiliation_id FROM actor"
    with store.reading() as db:
        # Two queries rather than one over an expression, so that the index on the key serves both.
        found = [
            dict(row)
            for condition in (
                f"key IN ({wanted})",
                f"key IS NULL AND lower(name) || '|' || ifnull(country, '') IN ({wanted})",
            )
            for row in db.execute(f"{of} WHERE {condition} ORDER BY row DESC LIMIT {MOST_DESCRIBED}", keys)
        ]
        found = sorted(found, key=lambda row: -row["row"])[:MOST_DESCRIBED]
        articles = _articles(db, [row["article_id"] for row in found])
        names = Counter[str]()
        for start in range(0, len(found), 300):
            ids = [row["id"] for row in found[start : start + 300]]
            for row in db.execute(
                f"SELECT text, count(*) AS n FROM mention WHERE actor_id IN ({marks(ids)}) GROUP BY 1", ids
            ):
                names[row["text"]] += row["n"]
        of_whom = read.actors_by_id(db, [row["affiliation_id"] for row in found if row["affiliation_id"]])
    roles: dict[tuple[str | None, str | None], list[str]] = {}
    for row in found:
        whose = of_whom.get(row["affiliation_id"], {}).get("name")
        if row["role"] or whose:
            roles.setdefault((row["role"], whose), []).append(articles[row["article_id"]]["published"] or "")
    told = [
        {
            "role": role, "affiliation": whose, "first": min(filter(None, seen), default=None), "last": max(seen) or None,
            "articles": len(seen),
        }
        for (role, whose), seen in roles.items()
    ]  # fmt: skip
    told.sort(key=lambda one: (one["last"] or "", one["articles"]), reverse=True)
    latest = sorted(articles.values(), key=lambda one: (one["published"] or "", one["row"]), reverse=True)
    return told[:12], [{"name": name, "mentions": n} for name, n in names.most_common(24)], latest[:12]


def _articles(db: sqlite3.Connection, ids: list[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ids), 300):
        part = ids[start : start + 300]
        for row in db.execute(
            f"SELECT id, row, title, publisher, published FROM article WHERE id IN ({marks(part)})", part
        ):
            found[row["id"]] = dict(row)
    return found


def suggestions(store: Store, key: str, limit: int = 8) -> list[dict[str, Any]]:
    """Actors that may be the same: the same last word of the name and no other country."""
    snapshot = store.columns
    code = snapshot.actors.code(key)
    if code is None:
        return []
    words = actor_name(snapshot, key).casefold().split()
    country = snapshot.actors.columns.dimensions["country"]
    own = int(country.codes[code])
    found = []
    for other, name in enumerate(snapshot.actors.names):
        theirs = int(country.codes[other])
        if (
            other != code
            and words
            and name.casefold().split()[-1:] == words[-1:]
            and (theirs == own or -1 in (theirs, own))
        ):
            found.append(_facts(snapshot.actors, other))
    return sorted(found, key=lambda actor: -actor["articles"])[:limit]
