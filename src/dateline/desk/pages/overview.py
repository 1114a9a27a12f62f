"""The overview, the search across everything, runs and problems."""

from __future__ import annotations

from starlette.routing import BaseRoute

from dateline.desk.queries import overview as queries
from dateline.desk.web import Asked, Shown, page


def overview(asked: Asked) -> Shown:
    """/"""
    return Shown(queries.overview(asked.store))


def search(asked: Asked) -> Shown:
    """/search?q=…"""
    words = asked.state.one("q")
    return Shown({"q": words, "found": queries.search(asked.store, words) if words else None})


def runs(asked: Asked) -> Shown:
    """/runs"""
    return Shown({"runs": queries.runs(asked.store), "coders": queries.coders(asked.store)})


def problems(asked: Asked) -> Shown:
    """/problems"""
    after = asked.state.whole("after", 0, 0, 2**62) or None
    return Shown(queries.problems(asked.store, asked.state.one("stage"), 100, after))


def routes() -> list[BaseRoute]:
    """The routes of this group."""
    return [
        *page("/", "overview.html", overview),
        *page("/search", "search.html", search, ("q",)),
        *page("/runs", "runs.html", runs),
        *page("/problems", "problems.html", problems, ("stage", "after")),
    ]
