"""What each kind of date expression stands for: from its groups and the context to an interval.

Every function takes the named groups of its match (absent groups are None; "text" is the whole), the context and the
word lists, and gives None where the expression has no resolvable date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from dateline.dates import calendar as cal
from dateline.dates.calendar import Context, Interval
from dateline.dates.words import Words


class Groups(dict[str, str | None]):
    """The named groups of a match; a group that the pattern lacks is None."""

    def __missing__(self, key: str) -> None:
        return None


HALF = 183  # days in half a year
Rule = Callable[[Groups, Context, Words], Interval | None]


def _int(word: str, words: Words) -> int | None:
    """A number in digits or words ("twenty-one")."""
    word = word.lower()
    if word.isdigit():
        return int(word)
    if word in words.numbers:
        return words.numbers[word]
    tens, _, ones = word.partition("-")
    if ones and tens in words.numbers and ones in words.numbers:
        return words.numbers[tens] + words.numbers[ones]
    return {"couple": 2}.get(word)


# Weekdays


def _weekday(name: str, context: Context, words: Words, which: str = "") -> Interval | None:
    now = context.published
    if now is None:
        return None
    number = words.weekdays[name]
    back, ahead = (now.weekday() - number) % 7, (number - now.weekday()) % 7
    which = which.lower()
    if which in ("last", "past", "previous"):
        return cal.day(now - (back or 7) * cal.ONE)
    if which in ("next", "coming"):
        return cal.day(now + (ahead or 7) * cal.ONE)
    if which == "this":
        return cal.day(now - back * cal.ONE if context.tense == "past" else now + ahead * cal.ONE)
    if context.tense == "future":
        return cal.day(now + ahead * cal.ONE)
    return cal.day(now - back * cal.ONE)


def one_weekday(g: Groups, context: Context, words: Words) -> Interval | None:
    return _weekday(g["day"], context, words, g["which"] or "")


def overnight(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "overnight Saturday": the night that begins on that day."""
    found = _weekday(g["day"], context, words)
    return Interval(found.start, found.start + cal.ONE, "interval") if found else None


