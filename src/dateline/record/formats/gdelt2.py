"""GDELT 2.0's event table: 61 columns, tab-separated, without a header (The GDELT Event Database Data Format Codebook V2.0)."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from typing import Any

from dateline.record.formats import cells, tables
from dateline.record.formats.coded import Coded, Party, Spot

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
          "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO), *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip

GEO_TYPES = {"country": 1, "city": 4, "admin1": 5, "admin2": 5}
"""ActionGeo_Type: 1 country, 2 US state, 3 US city, 4 city elsewhere, 5 state elsewhere; other features count as cities."""


def rows(event: Coded) -> Iterator[tuple[Any, ...]]:
    """One row a pair of actors."""
    day = event.day
    added = event.article.made.astimezone(datetime.UTC).strftime("%Y%m%d%H%M%S")
    for i, (first, second) in enumerate(event.pairs()):
        yield (
            cells.number(cells.row_id(event.id, i)), *_days(day), *_actor(first), *_actor(second),
            1 if event.article.sentence <= _LEAD else 0,
            event.cameo, event.cameo[:3], event.cameo[:2], cells.QUADS.get(event.quad, ""), event.score,
            event.told.reports, event.told.sources, event.told.articles, "",
            *_NOWHERE, *_NOWHERE, *_geo(event.place), added, event.article.address,
        )  # fmt: skip


_LEAD = 2
"""GDELT takes an event of the lead paragraph for the root event; two sentences are a lead in wire copy."""

_NOWHERE: tuple[Any, ...] = (0, "", "", "", "", "", "", "")


def _days(day: datetime.date | None) -> tuple[Any, ...]:
    if day is None:
        return ("", "", "", "")
    share = day.timetuple().tm_yday / (366 if calendar.isleap(day.year) else 365)
    return (cells.compact(day), day.strftime("%Y%m"), day.year, round(day.year + share, 4))


def _actor(party: Party | None) -> tuple[Any, ...]:
    code = cells.cameo_actor(party)
    roles = (*filter(None, (code.body_role,)), *code.roles, "", "", "")[: cells.ROLES]
    return (code.whole, party.name.upper() if party else "", code.country, code.group, "", "", "", *roles)


def _geo(place: Spot | None) -> tuple[Any, ...]:
    if place is None:
        return _NOWHERE
    kind, country = GEO_TYPES.get(place.kind or "city", 4), tables.fips(place.country)
    if place.country == "USA" and kind in (4, 5):
        kind = {4: 3, 5: 2}[kind]
    named = tables.country_name(place.country)
    parts = dict.fromkeys(part for part in (place.name, place.admin1 if kind in (3, 4) else None, named) if part)
    return (
        kind,
        ", ".join(parts),
        country,
        country,
        "",
        cells.blank(place.lat),
        cells.blank(place.lon),
        cells.blank(place.geonames_id),
    )
