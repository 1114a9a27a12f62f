"""Dates of an article, and of single expressions: which match counts, past or future, and what it hangs on."""

from __future__ import annotations

import datetime
import re
from collections import deque

from dateline.dates import values
from dateline.dates.calendar import Context, Interval, Tense
from dateline.dates.grammar import Found, scan
from dateline.dates.words import load
from dateline.language import Doc
from dateline.model import DateExpression

_LEAD = 24
"""How many characters before an expression are looked at for the word that leads it in."""
_BEFORE = re.compile(
    r"(?:\b(?P<word>since|until|till|up to|through|by|every|each|per|on)\s+)(?:the\s+|on\s+|about\s+|around\s+)?$", re.I
)
_MONTH_LEAD = re.compile(
    r"(?:\b(?:in|since|until|till|by|of|from|to|between|and|through|during|before|after|for|early|late|mid|last|next|this|"
    r"around|throughout|past|previous|coming|the|every|each|on)|[-(,;:–—/]|^)\s*$",
    re.I,
)
_MONTH_OF = re.compile(r"(?:\b(?:an?|his|her|its|their|our)|['’]s)\s+$", re.I)
"""What leads in a month that tells which visit, vote or attack is meant ("an October news conference")."""
NEAR = 6
"""How many months ahead such a month may lie; else it is the one that is past."""
_YEAR_LEAD = re.compile(
    r"(?:\b(?:in|since|of|by|during|from|until|till|before|after|to|and|the|early|late|mid|year|years|between|through|"
    r"around|circa|through|throughout|summer|winter|spring|autumn|fall|election|elections|war|olympics|for|its|his|her|"
    r"their|a|back|as|or|on|about|fiscal|for|with|than|than in|september|october|november|december|january|february|march|"
    r"april|may|june|july|august)|[-(,;:–—/'’\"“])\s*$",
    re.I,
)
_HELPED = re.compile(r"\s+(?:\w+ly\s+|not\s+|also\s+)?(?:be|have\s+been|get)\s+(?:\w+ly\s+)?")
"""What stands between a future auxiliary and its participle ("will be sworn in")."""
_TITLE = re.compile(r"\s+[A-Z][a-z]+")
"""What follows the name of a day in the name of a paper ("The Sunday Herald")."""
_STREET = re.compile(
    r"\s+(?:[NSEW]\.?\s+)?(?:[A-Z0-9][\w'’.]*\s+){1,3}(?:St|Ave|Rd|Blvd|Dr|Ln|Street|Avenue|Road|Boulevard|Drive|Lane|Court|"
    r"Highway|Parkway)\b"
)
"""What follows a house number ("1208 Old Mill Road")."""
_BLOCK = re.compile(r"\s+block\s+of\b")
"""What follows the number of a block of houses ("the 1900 block of Mill Road")."""
_IN_YEAR = re.compile(r"\b(?:in|since|until|by|before|after)\s+$", re.I)
"""What stands before a year and before no house number ("In 2014 Wall Street fell")."""
_NUMBERED = re.compile(r"[$€£#]$|(?:[A-Z]{2,}|(?<!\d)\d{3})/(?:\w+/)*$|\b[Nn]o\.\s*$")
"""What stands before a price, a number and the last part of a suit's number ("HC/112/2018")."""
_AGE = re.compile(r"\b(?:my|his|her|their|our|your)\s+$", re.I)
"""What stands before the decade of a life ("in her early 30s")."""
_UNTIL = ("until", "till", "up to", "by")
_OF_DAY = re.compile(
    r"(?:['’]s)?(?:\s+(?:morning|afternoon|evening|night)(?:['’]s)?)?\s+"
    r"(?:(?!(?:an?|the|in|on|at|of|for|to|from|by|with|about|over|after|before|amid|as|and|or|but|that|wh\w+|near|following|"
    r"against|into|his|her|its|their)\b)[\w’'-]+\s+){0,2}(?P<noun>[a-z-]+)(?![\w'’-])"
)
"""What stands behind a day that tells which deed is meant: a noun after up to two words."""
_AT_PLACE = re.compile(
    r"\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){0,2}?(?P<noun>[a-z-]+)(?:\s+(?:in|at|near|outside)(?:\s+[\w’'-]+,?){1,3})?\s+(?:on\s+|last\s+)?"
)
"""What stands between a tie to a deed ("because of") and its day: the noun that bears it, and its place."""
_CLAUSE = re.compile(r"[;:]|,\s+(?:but|and|while|as|after|when|which|who|where|because|although|though)\b")


