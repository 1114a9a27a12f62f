"""The word lists of talks.toml, checked when they are loaded."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.errors import DataError

_FILE = "talks/data/talks.toml"
_LISTS = {
    "meeting": (
        "nouns", "weak_nouns", "containers", "verbs", "holding", "joining", "gathering", "adjuncts",
        "coming", "accord_verbs", "accord_nouns", "wishing", "cancelling", "directing", "saying", "opening", "closing", "ending", "planning",
        "representatives", "anaphors", "delegations", "encounters", "seeing", "signing", "disputing", "deciding", "settling",
        "attending", "concluding", "upcoming", "usual", "possible", "conditions", "awaiting", "inclined", "own", "camps", "not_talks_phrases",
    ),
    "mediation": (
        "verbs", "presiding", "sponsoring", "chairs", "shuttling", "messages", "nouns", "witnesses", "acts", "offering", "thanks", "hosting",
        "possible", "envoys",
    ),
    "outcome": ("none", "adjourned", "resuming", "partial", "announced", "unsettled", "agreement", "ongoing"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists as sets of lemmas by section, the phrases as one pattern a list, in the order of the file."""

    meeting: dict[str, frozenset[str]]
    mediation: dict[str, frozenset[str]]
    not_talks: re.Pattern[str]
    outcomes: tuple[tuple[str, re.Pattern[str]], ...]
    round: re.Pattern[str]
    numbers: dict[str, int]
    encounters: dict[str, frozenset[str]]
    """Verbs that mean a meeting with one of some words below them, with these words: "shake" with "hand"."""


@cache
def load() -> Lexicon:
    """Load the lists once. Raises DataError naming the section and key that is missing or of another type."""
    table = tomllib.loads(resources.files("dateline").joinpath(_FILE).read_text(encoding="utf-8"))
    for section, keys in _LISTS.items():
        for key in keys:
            words = table.get(section, {}).get(key)
            if not isinstance(words, list) or not all(isinstance(w, str) and w == w.lower() for w in words):
                raise DataError(f"{_FILE}: [{section}] {key} must be a list of lower-case strings")
        unknown = set(table[section]) - set(keys)
        if unknown:
            raise DataError(f"{_FILE}: [{section}] {', '.join(sorted(unknown))} is read by nobody; known are {keys}")
    numbers = table["round"]["numbers"]
    if not all(isinstance(n, int) for n in numbers.values()):
        raise DataError(f"{_FILE}: [round] numbers must give a whole number for each word")
    words = "|".join(numbers)
    return Lexicon(
        {key: frozenset(table["meeting"][key]) for key in _LISTS["meeting"]},
        {key: frozenset(table["mediation"][key]) for key in _LISTS["mediation"]},
        phrases(table["meeting"]["not_talks_phrases"]),
        tuple((name, phrases(table["outcome"][name])) for name in table["outcome"]),
        re.compile(
            rf"\b(?:(?P<ordinal>{words}|\d+(?:st|nd|rd|th))\s+(?:[\w-]+\s+){{0,2}}?round|round\s+(?P<cardinal>{words}|\d+))\b",
            re.I,
        ),
        dict(numbers),
        _encounters(table["meeting"]["encounters"]),
    )


def _encounters(listed: list[str]) -> dict[str, frozenset[str]]:
    """Verb to the words below it. Raises DataError for an entry that is no pair."""
    found: dict[str, set[str]] = {}
    for pair in listed:
        verb, _, below = pair.partition(" ")
        if not below or " " in below:
            raise DataError(f"{_FILE}: [meeting] encounters: {pair!r} must be a verb and one word below it")
        found.setdefault(verb, set()).add(below)
    return {verb: frozenset(words) for verb, words in found.items()}


def phrases(listed: list[str]) -> re.Pattern[str]:
    """One pattern for phrases at word boundaries, "*" for the rest of a word and "~" for up to three words."""
    parts = []
    for phrase in sorted(listed, key=len, reverse=True):
        pattern = re.escape(phrase).replace(r"\*", r"\w*").replace(r"\ \~\ ", r"\s+(?:[\w'’-]+\s+){0,3}?")
        parts.append(pattern.replace(r"\ ", r"\s+").replace(" ", r"\s+"))
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.I)
