"""The places of an article."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from dateline.language import Doc
from dateline.model import Article, Place
from dateline.places import countries, gazetteer, sites
from dateline.places.candidates import entry
from dateline.places.geoparse import Resolution, resolve
from dateline.places.mentions import Mention, recognise
from dateline.places.names import fold

ORIGIN = "gazetteer ranker"
_DIRECTIONS = frozenset({"north", "south", "east", "west"})
_HALF = re.compile(r"\b(North|South) (?:Korea|Sudan|Vietnam|Yemen)\b")
_HALF_SURE = 0.9
"""A point of the compass by itself is the country of that name where the text names one, else no place."""


def find(doc: Doc) -> tuple[Place, ...]:
    """The places that an article names, each with all its mentions, in the order of their first mentions.

    A demonym ("Malian") is evidence for a country but no place. A name that no gazetteer row answers to is a place only
    where the words beside it say what it is (`sites`); its coordinates are then those of what it lies in, or null.
    """
    article = doc.article
    mentions = _with_dateline(article, recognise(doc.spacy))
    resolved = resolve(doc.text, [(m.start, m.end) for m in mentions], publisher_home(article), article.title)
    spans: dict[int, list[tuple[int, int]]] = {}
    best: dict[int, Resolution] = {}
    unknown = []
    halves = _halves(doc.text)
    for mention, found in zip(mentions, resolved, strict=True):
        if found is None:
            unknown.append((mention.start, mention.end))
        if found is None or found.demonym:
            continue
        if (half := fold(doc.text[mention.start : mention.end]).removeprefix("the ")) in _DIRECTIONS:
            found = _half(halves[half]) if half in halves else None
            if found is None:
                continue
        spans.setdefault(found.best.id, []).append((mention.start, mention.end))
        if found.best.id not in best or found.confidence > best[found.best.id].confidence:
            best[found.best.id] = found
    named = [
        _place(f"p{number}", found, tuple(doc.span(*span) for span in sorted(spans[identity])))
        for number, (identity, found) in enumerate(best.items(), 1)
    ]
    return sites.find(doc, named, unknown)


def _with_dateline(article: Article, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions, and the places of the printed dateline that are none of them: where a dateline is read, a place stands."""
    head = article.text[: article.body_start].lower()
    added = []
    for name in article.dateline if head else ():
        start = head.find(name.lower())
        end = start + len(name)
        if start >= 0 and all(end <= m.start or m.end <= start for m in mentions) and entry(name) is not None:
            added.append(Mention(start, end))
    return tuple(sorted((*added, *mentions), key=lambda m: m.start)) if added else mentions


def _halves(text: str) -> dict[str, str]:
    """Countries of a compass point that the text names, by the point: "the North" after "North Korea"."""
    found: dict[str, str] = {}
    for match in _HALF.finditer(text):
        found.setdefault(match[1].lower(), match[0])
    return found


def _half(name: str) -> Resolution | None:
    """The country of that name, which a compass point stands for."""
    candidates = gazetteer.default().lookup(fold(name))
    if not candidates:
        return None
    return Resolution(candidates[0], _HALF_SURE, ((candidates[0], 1.0),), False, False)


def publisher_home(article: Article) -> str | None:
    """The article's domain, which says where it is read; from its URL, else the publisher where that is a domain."""
    host = urlsplit(article.url).hostname if article.url else None
    if host:
        return host
    return (
        article.publisher if article.publisher and "." in article.publisher and " " not in article.publisher else None
    )


def _place(identity: str, found: Resolution, mentions: tuple) -> Place:  # type: ignore[type-arg]
    best = found.best
    division = gazetteer.default().by_id(best.admin1) if best.admin1 else None
    return Place(
        id=identity,
        name=best.name,
        country=countries.alpha3(best.country),
        admin1=division.name if division else best.name if best.kind == "admin1" else None,
        lat=best.lat,
        lon=best.lon,
        geonames_id=best.geonameid,
        confidence=found.confidence,
        mentions=mentions,
        kind=best.kind,
        origin=ORIGIN,
    )
