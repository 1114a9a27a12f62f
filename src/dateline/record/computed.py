"""Small tables that are computed, not stored: iterated as frozen objects, or handed over as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dateline.errors import UsageError

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Computed(Generic[T]):
    """Rows in memory. `kinds`: column → integer, real, date or text; `flat`: what makes a row a record of these columns."""

    rows: tuple[T, ...]
    kinds: Mapping[str, str]
    flat: Callable[[T], dict[str, Any]]

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> list[dict[str, Any]]:
        """The rows as dictionaries by column, dates as dates."""
        return [self.flat(row) for row in self.rows]

    def to_arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table. Raises UsageError if pyarrow is not installed."""
        try:
            import pyarrow
        except ImportError as error:
            raise UsageError("to_arrow needs pyarrow: pip install 'dateline[parquet]'") from error
        types = {
            "integer": pyarrow.int64(), "real": pyarrow.float64(), "date": pyarrow.date32(), "text": pyarrow.string()
        }  # fmt: skip
        schema = pyarrow.schema([(name, types[kind]) for name, kind in self.kinds.items()])
        return pyarrow.Table.from_pylist(self.records(), schema=schema)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas frame. Raises UsageError if pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise UsageError("to_pandas needs pandas: pip install pandas") from error
        frame = pandas.DataFrame(self.records(), columns=list(self.kinds))
        types = {"integer": "Int64", "real": "float64"}
        for name, kind in self.kinds.items():
            frame[name] = (
                pandas.to_datetime(frame[name]) if kind == "date" else frame[name].astype(types.get(kind, object))
            )
        return frame

    def to_polars(self) -> polars.DataFrame:
        """The rows as a Polars frame. Raises UsageError if polars is not installed."""
        try:
            import polars
        except ImportError as error:
            raise UsageError("to_polars needs polars: pip install polars") from error
        types: dict[str, Any] = {
            "integer": polars.Int64, "real": polars.Float64, "date": polars.Date, "text": polars.String
        }  # fmt: skip
        schema = {name: types[kind] for name, kind in self.kinds.items()}
        return polars.DataFrame(self.records(), schema=schema, orient="row")
