"""Reading the readable files of this room: tab-separated, # for comments, a header, errors with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from dateline.errors import DataError


def rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of `places/data/name` as (where, values by column); DataError for a header or row of another form."""
    text = (resources.files("dateline.places") / "data" / name).read_text(encoding="utf-8")
    header: tuple[str, ...] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"places/data/{name}:{number}"
        values = tuple(line.split("\t"))
        if header is None:
            header = values
            if header != columns:
                raise DataError(f"{where}: the header must be {', '.join(columns)}")
            continue
        if len(values) != len(columns):
            raise DataError(f"{where}: {len(values)} columns, must be {len(columns)}")
        yield where, dict(zip(columns, values, strict=True))


def number(where: str, column: str, value: str, low: float, high: float) -> float:
    """`value` as a number within [low, high], else DataError."""
    try:
        found = float(value)
    except ValueError as error:
        raise DataError(f"{where}: {column} '{value}' is not a number") from error
    if not low <= found <= high:
        raise DataError(f"{where}: {column} {value} is not within {low} and {high}")
    return found


def several(value: str) -> tuple[str, ...]:
    """The names of a cell, which are parted by |."""
    return tuple(part for part in value.split("|") if part)
