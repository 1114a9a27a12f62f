"""The record in other forms: whole codings as JSON lines, a file a table as CSV or Parquet, or another project's format."""

from __future__ import annotations

import csv
import itertools
import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dateline.errors import UsageError
from dateline.model import Span
from dateline.record import formats, share
from dateline.record.file import reading
from dateline.record.formats.coded import Coded, Left, coded
from dateline.record.record import IN_ORDER, STATUSES, Record
from dateline.record.tables import BATCH, Rows

FORMATS = ("jsonl", "csv", "parquet", *formats.FORMATS)

TABLES = (
    "articles", "actors", "mentions", "places", "dates", "statements", "events", "talks", "problems", "revisions", "runs",
)  # fmt: skip
"""The tables of an export: each has the columns of the view of that name."""

JOINED = ("texts", "clusters", "reports", "processes", "rounds", "positions", "pledges")
"""Tables beside them where articles were joined."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula when it opens a CSV file (OWASP, "CSV Injection"; the full-width
forms work in East Asian editions). Text that begins so gets an apostrophe before it; numbers are left alone."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """How words are left out (share.py): `words` of evidence and contents stay."""

    words: int = 0


class Exported(dict[str, int]):
    """How many rows each file got; `left` counts what the format has no place for."""

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        super().__init__(counts or {})
        self.left = Left()


def export(
    record: Record,
    form: str,
    to: str | os.PathLike[str],
    *,
    text: bool = True,
    words: int = 0,
    statuses: Collection[str] = ("actual",),
    reviewed: bool = False,
) -> Exported:
    """Write the whole record to `to` and return how many rows each file got.

    `form`: "jsonl" (one file, the codings in force, as `dateline code --json` prints them), "csv" or "parquet" (a
    folder with a file a table: the documented views), or one event format a file: "gdelt2", "icews", "polecat",
    "phoenix", "acled" (docs/exports.md). `text=False`: without the articles' words (share.py); `words` of each evidence
    and content stay then. `statuses`: which events go into an event format; `reviewed`: there as analysts corrected them, without those they rejected. A file appears whole or not at all; what is
    there under the same name is replaced. Raises UsageError for an unknown form or status, a place that cannot be
    written, or Parquet without pyarrow.
    """
    target = Path(to)
    sharing = None if text else Sharing(words)
    if form not in FORMATS:
        raise UsageError(f"format '{form}' is unknown; choose from {', '.join(FORMATS)}")
    if words < 0 or (words and text):
        raise UsageError("words: is a number of 0 or more, and goes with an export without text only")
    if form in formats.FORMATS:
        return _events(record, form, target, sharing, statuses, reviewed)
    if reviewed:
        raise UsageError(
            f"reviewed goes with {', '.join(formats.FORMATS)}; the judgements are in reviews_view for the others"
        )
    if form == "jsonl":
        return Exported({target.name: _jsonl(record, target, sharing)})
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target}: is a file; {form} makes a folder with a file a table, so name a folder")
    if form == "parquet":
        _needs_pyarrow()
    _folder(target)
    one = _csv if form == "csv" else _parquet
    return Exported(
        {f"{name}.{form}": one(_table(record, name), target / f"{name}.{form}", sharing) for name in tables(record)}
    )


def tables(record: Record) -> tuple[str, ...]:
    """The tables that this record has: those of joined articles only where there are any."""
    with reading(record.path) as db:
        views = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
        filled = "texts_view" in views and db.execute("SELECT 1 FROM texts_view LIMIT 1").fetchone()
    return (*TABLES, *(name for name in JOINED if filled and f"{name}_view" in views))


def _table(record: Record, name: str) -> Rows[Any]:
    return Rows(record.path, f"{name}_view", "", (), IN_ORDER, lambda row: row)


def _file(target: Path, form: str) -> None:
    _folder(target.parent)
    if target.is_dir():
        raise UsageError(f"{target}: is a folder; {form} makes one file, so name a file")


def _jsonl(record: Record, target: Path, sharing: Sharing | None) -> int:
    _file(target, "jsonl")
    count = 0
    with _whole(target) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        for coding in record.codings():
            if sharing:
                line = json.dumps(share.stripped(coding.to_dict(), sharing.words), ensure_ascii=False)
            else:
                line = coding.to_json()
            file.write(line + "\n")
            count += 1
    return count


def _events(
    record: Record, form: str, target: Path, sharing: Sharing | None, statuses: Collection[str], reviewed: bool
) -> Exported:
    for status in statuses:
        if status not in STATUSES:
            raise UsageError(f"status '{status}' is unknown; choose from {', '.join(STATUSES)}")
    _file(target, form)
    shape = formats.FORMATS[form]
    done = Exported()
    count = 0
    with _whole(target) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=shape.delimiter, lineterminator="\n")
        if shape.header:
            writer.writerow(shape.columns)
        for event in coded(record.path, statuses, done.left, reviewed):
            if event.day is None:
                done.left.undated += 1
                continue
            before = count
            for row in shape.rows(_without_words(event, sharing) if sharing else event):
                writer.writerow([guarded(_flat(value)) for value in row])
                count += 1
            done.left.unmapped += count == before
    done[target.name] = count
    return done


def _without_words(event: Coded, sharing: Sharing) -> Coded:
    def parties(found: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            replace(p, name=share.name(p.name), role=p.role and share.name(p.role), text=None,
                    affiliation=p.affiliation and share.name(p.affiliation))
            for p in found
        )  # fmt: skip

    words = event.evidence
    return replace(
        event,
        actors=parties(event.actors), recipients=parties(event.recipients),
        place=event.place and replace(event.place, name=share.name(event.place.name), text=None),
        article=replace(event.article, title=None),
        evidence=Span(words.start, words.end, share.excerpt(words.text, sharing.words)),
    )  # fmt: skip


def _flat(value: Any) -> Any:
    """Text on one line: the readers of these formats split at line breaks and tabs whatever is quoted."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _csv(rows: Rows[Any], target: Path, sharing: Sharing | None) -> int:
    count = 0
    columns = rows.columns()
    # The byte order mark makes spreadsheets read UTF-8; pandas and R know it ("utf-8-sig", "UTF-8-BOM").
    with _whole(target) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, *_hash_columns(rows, sharing)])
        for record in _records(rows, sharing):
            writer.writerow([guarded(value) for value in record.values()])
            count += 1
    return count


