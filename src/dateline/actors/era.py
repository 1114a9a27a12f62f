"""The time of an article without a date: when those whom it names held the offices that it gives them.

An undated article on a prime minister is of the years in which he was that, not of the last office that the registry knows of him.
The day only chooses among spells of the registry; it never becomes the date of the article or of anything in it.
"""

from __future__ import annotations

import datetime
import re

from dateline.actors.entry import Entry, Spell
from dateline.actors.fold import plain
from dateline.actors.mentions import scan_registry
from dateline.actors.registry import Registry
from dateline.actors.view import View

TOLD = 1.0
"""What it adds to a spell that its office stands in the text; being in office counts 1, an office abroad (an envoy of
the UN, a head of the EU) half of that: names of politicians in the news mean mostly those in office at home."""
ABROAD = 0.5
YEAR = 0.75
"""What it adds to a time that the latest year in the text is near: less than one person in office, since years to come
are named too."""
HANDOVER = 90
"""Days. Of times with as many in office the latest counts, but not one of a few days, in which offices pass from hand to hand."""
_YEAR = re.compile(r"\b(?:19[5-9]|20[0-4])\d\b")


def era(seen: View, known: Registry) -> datetime.date | None:
    """A day within the time at which most people named in full were in office; of several the latest, of one person's
    equal spells the longest. None if nobody with a dated spell is named."""
    people = {
        match.entry.id: match.entry
        for mention in scan_registry(seen, None, known)
        if (match := mention.matches[0]).kind == "person"
    }
    people = {key: one for key, one in people.items() if any(s.start for s in one.spells)}
    if not people:
        return None
    words = f" {plain(seen.doc.text).lower()} "
    years = [int(year) for year in _YEAR.findall(seen.doc.text)]
    last = max(one.as_of for one in people.values())
    bounds = sorted(
        {s.start for one in people.values() for s in one.spells if s.start}
        | {s.end + datetime.timedelta(1) for one in people.values() for s in one.spells if s.end and s.end < last}
        | {datetime.date(year, 1, 1) for year in years}
    )
    best: tuple[float, int, int] | None = None
    found = None
    for at, begin in enumerate(bounds):
        end = bounds[at + 1] if at + 1 < len(bounds) else max(last, begin)
        score = sum(_held(one, begin, words) for one in people.values())
        if score and years and abs(begin.year - max(years)) <= 1:
            score += YEAR
        days = (end - begin).days
        rank = (score, days if len(people) == 1 else min(days, HANDOVER), at)
        if score and (best is None or rank > best):
            best, found = rank, begin + (end - begin) / 2
    return found


def _held(one: Entry, day: datetime.date, words: str) -> float:
    return max((_weight(spell, words) for spell in one.spells if spell.covers(day)), default=0.0)


def _weight(spell: Spell, words: str) -> float:
    told = spell.role is not None and f" {plain(spell.role).lower()} " in words
    return (ABROAD if spell.country else 1.0) + (TOLD if told else 0.0)
