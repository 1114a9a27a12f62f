"""The places of an article."""

from __future__ import annotations

from urllib.parse import urlsplit

from dateline.language import Doc
from dateline.model import Article, Place
from dateline.places import countries, gazetteer
from dateline.places.geoparse import Resolution, resolve
from dateline.places.mentions import recognise

ORIGIN = "gazetteer ranker"


def find(doc: Doc) -> tuple[Place, ...]:
    """The places that an article names, each with all its mentions, in the order of their first mentions.

    A demonym ("Malian") is evidence for a country but no place. A place that no gazetteer row answers to is left out.
    """
    mentions = recognise(doc.spacy)
    article = doc.article
    resolved = resolve(doc.text, [(m.start, m.end) for m in mentions], publisher_home(article), article.title)
    spans: dict[int, list[tuple[int, int]]] = {}
    best: dict[int, Resolution] = {}
    for mention, found in zip(mentions, resolved, strict=True):
        if found is None or found.demonym:
            continue
        spans.setdefault(found.best.id, []).append((mention.start, mention.end))
        if found.best.id not in best or found.confidence > best[found.best.id].confidence:
            best[found.best.id] = found
    return tuple(
        _place(f"p{number}", found, tuple(doc.span(*span) for span in spans[identity]))
        for number, (identity, found) in enumerate(best.items(), 1)
    )


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
