"""The desk as an ASGI app."""

from __future__ import annotations

import gzip
from functools import cache
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dateline.desk.coding import Works
from dateline.desk.pages import across, add, articles, events, original, overview, relations, review
from dateline.desk.queries import dyads
from dateline.desk.security import Access, Gate, TooLarge
from dateline.desk.store import Store
from dateline.desk.web import failed, ready
from dateline.errors import DatelineError
from dateline.record import open_record

MEDIA = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}


def build(path: Path, access: Access | None = None) -> Gate:
    """The app over the record at `path`. Raises RecordError if there is none. The columns are read before it returns."""
    open_record(path)  # checks the file and brings it up to date
    access = access or Access()
    groups = (overview, articles, events, relations, across, review, add, original)
    app = Starlette(
        routes=[*(route for group in groups for route in group.routes()), Route("/static/{name}", static, methods=["GET"]),
            Route("/favicon.ico", icon, methods=["GET"])],
        exception_handlers={
            HTTPException: failed, DatelineError: failed, TooLarge: failed, 404: failed, 405: failed, Exception: failed,
        },
    )  # fmt: skip
    ready()
    app.state.store = Store(path, dyads.warm)
    app.state.works = Works(path)
    return Gate(app, access)  # around everything, so that a page about a fault has its headers too


async def static(request: Request) -> Response:
    """A file of ours. Its address holds the hash of its content, so browsers may keep it."""
    name = request.path_params["name"]
    file = resources.files("dateline.desk").joinpath("static", name)
    suffix = Path(name).suffix
    if suffix not in MEDIA or name != Path(name).name or not file.is_file():
        raise HTTPException(404)
    kept = "public, max-age=31536000, immutable" if "v" in request.query_params else "no-cache"
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    packed = "gzip" in request.headers.get("accept-encoding", "").lower()
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(content(name, packed), media_type=MEDIA[suffix], headers=headers)


@cache
def content(name: str, packed: bool) -> bytes:
    """A file of ours, as it is or packed (a third of it). Pages are never packed: they hold a secret beside strangers' words."""
    plain = resources.files("dateline.desk").joinpath("static", name).read_bytes()
    return gzip.compress(plain, mtime=0) if packed else plain


async def icon(request: Request) -> Response:
    """The icon where browsers look for it unasked."""
    return RedirectResponse("/static/mark.svg", 301)
