"""The gazetteer's file: its tables, and how one is written.

place(id, name, kind, country, admin1, admin2, population, lat, lon)
    id: GeoNames id. kind: city, admin1, admin2, water, region, facility. country: ISO alpha-2 or "". admin1, admin2:
    ids of the divisions it lies in, 0 if none. population: people; a division's is that of its cities. lat, lon:
    ten-thousandths of a degree (11 m), which takes half the room of a float.
name(key, place): every name of it, folded by `names.fold`
meta(key, value): attribution, sources, counts, and in files of one's own a digest of the rows
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DataError

ATTRIBUTION = "Place data derived from GeoNames (https://www.geonames.org), CC BY 4.0."
APPLICATION = 0x44_4C_47_5A
"""SQLite's application_id of the file: "DLGZ"."""
SCALE = 10_000
"""Stored coordinates a degree."""
KINDS = ("city", "admin1", "admin2", "country", "region", "water", "facility")
"""Kinds of places; the ranker knows them by their position."""
_SCHEMA = """
CREATE TABLE place(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL, admin1 INTEGER NOT NULL,
    admin2 INTEGER NOT NULL, population INTEGER NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL) STRICT;
CREATE TABLE name(key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY(key, place)) STRICT, WITHOUT ROWID;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


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


def write(target: Path, rows: Iterable[Row], meta: Mapping[str, str]) -> tuple[int, int]:
    """Write a gazetteer file at `target`, replacing it whole once it is complete. Returns counts of places and names.

    Rows go through one at a time and names are sorted by SQLite, so millions need no more memory than a few. The rows must
    come in a fixed order for the file to be the same again.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    connection = sqlite3.connect(part, isolation_level=None)
    digest = hashlib.sha256()
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("CREATE TEMP TABLE unsorted(key TEXT NOT NULL, place INTEGER NOT NULL)")
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        places = names = 0
        for row in rows:
            values = (
                row.id, row.name, row.kind, row.country, row.admin1, row.admin2, row.population,
                round(row.lat * SCALE), round(row.lon * SCALE),
            )  # fmt: skip
            keys = sorted(key for key in row.keys if key)
            try:
                connection.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            except sqlite3.IntegrityError as error:
                raise DataError(
                    f"the id {row.id} ('{row.name}') comes twice; a gazetteer holds each place once"
                ) from error
            connection.executemany("INSERT INTO unsorted VALUES (?, ?)", ((key, row.id) for key in keys))
            digest.update(repr((values, keys)).encode("utf-8", "surrogatepass"))
            places, names = places + 1, names + len(keys)
        if not places:
            raise DataError(f"{target}: not written, for there is no place to put into it")
        connection.execute("INSERT INTO name SELECT key, place FROM unsorted ORDER BY key, place")
        facts = {**meta, "attribution": ATTRIBUTION, "places": str(places), "names": str(names)}
        facts["digest"] = "sha256:" + digest.hexdigest()
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.items()))
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    except BaseException:
        connection.close()
        part.unlink(missing_ok=True)
        raise
    connection.close()
    os.replace(part, target)
    return places, names
