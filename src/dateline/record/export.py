"""The record in other forms: JSON lines of whole codings, CSV or Parquet with one file a table."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dateline.errors import UsageError
from dateline.record.record import IN_ORDER, Record
from dateline.record.tables import Rows

FORMATS = ("jsonl", "csv", "parquet")

TABLES = (
    "articles", "actors", "mentions", "places", "dates", "statements", "events", "talks", "problems", "revisions", "runs",
)  # fmt: skip
"""The tables of an export: each has the columns of the view of that name."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula when it opens a CSV file (OWASP, "CSV Injection"; the full-width
forms work in East Asian editions). Text that begins so gets an apostrophe before it; numbers are left alone."""


def export(record: Record, form: str, to: str | os.PathLike[str]) -> dict[str, int]:
    """Write the whole record to `to` and return how many rows each file got.

    `form`: "jsonl" (one file, the codings in force, as `dateline code --json` prints them), "csv" or "parquet" (a
    folder with a file a table: the documented views). A file appears whole or not at all; what is there under the same
    name is replaced. Raises UsageError for an unknown form, a place that cannot be written, or Parquet without pyarrow.
    """
    target = Path(to)
    if form not in FORMATS:
        raise UsageError(f"format '{form}' is unknown; choose from {', '.join(FORMATS)}")
    if form == "jsonl":
        return {target.name: _jsonl(record, target)}
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target}: is a file; {form} makes a folder with a file a table, so name a folder")
    if form == "parquet":
        _needs_pyarrow()
    _folder(target)
    one = _csv if form == "csv" else _parquet
    return {f"{name}.{form}": one(_table(record, name), target / f"{name}.{form}") for name in TABLES}


def _table(record: Record, name: str) -> Rows[Any]:
    return Rows(record.path, f"{name}_view", "", (), IN_ORDER, lambda row: row)


def _jsonl(record: Record, target: Path) -> int:
    _folder(target.parent)
    if target.is_dir():
        raise UsageError(f"{target}: is a folder; jsonl makes one file, so name a file")
    count = 0
    with _whole(target) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        for coding in record.codings():
            file.write(coding.to_json() + "\n")
            count += 1
    return count


def _csv(rows: Rows[Any], target: Path) -> int:
    count = 0
    # The byte order mark makes spreadsheets read UTF-8; pandas and R know it ("utf-8-sig", "UTF-8-BOM").
    with _whole(target) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows.columns())
        for record in rows.records():
            writer.writerow([guarded(value) for value in record.values()])
            count += 1
    return count


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA) else value


def _needs_pyarrow() -> None:
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow: pip install 'dateline[parquet]'") from error


def _parquet(rows: Rows[Any], target: Path) -> int:
    import pyarrow.parquet

    count = 0
    with _whole(target) as part, pyarrow.parquet.ParquetWriter(part, rows.schema(), compression="zstd") as file:
        for batch in rows.batches():
            file.write_batch(batch)
            count += batch.num_rows
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
