"""Columns: the rows of one kind held as numpy arrays, for filters, counts and sorted pages within milliseconds.

SQLite answers what is asked of one row or one article; counts of every facet over a million rows under any filter are
asked of these columns (benchmarks/desk.py measures it). They are built from one reading of the record
and never changed; the words themselves stay in the record and are fetched for the rows of a page only.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

NONE = -1
"""The code of a row that has no value in a dimension."""

EPOCH = 719_163
"""The ordinal of 1970-01-01, from which numpy counts."""

NO_DAY = 0
"""The ordinal of a row without a date (day 1 is 0001-01-01)."""

BLOCK = 65_536
"""Rows that are looked at together while a page is filled: most pages are filled from the first block."""

Mask = NDArray[np.bool_]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Dimension:
    """What rows can be sorted into. `codes` index `labels`.

    With `owners` None there is one code a row, in row order. Else a row may have several: `owners[i]` is the position of
    the row that `codes[i]` belongs to, and no pair is there twice.
    """

    labels: tuple[str, ...]
    codes: Ints
    owners: Ints | None = None

    def code(self, label: str) -> int | None:
        """The code of a label; None if no row ever had it."""
        try:
            return self.labels.index(label)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Order:
    """A total order of the rows: `sequence` has positions in rising order, `rank` is its inverse."""

    sequence: Ints
    rank: Ints


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows: SQLite row numbers, how many rows there are in all, and the neighbours' cursors."""

    rows: tuple[int, ...]
    total: int
    first: int
    after: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Columns:
    """All rows of one kind. `rows`: SQLite row numbers, rising; every array is aligned with it."""

    rows: NDArray[np.int64]
    dimensions: Mapping[str, Dimension]
    numbers: Mapping[str, NDArray[np.float32] | Ints]
    orders: dict[str, Order] = field(default_factory=dict)
    inverses: dict[str, tuple[Ints, NDArray[np.int64]]] = field(default_factory=dict)
    totals: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    # ---- which rows

    def all(self) -> Mask:
        """Every row."""
        return np.ones(len(self.rows), dtype=bool)

    def having(self, name: str, codes: Collection[int]) -> Mask:
        """The rows that have one of the codes in a dimension."""
        entries, starts = self._inverse(name)
        owners = self.dimensions[name].owners
        mask = np.zeros(len(self.rows), dtype=bool)
        for code in codes:
            if code != NONE:
                found = entries[starts[code] : starts[code + 1]]
                mask[found if owners is None else owners[found]] = True
        return mask

    def has(self, name: str) -> Mask:
        """The rows that have any value in a dimension."""
        dimension = self.dimensions[name]
        if dimension.owners is None:
            return np.not_equal(dimension.codes, NONE)
        mask = np.zeros(len(self.rows), dtype=bool)
        mask[dimension.owners] = True
        return mask

    def _inverse(self, name: str) -> tuple[Ints, NDArray[np.int64]]:
        """The entries of a dimension sorted by code, and where each code begins; made when it is first asked for."""
        found = self.inverses.get(name)
        if found is None:
            dimension = self.dimensions[name]
            entries = np.argsort(dimension.codes, kind="stable").astype(np.int32)
            starts = np.searchsorted(dimension.codes[entries], np.arange(len(dimension.labels) + 1))
            found = self.inverses[name] = (entries, starts)
        return found

    def between(self, name: str, low: float | None, high: float | None) -> Mask:
        """The rows whose number lies in the closed range."""
        values = self.numbers[name]
        mask = self.all()
        if low is not None:
            mask &= values >= low
        if high is not None:
            mask &= values <= high
        return mask

    def numbered(self, rows: Iterable[int]) -> Mask:
        """The rows with these SQLite numbers; numbers that are not here are passed over."""
        wanted = np.fromiter(rows, dtype=np.int64)
        mask = np.zeros(len(self.rows), dtype=bool)
        if len(wanted) and len(self.rows):
            at = np.searchsorted(self.rows, wanted)
            at[at == len(self.rows)] = 0
            mask[at[self.rows[at] == wanted]] = True
        return mask

    # ---- counts

    def counts(self, name: str, mask: Mask) -> NDArray[np.int64]:
        """How many of the masked rows have each code of a dimension."""
        whole = self.totals.get(name)
        if whole is None:
            whole = self.totals[name] = self._counted(name, None)
        # The smaller side is counted, and the larger one is the rest.
        chosen = int(np.count_nonzero(mask))
        if chosen == len(mask):
            return whole
        return whole - self._counted(name, ~mask) if chosen > len(mask) // 2 else self._counted(name, mask)

    def _counted(self, name: str, mask: Mask | None) -> NDArray[np.int64]:
        dimension = self.dimensions[name]
        codes = dimension.codes
        if mask is not None:
            codes = codes[mask] if dimension.owners is None else codes[mask[dimension.owners]]
        if dimension.owners is None:
            codes = codes[codes != NONE]
        return np.bincount(codes, minlength=len(dimension.labels))

    def top(self, name: str, mask: Mask, size: int, always: Collection[int] = ()) -> list[tuple[str, int]]:
        """The `size` most frequent labels among the masked rows with their counts, and those of `always`."""
        counts = self.counts(name, mask)
        chosen = np.argpartition(-counts, size)[:size] if len(counts) > size else np.arange(len(counts))
        codes = {int(code) for code in chosen if counts[code]} | {code for code in always if code != NONE}
        labels = self.dimensions[name].labels
        return sorted(((labels[code], int(counts[code])) for code in codes), key=lambda item: (-item[1], item[0]))

    # ---- pages

    def page(self, order: str, mask: Mask, size: int, start: int | None, reverse: bool = False) -> Page:
        """A page of the masked rows.

        `start`: the SQLite row number after which the page begins (keyset: rows added meanwhile move nothing), None for
        the first page. A row that is no longer there starts anew.
        """
        by = self.ordered(order)
        sequence = by.sequence[::-1] if reverse else by.sequence
        size_of_all = len(sequence)
        begin = 0  # in the sequence, not among the chosen
        if start is not None:
            at = int(np.searchsorted(self.rows, start))
            if at < len(self.rows) and self.rows[at] == start:
                rank = int(by.rank[at])
                begin = (size_of_all - 1 - rank if reverse else rank) + 1
        picked: list[int] = []
        at = begin
        while at < size_of_all and len(picked) <= size:  # one more than a page, to know whether there is a next one
            block = sequence[at : at + BLOCK]
            picked += block[mask[block]][: size + 1 - len(picked)].tolist()
            at += BLOCK
        more = len(picked) > size
        del picked[size:]
        earlier = sequence[:begin]
        earlier = earlier[mask[earlier]]
        before = None
        if len(earlier):
            before = int(self.rows[earlier[-size - 1]]) if len(earlier) > size else 0
        return Page(
            rows=tuple(int(self.rows[position]) for position in picked),
            total=int(np.count_nonzero(mask)),
            first=len(earlier),
            after=int(self.rows[picked[-1]]) if more else None,
            before=before,
        )

    def ordered(self, name: str) -> Order:
        """The order by a number, a dimension's label, or "row"; made when it is first asked for."""
        found = self.orders.get(name)
        if found is None:
            if name == "row":
                sequence = np.arange(len(self.rows), dtype=np.int32)
            else:
                values = self.numbers[name] if name in self.numbers else self._places(name)
                sequence = np.argsort(values, kind="stable").astype(np.int32)
            rank = np.empty_like(sequence)
            rank[sequence] = np.arange(len(sequence), dtype=np.int32)
            found = self.orders[name] = Order(sequence, rank)
        return found

    def months(self) -> NDArray[np.int64]:
        """The month of each row's day, counted from year 0; made when it is first asked for. Rows without a day have any."""
        found = self.totals.get("months of rows")
        if found is None:
            days = (self.numbers["day"].astype(np.int64) - EPOCH).astype("datetime64[D]")
            found = self.totals["months of rows"] = days.astype("datetime64[M]").astype(np.int64) + 1970 * 12
        return found

    def _places(self, name: str) -> Ints:
        """The place of each row's label among all labels in the alphabet."""
        dimension = self.dimensions[name]
        places = np.zeros(len(dimension.labels) + 1, dtype=np.int32)
        for place, code in enumerate(sorted(range(len(dimension.labels)), key=lambda c: dimension.labels[c])):
            places[code] = place + 1
        if dimension.owners is None:
            return places[dimension.codes]
        first = np.zeros(len(self.rows), dtype=np.int32)
        first[dimension.owners[::-1]] = places[dimension.codes[::-1]]  # the first one of a row is written last
        return first


