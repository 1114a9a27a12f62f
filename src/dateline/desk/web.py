"""What every page shares: one function a page, shown as HTML and as its JSON twin; the template environment; errors."""

from __future__ import annotations

import calendar
import datetime
import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dateline.desk.coding import Works
from dateline.desk.security import TooLarge
from dateline.desk.state import State, state
from dateline.desk.store import Store
from dateline.desk.text import plain
from dateline.errors import DatelineError, RecordError, UsageError
from dateline.model import QUADS
from dateline.version import __version__

CODER_COOKIE = "dateline_coder"
THEME_COOKIE = "dateline_theme"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a page function sees it: the record, the state in the URL, the path's parts, who signs."""

    store: Store
    state: State
    parts: Mapping[str, str]
    coder: str | None
    read_only: bool
    works: Works | None = None
    local: bool = True
    """Whether only this machine reaches the desk."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page function gives: JSON-ready data, and what only the template needs (URLs of neighbours and the like)."""

    data: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)


class NotFound(UsageError):
    """The page's row is not in the record."""


PageFunction = Callable[[Asked], Shown]


def page(path: str, template: str, function: PageFunction, known: Collection[str] = ()) -> list[BaseRoute]:
    """Two routes for one page: `path` as HTML and /api + `path` as JSON. `known`: names that its URL may carry."""

    def work(request: Request) -> tuple[Asked, Shown]:
        asked = ask(request, known)
        return asked, function(asked)

    async def as_html(request: Request) -> Response:
        def whole() -> Response:
            asked, shown = work(request)
            return HTMLResponse(render(request, template, asked, {**shown.data, **shown.extra}))

        return await run_in_threadpool(whole)

    async def as_json(request: Request) -> Response:
        def whole() -> Response:
            _, shown = work(request)
            return Json(shown.data)

        return await run_in_threadpool(whole)

    twin = "/api" if path == "/" else f"/api{path}"
    return [Route(path, as_html, methods=["GET"]), Route(twin, as_json, methods=["GET"])]


def api(path: str, function: PageFunction, known: Collection[str] = ()) -> list[BaseRoute]:
    """A route that only gives JSON: what the charts draw."""

    async def as_json(request: Request) -> Response:
        return await run_in_threadpool(lambda: Json(function(ask(request, known)).data))

    return [Route(path, as_json, methods=["GET"])]


class Json(JSONResponse):
    """JSON whose non-ASCII text stays readable; dates as ISO text."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=str).encode(
            "utf-8", "surrogatepass"
        )


def ask(request: Request, known: Collection[str]) -> Asked:
    """The request with its state read and checked."""
    path = request.url.path
    path = (path[4:] or "/") if path == "/api" or path.startswith("/api/") else path
    return Asked(
        request.app.state.store,
        state(path, request.query_params.multi_items(), known),
        {name: dec(part) for name, part in request.path_params.items()},
        coder_of(request),
        request.state.access.read_only,
        getattr(request.app.state, "works", None),
        not request.state.access.beyond_loopback,
    )


def coder_of(request: Request) -> str | None:
    """The name that this visitor signs with, None before one was given."""
    from urllib.parse import unquote

    name = unquote(request.cookies.get(CODER_COOKIE, "")).strip()
    return name[:80] if name and name.isprintable() else None


# ---- forms


async def form_of(request: Request) -> dict[str, list[Any]]:
    """The fields of a posted form, after its CSRF token was checked. Raises HTTPException 403 without a good one."""
    import hmac

    async with request.form(max_files=MAX_FILES, max_fields=200, max_part_size=MAX_PART) as form:
        given = str(form.get("csrf") or request.headers.get("x-csrf-token", ""))
        if not hmac.compare_digest(given.encode(), str(request.state.csrf).encode()):
            raise HTTPException(403, "The form is too old: reload the page and send it again (CSRF token).")
        fields: dict[str, list[Any]] = {}
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
            elif value.filename:
                fields.setdefault(name, []).append((value.filename, await value.read()))
        return fields


def signed(request: Request) -> str:
    """The name of this visitor; without one there is nothing to sign with."""
    name = coder_of(request)
    if name is None:
        raise UsageError("Say who you are first: sign in with a name at /review.")
    return name


def first_of(form: Mapping[str, list[Any]], name: str) -> str:
    """The first text under a name of a posted form; empty if there is none."""
    value = form.get(name, [""])[0]
    return value if isinstance(value, str) else ""


MAX_FILES = 50
MAX_PART = 2_000_000
"""Files of one form, and characters of one pasted text."""


def back(target: str) -> RedirectResponse:
    """Send the browser to a page of ours after a post. `target` is a path of this server, whatever it looks like."""
    return RedirectResponse(local(target), 303)


def local(target: str) -> str:
    """A path of this server: nothing that a browser could take for another site, no line breaks."""
    clean = "".join(c for c in target if c.isprintable() and c != "\\")
    return "/" + clean.lstrip("/") if not clean.startswith("/") or clean.startswith("//") else clean


# ---- templates


def render(request: Request, template: str, asked: Asked | None, values: Mapping[str, Any]) -> str:
    """The HTML of a page."""
    theme = request.cookies.get(THEME_COOKIE, "")
    return environment().get_template(template).render(
        **values,
        state=asked.state if asked else State(request.url.path, ()),
        here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        path=request.url.path,
        twin=twin_of(request),
        csrf=request.state.csrf,
        coder=coder_of(request),
        read_only=request.state.access.read_only,
        theme=theme if theme in ("light", "dark") else "",
        file=request.app.state.store.path.name,
    )  # fmt: skip


def twin_of(request: Request) -> str:
    """The address of the page's JSON twin."""
    query = f"?{request.url.query}" if request.url.query else ""
    return ("/api" if request.url.path == "/" else f"/api{request.url.path}") + query


