"""The article in text without markup: a clean one stays as it is, a flattened page is taken apart."""

from __future__ import annotations

import datetime
import re

from dateline.article import byline, clean, date, dateline, flat
from dateline.article.date import Candidate
from dateline.article.draft import Draft
from dateline.article.html import is_dropped
from dateline.article.lines import stop_words
from dateline.article.words import words

_WORD = re.compile(r"\w+")
_STAR = re.compile(r"^[*•·»-]\s+")
_INITIAL = re.compile(r"([B-HJ-NP-Z])\s([a-z]+)\b")
HEAD_LINES = 6
"""Lines at the top of a clean text among which its headline, byline and date are looked for."""

MIN_STORY = 8
"""Words that a first paragraph must have after its headline, so that what is taken off is one."""

MAX_HEADLINE = 30
"""Words of a headline at most."""

NAME_REACH = 6
"""Lines under a headline among which a name alone may be its author's: standfirst, section and share buttons come between."""

HEAD_REACH = 12
"""Lines between a standfirst and the first paragraph of the story, for byline, date and share buttons."""


def read(text: str, title: str | None = None) -> Draft:
    """The article of a text. `title`: the headline, if the source states one."""
    lines = flat.split(text)
    if flat.is_clean(lines):
        return _clean(text, title)
    return _flattened(lines, title)


def _clean(text: str, title: str | None) -> Draft:
    """A text that is an article already: only a headline, byline and date line at its top are set apart."""
    rows = clean.paragraphs(text)
    if rows and title is not None:
        rows[0] = _without(rows[0], title)
    found, authors, publisher, dates = title, [], None, []
    places: tuple[str, ...] = ()
    head = byline.run_in(rows[0]) if rows else None
    if head and len(_WORD.findall(rows[0][head.end :])) >= MIN_STORY:
        rows[0] = rows[0][head.end :]
        authors += byline.authors([head.signed])
        publisher = head.outlet or byline.outlet(head.signed)
        dates.append(Candidate(head.day, "page line"))
    at = 0
    while at < min(HEAD_LINES, len(rows) - 1):
        row = rows[at]
        headline = at == 0 and ((title is None and _headline(row, rows[1:])) or _over_dateline(row, rows[1]))
        if _same(row, found) or headline:
            found = found or row
        elif printed := dateline.above(row):
            publisher, places = publisher or printed.agency, places or printed.places
        elif signed := byline.signature(row) or (
            row if found and at < 2 and byline.is_bare(row) else _signed(rows, at, found)
        ):
            publisher = publisher or byline.outlet(signed)
            authors += byline.authors([signed])
            if day := date.printed(row):
                dates.append(Candidate(day, "page line"))
        elif date.is_date_line(row):
            day = date.printed(row)
            assert day is not None  # is_date_line says so
            dates.append(Candidate(day, "page line"))
        else:
            break
        at += 1
    return Draft(tuple(rows[at:]), found, tuple(authors), publisher, None, tuple(dates), places=places)


def _signed(rows: list[str], at: int, title: str | None) -> str | None:
    """The author who stands alone between a headline and the day."""
    return byline.lone(rows[at]) if title and at == 1 and date.is_date_line(rows[at + 1]) else None


def _headline(row: str, rest: list[str]) -> bool:
    """Whether a first line is a headline: short, without a full stop, and prose or a byline comes after it."""
    words = len(_WORD.findall(row))
    if not 3 <= words <= MAX_HEADLINE or row.rstrip("\"'”’").endswith((".", ",", ";", ":")) or len(row) > 200:
        return False
    if byline.is_byline(row) or date.is_date_line(row) or dateline.find(row + "\n" + rest[0]) is not None:
        return False
    return any(len(_WORD.findall(r)) >= max(12, words) for r in rest[:4])


def _over_dateline(row: str, after: str) -> bool:
    """Whether a first line is a headline since the story opens after it, with a printed dateline."""
    opening = dateline.find(after) if 3 <= len(_WORD.findall(row)) <= MAX_HEADLINE else None
    return opening is not None and bool(opening.places) and dateline.find(row) is None


