"""The grammar of date expressions: patterns, each with the function that says what it stands for.

Families are tried only where a cheap pattern finds their trigger word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dateline.dates import values
from dateline.dates.values import Groups, Rule
from dateline.dates.words import alternatives, load

_UNIT = r"day|week|month|year|decade|quarter|weekend"
_PART = r"(?:\s+(?:morning|afternoon|evening|night|noon|midday))?"


@dataclass(frozen=True, slots=True)
class Family:
    """Rules that share a trigger."""

    name: str
    trigger: re.Pattern[str]
    rules: tuple[tuple[re.Pattern[str], Rule], ...]


def _compile(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", flags)


@cache
def families() -> tuple[Family, ...]:
    """The grammar, compiled once."""
    words = load()
    w, mo = alternatives(words.weekdays), alternatives(words.months)
    hol = alternatives({**dict.fromkeys(words.holidays, 0), **words.easter})
    count = r"\d{1,3}|" + "|".join(sorted(words.numbers, key=len, reverse=True)) + r"|(?:twenty|thirty|forty|fifty)-\w+"
    year4 = r"1[0-9]\d\d|20\d\d"
    d = r"(?:0?[1-9]|[12]\d|3[01])"
    th = r"(?:st|nd|rd|th)?"
    year_after = rf"(?:,?\s+(?P<year>{year4})(?!\s*(?:people|troops|soldiers|men|votes)))?"
    to = r"\s*(?:-|–|—|to|and|through|until|till|or|&)\s*"
    part = r"(?:(?P<part>(?i:early|mid|late|the\s+(?:start|beginning|middle|end)\s+of|(?:start|beginning|middle|end)\s+of))(?:\s+|-)(?:in\s+)?)?"
    on_day = rf"(?:(?P<weekday>{w}),?\s+)?"
    i = re.I
    return (
        Family(
            "weekday",
            re.compile(r"day\b|\b(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\."),
            (
                (_compile(rf"(?:from\s+|between\s+)?(?P<first>{w}){_PART}{to}(?:on\s+)?(?P<last>{w}){_PART}"), values.weekdays),
                (_compile(rf"(?P<day>{w})\s+(?:of\s+)?(?P<which>last|this|next)\s+week"), values.weekday_of_week),
                (_compile(rf"(?P<which>(?i:last|this|next))\s+week['’]s\s+(?P<day>{w})"), values.weekday_of_week),
                (_compile(rf"[Oo]vernight\s+(?:on\s+)?(?P<day>{w})"), values.overnight),
                (_compile(rf"[Aa]\s+week\s+ago\s+(?:on\s+)?(?P<day>{w})"), values.week_ago),
                (_compile(rf"(?P<day>{w}),?\s+a\s+week\s+ago"), values.week_ago),
                (_compile(rf"(?:(?P<which>(?i:last|this|next|coming|past|previous))\s+)?(?:(?i:early|late)\s+(?:on\s+)?)?(?P<day>{w}){_PART}"), values.one_weekday),
            ),
        ),
        Family(
            "month",
            re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"),
            (
                (_compile(rf"(?:from\s+|between\s+)?(?P<month>{mo})\s+(?P<first>{d}){th}(?:,?\s+(?P<year1>{year4}))?{to}(?P<month2>{mo})\s+(?P<last>{d}){th}{year_after}"), values.month_day),
                (_compile(rf"(?:from\s+|between\s+)?(?P<first>{d}){th}\s+(?:of\s+)?(?P<month>{mo})(?:,?\s+(?P<year1>{year4}))?{to}(?P<last>{d}){th}\s+(?:of\s+)?(?P<month2>{mo}){year_after}"), values.month_day),
                (_compile(rf"(?:from\s+|between\s+)?(?P<month>{mo})\s+(?P<first>{d}){th}(?:,\s*{d}{th})*,?{to}(?P<last>{d}){th}(?!\s*(?:{mo})){year_after}"), values.month_day),
                (_compile(rf"(?:from\s+|between\s+)?(?:the\s+)?(?P<first>{d}){th}(?:,\s*{d}{th})*,?{to}(?:the\s+)?(?P<last>{d}){th}\s+(?:of\s+)?(?P<month>{mo}){year_after}"), values.month_day),
                (_compile(rf"{on_day}(?P<month>{mo})\s+(?:the\s+)?(?P<first>{d}){th}(?![\d:]|,\d{{3}}){year_after}"), values.month_day),
                (_compile(rf"{on_day}(?:the\s+)?(?P<first>{d}){th}\s+(?:of\s+)?(?P<month>{mo}){year_after}"), values.month_day),
                (_compile(rf"(?:from\s+|between\s+)?(?P<month>{mo})(?:,?\s+(?P<year1>{year4}))?{to}(?P<month2>{mo})(?:,?\s+(?:of\s+)?(?P<year>{year4}))?"), values.months),
                (_compile(rf"{part}(?:(?P<which>(?i:last|this|next|past|previous|coming))\s+)?(?P<month>{mo})(?:,?\s+(?:of\s+)?(?P<year>{year4}))?"), values.month),
            ),
        ),
        Family(
            "digits",
            re.compile(r"\d\d"),
            (
                (_compile(r"(?P<y>1[0-9]\d\d|20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"), values.iso),
                (_compile(r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>(?:1[0-9]|20)\d\d)"), values.numeric),
                (_compile(rf"(?:from\s+|between\s+)?(?P<year>{year4})\s*(?:-|–|—|to|and|through|until)\s*(?P<year2>{year4}|\d\d)(?!-)"), values.years_range),
                (_compile(r"(?:the\s+)?(?:(?P<part>early|mid|late)(?:\s+|-))?(?:the\s+)?['’]?(?P<decade>1[5-9]\d0|20\d0|[2-9]0)['’]?s", i), values.decade),
                (_compile(rf"(?:the\s+)?(?P<half>first|second)\s+half\s+of\s+(?:(?P<which>last|this|next)\s+year|(?P<year>{year4}))", i), values.half),
                (_compile(rf"(?:(?P<part>early|mid|late|the\s+(?:start|beginning|middle|end)\s+of|(?:start|beginning|middle|end)\s+of)(?:\s+|-)(?:in\s+)?)?(?P<year>{year4})(?![,.]\d|-\w|\s*(?:%|per\s?cent|people|troops|soldiers|voters|votes|men|women|miles|km|kilometers|kilometres|meters|metres|tons|tonnes|dollars|euros|points))", i), values.year),
            ),
        ),
        Family(
            "unit",
            re.compile(rf"\b(?:{_UNIT}|fortnight|hour|night|morning|afternoon|evening|summer|winter|spring|autumn|fall|half)s?\b"),
            (
                (_compile(rf"(?P<n>{count})\s+(?P<unit>day|week|fortnight|month|year|decade)s?\s+ago", i), values.ago),
                (_compile(rf"(?:the\s+)?(?P<which>past|last|next|coming|previous|following)\s+(?P<n>{count})\s+(?P<unit>day|week|month|year|decade)s?", i), values.past_n),
                (_compile(r"the\s+(?P<unit>week|month|year|weekend)\s+(?P<which>before\s+last|after\s+next)", i), values.before_last),
                (_compile(r"(?:the\s+)?(?P<which>past|last|next|coming|previous|following)\s+(?P<n>24|36|48|72|96)\s+hours", i), values.hours),
                (_compile(rf"(?:the\s+)?(?P<n>{count}|the)\s+(?P<unit>day|week|month|year)s?\s+(?P<side>earlier|before|later|after|afterwards|previously)(?:(?<!after)(?<!before)|(?=\s*(?:[^\w\s]|$)|\s+(?:and|at|but|by|in|on|to|when|with)\b))", i), values.day_before),
                (_compile(r"the\s+(?P<which>previous|preceding|prior|following|next|same)\s+(?P<unit>day|week|month|year|weekend|morning|afternoon|evening|night)", i), values.anchored),
                (_compile(r"(?P<which>that)\s+(?:same\s+)?(?P<unit>day|week|month|year|weekend|morning|afternoon|evening|night)", i), values.anchored),
                (_compile(rf"(?:(?P<part>earlier|later|early|late|mid|the\s+(?:start|beginning|middle|end)\s+of|(?:start|beginning|middle|end)\s+of)(?:\s+|-))?(?:in\s+)?(?P<which>last|this|next|past|previous|current|coming)\s+(?P<unit>{_UNIT})", i), values.relative_unit),
                (_compile(r"the\s+weekend", i), values.the_weekend),
                (_compile(rf"in\s+(?P<n>{count})\s+(?P<unit>day|week|fortnight|month|year)s?(?:['’]\s+time)?", i), values.in_n),
                (_compile(rf"within\s+(?:the\s+next\s+)?(?P<n>{count})\s+(?P<unit>day|week|month|year)s?", i), values.within),
                (_compile(r"(?:the\s+)?(?P<half>first|second)\s+half\s+of\s+(?:the\s+year|(?P<which>last|this|next)\s+year)", i), values.half),
                (_compile(r"(?:the\s+)?(?:(?P<part>early|mid|late)\s+)?(?:(?P<which>last|this|next|past|previous|coming)\s+(?P<season>summer|winter|spring|autumn|fall))", i), values.season),
                (_compile(rf"(?:in\s+|the\s+|of\s+)*(?:(?P<part>early|mid|late)(?:\s+|-))?(?P<season>summer|winter|spring|autumn|fall)\s+(?:of\s+)?(?P<year>{year4})", i), values.season),
                (_compile(r"(?:in|during)\s+(?:the\s+)?(?:(?P<part>early|mid|late)(?:\s+|-))?(?P<season>summer|winter|spring|autumn)(?!\s+of\b)", i), values.season),
                (_compile(rf"(?:the\s+)?(?:fiscal\s+)?(?P<n>first|second|third|fourth)(?:\s+fiscal)?[\s-]quarter(?:\s+of\s+(?:fiscal\s+)?(?:(?P<year>{year4})|(?P<which>last|this|next)\s+year))?", i), values.quarter),
            ),
        ),
        Family(
            "quarter",
            re.compile(r"\bQ[1-4]\b"),
            ((_compile(rf"Q(?P<n>[1-4])(?:\s+(?:of\s+)?(?:(?P<year>{year4})|(?P<which>last|this|next)\s+year))?"), values.quarter),),
        ),
        Family(
            "ordinal",
            re.compile(r"\bthe\s+\d"),
            (
                # "on the 19th", "until the 3rd": no century, amendment or floor, so nothing but an end or a verb may follow.
                (_compile(rf"(?<=\b(?:on|by)\s)the\s+(?P<first>{d})(?:st|nd|rd|th)(?=\s*(?:[.,;:)]|$)|\s+(?:and|but|or|to|when|after|before|in)\b|\s+of\s+(?:this|last|next)\s+month)(?:\s+of\s+(?P<which>this|last|next)\s+month)?"), values.month_ordinal),
            ),
        ),
        Family(
            "word",
            re.compile(r"[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|[Oo]vernight|ast\s+(?:night|evening)|his\s+(?:morning|afternoon|evening)"),
            (
                (_compile(r"(?:the\s+)?day\s+(?:before\s+yesterday|after\s+tomorrow)|(?:early\s+|late\s+)?(?:yesterday|today|tomorrow)(?:\s+(?:morning|afternoon|evening|night))?|tonight|overnight|last\s+(?:night|evening)|this\s+(?:morning|afternoon|evening)", i), values.word_day),
            ),
        ),
        Family(
            "feast",
            re.compile(r"Christmas|Easter|New\s+Year|Boxing|Halloween|Valentine|Bastille|Armistice|Nowruz|Pentecost|All\s+Saints|Women['’]s|Workers['’]|(?:Good|Palm|Ash|Maundy|Holy|May)\s+\w+day|May\s+Day|9/11|attacks|\b[Ww]ar\b"),
            (
                (_compile(rf"(?:(?P<which>last|this|next)\s+)?(?P<name>{hol})(?:,?\s+(?:in\s+)?(?P<year>{year4}))?"), values.holiday),
                (_compile(alternatives(words.named)), values.named),
            ),
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A match of the grammar: offsets into the text scanned, the rule's family, and its interval (None if unresolved)."""

    start: int
    end: int
    family: str
    groups: Groups
    rule: Rule


