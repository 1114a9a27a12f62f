"""The registry: who is who, and what they were on a given day.

The entries are lines of JSON in `actors/data/*.jsonl`, which anybody can read and correct (docs: `actors/data/README.md`).
`load()` reads and checks them once; `Registry.lookup(name, on)` answers with every entry that bears the name, each with the
country, sector and role it had on the day, and with a sentence that says why.

    >>> [(m.country, m.sector) for m in load().lookup("Taliban", datetime.date(2015, 6, 1))]
    [('AFG', 'REB')]
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

from dateline.actors.entry import Entry, Spell, parse
from dateline.actors.fold import fold, keys
from dateline.actors.stack import entry_files
from dateline.errors import DataError
from dateline.model import ActorKind, Sector

Sense = Literal["name", "adjective", "demonym", "capital", "metonym"]
"""How a word means an entry: by its name, as "Afghan" (adjective), "Afghans" (demonym), "Kabul", "Kremlin"."""

STAYS: frozenset[Sector] = frozenset({"REB", "UAF", "CRM"})
"""A person of these sectors keeps it after the spell: one does not become one of the elite by leaving a rebellion."""


@dataclass(frozen=True, slots=True)
class Match:
    """One meaning of a name on a day.

    `spell` is the spell that decided (None: the entry has none that covers the day, or the sense decides), `active`
    whether it covers the day; `reason` says in a sentence why country and sector are what they are.
    """

    entry: Entry
    sense: Sense
    kind: ActorKind
    country: str
    sector: Sector | None
    other: tuple[Sector, ...]
    role: str | None
    spell: Spell | None
    active: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Entries by id, and the index of folded names to (entry, sense, sector of a metonym).

    `longest` is the number of words of the longest name: a scan of a text need not look at longer n-grams.
    """

    entries: Mapping[str, Entry]
    index: Mapping[str, tuple[tuple[Entry, Sense, Sector | None], ...]]
    longest: int

    def __contains__(self, name: str) -> bool:
        return any(key in self.index for key in keys(name))

    def get(self, identity: str) -> Entry | None:
        """The entry of this id, or None."""
        return self.entries.get(identity)

    def lookup(self, name: str, on: datetime.date | None = None) -> tuple[Match, ...]:
        """Every entry called `name`, as it stood on the day `on`; without a day the latest spell decides.

        Own names come before adjectives, demonyms, capitals and metonyms, then active entries before lapsed ones,
        then states before regions.
        An acronym (a name in capitals: "US", "WHO") is found only as written, any other name in any case.
        """
        found: list[Match] = []
        seen: set[tuple[str, Sense]] = set()
        for key in keys(name):
            for entry, sense, sector in self.index.get(key, ()):
                if (entry.id, sense) not in seen:
                    seen.add((entry.id, sense))
                    found.append(_match(entry, sense, sector, on))
        return tuple(sorted(found, key=lambda m: (_SENSES.index(m.sense), not m.active, m.entry.kind != "country")))

    def at(self, entry: Entry, on: datetime.date | None = None) -> Match:
        """The entry as it stood on the day `on`, found by other means than its name."""
        return _match(entry, "name", None, on)


_SENSES: tuple[Sense, ...] = ("name", "adjective", "demonym", "capital", "metonym")


def _match(entry: Entry, sense: Sense, sector: Sector | None, on: datetime.date | None) -> Match:
    if sense == "adjective":
        reason = f"adjective of {entry.name}: the noun it goes with decides the sector"
        return Match(entry, sense, entry.kind, entry.country, None, (), None, None, True, reason)
    if sense == "demonym":
        reason = f"the people of {entry.name}"
        return Match(entry, sense, "population", entry.country, "CVL", (), None, None, True, reason)
    if sense == "capital":
        reason = f"capital of {entry.name}, stands for its government"
        return Match(entry, sense, "government", entry.country, "GOV", (), None, None, True, reason)
    if sense == "metonym":
        reason = f"stands for {entry.name}, {sector}"
        return Match(entry, sense, "government", entry.country, sector, (), None, None, True, reason)
    spell, active = _spell(entry, on)
    if spell is None:
        return Match(
            entry, sense, entry.kind, entry.country, None, (), None, None, True, f"{entry.name}: no sector is known"
        )
    if active:
        reason = f"{_period(spell)}: {_office(spell)}"
        if on is not None and spell.end is None and entry.as_of < on:
            reason += f" (as known {entry.as_of:%Y-%m})"
        return Match(
            entry,
            sense,
            entry.kind,
            spell.country or entry.country,
            spell.sector,
            spell.other,
            spell.role,
            spell,
            True,
            reason,
        )
    assert on is not None  # without a day a spell is always active
    when = "not yet" if spell.start is not None and on < spell.start else "no longer"
    reason = f"{when} {_office(spell)} ({_period(spell)})"
    if entry.kind == "person" and spell.sector not in STAYS:
        return Match(entry, sense, entry.kind, entry.country, "ELI", (), None, None, False, f"{reason}: ELI")
    country = spell.country or entry.country
    return Match(entry, sense, entry.kind, country, spell.sector, spell.other, None, spell, False, reason)


def _spell(entry: Entry, on: datetime.date | None) -> tuple[Spell | None, bool]:
    """The spell that decides on a day, and whether it covers it.

    Of several that cover the day the one begun last decides; if none does, the last one before it, else the first.
    """
    if not entry.spells:
        return None, True
    if on is None:
        return max(entry.spells, key=lambda s: (s.end or datetime.date.max, s.start or datetime.date.min)), True
    covering = [s for s in entry.spells if s.covers(on)]
    if covering:
        return max(covering, key=lambda s: s.start or datetime.date.min), True
    before = [s for s in entry.spells if s.end is not None and s.end < on]
    if before:
        return max(before, key=lambda s: s.end or datetime.date.min), False
    return min(entry.spells, key=lambda s: s.start or datetime.date.min), False


