"""A source as a user names it, turned into pages."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from dateline.errors import InputError, UsageError
from dateline.model import Page
from dateline.read import archive, feed, files, mail, table
from dateline.read.decode import decode, inflate
from dateline.read.fetch import fetch
from dateline.read.markup import is_markup, tamed
from dateline.settings import Settings

_ARCHIVES = (".warc", ".warc.gz")
_TABLES = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}


def check(source: str) -> None:
    """Raise UsageError if `source` is neither "-", a URL, an existing path, nor a glob that matches one."""
    if source == "-" or _is_url(source) or files.exists(source):
        return
    shown = files.shown(source if len(source) <= 200 else source[:200] + "…")
    raise UsageError(f"{shown}: no such file, folder or matching glob; give a path, a URL or '-' for standard input")


def pages(source: str, settings: Settings) -> Iterator[Page | InputError]:
    """The pages of a source, in its own order.

    `source`: a file, a folder (read recursively by name, hidden files left out), a glob, "-" for standard input, or an
    http(s) URL. A file may be a page (HTML, MHTML or text), a feed (RSS, Atom), a table (JSONL, JSON, CSV, TSV, Parquet),
    or a WARC archive, each also gzipped. What cannot be read comes as an InputError in its place. Raises UsageError for a
    path that does not exist.
    """
    check(source)
    if source == "-":
        yield from _guarded(source, lambda: _of_stdin(settings))
    elif _is_url(source):
        yield from _guarded(source, lambda: _of_url(source, settings))
    else:
        for path in files.expand(source):
            if isinstance(path, InputError):
                yield path
            else:
                yield from _guarded(files.shown(path), lambda path=path: _of_file(path, settings))  # type: ignore[misc]


def _is_url(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def _guarded(source: str, read: Callable[[], Iterator[Page | InputError]]) -> Iterator[Page | InputError]:
    """The pages that `read` gives; what goes wrong becomes an item of the stream."""
    try:
        yield from read()
    except InputError as error:
        error.source = error.source or source
        yield error
    except OSError as error:
        yield InputError(f"{source}: cannot be read ({error.strerror or error}); check path and permissions", source)
    except Exception as error:  # noqa: BLE001 - a parser's fault over one source may not stop a run
        yield InputError(f"{source}: fault in Dateline, please report it: {type(error).__name__}: {error}", source)


def _of_stdin(settings: Settings) -> Iterator[Page | InputError]:
    if sys.stdin is None or sys.stdin.closed:
        raise InputError("-: standard input is closed; pipe a page into it", "-")
    stream = io.BufferedReader(sys.stdin.buffer, 65_536)  # type: ignore[type-var]
    try:
        if table.is_json_lines(stream.peek(65_536).decode("utf-8-sig", "replace")):
            yield from table.json_lines(stream, "-", settings)
        else:
            yield from of_bytes(stream.read(settings["read.max_bytes"] + 1), "-", settings)
    finally:
        stream.detach()  # closing it would close standard input


def _of_url(url: str, settings: Settings) -> Iterator[Page | InputError]:
    response = fetch(url, settings)
    yield from of_bytes(response.body, url, settings, response.charset, response.url)


def _of_file(path: str, settings: Settings) -> Iterator[Page | InputError]:
    source, name = files.shown(path), os.path.basename(path).lower()
    if name.endswith(_ARCHIVES):
        with open(path, "rb") as file:
            yield from archive.pages(file, source, settings)
        return
    kind = _TABLES.get(Path(name.removesuffix(".gz")).suffix)
    if kind is not None:
        yield from table.pages(path, source, kind, settings)
        return
    with open(path, "rb") as file:  # read within bounds, for a pipe or a device does not tell its size
        data = file.read(settings["read.max_bytes"] + 1)
    yield from of_bytes(data, source, settings)


def of_bytes(
    data: bytes, source: str, settings: Settings, charset: str | None = None, url: str | None = None
) -> Iterator[Page | InputError]:
    """The pages in the bytes of one file, answer or stream: one page, or those of a feed, a table or an archive."""
    limit = settings["read.max_bytes"]
    if len(data) > limit:
        raise InputError(f"{source}: larger than {limit:,} bytes (setting read.max_bytes); not read", source)
    data = inflate(data, limit, source)
    if not data.strip():
        raise InputError(f"{source}: is empty", source)
    if archive.is_warc(data):
        yield from archive.pages(io.BytesIO(data), source, settings)
        return
    if mail.is_mhtml(data):
        yield mail.page(data, source, settings)
        return
    text = decode(data, source, charset)
    if not text.strip():
        raise InputError(f"{source}: is empty but for white space", source)
    if feed.is_feed(text):
        yield from feed.pages(text, source, settings)
    elif (found := table.of_json(text)) is not None:
        yield from table.rows(found, source, settings)
    elif table.is_json_lines(text[:65_536]):
        yield from table.json_lines(io.BytesIO(text.encode("utf-8", "replace")), source, settings)
    elif is_markup(text):
        yield Page(source, tamed(text, source, settings), "html", url=url)
    else:
        yield Page(source, text, "text", url=url)
