"""The day that a table or a feed states: a date, a time, ISO 8601 or RFC 822. Nothing is guessed."""

from __future__ import annotations

import datetime
import email.utils
import re
from typing import Any

_CLOCK = r"[T ]\s*\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}})(?:{_CLOCK})?", re.I)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4}(?:\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.I)
_RFC822 = re.compile(
    r"(?:[a-z]{3,9},?\s+)?\d{1,2}[ -][a-z]{3,9}\.?[ -](?:\d{4}|\d\d)(?:\s+\d{1,2}:\d\d(?::\d\d)?(?:\s+[\w+-]+)?)?", re.I
)


def day(value: Any) -> datetime.date | None:
    """The day of a date, of a time, or of a string that is ISO 8601 or RFC 822 from end to end; None for anything else.

    The day is the one that is written, in the zone it is written in: "2025-11-08T23:30:00-05:00" is 8 November. Turned
    into UTC it would be the 9th, a day on which the outlet had published nothing.
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()
    try:
        if match := _ISO.fullmatch(text) or _BASIC.fullmatch(text):
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
        if _RFC822.fullmatch(text) and (parsed := email.utils.parsedate(text if ":" in text else f"{text} 00:00")):
            return datetime.date(*parsed[:3])
    except ValueError:
        return None
    return None
