"""The tables of codes behind the formats: tab-separated files that a political scientist can read and correct.

A "-" stands for an empty cell. Each is checked when it is loaded; DataError names file and line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, get_args

from dateline.errors import DataError
from dateline.events import codebook
from dateline.model import EVENT_TYPES, MODES
from dateline.model.text import Sector
from dateline.places.countries import table as named_countries

Row = Mapping[str, str]

WHEN = ("*", "mutual", "both:civilians", "target:armed", "target:civilians", "context:conflict")
"""The conditions that a row of acled.tsv may name."""


def _rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, Row]]:
    text = resources.files("dateline.record.formats").joinpath(name).read_text(encoding="utf-8")
    header: tuple[str, ...] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        where, cells = f"record/formats/{name}:{number}", tuple(line.split("\t"))
        if header is None:
            header = cells
            if header != columns:
                raise DataError(f"{where}: the header must be {', '.join(columns)}")
        elif len(cells) != len(columns):
            raise DataError(f"{where}: {len(cells)} columns, must be {len(columns)}")
        else:
            yield where, {k: "" if v == "-" else v for k, v in zip(columns, cells, strict=True)}


def _keyed(name: str, columns: tuple[str, ...]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for where, row in _rows(name, columns):
        key = row[columns[0]]
        if not key or key in found:
            raise DataError(f"{where}: {columns[0]} '{key}' is empty or comes twice")
        found[key] = row
    return found


@cache
def countries() -> dict[str, Row]:
    """`fips`, `numeric` and `cameo` (empty where it is the ISO code) of each country by ISO alpha-3."""
    return _keyed("countries.tsv", ("alpha3", "fips", "numeric", "cameo"))


@cache
def country_names() -> dict[str, str]:
    """The English name of each country by ISO alpha-3."""
    return {country.alpha3: country.name for country in named_countries().values()}


@cache
def bodies() -> dict[str, Row]:
    """`cameo`, `group`, `role` and `name` of what belongs to no state (UNO, EUR, IGO, …)."""
    return _keyed("bodies.tsv", ("code", "cameo", "group", "role", "name"))


@cache
def sectors() -> dict[str, Row]:
    """`name`, `cameo`, `icews` and `inter` of each sector. Every sector of the model must be there."""
    found = _keyed("sectors.tsv", ("sector", "name", "cameo", "icews", "inter"))
    if set(found) != set(get_args(Sector)):
        raise DataError(f"record/formats/sectors.tsv: must hold the sectors {', '.join(get_args(Sector))}")
    return found


@cache
def cameo_names() -> dict[str, str]:
    """CAMEO's name of each event code that the codebook writes."""
    found = {code: row["name"] for code, row in _keyed("cameo.tsv", ("code", "name")).items()}
    book = codebook.load()
    written = {t.to_cameo for t in book.types.values()} | {
        m.to_cameo for t in book.types.values() for m in t.modes.values()
    }
    if written - set(found):
        raise DataError(f"record/formats/cameo.tsv: no name for {', '.join(sorted(written - set(found)))}")
    return found


@cache
def acled() -> tuple[Row, ...]:
    """The rows of acled.tsv in order; an empty `mode` means "no mode"."""
    columns = ("type", "mode", "when", "event_type", "sub_event_type", "disorder_type")
    rows = []
    for where, row in _rows("acled.tsv", columns):
        if row["type"] not in EVENT_TYPES or row["mode"] not in ("", "*", *MODES.get(row["type"], ())):
            raise DataError(f"{where}: no type and mode '{row['type']}', '{row['mode']}' in the codebook")
        if row["when"] not in WHEN:
            raise DataError(f"{where}: when '{row['when']}' is none of {', '.join(WHEN)}")
        rows.append(row)
    return tuple(rows)


def fips(country: str | None) -> str:
    """The FIPS 10-4 code of an ISO alpha-3 country, empty where there is none."""
    return str(countries().get(country or "", {}).get("fips", ""))


def cameo_country(country: str | None) -> str:
    """CAMEO's code of a country; empty for bodies that are none. A code that is in no table stays as it is."""
    if not country or country in bodies():
        return ""
    row: Any = countries().get(country)
    return (row["cameo"] or country) if row else country


def country_name(country: str | None) -> str:
    """The name of a country in words; the name of a body that belongs to none; an unknown code as it is."""
    if not country:
        return ""
    return bodies()[country]["name"] if country in bodies() else country_names().get(country, country)
