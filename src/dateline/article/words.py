"""The word lists by which the head of an article is read (data/words.toml), validated once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.errors import DataError

_WHERE = "article/data/words.toml"


@dataclass(frozen=True, slots=True)
class Words:
    """The lists, folded to lower case; `months` by spelling, `agencies` by what is printed."""

    months: Mapping[str, int]
    weekdays: frozenset[str]
    agencies: Mapping[str, str]
    not_places: frozenset[str]
    places: tuple[str, ...]
    small: frozenset[str]
    capitals: frozenset[str]
    openers: tuple[str, ...]
    outlets: frozenset[str]
    roles: frozenset[str]
    particles: frozenset[str]
    initials: frozenset[str]
    desks: frozenset[str]
    junk: frozenset[str]
    publisher_words: frozenset[str]
    staff_words: frozenset[str]
    consent: tuple[str, ...]
    script: tuple[str, ...]


@cache
def words() -> Words:
    """The shipped lists. Raises DataError where one is missing, empty, or not in lower case."""
    table = tomllib.loads(resources.files("dateline").joinpath(_WHERE).read_text(encoding="utf-8"))

    def listed(section: str, key: str) -> tuple[str, ...]:
        found = table.get(section, {}).get(key)
        if not isinstance(found, list) or not found:
            raise DataError(f"{_WHERE}: [{section}] {key} must be a list of words")
        wrong = [word for word in found if not isinstance(word, str) or word != word.lower()]
        if wrong:
            raise DataError(f"{_WHERE}: [{section}] {key}: {wrong[0]!r} must be a word in lower case")
        return tuple(found)

    months = {spelling: int(number) for number in table.get("months", {}) for spelling in listed("months", number)}
    if sorted(set(months.values())) != list(range(1, 13)):
        raise DataError(f"{_WHERE}: [months] must name the months 1 to 12")
    return Words(
        months=months,
        weekdays=frozenset(listed("weekdays", "names")),
        agencies=dict(table["agencies"]),
        not_places=frozenset(listed("datelines", "not_places")),
        places=listed("datelines", "places"),
        small=frozenset(listed("datelines", "small")),
        capitals=frozenset(listed("datelines", "capitals")),
        openers=tuple(sorted(listed("bylines", "openers"), key=len, reverse=True)),
        outlets=frozenset(listed("bylines", "outlets")),
        roles=frozenset(listed("bylines", "roles")),
        particles=frozenset(listed("bylines", "particles")),
        initials=frozenset(listed("initials", "words")),
        desks=frozenset(listed("bylines", "desks")),
        junk=frozenset(listed("bylines", "junk")),
        publisher_words=frozenset(listed("bylines", "publisher_words")),
        staff_words=frozenset(listed("bylines", "staff_words")),
        consent=listed("walls", "consent"),
        script=listed("walls", "script"),
    )


def agency(printed: str) -> str | None:
    """The publisher that an agency's sign names ("AP" → "The Associated Press"), or None."""
    return words().agencies.get(re.sub(r"\s+", " ", printed.replace(".", "")).strip().lower())
