"""Review: the queue and its posts, comments, merged actors, signing, the theme. Everything here that writes is a post."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from dateline.desk.queries import review as queries
from dateline.desk.queries.talk import thread
from dateline.desk.web import (
    CODER_COOKIE,
    THEME_COOKIE,
    Asked,
    Json,
    NotFound,
    Shown,
    back,
    enc,
    first_of,
    form_of,
    page,
    signed,
)
from dateline.errors import UsageError
from dateline.record import review
from dateline.record.review import CHOICES, FIELDS, MAX_NAME

YEAR = 31_536_000
TALKED_OF = ("event", "statement", "talks", "article", "actor", "dyad", "run", "problem", "process", "round")


def queue(asked: Asked) -> Shown:
    """/review"""
    from dateline.model import MODES

    return Shown(
        queries.queue(asked.store, asked.state, asked.coder),
        {
            "kinds": queries.KINDS, "orders": queries.ORDERS, "whoses": queries.WHOSE, "choices": CHOICES, "modes": MODES,
            "seed": asked.state.one("seed") or queries.fresh_seed(),
        },
    )  # fmt: skip


def agreed(asked: Asked) -> Shown:
    """/agreement: who reviewed what, and how far two coders agree."""
    return Shown({"coders": queries.coders(asked.store), "pairs": queries.compared(asked.store)})


def talked(asked: Asked) -> Shown:
    """/thread/KIND?target=…: the comments on any row."""
    kind, target = asked.parts["kind"], asked.state.one("target")
    if kind not in TALKED_OF or target is None:
        raise NotFound("There is nothing of that kind to comment on.")
    return Shown({"thread": thread(asked.store, kind, target)}, {"about": about(kind, target)})


def about(kind: str, target: str) -> str | None:
    """The page of the row that a thread is about."""
    if kind in ("event", "statement", "talks", "article", "actor", "process", "round"):
        return f"/{kind}/{enc(target)}"
    if kind == "dyad" and " → " in target:
        a, b = target.split(" → ", 1)
        return f"/dyad/{enc(a)}/{enc(b)}"
    return {"run": "/runs", "problem": "/problems"}.get(kind)


def fields_of(form: dict[str, list[Any]], kind: str) -> dict[str, Any]:
    """The corrected fields of a posted form: inputs are named "field.NAME"; lists come several times."""
    fields: dict[str, Any] = {}
    for name in FIELDS.get(kind, ()):
        if f"field.{name}" in form:
            values = [value for value in form[f"field.{name}"] if isinstance(value, str)]
            if name.endswith("_ids"):
                fields[name] = [
                    value for value in values if value
                ]  # an empty hidden input says that the list was shown
            else:
                fields[name] = values[0] if values and values[0] else None
    return fields


async def judge(request: Request) -> Response:
    """POST /review: one verdict; then on to the next row of the queue it came from."""
    form = await form_of(request)
    kind, target, verdict = first_of(form, "kind"), first_of(form, "target"), first_of(form, "verdict")
    path = request.app.state.store.path
    fields = fields_of(form, kind) if verdict == "corrected" else {}
    made = await run_in_threadpool(review.judge, path, kind, target, signed(request), verdict, fields)
    if wants_json(request):
        return Json({"id": made.id, "verdict": made.verdict, "fields": made.fields})
    return back(first_of(form, "next") or "/review")


async def undo(request: Request) -> Response:
    """POST /review/undo: take back one's own verdict, and look at its row again."""
    form = await form_of(request)
    path = request.app.state.store.path
    taken = await run_in_threadpool(review.undo, path, first_of(form, "id"), signed(request))
    if wants_json(request):
        return Json({"id": taken.id, "target": taken.target})
    return back(first_of(form, "next") or "/review")


