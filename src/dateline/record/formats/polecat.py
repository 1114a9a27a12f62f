"""POLECAT, as NGEC writes it: 40 columns, tab-separated, with a header (Harvard Dataverse, doi:10.7910/DVN/AJGVIT)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.record.formats import cells
from dateline.record.formats.coded import Coded, Party

_PARTY = ("{0} Name", "{0} Country", "{0} COW", "Primary {0} Sector", "{0} Sectors", "{0} Title", "{0} Name Raw",
          "Wikipedia {0} ID")  # fmt: skip

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *(name.format("Actor") for name in _PARTY), *(name.format("Recipient") for name in _PARTY),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip

QUAD_CODES = {
    "verbal cooperation": "VERBAL COOPERATION", "material cooperation": "MATERIAL COOPERATION",
    "verbal conflict": "VERBAL CONFLICT", "material conflict": "MATERIAL CONFLICT",
}  # fmt: skip


def rows(event: Coded) -> Iterator[tuple[Any, ...]]:
    """One row an event: POLECAT names several actors in one cell, parted by "; "."""
    place, article = event.place, event.article
    names = {
        "city": place.name if place and place.kind == "city" else "",
        "district": place.name if place and place.kind == "admin2" else "",
        "province": (place.name if place.kind == "admin1" else place.admin1) if place else "",
    }
    yield (
        event.id, event.day.isoformat() if event.day else "", event.type, event.mode or "", event.score,
        QUAD_CODES.get(event.quad, ""), "; ".join(event.contexts),
        *_parties(event.actors), *_parties(event.recipients),
        place.name if place else "", names["city"], names["district"], names["province"] or "",
        (place.country or "") if place else "", cells.blank(place and place.lat), cells.blank(place and place.lon),
        cells.blank(place and place.geonames_id), (place.text or "") if place else "", (place.kind or "") if place else "",
        article.publisher or "", article.published.isoformat() if article.published else "", "", "", "",
        article.language or "", f"Dateline {article.version}",
    )  # fmt: skip


def _parties(parties: tuple[Party, ...]) -> tuple[str, ...]:
    def joined(values: Iterator[str | None]) -> str:
        given = [value or "" for value in values]
        return "; ".join(given) if any(given) else ""

    return (
        joined(p.name for p in parties), joined(p.country for p in parties), "",
        joined(p.sector for p in parties),
        joined(", ".join(p.all_sectors) for p in parties), joined(p.role for p in parties),
        joined(p.text for p in parties), "",
    )  # fmt: skip
