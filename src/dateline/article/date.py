"""Days that pages state: in metadata, in addresses, in printed lines; and which of them is the day of publication."""

from __future__ import annotations

import datetime
import email.utils
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.article.words import words
from dateline.model.text import DateOrigin

_ISO = re.compile(
    r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_URL = re.compile(
    r"[/_-](19[89]\d|20\d\d)[/_-]?(0[1-9]|1[0-2]|[a-z]{3})[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_\-.?]|$)", re.I
)
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)(?![\d/])")
SHORT = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})/(\d\d)(?=,?\s+(?:at\s+)?\d{1,2}:\d\d|\s*$)")
"""A day in figures with a year of two, before a time or at the end of its line."""
_CLOCK = r"(?:(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?,?\s+)?"
_YEARS_FIRST = re.compile(r"(?<![\d/-])((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?![\d/-])")
FIRST_YEAR = 1800
"""Printed years before this are no days of publication (archives of newspapers reach back to here)."""

RANK: tuple[DateOrigin, ...] = ("given", "table", "feed", "json-ld", "meta", "url", "page line")
"""Which origin is believed before which: what a user or a table states, then what a page states for machines (written by
the publishing system), then its address, then the lines that readers see (mixed with days of updates and of today)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day that may be the day of publication.

    `hour`: the hour where the day was read off a time in UTC, since the publisher's own day may then be a day off.
    `weak`: a day from a line that may tell of something else, believed only where there is no other.
    """

    day: datetime.date
    origin: DateOrigin
    hour: int | None = None
    weak: bool = False


