"""From the words of a text to the places that they may mean, with what ranking needs as arrays."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.places import gazetteer, words
from dateline.places.artefact import KINDS
from dateline.places.gazetteer import Candidate, by_gazetteer
from dateline.places.names import fold

_KEPT = 60
"""Candidates a name keeps, by population: beyond these the right one was never found (LGL, GeoVirus: none of 6,632)."""
_SEAT = 10_000
"""People of a town that may stand for the division of its name; below, the division is the better known."""
_INITIALS = re.compile(r"[A-Z]{2}|(?:[A-Z]\.){2,}")
"""Two capitals, or letters with full stops: a body ("the U.N."), if no abbreviation of a place, and not Ūn in India."""
_POSSESSIVE = re.compile(r"['’]s?$")
_COUNTY = re.compile(r"\b(?:Co|Cnty|Cty)\.?$")
_WIDER = (
    re.compile(r"^(?:North|South|East|West|Northern|Southern|Eastern|Western|Central|Greater|Downtown|Upper|Lower|Inner|"
               r"Old|Outer|Mid|North-?[Ee]ast|North-?[Ww]est|South-?[Ee]ast|South-?[Ww]est|N\.|S\.|E\.|W\.|Metro)[ -](?=\w)", re.I),
    re.compile(r"^(?:the )?(?:Town|City|Village|Township|County|Parish|Province|State|District|Port|University|Republic|Bay|"
               r"Borough|Commonwealth|Municipality|Governorate|Kingdom|Gulf|Region) of (?:the )?(?=\w)", re.I),
    re.compile(r" (?:Township|Twp\.?|Village|City|County|Parish|Province|Governorate|District|Region|area|Area|Metro|Borough|"
               r"State|Republic|Valley|Island|Islands|Metropolitan Area|Prefecture|Oblast|Department|Municipality|Division|"
               r"Heights|Beach|Center|Centre|Town|Downtown|Airport|International Airport|Regional Airport|Harbour|Harbor|"
               r"University|State University|High School|Hospital|Station|Stadium|Railway Station|Air Base|Air Force Base|"
               r"border|coast)$"),
)  # fmt: skip
"""What may be taken off a name that no gazetteer has, to get a place near by: "North Dallas", "Tewksbury Township"."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """The candidates of one name, and arrays with one row a candidate.

    `countries` and `admin1` are numbers that are equal where country and first-level division are; `wider` says that
    only a part of the name was known. `demonym` says that the name is a people, not a place.
    """

    candidates: tuple[Candidate, ...]
    demonym: bool
    wider: bool
    kinds: NDArray[np.int64]
    countries: NDArray[np.int64]
    admin1: NDArray[np.int64]
    admin2: NDArray[np.int64]
    logs: NDArray[np.float64]
    main: NDArray[np.float64]
    capital: NDArray[np.float64]
    usual: NDArray[np.float64]
    has_seat: NDArray[np.float64]
    """1 for a division in which a city of the same name lies: "Aleppo" is then rather the city."""
    points: NDArray[np.float64]
    """Unit vectors: the dot product of two is the cosine of the arc between them."""


@by_gazetteer(20_000)
def entry(name: str) -> Entry | None:
    """The candidates of a name as written in the text, or None if nothing is known of it."""
    plain = _POSSESSIVE.sub("", name.strip()).replace("\n", " ")
    demonym = words.demonyms().get(plain) or (words.demonyms().get(plain.title()) if plain.isupper() else None)
    if demonym:
        return _entry((demonym,), demonym=True)
    if plain in words.abbreviations():
        found = words.abbreviations()[plain]
        if plain in words.standing_alone():
            return _entry(found)
        # Most short forms are also words or names of towns: both are candidates.
        rest = tuple(c for c in _lookup(plain) if all(c.id != f.id for f in found))
        return _entry((*found, *rest))
    found = _lookup(plain)
    if _INITIALS.fullmatch(plain.removeprefix("The ").removeprefix("the ")):
        found = tuple(c for c in found if c.kind in ("country", "region"))
        return _entry(found) if found else None
    if found:
        return _entry(found)
    if _COUNTY.search(plain) and (found := _lookup(_COUNTY.sub("County", plain))):
        return _entry(found)
    for pattern in _WIDER:
        shorter = pattern.sub("", plain)
        if shorter != plain and len(shorter) > 2 and (found := _lookup(shorter)):
            return _entry(found, wider=True)
    return None


def _lookup(name: str) -> tuple[Candidate, ...]:
    key = fold(name)
    return gazetteer.default().lookup(key.removeprefix("the ")) or gazetteer.default().lookup(key)


def _entry(found: tuple[Candidate, ...], demonym: bool = False, wider: bool = False) -> Entry:
    found = found[:_KEPT]
    seats = {above for c in found if c.kind == "city" and c.population > _SEAT for above in (c.admin1, c.admin2)}
    lat, lon = (np.radians([getattr(c, axis) for c in found]) for axis in ("lat", "lon"))
    return Entry(
        found,
        demonym,
        wider,
        np.array([KINDS.index(c.kind) for c in found]),
        np.array([country_number(c.country) for c in found]),
        np.array([c.id if c.kind == "admin1" else c.admin1 for c in found]),
        np.array([c.id if c.kind == "admin2" else c.admin2 for c in found]),
        np.log10(np.array([max(c.population, 1) for c in found], dtype=float)),
        np.array([float(c.main) for c in found]),
        np.array([float(c.id in words.capitals()) for c in found]),
        np.array([float(c.usual or (c.kind in ("region", "water") and not c.country and c.main)) for c in found]),
        np.array([float(c.kind.startswith("admin") and c.id in seats) for c in found]),
        np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1),
    )


def country_number(country: str) -> int:
    """A number for an alpha-2 code, 0 for none."""
    return (ord(country[0]) << 8) + ord(country[1]) if len(country) == 2 else 0
