"""A source as a user names it, turned into pages."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterator
from pathlib import Path

from dateline.errors import InputError, UsageError
from dateline.model import Page
from dateline.read import archive, feed, table
from dateline.read.decode import decode, inflate
from dateline.read.fetch import fetch
from dateline.read.markup import is_markup, tamed
from dateline.settings import Settings

_ARCHIVES = (".warc", ".warc.gz")
_TABLES = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}


def check(source: str) -> None:
    """Raise UsageError if `source` is neither "-", a URL, an existing path, nor a glob that matches one."""
    if source == "-" or _is_url(source) or Path(source).exists():
        return
    if glob.has_magic(source) and next(glob.iglob(source, recursive=True), None) is not None:
        return
    raise UsageError(f"{source}: no such file, folder or matching glob; give a path, a URL or '-' for standard input")


def pages(source: str, settings: Settings) -> Iterator[Page | InputError]:
    """The pages of a source, in its own order.

    `source`: a file, a folder (read recursively by name, hidden files left out), a glob, "-" for standard input, or an
    http(s) URL. A file may be a page (HTML or text), a feed (RSS, Atom), a table (JSONL, CSV, TSV, Parquet), or a WARC
    archive, each also gzipped. What cannot be read comes as an InputError in its place. Raises UsageError for a path
    that does not exist.
    """
    check(source)
    if source == "-":
        yield from _guarded(
            source, lambda: of_bytes(sys.stdin.buffer.read(settings["read.max_bytes"] + 1), "-", settings)
        )
    elif _is_url(source):
        yield from _guarded(source, lambda: _of_url(source, settings))
    else:
        for path in _files(source):
            yield from _guarded(str(path), lambda path=path: _of_file(path, settings))  # type: ignore[misc]


def _is_url(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def _files(source: str) -> Iterator[Path]:
    path = Path(source)
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            if child.is_file() and not any(part.startswith(".") for part in child.relative_to(path).parts):
                yield child
    elif path.exists():
        yield path
    else:
        for name in sorted(glob.glob(source, recursive=True)):
            yield from _files(name)


def _guarded(source: str, read) -> Iterator[Page | InputError]:  # type: ignore[no-untyped-def]
    """The pages that `read` gives; an InputError or a fault of the file system becomes an item of the stream."""
    try:
        yield from read()
    except InputError as error:
        error.source = error.source or source
        yield error
    except OSError as error:
        yield InputError(f"{source}: cannot be read ({error.strerror or error}); check path and permissions", source)


def _of_url(url: str, settings: Settings) -> Iterator[Page | InputError]:
    response = fetch(url, settings)
    yield from of_bytes(response.body, url, settings, response.charset, response.url)


def _of_file(path: Path, settings: Settings) -> Iterator[Page | InputError]:
    name = path.name.lower()
    if name.endswith(_ARCHIVES):
        yield from archive.pages(path, settings)
        return
    kind = _TABLES.get(Path(name.removesuffix(".gz")).suffix)
    if kind is not None:
        yield from table.pages(path, kind, settings)
        return
    size = path.stat().st_size
    if size > settings["read.max_bytes"]:
        raise InputError(
            f"{path}: {size:,} bytes, more than {settings['read.max_bytes']:,} (setting read.max_bytes); not read",
            str(path),
        )
    yield from of_bytes(path.read_bytes(), str(path), settings)


def of_bytes(
    data: bytes, source: str, settings: Settings, charset: str | None = None, url: str | None = None
) -> Iterator[Page | InputError]:
    """The pages in the bytes of one file, answer or stream: one page, or the items of a feed or of JSON lines."""
    limit = settings["read.max_bytes"]
    if len(data) > limit:
        raise InputError(f"{source}: larger than {limit:,} bytes (setting read.max_bytes); not read", source)
    data = inflate(data, limit, source)
    if not data.strip():
        raise InputError(f"{source}: is empty", source)
    text = decode(data, source, charset)
    if feed.is_feed(text):
        yield from feed.pages(text, source)
    elif table.is_json_lines(text):
        yield from table.json_lines(text.splitlines(), source)
    elif is_markup(text):
        yield Page(source, tamed(text, source, settings), "html", url=url)
    else:
        yield Page(source, text, "text", url=url)
