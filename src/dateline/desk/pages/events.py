"""Events: the faceted table, its CSV, one event, and the data of its charts."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from dateline.desk.filters import filters_of
from dateline.desk.queries import across, articles, events
from dateline.desk.queries import rows as read
from dateline.desk.queries.talk import thread
from dateline.desk.web import Asked, NotFound, Shown, api, ask, page
from dateline.record.review import CHOICES


def table(asked: Asked) -> Shown:
    """/events"""
    return Shown(events.listing(asked.store, asked.state), {"sorts": events.SORTS})


def event(asked: Asked) -> Shown:
    """/event/ID"""
    row = read.one(asked.store, "event", asked.parts["id"])
    if row is None:
        raise NotFound("No such event in this record; the article may have been coded anew.")
    read.parties(asked.store, "event", [row])
    context = articles.context(asked.store, row["article_id"], row["start_offset"], row["end_offset"])
    cluster = across.cluster_of(asked.store, row["id"])
    said = read.one(asked.store, "statement", row["reported_by"]) if row["reported_by"] else None
    return Shown(
        {
            "event": row, "context": context, "reported_in": said, "cluster": cluster,
            "alike": [] if cluster else events.alike(asked.store, row), "thread": thread(asked.store, "event", row["id"]),
        },
        {"choices": CHOICES},
    )  # fmt: skip


def timeline(asked: Asked) -> Shown:
    """/api/timeline: the events that the filters leave, by time and class. The brushed period is shown, not applied."""
    snapshot = asked.store.columns

    def made() -> dict[str, Any]:
        filters = events.chosen(asked.store, snapshot, asked.state)
        return events.timeline(snapshot.events, filters.total(without="day"))

    return Shown(snapshot.memo(("timeline", filters_of(asked.state)), made))


def places(asked: Asked) -> Shown:
    """/api/places: the events that the filters leave, by place."""
    snapshot = asked.store.columns

    def made() -> list[dict[str, Any]]:
        filters = events.chosen(asked.store, snapshot, asked.state)
        return events.places(snapshot, filters.total())

    return Shown({"quads": events.QUAD_NAMES, "places": snapshot.memo(("places", filters_of(asked.state)), made)})


async def export(request: Request) -> Response:
    """/events.csv"""
    asked = ask(request, events.LIST.known)
    lines = await run_in_threadpool(lambda: events.export(asked.store, asked.state))
    return StreamingResponse(
        lines,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="events.csv"'},
    )


def routes() -> list[BaseRoute]:
    """The routes of this group."""
    return [
        *page("/events", "events.html", table, events.LIST.known),
        Route("/events.csv", export, methods=["GET"]),
        *page("/event/{id}", "event.html", event),
        *api("/api/timeline", timeline, events.LIST.known),
        *api("/api/places", places, events.LIST.known),
    ]
