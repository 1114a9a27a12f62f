"""The names under which a province, county or other division is written, without the word for what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.places.names import fold

SHORTEST = 4
"""Alternative names below this length are airport codes and foreign words ("par", "eu")."""
_KIND_WORDS = (
    "province|governorate|oblast|okrug|region|district|department|prefecture|county|parish|state|voivodeship|"
    "municipality|canton|emirate|republic|autonomous region|territory|raion|rayon|division|borough|krai|census area"
)
_BEFORE = re.compile(
    r"^(?:(?:autonomous )?(?:" + _KIND_WORDS + r")|provincia|departamento|departement|estado|region metropolitana|"
    r"comunidad autonoma|muhafazat|wilaya|regione|regiao|land|kanton|county borough|metropolitan city|free state|"
    r"city and (?:county|borough)|royal borough)(?: of| de la| de| del| di| do| da| d| von)* (?=\w)"
)
_AFTER = re.compile(r"(?<=\w) (?:(?:autonomous |metropolitan |city |administrative )?(?:" + _KIND_WORDS + r"))$")
_ARTICLES = ("al ", "ash ", "ad ", "an ", "ar ", "as ", "at ", "az ")


def keys(name: str, others: Iterable[str] = ()) -> frozenset[str]:
    """The folded names of a division, also without "Province of" and the like: "Al Anbar Governorate" → "al anbar"."""
    found = {fold(one) for one in (name, *others)}
    for key in list(found):
        found |= {_BEFORE.sub("", key), _AFTER.sub("", key)}
    for key in list(found):
        if key.startswith(_ARTICLES):
            found.add(key.partition(" ")[2])
    own = fold(name)
    return frozenset(key for key in found if key == own or len(key) >= SHORTEST)
