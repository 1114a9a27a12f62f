"""Countries: their codes, names, demonyms and middles. The one place where alpha-2 and alpha-3 are converted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.errors import DataError
from dateline.places.tables import number, rows, several

_COLUMNS = ("alpha2", "alpha3", "geonameid", "name", "population", "lat", "lon", "capital", "names", "demonyms")


@dataclass(frozen=True, slots=True)
class Country:
    """A row of data/countries.tsv; `lat`, `lon` in degrees, `names` without the usual one."""

    alpha2: str
    alpha3: str
    geonameid: int
    name: str
    population: int
    lat: float
    lon: float
    capital: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]


@cache
def table() -> dict[str, Country]:
    """All countries by alpha-2. Raises DataError for a file that is not valid."""
    found: dict[str, Country] = {}
    for where, row in rows("countries.tsv", _COLUMNS):
        code = row["alpha2"]
        if len(code) != 2 or len(row["alpha3"]) != 3 or code in found:
            raise DataError(f"{where}: codes '{code}', '{row['alpha3']}' are malformed or come twice")
        found[code] = Country(
            code, row["alpha3"], int(number(where, "geonameid", row["geonameid"], 1, 1e9)), row["name"],
            int(number(where, "population", row["population"], 0, 2e9)), number(where, "lat", row["lat"], -90, 90),
            number(where, "lon", row["lon"], -180, 180), row["capital"], several(row["names"]), several(row["demonyms"]),
        )  # fmt: skip
    return found


@cache
def _by_alpha3() -> dict[str, str]:
    return {country.alpha3: country.alpha2 for country in table().values()}


def alpha3(alpha2: str | None) -> str | None:
    """ISO 3166 alpha-3 of an alpha-2 code; None for None, "" or a code that is none."""
    country = table().get(alpha2 or "")
    return country.alpha3 if country else None


def alpha2(alpha3: str | None) -> str | None:
    """ISO 3166 alpha-2 of an alpha-3 code; None for None, "" or a code that is none."""
    return _by_alpha3().get(alpha3 or "")


@cache
def demonyms() -> dict[str, str]:
    """Demonyms as written, singular and plural, with the alpha-2 code of their country: "Malians" → "ML"."""
    found: dict[str, str] = {}
    for country in table().values():
        for word in country.demonyms:
            found.setdefault(word, country.alpha2)
            if not word.endswith(("s", "sh", "ese", "ss", "ch", "men")):
                found.setdefault(word + "s", country.alpha2)
    return found
