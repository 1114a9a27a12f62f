"""Which country's news a text is, by the text alone: its states and counties, its offices, its spelling.

What tells it stands in data/local_news.toml. One word tells nothing, and a text that names other states is news of the world.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from dateline.actors.abbreviated import american_state
from dateline.actors.fold import plain
from dateline.actors.lexicon import lexicon
from dateline.actors.registry import load
from dateline.errors import DataError

_ENOUGH = 2
"""Marks that tell a country, where one of them is not faint."""
_FOREIGN = 3
"""Marks that a text must have for each other state that it names."""
_ELSEWHERE = "elsewhere"
_KINDS = ("strong", "weak", "faint")
_SHORT = re.compile(r"[A-Z][a-z]+, ((?:[A-Z][a-z]*\.)+|[A-Z]{2}\b)")
"""What may be the state of a town as American papers shorten it."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """The expressions of one country."""

    strong: tuple[re.Pattern[str], ...]
    weak: tuple[re.Pattern[str], ...]
    faint: tuple[re.Pattern[str], ...]

    def count(self, text: str) -> int:
        """How many marks of the country the text has, the faint ones left out."""
        return 2 * sum(bool(p.search(text)) for p in self.strong) + sum(bool(p.search(text)) for p in self.weak)

    def faintly(self, text: str) -> bool:
        """Whether the text has a faint mark."""
        return any(p.search(text) for p in self.faint)


@lru_cache(maxsize=8)
def country(text: str, likely: str | None = None) -> str | None:
    """The country whose local news a text plainly is; None where it has too few marks of one, or those of two, or names other states.

    Of the country that is `likely` beforehand (the USA, for a page under .com), one mark is enough where nothing foreign stands beside it.
    """
    plainly = " ".join(text.split())
    marks = {}
    for code, listed in _all().items():
        if code == _ELSEWHERE:
            continue
        marks[code] = found = listed.count(plainly) + _parts(code, plainly)
        marks[code] += found > 0 and listed.faintly(plainly)
    strange = _all()[_ELSEWHERE].count(plainly)
    marks["USA"] -= 2 * strange
    best = max(marks, key=lambda code: marks[code])
    rest = max((n for code, n in marks.items() if code != best), default=0)
    others = sum(_told(names, p, plainly) for code, names, p in _states() if code != best)
    if marks[best] < _ENOUGH and (
        best != likely or marks[best] < 1 or others or strange or _foreign(best).search(plainly)
    ):
        return None
    return None if 2 * rest > marks[best] or _FOREIGN * others > marks[best] else best


def _parts(code: str, text: str) -> int:
    """Marks for the states or provinces of a country that the text names: two for one that stands after its town."""
    found = 0
    for name, pattern in _regions(code):
        told = [m.start() for m in pattern.finditer(text)] if name in text else []
        found += bool(told) + any(text[at - 2 : at] == ", " and text[at - 3 : at - 2].isalpha() for at in told)
    if code == "USA":
        found += 2 * sum(bool(american_state(short)) for short in set(_SHORT.findall(text)))
    return found


def _told(names: Sequence[str], pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text has one of the names as a word of its own (the bare letters are looked for first, which is quicker)."""
    return any(name in text for name in names) and bool(pattern.search(text))


@cache
def _regions(code: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The names of a country's parts that are names of nothing else."""
    parts = (
        e for e in load().entries.values() if e.id.startswith(f"region-{code.lower()}-") and e.kind == "government"
    )
    return tuple(
        (e.names[0], _word([e.names[0]])) for e in parts if plain(e.names[0]).lower() not in lexicon().namesakes
    )


@cache
def _states() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """The names of states that are no American's name or town, with their countries."""
    found = []
    for entry in load().entries.values():
        names = [n for n in entry.names if plain(n).lower() not in lexicon().namesakes and len(n) > 3]
        if entry.kind == "country" and entry.country and names:
            found.append((entry.country, tuple(names), _word(names)))
    return tuple(found)


@cache
def _foreign(home: str) -> re.Pattern[str]:
    """The adjectives of the states other than one ("Nigerian")."""
    states = (e for e in load().entries.values() if e.kind == "country" and e.country != home)
    return _word(sorted({adjective for e in states for adjective in e.adjectives}))


def _word(names: Iterable[str]) -> re.Pattern[str]:
    """Names as words of their own, and not those of a county."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b(?! (?:County|Parish|Township))")


@cache
def _all() -> Mapping[str, _Marks]:
    """The marks of each country. Raises DataError for a list that is missing and an expression that cannot be read."""
    where = "actors/data/local_news.toml"
    table = tomllib.loads((resources.files("dateline.actors") / "data" / "local_news.toml").read_text(encoding="utf-8"))
    if missing := {_ELSEWHERE, "USA"} - set(table):
        raise DataError(f"{where}: lacks {', '.join(sorted(missing))}")
    found = {}
    for code, lists in table.items():
        if wrong := set(lists) - set(_KINDS):
            raise DataError(f"{where}: [{code}] may hold {', '.join(_KINDS)} only, not {', '.join(sorted(wrong))}")
        try:
            found[code] = _Marks(*(tuple(map(re.compile, lists.get(kind, ()))) for kind in _KINDS))
        except re.error as fault:
            raise DataError(f"{where}: [{code}] {fault}") from fault
    return found
