"""Arithmetic of days, and what a date expression stands for: closed intervals of days."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import Literal

from dateline.model.text import Granularity

Day = datetime.date
Tense = Literal["past", "future", "unknown"]
ONE = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """The days from `start` to `end`, both inclusive."""

    start: Day
    end: Day
    granularity: Granularity


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against.

    `published`: the article's date, or None (then only absolute dates resolve). `anchor`: the day of the event named
    last before the expression. `day_first`: whether 3/4/2014 is 3 April; None leaves such dates unresolved.
    """

    published: Day | None
    anchor: Day | None = None
    tense: Tense = "unknown"
    day_first: bool | None = None


def day(value: Day) -> Interval:
    """One day."""
    return Interval(value, value, "day")


def shift_months(value: Day, months: int) -> Day:
    """The same day of another month, or that month's last day."""
    index = value.year * 12 + value.month - 1 + months
    year, month = divmod(index, 12)
    return Day(year, month + 1, min(value.day, calendar.monthrange(year, month + 1)[1]))


def month(year: int, number: int) -> Interval:
    """A calendar month."""
    return Interval(Day(year, number, 1), Day(year, number, calendar.monthrange(year, number)[1]), "month")


def week(of: Day) -> Interval:
    """The week of a day, Monday to Sunday."""
    monday = of - datetime.timedelta(days=of.weekday())
    return Interval(monday, monday + datetime.timedelta(days=6), "week")


def year(number: int) -> Interval:
    """A calendar year."""
    return Interval(Day(number, 1, 1), Day(number, 12, 31), "year")


def quarter(number: int, of_year: int) -> Interval:
    """A calendar quarter, 1 to 4."""
    return Interval(Day(of_year, 3 * number - 2, 1), month(of_year, 3 * number).end, "quarter")


def decade(first: int) -> Interval:
    """Ten years from `first` on."""
    return Interval(Day(first, 1, 1), Day(first + 9, 12, 31), "decade")


SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season, meteorological, northern hemisphere (the convention of wire services)."""


def season(name: str, of_year: int) -> Interval:
    """A season by the year in which it begins."""
    first = Day(of_year, SEASONS[name], 1)
    last = shift_months(first, 2)
    return Interval(first, month(last.year, last.month).end, "season")


def third(part: str, whole: Interval) -> Interval:
    """The early, mid or late part. Of a month: 1–10, 10–20, 20–end; of a decade: years 0–3, 4–6, 7–9; else its thirds."""
    kind = part.lower().rstrip("-")
    if whole.granularity == "decade":
        first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[kind]
        return Interval(Day(whole.start.year + first, 1, 1), Day(whole.start.year + last, 12, 31), "interval")
    if whole.granularity == "month":
        opening = whole.start
        bounds = {"early": (1, 10), "mid": (10, 20), "late": (20, whole.end.day)}[kind]
        return Interval(opening.replace(day=bounds[0]), opening.replace(day=bounds[1]), "interval")
    months = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month + 1
    if months < 3:
        length = (whole.end - whole.start).days + 1
        cut = max(1, length // 3)
        bounds_days = {"early": (0, cut - 1), "mid": (cut, length - cut - 1), "late": (length - cut, length - 1)}[kind]
        return Interval(whole.start + bounds_days[0] * ONE, whole.start + max(bounds_days) * ONE, "interval")
    cut = months // 3
    offsets = {"early": (0, cut - 1), "mid": (cut, months - cut - 1), "late": (months - cut, months - 1)}[kind]
    last = shift_months(whole.start, offsets[1])
    return Interval(shift_months(whole.start, offsets[0]), month(last.year, last.month).end, "interval")


def easter(of_year: int) -> Day:
    """Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher)."""
    a, b, c = of_year % 19, of_year // 100, of_year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    number, offset = divmod(h + m - 7 * n + 114, 31)
    return Day(of_year, number, offset + 1)


def span(first: Interval, last: Interval) -> Interval:
    """From the start of one to the end of the other; ends are put in order by the caller."""
    return Interval(first.start, last.end, "interval")


def nearest(candidates: dict[int, Interval], context: Context) -> Interval | None:
    """Of the same expression in several years the one meant.

    `candidates`: year → interval. Past or unknown tense: the latest that begins on or before publication; future: the
    first that ends on or after it.
    """
    now = context.published
    if now is None:
        return None
    if context.tense == "future":
        coming = [i for i in candidates.values() if i.end >= now]
        return min(coming, key=lambda i: i.start) if coming else None
    gone = [i for i in candidates.values() if i.start <= now]
    return max(gone, key=lambda i: i.start) if gone else None


def safe_day(of_year: int, number: int, of_month: int) -> Day | None:
    """The day, or None where the calendar has none (February 30)."""
    try:
        return Day(of_year, number, of_month)
    except ValueError:
        return None
