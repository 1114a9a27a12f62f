"""GeoNames' own tables as gazetteer rows: allCountries.txt, or the file of one country, plain or in its zip.

A line has 19 columns, tab-separated (https://download.geonames.org/export/dump/readme.txt): id, name, ASCII name,
alternative names, latitude, longitude, feature class, feature code, country, other countries, codes of four levels of
divisions, population, elevation, another elevation, time zone, day of change.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from dateline.errors import DataError, UsageError
from dateline.places import countries, divisions, regions
from dateline.places.artefact import Row
from dateline.places.names import fold

CLASSES = {
    "A": "divisions", "P": "cities, towns and villages", "H": "seas, lakes and rivers", "L": "areas, parks and fields",
    "T": "mountains, islands and deserts", "S": "buildings, bases, camps and airports",
}  # fmt: skip
"""GeoNames' feature classes that can be taken; the others are roads (R), forests (V) and undersea features (U)."""
_COLUMNS = 19
_GONE = ("PPLH", "PPLQ", "PPLW", "PPLX", "ADM1H", "ADM2H")
"""Abandoned, destroyed and former places, and parts of cities, which have the city's name and lie within it."""
_DIVISIONS = {"ADM1": "admin1", "ADM2": "admin2"}
_KINDS = {"P": "city", "H": "water", "L": "region", "T": "region", "S": "facility"}


@dataclass(slots=True)
class Tally:
    """What became of the lines: counts of those `kept`, and of those passed over by the reason."""

    kept: int = 0
    passed: dict[str, int] = field(default_factory=dict)

    def leave_out(self, reason: str) -> None:
        """Count a line that is passed over."""
        self.passed[reason] = self.passed.get(reason, 0) + 1


def rows(
    path: Path, classes: Iterable[str] = "AP", only: Iterable[str] = (), tally: Tally | None = None
) -> Iterator[Row]:
    """The rows of a GeoNames table, in its order, one line in memory at a time; the file is read twice.

    `classes`: letters of CLASSES. `only`: alpha-2 codes of countries, all if empty. Countries and the regions that ship
    are left out, for Dateline has them by hand. Raises UsageError for a file that cannot be read or a wrong letter or
    code, DataError for a line of another form.
    """
    wanted, codes = frozenset(letter.upper() for letter in classes), frozenset(code.upper() for code in only)
    if not wanted or not wanted <= set(CLASSES):
        raise UsageError(f"feature classes '{''.join(classes)}': the letters are {', '.join(CLASSES)}")
    if unknown := sorted(codes - set(countries.table())):
        raise UsageError(f"'{unknown[0]}' is no country's alpha-2 code")
    count = tally if tally is not None else Tally()
    ids: dict[tuple[str, ...], int] = {}
    for where, cells in _lines(path):
        # Divisions are named by code in the other lines, and may come after them.
        if cells[6] == "A" and cells[7] in _DIVISIONS and (not codes or cells[8] in codes):
            ids[_unit(cells, cells[7])] = _number(where, "id", cells[0], int)
    ours = {c.geonameid for c in countries.table().values()} | {r.id for r in regions.table()}
    for where, cells in _lines(path):
        if codes and cells[8] not in codes:
            count.leave_out("of other countries")
        elif cells[6] not in wanted:
            count.leave_out("of other classes")
        elif cells[7] in _GONE or (cells[6] == "A" and cells[7] not in _DIVISIONS):
            count.leave_out("countries, divisions below the second level, parts of cities, and what is no more")
        else:
            row = _row(where, cells, ids)
            if row.id in ours:
                count.leave_out("countries and regions that ship with Dateline")
            elif not row.keys:
                count.leave_out("without a name in Latin letters")
            else:
                count.kept += 1
                yield row


def _row(where: str, cells: list[str], ids: dict[tuple[str, ...], int]) -> Row:
    kind = _DIVISIONS[cells[7]] if cells[6] == "A" else _KINDS[cells[6]]
    lat, lon = _number(where, "latitude", cells[4], float), _number(where, "longitude", cells[5], float)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise DataError(f"{where}: latitude {cells[4]} and longitude {cells[5]} are no point of the earth")
    country = cells[8] if cells[8] in countries.table() else ""
    if cells[6] == "A":
        keys = divisions.keys(cells[1], (cells[2], *cells[3].split(",")))
    else:
        others = (key for name in cells[3].split(",") if len(key := fold(name)) >= divisions.SHORTEST)
        keys = frozenset({fold(cells[1]), fold(cells[2]), *others})
    return Row(
        _number(where, "id", cells[0], int), cells[1], kind, country,
        ids.get(_unit(cells, "ADM1"), 0) if kind != "admin1" else 0,
        ids.get(_unit(cells, "ADM2"), 0) if not kind.startswith("admin") else 0,
        _number(where, "population", cells[14] or "0", int), lat, lon,
        keys - {""},
    )  # fmt: skip


def _unit(cells: list[str], level: str) -> tuple[str, ...]:
    """How a line names its division: country and codes, down to the level."""
    return tuple(cells[8 if i == 0 else 9 + i] for i in range(2 if level == "ADM1" else 3))


def _number(where: str, what: str, value: str, kind: Callable[[str], float]) -> int | float:
    try:
        return kind(value)
    except ValueError as error:
        raise DataError(f"{where}: {what} '{value[:40]}' is no number") from error


def _lines(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The lines as (where, cells). Raises DataError for a line that has not 19 columns."""
    with _opened(path) as file:
        for number, line in enumerate(io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="\n"), 1):
            line = line.rstrip("\r\n")
            if not line:
                continue
            cells = line.split("\t")
            if len(cells) != _COLUMNS:
                raise DataError(f"{path}:{number}: {len(cells)} columns, GeoNames' tables have {_COLUMNS}")
            yield f"{path}:{number}", cells


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The table's bytes: the file, or the one table within a zip (beside its readme.txt)."""
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(path) as archive:
            tables = [name for name in archive.namelist() if name.endswith(".txt") and name.lower() != "readme.txt"]
            if len(tables) != 1:
                raise UsageError(f"{path}: holds {len(tables)} tables (.txt), must be one")
            with archive.open(tables[0]) as file:
                yield file
    except (OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