@cache
def _printed() -> re.Pattern[str]:
    """Days as English pages print them, with the year."""
    names = "|".join(sorted(words().months, key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?[-\s]?(?P<m1>{names})\b\.?,?[-\s]*(?P<y1>(?:19|20|18)\d\d)"
        rf"|(?P<m2>{names})\b\.?\s*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b,?\s*(?P<y2>(?:19|20|18)\d\d))(?:\b|(?=\d{{1,2}}:\d\d))",
        re.I,
    )


def day_of(year: int, month: int, day: int) -> datetime.date | None:
    """The day, or None where the calendar has none such."""
    try:
        return datetime.date(year, month, day) if year >= FIRST_YEAR else None
    except ValueError:
        return None


def stated(value: str, origin: DateOrigin) -> Candidate | None:
    """The day of a value in metadata: ISO 8601, RFC 2822, or a printed day. The day is taken in the zone it is given in."""
    value = value.strip()[:80]
    if match := _ISO.match(value):
        found = day_of(int(match[1]), int(match[2]), int(match[3]))
        zone = match[6] or ""
        utc = zone in ("Z", "UTC", "GMT") or zone[1:] in ("00:00", "0000")
        return Candidate(found, origin, int(match[4]) if utc else None) if found else None
    if match := re.match(r"(\d{4})(\d\d)(\d\d)(?:\D|T|$)", value):
        found = day_of(int(match[1]), int(match[2]), int(match[3]))
        return Candidate(found, origin) if found else None
    if found := printed(value):
        clock = re.search(r"(\d{1,2}):\d\d(?::\d\d)?\s*(?:GMT|UTC|\+0000)$", value)
        return Candidate(found, origin, int(clock[1]) if clock else None)
    try:
        parsed = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    found = day_of(parsed.year, parsed.month, parsed.day)
    return Candidate(found, origin) if found else None


def printed(text: str) -> datetime.date | None:
    """The first day with a year that a line prints ("Saturday, 08 November 2025"); None if there is none.

    Days in figures count where the order of day and month leaves no doubt (13/11/2025, 11/11/2025, 2025-11-08); a year
    of two figures only before a clock's time or at the end of the line (11/13/25 6:40 AM).
    """
    if match := _printed().search(text):
        month = words().months[(match["m1"] or match["m2"]).lower()]
        return day_of(int(match["y1"] or match["y2"]), month, int(match["d1"] or match["d2"]))
    if match := _YEARS_FIRST.search(text):
        return day_of(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.search(text) or SHORT.search(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        year += 2000 if year < 100 else 0
        if first > 12 or first == second:
            return day_of(year, second, first)
        if second > 12:
            return day_of(year, first, second)
    return None


def undated(text: str) -> str:
    """A line up to the first day that it prints ("By Jane Roe November 8, 2025, 10:15" → "By Jane Roe ")."""
    found = [m.start() for p in (_printed(), _YEARS_FIRST, _NUMERIC, SHORT) if (m := p.search(text))]
    return text[: min(found)] if found else text


def span(text: str) -> tuple[int, int] | None:
    """Where the first day in words that a text prints with its year begins and ends, or None."""
    match = _printed().search(text)
    return match.span() if match else None


def over_two_lines(line: str, below: str) -> datetime.date | None:
    """The day of a line that ends without its year where the next begins with it, after the clock at most
    ("November 20" / "15:23 2025")."""
    if len(line) > 40 or printed(line) or not (match := re.match(rf"\W*{_CLOCK}((?:19|20)\d\d)\b", below, re.I)):
        return None
    return printed(f"{line.rstrip(' ,')} {match[1]}")


def is_date_line(line: str) -> bool:
    """Whether a short line tells a day and little else: "Saturday, 08 November 2025", "Published: Nov 8, 2025 10:15 GMT"."""
    if len(line) > 90 or printed(line) is None:
        return False
    rest = _printed().sub(" ", line)
    rest = _YEARS_FIRST.sub(" ", _NUMERIC.sub(" ", rest))
    rest = re.sub(r"\b\d{1,2}[:.]\d\d(?::\d\d)?\b|\b\d{4}\s*(?:hrs|gmt)\b", " ", rest, flags=re.I)
    left = [w for w in re.findall(r"[^\W\d_]+", rest.lower()) if w not in words().weekdays]
    return len(left) <= 6


def of_url(url: str | None) -> datetime.date | None:
    """The day that an address holds: /2025/11/08/, /2025-11-08-, /2019/nov/19/, -20251108."""
    for match in _URL.finditer((url or "").partition("?")[0]):
        month = match[2]
        number = int(month) if month.isdigit() else words().months.get(month.lower())
        if number and (found := day_of(int(match[1]), number, int(match[3]))):
            return found
    return None


def choose(candidates: Sequence[Candidate]) -> tuple[Candidate | None, str | None]:
    """The day of publication and, where the origins disagree by more than a day, a sentence that says so.

    A printed day or that of the address stands before a machine's day in UTC where a time zone explains the difference:
    it is the publisher's own.
    """
    ranked = sorted((c for c in candidates if not c.weak), key=lambda c: RANK.index(c.origin)) or list(candidates)
    if not ranked:
        return None, None
    best = ranked[0]
    if best.origin == "given":
        return best, None
    if best.hour is not None and not any(c.day == best.day for c in ranked[1:] if c.origin in ("url", "page line")):
        best = next((c for c in ranked[1:] if c.hour is None and _zoned(best, c.day)), best)
    others: dict[DateOrigin, datetime.date] = {}
    for c in ranked:
        if abs((c.day - best.day).days) > 1:
            others.setdefault(c.origin, c.day)
    if not others:
        return best, None
    said = ", ".join(f"{origin} {day}" for origin, day in sorted(others.items()))
    return best, f"published: {best.origin} says {best.day}, but {said}; took the former"


def _zoned(stamp: Candidate, day: datetime.date) -> bool:
    """Whether a time in UTC may fall on `day` in some zone: twelve hours to the west, fourteen to the east."""
    off = (day - stamp.day).days
    return stamp.hour is not None and ((off == -1 and stamp.hour < 12) or (off == 1 and stamp.hour >= 10))
