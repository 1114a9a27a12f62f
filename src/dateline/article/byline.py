"""Authors: who a byline names, and what stands in author fields and names nobody."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.article.clean import line
from dateline.article.date import is_date_line, printed, span, undated
from dateline.article.words import agency, words

_SPLIT = re.compile(r"\s*(?:;|\||\n|•|·|,\s+and\s+|\s+and\s+|\s+&\s+|\s+with\s+|,)\s*")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,5}$")
_OPENER = re.compile(
    r"^\W*(?:by|written by|story by|reported by|report by|reporting by|words by|text by|posted by)\b[:\s]+", re.I
)
_ALONE = re.compile(r"\W*(?:(?:written|story|reported|words|posted)\s+)?by\W*", re.I)
LONGEST = 120
"""Characters of a line above which it is prose, not a byline."""


def authors(fields: Iterable[str], publisher: str | None = None) -> tuple[str, ...]:
    """The persons that author fields or bylines name, each once, in order. Agencies, outlets, roles and days left out."""
    found: dict[str, str] = {}
    for field in fields:
        for name in _names(field):
            if publisher and _folded(name) in _folded(publisher):
                continue
            found.setdefault(name.lower(), name)
    names = list(found.values())
    return tuple(n for n in names if not any(n != m and n.lower() in m.lower() for m in names))


def _names(field: str) -> Iterable[str]:
    field = line(re.sub(r"<[^>]*>", " ", field))
    if "://" in field or field.startswith(("www.", "/")) or len(field) > 300:
        return
    field = re.sub(
        r"\([^)]*\)|@\w+|\s+on\s*$|[\d-]{7,}$|(?<=[a-z])[A-Z]{3,}\w*",
        " ",
        re.sub(r"[^\s()]+@[\w.-]+", " | ", undated(_OPENER.sub("", field))),
    )
    for part in _SPLIT.split(field):
        part = line(re.split(r"\s+[-–—|/]\s+|\s+\bin\s+[A-Z]", _OPENER.sub("", part))[0]).strip(" .,:-–—")
        name = _cut(part)
        if name and _person(name):
            yield name.title() if name.isupper() or name.islower() else name


def _cut(part: str) -> str:
    """The part before the first word that tells a role ("Jane Roe Diplomatic Correspondent" → "Jane Roe")."""
    kept: list[str] = []
    row = part.split()
    low = [word.lower().strip(",.:") for word in row]
    shouted = len(row) > 1 and all(w.isupper() and len(w) > 1 for w in row[:2])  # "JANE ROE Advocate"
    for i, word in enumerate(row):
        desk = low[i] in words().desks and low[i + 1 : i + 2] and low[i + 1] in words().roles
        outside = shouted and not word.isupper()
        if kept and (outside or desk or low[i] in words().roles | words().outlets or agency(" ".join(row[i : i + 2]))):
            break
        kept.append(word)
    return " ".join(kept)


def _person(name: str) -> bool:
    low = name.lower()
    parts = [w.strip(".,'’") for w in low.split()]
    lists = words()
    if not _NAME.match(name) or len(name) < 3 or len(parts) > 5 or low in lists.junk or agency(name) or printed(name):
        return False
    if len(parts) == 1:
        return False  # a login, a first name, a section: no name that identifies anyone
    first = name.split()[0]
    if (
        any(w in lists.outlets or w in lists.junk for w in parts)
        or parts[0] in lists.roles
        or (first.isupper() and agency(first))
    ):
        return False
    return not (set(parts) & (lists.weekdays - {"sun", "sat"})) and parts[0] not in ("the", "by")


def _folded(name: str) -> str:
    return re.sub(r"\W+|^the ", "", name.lower())


def is_byline(row: str) -> bool:
    """Whether a short line is a byline: "By Jane Roe", "By JANE ROE, Staff Writer", "Written by The Daily Bugle"."""
    return (
        len(row) <= LONGEST
        and bool(_OPENER.match(row))
        and not row.rstrip().endswith((".", "!", "?", ":", "”", '"'))
        and row[_OPENER.match(row).end() :][:1].isupper()
    )  # type: ignore[union-attr]


def is_opener(row: str) -> bool:
    """Whether a line is "By" alone: the author stands on the next."""
    return _ALONE.fullmatch(row.strip()) is not None


def lone(row: str) -> str | None:
    """The person whose name is all that a line holds, beside a handle: "Jane Roe", "JANE Q. ROE@janeroe"; else None."""
    name = re.sub(r"\s*@\w+$", "", row.strip())
    parts = name.split()
    if not 2 <= len(parts) <= 4 or not all(part[:1].isupper() or part.lower() in words().particles for part in parts):
        return None
    return name if [found.lower() for found in authors([name])] == [name.lower()] else None


def is_role(row: str) -> bool:
    """Whether a line tells what an author is and no more: "News reporter @janeroe"."""
    parts = [w.strip(".,").lower() for w in re.sub(r"@\w+", "", row).split()]
    return 0 < len(parts) <= 4 and parts[-1] in words().roles and parts[-1] not in ("for", "in", "at")


def signature(row: str) -> str | None:
    """The byline that a line is, or that follows the day it prints ("November 8, 2025 7:45 am by Jane Roe"); else None."""
    if is_byline(row):
        return row
    match = re.search(r"\bby\s+(?=[A-Z])", row, re.I)
    if match is None or len(row) > LONGEST or not is_date_line(row[: match.start()]):
        return None
    known = words().weekdays | set(words().months)
    others = [w for w in re.findall(r"[^\W\d_]+", row[: match.start()].lower()) if w not in known]
    return row[match.start() :] if len(others) <= 2 and is_byline(row[match.start() :]) else None


@dataclass(frozen=True, slots=True)
class Head:
    """What a paragraph holds of its head: the byline, the day, the outlet after "From", and the offset of the story."""

    signed: str
    day: datetime.date
    outlet: str | None
    end: int


def run_in(row: str) -> Head | None:
    """The byline and day that a page of one line runs into its lead ("By JANE ROE Staff Writer March 4, 2031 STRELSAU -- …").

    The names come with "By", a role, an agency or an address, and a story with a capital after the day.
    """
    found = span(row[:LONGEST])
    day = printed(row[slice(*found)]) if found else None
    if found is None or day is None or not authors([row[: found[0]]]):
        return None
    signed, end = row[: found[0]].strip(), found[1]
    parts = signed.split()
    sign = _OPENER.match(signed) or is_bare(signed) or any("@" in part for part in parts)
    if not sign or any(part[:1].islower() and "@" not in part and part != "by" for part in parts):
        return None
    known = "|".join(sorted(words().publisher_words, key=len, reverse=True))
    source = re.match(rf"\W*From\s+((?:[A-Z][\w'’]*\s+){{1,4}}?(?i:{known})\b|[A-Z]\w*\.(?:com|org|net)\b)", row[end:])
    end += source.end() if source else 0
    end += len(row[end:]) - len(row[end:].lstrip(" .,:|–—-"))
    return Head(signed, day, source[1] if source else None, end) if row[end : end + 1].isupper() else None


def is_bare(row: str) -> bool:
    """Whether a line names persons and their role, agency or the day, without "By": "Jane Roe, Associated Press"."""
    names = authors([row]) if len(row) <= LONGEST and not row.rstrip().endswith((".", "!", "?", ":")) else ()
    rest = undated(row).lower()
    if not names or not rest.startswith(names[0].lower()):
        return False
    for name in names:
        rest = rest.replace(name.lower(), " ")
    if len(rest.split()) > 4:
        return False
    marks = {w.strip(".,:") for w in rest.split()}
    return (
        undated(row) != row
        or bool(marks & (words().roles | words().outlets))
        or agency(rest.strip(" ,|-–")) is not None
    )


def outlet(row: str) -> str | None:
    """The publisher that a byline names instead of a person ("By The South Asia Times"), or None."""
    name = line(re.sub(r"\([^)]*\)", " ", _OPENER.sub("", row))).strip(" .,:-–—")
    if found := agency(name):
        return found
    parts = [w.strip(".,") for w in name.lower().split()]
    if not name[:1].isupper() or not 1 <= len(parts) <= 6 or "," in name or " and " in name:
        return None
    if len(parts) > 2 and parts[-1] == "staff":  # "By THE STRELSAU POST STAFF"
        name, parts = name.rsplit(" ", 1)[0], parts[:-1]
        name = name.title() if name.isupper() else name
    named = any(w in words().publisher_words for w in parts) and not any(w in words().staff_words for w in parts)
    return name if named and (parts[0] == "the" or parts[-1] in words().publisher_words) else None