def _period(spell: Spell) -> str:
    if spell.start is None and spell.end is None:
        return "always"
    return f"{spell.start or ''}..{spell.end or ''}"


def _office(spell: Spell) -> str:
    return f"{spell.role}, {spell.sector}" if spell.role else spell.sector


def load(extra: tuple[Path, ...] | None = None) -> Registry:
    """The shipped registry, with the user's files laid over it (`extra`, or those in force: stack.py), read once.

    An entry of a later file replaces one of the same id. Raises DataError, naming file and line, for a line that is no
    entry, an id that comes twice in one file, a name that two shipped entries bear without being listed in
    `ambiguous.tsv`, an unknown country code, and an affiliation that names no entry.
    """
    return _load(entry_files() if extra is None else extra)


@cache
def _load(extra: tuple[Path, ...]) -> Registry:
    folder = resources.files("dateline.actors") / "data"
    shipped: list[tuple[str, str]] = []
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".jsonl"):
            shipped.append((f"actors/data/{path.name}", path.read_text(encoding="utf-8")))
    allowed = _ambiguous((folder / "ambiguous.tsv").read_text(encoding="utf-8"))
    users = [(str(path), _text(path)) for path in extra]
    return build(shipped, users, allowed)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error


def build(
    shipped: Iterable[tuple[str, str]],
    users: Iterable[tuple[str, str]] = (),
    ambiguous: frozenset[str] = frozenset(),
) -> Registry:
    """A registry of the texts of JSONL files, given as (name of the file, its text). Raises DataError as `load` does."""
    entries: dict[str, Entry] = {}
    where: dict[str, str] = {}
    first = _read(shipped, entries, where)
    _names_once(first, where, ambiguous)
    own = [e for e in reversed(_read(users, entries, where)) if entries[e.id] is e]
    _references(entries, where)
    index: dict[str, list[tuple[Entry, Sense, Sector | None]]] = {}
    above = {e.id for e in own}  # the user's come before the shipped of equal standing, the last file first
    for entry in (*own, *(e for e in entries.values() if e.id not in above)):
        for key, sense, sector in _names(entry):
            index.setdefault(key, []).append((entry, sense, sector))
    longest = max((key.count(" ") + 1 for key in index), default=0)
    return Registry(entries, {key: tuple(found) for key, found in index.items()}, longest)


def _read(files: Iterable[tuple[str, str]], entries: dict[str, Entry], where: dict[str, str]) -> list[Entry]:
    read: list[Entry] = []
    for file, text in files:
        for number, line in enumerate(text.split("\n"), 1):
            if not line or line.isspace():
                continue
            place = f"{file}:{number}"
            entry = parse(line, place)
            if entry.id in entries and where[entry.id].rpartition(":")[0] == file:
                raise DataError(
                    f"{place}: the id '{entry.id}' is already that of line {where[entry.id].rpartition(':')[2]}"
                )
            entries[entry.id] = entry
            where[entry.id] = place
            read.append(entry)
    return read


def _names(entry: Entry) -> Iterator[tuple[str, Sense, Sector | None]]:
    for name in entry.names:
        yield fold(name), "name", None
    for name in entry.adjectives:
        yield fold(name), "adjective", None
    for name in entry.demonyms:
        yield fold(name), "demonym", None
    if entry.capital:
        yield fold(entry.capital), "capital", None
    for name, sector in entry.metonyms:
        yield fold(name), "metonym", sector


def _names_once(entries: Iterable[Entry], where: Mapping[str, str], ambiguous: frozenset[str]) -> None:
    """A name that means two things unawares is an error of the data: the second entry would hide behind the first."""
    owners: dict[str, str] = {}
    for entry in entries:
        for key, sense, _ in _names(entry):
            if sense == "capital":  # Singapore, Djibouti: a capital shares the name of its state
                continue
            owner = owners.setdefault(key, entry.id)
            if owner != entry.id and key not in ambiguous:
                raise DataError(
                    f"{where[entry.id]}: the name '{key}' is also that of '{owner}' ({where[owner]}); "
                    "drop one, or list the name in ambiguous.tsv"
                )


def _references(entries: Mapping[str, Entry], where: Mapping[str, str]) -> None:
    """Codes of countries are those of the states in the registry and the seven supranational ones of the record."""
    known = {e.country for e in entries.values() if e.kind == "country"} | SUPRANATIONAL
    for entry in entries.values():
        codes = {entry.country, *(s.country for s in entry.spells if s.country)}
        if not codes <= known:
            raise DataError(f"{where[entry.id]}: no country has the code {', '.join(sorted(codes - known))}")
        for body in (entry.affiliation, *(s.affiliation for s in entry.spells)):
            if body is not None and body not in entries:
                raise DataError(f"{where[entry.id]}: the affiliation '{body}' is the id of no entry")


SUPRANATIONAL = frozenset({"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"})
"""Codes in the place of a country (RECORD): UN, EU, other intergovernmental and non-governmental bodies, Islamist and
militant groups without one country, multinational companies."""


def _ambiguous(text: str) -> frozenset[str]:
    lines = (line.split("\t")[0] for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return frozenset(fold(name) for name in lines)
