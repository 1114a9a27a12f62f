"""The state of a page is its URL: reading it, and making the URLs of its neighbours."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from dateline.errors import UsageError

MAX_VALUE = 500
"""Characters of one value; nothing that can be asked for is longer."""

MAX_PAIRS = 100


@dataclass(frozen=True, slots=True)
class State:
    """Path and query of a page. Names that the page does not know are dropped, so that its URLs stay clean."""

    path: str
    pairs: tuple[tuple[str, str], ...]

    def one(self, name: str) -> str | None:
        """The last value of a name, None if it is not there or empty."""
        return next((value for key, value in reversed(self.pairs) if key == name), None)

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a name."""
        return tuple(dict.fromkeys(value for key, value in self.pairs if key == name))

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number within bounds. Raises UsageError for what is none."""
        value = self.one(name)
        if value is None:
            return default
        if not value.isascii() or not value.isdecimal() or len(value) > 18:
            raise UsageError(f"{name}: '{value}' is not a whole number")
        return min(max(int(value), low), high)

    def fraction(self, name: str) -> float | None:
        """A number from 0 to 1. Raises UsageError for what is none."""
        value = self.one(name)
        if value is None:
            return None
        try:
            number = float(value)
        except ValueError as error:
            raise UsageError(f"{name}: '{value}' is not a number from 0 to 1") from error
        if not 0 <= number <= 1:
            raise UsageError(f"{name}: '{value}' is not a number from 0 to 1")
        return number

    def day(self, name: str) -> datetime.date | None:
        """A day; a bare year or month means its first day, or with a name that begins with "until" its last."""
        value = self.one(name)
        if value is None:
            return None
        try:
            if len(value) == 10:
                return datetime.date.fromisoformat(value)
            year, _, month = value.partition("-")
            if len(year) != 4:
                raise ValueError
            last = name.startswith("until")
            number = int(month) if month else 12 if last else 1
            if not last:
                return datetime.date(int(year), number, 1)
            following = datetime.date(int(year) + number // 12, number % 12 + 1, 1)
            return following - datetime.timedelta(days=1)
        except ValueError as error:
            raise UsageError(f"{name}: '{value}' is not a date like 2025-11-08, 2025-11 or 2025") from error

    def choice(self, name: str, choices: Collection[str], default: str) -> str:
        """One of the choices. Raises UsageError for another value."""
        value = self.one(name)
        if value is None:
            return default
        if value not in choices:
            raise UsageError(f"{name}: '{value}' is unknown; choose from {', '.join(choices)}")
        return value

    # ---- neighbours

    def url(self, path: str | None = None, **changes: str | int | float | Iterable[str] | None) -> str:
        """The URL with some values changed (None takes a name away). Paging starts anew unless it is what changes."""
        dropped = set(changes) | ({"after"} if "after" not in changes else set())
        pairs = [pair for pair in self.pairs if pair[0] not in dropped]
        for name, value in changes.items():
            if value is None:
                continue
            values = [value] if isinstance(value, str | int | float) else value
            pairs += [(name, str(v)) for v in values]
        query = urlencode(pairs)
        return (path or quote(self.path, safe="/:@!$&'()*+,;=~")) + (f"?{query}" if query else "")

    def toggled(self, name: str, value: str) -> str:
        """The URL with a value added to a name, or taken away if it was there."""
        values = self.many(name)
        kept = [v for v in values if v != value] if value in values else [*values, value]
        return self.url(None, **{name: kept})

    def without(self, name: str, value: str) -> str:
        """The URL without one value of a name."""
        return self.url(None, **{name: [v for v in self.many(name) if v != value]})


def state(path: str, pairs: Iterable[tuple[str, str]], known: Collection[str]) -> State:
    """The state of a request. Empty values mean nothing (a form sends them). Raises UsageError for endless ones."""
    kept = [(name, value.strip()) for name, value in pairs if name in known and value.strip()]
    if len(kept) > MAX_PAIRS or any(len(value) > MAX_VALUE for _, value in kept):
        raise UsageError(f"the address asks for too much: at most {MAX_PAIRS} values of {MAX_VALUE} characters")
    if any("\x00" in value for _, value in kept):
        raise UsageError("the address holds a null character")
    return State(path, tuple(kept))
