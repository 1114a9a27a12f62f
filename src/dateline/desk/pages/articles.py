"""Articles: the list, and one set for reading. Statements: the faceted table, and one of them."""

from __future__ import annotations

from typing import Any

from starlette.routing import BaseRoute

from dateline.desk.prose import paragraphs
from dateline.desk.queries import articles, statements
from dateline.desk.queries import rows as read
from dateline.desk.queries.talk import thread
from dateline.desk.web import Asked, NotFound, Shown, page
from dateline.record.review import CHOICES


def table(asked: Asked) -> Shown:
    """/articles"""
    return Shown(articles.listing(asked.store, asked.state), {"sorts": articles.SORTS})


def article(asked: Asked) -> Shown:
    """/article/ID; `hide` names layers that are not shown."""
    found = articles.whole(asked.store, asked.parts["id"])
    if found is None:
        raise NotFound("No such article in this record.")
    joined = _joined(found)
    kinds = (("statement", "statements"), ("event", "events"), ("talks", "talks"))
    notes = {
        row["local"]: {"kind": kind, "row": row, "claims": joined.get(row["id"], []) if kind == "statement" else []}
        for kind, key in kinds
        for row in found[key]
    }
    claimed = {event["local"] for events in joined.values() for event in events}
    noted = [ref for ref in notes if ref not in claimed]
    marks = [mark for mark in articles.marks(found) if mark.ref not in claimed]
    laid = paragraphs(found["article"]["text"], marks, noted)
    hidden = [layer for layer in articles.LAYERS if layer in asked.state.many("hide")]
    found["thread"] = thread(asked.store, "article", found["article"]["id"])
    return Shown(found, {"paragraphs": laid, "notes": notes, "hidden": hidden, "layers": articles.LAYERS})


def _joined(found: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Events that only say again what a statement's act says, by the statement's id: they share its note.

    An act that is performed by speaking is an event over the words of its statement; one that is reported names its statement.
    """
    joined: dict[str, list[dict[str, Any]]] = {}
    for event in found["events"]:
        for statement in found["statements"]:
            named = event["reported_by"] == statement["id"]
            over = event["start_offset"] < statement["end_offset"] and statement["start_offset"] < event["end_offset"]
            same = statement["act"] == event["type"] and statement["who"] == event["who"]
            if same and (named or (over and event["reported_by"] is None)):
                joined.setdefault(statement["id"], []).append(event)
                break
    return joined


def spoken(asked: Asked) -> Shown:
    """/statements"""
    return Shown(statements.listing(asked.store, asked.state), {"sorts": statements.SORTS})


def statement(asked: Asked) -> Shown:
    """/statement/ID"""
    row = read.one(asked.store, "statement", asked.parts["id"])
    if row is None:
        raise NotFound("No such statement in this record; the article may have been coded anew.")
    read.parties(asked.store, "statement", [row])
    start = min(v for v in (row["start_offset"], row["source_start"], row["cue_start"]) if v is not None)
    end = max(v for v in (row["end_offset"], row["source_end"], row["cue_end"]) if v is not None)
    return Shown(
        {
            "statement": row, "context": articles.context(asked.store, row["article_id"], start, end),
            "events": statements.reported_events(asked.store, row["id"]),
            "thread": thread(asked.store, "statement", row["id"]),
        },
        {"choices": CHOICES},
    )  # fmt: skip


def routes() -> list[BaseRoute]:
    """The routes of this group."""
    return [
        *page("/articles", "articles.html", table, articles.LIST.known),
        *page("/article/{id}", "article.html", article, ("hide",)),
        *page("/statements", "statements.html", spoken, statements.LIST.known),
        *page("/statement/{id}", "statement.html", statement),
    ]