def weekday_of_week(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "Monday last week", "last week's Monday", "Tuesday of next week"."""
    if context.published is None:
        return None
    offset = {"last": -7, "next": 7, "this": 0}[g["which"].lower()]
    monday = cal.week(context.published).start + offset * cal.ONE
    return cal.day(monday + words.weekdays[g["day"]] * cal.ONE)


def weekdays(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "Monday to Wednesday", "Saturday and Sunday": the last of them decides, the first stands before it."""
    last = _weekday(g["last"], context, words)
    if last is None:
        return None
    if context.tense == "future":
        first = _weekday(g["first"], context, words)
        if first is None:
            return None
        if first.start > last.start:
            last = Interval(last.start + 7 * cal.ONE, last.end + 7 * cal.ONE, "day")
        return cal.span(first, last)
    gap = (words.weekdays[g["last"]] - words.weekdays[g["first"]]) % 7
    return cal.span(cal.day(last.start - gap * cal.ONE), last)


def week_ago(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "a week ago Monday", "Monday a week ago"."""
    found = _weekday(g["day"], Context(context.published, tense="past"), words)
    return cal.day(found.start - 7 * cal.ONE) if found else None


# Months and days


def _years(context: Context) -> range:
    year = context.published.year if context.published else 2000
    return range(year - 1, year + 2)


def _days(context: Context, year: str | None, make: Callable[[int], Interval | None]) -> Interval | None:
    """`make` in the year given, else in the year that the context means."""
    if year:
        return make(_full_year(year))
    if context.published is None:
        return None
    found = {y: i for y in range(_years(context).start - 3, _years(context).stop + 3) if (i := make(y)) is not None}
    return cal.nearest(found, context)


def _full_year(year: str) -> int:
    digits = "".join(c for c in year if c.isdigit())
    value = int(digits)
    return value if value >= 100 else (1900 + value if value > 50 else 2000 + value)


def month_day(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "November 6", "6 November 2017", "Nov. 6-7", "3, 4 and 5 May", "May 30 to June 2"."""
    first_month = words.months[g["month"]]
    last_month = words.months[g["month2"]] if g["month2"] else first_month
    first, last = int(g["first"]), int(g["last"] or g["first"])
    year, year1 = g["year"], g["year1"]

    def make(of_year: int) -> Interval | None:
        begin = cal.safe_day(_full_year(year1) if year1 else of_year, first_month, first)
        end = cal.safe_day(of_year, last_month, last)
        if begin is None or end is None:
            return None
        if begin > end and g["month2"] and not year1:
            begin = cal.safe_day(of_year - 1, first_month, first)
        if begin is None or begin > end:
            return None
        return cal.day(begin) if begin == end else Interval(begin, end, "interval")

    if g["weekday"] and not year:  # "Monday, 4 March": the year in which it was a Monday
        number = words.weekdays[g["weekday"]]
        found = _days(context, None, lambda y: i if (i := make(y)) and i.start.weekday() == number else None)
        near = found and context.published and abs((found.start - context.published).days) < 366
        if near:
            return found
        context = Context(context.published, context.anchor, "unknown", context.day_first)
    found = _days(context, year, make)
    return found if year or found is None else _this_year(found, context, make)


def _this_year(found: Interval, context: Context, make: Callable[[int], Interval | None]) -> Interval:
    """A day of last year more than half a year gone is that of this year, if less than half a year ahead: the press gives a year to
    every other ("tried to sway the 8 November vote")."""
    now = context.published
    ahead = make(now.year) if now is not None and (now - found.end).days > HALF else None
    return ahead if ahead is not None and now is not None and 0 < (ahead.start - now).days <= HALF else found


def month_ordinal(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "the 19th", "the 3rd of next month": the day of that number in the month that the context means."""
    now, number = context.published, int(g["first"])
    if now is None:
        return None
    offsets = {"last": (-1,), "this": (0,), "next": (1,)}.get(g["which"] or "", (-2, -1, 0, 1, 2))
    found: dict[int, Interval] = {}
    for offset in offsets:
        moved = cal.shift_months(now.replace(day=1), offset)
        if (day := cal.safe_day(moved.year, moved.month, number)) is not None:
            found[offset] = cal.day(day)
    return next(iter(found.values()), None) if g["which"] else cal.nearest(found, context)


def month(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "March", "March 2014", "early March", "the end of March", "last March"."""
    number = words.months[g["month"]]
    part, which, year = (g["part"] or "").lower(), (g["which"] or "").lower(), g["year"]
    now = context.published
    if which and now:
        if which in ("last", "past", "previous"):
            whole = cal.month(now.year - (number >= now.month), number)
        elif which in ("next", "coming"):
            whole = cal.month(now.year + (number <= now.month), number)
        else:
            whole = cal.month(now.year, number)
    else:
        found = _days(context, year, lambda y: cal.month(y, number))
        if found is None:
            return None
        whole = found
    return _portion(part, whole)


def _portion(part: str, whole: Interval) -> Interval:
    part = part.rstrip("- ").removeprefix("the ")
    if part in ("early", "mid", "late"):
        return cal.third(part, whole)
    if part.startswith(("start", "beginning")):
        return cal.third("early", whole)
    if part.startswith("middle"):
        return cal.third("mid", whole)
    if part.startswith("end"):
        return cal.third("late", whole)
    return whole


def months(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "March to May", "between March and May 2014", "from December 2013 to March 2014"."""
    first, last = words.months[g["month"]], words.months[g["month2"]]

    def make(of_year: int) -> Interval | None:
        begin = cal.month(_full_year(g["year1"]) if g["year1"] else of_year - (first > last), first)
        return cal.span(begin, cal.month(of_year, last))

    return _days(context, g["year"], make)


# Years, decades, seasons, quarters


def year(g: Groups, context: Context, words: Words) -> Interval | None:
    return _portion((g["part"] or "").lower(), cal.year(int(g["year"])))


def years_range(g: Groups, context: Context, words: Words) -> Interval | None:
    first = int(g["year"])
    last = int(g["year2"]) if len(g["year2"]) == 4 else int(str(first)[:2] + g["year2"])
    return cal.span(cal.year(first), cal.year(last)) if first <= last else None


def decade(g: Groups, context: Context, words: Words) -> Interval | None:
    digits = g["decade"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return _portion((g["part"] or "").lower(), cal.decade(first))


def half(g: Groups, context: Context, words: Words) -> Interval | None:
    year = _year_of(g, context)
    if year is None:
        return None
    first = 1 if g["half"].lower() == "first" else 7
    return Interval(datetime.date(year, first, 1), cal.month(year, first + 5).end, "interval")


def _year_of(g: Groups, context: Context) -> int | None:
    """The year that "of 2016", "of this year", "of last year" or nothing means."""
    year, which = g["year"], (g["which"] or "").lower()
    if year:
        return int(year)
    if context.published is None:
        return None
    return context.published.year + {"last": -1, "next": 1}.get(which, 0)


def quarter(g: Groups, context: Context, words: Words) -> Interval | None:
    word = g["n"].lower()
    number = words.ordinals.get(word) or int(word)
    if g["year"] or g["which"]:
        year = _year_of(g, context)
        return cal.quarter(number, year) if year else None
    if context.published is None:
        return None
    around = range(context.published.year - 1, context.published.year + 2)
    return cal.nearest({y: cal.quarter(number, y) for y in around}, context)


def season(g: Groups, context: Context, words: Words) -> Interval | None:
    name, which = g["season"].lower(), (g["which"] or "").lower()
    if g["year"]:
        return _portion((g["part"] or "").lower(), cal.season(name, int(g["year"])))
    now = context.published
    if now is None:
        return None
    around = {y: cal.season(name, y) for y in range(now.year - 2, now.year + 3)}
    if which in ("last", "past", "previous"):
        found = [i for i in around.values() if i.end < now]
        return max(found, key=lambda i: i.start)
    if which in ("next", "coming"):
        found = [i for i in around.values() if i.start > now]
        return min(found, key=lambda i: i.start)
    if which == "this":
        current = [i for i in around.values() if i.start <= now <= i.end]
        return current[0] if current else next(i for y, i in around.items() if y == now.year)
    return _portion((g["part"] or "").lower(), found) if (found := cal.nearest(around, context)) else None


# Units relative to publication


def _unit_of(name: str, base: datetime.date, offset: int) -> Interval | None:
    if name == "day":
        return cal.day(base + offset * cal.ONE)
    if name == "week":
        return cal.week(base + 7 * offset * cal.ONE)
    if name == "month":
        moved = cal.shift_months(base.replace(day=1), offset)
        return cal.month(moved.year, moved.month)
    if name == "quarter":
        moved = cal.shift_months(base.replace(day=1), 3 * offset)
        return cal.quarter((moved.month + 2) // 3, moved.year)
    if name == "year":
        return cal.year(base.year + offset)
    if name == "decade":
        return cal.decade(base.year // 10 * 10 + 10 * offset)
    saturday = cal.week(base).start + (5 + 7 * offset) * cal.ONE
    return Interval(saturday, saturday + cal.ONE, "weekend")


def relative_unit(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "last week", "this month", "next year", "earlier this week", "late last year"."""
    now = context.published
    if now is None:
        return None
    offset = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[
        g["which"].lower()
    ]
    unit, part = g["unit"].lower(), (g["part"] or "").lower()
    if unit == "weekend":
        return _weekend(now, g["which"].lower(), context)
    whole = _unit_of(unit, now, offset)
    if whole is None:
        return None
    if part == "earlier" and whole.start <= now:
        return Interval(whole.start, min(now, whole.end), "interval")
    if part == "later" and whole.end >= now:
        return Interval(max(now, whole.start), whole.end, "interval")
    return _portion(part, whole)


def _weekend(now: datetime.date, which: str, context: Context) -> Interval:
    """The weekend meant: the last one begun, for the future the next one still to end."""
    saturday = cal.week(now).start + 5 * cal.ONE
    if which == "last" or (which in ("", "the", "past", "previous") and context.tense != "future"):
        if saturday > now or which == "last":
            saturday -= 7 * cal.ONE
    elif which in ("next", "coming"):
        saturday += 7 * cal.ONE if saturday <= now or (which == "next" and now.weekday() >= 5) else 0 * cal.ONE
    elif which == "this" and context.tense == "past" and saturday > now:
        saturday -= 7 * cal.ONE
    return Interval(saturday, saturday + cal.ONE, "weekend")


def the_weekend(g: Groups, context: Context, words: Words) -> Interval | None:
    return _weekend(context.published, "the", context) if context.published else None


def before_last(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "the week before last", "the year after next"."""
    offset = -2 if g["which"].lower() == "before last" else 2
    return _unit_of(g["unit"].lower(), context.published, offset) if context.published else None


def hours(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "the past 24 hours", "the next 48 hours": as many days, and the day of publication."""
    now, count = context.published, int(g["n"])
    if now is None:
        return None
    days = max(1, count // 24) * cal.ONE
    ahead = g["which"].lower() in ("next", "coming", "following")
    return Interval(now, now + days, "interval") if ahead else Interval(now - days, now, "interval")


def past_n(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "the past three days", "the last two weeks", "the next six months"."""
    now, count = context.published, _int(g["n"], words)
    if now is None or count is None:
        return None
    ahead = g["which"].lower() in ("next", "coming", "following")
    other = _moved(now, g["unit"].lower(), count if ahead else -count)
    if other is None:
        return None
    return Interval(now, other, "interval") if ahead else Interval(other, now, "interval")


def _moved(base: datetime.date, unit: str, count: int) -> datetime.date | None:
    try:
        if unit == "day":
            return base + count * cal.ONE
        if unit in ("week", "fortnight"):
            return base + count * (7 if unit == "week" else 14) * cal.ONE
        return cal.shift_months(base, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])
    except (ValueError, OverflowError, KeyError):
        return None


def ago(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "three days ago": that day; "five months ago": that month; "ten years ago": that year."""
    now, count = context.published, _int(g["n"], words)
    return _at_distance(now, g["unit"].lower(), -count) if now and count is not None else None


def _at_distance(base: datetime.date, unit: str, count: int) -> Interval | None:
    moved = _moved(base, unit, count)
    if moved is None:
        return None
    if unit in ("day", "week", "fortnight"):
        return cal.day(moved)
    return cal.year(moved.year) if unit in ("year", "decade") else cal.month(moved.year, moved.month)


def in_n(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "in two weeks" of the future; "killed 40 people in two weeks" is a duration."""
    now, count = context.published, _int(g["n"], words)
    if now is None or count is None or context.tense == "past":
        return None
    return _at_distance(now, g["unit"].lower(), count)


def within(g: Groups, context: Context, words: Words) -> Interval | None:
    now, count = context.published, _int(g["n"], words)
    if now is None or count is None or context.tense == "past":
        return None
    last = _moved(now, g["unit"].lower(), count)
    return Interval(now, last, "interval") if last else None


# Words and anchors


def word_day(g: Groups, context: Context, words: Words) -> Interval | None:
    if context.published is None:
        return None
    text = re.sub(r"\s+", " ", g["text"].lower())
    if text == "overnight":
        return Interval(context.published - cal.ONE, context.published, "interval")
    offset = (
        -2 if "before yesterday" in text
        else 2 if "after tomorrow" in text
        else -1 if "yesterday" in text or text in ("last night", "last evening")
        else 1 if "tomorrow" in text
        else 0
    )  # fmt: skip
    return cal.day(context.published + offset * cal.ONE)


def anchored(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "the previous day", "the following week", "the next morning", "that day", "the same month"."""
    if context.anchor is None:
        return None
    which, unit = g["which"].lower(), g["unit"].lower()
    unit = "day" if unit in ("morning", "afternoon", "evening", "night") else unit
    offset = -1 if which in ("previous", "preceding", "prior") else 0 if which in ("same", "that") else 1
    return _unit_of(unit, context.anchor, offset)


def day_before(g: Groups, context: Context, words: Words) -> Interval | None:
    """ "the day before", "a week later", "two days earlier", "three weeks after"."""
    if context.anchor is None:
        return None
    count = _int(g["n"], words) if g["n"] and g["n"].lower() != "the" else 1
    if count is None:
        return None
    sign = 1 if g["side"].lower() in ("later", "after", "afterwards") else -1
    return _at_distance(context.anchor, g["unit"].lower(), sign * count)


def holiday(g: Groups, context: Context, words: Words) -> Interval | None:
    name = re.sub(r"\s+", " ", g["name"]).replace("’", "'")

    def make(of_year: int) -> Interval | None:
        if name in words.easter:
            return cal.day(cal.easter(of_year) + words.easter[name] * cal.ONE)
        return cal.day(datetime.date(of_year, *words.holidays[name]))

    which = (g["which"] or "").lower()
    if which in ("last", "next") and context.published:
        context = Context(
            context.published + (cal.ONE if which == "next" else -cal.ONE),
            tense="past" if which == "last" else "future",
        )
    return _days(context, g["year"], make)


def named(g: Groups, context: Context, words: Words) -> Interval | None:
    return cal.day(words.named[re.sub(r"\s+", " ", g["text"])])


def iso(g: Groups, context: Context, words: Words) -> Interval | None:
    found = cal.safe_day(int(g["y"]), int(g["m"]), int(g["d"]))
    return cal.day(found) if found else None


def numeric(g: Groups, context: Context, words: Words) -> Interval | None:
    """13/5/2014 and 5/13/2014 are plain; 3/4/2014 only where the order is known."""
    a, b, year = int(g["a"]), int(g["b"]), _full_year(g["y"])
    if a > 12:
        found = cal.safe_day(year, b, a)
    elif b > 12 or context.day_first is False:
        found = cal.safe_day(year, a, b)
    elif context.day_first or a == b:
        found = cal.safe_day(year, b, a)
    else:
        found = None
    return cal.day(found) if found else None