def find(doc: Doc) -> tuple[DateExpression, ...]:
    """The dates of an article in the order of the text, resolved against its publication date.

    "The previous day" and its like hang on the day named last before them, "that year" and "two years later" on the time. Expressions that a missing publication date
    leaves open are kept with `start` and `end` null.
    """
    found: list[DateExpression] = []
    anchor: datetime.date | None = None
    year: datetime.date | None = None
    published = doc.article.published
    for sentence in doc.sentences:
        text = doc.text[sentence.start : sentence.end]
        for match in choose(text):
            of_years = (match.groups["unit"] or "").lower() == "year"
            interval = value(match, text, published, year if of_years else anchor)
            from_today = _FROM_TODAY.fullmatch(text[match.start : match.end])
            if interval is None and (published is not None or (match.family == "unit" and not from_today)):
                continue
            start, end = sentence.start + match.start, sentence.start + match.end
            found.append(
                DateExpression(
                    f"d{len(found) + 1}",
                    doc.text[start:end],
                    start,
                    end,
                    interval.start if interval else None,
                    interval.end if interval else None,
                    interval.granularity if interval else None,
                    f"dates.{match.family}",
                )
            )
            if interval and match.rule is not values.named:
                anchor = interval.start if _is_anchor(interval) else anchor
                year = interval.start if (interval.end - interval.start).days < 366 else year
    return tuple(found)


def _is_anchor(interval: Interval) -> bool:
    """Whether "the previous day" and its like may be counted from a time: a day, or days within a week."""
    return interval.granularity in ("day", "interval") and (interval.end - interval.start).days < 8


