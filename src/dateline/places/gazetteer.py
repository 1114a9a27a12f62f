"""The gazetteer: one SQLite file of cities and divisions, and beside it the readable files of countries and regions.

Tables of the file (made by `write`, read by `Gazetteer`):

    place(id, name, kind, country, admin1, admin2, population, lat, lon)
        id: GeoNames id. kind: city, admin1, admin2, water, region, facility. country: ISO alpha-2 or "". admin1, admin2:
        ids of the divisions it lies in, 0 if none. population: people, a division's is that of its cities. lat, lon:
        ten-thousandths of a degree (11 m), which takes half the room of a float.
    name(key, place): every name of it, folded by `names.fold`
    meta(key, value): attribution, sources, counts
"""

from __future__ import annotations

import math
import os
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dateline.errors import DataError
from dateline.places import countries, regions, tables
from dateline.places.names import fold

PATH = Path(__file__).parents[1] / "data" / "gazetteer.sqlite"
ATTRIBUTION = "Place data derived from GeoNames (https://www.geonames.org), CC BY 4.0."
_APPLICATION = 0x44_4C_47_5A
"""SQLite's application_id of the file: "DLGZ"."""
_SCHEMA = """
CREATE TABLE place(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL, admin1 INTEGER NOT NULL,
    admin2 INTEGER NOT NULL, population INTEGER NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL) STRICT;
CREATE TABLE name(key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY(key, place)) STRICT, WITHOUT ROWID;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
_SCALE = 10_000
_MOST = 400
"""More candidates than this for one name (as for "san jose") are cut to the most populous: the rest never wins."""


@dataclass(frozen=True, slots=True)
class Row:
    """A place on its way into the file; `keys` are its folded names."""

    id: int
    name: str
    kind: str
    country: str
    admin1: int
    admin2: int
    population: int
    lat: float
    lon: float
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. `id` is the GeoNames id, negative for a row of ours that has none.

    `country` is ISO alpha-2, "" for what lies in none or in several; `main` says whether the name looked up is its
    first name rather than an alternative, `usual` that data/usual.tsv names it as what the press means.
    """

    id: int
    name: str
    kind: str
    country: str
    admin1: int
    admin2: int
    population: int
    lat: float
    lon: float
    main: bool
    usual: bool = False

    @property
    def geonameid(self) -> int | None:
        return self.id if self.id > 0 else None


