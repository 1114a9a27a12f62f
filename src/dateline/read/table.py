"""Tables: the rows of JSONL, CSV, TSV and Parquet files as pages."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, cast

from dateline.errors import InputError
from dateline.model import Page
from dateline.read.days import day
from dateline.read.decode import narrow_encoding, refuse_binary, wide_encoding
from dateline.read.markup import is_markup, tamed
from dateline.settings import Settings

COLUMNS = {
    "key": ("id", "key", "guid", "article_id", "doc_id", "uuid"),
    "title": ("title", "headline", "heading"),
    "published": ("published", "date", "publication_date", "published_at", "pub_date", "pubdate", "datetime", "publish_date"),
    "publisher": ("publisher", "source_name", "outlet", "newspaper", "publication", "site"),
    "url": ("url", "link", "uri", "web_url"),
    "authors": ("authors", "author", "byline"),
    "text": ("text", "body", "content", "article", "full_text", "fulltext", "maintext"),
    "html": ("html", "raw_html", "page"),
}  # fmt: skip
"""The columns read, each with the names that tables give them; the first that a row has counts."""

_HALF = re.compile("[\ud800-\udfff]")
_HEAD = 65_536
"""Bytes at the beginning of a table by which its encoding is told."""


def of_json(text: str) -> list[Mapping[str, Any]] | None:
    """The rows of a text that is one JSON object or list of objects with a column for text; None for other texts."""
    if text.lstrip()[:1] not in ("[", "{"):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    rows = value if isinstance(value, list) else [value]
    usable = all(isinstance(row, dict) for row in rows) and any(_content(row) for row in rows)
    return rows if usable else None


def is_json_lines(head: str) -> bool:
    """Whether the first line of a text is a JSON object (or the beginning of one, where `head` ends before the line)."""
    line, end, _ = head.lstrip().partition("\n")
    if not end and len(head) >= 4096:
        return re.match(r"\{\s*\"", line) is not None
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def pages(path: str, source: str, kind: str, settings: Settings) -> Iterator[Page | InputError]:
    """The rows of a table file, source `path#row` with rows counted from 1 (a CSV header and blank lines are no rows).

    Rows are read as they are asked for, so that a file may be larger than memory. Raises InputError for a table without
    rows or without a column for text.
    """
    if kind == "parquet":
        yield from rows(_parquet(path, source), source, settings)
        return
    with _open(path) as file:
        if kind == "jsonl":
            yield from json_lines(file, source, settings)
        else:
            yield from _separated(file, source, kind, settings)


def _open(path: str) -> BinaryIO:
    """The file for reading, inflated on the way if it is gzipped, whatever its name."""
    file = open(path, "rb")  # noqa: SIM115 - closed by the caller
    return cast(BinaryIO, gzip.GzipFile(fileobj=file)) if file.peek(2)[:2] == b"\x1f\x8b" else file


def json_lines(file: BinaryIO, source: str, settings: Settings) -> Iterator[Page | InputError]:
    """One page a line of JSON."""
    number = 0
    for line, text in _lines(file, source, settings):
        if isinstance(text, InputError):
            yield text
            number += 1
            continue
        if not text.strip():
            continue
        number += 1
        where = f"{source}#{number}"
        try:
            row = json.loads(text)
            if not isinstance(row, dict):
                raise InputError(f"{where}: line {line} is not a JSON object but {type(row).__name__}", where)
            yield _page(row, where, settings)
        except InputError as error:
            yield error
        except (ValueError, RecursionError) as error:
            yield InputError(f"{where}: line {line} is not valid JSON ({error}); one object a line is expected", where)
    if not number:
        raise InputError(f"{source}: is empty; a table holds one row a line", source)


def _separated(file: BinaryIO, source: str, kind: str, settings: Settings) -> Iterator[Page | InputError]:
    broken: list[InputError] = []

    def lines() -> Iterator[str]:
        for _, text in _lines(file, source, settings):
            if isinstance(text, InputError):
                broken.append(text)
            else:
                yield text

    text = lines()
    header = next((line for line in text if line.strip()), None)
    if header is None:
        raise broken[0] if broken else InputError(f"{source}: is empty; a table begins with its column names", source)
    separator = "\t" if kind == "tsv" else max(",;\t|", key=header.count)
    csv.field_size_limit(settings["read.max_bytes"])
    reader = csv.DictReader(itertools.chain([header], text), delimiter=separator)
    try:
        names = reader.fieldnames or ()
    except csv.Error as error:
        raise InputError(f"{source}: not a readable table ({error})", source) from error
    if not any(_has(names, name) for name in ("text", "html")):
        columns = ", ".join(names) or "none"
        raise InputError(f"{source}: no column for text (columns: {columns}); name one 'text' or 'html'", source)
    number = 0
    while True:
        where = f"{source}#{number + 1}"
        try:
            row = next(reader)
            yield _page(row, where, settings)
        except StopIteration:
            break
        except csv.Error as error:
            yield InputError(f"{where}: not a readable row ({error}), around line {reader.line_num}", where)
        except InputError as error:
            yield error
        number += 1
    yield from broken
    if not number:
        raise InputError(f"{source}: holds no rows below its column names", source)


def _lines(file: BinaryIO, source: str, settings: Settings) -> Iterator[tuple[int, str | InputError]]:
    """The lines of a text file with their numbers, none longer than read.max_bytes; one that cannot be read as its error.

    The encoding is told by the beginning of the file; a line that is UTF-8 is read as such in any case.
    """
    limit = settings["read.max_bytes"]
    number = 0
    narrowed: _Narrowed | None = None
    try:
        head = cast(io.BufferedReader, file).peek(_HEAD)[:_HEAD] if hasattr(file, "peek") else b""
        refuse_binary(head, source)
        wide = wide_encoding(head)
        if wide and wide != "utf-8-sig":
            narrowed = _Narrowed(file, wide)
            file = cast(BinaryIO, narrowed)
        narrow: str | None = None
        while line := file.readline(limit + 1):
            number += 1
            if len(line) > limit:
                yield (
                    number,
                    InputError(
                        f"{source}: line {number} is longer than {limit:,} bytes (setting read.max_bytes); "
                        "the rest of the file was not read",
                        source,
                    ),
                )
                return
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                narrow = narrow or narrow_encoding(head + line)
                text = line.decode(narrow, "replace")
            yield number, text
    except (EOFError, OSError, zlib.error) as error:
        told = getattr(error, "strerror", None) or error
        yield (
            number + 1,
            InputError(f"{source}: cannot be read beyond line {number} ({told}); what stood before was read", source),
        )
    finally:
        if narrowed:
            narrowed.text.detach()  # or it would close the file


class _Narrowed:
    """Lines of a file in UTF-16 or UTF-32, as UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self.text = io.TextIOWrapper(file, encoding, "replace", newline="")

    def readline(self, size: int) -> bytes:
        return self.text.readline(size).encode("utf-8", "replace")


