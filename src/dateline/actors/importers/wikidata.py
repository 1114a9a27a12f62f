"""Offices (P39) from Wikidata: the query to ask, and its answer read as entries."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

from dateline.actors.entry import Entry, Gender, Spell, day
from dateline.actors.fold import fold, plain
from dateline.actors.importers.found import Found, slug
from dateline.actors.registry import load
from dateline.actors.words import roles
from dateline.errors import DataError, UsageError
from dateline.model import Sector

GENDERS: Mapping[str, Gender] = {"Q6581097": "m", "Q2449503": "m", "Q6581072": "f", "Q1052281": "f"}
"""Wikidata's items for male and female, and for trans men and women."""

_LENGTH = {11: 10, 10: 7, 9: 4}
"""Precision of a date there (day, month, year) and the characters of it that then mean something."""


def query(country: str) -> str:
    """The SPARQL for the offices of a country, given by code (AFG) or name. Raises UsageError for an unknown one."""
    registry = load()
    entry = registry.get(country.lower())
    if entry is None or entry.kind != "country":
        entry = next((m.entry for m in registry.lookup(country) if m.entry.kind == "country"), None)
    if entry is None:
        raise UsageError(f"'{country}' is no country of the registry; give its ISO 3166-1 alpha-3 code, like AFG")
    text = (resources.files("dateline.actors") / "data" / "offices.rq").read_text(encoding="utf-8")
    return text.replace("%COUNTRY%", entry.name).replace("%ISO%", entry.country)


def offices(text: str, where: str, as_of: datetime.date) -> Found:
    """The entries of an answer of the query: SPARQL JSON (`results.bindings`) or the plain list of rows.

    An office without any day is passed over with a note: nothing would tell when it lapsed. Raises DataError where the
    text is no such answer.
    """
    people: dict[str, dict[str, Any]] = {}
    notes: list[str] = []
    for number, row in enumerate(_rows(text, where), 1):
        place = f"{where}: row {number}"
        if missing := [name for name in ("iso", "person", "personLabel", "officeLabel") if not row.get(name)]:
            raise DataError(f"{place}: without {', '.join(missing)}; ask with `dateline actors wikidata-query COUNTRY`")
        item = row["person"].rpartition("/")[2]
        label, office = row["personLabel"], row["officeLabel"]
        if label == item:
            notes.append(f"{place}: {item} has no English name")
            continue
        person = people.setdefault(item, {"names": {}, "country": row["iso"], "spells": {}, "gender": None})
        for name in (label, row.get("alias")):
            if name and " " in name.strip():
                person["names"].setdefault(fold(name), " ".join(name.split()))
        person["names"].setdefault(fold(label), label)
        person["gender"] = person["gender"] or GENDERS.get(row.get("gender", "").rpartition("/")[2])
        start, end = _date(row, "start", False), _date(row, "end", True)
        if start is None and end is None:
            notes.append(f"{place}: {label}, {office}: no days given")
        elif start is not None and end is not None and end < start:
            notes.append(f"{place}: {label}, {office}: ends on {end}, before it begins on {start}")
        else:
            role = office[:1].lower() + office[1:]
            own = None if row["iso"] == person["country"] else row["iso"]
            person["spells"][role, start, end] = Spell(sector_of(office), start, end, role, (), own)
    entries = tuple(
        Entry(
            f"wikidata-{slug(item)}", tuple(found["names"].values()), "person", found["country"],
            tuple(sorted(found["spells"].values(), key=lambda s: (s.start or datetime.date.min, s.role or ""))),
            f"Wikidata {item} (CC0)", as_of, gender=found["gender"],
        )
        for item, found in people.items() if found["spells"]
    )  # fmt: skip
    return Found(entries, (), tuple(dict.fromkeys(notes)))


def sector_of(office: str) -> Sector:
    """The sector of an office by the longest role noun in its name, the first of equals; GOV if there is none."""
    words = plain(office).lower().split()
    known = roles()
    best: tuple[int, Sector] | None = None
    for first in range(len(words)):
        for last in range(len(words), first, -1):
            role = known.get(" ".join(words[first:last]))
            if role is not None and role.sector is not None and (best is None or last - first > best[0]):
                best = (last - first, role.sector)
    return best[1] if best else "GOV"


def _rows(text: str, where: str) -> list[dict[str, str]]:
    try:
        answer = json.loads(text)
    except ValueError as error:
        raise DataError(f"{where}: not JSON: {error}") from error
    if isinstance(answer, dict):
        results = answer.get("results")
        answer = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
        raise DataError(f"{where}: no answer of the Wikidata query service (results.bindings, or a list of rows)")
    return [{k: str(v.get("value", "")) if isinstance(v, dict) else str(v) for k, v in row.items()} for row in answer]


def _date(row: Mapping[str, str], name: str, last: bool) -> datetime.date | None:
    value = row.get(name, "")
    if not re.match(r"\d{4}-\d{2}-\d{2}", value):
        return None  # unknown values come as addresses of blank nodes
    precision = row.get(f"{name}Precision", "11")
    length = _LENGTH.get(int(precision) if precision.isdigit() else 11)
    try:
        return day(value[:length], last) if length else None
    except ValueError:
        return None
