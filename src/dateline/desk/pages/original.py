"""The page as it was, beside the body that was taken out of it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from starlette.routing import BaseRoute

from dateline.desk.queries import rows as read
from dateline.desk.web import Asked, NotFound, Shown, page
from dateline.errors import UsageError

MOST_PAGES = 500
"""Rows of a table or archive among which the article's page is looked for."""
MOST_LINES = 3_000


def original(asked: Asked) -> Shown:
    """/original/ID: the lines of the source, those of the body marked. Only on the machine where the desk runs.

    The record names the source; on a desk that others reach it would let them read files, so there it is refused.
    """
    article = read.one(asked.store, "article", asked.parts["id"])
    if article is None:
        raise NotFound("No such article in this record.")
    if not asked.local:
        raise UsageError("Sources are shown only on the machine where the desk runs.")
    lines = source_lines(article["source"])
    kept = {read.folded(line) for line in article["text"].split("\n")} - {""}
    body = read.folded(article["text"])
    shown = [
        {"text": line, "kept": read.folded(line) in kept or (len(line) > 40 and read.folded(line) in body)}
        for line in lines[:MOST_LINES]
    ]
    about = {name: article[name] for name in ("id", "title", "source", "publisher", "published", "text")}
    return Shown({"article": about, "lines": shown, "more": len(lines) > MOST_LINES})


def source_lines(source: str) -> list[str]:
    """The lines of the one page under this source, as a browser would lay them out. Raises NotFound if it is gone."""
    from dateline import read as reading
    from dateline.model import Page
    from dateline.settings import load

    path = source.partition("#")[0]
    if source.lower().startswith(("http://", "https://")) or not Path(path).is_file():
        raise NotFound("The source is not a file on this machine, or it was moved since.")
    pages = [one for one in islice(reading.pages(path, load()), MOST_PAGES) if isinstance(one, Page)]
    meant = [one for one in pages if one.source == source] or (pages if len(pages) == 1 else [])
    if not meant:
        raise NotFound("The article’s page was not found in its source; the file may have changed since.")
    text: Any = meant[0].content
    if meant[0].media == "html":
        import inscriptis  # type: ignore[import-untyped]

        text = inscriptis.get_text(text)
    return [line.strip() for line in text.split("\n") if line.strip()]


def routes() -> list[BaseRoute]:
    """The routes of this group."""
    return [*page("/original/{id}", "original.html", original)]
