"""Readings of the pair model side by side, as it is trained: texts of several readings in one sequence, each seeing its own alone.

At run time each reading goes by itself (`language.pairs`), so that its text needs no mask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dateline.language.floating import Reading, roles, shared_out

LEAST_ROOM = 32
"""So many marks have room in a pack beside any text."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Readings side by side. `ids`, `places`: id and position of each piece; `marks`: its number as a mark, from 1, or 0.
    `text`, `pair`: which reading, and which pair of the pack (-1: none) each belongs to; `rows`: of the pairs."""

    ids: np.ndarray
    places: np.ndarray
    marks: np.ndarray
    text: np.ndarray
    pair: np.ndarray
    rows: tuple[int, ...]

    def seen(self) -> np.ndarray:
        """Which piece (row) sees which (column): its own text, and a mark its pair's marks too."""
        shared = (self.pair[None, :] == -1) | (self.pair[None, :] == self.pair[:, None])
        return (self.text[None, :] == self.text[:, None]) & shared

    def roles(self) -> np.ndarray:
        """Weights (3 × pairs × pieces) that take the means at actors', at recipients' opening marks (zero without), and the pair's."""
        return roles(self.marks, self.pair, len(self.rows))


def packs(found: Iterable[Reading], size: int) -> Iterator[Pack]:
    """Readings in packs of up to `size` pieces and marks, in their order; a reading with more has its pairs shared out."""
    held: list[Reading] = []
    for reading in (part for whole in found for part in shared_out(whole, max(size - len(whole.pieces), LEAST_ROOM))):
        if held and sum(map(len, held)) + len(reading) > size:
            yield _pack(held)
            held = []
        held.append(reading)
    if held:
        yield _pack(held)


def _pack(held: Sequence[Reading]) -> Pack:
    ids, places, marks, text, pair, rows = [], [], [], [], [], []
    for number, reading in enumerate(held):
        size = len(reading.pieces)
        ids += reading.pieces
        places += range(size)
        marks += [0] * size
        pair += [-1] * size
        for asked in reading.pairs:
            ids += [reading.pieces[place] for _, place in asked.marks]
            places += [place for _, place in asked.marks]
            marks += [mark for mark, _ in asked.marks]
            pair += [len(rows)] * len(asked.marks)
            rows.append(asked.row)
        text += [number] * (len(ids) - len(text))
    return Pack(*map(np.array, (ids, places, marks, text, pair)), tuple(rows))
