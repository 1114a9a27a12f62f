"""Text of strangers made fit to be shown: nothing in it may steer the page, and nothing may vanish."""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\u202a-\u202e\u2066-\u2069]"  # bidi embeddings, overrides and isolates: they reorder what stands around them
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
    "|[\ud800-\udfff]"  # halves of characters, which no page can be encoded with
)


def plain(text: object) -> str:
    """The text with control characters shown by their number, as "[U+202E]"; letters of every script stay.

    Marks that only say which way a letter runs (U+200E, U+200F, U+061C) stay: Hebrew and Arabic need them.
    """
    return _STEERING.sub(lambda m: f"[U+{ord(m[0]):04X}]", "" if text is None else str(text))
