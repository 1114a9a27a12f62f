"""ICEWS coded event data: 20 columns, tab-separated, with a header (Harvard Dataverse, doi:10.7910/DVN/28075)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.record.formats import cells, tables
from dateline.record.formats.coded import Coded, Party

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
    "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
    "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def rows(event: Coded) -> Iterator[tuple[Any, ...]]:
    """One row a pair of actors."""
    place, article = event.place, event.article
    city = place.name if place and place.kind not in ("country", "admin1", "admin2", "region") else ""
    for i, (source, target) in enumerate(event.pairs()):
        yield (
            cells.number(cells.row_id(event.id, i)), event.day.isoformat() if event.day else "", *_party(source),
            tables.cameo_names().get(event.cameo, ""), event.cameo, event.score, *_party(target),
            cells.number(article.id), article.sentence, article.publisher or "", city,
            place.name if place and place.kind == "admin2" else "", _province(event),
            tables.country_name(place.country) if place else "", cells.blank(place and place.lat), cells.blank(place and place.lon),
        )  # fmt: skip


def _party(party: Party | None) -> tuple[str, str, str]:
    return (party.name, cells.sector_names(party), tables.country_name(party.country)) if party else ("", "", "")


def _province(event: Coded) -> str:
    place = event.place
    return "" if place is None else place.name if place.kind == "admin1" else (place.admin1 or "")
