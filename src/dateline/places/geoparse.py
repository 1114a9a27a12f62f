"""Places of a bare text: spans resolved, or found and resolved. `find` and `dateline evaluate places` stand on this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dateline import language
from dateline.actors.home import of_page
from dateline.places import countries, rank
from dateline.places.candidates import country_number
from dateline.places.gazetteer import Candidate
from dateline.places.mentions import recognise
from dateline.places.surroundings import home, read

_WIDER_CONFIDENCE = 0.6
"""A name known only in part ("North Dallas") is near its place, not at it."""


@dataclass(frozen=True, slots=True, eq=False)
class Resolution:
    """What a span means: the best candidate and its confidence in 0..1, and all candidates with their probabilities."""

    best: Candidate
    confidence: float
    candidates: tuple[tuple[Candidate, float], ...]
    demonym: bool
    wider: bool


def resolve(
    text: str, spans: Sequence[tuple[int, int]], domain: str | None = None, title: str | None = None
) -> list[Resolution | None]:
    """Resolve spans of `text` (code points, end exclusive), in their order; None where the gazetteer knows nothing.

    `domain`: the publisher's, or its name; `title`: read for evidence if the text does not begin with it.
    """
    given = len(text)
    if title and not text.startswith(title):
        text = f"{text}\n\n{title}"
    if any(not 0 <= start < end <= given for start, end in spans):
        raise ValueError(f"spans must lie within the text of {given} characters and not be empty")
    reading = read(text, spans)
    probabilities = rank.rank(reading.names, _home(text[:given], domain))
    out: list[Resolution | None] = []
    made: dict[int, Resolution] = {}
    for number in reading.group:
        if number is None:
            out.append(None)
            continue
        if number not in made:
            e, p = reading.names[number].entry, probabilities[number]
            order = np.argsort(-p, kind="stable")
            sure = rank.confidence(e, p) * (_WIDER_CONFIDENCE if e.wider else 1.0)
            made[number] = Resolution(
                e.candidates[order[0]], sure, tuple((e.candidates[i], float(p[i])) for i in order), e.demonym, e.wider
            )
        out.append(made[number])
    return out


def _home(text: str, domain: str | None) -> rank.Home:
    """Where an article is read: by its publisher's domain, else the country whose local news it plainly is."""
    told = home(domain)
    if told.country or told.point is not None:
        return told
    code = of_page(domain or "", text)
    alpha2 = countries.alpha2(code) if code else None
    return replace(told, country=country_number(alpha2), guessed=True) if alpha2 else told


def resolve_spans(
    text: str, spans: Sequence[tuple[int, int]], title: str | None = None, domain: str | None = None
) -> list[dict[str, Any]]:
    """The places of given spans as `dateline evaluate places --spans` writes them.

    Returns one {"lat", "lon", "country", "geonameid"} a span, in order: degrees, ISO alpha-2, null where unknown.
    """
    return [_row(found) for found in resolve(text, spans, domain, title)]


def geoparse(text: str, title: str | None = None, domain: str | None = None) -> list[dict[str, Any]]:
    """The places that a text names, as `dateline evaluate places` writes them: with "start" and "end" in front.

    Demonyms are given too ("Malian", resolved to Mali), as the corpora of toponyms mark them.
    """
    mentions = recognise(language.load().parse_text(text).spacy)
    spans = [(m.start, m.end) for m in mentions]
    found = resolve(text, spans, domain, title)
    return [{"start": s, "end": e, **_row(r)} for (s, e), r in zip(spans, found, strict=True) if r is not None]


def _row(found: Resolution | None) -> dict[str, Any]:
    if found is None:
        return {"lat": None, "lon": None, "country": None, "geonameid": None}
    best = found.best
    return {"lat": best.lat, "lon": best.lon, "country": best.country or None, "geonameid": best.geonameid}
