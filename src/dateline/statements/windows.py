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
OVERLAP = 48
"""A paragraph longer than a window is cut with this many pieces shared, so that no attribution falls into the seam."""

_PARAGRAPH = re.compile(r"[^\n]+")
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

    def window(fresh: int) -> Window:
        return Window(np.array(ids, np.int64), np.array(starts, np.int64), np.array(ends, np.int64), fresh)

    paragraphs = [(m.start(), m[0]) for m in _PARAGRAPH.finditer(plain) if not m[0].isspace()]
    encoded: list[Any] = tokenizer.encode_batch([p for _, p in paragraphs], add_special_tokens=False)
    for (offset, _), encoding in zip(paragraphs, encoded, strict=True):
        pieces = encoding.ids
        if len(ids) > 1 and len(ids) + len(pieces) + 1 > MAX_PIECES:
            yield window(0)
            ids, starts, ends = [CLS], [-1], [-1]
        at = 0
        while at < len(pieces):
            room = MAX_PIECES - len(ids) - 1
            part = slice(at, at + room)
            fresh = offset + encoding.offsets[at + OVERLAP // 2][0] if at and at + OVERLAP // 2 < len(pieces) else 0
            ids += pieces[part]
            starts += [offset + s for s, _ in encoding.offsets[part]]
            ends += [offset + e for _, e in encoding.offsets[part]]
            ids.append(SEP)
            starts.append(-1)
            ends.append(-1)
            at += room
            if at < len(pieces):
                yield window(fresh)
                ids, starts, ends = [CLS], [-1], [-1]
                at -= OVERLAP
            elif fresh:
                yield window(fresh)
                ids, starts, ends = [CLS], [-1], [-1]
    if len(ids) > 1:
        yield window(0)
