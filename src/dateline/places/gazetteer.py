"""The gazetteer: a SQLite file of cities and divisions, and beside it the readable files of countries and regions.

`default()` is the gazetteer in force: the one that ships, or a file of one's own over it (`use`, the setting
places.gazetteer). What is cached of its answers is cached by gazetteer (`by_gazetteer`). The file's tables: artefact.py.
"""

from __future__ import annotations

import difflib
import math
import sqlite3
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from dateline.errors import DataError, SettingsError
from dateline.places import countries, regions, tables
from dateline.places.artefact import APPLICATION, SCALE
from dateline.places.names import fold

PATH = Path(__file__).parents[1] / "data" / "gazetteer.sqlite"
_MOST = 400
"""More candidates than this for one name (as for "san jose") are cut to the most populous: the rest never wins."""
_PREFIX = 2
"""Letters that a misspelling keeps as a rule, and by how many it is longer or shorter at most."""
_IN_FORCE: ContextVar[Path | None] = ContextVar("gazetteer", default=None)
P = ParamSpec("P")
R = TypeVar("R")


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


class Gazetteer:
    """Look-ups in one gazetteer file, opened read-only and immutable: no lock, no temporary file.

    `below`: the gazetteer over which this one lies. A place that both have is taken from the upper, under the names of
    both; so a file of one country's villages is enough, and what the word lists name is always found.
    """

    def __init__(self, path: Path = PATH, below: Gazetteer | None = None) -> None:
        if not path.is_file():
            raise DataError(f"{path}: the gazetteer is missing; build it with `python -m dateline.learn.gazetteer`")
        self.path = path
        self.below = below
        # One connection serves one process; threads of the desk share it for reading only.
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        try:
            kind = self._db.execute("PRAGMA application_id").fetchone()[0]
        except sqlite3.DatabaseError:
            kind = 0
        if kind != APPLICATION:
            raise DataError(
                f"{path}: not a gazetteer of Dateline; `dateline places import` makes one of GeoNames' tables"
            )
        self.lookup = lru_cache(maxsize=20_000)(self._lookup)
        self.by_id = lru_cache(maxsize=20_000)(self._by_id)

    def _lookup(self, key: str) -> tuple[Candidate, ...]:
        """All places with this folded name, the most populous first."""
        stored = self.stored(key)
        if key in usual():
            best = self._usual(key)
            stored = [best, *(c for c in stored if c.id != best.id)]
        ours = [c for c in hand().get(key, ()) if not any(_same(c, other) for other in stored)]
        return (*ours, *stored)

    def stored(self, key: str) -> list[Candidate]:
        """The places of the files with this folded name, the most populous first."""
        found = [_candidate(row, key) for row in self._rows(key)]
        if self.below is None:
            return found
        own = {c.id: c for c in found}
        for lower in self.below.stored(key):
            upper = own.get(lower.id) or self._by_id(lower.id) or lower
            own[lower.id] = replace(upper, main=lower.main or (lower.id in own and upper.main))
        return sorted(own.values(), key=lambda c: (-c.population, c.id))[:_MOST]

    def _rows(self, key: str) -> Iterable[tuple[Any, ...]]:
        return self._db.execute(
            "SELECT p.* FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? ORDER BY p.population DESC, p.id LIMIT ?",
            (key, _MOST),
        )

    def _usual(self, key: str) -> Candidate:
        """The place that the press means by a name of data/usual.tsv. Raises DataError if the file has no such place."""
        where, place, country, kind = usual()[key]
        for candidate in self.stored(fold(place)):
            if candidate.country == country and candidate.kind == kind:
                return replace(candidate, main=True, usual=True)
        raise DataError(f"{where}: the gazetteer has no {kind} '{place}' in {country}")

    def _by_id(self, number: int) -> Candidate | None:
        """The place with this id, or None."""
        row = self._db.execute("SELECT * FROM place WHERE id = ?", (number,)).fetchone()
        if row:
            return _candidate(row, None)
        return self.below.by_id(number) if self.below else None

    def like(self, name: str, most: int = 5) -> list[str]:
        """Names that are spelled nearly like this one, the likest first: those that begin with the same two letters."""
        key = fold(name)
        if len(key) < _PREFIX:
            return []
        first = key[:_PREFIX]
        rows = self._db.execute("SELECT DISTINCT key FROM name WHERE key >= ? AND key < ?", (first, first + "{"))
        keys = {row[0] for row in rows if abs(len(row[0]) - len(key)) <= _PREFIX}
        keys |= {other for other in hand() if abs(len(other) - len(key)) <= _PREFIX}
        found = difflib.get_close_matches(key, sorted(keys), most, 0.8)
        return [self.lookup(other)[0].name if self.lookup(other)[0].main else other for other in found]

    @property
    def digest(self) -> str:
        """sha256 over the rows, which `artefact.write` notes: files of gigabytes are not read again to name them."""
        return self.meta().get("digest", "")

    def meta(self) -> dict[str, str]:
        """What the file says of itself: attribution, sources, counts, digest."""
        return dict(self._db.execute("SELECT key, value FROM meta"))


def _candidate(row: tuple[int, str, str, str, int, int, int, int, int], key: str | None) -> Candidate:
    return Candidate(*row[:7], row[7] / SCALE, row[8] / SCALE, key is None or fold(row[1]) == key)


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


def use(path: str | Path | None) -> Gazetteer | None:
    """Let a gazetteer of one's own (setting `places.gazetteer`) lie over the shipped one in this thread; "" for none.

    Returns it. Raises SettingsError if the file is not there, DataError if it is no gazetteer.
    """
    if not path:
        _IN_FORCE.set(None)
        return None
    path = Path(path).absolute()
    if not path.is_file():
        raise SettingsError(f"places.gazetteer: {path} does not exist; `dateline places import` makes one")
    found = _over(path)
    _IN_FORCE.set(path)
    return found


def default() -> Gazetteer:
    """The gazetteer in force in this thread; each file is opened once a process."""
    path = _IN_FORCE.get()
    return _over(path) if path else shipped()


@cache
def shipped() -> Gazetteer:
    """The gazetteer that ships."""
    return Gazetteer(PATH)


@cache
def _over(path: Path) -> Gazetteer:
    return Gazetteer(path, shipped())


def by_gazetteer(most: int | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A cache, of `most` answers, for a function whose answers hang on the gazetteer in force."""

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        cached = lru_cache(most)(lambda _, *args: function(*args))  # type: ignore[call-arg]

        @wraps(function)
        def call(*args: P.args, **_: P.kwargs) -> R:
            return cached(default(), *args)

        return call

    return wrap


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km between two points in degrees (haversine, mean radius 6371 km)."""
    p = math.pi / 180
    x = (
        0.5
        - math.cos((lat2 - lat1) * p) / 2
        + math.cos(lat1 * p) * math.cos(lat2 * p) * (1 - math.cos((lon2 - lon1) * p)) / 2
    )
    return 12742 * math.asin(min(1.0, math.sqrt(x)))
