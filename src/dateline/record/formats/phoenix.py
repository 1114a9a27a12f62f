"""Phoenix, as the PETRARCH pipeline of the Open Event Data Alliance writes it: 26 columns, tab-separated, no header."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.record.formats import cells, tables
from dateline.record.formats.coded import Coded, Party

COLUMNS = (
    "EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity", "SourceActorRole",
    "SourceActorAttribute", "TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute", "EventCode",
    "EventRootCode", "PentaClass", "GoldsteinScore", "Issues", "Lat", "Lon", "LocationName", "StateName", "CountryCode",
    "SentenceID", "URLs", "NewsSources",
)  # fmt: skip


def rows(event: Coded) -> Iterator[tuple[Any, ...]]:
    """One row a pair of actors."""
    day, place, article = event.day, event.place, event.article
    days: tuple[Any, ...] = (cells.compact(day), day.year, day.month, day.day) if day else ("", "", "", "")
    for i, (source, target) in enumerate(event.pairs()):
        yield (
            cells.row_id(event.id, i), *days, *_actor(source), *_actor(target), event.cameo, event.cameo[:2],
            cells.QUADS.get(event.quad, ""), event.score, ";".join(f"{c.upper()},1" for c in event.contexts),
            cells.blank(place and place.lat), cells.blank(place and place.lon), place.name if place else "",
            (place.admin1 or "") if place else "", tables.cameo_country(place.country) if place else "",
            f"{article.id}_{article.sentence}", article.address,
            ";".join(event.told.publishers or filter(None, (article.publisher,))),
        )  # fmt: skip


def _actor(party: Party | None) -> tuple[str, str, str, str]:
    """The whole code; its entity (a country, or a body such as IGOUNO); its first role; the others."""
    code = cells.cameo_actor(party)
    return (code.whole, code.entity, code.roles[0] if code.roles else "", ";".join(code.roles[1:]))
