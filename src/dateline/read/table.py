"""Tables: the rows of JSONL, CSV, TSV and Parquet files as pages."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import itertools
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.errors import InputError
from dateline.model import Page
from dateline.read.decode import decode
from dateline.read.markup import is_markup, tamed
from dateline.settings import Settings, load

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


def is_json_lines(text: str) -> bool:
    """Whether the first line of a text is a JSON object with a column for text."""
    line = text.lstrip()[:1_000_000].split("\n", 1)[0]
    if not line.startswith("{"):
        return False
    try:
        row = json.loads(line)
    except ValueError:
        return False
    return isinstance(row, dict) and (_value(row, "text") or _value(row, "html")) is not None


def pages(path: Path, kind: str, settings: Settings) -> Iterator[Page | InputError]:
    """The rows of a table file, source `path#row` with rows counted from 1 (a CSV header is no row)."""
    source = str(path)
    if path.stat().st_size == 0:
        raise InputError(f"{source}: is empty", source)
    if kind == "parquet":
        yield from _rows(_parquet(path), source, settings)
        return
    opener = gzip.open if path.suffix.lower() == ".gz" else open
    if kind == "jsonl":
        with opener(path, "rb") as file:
            yield from _lines(file, source, settings)  # type: ignore[arg-type]
        return
    with opener(path, "rb") as file:
        text = io.StringIO(decode(file.read(settings["read.max_bytes"]), source))  # type: ignore[arg-type]
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    reader = csv.DictReader(text, delimiter="\t" if kind == "tsv" else _delimiter(text))
    if not any(_has(reader.fieldnames or (), name) for name in ("text", "html")):
        columns = ", ".join(reader.fieldnames or ()) or "none"
        raise InputError(f"{source}: no column for text (columns: {columns}); name one 'text' or 'html'", source)
    yield from _rows(reader, source, settings)


def json_lines(lines: Iterable[str], source: str) -> Iterator[Page | InputError]:
    """The rows of JSON lines that came as text."""
    yield from _lines((line.encode("utf-8", "surrogatepass") for line in lines), source, load())


def _lines(lines: Iterable[bytes], source: str, settings: Settings) -> Iterator[Page | InputError]:
    """One page a line, read as it comes, so that a file may be larger than memory."""
    number = 0
    for line in lines:
        if not line.strip():
            continue
        number += 1
        where = f"{source}#{number}"
        try:
            row = json.loads(decode(line, where))
            if not isinstance(row, dict):
                raise InputError(f"{where}: not a JSON object but {type(row).__name__}", where)
            yield _page(row, where, settings)
        except InputError as error:
            yield error
        except (ValueError, RecursionError) as error:
            yield InputError(f"{where}: not valid JSON ({error}); one object a line is expected", where)
    if not number:
        raise InputError(f"{source}: holds no rows", source)


def _rows(rows: Iterable[Mapping[str, Any]], source: str, settings: Settings) -> Iterator[Page | InputError]:
    number = 0
    for number, row in zip(itertools.count(1), rows, strict=False):
        where = f"{source}#{number}"
        try:
            yield _page(row, where, settings)
        except InputError as error:
            yield error
    if not number:
        raise InputError(f"{source}: holds no rows", source)


def _page(row: Mapping[str, Any], where: str, settings: Settings) -> Page:
    text, html = _value(row, "text"), _value(row, "html")
    content = text if isinstance(text, str) and text.strip() else html
    if not isinstance(content, str) or not content.strip():
        raise InputError(f"{where}: the row has no text; fill column 'text' or 'html'", where)
    markup = content is html or is_markup(content)
    key, published = _value(row, "key"), day(_value(row, "published"))
    return Page(
        where,
        tamed(content, where, settings) if markup else content,
        "html" if markup else "text",
        str(key) if key is not None else None,
        _text(row, "url"),
        _text(row, "title"),
        tuple(_authors(_value(row, "authors"))),
        _text(row, "publisher"),
        published,
        "table" if published else None,
    )


def day(value: Any) -> datetime.date | None:
    """A day from a date, a time, or a string that begins with an ISO date; None for anything else."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value.strip()[:10])
        except ValueError:
            return None
    return None


def _authors(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (part.strip() for part in value.split(";") if part.strip())
    elif isinstance(value, list | tuple):
        yield from (str(part).strip() for part in value if part and str(part).strip())


def _has(names: Iterable[str], column: str) -> bool:
    return any(name and name.strip().lower() in COLUMNS[column] for name in names)


def _value(row: Mapping[str, Any], column: str) -> Any:
    folded = {str(name).strip().lower(): value for name, value in row.items() if name is not None}
    return next((folded[name] for name in COLUMNS[column] if folded.get(name) not in (None, "")), None)


def _text(row: Mapping[str, Any], column: str) -> str | None:
    value = _value(row, column)
    return str(value).strip() or None if value is not None else None


def _delimiter(text: io.StringIO) -> str:
    head = text.readline()
    text.seek(0)
    return max(",;\t|", key=head.count)


def _parquet(path: Path) -> Iterator[dict[str, Any]]:
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise InputError(
            f"{path}: reading Parquet needs pyarrow; pip install 'dateline[parquet]'", str(path)
        ) from error
    try:
        file = parquet.ParquetFile(path)
        columns = [name for name in file.schema_arrow.names if any(_has([name], c) for c in COLUMNS)]
        if not any(_has(columns, name) for name in ("text", "html")):
            names = ", ".join(file.schema_arrow.names)
            raise InputError(f"{path}: no column for text (columns: {names}); name one 'text' or 'html'", str(path))
        for batch in file.iter_batches(256, columns=columns):
            yield from batch.to_pylist()
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(f"{path}: not a readable Parquet file ({error})", str(path)) from error