def write(target: Path, rows: Iterable[Row], meta: Mapping[str, str]) -> tuple[int, int]:
    """Write a gazetteer file at `target`, replacing it whole once it is complete. Returns counts of places and names.

    The rows must come in a fixed order for the file to be the same again; names are sorted here.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    connection = sqlite3.connect(part, isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        names: list[tuple[str, int]] = []
        places = 0
        for row in rows:
            connection.execute(
                "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    row.id, row.name, row.kind, row.country, row.admin1, row.admin2, row.population,
                    round(row.lat * _SCALE), round(row.lon * _SCALE),
                ),
            )  # fmt: skip
            names.extend((key, row.id) for key in row.keys if key)
            places += 1
        connection.executemany("INSERT INTO name VALUES (?, ?)", sorted(names))
        facts = {**meta, "attribution": ATTRIBUTION, "places": str(places), "names": str(len(names))}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.items()))
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    finally:
        connection.close()
    os.replace(part, target)
    return places, len(names)


class Gazetteer:
    """Look-ups in one gazetteer file, opened read-only and immutable: no lock, no temporary file."""

    def __init__(self, path: Path = PATH) -> None:
        if not path.is_file():
            raise DataError(f"{path}: the gazetteer is missing; build it with `python -m dateline.learn.gazetteer`")
        self.path = path
        # One connection serves one process; threads of the desk share it for reading only.
        self._db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        if self._db.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
            raise DataError(f"{path}: not a gazetteer of Dateline; build it with `python -m dateline.learn.gazetteer`")
        self.lookup = lru_cache(maxsize=20_000)(self._lookup)
        self.by_id = lru_cache(maxsize=20_000)(self._by_id)

    def _lookup(self, key: str) -> tuple[Candidate, ...]:
        """All places with this folded name, the most populous first."""
        stored = [_candidate(row, key) for row in self._rows(key)]
        if key in usual():
            best = self._usual(key)
            stored = [best, *(c for c in stored if c.id != best.id)]
        ours = [c for c in hand().get(key, ()) if not any(_same(c, other) for other in stored)]
        return (*ours, *stored)

    def _rows(self, key: str) -> Iterable[tuple[Any, ...]]:
        return self._db.execute(
            "SELECT p.* FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? ORDER BY p.population DESC, p.id LIMIT ?",
            (key, _MOST),
        )

    def _usual(self, key: str) -> Candidate:
        """The place that the press means by a name of data/usual.tsv. Raises DataError if the file has no such place."""
        where, place, country, kind = usual()[key]
        for row in self._rows(fold(place)):
            if row[3] == country and row[2] == kind:
                return replace(_candidate(row, None), usual=True)
        raise DataError(f"{where}: the gazetteer has no {kind} '{place}' in {country}")

    def _by_id(self, number: int) -> Candidate | None:
        """The place with this id, or None."""
        row = self._db.execute("SELECT * FROM place WHERE id = ?", (number,)).fetchone()
        return _candidate(row, None) if row else None

    def meta(self) -> dict[str, str]:
        """What the file says of itself: attribution, sources, counts."""
        return dict(self._db.execute("SELECT key, value FROM meta"))


def _candidate(row: tuple[int, str, str, str, int, int, int, int, int], key: str | None) -> Candidate:
    return Candidate(*row[:7], row[7] / _SCALE, row[8] / _SCALE, key is None or fold(row[1]) == key)


def _same(ours: Candidate, stored: Candidate) -> bool:
    """Whether a region of ours is a division that the file has too, with its GeoNames id: that one is then kept."""
    return (
        ours.id < 0
        and stored.kind in ("admin1", "admin2")
        and ours.country == stored.country
        and km(ours.lat, ours.lon, stored.lat, stored.lon) < 300
    )


@cache
def hand() -> dict[str, tuple[Candidate, ...]]:
    """Countries and regions of the readable files by folded name."""
    found: dict[str, list[Candidate]] = {}
    for country in countries.table().values():
        for i, name in enumerate((country.name, *country.names)):
            one = Candidate(
                country.geonameid, country.name, "country", country.alpha2, 0, 0, country.population, country.lat,
                country.lon, i == 0,
            )  # fmt: skip
            found.setdefault(fold(name).removeprefix("the "), []).append(one)
    for region in regions.table():
        for i, name in enumerate(region.names):
            one = Candidate(
                region.id, region.names[0], region.kind, region.country, 0, 0, region.weight, region.lat, region.lon,
                i == 0,
            )  # fmt: skip
            found.setdefault(fold(name), []).append(one)
    return {key: tuple({c.id: c for c in reversed(several)}.values()) for key, several in found.items()}


@cache
def usual() -> dict[str, tuple[str, str, str, str]]:
    """The rows of data/usual.tsv by folded name: where, place, country, kind."""
    columns = ("name", "place", "country", "kind")
    return {
        fold(r["name"]): (where, r["place"], r["country"], r["kind"]) for where, r in tables.rows("usual.tsv", columns)
    }


@cache
def default() -> Gazetteer:
    """The gazetteer that ships, or the one that the environment variable DATELINE_GAZETTEER names; once a process."""
    return Gazetteer(Path(os.environ.get("DATELINE_GAZETTEER") or PATH))


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km between two points in degrees (haversine, mean radius 6371 km)."""
    p = math.pi / 180
    x = (
        0.5
        - math.cos((lat2 - lat1) * p) / 2
        + math.cos(lat1 * p) * math.cos(lat2 * p) * (1 - math.cos((lon2 - lon1) * p)) / 2
    )
    return 12742 * math.asin(min(1.0, math.sqrt(x)))