def _without(row: str, title: str) -> str:
    """A first paragraph without the headline that opens it on the same line: before a full stop or a dateline the headline ends."""
    bare = title.rstrip(" .")
    rest = row[len(bare) :] if len(_WORD.findall(bare)) >= 3 and row.lower().startswith(bare.lower()) else ""
    story = rest.lstrip(" .:|–—-")
    ended = rest[: len(rest) - len(story)].strip() or (bare.endswith(("?", "!")) and rest[:1].isspace())
    opens = story[:1].isupper() or story[:1] in "\"'“‘«"
    if len(_WORD.findall(story)) < MIN_STORY or not opens or not (ended or dateline.find(story)):
        return row
    return story


def _same(row: str, title: str | None) -> bool:
    return title is not None and re.sub(r"\W+", "", row.lower()) == re.sub(r"\W+", "", title.lower())


def _capped(rows: list[str]) -> list[str]:
    """Paragraphs whose first letter a page sets apart as an initial, made whole ("T he ministers"): a letter that is no word
    with a rest that makes a word of the text or one that opens stories."""
    told = set(_WORD.findall("\n".join(rows).lower())) | stop_words() | words().initials
    return [
        row[0] + row[2:] if (match := _INITIAL.match(row)) and (match[1] + match[2]).lower() in told else row
        for row in rows
    ]


def _flattened(lines: list[str], title: str | None) -> Draft:
    """A page copied whole: the model chooses the lines of the body; headline, byline and date stand around them."""
    bare = [clean.line(line) for line in lines]
    found = title or flat.title_of(lines)
    body = [row for row in flat.body_lines(lines, found) if not _same(row, found) and not is_dropped(row)]
    authors, publisher, places, dates = _head(bare, found, [bare.index(row) for row in body[:2] if row in bare])
    body = [row for row in body if not byline.is_byline(row) and not (date.is_date_line(row) and len(row) < 60)]
    return Draft(tuple(_capped(body)), found, tuple(authors), publisher, None, tuple(dates), places=places)


def _head(
    bare: list[str], title: str | None, body: list[int]
) -> tuple[list[str], str | None, tuple[str, ...], list[Candidate]]:
    """Authors, publisher, places of an agency's line and days that stand above the second paragraph of a body (the first may be a standfirst).

    `body`: the lines of its first two paragraphs.
    """
    first = body[0] if body else len(bare)
    end = max([first + 2, *(at for at in body[1:] if at <= first + HEAD_REACH)])
    titled = max((i for i, row in enumerate(bare[:first]) if _same(row, title)), default=first)
    authors: list[str] = []
    publisher, places = None, ()
    days: list[tuple[int, datetime.date]] = []
    bare = [_STAR.sub("", row) for row in bare]
    for i, row in enumerate(bare[:end]):
        if titled < i and (printed := dateline.above(row)):
            publisher, places = publisher or printed.agency, places or printed.places
        signed = byline.signature(row) or (row if titled < i <= titled + 2 and byline.is_bare(row) else None)
        signed = signed or (None if authors else _lone_name(bare, i, titled))
        if signed:
            publisher = publisher or byline.outlet(signed)
            authors += [a for a in byline.authors([signed]) if a not in authors]
        day = (
            date.printed(row)
            if signed or date.is_date_line(row)
            else date.over_two_lines(row, bare[i + 1] if i + 1 < len(bare) else "")
        )
        short = date.SHORT.search(row) is not None  # above the headline those are of other stories
        if day is not None and not (short and i < titled):
            days.append((abs(i - titled), day))
    return (
        authors,
        publisher,
        places,
        [Candidate(day, "page line") for _, day in sorted(days, key=lambda found: found[0])],
    )


def _lone_name(bare: list[str], i: int, titled: int) -> str | None:
    """The author whom a line under the headline names and nothing else: under "By", told twice, beside the day or over a role."""
    name = byline.lone(bare[i]) if titled < i <= titled + NAME_REACH else None
    if name is None or byline.is_opener(bare[i - 1]):
        return name
    above, below = bare[i - 1] if i - 1 > titled else "", bare[i + 1] if i + 1 < len(bare) else ""
    dated = any(len(line) < 90 and date.is_date_line(line) for line in (above, below))
    return name if dated or below == bare[i] or byline.is_role(below) else None
