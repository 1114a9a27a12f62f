"""Filters in the field's terms → SQL conditions over the views. Every value goes in as a parameter, never as SQL."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from dateline.errors import UsageError

Day = datetime.date | str

COUNTRY_LETTERS = 3
"""Actors' country codes (ISO 3166-1 alpha-3, or UNO, EUR, IGO, NGO, ISM, IMG, MNC) are three capitals."""


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
        if until is not None:
            self.add(f"{first} <= ?", day(until, "until"))

    def actor(self, link: str, value: str | None) -> None:
        """An actor that `link` names fits: a country code, a row id, a key, or a part of the name.

        `link` is a condition with {ids} for the ids of the fitting actors. Three capitals are a country code (or a
        whole name such as "IRA"); other words match any part of a name, whatever its case.
        """
        if value is None:
            return
        if len(value) == COUNTRY_LETTERS and value.isascii() and value.isupper():
            matching, values = "country = ? OR name = ? OR key = ?", [value] * 3
        else:
            pattern = "%" + value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            matching, values = "id = ? OR key = ? OR name LIKE ? ESCAPE '\\'", [value, value, pattern]
        self.add(link.format(ids=f"SELECT id FROM actor WHERE {matching}"), *values)

    def words(self, table: str, text: str | None) -> None:
        """The full text of the row holds these words, in any order; words in double quotes as a phrase."""
        if text is None:
            return
        pieces = [piece.split() if i % 2 == 0 else [piece] for i, piece in enumerate(text.split('"'))]
        terms = ['"' + term + '"' for piece in pieces for term in piece if term.strip()]
        if not terms:
            raise UsageError("text: give at least one word to look for")
        self.add(f"row IN (SELECT rowid FROM {table}_search WHERE {table}_search MATCH ?)", " ".join(terms))


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
