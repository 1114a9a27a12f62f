"""Filters in the field's terms → SQL conditions over the views. Every value goes in as a parameter, never as SQL."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Collection, Sized
from dataclasses import dataclass, field
from typing import Any

from dateline.errors import UsageError

Day = datetime.date | str

COUNTRY_LETTERS = 3
"""Actors' country codes (ISO 3166-1 alpha-3, or UNO, EUR, IGO, NGO, ISM, IMG, MNC) are three capitals."""

SHORT = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z0-9-]{2,8}")
"""An abbreviation, such as FARC or M23: whom the articles call so. The index of version 9 has mentions of up to 8 letters."""


@dataclass(slots=True)
class Filter:
    """Conditions that must all hold, with their values. Each method adds one, and nothing where its value is null."""

    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    @property
    def where(self) -> str:
        return " AND ".join(self.conditions)

    def add(self, condition: str, *values: Any) -> None:
        self.conditions.append(condition)
        self.values += values

    def equal(self, column: str, value: Any) -> None:
        """The column has this very value."""
        if value is not None:
            self.add(f"{column} = ?", value)

    def one_of(self, column: str, value: str | None, valid: Collection[str], what: str) -> None:
        """The column has this value of a closed list, whatever its case. Raises UsageError with the nearest valid one."""
        if value is None:
            return
        known = {v.casefold(): v for v in valid}
        if value.casefold() not in known:
            near = difflib.get_close_matches(value.casefold(), list(known), 1)
            hint = f"did you mean '{known[near[0]]}'?" if near else f"choose from {', '.join(valid)}"
            raise UsageError(f"{what} '{value}' is unknown; {hint}")
        self.equal(column, known[value.casefold()])

    def at_least(self, column: str, value: float | None) -> None:
        """The number is this or more."""
        if value is not None:
            self.add(f"{column} >= ?", value)

    def period(self, first: str, last: str, since: Day | None, until: Day | None) -> None:
        """The days from column `first` to column `last` touch those from `since` to `until`, both included.

        Rows without a date are left out as soon as either is given.
        """
        if since is not None:
            self.add(f"ifnull({last}, {first}) >= ?", day(since, "since"))
            in_order(since, until)
        if until is not None:
            self.add(f"{first} <= ?", day(until, "until"))

    def actor(self, link: str, value: str | None) -> None:
        """An actor that `link` names fits: a country code, a row id, a key, or a part of the name.

        `link` is a condition with {ids} for the ids of the fitting actors. Three capitals are a country code; these and
        other abbreviations are also whom the articles call so, and a whole word of a name. All else matches any part of a
        name, whatever its case.
        """
        if value is None:
            return
        matching, values = named(value)
        if len(value) == COUNTRY_LETTERS and value.isascii() and value.isupper():
            matching, values = f"country = ? OR {matching}", [value, *values]
        self.add(link.format(ids=f"SELECT id FROM actor WHERE {matching}"), *values)

    def side(self, link: str, value: str | None) -> None:
        """A side (sides.py) that `link` names fits: a country code of a state, a key, an abbreviation or a part of a name.

        `link` is a condition with {sides} for the fitting sides.
        """
        if value is None:
            return
        fitting, values = "SELECT ?", [value]
        if not (len(value) == COUNTRY_LETTERS and value.isupper()) or SHORT.fullmatch(value):
            matching, of = named(value)
            fitting += (
                f" UNION SELECT ifnull(key, lower(name) || '|' || ifnull(country, '')) FROM actor WHERE {matching}"
                f" UNION SELECT country FROM actor WHERE kind IN ('government', 'country') AND ({matching})"
            )
            values += [*of, *of]
        self.add(link.format(sides=fitting), *values)

    def words(self, table: str, text: str | None) -> None:
        """The full text of the row holds these words, in any order; words in double quotes as a phrase."""
        if text is None:
            return
        pieces = [piece.split() if i % 2 == 0 else [piece] for i, piece in enumerate(text.split('"'))]
        terms = ['"' + term + '"' for piece in pieces for term in piece if term.strip()]
        if not terms:
            raise UsageError("text: give at least one word to look for")
        self.add(f"row IN (SELECT rowid FROM {table}_search WHERE {table}_search MATCH ?)", " ".join(terms))


def named(value: str) -> tuple[str, list[Any]]:
    """The condition that an actor is called so (by name, key, row id, or abbreviation in an article), and its values."""
    if SHORT.fullmatch(value):
        called = "SELECT actor_id FROM mention WHERE text = ? AND actor_id IS NOT NULL AND length(text) <= 8 AND text = upper(text)"
        return (
            f"key = ? OR ' ' || name || ' ' GLOB ? OR id IN ({called}) OR key IN (SELECT key FROM actor WHERE id IN ({called}))",
            [value, f"*[^A-Za-z0-9]{value}[^A-Za-z0-9]*", value, value],
        )  # fmt: skip
    pattern = "%" + value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return "id = ? OR key = ? OR name LIKE ? ESCAPE '\\'", [value, value, pattern]


def marks(values: Sized) -> str:
    """As many question marks as values, for "IN (...)" and "VALUES (...)"."""
    return ", ".join("?" * len(values))


def in_order(since: Day | None, until: Day | None) -> None:
    """Raises UsageError for a period that ends before it begins."""
    if since is not None and until is not None and day(since, "since") > day(until, "until"):
        raise UsageError(f"since {since} lies after until {until}; no day is in between")


def day(value: Day, what: str) -> str:
    """The ISO form of a date; raises UsageError for what is none."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError) as error:
        raise UsageError(f"{what}: '{value}' is not a date like 2025-11-08") from error