class Coder:
    """Labels to codes, while columns are built."""

    def __init__(self, labels: Sequence[str] = ()) -> None:
        self.codes = {label: code for code, label in enumerate(labels)}

    def __call__(self, label: str | None) -> int:
        if label is None:
            return NONE
        code = self.codes.get(label)
        if code is None:
            code = self.codes[label] = len(self.codes)
        return code

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.codes)


def single(labels: Sequence[str], codes: Sequence[int]) -> Dimension:
    """A dimension with one code a row."""
    return Dimension(tuple(labels), np.asarray(codes, dtype=np.int32))


def several(labels: Sequence[str], owners: Ints, codes: Ints) -> Dimension:
    """A dimension with any number of codes a row; pairs that come twice and codes NONE are dropped.

    Entries are put in the order of their rows, those of a row stay in theirs: what joins them needs not sort again.
    """
    kept = codes != NONE
    pairs = owners[kept].astype(np.int64) << 32 | codes[kept].astype(np.int64)
    _, first = np.unique(pairs, return_index=True)
    first.sort()
    first = first[np.argsort(owners[kept][first], kind="stable")]
    return Dimension(tuple(labels), codes[kept][first].astype(np.int32), owners[kept][first].astype(np.int32))


def day(ordinal: int) -> datetime.date | None:
    """The date of an ordinal; None for NO_DAY."""
    return datetime.date.fromordinal(ordinal) if ordinal > NO_DAY else None
