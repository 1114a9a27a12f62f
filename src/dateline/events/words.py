"""The word lists of words.toml, checked when they are loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from dateline.errors import DataError

FILE = "events/words.toml"
_LISTS = {
    "status": (
        "future",
        "hypothetical",
        "unreal",
        "planning",
        "setting",
        "withdrawing",
        "awaiting",
        "averting",
        "ending",
        "supposed",
        "trying",
        "shrinking",
        "sought",
        "withheld",
        "conditions",
        "negations",
    ),
    "magnitude": ("killed", "injured", "arrested", "participants", "people"),
    "verbs": (
        "idle",
        "light",
        "occurring",
        "undergone",
        "freeing",
        "discussing",
        "gaining",
        "bestowed",
        "partisans",
        "times",
        "blaming",
        "balking",
        "swapping",
        "answering",
        "claiming",
        "conjectured",
        "praising",
        "clearing",
        "charging",
        "declining",
        "silent",
        "evading",
        "comments",
        "filing",
        "complaints",
        "sending",
        "candidacies",
        "dying",
        "reporting",
        "telling",
        "wanting",
        "receiving",
        "expelling",
        "beside",
        "deadlines",
        "topics",
        "throughout",
        "contesting",
        "mending",
        "wrongs",
        "writings",
        "stirring",
        "rushing",
        "pleading",
    ),
    "scene": (
        "accidents",
        "mishaps",
        "vehicles",
        "listeners",
        "grounds",
        "missiles",
        "rulers",
        "strange",
        "assemblies",
        "introducing",
    ),
    "loose": ("adverbs", "times", "spans"),
}
_TABLES = ("words", "scales", "vague")


@dataclass(frozen=True, slots=True)
class Words:
    """The lists by section and name, the numbers by word."""

    status: Mapping[str, frozenset[str]]
    magnitude: Mapping[str, frozenset[str]]
    verbs: Mapping[str, frozenset[str]]
    scene: Mapping[str, frozenset[str]]
    loose: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]
    vague: Mapping[str, int]


@cache
def load() -> Words:
    """Load the lists once. Raises DataError naming the section and key that is missing or of another type."""
    return parse(tomllib.loads(resources.files("dateline").joinpath(FILE).read_text(encoding="utf-8")), FILE)


def parse(table: Mapping[str, Any], where: str) -> Words:
    """Build the lists from their TOML table."""
    for section, keys in _LISTS.items():
        for key in keys:
            words = table.get(section, {}).get(key)
            if not isinstance(words, list) or not all(isinstance(w, str) and w == w.lower() for w in words):
                raise DataError(f"{where}: [{section}] {key} must be a list of lower-case strings")
    for key in _TABLES:
        numbers = table.get("numbers", {}).get(key)
        if not isinstance(numbers, dict) or not all(type(n) is int and n > 0 for n in numbers.values()):
            raise DataError(f"{where}: [numbers] {key} must be a table of words and whole numbers")
    return Words(
        *({key: frozenset(table[section][key]) for key in keys} for section, keys in _LISTS.items()),
        *(dict(table["numbers"][k]) for k in _TABLES),
    )
