"""Regions, seas, rivers, mountains, sites and disputed areas: data/regions.tsv, made by hand."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache

from dateline.errors import DataError
from dateline.places import countries
from dateline.places.tables import number, rows, several

_COLUMNS = ("names", "kind", "country", "lat", "lon", "geonameid")
_KINDS = ("region", "water", "facility")


@dataclass(frozen=True, slots=True)
class Region:
    """A row of the file. `id`: GeoNames id, else a negative number made of the first name. `country`: alpha-2 or ""."""

    id: int
    names: tuple[str, ...]
    kind: str
    country: str
    lat: float
    lon: float
    weight: int = 1_000_000
    """Ranks like a city of as many people: who writes of "Darfur" or "the Black Sea" seldom means a town of that name."""


@cache
def table() -> tuple[Region, ...]:
    """All regions in the file's order. Raises DataError for a file that is not valid."""
    found: dict[int, Region] = {}
    for where, row in rows("regions.tsv", _COLUMNS):
        names = several(row["names"])
        if not names or row["kind"] not in _KINDS:
            raise DataError(f"{where}: needs a name and a kind of {', '.join(_KINDS)}")
        if row["country"] and row["country"] not in countries.table():
            raise DataError(f"{where}: country '{row['country']}' is not in countries.tsv")
        own = int(number(where, "geonameid", row["geonameid"], 1, 1e9)) if row["geonameid"] else -_digest(names[0])
        if own in found:
            raise DataError(f"{where}: '{names[0]}' comes twice")
        found[own] = Region(
            own, names, row["kind"], row["country"], number(where, "lat", row["lat"], -90, 90),
            number(where, "lon", row["lon"], -180, 180),
        )  # fmt: skip
    return tuple(found.values())


def _digest(name: str) -> int:
    return (zlib.crc32(name.encode()) & 0x3FFFFFFF) + 1
