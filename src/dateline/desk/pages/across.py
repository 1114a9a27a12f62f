"""Processes of talks, their rounds, and pledges: what articles tell together."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dateline.corroborate import judge, undo
from dateline.desk.joined import KINDS, STATES
from dateline.desk.queries import across
from dateline.desk.queries.talk import thread
from dateline.desk.web import Asked, NotFound, Shown, back, first_of, form_of, page, signed
from dateline.errors import UsageError
from dateline.record import open_record


def processes(asked: Asked) -> Shown:
    """/processes"""
    return Shown(across.processes(asked.store, asked.state))


def process(asked: Asked) -> Shown:
    """/process/ID"""
    data = across.process(asked.store, asked.parts["id"])
    if data is None:
        raise NotFound("No such process; the record may have been joined anew. All of them are at /processes.")
    data["thread"] = thread(asked.store, "process", asked.parts["id"])
    return Shown(data)


def one_round(asked: Asked) -> Shown:
    """/round/ID: two sides beside each other, `a` and `b` in the URL."""
    data = across.one_round(asked.store, asked.parts["id"], asked.state)
    if data is None:
        raise NotFound("No such round; the record may have been joined anew. All processes are at /processes.")
    data["thread"] = thread(asked.store, "round", asked.parts["id"])
    return Shown(data)


def pledges(asked: Asked) -> Shown:
    """/pledges"""
    return Shown(across.pledges(asked.store, asked.state), {"kinds": KINDS, "states": STATES})


async def verdict(request: Request) -> Response:
    """POST /verdict: what an analyst says of a joined event or a pledge; `verdict` "take back" takes one's own back."""
    form = await form_of(request)
    name = signed(request)
    kind, target, word, following = (first_of(form, n) for n in ("kind", "target", "verdict", "next"))
    path = request.app.state.store.path

    def write() -> None:
        record = open_record(path)
        if word != "take back":
            judge(record, kind, target, name, word)
            return
        own = across.verdict_of(request.app.state.store, kind, target, name)
        if own is None:
            raise UsageError("there is no verdict of yours to take back")
        undo(record, own, name)

    await run_in_threadpool(write)
    return back(following or "/")


def routes() -> list[BaseRoute]:
    """The routes of this group."""
    return [
        *page("/processes", "processes.html", processes, ("after",)),
        *page("/process/{id}", "process.html", process),
        *page("/round/{id}", "round.html", one_round, ("a", "b")),
        Route("/verdict", verdict, methods=["POST"]),
        *page("/pledges", "pledges.html", pledges, across.PLEDGES_KNOWN),
    ]
