"""Cells that several formats share: CAMEO actor codes, quad classes, dates, numbers for ids."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from dateline.record.formats import tables
from dateline.record.formats.coded import Party

QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
"""The numbers that GDELT, Phoenix and POLECAT give the quad classes."""

ROLES = 3
"""Role codes an actor code may have: GDELT has three columns for them."""


@dataclass(frozen=True, slots=True)
class Code:
    """An actor in CAMEO's letters: the whole code, then its parts.

    `entity`: the country, or the code of a body that belongs to none (IGOUNO). `body_role`: that body's role (IGO).
    """

    whole: str = ""
    entity: str = ""
    country: str = ""
    group: str = ""
    body_role: str = ""
    roles: tuple[str, ...] = ()


NOBODY = Code()


def cameo_actor(party: Party | None) -> Code:
    """The CAMEO code of an actor: country, group, roles (AFGGOV, PAKMIL, IGOUNO); empty for nobody."""
    if party is None:
        return NOBODY
    found = [tables.sectors()[s]["cameo"] for s in party.all_sectors]
    roles = tuple(role for role in dict.fromkeys(found) if role)
    body = tables.bodies().get(party.country or "")
    if body:
        # The organisation's own officials are the organisation: IGOUNO, not IGOUNOGOV.
        roles = tuple(role for role in roles if role not in ("GOV", body["role"]))[: ROLES - 1]
        return Code(body["cameo"] + "".join(roles), body["cameo"], "", body["group"], body["role"], roles)
    roles, country = roles[:ROLES], tables.cameo_country(party.country)
    return Code(country + "".join(roles), country, country, "", "", roles)


def sector_names(party: Party | None, column: str = "icews") -> str:
    """The names of an actor's sectors as a format writes them, parted by commas."""
    names = (tables.sectors()[s][column] for s in (party.all_sectors if party else ()))
    return ",".join(dict.fromkeys(filter(None, names)))


def number(identity: str, digits: int = 15) -> int:
    """A whole number for an id: its hash's first hex digits. 15 of them are 60 bits, which fits where GDELT has 64."""
    return int(hashlib.sha256(identity.encode()).hexdigest()[:digits], 16)


def compact(day: datetime.date | None) -> str:
    """A day as 20251108."""
    return day.strftime("%Y%m%d") if day else ""


def row_id(identity: str, pair: int) -> str:
    """The id of a row: the event's, with the number of the pair behind it from the second on."""
    return identity if pair == 0 else f"{identity}.{pair}"


def blank(value: float | int | str | None) -> float | int | str:
    """Nothing as an empty cell."""
    return "" if value is None else value
