"""The room's word lists: abbreviations of states, demonyms of regions, town names that are common words, newspapers."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

from dateline.errors import DataError
from dateline.places import countries, gazetteer
from dateline.places.gazetteer import Candidate, by_gazetteer
from dateline.places.names import fold
from dateline.places.tables import number, rows, several

_PERSONAL = ("first name", "surname")
_LOCATIVES = frozenset([
    "area", "gathering", "at", "spot", "to", "going", "reaching", "filling", "event",
    "target", "speaking", "telling", "heard", "press", "occasion", "shore", "union", "crowd", "staying", "trip", "encounter", "holding", "writing",
    "attending", "away",
])  # fmt: skip
_RECOGNISED = frozenset({"beside", "title", "area"})
_SITES = frozenset({"building", "seat", "foreign", "first", "settlement", "ground", "body", "kin", "rule", "credit"})


@by_gazetteer()
def abbreviations() -> dict[str, tuple[Candidate, ...]]:
    """The divisions or cities that an abbreviation, as written, stands for: "Ga." → Georgia in the United States."""
    found: dict[str, tuple[Candidate, ...]] = {}
    for where, row in rows("abbreviations.tsv", ("abbreviation", "name", "country", "alone")):
        places = [c for c in gazetteer.default().lookup(fold(row["name"])) if c.country == row["country"]]
        if not places:
            raise DataError(f"{where}: the gazetteer has no '{row['name']}' in {row['country']}")
        best = max(places, key=lambda c: (c.kind == "admin1", c.population))
        found[row["abbreviation"]] = (*found.get(row["abbreviation"], ()), best)
    return found


@cache
def standing_alone() -> frozenset[str]:
    """The abbreviations that are a place without a town before them."""
    table = rows("abbreviations.tsv", ("abbreviation", "name", "country", "alone"))
    return frozenset(row["abbreviation"] for _, row in table if row["alone"] == "yes")


@by_gazetteer()
def demonyms() -> dict[str, Candidate]:
    """Demonyms as written, singular and plural, with their country or region."""
    by_code = {c.country: c for several in gazetteer.hand().values() for c in several if c.kind == "country"}
    found = {word: by_code[code] for word, code in countries.demonyms().items()}
    for where, row in rows("demonyms.tsv", ("demonym", "name", "country")):
        places = [
            c
            for c in gazetteer.default().lookup(fold(row["name"]))
            if c.country == row["country"] or not row["country"]
        ]
        if not places:
            raise DataError(f"{where}: the gazetteer has no '{row['name']}' in {row['country'] or 'any country'}")
        # Divisions and regions come before towns of the same name: a Texan is of the state.
        place = min(
            places, key=lambda c: (c.kind == "admin2", c.kind == "city" and c.population < 500_000, -c.population)
        )
        for word in (row["demonym"], row["demonym"] + "s"):
            found.setdefault(word, place)
    return found


@cache
def common() -> frozenset[str]:
    """Folded names of places that in running text are nearly always a common word."""
    return frozenset(fold(row["word"]) for _, row in _common() if row["reason"] not in _PERSONAL)


@cache
def personal() -> frozenset[str]:
    """Folded names of places that are as often a first name or a surname."""
    return frozenset(fold(row["word"]) for _, row in _common() if row["reason"] in _PERSONAL)


@cache
def _common() -> tuple[tuple[str, dict[str, str]], ...]:
    return tuple(rows("common.tsv", ("word", "reason")))


@by_gazetteer()
def capitals() -> frozenset[int]:
    """Ids of the cities that are capitals of countries."""
    return frozenset(found.id for code in countries.table() if (found := capital_of(code)) is not None)


@cache
def locatives() -> dict[str, frozenset[str]]:
    """The words of data/locatives.tsv by their use; the file says what each is for."""
    return _by_use("locatives.tsv", _LOCATIVES)


@cache
def recognised() -> dict[str, frozenset[str]]:
    """The words of data/recognised.tsv by their use; the file says what each is for."""
    return _by_use("recognised.tsv", _RECOGNISED)


@cache
def sites() -> dict[str, frozenset[str]]:
    """The words of data/sites.tsv by their use; the file says what each is for."""
    return _by_use("sites.tsv", _SITES)


def _by_use(file: str, needed: Set[str]) -> dict[str, frozenset[str]]:
    """A list of words by use. Raises DataError naming the uses that it lacks."""
    found = {row["use"]: frozenset(several(row["words"])) for _, row in rows(file, ("use", "words"))}
    missing = needed - set(found)
    if missing:
        raise DataError(f"places/data/{file}: lacks {', '.join(sorted(missing))}")
    return found


@cache
def known_sites() -> dict[str, tuple[str, str, float, float]]:
    """The sites of data/known_sites.tsv by folded name: first name, alpha-2 of the country, latitude, longitude."""
    found: dict[str, tuple[str, str, float, float]] = {}
    for where, row in rows("known_sites.tsv", ("names", "country", "lat", "lon")):
        names = several(row["names"])
        if not names or row["country"] not in countries.table():
            raise DataError(f"{where}: needs a name, and a country of countries.tsv")
        for name in names:
            if fold(name) in found and found[fold(name)][0] != names[0]:
                raise DataError(f"{where}: '{name}' comes twice")
            at = (number(where, "lat", row["lat"], -90, 90), number(where, "lon", row["lon"], -180, 180))
            found[fold(name)] = (names[0], row["country"], *at)
    return found


@by_gazetteer()
def capital_of(alpha2: str) -> Candidate | None:
    """The capital of a country, None where the table or the gazetteer has none."""
    country = countries.table().get(alpha2)
    if country is None or not country.capital:
        return None
    cities = [c for c in gazetteer.default().lookup(fold(country.capital)) if c.kind == "city" and c.country == alpha2]
    return max(cities, key=lambda c: c.population, default=None)
