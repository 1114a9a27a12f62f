"""Where publishers are at home (`actors/data/publishers.tsv`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from dateline.actors.fold import plain
from dateline.actors.registry import load
from dateline.errors import DataError


@cache
def publishers() -> Mapping[str, str]:
    """Countries (ISO alpha-3) by folded name or domain of a publisher. Raises DataError."""
    path = "actors/data/publishers.tsv"
    found: dict[str, str] = {}
    text = (resources.files("dateline.actors") / "data" / "publishers.tsv").read_text(encoding="utf-8")
    rows = [(n, row) for n, row in enumerate(text.splitlines(), 1) if row.strip() and not row.startswith("#")]
    for number, row in rows[1:]:
        name, _, country = row.partition("\t")
        if load().get(country.lower()) is None:
            raise DataError(f"{path}:{number}: '{country}' is the code of no state in the registry")
        key = name.lower() if "." in name else plain(name).lower()
        if found.setdefault(key, country) != country:
            raise DataError(f"{path}:{number}: '{name}' is given two countries")
    return found
