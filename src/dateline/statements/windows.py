"""Texts cut into windows for the attribution model: whole paragraphs packed up to a number of pieces, offsets kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_PIECES = 192
"""Paragraphs are packed up to this length: 99 % of PolNeAR's attributions lie within one paragraph (mean 50 pieces)."""
CARRIED = 96
"""A paragraph of at most this many pieces that leads into the next one ("He said:", or a quotation after it) is repeated at
the head of the next window, which then answers for it: cue and content would else be parted."""
OVERLAP = 48
"""A paragraph longer than a window is cut with this many pieces shared, so that no attribution falls into the seam."""

_PARAGRAPH = re.compile(r"[^\n]+")
_LEADS = re.compile(r""":["'“”]?\s*$""")
_OPENS = re.compile(r"""\s*(?:["“”«]|''|``)""")
_TWO_SINGLE = re.compile(r"''|``")
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Window:
    """Piece ids with special pieces, and for each piece its offsets into the text (-1 for special pieces).

    `fresh` is the offset from which this window answers for cues; pieces before it are shared with the window before.
    """

    ids: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    fresh: int


def normalised(text: str) -> str:
    """The text as the model reads it, of the same length: doubled single marks as one double mark, no odd spaces."""
    text = _TWO_SINGLE.sub('" ', text)
    return text.translate({0xA0: " ", 0x200B: " ", 0xFEFF: " ", 0x2028: "\n", 0x2029: "\n"})


def cut(text: str, tokenizer: Tokenizer) -> Iterator[Window]:
    """Cut a text into windows. Offsets are code points into `text`."""
    plain = normalised(text)
    ids: list[int] = [CLS]
    starts: list[int] = [-1]
    ends: list[int] = [-1]
    begun = 0

    def window(fresh: int) -> Window:
        return Window(np.array(ids, np.int64), np.array(starts, np.int64), np.array(ends, np.int64), fresh)

    paragraphs = [(m.start(), m[0]) for m in _PARAGRAPH.finditer(plain) if not m[0].isspace()]
    encoded: list[Any] = tokenizer.encode_batch([p for _, p in paragraphs], add_special_tokens=False)
    last: tuple[int, Any] | None = None  # the paragraph before, if it stands whole in the window
    for (offset, paragraph), encoding in zip(paragraphs, encoded, strict=True):
        pieces = encoding.ids
        fresh = 0
        if len(ids) > 1 and len(ids) + len(pieces) + 1 > MAX_PIECES:
            yield window(begun)
            ids, starts, ends = [CLS], [-1], [-1]
            begun = 0
            if (
                last is not None
                and _carries(plain, *last, paragraph)
                and len(last[1].ids) + len(pieces) + 3 <= MAX_PIECES
            ):
                begun = last[0]
                _append(ids, starts, ends, last[1], last[0], slice(None))
        at = 0
        while at < len(pieces):
            room = MAX_PIECES - len(ids) - 1
            part = slice(at, at + room)
            fresh = offset + encoding.offsets[at + OVERLAP // 2][0] if at and at + OVERLAP // 2 < len(pieces) else 0
            _append(ids, starts, ends, encoding, offset, part)
            at += room
            if at < len(pieces):
                yield window(fresh or begun)
                ids, starts, ends = [CLS], [-1], [-1]
                begun = 0
                at -= OVERLAP
            elif fresh:
                yield window(fresh)
                ids, starts, ends = [CLS], [-1], [-1]
        last = None if fresh else (offset, encoding)
    if len(ids) > 1:
        yield window(begun)


def _append(ids: list[int], starts: list[int], ends: list[int], encoding: Any, offset: int, part: slice) -> None:
    """Add pieces of a paragraph and the piece that ends it."""
    ids += encoding.ids[part]
    starts += [offset + s for s, _ in encoding.offsets[part]]
    ends += [offset + e for _, e in encoding.offsets[part]]
    ids.append(SEP)
    starts.append(-1)
    ends.append(-1)


def _carries(text: str, offset: int, encoding: Any, following: str) -> bool:
    """Whether the paragraph at `offset` leads into the `following` one."""
    if not encoding.ids or len(encoding.ids) > CARRIED:
        return False
    end = offset + encoding.offsets[-1][1]
    return bool(_LEADS.search(text[offset:end]) or _OPENS.match(following))
