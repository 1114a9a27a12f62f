"""The politics gate: articles on sports, entertainment, weather or company results yield no events, and say why.

A count of words, so that anyone can check the decision: an article is closed when the words of one such subject reach
`DENSITY` a hundred words, and are `RATIO` times as many as political words. Chosen on the development articles (none is
closed) and on our own pages of each subject (all are).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from dateline.errors import DataError

FILE = "events/gate.toml"
DENSITY = 2.5
RATIO = 2.0
SHORTEST = 3
"""Fewer hits than this decide nothing, however short the text."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Patterns by subject with the reason given, and that of politics."""

    subjects: tuple[tuple[str, re.Pattern[str]], ...]
    politics: re.Pattern[str]


@cache
def load() -> Gate:
    """Load the lists once. Raises DataError naming the section that is missing or of another type."""
    return parse(tomllib.loads(resources.files("dateline").joinpath(FILE).read_text(encoding="utf-8")), FILE)


def parse(table: Mapping[str, Any], where: str) -> Gate:
    """Build the patterns from their TOML table."""
    subjects = []
    for name, entry in table.get("subjects", {}).items():
        if not isinstance(entry.get("reason"), str):
            raise DataError(f"{where}: [subjects.{name}] reason must be a text")
        subjects.append((entry["reason"], _pattern(entry, f"{where}: [subjects.{name}]")))
    if not subjects:
        raise DataError(f"{where}: [subjects] is missing")
    return Gate(tuple(subjects), _pattern(table.get("politics", {}), f"{where}: [politics]"))


def _pattern(entry: Mapping[str, Any], where: str) -> re.Pattern[str]:
    words = entry.get("keywords")
    if not isinstance(words, list) or not words or not all(isinstance(w, str) and w for w in words):
        raise DataError(f"{where} keywords must be a list of words")
    parts = sorted((re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for w in words), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.I)


def closed(text: str, title: str | None = None) -> str | None:
    """Why an article yields no events, as a sentence for `problems`; None if it is open."""
    gate = load()
    whole = f"{title or ''}\n{text}"
    words = max(1, len(whole.split()))
    for reason, pattern in gate.subjects:
        hits = len(pattern.findall(whole))
        if hits < SHORTEST or hits * 100 / words < DENSITY:
            continue
        politics = len(gate.politics.findall(whole))
        if hits >= RATIO * (politics + 1):
            return (
                f"no events coded: the article is about {reason} "
                f"({hits} words of that subject, {politics} political ones, among {words})"
            )
    return None
