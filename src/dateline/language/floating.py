"""How the pair model reads: each text once, and beside it the marks of every pair that is asked of it.

A mark is a second copy, coloured by its role, of the first or last piece of an actor or recipient, at the same position. It sees
the text and the other marks of its pair, and no word sees it ("levitated markers", Ye et al. 2022). So a sentence costs one reading
however many pairs it has, and what is said of a pair does not depend on which others are asked with it, but for the rounding of int8,
whose scale is that of the whole reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_PIECES = 256
"""A text longer than this is cut around the marks of its pair. Wire sentences with one of context have 160 at most."""
_MARK = re.compile(r"(</?[st]>)")
_NUMBER = {"<s>": 1, "</s>": 2, "<t>": 3, "</t>": 4}
PAIR = 5
"""The mark of the pair as a whole, at the start of the text."""
MARKS = 5
"""How many marks there are."""
UNSEEN = -1e4
"""What is added to the attention of a piece to one that it does not see."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One marked pair: which of the texts asked it is, and its marks as (number, piece): 1 and 2 open and close an actor,
    3 and 4 a recipient, `PAIR` is the whole."""

    row: int
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's piece ids, [CLS] and [SEP] among them, and its pairs."""

    pieces: tuple[int, ...]
    pairs: tuple[Pair, ...]

    def __len__(self) -> int:
        return len(self.pieces) + sum(len(p.marks) for p in self.pairs)

    def marks(self) -> np.ndarray:
        """The marks of all pairs (3 × marks): their numbers, the pieces they copy, and which pair they belong to."""
        rows = [(number, place, i) for i, pair in enumerate(self.pairs) for number, place in pair.marks]
        return np.array(rows, np.int64).reshape(-1, 3).T


def roles(marks: np.ndarray, pair: np.ndarray, pairs: int) -> np.ndarray:
    """Weights (3 × pairs × marks) that take the means at actors', at recipients' opening marks (zero without), and the pair's.

    `marks`, `pair`: number of each mark (0: none), and which pair it belongs to.
    """
    weights = np.zeros((3, pairs, len(marks)), np.float32)
    for role, mark in enumerate((_NUMBER["<s>"], _NUMBER["<t>"], PAIR)):
        at = np.flatnonzero(marks == mark)
        weights[role, pair[at], at] = 1.0
    return weights / np.maximum(weights.sum(-1, keepdims=True), 1.0)


def unmarked(marked: str) -> tuple[str, list[tuple[int, int, int]]]:
    """A marked text without its marks, and its spans: (1 actor or 3 recipient, start, end)."""
    bare, spans, at, opened = [], [], 0, 0
    for part in _MARK.split(marked):
        if part in ("<s>", "<t>"):
            opened = at
        elif part in ("</s>", "</t>"):
            spans.append((_NUMBER[part] - 1, opened, at))
        else:
            bare.append(part)
            at += len(part)
    return "".join(bare), spans


def readings(cutter: Tokenizer, marked: Sequence[str], closing: bool = True) -> list[Reading]:
    """Marked texts as readings, one a different text; only what is longer than MAX_PIECES is read pair by pair.

    Without `closing` the last pieces of actors and recipients have no marks: a third fewer, which costs the answers for an article's
    candidates nothing (docs/models.md)."""
    asked: dict[str, list[tuple[int, list[tuple[int, int, int]]]]] = {}
    for row, text in enumerate(marked):
        bare, spans = unmarked(text)
        asked.setdefault(bare, []).append((row, spans))
    found = []
    for encoding, pairs in zip(cutter.encode_batch(list(asked)), asked.values(), strict=True):
        made = [Pair(row, _placed(encoding.offsets, spans, closing)) for row, spans in pairs]
        if len(encoding.ids) <= MAX_PIECES:
            found.append(Reading(tuple(encoding.ids), tuple(made)))
        else:
            found += [_cut(encoding.ids, pair) for pair in made]
    return found


def _placed(
    offsets: Sequence[tuple[int, int]], spans: Iterable[tuple[int, int, int]], closing: bool
) -> tuple[tuple[int, int], ...]:
    marks = [(PAIR, 0)]
    for kind, start, end in spans:
        inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
        if inside:
            marks += [(kind, inside[0]), (kind + 1, inside[-1])][: 1 + closing]
    return tuple(marks)


def window(at: Sequence[int], length: int, most: int) -> tuple[int, int]:
    """The stretch of a text of `length` pieces that is kept around the marks `at`, so that with first and last there are `most`."""
    room = most - 2
    first, last = min(at, default=0), max(at, default=0)
    start = first if last - first >= room else (first + last - room) // 2
    start = min(max(1, start), length - 1 - room)
    return start, start + room


def _cut(ids: Sequence[int], pair: Pair) -> Reading:
    """A reading of a stretch around a pair's marks."""
    start, end = window([place for mark, place in pair.marks if mark != PAIR], len(ids), MAX_PIECES)
    marks = tuple(
        (mark, place if mark == PAIR else place - start + 1)
        for mark, place in pair.marks
        if mark == PAIR or start <= place < end
    )
    return Reading((ids[0], *ids[start:end], ids[-1]), (Pair(pair.row, marks),))


def shared_out(reading: Reading, room: int) -> Iterator[Reading]:
    """A reading as one or more of the same text, with up to `room` marks each (more only where a pair has them)."""
    part: list[Pair] = []
    for pair in reading.pairs:
        if part and sum(len(p.marks) for p in part) + len(pair.marks) > room:
            yield Reading(reading.pieces, tuple(part))
            part = []
        part.append(pair)
    yield Reading(reading.pieces, tuple(part))
