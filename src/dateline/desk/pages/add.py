"""Add: paste a text, drop files or give a URL; watch it being coded; land on the article."""

from __future__ import annotations

import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dateline.desk.web import Asked, Json, NotFound, Shown, back, enc, form_of, page
from dateline.errors import UsageError
from dateline.model import Page

LEAST_WORDS = 5


def form(asked: Asked) -> Shown:
    """/add"""
    return Shown({"open": not asked.read_only})


def job(asked: Asked) -> Shown:
    """/add/ID"""
    works = asked.works
    found = works.jobs.get(asked.parts["id"]) if works else None
    if found is None:
        raise NotFound("This desk knows no such job; it may have been started anew since.")
    told = found.told()
    landed = [result["article"] for result in told["results"] if result["article"]]
    told["landing"] = (
        f"/article/{enc(landed[0])}" if told["stage"] == "done" and len(landed) == told["of"] == 1 else None
    )
    return Shown(told)


async def add(request: Request) -> Response:
    """POST /add"""
    fields = await form_of(request)

    def text(name: str) -> str:
        value = fields.get(name, [""])[0]
        return value.strip() if isinstance(value, str) else ""

    published = None
    if text("published"):
        try:
            published = datetime.date.fromisoformat(text("published"))
        except ValueError as error:
            raise UsageError(f"published: '{text('published')}' is not a date like 2025-11-08") from error
    pages: list[Page] = []
    if text("text"):
        if len(text("text").split()) < LEAST_WORDS:
            raise UsageError(f"the text has fewer than {LEAST_WORDS} words; paste the whole article")
        pages.append(
            Page(
                "pasted text", text("text"), title=text("title") or None, publisher=text("publisher") or None,
                published=published, published_origin="given" if published else None,
            )
        )  # fmt: skip
    files = [value for value in fields.get("files", []) if isinstance(value, tuple) and value[1]]
    url = text("url") or None
    if url is not None and not url.lower().startswith(("http://", "https://")):
        raise UsageError("url: give an address that begins with http:// or https://")
    given = [
        what for what, is_given in (("pasted text", pages), (f"{len(files)} files", files), (url, url)) if is_given
    ]
    if len(given) != 1:
        raise UsageError("add one thing at a time: paste a text, choose files, or give a URL")
    made = request.app.state.works.add(str(given[0]), pages, files, url)
    if "application/json" in request.headers.get("accept", ""):
        return Json({"job": made.id, "url": f"/add/{made.id}"}, 202)
    return back(f"/add/{made.id}")


def routes() -> list[BaseRoute]:
    """The routes of this group."""
    return [
        *page("/add", "add.html", form),
        Route("/add", add, methods=["POST"]),
        *page("/add/{id}", "job.html", job),
    ]
