"""The record in the forms of other event data: GDELT 2, ICEWS, POLECAT, Phoenix, ACLED (docs/exports.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dateline.record.formats import acled, gdelt2, icews, phoenix, polecat
from dateline.record.formats.coded import Coded, Left, coded


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is written: its columns, the rows of one event, whether it has a header, what parts its cells."""

    columns: tuple[str, ...]
    rows: Callable[[Coded], Iterator[tuple[Any, ...]]]
    header: bool
    delimiter: str


FORMATS = {
    "gdelt2": Format(gdelt2.COLUMNS, gdelt2.rows, False, "\t"),
    "icews": Format(icews.COLUMNS, icews.rows, True, "\t"),
    "polecat": Format(polecat.COLUMNS, polecat.rows, True, "\t"),
    "phoenix": Format(phoenix.COLUMNS, phoenix.rows, False, "\t"),
    "acled": Format(acled.COLUMNS, acled.rows, True, ","),
}
"""The formats by the name that `dateline export --format` takes."""

__all__ = ["FORMATS", "Coded", "Format", "Left", "coded"]