@cache
def environment() -> jinja2.Environment:
    """Jinja with every value escaped."""
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("dateline.desk", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    env.filters.update(
        plain=plain,
        quad=quad_class,
        days=days,
        number=number,
        sure=sure,
        enc=enc,
        moment=moment,
        joined=joined,
        told=told,
        fared=fared,
    )
    env.globals.update(static=static, version=__version__, query=lambda **pairs: urlencode(pairs, doseq=True))
    return env


@cache
def ready() -> None:
    """Compile every template, so that no visitor waits for it (100 ms of CPU)."""
    held = environment()
    for name in held.list_templates():
        held.get_template(name)


@cache
def static(name: str) -> str:
    """The address of a static file, with the hash of its content so that it may be kept for ever."""
    content = resources.files("dateline.desk").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def enc(value: str) -> str:
    """A value as one part of a path. A slash goes as "~s", since servers read "%2F" as a slash before routes see it."""
    return quote(str(value).replace("~", "~~").replace("/", "~s"), safe="~")


def dec(part: str) -> str:
    """The value behind a part of a path, as `enc` made it."""
    out, at = [], 0
    while at < len(part):
        two = part[at : at + 2]
        out.append({"~~": "~", "~s": "/"}.get(two, part[at]))
        at += 2 if two in ("~~", "~s") else 1
    return "".join(out)


def quad_class(kind: str | None) -> str:
    """The CSS class of a type, act or quad."""
    return {
        "verbal cooperation": "vcp",
        "material cooperation": "mcp",
        "verbal conflict": "vcf",
        "material conflict": "mcf",
    }.get(QUADS.get(kind or "", kind or ""), "say")


def fared(outcome: str | None) -> str:
    """The CSS class of an outcome of talks: the colour of the class of events that it is like."""
    return {"agreement": "mcp", "partial": "vcp", "none": "mcf", "adjourned": "vcf"}.get(outcome or "", "say")


def days(start: Any, end: Any = None) -> str:
    """A closed interval of days as a reader writes it: "6 Nov 2025", "6–7 Nov 2025"; whole months and years as such."""
    if not start:
        return "no date"
    first = datetime.date.fromisoformat(str(start))
    last = datetime.date.fromisoformat(str(end)) if end else first
    if last == first:
        return f"{first.day} {first:%b %Y}"
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        return _months(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {first:%b %Y}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {last.day} {last:%b %Y}"
    return f"{first.day} {first:%b %Y} – {last.day} {last:%b %Y}"


def _months(first: datetime.date, last: datetime.date) -> str:
    """An interval from the first day of a month to the last of one: "Nov 2025", "Aug – Oct 2012", "2024", "2012 – 2016"."""
    if first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"
    if first.year != last.year:
        return f"{first:%b %Y} – {last:%b %Y}"
    return f"{first:%b %Y}" if first.month == last.month else f"{first:%b} – {last:%b %Y}"


def told(value: Any) -> str:
    """A value that reports agree on or dispute: lists joined, an interval "2023-07-01/2023-07-03" as days."""
    if isinstance(value, list):
        return joined("; ".join(str(one) for one in value))
    text = str(value)
    first, _, last = text.partition("/")
    try:
        return days(first, last or None) if len(first) == 10 else text
    except ValueError:
        return text


def joined(names: str | None) -> str:
    """Names that stand joined by "; " as a reader writes them: "A, B and C"."""
    parts = [part for part in (names or "").split("; ") if part]
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def moment(text: str | None) -> str:
    """A time in UTC as a reader writes it: "6 Nov 2025, 14:03"."""
    if not text:
        return ""
    try:
        at = datetime.datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{at.day} {at:%b %Y, %H:%M}"


def number(value: Any) -> str:
    """A whole number with thin spaces, a fraction to one place."""
    if value is None:
        return "–"
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.1f}".replace("-", "−")
    return f"{int(value):,}".replace(",", "\u202f").replace("-", "−")


def sure(value: Any) -> str:
    """A confidence as two places."""
    return "–" if value is None else f"{value:.2f}"


# ---- errors


async def failed(request: Request, error: Exception) -> Response:
    """An error as a page that says what to do, or as JSON under /api."""
    if isinstance(error, HTTPException):
        status, message = error.status_code, str(error.detail)
        if status == 404:
            message = "There is no such page."
    elif isinstance(error, TooLarge):
        status, message = 413, "The request is too large."
    elif isinstance(error, NotFound):
        status, message = 404, str(error)
    elif isinstance(error, RecordError):
        status, message = 503, str(error)
    elif isinstance(error, DatelineError):
        status, message = 400, str(error)
    else:
        status, message = 500, f"A fault in Dateline, please report it: {type(error).__name__}"
    if request.url.path.startswith("/api"):
        return Json({"error": message}, status)
    values = {"status": status, "message": message}
    return HTMLResponse(render(request, "error.html", None, values), status)
