"""How a place name is folded so that spellings of one name meet in the gazetteer.

The gazetteer's keys and the words of a text go through the same `fold`, so this module is the only place that may
change it; the artefact must then be built anew (`python -m dateline.learn.gazetteer`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans({
    "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae",
    "Æ": "AE", "œ": "oe", "ə": "a", "Ə": "A", "'": None, "’": None, "‘": None, "ʼ": None, "ʻ": None, "`": None,
    "´": None, "ʿ": None, "ʾ": None, ".": " ", "-": " ", "–": " ", "‐": " ", "/": " ", ",": " ", "(": " ", ")": " ",
})  # fmt: skip
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_SAME = {"st": "saint", "ste": "sainte", "mt": "mount", "mtn": "mountain", "ft": "fort", "&": "and"}
"""Written short and written out: "St. Louis", "Saint Louis"."""


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """`name` in lower-case ASCII, without accents, apostrophes and full stops: "St. John’s" → "saint johns".

    Initials are drawn together ("U.S." → "us"). Returns "" for a name with letters outside the Latin script.
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name.translate(_PLAIN)) if not unicodedata.combining(c))
        if not name.isascii():
            return ""
    name = _INITIALS.sub(lambda match: match.group().replace(".", ""), name)
    words = name.translate(_PLAIN).lower().split()
    return " ".join(_SAME.get(word, word) for word in words)
