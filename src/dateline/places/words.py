"""The room's word lists: abbreviations of states, demonyms of regions, town names that are common words, newspapers."""

from __future__ import annotations

from functools import cache

from dateline.errors import DataError
from dateline.places import countries, gazetteer
from dateline.places.gazetteer import Candidate, by_gazetteer
from dateline.places.names import fold
from dateline.places.tables import rows, several

_PERSONAL = ("first name", "surname")


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
    found = set()
    for country in countries.table().values():
        cities = [
            c
            for c in gazetteer.default().lookup(fold(country.capital))
            if c.kind == "city" and c.country == country.alpha2
        ]
        if cities:
            found.add(max(cities, key=lambda c: c.population).id)
    return frozenset(found)


@cache
def locatives() -> dict[str, frozenset[str]]:
    """The words of data/locatives.tsv by their use: at, to, going, event, gathering, area."""
    found = {row["use"]: frozenset(several(row["words"])) for _, row in rows("locatives.tsv", ("use", "words"))}
    missing = {"at", "to", "going", "event", "gathering", "area"} - set(found)
    if missing:
        raise DataError(f"places/data/locatives.tsv: lacks {', '.join(sorted(missing))}")
    return found