async def say(request: Request) -> Response:
    """POST /comment: a comment or a reply; POST with `take_back`: one's own comment taken back."""
    form = await form_of(request)
    path, name = request.app.state.store.path, signed(request)
    if first_of(form, "take_back"):
        await run_in_threadpool(review.withdraw, path, first_of(form, "take_back"), name)
    else:
        kind = first_of(form, "kind")
        if kind not in TALKED_OF:
            raise UsageError(f"there are no comments on '{kind}'")
        await run_in_threadpool(
            review.comment,
            path,
            kind,
            first_of(form, "target"),
            name,
            first_of(form, "text"),
            first_of(form, "reply_to") or None,
        )
    return back((first_of(form, "next") or "/") + "#comments")


async def identify(request: Request) -> Response:
    """POST /identity: merge an actor into another, split one off in an article, or take such a change back."""
    form = await form_of(request)
    path, name, what = request.app.state.store.path, signed(request), first_of(form, "what")
    key, into = first_of(form, "key"), first_of(form, "into")
    if what == "merge":
        known = request.app.state.store.columns.actors
        if known.code(into) is None:
            raise UsageError(f"no actor has the key '{into}'; copy one from the actor's page")
        await run_in_threadpool(review.merge, path, key, into, name)
        return back(f"/actor/{enc(into)}")
    if what == "split":
        await run_in_threadpool(review.split, path, key, first_of(form, "article"), into, name)
        return back(f"/actor/{enc(into)}")
    if what == "undo":
        await run_in_threadpool(review.undo_identity, path, first_of(form, "id"), name)
        return back(f"/actor/{enc(key)}")
    raise UsageError("what: choose from merge, split, undo")


async def sign(request: Request) -> Response:
    """POST /sign: the name that judgements and comments of this browser are signed with."""
    form = await form_of(request)
    name = " ".join(first_of(form, "coder").split())
    if len(name) > MAX_NAME or not name.isprintable():
        raise UsageError(f"sign with a name of at most {MAX_NAME} characters")
    answer = back(first_of(form, "next") or "/review")
    if name:
        answer.set_cookie(CODER_COOKIE, quote(name), max_age=YEAR, httponly=True, samesite="strict")
    else:
        answer.delete_cookie(CODER_COOKIE)
    return answer


async def theme(request: Request) -> Response:
    """POST /theme: light, dark, or as the system has it. A matter of taste, so it writes nothing but a cookie."""
    form = await form_of(request)
    came_from = urlsplit(request.headers.get("referer", ""))
    answer = back((came_from.path or "/") + (f"?{came_from.query}" if came_from.query else ""))
    wanted = first_of(form, "theme")
    if wanted in ("light", "dark"):
        answer.set_cookie(THEME_COOKIE, wanted, max_age=YEAR, samesite="lax")
    else:
        answer.delete_cookie(THEME_COOKIE)
    return answer


async def labels(request: Request) -> Response:
    """/review/labels.jsonl: the standing judgements as stand-off labels."""
    path = request.app.state.store.path
    lines = await run_in_threadpool(
        lambda: [json.dumps(label, ensure_ascii=False) + "\n" for label in review.labels(path)]
    )
    return StreamingResponse(
        iter(lines), media_type="application/x-ndjson",
        headers={"Content-Disposition": 'attachment; filename="labels.jsonl"'},
    )  # fmt: skip


def wants_json(request: Request) -> bool:
    """Whether the caller is a script rather than a form."""
    return "application/json" in request.headers.get("accept", "")


def routes() -> list[BaseRoute]:
    """The routes of this group."""
    return [
        *page("/review", "review.html", queue, queries.KNOWN),
        Route("/review", judge, methods=["POST"]),
        Route("/review/undo", undo, methods=["POST"]),
        Route("/review/labels.jsonl", labels, methods=["GET"]),
        *page("/agreement", "agreement.html", agreed),
        *page("/thread/{kind}", "thread.html", talked, ("target",)),
        Route("/comment", say, methods=["POST"]),
        Route("/identity", identify, methods=["POST"]),
        Route("/sign", sign, methods=["POST"]),
        Route("/theme", theme, methods=["POST"]),
    ]
