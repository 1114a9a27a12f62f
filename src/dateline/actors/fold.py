"""Folding of names: what two spellings must share to be the same name."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
    "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ə": "a", "Ə": "A",
})  # fmt: skip
"""Letters that Unicode does not take apart into a plain letter and an accent."""

_MARKS = str.maketrans({
    "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "_": " ", "/": " ", "\u00a0": " ",
    "'": None, "’": None, "‘": None, "`": None, "´": None, "ʻ": None, "ʼ": None, "ʿ": None, "ʾ": None, '"': None,
    "“": None, "”": None, ".": None, ",": None,
})  # fmt: skip
"""Hyphens and slashes part words; apostrophes, quotation marks, full stops and commas go ("U.S." is "US")."""


def plain(name: str) -> str:
    """`name` without accents, marks, doubled spaces and a leading "the"; case is kept."""
    if not name.isascii():
        name = "".join(
            c for c in unicodedata.normalize("NFKD", name.translate(_LETTERS)) if not unicodedata.combining(c)
        )
    words = name.translate(_MARKS).split()
    if len(words) > 1 and words[0] in ("the", "The", "THE"):
        del words[0]
    return " ".join(words)


def is_acronym(name: str) -> bool:
    """Whether the name is written in capitals ("UN", "M23", "FARC-EP"): such a name is found only as written."""
    return name.isupper()


def fold(name: str) -> str:
    """The key of a name in the registry: lower case, but capitals are kept for a name in capitals.

    "The Islamic Emirate" → "islamic emirate", "Élysée" → "elysee", "al-Shabaab" → "al shabaab", "U.S." → "US".
    """
    stripped = plain(name)
    return stripped if is_acronym(stripped) else stripped.lower()


def keys(name: str) -> tuple[str, ...]:
    """The keys under which a name in a text may stand: "TALIBAN" in a headline is the acronym or the name in capitals."""
    stripped = plain(name)
    return (stripped, stripped.lower()) if is_acronym(stripped) else (stripped.lower(),)
