"""Quotation marks of a text paired up: straight, curly, doubled single and British marks, those that never close included.

A quotation runs from its opening mark to its closing one within a paragraph. One that is still open at the paragraph's end
is continued if the next paragraph opens with a mark again (the custom of printing a long quotation); else it never closes:
it counts up to the paragraph's end, but for an outer mark with quotations inside it, which is taken for a stray mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

_MARK = re.compile(r"``|''|[\"“”„«»]|(?<!\w)['‘‚](?=[^\W\d])|(?<=[\w.,!?…])['’](?!\w)")
_OPENERS = {"“", "«", "„", "``", "‘", "‚"}
_CLOSERS = {"”", "»", "’"}
_SINGLE = {"'", "‘", "’", "‚"}
MIN_SINGLE = 3
"""A quotation in single marks has at least this many words: shorter ones are mostly plurals and omissions ('the boys' day')."""

Kind = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """The stretch between two marks, [start, end) without them; `open` and `close` are the offsets of the marks' outer
    edges. `closed` is False where the closing mark is missing."""

    open: int
    start: int
    end: int
    close: int
    closed: bool


def quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[tuple[Quotation, ...], tuple[int, ...]]:
    """All quotations of a text in order, and the offsets of the marks that never close.

    `paragraphs`: (start, end) offsets. Quotations inside others are left out: the outer one says that it is quoted.
    """
    found: list[Quotation] = []
    stray: list[int] = []
    for number, (first, last) in enumerate(paragraphs):
        follows = number + 1 < len(paragraphs) and _opens(
            text[paragraphs[number + 1][0] : paragraphs[number + 1][0] + 2]
        )
        here, odd = _paragraph(text, first, last, follows)
        found += here
        stray += odd
    return tuple(sorted(found, key=lambda q: q.open)), tuple(stray)


def _opens(start: str) -> bool:
    return start[:1] in ('"', "“", "«", "„") or start in ("''", "``")


def _paragraph(text: str, first: int, last: int, follows: bool) -> tuple[list[Quotation], list[int]]:
    stack: list[tuple[str, int, int]] = []
    done: list[Quotation] = []
    for mark in _MARK.finditer(text, first, last):
        sign, start, end = mark.group(), mark.start(), mark.end()
        match = _partner(stack, sign, text, start, end, first, last)
        if match is None:
            if _may_open(sign, text, end, last):
                stack.append((sign, start, end))
            continue
        _, opened, inside = stack[match]
        del stack[match:]
        if sign in _SINGLE and len(text[inside:start].split()) < MIN_SINGLE:
            continue
        done.append(Quotation(opened, inside, start, end, True))
    odd: list[int] = []
    for sign, opened, inside in stack:
        if sign in _SINGLE:
            continue
        within = [q for q in done if q.open > opened]
        if follows and not within:
            done.append(Quotation(opened, inside, last, last, True))
            continue
        odd.append(opened)
        if not within:
            done.append(Quotation(opened, inside, last, last, False))
    outer = [q for q in done if not any(o.open < q.open and q.close <= o.close for o in done if o is not q)]
    return outer, odd


def _partner(
    stack: list[tuple[str, int, int]], sign: str, text: str, start: int, end: int, first: int, last: int
) -> int | None:
    """The place in the stack of the mark that this one closes; None if it opens a quotation or closes nothing."""
    if sign in _OPENERS:
        return None
    if sign == '"' or sign == "''":
        tight_after = end < last and not text[end].isspace() and text[end] not in ".,;:!?)]}—–-…'’”"
        loose_before = start == first or text[start - 1].isspace() or text[start - 1] in "([{—–"
        if loose_before and (tight_after or not stack):
            return None
        allowed = {'"', "''", "``", "“"}
    elif sign == "”":
        allowed = {"“", '"', "``", "''", "„"}
    elif sign == "»":
        allowed = {"«"}
    else:
        allowed = {"'", "‘", "‚"}
    for i in range(len(stack) - 1, -1, -1):
        if stack[i][0] in allowed:
            return i
    return None


def _may_open(sign: str, text: str, end: int, last: int) -> bool:
    return sign not in _CLOSERS and end < last and not (text[end].isspace() and sign != "''")


class Quoted:
    """Look-up of what is quoted."""

    def __init__(self, found: Sequence[Quotation]) -> None:
        self.all = tuple(found)
        self._opens = [q.open for q in self.all]

    def share(self, start: int, end: int, text: str) -> float:
        """The share of the words of [start, end) that stand in quotation marks."""
        words = [m.start() for m in re.finditer(r"\w+", text[start:end])]
        if not words:
            return 0.0
        inside = sum(any(q.start <= start + w < q.end for q in self._near(start, end)) for w in words)
        return inside / len(words)

    def _near(self, start: int, end: int) -> Iterator[Quotation]:
        i = bisect_right(self._opens, end) - 1
        while i >= 0 and self.all[i].open > start - 5000:
            if self.all[i].close > start:
                yield self.all[i]
            i -= 1

    def kind(self, pieces: Sequence[tuple[int, int]], text: str) -> Kind:
        """direct if (nearly) all words of the pieces are quoted, indirect if none, else mixed.

        A word or two outside the marks is the edge of a piece, not indirect speech; so .9 and up is direct.
        """
        weights = [len(re.findall(r"\w+", text[s:e])) for s, e in pieces]
        total = sum(weights)
        if not total:
            return "indirect"
        share = sum(w * self.share(s, e, text) for w, (s, e) in zip(weights, pieces, strict=True)) / total
        return "direct" if share >= 0.9 else "mixed" if share > 0 else "indirect"

    def holding(self, offset: int) -> Quotation | None:
        """The quotation that an offset lies in."""
        return next((q for q in self._near(offset, offset + 1) if q.start <= offset < q.end), None)