def _hash_columns(rows: Rows[Any], sharing: Sharing | None) -> list[str]:
    return [f"{c}_sha256" for c in rows.columns() if share.hashed(rows.view, c)] if sharing else []


def _records(rows: Rows[Any], sharing: Sharing | None) -> Iterator[dict[str, Any]]:
    """The rows, without the articles' words and with their hashes behind where they are to be shared."""
    for record in rows.records():
        if sharing:
            hashes = {
                f"{name}_sha256": share.sha256(value) if isinstance(value, str) else None
                for name, value in record.items()
                if share.hashed(rows.view, name)
            }
            record = {
                name: share.cell(rows.view, name, value, sharing.words) for name, value in record.items()
            } | hashes
        yield record


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA) else value


def _needs_pyarrow() -> None:
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow: pip install 'dateline[parquet]'") from error


def _parquet(rows: Rows[Any], target: Path, sharing: Sharing | None) -> int:
    import pyarrow.parquet

    count = 0
    schema = rows.schema()
    for name in _hash_columns(rows, sharing):
        schema = schema.append(pyarrow.field(name, pyarrow.string()))
    with _whole(target) as part, pyarrow.parquet.ParquetWriter(part, schema, compression="zstd") as file:
        records = map(rows.typed, _records(rows, sharing))
        while batch := list(itertools.islice(records, BATCH)):
            file.write_batch(pyarrow.RecordBatch.from_pylist(batch, schema=schema))
            count += len(batch)
    return count


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: cannot be made ({error.strerror}); name another folder") from error


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A place to write that becomes `target` only when everything is written."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        yield part
        os.replace(part, target)
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror or error})") from error
    finally:
        part.unlink(missing_ok=True)
