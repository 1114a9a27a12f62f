"""The printed dateline that opens a story: "ISLAMABAD/KABUL — ", "GENEVA (Reuters) - ", "KYIV, Ukraine (AP) —"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.article.words import agency, words

_NAME = r"[^\W\d_][\w.'’`-]*"
_DASH = r"(?:—|–|―|−|‒|--+|-)"
_LONGEST = 120
"""Characters into which a dateline must fit, its dash included."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A dateline: the places in normal case, the agency named in brackets, the words of its date, the offset after it."""

    places: tuple[str, ...]
    agency: str | None
    date: str | None
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(sorted(words().months, key=len, reverse=True))
    days = "|".join(sorted(words().weekdays, key=len, reverse=True))
    day = rf"(?:(?:{days})\.?,?\s+)?(?:(?:{months})\.?\s+\d{{1,2}}|\d{{1,2}}\.?\s+(?:{months})\b\.?)(?:,?\s+\d{{4}})?"
    place = rf"{_NAME}(?:[ \t]{_NAME}){{0,4}}"
    return re.compile(
        rf"\s*(?P<places>{place}(?:(?:\s*/\s*|,\s+|\s+(?:and|AND|&)\s+){place}){{0,4}})?"
        rf"(?:[,.]?\s*\(?(?P<date>(?i:{day}))\)?)?"
        rf"(?:\.?\s*(?:[(\[](?P<agency>[^()\[\]\n]{{2,40}})[)\]]|/(?P<slashed>[A-Z]{{2,12}})/)\s*(?P<after>\.|{_DASH}|:|\|)?"
        rf"|\s*(?P<mark>{_DASH}|:|\|)|(?P<stop>\.?[ \t]*\n))\s*"
    )


def find(text: str) -> Printed | None:
    """The dateline at the start of a text, or None.

    Counts as one: a place in capitals with a dash or colon; any place with an agency in brackets; a place with a day;
    a place in normal case whose dash is followed by a capital. An agency alone in brackets ends at its bracket or dash.
    """
    match = _pattern().match(text[: _LONGEST + 40])
    if match is None or match.end() > _LONGEST or match.end() >= len(text.rstrip()):
        return None
    names, signed, date = match["places"], match["agency"] or match["slashed"], match["date"]
    known = _agency(signed) if signed else None
    if not names:
        return Printed((), known, None, match.end()) if known and not date else None
    places = _places(names)
    if not places or not _opens(text[match.end()]):
        return None
    mark = match["mark"] or match["after"] or ""
    if signed and known is None and (not mark or not (date or _in_capitals(places[0]))):
        return None  # an aside in brackets, unless a dash follows a sign of capitals: "GENEVA, 6 May (WHO) –"
    if mark == "-" and match["mark"] and not known and not text[match.start("mark") - 1].isspace():
        return None
    if not known and not date:
        if match["stop"] is not None or (not _in_capitals(places[0]) and (mark == ":" or len(places[0].split()) > 3)):
            return None
        if not _in_capitals(places[0]) and re.match(rf"[^.!?\n]{{0,80}}{_DASH}\s", text[match.end() :]):
            return None  # "Peace — Real peace — came": dashes around an insertion
    return Printed(tuple(normal(p) for p in places), known, date, match.end())


OVER = 25
"""Words at most of what stands over a dateline and is no part of the story."""


def opened(paragraphs: list[str]) -> list[str]:
    """A body without a headline or link that a page sets over its printed dateline: a first paragraph that is no statement."""
    if len(paragraphs) < 2 or len(paragraphs[0].split()) > OVER or find(paragraphs[0] + "\n" + paragraphs[1]):
        return paragraphs
    head = find("\n\n".join(paragraphs[1:]))
    stated = paragraphs[0].rstrip("\"'”’) ").endswith((".", "…", ":"))
    return (
        paragraphs[1:]
        if head and head.places and _in_capitals(paragraphs[1][: len(head.places[0])]) and not stated
        else paragraphs
    )


_CLOSING = re.compile(
    r"(?<=[.!?\"”’])\s*(?:(?:—|–|--?)\s*)?(?:[(\[/](?P<held>[\w. -]{2,30})[)\]/]|(?P<bare>[A-Z]{2,9}))\s*$"
)


def above(line: str) -> Printed | None:
    """The dateline of a line of its own over a story: an agency and the place ("PTI, Strelsau,"), or None."""
    parts = [part.strip(" .") for part in re.split(rf",|\||\s{_DASH}\s", line.strip()) if part.strip(" .")]
    known = agency(parts[0]) if len(parts) == 2 and len(line) <= _LONGEST else None
    return Printed((normal(parts[1]),), known, None, 0) if known and _is_place(parts[1]) else None


def closing(text: str) -> str | None:
    """The agency whose sign ends a story ("… on Monday. PTI", "… (Reuters)"), or None."""
    match = _CLOSING.search(text, max(0, len(text) - _LONGEST))
    return agency(match["held"] or match["bare"]) if match else None


def _agency(signed: str) -> str | None:
    for part in [signed, *re.split(r"\s*[/,;|]\s*|\s+-\s+", signed)]:
        if found := agency(part):
            return found
    return None


def _opens(character: str) -> bool:
    return bool(character) and (
        character.isupper() or character.isdigit() or character in "\"'“‘«([$€£¿¡" or not character.isascii()
    )


def _in_capitals(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def _places(names: str) -> list[str]:
    """The places of "KYIV, Ukraine", "GENEVA/NEW YORK", "Berlin and Paris": after a comma stands a region, not a place."""
    found: list[str] = []
    for part in re.split(r"\s*/\s*|\s+(?:and|AND|&)\s+", names):
        name = part.split(",")[0].strip(" .")
        if not name or not _is_place(name):
            return []
        found.append(name)
    if "," in names and any(not p.strip()[:1].isupper() for p in re.split(r",\s*", names)):
        return []
    return found


def _is_place(name: str) -> bool:
    lists = words()
    low = name.lower().replace("’", "'")
    parts = low.split()
    if len(parts) > 4 or not name[:1].isupper() or name.isdigit():
        return False
    for word, written in zip(parts, name.split(), strict=True):
        if not written[:1].isupper() and word not in lists.small:
            return False
    if any(low.startswith(place) for place in lists.places):
        return True
    named = [w for i, w in enumerate(parts) if not (i and w in lists.small)]
    return not any(word.strip(".") in lists.not_places for word in named) and low not in lists.agencies


def normal(name: str) -> str:
    """A name in capitals in normal case: "PORT-AU-PRINCE" → "Port-au-Prince". Others as they are."""
    name = " ".join(name.split())
    if not _in_capitals(name):
        return name
    lists = words()
    out, first = [], True
    for piece in re.split(r"([\s-]+)", name):
        low = piece.lower()
        if not piece.strip(" -"):
            out.append(piece)
            continue
        if low.replace(".", "") in lists.capitals or re.fullmatch(r"(?:\w\.)+", piece):
            out.append(piece)
        elif not first and low in lists.small:
            out.append(low)
        elif match := re.fullmatch(r"(\w)(['’])(\w{2,})", low):  # N'DJAMENA; but SANA'A keeps its small last letter
            out.append(match[1].upper() + match[2] + match[3].capitalize())
        else:
            out.append(low[:1].upper() + low[1:])
        first = False
    return "".join(out)
