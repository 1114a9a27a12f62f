"""Rows of a view: iterated as frozen objects, or handed over whole as a table of Arrow, pandas or Polars."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dateline.errors import UsageError
from dateline.record.file import reading

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

T = TypeVar("T")

BATCH = 5_000
"""Rows a batch on the way to a table: a few MB, whatever the size of the record."""

INTEGERS = frozenset({
    "body_start", "statements", "events", "talks", "actors", "problems", "revisions", "mentions", "acted", "received",
    "start_offset", "end_offset", "source_start", "source_end", "cue_start", "cue_end", "killed", "injured", "arrested",
    "participants", "round", "geonames_id", "added", "replaced", "unchanged", "failed", "articles", "publishers", "versions",
    "reprints", "reports", "texts", "rounds", "positions", "position", "number",
})  # fmt: skip
REALS = frozenset({"confidence", "score", "lat", "lon", "cohesion"})
BOOLEANS = frozenset({"current", "held", "took_part", "overdue"})
DATES = frozenset({
    "published", "date", "start_date", "end_date", "first_published", "last_published", "first_reported", "last_reported",
    "by_when", "checked",
})  # fmt: skip
LISTS = frozenset({
    "authors", "dateline", "sources", "other_sectors", "addressee_ids", "contexts", "actor_ids", "recipient_ids",
    "party_ids", "mediator_ids", "sides", "to_sides", "round_ids", "statement_ids", "heard", "silent", "outside",
})  # fmt: skip
"""The columns of the views by type; every other one is text (docs/record.md). SQLite keeps no types for views, and a
column that happens to hold nulls only must not change its type from one record to the next."""

NAMES = {
    "events_view": {"actors"},
    "reports_view": {"actors"},
    "clusters_view": {"actors"},
    "positions_view": {"round"},
    "verdicts_view": {"current"},
}
"""Columns that are counts in another view and names in this one: here they are text."""


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """Rows of one view, read when they are asked for; every pass reads the record anew, as it then is.

    Iterating gives frozen objects; `to_arrow`, `to_pandas` and `to_polars` give the view's columns as a table (names
    and types in docs/record.md). A pass sees the record as it was when the pass began, whatever is written meanwhile.
    """

    path: Path
    view: str
    where: str
    values: tuple[Any, ...]
    order: str
    build: Callable[[dict[str, Any]], T]
    limit: int | None = None

    @property
    def sql(self) -> str:
        """The query behind the rows, for those who want to go on in SQL; its parameters are `values`."""
        where = f" WHERE {self.where}" if self.where else ""
        limit = f" LIMIT {int(self.limit)}" if self.limit is not None else ""
        return f"SELECT * FROM {self.view}{where} ORDER BY {self.order}{limit}"

    def __iter__(self) -> Iterator[T]:
        for record in self.records():
            yield self.build(record)

    def count(self) -> int:
        """How many rows there are now."""
        with reading(self.path) as db:
            return int(db.execute(f"SELECT count(*) FROM ({self.sql})", self.values).fetchone()[0])

    def first(self) -> T | None:
        """The first row, or None."""
        return next(iter(self), None)

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows as the view has them: column name to what SQLite holds (dates as ISO text, lists as JSON text)."""
        with reading(self.path) as db:
            cursor = db.execute(self.sql, self.values)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                record = dict(zip(names, row, strict=True))
                record.pop("row", None)
                yield record

    def columns(self) -> list[str]:
        """Names of the columns, in the view's order."""
        with reading(self.path) as db:
            cursor = db.execute(f"SELECT * FROM {self.view} LIMIT 0")
            return [column[0] for column in cursor.description if column[0] != "row"]

    def to_arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table. Raises UsageError if pyarrow is not installed."""
        try:
            import pyarrow
        except ImportError as error:
            raise UsageError("to_arrow needs pyarrow: pip install 'dateline[parquet]'") from error
        return pyarrow.Table.from_batches(list(self.batches()), schema=self.schema())

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas frame. Raises UsageError if pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise UsageError("to_pandas needs pandas: pip install pandas") from error
        frame = pandas.DataFrame([self.typed(record) for record in self.records()], columns=self.columns())
        for name in frame.columns:  # a column of whole numbers with gaps stays whole numbers
            if self.kind(name) == "integer":
                frame[name] = frame[name].astype("Int64")
            elif self.kind(name) == "real":
                frame[name] = frame[name].astype("float64")
            elif self.kind(name) == "date":
                frame[name] = pandas.to_datetime(frame[name])
        return frame

    def to_polars(self) -> polars.DataFrame:
        """The rows as a Polars frame. Raises UsageError if polars is not installed."""
        try:
            import polars
        except ImportError as error:
            raise UsageError("to_polars needs polars: pip install polars") from error
        types: dict[str, Any] = {
            "integer": polars.Int64, "real": polars.Float64, "boolean": polars.Boolean, "date": polars.Date,
            "list": polars.List(polars.String), "text": polars.String,
        }  # fmt: skip
        schema = {name: types[self.kind(name)] for name in self.columns()}
        return polars.DataFrame([self.typed(record) for record in self.records()], schema=schema, orient="row")

    def schema(self) -> pyarrow.Schema:
        """The Arrow schema of the view."""
        import pyarrow

        types = {
            "integer": pyarrow.int64(), "real": pyarrow.float64(), "boolean": pyarrow.bool_(), "date": pyarrow.date32(),
            "list": pyarrow.list_(pyarrow.string()), "text": pyarrow.string(),
        }  # fmt: skip
        return pyarrow.schema([(name, types[self.kind(name)]) for name in self.columns()])

    def batches(self) -> Iterator[pyarrow.RecordBatch]:
        """The rows as Arrow batches, so that a table larger than memory can be written piece by piece."""
        import pyarrow

        schema = self.schema()
        held: list[dict[str, Any]] = []
        for record in self.records():
            held.append(self.typed(record))
            if len(held) == BATCH:
                yield pyarrow.RecordBatch.from_pylist(held, schema=schema)
                held = []
        if held:
            yield pyarrow.RecordBatch.from_pylist(held, schema=schema)

    def kind(self, column: str) -> str:
        """The type of a column: integer, real, boolean, date, list or text."""
        if column in NAMES.get(self.view, ()):
            return "text"
        for kind, names in (
            ("integer", INTEGERS),
            ("real", REALS),
            ("boolean", BOOLEANS),
            ("date", DATES),
            ("list", LISTS),
        ):
            if column in names:
                return kind
        return "text"

    def typed(self, record: dict[str, Any]) -> dict[str, Any]:
        """A record with dates as dates and JSON arrays as lists."""
        typed = dict(record)
        for name, value in record.items():
            kind = self.kind(name)
            if value is None:
                continue
            if kind == "date":
                typed[name] = datetime.date.fromisoformat(value)
            elif kind == "list":
                typed[name] = json.loads(value)
            elif kind == "boolean":
                typed[name] = bool(value)
        return typed