def resolve(
    expression: str,
    sentence: str,
    published: datetime.date | str | None,
    anchor: datetime.date | str | None = None,
    day_first: bool | None = None,
) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and last day that `expression` means in `sentence`, or (None, None) if it is no date.

    `published`, `anchor`: dates or ISO strings; see Context. Raises ValueError for a string that is no ISO date.
    """
    at = sentence.find(expression)
    text, start = (sentence, at) if at >= 0 else (expression, 0)
    end = start + len(expression)
    touching = [m for m in choose(text) if m.start < end and start < m.end]
    if not touching:
        return None, None
    best = max(touching, key=lambda m: min(m.end, end) - max(m.start, start))
    found = value(best, text, _day(published), _day(anchor), day_first)
    return (found.start, found.end) if found else (None, None)


def _day(value: datetime.date | str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value[:10]) if isinstance(value, str) else value


def choose(text: str) -> list[Found]:
    """The matches that count: longest first, none overlapping, none that is a name or a verb."""
    blocked = [m.span() for m in load().not_dates.finditer(text)]
    kept: list[Found] = []
    for match in sorted(scan(text), key=lambda m: (m.start - m.end, m.start)):
        if any(match.start < e and s < match.end for s, e in blocked) or not _plausible(match, text):
            continue
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


_FROM_TODAY = re.compile(r"(?:the\s+)?(?:last|this|next|previous)\s+\w+|.+\sago", re.I | re.S)
"""Expressions that only the day of publication could tell: kept without a value where the article has none."""


def _plausible(match: Found, text: str) -> bool:
    """False for "Theresa May", "may march", "2014 people", "on Mondays", "every Friday"."""
    groups, before, after = match.groups, text[max(0, match.start - _LEAD) : match.start], text[match.end :]
    lead = _BEFORE.search(before)
    if lead and lead["word"].lower() in ("every", "each", "per"):
        return False
    if match.family == "weekday" and re.search(r"\b[Tt]he\s+$", before) and _TITLE.match(after):
        return False
    if _bare_month(match):
        if groups["which"] or groups["part"]:
            return True
        last_word = before.split()[-1].lower() if before.split() else ""
        if last_word in load().given:
            return False
        if groups["month"] in ("May", "March", "April", "June", "August") and not re.search(
            r"\b(?:in|since|until|till|by|of|from|between|during|before|after|through|an)\s+$", before, re.I
        ):
            return False
        if groups["month"] == "May" and re.match(r"\s+(?:said|told|will|has|was|and her|is)\b", after):
            return False
        if _MONTH_OF.search(before) and re.match(r"\s+(?:[A-Z][\w.&-]*\s+){0,2}[a-z]", after):
            return True
        return bool(_MONTH_LEAD.search(before) or re.match(r"['’]s\b|\s+\d", after))
    housed = (_STREET.match(after) and not _IN_YEAR.search(before)) or _BLOCK.match(after)
    if match.family == "digits" and (_NUMBERED.search(before) or housed):
        return False
    if match.family == "digits" and groups["decade"] and len(groups["decade"]) == 2 and _AGE.search(before):
        return False
    if match.family == "digits" and groups["year"] and not (groups["year2"] or groups["part"]):
        return bool(_YEAR_LEAD.search(before)) or not before.strip()
    return True


def _bare_month(match: Found) -> bool:
    """True for a month without a day, a year or a second month."""
    groups = match.groups
    return (
        match.family == "month"
        and bool(groups["month"])
        and not (groups["first"] or groups["year"] or groups["month2"])
    )


def value(
    match: Found,
    text: str,
    published: datetime.date | None,
    anchor: datetime.date | None = None,
    day_first: bool | None = None,
) -> Interval | None:
    """What a match means in its text: its own value, widened by "since" and "until"."""
    absolute = bool(match.groups["year"]) or match.family == "digits"
    when: Tense = "unknown" if absolute else tense(text, match.start, match.end)
    before = text[max(0, match.start - _LEAD) : match.start]
    lead = _BEFORE.search(before)
    word = lead["word"].lower() if lead else ""
    if word == "since":
        when = "past"
    elif word in _UNTIL and when == "unknown":
        when = "future"
    elif when == "future" and published is not None and _bare_month(match) and _MONTH_OF.search(before):
        ahead = (load().months[match.groups["month"]] - published.month) % 12
        when = "future" if ahead <= NEAR else "past"  # the verb may be that of another time
    if when == "future" and match.family in ("weekday", "month") and word not in _UNTIL and _befallen(match, text):
        when = "past"
    found = match.rule(match.groups, Context(published, anchor, when, day_first), load())
    if found is None or published is None:
        return found
    if match.rule in (values.anchored, values.day_before) and when == "past" and found.start > published:
        return None  # counted from another time than is meant: what is told as past is not to come
    if word == "since" and found.start <= published:
        return Interval(found.start, published, "interval")
    if word in ("until", "till", "up to", "through") and found.end >= published:
        return Interval(published, found.end, "interval")
    return found


def _befallen(match: Found, text: str) -> bool:
    """Whether a day is that of a deed or disaster, which nobody announces: "will look into Friday's shooting", "will be charged in
    connection with the shooting in Hofbau on Friday"."""
    words = load()
    behind = _OF_DAY.match(text, match.end)
    if behind is not None and words.befallen.fullmatch(behind["noun"]):
        return True
    ties = [m.end() for m in words.ties.finditer(text, 0, match.start)]
    ahead = _AT_PLACE.fullmatch(text, ties[-1], match.start) if ties else None
    return ahead is not None and words.befallen.fullmatch(ahead["noun"]) is not None


def tense(text: str, start: int, end: int) -> Tense:
    """Past or future of the clause in which the expression stands: the nearest verb before it, else the next after."""
    verbs = load().tense
    clause = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    two = deque(verbs.finditer(text[:start]), maxlen=2)
    last = two[-1] if two else None
    if len(two) == 2 and two[0]["future"] and _HELPED.fullmatch(text[two[0].end() : two[1].start()]):
        last = two[0]
    if clause and last is not None and last.start() < clause:
        after = verbs.search(text[end:])  # the clause's own verb stands behind the date
        last = after if after is not None and not _CLAUSE.search(text[end : end + after.start()]) else last
    nearest = last or verbs.search(text[end:])
    if nearest is None:
        return "unknown"
    return "future" if nearest["future"] else "past"
