"""Characters and white space: what every text goes through before anything else looks at it."""

from __future__ import annotations

import re
from html import unescape

_BREAKS = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_MISREAD = re.compile(
    r"[\u00c2\u00c3][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2022\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
    r"|[\u00c4\u00c5][\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u00bf]"
    r"|\u00e2(?:\u20ac|\x80)[\u0080-\u00bf\u2122\u02dc\u0153\u2018-\u201e\u2020\u2021\u2022\u2026\u2030\u2039\u203a\u0161]|\u00e2(?:[\u201a\u0082]\u00ac|[\u201e\u0084]\u00a2)"
    r"|\u00e2\u20ac\ufffd|\u00e2\u20ac(?=[\s,.;:!?)]|$)"
)
"""Two and three bytes of UTF-8 as Windows-1252 shows them: accented letters of Latin scripts, quotation marks, dashes, the signs of euro
and trade mark. Pairs that occur in prose (a letter before a quotation mark or dash) are left out."""
_SPACES = re.compile(r"[^\S\n]+")


def characters(text: str) -> str:
    """The text without NULs, other control characters, byte order marks and half surrogates, with "\\n" for every break.

    UTF-8 that was read as Windows-1252 on its way into the text is put right ("Pe\u00c3\u00b1a" → "Pe\u00f1a"). Zero-width joiners and
    spaces stay: they are part of words in some scripts.
    """
    return _CONTROLS.sub("", _BREAKS.sub("\n", _MISREAD.sub(_reread, text)))


def _reread(match: re.Match[str]) -> str:
    """The characters that misread ones stand for, or these where they stand for none. A closing quotation mark loses its last byte,
    which Windows-1252 does not have."""
    if match[0].rstrip("\ufffd") == "\u00e2\u20ac":
        return "\u201d"
    try:
        return b"".join(_byte(character) for character in match[0]).decode("utf-8")
    except UnicodeError:
        return match[0]


def _byte(character: str) -> bytes:
    return character.encode("latin-1") if ord(character) < 256 else character.encode("cp1252")


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


def entities(text: str) -> str:
    """The text with character references undone ("&amp;", "&#8212;"), as feeds and tables leave them in running text."""
    return characters(_ENTITY.sub(lambda match: unescape(match[0]), text)) if "&" in text else text


def line(text: str) -> str:
    """One line: white space of any kind as single spaces, none at the ends."""
    return " ".join(text.split())


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a clean text: its lines, those joined again that were broken at a width.

    A text broken at a width has lines of like length of which most end within a sentence; its blank lines part the
    paragraphs. Elsewhere a line is joined to the next within a block if it ends on a comma or the next begins in lower case.
    """
    lines = [_SPACES.sub(" ", row).strip() for row in text.split("\n")]
    rows = [row for row in lines if row]
    if not rows:
        return []
    width = max(map(len, rows))
    open_ended = sum(row[-1].isalnum() or row[-1] in ",;-" for row in rows)
    if 40 <= width <= 100 and len(rows) >= 4 and open_ended * 2 > len(rows):
        blocks = [line(block) for block in re.split(r"\n\s*\n", "\n".join(lines))]
        return [block for block in blocks if block]
    joined: list[str] = []
    open_line = False
    for row in lines:
        if row and open_line and (row[0].islower() or joined[-1][-1] == ","):
            joined[-1] += " " + row
        elif row:
            joined.append(row)
        open_line = bool(row) and (row[-1].isalnum() or row[-1] == ",")
    return joined
