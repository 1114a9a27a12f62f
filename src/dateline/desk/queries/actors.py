"""The actors: which are chosen by a URL, and one of them through all articles."""

from __future__ import annotations

from typing import Any

import numpy as np

from dateline.desk.filters import Facet, Filters, actor_name, facets
from dateline.desk.queries import rows as read
from dateline.desk.queries.events import timeline
from dateline.desk.state import State
from dateline.desk.store import Store
from dateline.record import review

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
        "actors": [_facts(store, number - 1) for number in page.rows], "total": page.total, "of": len(columns),
        "first": page.first + 1 if page.rows else 0, "after": page.after, "before": page.before, "as_of": snapshot.made,
        "facets": facets(filters, FACETS, snapshot, state),
    }  # fmt: skip


def _facts(store: Store, code: int) -> dict[str, Any]:
    actors = store.columns.actors
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
        "actor": _facts(store, code) | {"asked_as": key},
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


MOST_DESCRIBED = 4_000
"""Articles of one actor, the latest, from which its roles and names are gathered."""


def _described(
    store: Store, keys: list[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Roles with their time, names in the text with counts, and the latest articles."""
    wanted = read.marks(keys)
    named = (*keys, *keys)
    # Two conditions rather than one over an expression, so that the index on the key serves both.
    sql_ids = (
        f"SELECT id, article_id, role, affiliation_id, text FROM actor WHERE key IN ({wanted}) OR (key IS NULL AND "
        f"lower(name) || '|' || ifnull(country, '') IN ({wanted})) ORDER BY row DESC LIMIT {MOST_DESCRIBED}"
    )
    with store.reading() as db:
        roles = [
            dict(row)
            for row in db.execute(
                f"SELECT t.role, f.name AS affiliation, min(a.published) AS first, max(a.published) AS last, "
                f"count(DISTINCT t.article_id) AS articles FROM ({sql_ids}) t JOIN article a ON a.id = t.article_id "
                "LEFT JOIN actor f ON f.id = t.affiliation_id WHERE t.role IS NOT NULL OR f.name IS NOT NULL "
                "GROUP BY 1, 2 ORDER BY last DESC, articles DESC LIMIT 12",
                named,
            )
        ]
        names = [
            dict(row)
            for row in db.execute(
                f"SELECT m.text AS name, count(*) AS mentions FROM ({sql_ids}) t JOIN mention m ON m.actor_id = t.id "
                "GROUP BY 1 ORDER BY 2 DESC LIMIT 24",
                named,
            )
        ]
        articles = [
            dict(row)
            for row in db.execute(
                f"SELECT a.id, a.title, a.publisher, a.published FROM article a WHERE a.id IN (SELECT article_id FROM "
                f"({sql_ids})) ORDER BY a.published DESC, a.row DESC LIMIT 12",
                named,
            )
        ]
    return roles, names, articles


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
            found.append(_facts(store, other))
    return sorted(found, key=lambda actor: -actor["articles"])[:limit]
