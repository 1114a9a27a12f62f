"""The articles: which are chosen by a URL, and everything that was coded from one."""

from __future__ import annotations

import json
from typing import Any

from dateline.desk.filters import Facet
from dateline.desk.prose import Mark, excerpt
from dateline.desk.queries import listing as lists
from dateline.desk.queries import rows as read
from dateline.desk.state import State
from dateline.desk.store import Store
from dateline.desk.web import quad_class

FACETS = (Facet("publisher", "publisher", "Publisher"), Facet("language", "language", "Language"))
SORTS = {"-day": "latest first", "day": "earliest first", "-row": "last coded first", "publisher": "by publisher"}
LIST = lists.Listing("article", "articles", FACETS, SORTS)
LAYERS = ("statements", "events", "actors", "places", "dates")

_SHOWN = (
    "id", "source", "url", "title", "authors", "publisher", "published", "language", "dateline", "statements", "events",
    "talks", "actors", "problems", "revisions", "run_id", "row", "comments",
)  # fmt: skip


def listing(store: Store, state: State) -> dict[str, Any]:
    """One page of articles with facets and total; the text itself is left out."""
    snapshot = store.columns
    found = lists.page(LIST, store, snapshot, state, *lists.chosen(LIST, store, snapshot, state))
    return found | {"articles": [{name: row[name] for name in _SHOWN} for row in found["articles"]]}


def whole(store: Store, name: str) -> dict[str, Any] | None:
    """One article and all that was coded from it; None if there is none."""
    article = read.one(store, "article", name)
    if article is None:
        return None
    with store.reading() as db:
        found: dict[str, Any] = {"article": article}
        for kind, key in (("statement", "statements"), ("event", "events"), ("talks", "talks")):
            found[key] = read.of_article(db, kind, name)
        for view, key in (("actors_view", "actors"), ("places_view", "places"), ("dates_view", "dates")):
            found[key] = [
                read.ready(row)
                for row in db.execute(f"SELECT * FROM {view} WHERE article_id = ? ORDER BY row", (name,))
            ]
        found["mentions"] = [
            dict(row)
            for row in db.execute(
                "SELECT actor_id, place_id, start_offset, end_offset, text FROM mention WHERE article_id = ? "
                "ORDER BY start_offset",
                (name,),
            )
        ]
        found["problems"] = [
            dict(row) for row in db.execute("SELECT stage, message FROM problem WHERE article_id = ?", (name,))
        ]
        found["revisions"] = [
            dict(row)
            for row in db.execute(
                "SELECT id, version, made, run_id, current FROM revisions_view WHERE article_id = ? ORDER BY row DESC",
                (name,),
            )
        ]
    for actor in found["actors"]:
        actor["other_sectors"] = json.loads(actor["other_sectors"])
        actor["key"] = actor["key"] or f"{actor['name'].lower()}|{actor['country'] or ''}"
    for kind, key in (("statement", "statements"), ("event", "events"), ("talks", "talks")):
        read.parties(store, kind, found[key])
    return found


def marks(found: dict[str, Any]) -> list[Mark]:
    """The spans to show in the text, under the local ids of their rows."""
    made: list[Mark] = []
    for row in found["statements"]:
        quad = quad_class(row["act"])
        made += [Mark(p["start"], p["end"], row["local"], f"st {quad}") for p in row["content"]]
        for part in ("source", "cue"):
            if row[f"{part}_start"] is not None:
                made.append(Mark(row[f"{part}_start"], row[f"{part}_end"], row["local"], part))
    for row in found["events"]:
        made.append(Mark(row["start_offset"], row["end_offset"], row["local"], f"ev {quad_class(row['type'])}"))
    for row in found["talks"]:
        made += [Mark(p["start"], p["end"], row["local"], "tk") for p in row["evidence_spans"]]
    local = {row["id"]: row["local"] for row in (*found["actors"], *found["places"])}
    for mention in found["mentions"]:
        owner = mention["actor_id"] or mention["place_id"]
        if owner in local:
            look = "ac" if mention["actor_id"] else "pl"
            made.append(Mark(mention["start_offset"], mention["end_offset"], local[owner], look))
    made += [Mark(row["start_offset"], row["end_offset"], row["local"], "da") for row in found["dates"]]
    return [mark for mark in made if 0 <= mark.start < mark.end <= len(found["article"]["text"])]


def context(store: Store, article: str, start: int | None, end: int | None) -> dict[str, str]:
    """The words of a row with the paragraph around them."""
    row = store.row("SELECT text FROM article WHERE id = ?", (article,))
    return excerpt(row["text"] if row else "", start, end)
