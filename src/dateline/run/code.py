"""The public functions: code one source, a text, or many sources."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

from dateline import read
from dateline.errors import InputError, UsageError
from dateline.model import Coding, Page
from dateline.run import pool
from dateline.run.coder import Coder
from dateline.settings import Settings, load


@cache
def _coder(codebook: str = "") -> Coder:
    return Coder(load(events__codebook=codebook) if codebook else None)


def code(
    source: str | Path, published: datetime.date | str | None = None, codebook: str | Path | None = None
) -> Coding:
    """Code the one article that `source` holds.

    `source`: path of a file or an http(s) URL. `published`: its date (ISO string or date), which overrides the page's
    own. `codebook`: one of your own, learned (docs/codebook.md). Returns the Coding; a page that yields no article gives a Coding whose `problems` say why. Raises UsageError if
    the path does not exist or holds more than one article (then use `code_many`).
    """
    day = _day(published)
    pages = list(islice(read.pages(str(source), load()), 2))
    if len(pages) > 1:
        raise UsageError(f"{source}: holds more than one article; use dateline.code_many")
    if not pages:
        raise UsageError(f"{source}: holds no article; give a page, or use dateline.code_many for a folder")
    return _coder(str(codebook or "")).code_page(_dated(pages[0], day))


def code_text(
    text: str,
    title: str | None = None,
    published: datetime.date | str | None = None,
    publisher: str | None = None,
    codebook: str | Path | None = None,
) -> Coding:
    """Code a text, clean or as copied whole from a browser. Other arguments are what is known of it."""
    page = Page("text", text, title=title, publisher=publisher)
    return _coder(str(codebook or "")).code_page(_dated(page, _day(published)))


def code_many(
    sources: Iterable[str | Path] | str | Path,
    jobs: int | None = None,
    settings: Settings | None = None,
    published: datetime.date | str | None = None,
) -> Iterator[Coding]:
    """Code all articles of `sources` (files, folders, globs, feeds, tables, archives, URLs), in input order.

    `jobs`: worker processes (default: setting run.jobs). A source or article that fails gives a Coding whose `problems`
    say why. Raises UsageError for a path that does not exist, or a date that is none, before anything is coded.
    """
    day = _day(published)
    settings = settings or load()
    named = [sources] if isinstance(sources, str | Path) else list(sources)
    for source in named:
        read.check(str(source))
    pages = (_dated(page, day) for source in named for page in read.pages(str(source), settings))
    workers = jobs or settings["run.jobs"]
    if workers <= 1:
        coder = _coder() if settings == load() else Coder(settings)
        return map(coder.code_page, pages)
    return pool.code_pages(pages, settings, workers)


def _day(published: datetime.date | str | None) -> datetime.date | None:
    if not isinstance(published, str):
        return published
    try:
        return datetime.date.fromisoformat(published)
    except ValueError as error:
        raise UsageError(f"published: '{published}' is not a date like 2025-11-08") from error


def _dated(page: Page | InputError, published: datetime.date | None) -> Page | InputError:
    """The page with the date that the caller gave for it."""
    if published is None or isinstance(page, InputError):
        return page
    return replace(page, published=published, published_origin="given")
