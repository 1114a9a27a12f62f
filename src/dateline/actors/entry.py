"""The form of an entry of the registry and its check, one line of JSON at a time."""

from __future__ import annotations

import calendar
import datetime
import json
from dataclasses import dataclass
from typing import Any, Literal, get_args

from dateline.errors import DataError
from dateline.model import ActorKind, Sector

Gender = Literal["m", "f"]

KINDS: frozenset[str] = frozenset(get_args(ActorKind))
SECTORS: frozenset[str] = frozenset(get_args(Sector))

_FIELDS = frozenset({
    "id", "names", "kind", "country", "spells", "basis", "as_of", "affiliation", "gender", "adjectives", "demonyms",
    "capital", "metonyms",
})  # fmt: skip
_SPELL_FIELDS = frozenset({"sector", "from", "to", "role", "other", "country", "affiliation"})


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of days (both inclusive; None: open) in which an actor had a sector and, for a person, an office."""

    sector: Sector
    start: datetime.date | None = None
    end: datetime.date | None = None
    role: str | None = None
    other: tuple[Sector, ...] = ()
    country: str | None = None
    affiliation: str | None = None

    def covers(self, day: datetime.date) -> bool:
        """Whether `day` lies within the spell."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor of the registry. `names[0]` is the usual name; `as_of` the last day for which the entry is vouched for.

    `adjectives`, `demonyms`, `capital` and `metonyms` (name and sector: the Kremlin, GOV) are those of states and regions.
    """

    id: str
    names: tuple[str, ...]
    kind: ActorKind
    country: str
    spells: tuple[Spell, ...]
    basis: str
    as_of: datetime.date
    affiliation: str | None = None
    gender: Gender | None = None
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str | None = None
    metonyms: tuple[tuple[str, Sector], ...] = ()

    @property
    def name(self) -> str:
        """The usual name."""
        return self.names[0]

    @property
    def region(self) -> bool:
        """Whether it is a part of a state or a people, not a state (regions.jsonl)."""
        return self.id.startswith("region-")


def day(value: str, last: bool = False) -> datetime.date:
    """A date given to the day, month or year: its first day, or with `last` its last one. ValueError if malformed."""
    if len(value) == 10:
        return datetime.date.fromisoformat(value)
    if len(value) == 7:
        first = datetime.date.fromisoformat(value + "-01")
        return first.replace(day=calendar.monthrange(first.year, first.month)[1]) if last else first
    if len(value) == 4:
        return datetime.date(int(value), 12, 31) if last else datetime.date(int(value), 1, 1)
    raise ValueError(value)


def parse(line: str, where: str) -> Entry:
    """The entry on a line of JSON. Raises DataError that begins with `where` and says which field is wrong."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DataError(f"{where}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise DataError(f"{where}: an entry is a JSON object, not {type(row).__name__}")
    _known(row, _FIELDS, where)
    names = _strings(row, "names", where)
    if not names:
        raise DataError(f"{where}: names must hold at least one name")
    kind, gender = row.get("kind"), row.get("gender")
    if kind not in KINDS:
        raise DataError(f"{where}: kind '{kind}' is none of {', '.join(sorted(KINDS))}")
    if gender not in ("m", "f", None):
        raise DataError(f"{where}: gender must be m, f or null, not '{gender}'")
    spells = row.get("spells", [])
    if not isinstance(spells, list):
        raise DataError(f"{where}: spells must be a list")
    metonyms = row.get("metonyms", [])
    return Entry(
        _string(row, "id", where), names, kind, _string(row, "country", where), tuple(_spell(s, where) for s in spells),
        _string(row, "basis", where), _day(row, "as_of", where, True) or datetime.date.min,
        _string(row, "affiliation", where) if row.get("affiliation") is not None else None, gender,
        _strings(row, "adjectives", where), _strings(row, "demonyms", where),
        _string(row, "capital", where) if row.get("capital") is not None else None,
        tuple(_metonym(m, where) for m in metonyms) if metonyms else (),
    )  # fmt: skip


def dump(entry: Entry) -> str:
    """The line of JSON from which `parse` reads the same entry."""
    row: dict[str, Any] = {
        "id": entry.id, "names": entry.names, "kind": entry.kind, "country": entry.country,
        "spells": [_dumped(spell) for spell in entry.spells], "affiliation": entry.affiliation, "gender": entry.gender,
        "adjectives": entry.adjectives, "demonyms": entry.demonyms, "capital": entry.capital,
        "metonyms": [{"name": name, "sector": sector} for name, sector in entry.metonyms],
        "basis": entry.basis, "as_of": entry.as_of.isoformat(),
    }  # fmt: skip
    return json.dumps({key: value for key, value in row.items() if value or key == "spells"}, ensure_ascii=False)


def _dumped(spell: Spell) -> dict[str, Any]:
    row = {
        "sector": spell.sector, "from": spell.start and spell.start.isoformat(),
        "to": spell.end and spell.end.isoformat(), "role": spell.role, "other": spell.other, "country": spell.country,
        "affiliation": spell.affiliation,
    }  # fmt: skip
    return {key: value for key, value in row.items() if value}


def _spell(row: Any, where: str) -> Spell:
    if not isinstance(row, dict):
        raise DataError(f"{where}: a spell is a JSON object")
    _known(row, _SPELL_FIELDS, where)
    sector = _sector(row.get("sector"), where)
    start, end = _day(row, "from", where), _day(row, "to", where, True)
    if start is not None and end is not None and end < start:
        raise DataError(f"{where}: a spell ends on {end}, before it begins on {start}")
    other = tuple(_sector(s, where) for s in row.get("other") or ())
    texts = role, country, affiliation = row.get("role"), row.get("country"), row.get("affiliation")
    if not all(isinstance(text, (str, type(None))) for text in texts):
        raise DataError(f"{where}: role, country and affiliation of a spell must be text or null")
    return Spell(sector, start, end, role, other, country, affiliation)


def _metonym(row: Any, where: str) -> tuple[str, Sector]:
    if not isinstance(row, dict) or set(row) != {"name", "sector"} or not isinstance(row["name"], str):
        raise DataError(f"{where}: a metonym has a name and a sector, nothing else")
    return row["name"], _sector(row["sector"], where)


def _sector(value: Any, where: str) -> Sector:
    if value not in SECTORS:
        raise DataError(f"{where}: '{value}' is no PLOVER sector")
    return value  # type: ignore[no-any-return]


def _known(row: dict[str, Any], fields: frozenset[str], where: str) -> None:
    if not row.keys() <= fields:
        raise DataError(f"{where}: unknown field '{min(row.keys() - fields)}'; known are {', '.join(sorted(fields))}")


def _string(row: dict[str, Any], field: str, where: str) -> str:
    value = row.get(field)
    if not isinstance(value, str) or not value:
        raise DataError(f"{where}: {field} must be text")
    return value


def _strings(row: dict[str, Any], field: str, where: str) -> tuple[str, ...]:
    values = row.get(field, ())
    if not isinstance(values, (list, tuple)):
        raise DataError(f"{where}: {field} must be a list")
    for value in values:
        if not isinstance(value, str) or not value or value != value.strip():
            raise DataError(f"{where}: {field} must hold text without spaces around it, not {value!r}")
    return tuple(values)


def _day(row: dict[str, Any], field: str, where: str, last: bool = False) -> datetime.date | None:
    value = row.get(field)
    if value is None and field != "as_of":
        return None
    try:
        return day(value if isinstance(value, str) else "", last)
    except (ValueError, TypeError) as error:
        raise DataError(f"{where}: {field} must be a date (2013-02-05, 2013-02 or 2013), not {value!r}") from error