def rows(found: Iterable[Mapping[str, Any]], source: str, settings: Settings) -> Iterator[Page | InputError]:
    """One page a row."""
    number = 0
    for number, row in enumerate(found, 1):
        where = f"{source}#{number}"
        try:
            yield _page(row, where, settings)
        except InputError as error:
            yield error
    if not number:
        raise InputError(f"{source}: holds no rows", source)


def _page(row: Mapping[str, Any], where: str, settings: Settings) -> Page:
    content = _content(row)
    if content is None:
        raise InputError(f"{where}: the row has no text; fill column 'text' or 'html'", where)
    markup = content == _content({"html": _value(row, "html")}) or is_markup(content)
    key, stated = _value(row, "key"), _value(row, "published")
    published = day(stated)
    return Page(
        where,
        tamed(content, where, settings) if markup else content,
        "html" if markup else "text",
        _whole(str(key)) if key is not None else None,
        _text(row, "url"),
        _text(row, "title"),
        tuple(_authors(_value(row, "authors"))),
        _text(row, "publisher"),
        published,
        "table" if published else None,
        notes=()
        if published or stated is None
        else (f"published: the table says '{str(stated)[:80]}', which is no date like 2025-11-08; taken for unknown",),
    )


def _content(row: Mapping[str, Any]) -> str | None:
    """A row's text, else its markup; None for a row without either."""
    for column in ("text", "html"):
        value = _value(row, column)
        if isinstance(value, str) and value.strip():
            return _whole(value)
    return None


def _authors(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (_whole(part.strip()) for part in value.split(";") if part.strip())
    elif isinstance(value, list | tuple):
        yield from (_whole(str(part).strip()) for part in value if part and str(part).strip())


def _has(names: Iterable[str], column: str) -> bool:
    return any(name and name.strip().lower() in COLUMNS[column] for name in names)


def _value(row: Mapping[str, Any], column: str) -> Any:
    folded = {str(name).strip().lower(): value for name, value in row.items() if name is not None}
    return next((folded[name] for name in COLUMNS[column] if not _missing(folded.get(name))), None)


def _missing(value: Any) -> bool:
    """Whether a cell is empty: null, blank, or the NaN by which data frames say so."""
    return value is None or value != value or (isinstance(value, str) and not value.strip())


def _text(row: Mapping[str, Any], column: str) -> str | None:
    value = _value(row, column)
    return _whole(str(value).strip()) if isinstance(value, str | int | float) else None


def _whole(text: str) -> str:
    """The text without halves of characters, which JSON can write but no file can hold."""
    return _HALF.sub("\ufffd", text)


def _parquet(path: str, source: str) -> Iterator[dict[str, Any]]:
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise InputError(f"{source}: reading Parquet needs pyarrow; pip install 'dateline[parquet]'", source) from error
    try:
        with parquet.ParquetFile(path) as file:
            columns = [name for name in file.schema_arrow.names if any(_has([name], c) for c in COLUMNS)]
            if not any(_has(columns, name) for name in ("text", "html")):
                names = ", ".join(file.schema_arrow.names)
                raise InputError(f"{source}: no column for text (columns: {names}); name one 'text' or 'html'", source)
            for batch in file.iter_batches(256, columns=columns):
                yield from batch.to_pylist()
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(f"{source}: not a readable Parquet file ({error})", source) from error