_WHICH = (
    "last",
    "next",
    "past",
    "this",
    "previous",
    "coming",
    "current",
    "following",
    "preceding",
    "prior",
    "same",
    "that",
)
_DIGITS = tuple("0123456789")
_NEEDS: dict[Rule, tuple[str, ...]] = {
    values.weekday_of_week: ("week",),
    values.overnight: ("overnight",),
    values.week_ago: ("week",),
    values.month_day: _DIGITS,
    values.iso: ("-",),
    values.numeric: ("/", "."),
    values.decade: ("s",),
    values.half: ("half",),
    values.ago: ("ago",),
    values.past_n: _WHICH,
    values.before_last: ("last", "next"),
    values.hours: ("hours",),
    values.day_before: ("earlier", "before", "later", "after", "previously"),
    values.anchored: _WHICH,
    values.relative_unit: _WHICH,
    values.the_weekend: ("weekend",),
    values.within: ("within",),
    values.season: ("summer", "winter", "spring", "autumn", "fall"),
    values.quarter: ("quarter", "q"),
}
_HINTS = {
    "ordinal": ("st", "nd", "rd", "th"),
    "quarter": ("q",),
    "word": ("today", "tonight", "yesterday", "tomorrow", "overnight", "last", "this"),
}
"""Of these one must stand in the text, in small letters, or no pattern of the rule (of the family, in _HINTS) can match: looking for them is twenty times
cheaper than trying the pattern (benchmarks/dates.py:
17,000 to 19,000 expressions a CPU-second without)."""


def _one(needs: tuple[str, ...], text: str) -> bool:
    for need in needs:  # noqa: SIM110 - `any` with a generator takes thrice as long
        if need in text:
            return True
    return False


def scan(text: str) -> Iterator[Found]:
    """All matches of all rules in `text`, unresolved and overlapping; `choose` picks among them."""
    low = text.lower()
    for family in families():
        if family.name in _HINTS and not _one(_HINTS[family.name], low):
            continue
        if family.trigger.search(text):
            for pattern, rule in family.rules:
                if rule in _NEEDS and not _one(_NEEDS[rule], low):
                    continue
                for match in pattern.finditer(text):
                    yield Found(match.start(), match.end(), family.name, Groups(match.groupdict(), text=match[0]), rule)
