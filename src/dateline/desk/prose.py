"""The article set for reading: paragraphs cut where spans begin and end, with notes in the margin beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.desk.text import plain

_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text that belongs to a row: `ref` is the row's local id ("s1"), `look` CSS classes for its words."""

    start: int
    end: int
    ref: str
    look: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks. `anchors`: refs whose words begin here; `ends`: notes to call after it."""

    text: str
    looks: str
    refs: str
    anchors: tuple[str, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with the refs of the notes that stand beside it."""

    pieces: tuple[Piece, ...]
    notes: tuple[str, ...]


def paragraphs(text: str, marks: Sequence[Mark], noted: Iterable[str]) -> list[Paragraph]:
    """Cut the text at every edge of a mark.

    `noted`: refs that have a note in the margin; it stands with the paragraph in which their first mark begins, and a
    call stands in the text where their last mark ends. Marks may overlap and may run over paragraphs.
    """
    calls: dict[int, list[str]] = defaultdict(list)
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for mark in marks:
        first[mark.ref] = min(mark.start, first.get(mark.ref, mark.start))
        last[mark.ref] = max(mark.end, last.get(mark.ref, mark.end))
    wanted = list(dict.fromkeys(noted))
    for ref in wanted:
        if ref in last:
            calls[last[ref]].append(ref)
    made: list[Paragraph] = []
    placed: set[str] = set()
    anchored: set[str] = set()
    spans = [match.span() for match in _PARAGRAPH.finditer(text)]
    for number, (start, end) in enumerate(spans):
        notes = [
            ref
            for ref in wanted
            if ref not in placed and ref in first and (first[ref] < end or number == len(spans) - 1)
        ]
        placed.update(notes)
        notes.sort(key=lambda ref: (first[ref], wanted.index(ref)))
        here = [mark for mark in marks if mark.start < end and mark.end > start]
        edges = {start, end, *(at for at in calls if start < at <= end)}
        for mark in here:
            edges.update((max(mark.start, start), min(mark.end, end)))
        cuts = sorted(edges)
        pieces = []
        for left, right in pairwise(cuts):
            over = [mark for mark in here if mark.start <= left and right <= mark.end]
            anchors = tuple(
                dict.fromkeys(m.ref for m in over if m.ref in first and first[m.ref] <= left and m.ref not in anchored)
            )
            anchored.update(anchors)
            pieces.append(
                Piece(
                    plain(text[left:right]),
                    " ".join(dict.fromkeys(look for mark in over for look in mark.look.split())),
                    " ".join(dict.fromkeys(mark.ref for mark in over)),
                    anchors,
                    tuple(calls.get(right, ())),
                )
            )
        made.append(Paragraph(tuple(pieces), tuple(notes)))
    return made


def excerpt(text: str, start: int | None, end: int | None, around: int = 320) -> dict[str, str]:
    """The words of a span with their paragraph before and after, shortened at word ends: before, words, after."""
    if start is None or end is None or not 0 <= start <= end <= len(text):
        return {"before": "", "words": "", "after": ""}
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    if start - begin > around:
        begin = text.find(" ", start - around, start) + 1 or start - around
    if stop - end > around:
        stop = text.rfind(" ", end, end + around)
        stop = stop if stop > end else end + around
    before = ("… " if begin and text[begin - 1] != "\n" else "") + text[begin:start]
    after = text[end:stop] + (" …" if stop < len(text) and text[stop] != "\n" else "")
    return {"before": before, "words": text[start:end], "after": after}
