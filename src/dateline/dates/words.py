"""The word lists of words.toml as patterns and tables, checked when they are loaded."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.errors import DataError

_FILE = "dates/data/words.toml"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """`weekdays` and `months` map a name as printed to 0–6 and 1–12; patterns are sources for larger ones."""

    weekdays: dict[str, int]
    months: dict[str, int]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    holidays: dict[str, tuple[int, int]]
    easter: dict[str, int]
    named: dict[str, datetime.date]
    not_dates: re.Pattern[str]
    given: frozenset[str]
    tense: re.Pattern[str]
    """Verbs that tell past from future: group `future` matched, or not."""
    befallen: re.Pattern[str]
    """Nouns of what befalls people and nobody announces."""
    ties: re.Pattern[str]
    """Words that tie what is to come to such a thing."""


@cache
def load() -> Words:
    """Load the lists once. Raises DataError naming the section that is missing or wrong."""
    table = tomllib.loads(resources.files("dateline").joinpath(_FILE).read_text(encoding="utf-8"))
    for section, names in (("weekdays", _WEEKDAYS), ("months", _MONTHS)):
        if tuple(table.get(section, {})) != names:
            raise DataError(f"{_FILE}: [{section}] must hold {', '.join(names)} in this order")
    for section in ("numbers", "ordinals", "holidays", "easter", "named", "names", "tense"):
        if section not in table:
            raise DataError(f"{_FILE}: section [{section}] is missing")
    if missing := [key for key in ("future", "past", "befallen", "ties") if not table["tense"].get(key)]:
        raise DataError(f"{_FILE}: [tense] lacks {', '.join(missing)}")
    try:
        named = {name: datetime.date.fromisoformat(day) for name, day in table["named"].items()}
        holidays = {name: (int(day[0]), int(day[1])) for name, day in table["holidays"].items()}
    except (ValueError, TypeError, IndexError) as error:
        raise DataError(f"{_FILE}: [named] holds ISO dates and [holidays] pairs of month and day ({error})") from error
    return Words(
        {name: i for i, key in enumerate(_WEEKDAYS) for name in table["weekdays"][key]},
        {name: i for i, key in enumerate(_MONTHS, 1) for name in table["months"][key]},
        dict(table["numbers"]),
        dict(table["ordinals"]),
        holidays,
        dict(table["easter"]),
        named,
        re.compile(_phrases(table["names"]["not_dates"])),
        frozenset(table["names"]["given"]),
        re.compile(
            rf"(?<![\w-])(?:(?P<future>{_phrases(table['tense']['future'])})|{_phrases(table['tense']['past'])}|[a-z]{{2,}}ed)(?![\w-])"
        ),
        *(re.compile(rf"(?<![\w-])(?:{_phrases(table['tense'][key])})(?![\w-])") for key in ("befallen", "ties")),
    )


def _phrases(phrases: list[str]) -> str:
    """One alternation for phrases, "*" for the rest of a word, longest first within each first letter.

    Grouped by first letter since `re` tries alternatives one by one: a third of the time of the flat list.
    """
    groups: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        source = re.escape(phrase[1:]).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        groups.setdefault(phrase[0], []).append(source)
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())


def alternatives(names: dict[str, int] | dict[str, tuple[int, int]] | dict[str, datetime.date]) -> str:
    """The names as one alternation, longest first."""
    return "|".join(
        re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]") for name in sorted(names, key=len, reverse=True)
    )
