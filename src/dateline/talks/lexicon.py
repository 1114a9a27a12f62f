"""The word lists of talks.toml, checked when they are loaded."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import get_args

from dateline.errors import DataError
from dateline.model import Outcome

_FILE = "talks/data/talks.toml"
_LISTS = {
    "meeting": ("nouns", "weak_nouns", "verbs", "holding", "not_talks"),
    "mediation": ("verbs", "nouns", "acts", "thanks", "hosting"),
    "outcome": ("none", "adjourned", "partial", "agreement", "announced", "ongoing"),
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists as sets of lemmas, the phrases as one pattern a list."""

    nouns: frozenset[str]
    weak_nouns: frozenset[str]
    verbs: frozenset[str]
    holding: frozenset[str]
    not_talks: re.Pattern[str]
    mediating_verbs: frozenset[str]
    mediating_nouns: frozenset[str]
    mediating_acts: frozenset[str]
    thanks: frozenset[str]
    hosting: frozenset[str]
    outcomes: tuple[tuple[Outcome, re.Pattern[str]], ...]
    round: re.Pattern[str]
    numbers: dict[str, int]


@cache
def load() -> Lexicon:
    """Load the lists once. Raises DataError naming the section and key that is missing or of another type."""
    table = tomllib.loads(resources.files("dateline").joinpath(_FILE).read_text(encoding="utf-8"))
    for section, keys in _LISTS.items():
        for key in keys:
            words = table.get(section, {}).get(key)
            if not isinstance(words, list) or not all(isinstance(w, str) and w == w.lower() for w in words):
                raise DataError(f"{_FILE}: [{section}] {key} must be a list of lower-case strings")
    meeting, mediation, outcome = table["meeting"], table["mediation"], table["outcome"]
    unknown = set(outcome) - set(get_args(Outcome))
    if unknown:
        raise DataError(f"{_FILE}: [outcome] {', '.join(sorted(unknown))} is no outcome of the record")
    numbers = table["round"]["numbers"]
    words = "|".join(numbers)
    return Lexicon(
        frozenset(meeting["nouns"]),
        frozenset(meeting["weak_nouns"]),
        frozenset(meeting["verbs"]),
        frozenset(meeting["holding"]),
        _phrases(meeting["not_talks"]),
        frozenset(mediation["verbs"]),
        frozenset(mediation["nouns"]),
        frozenset(mediation["acts"]),
        frozenset(mediation["thanks"]),
        frozenset(mediation["hosting"]),
        tuple((name, _phrases(outcome[name])) for name in outcome),
        re.compile(
            rf"\b(?:(?P<ordinal>{words}|\d+(?:st|nd|rd|th))\s+(?:\w+\s+)?round|round\s+(?P<cardinal>{words}|\d+))\b",
            re.I,
        ),
        dict(numbers),
    )


def _phrases(phrases: list[str]) -> re.Pattern[str]:
    """One pattern for phrases at word boundaries, "*" for the rest of a word."""
    parts = sorted((re.escape(p).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for p in phrases), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.I)
