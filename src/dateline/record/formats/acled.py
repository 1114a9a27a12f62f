"""Rows like ACLED's: the events that ACLED would code, under its types (acled.tsv), comma-separated with a header."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from dateline.record.formats import cells, tables
from dateline.record.formats.coded import Coded, Party

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale",
    "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

ABROAD = "External/Other forces"
"""ACLED's kind of actor for state forces outside their country and for peacekeepers."""

ARMED = frozenset({"State forces", "Rebel group", "Political militia", "Identity militia", ABROAD})
CONFLICT = frozenset({"military", "territory", "peacekeeping"})
GEO_PRECISION = {"city": 1, "facility": 1, "admin2": 2, "region": 2, "water": 2, "admin1": 3, "country": 3}
"""1: the place itself; 2: a part of a region; 3: a region or less."""

WEEK = 7
"""Days up to which a span of days has time_precision 2."""


def rows(event: Coded) -> Iterator[tuple[Any, ...]]:
    """One row an event, or none where ACLED codes no such thing."""
    first, second = _sides(event)
    inters = [_inter(p, event) for p in first], [_inter(p, event) for p in second]
    row = _class(event, *inters)
    if row is None:
        return
    inter1, inter2 = (kinds[0] if kinds else "" for kinds in inters)
    place, day, article = event.place, event.day, event.article
    country = place.country if place else None
    violence = row["event_type"] in ("Violence against civilians", "Explosions/Remote violence", "Battles")
    yield (
        f"{country or 'XXX'}{cells.number(event.id, 10)}", day.isoformat() if day else "", day.year if day else "",
        _time_precision(event.start, event.end), row["disorder_type"], row["event_type"], row["sub_event_type"],
        *_names(first), inter1, *_names(second), inter2, "-".join(filter(None, (inter1, inter2))),
        "Civilian targeting" if violence and inter2 == "Civilians" else "",
        tables.countries().get(country or "", {}).get("numeric", ""), "", tables.country_name(country),
        (place.name if place.kind == "admin1" else place.admin1 or "") if place else "",
        place.name if place and place.kind == "admin2" else "", "", place.name if place else "",
        cells.blank(place and place.lat), cells.blank(place and place.lon),
        GEO_PRECISION.get(place.kind or "city", 2) if place else "",
        "; ".join(event.told.publishers or (article.address,)), "", event.evidence.text, event.magnitude.killed or 0,
        _tags(event, row["event_type"]), int(article.made.timestamp()),
    )  # fmt: skip


def _sides(event: Coded) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    if event.mutual:
        return event.actors[:1], event.actors[1:]
    return event.actors, event.recipients


def _inter(party: Party, event: Coded) -> str:
    """ACLED's kind of an actor; empty where neither sector nor kind decides it."""
    if event.type == "PROTEST" and party in event.actors:
        return "Rioters" if event.mode in ("riot", "vandalize") else "Protesters"
    if event.type == "ASSAULT" and event.mode == "crowd-control" and party in event.recipients:
        return "Protesters"
    found = str(tables.sectors()[party.sector]["inter"]) if party.sector else ""
    where = event.place.country if event.place else None
    if party.country in tables.bodies() and found in ("", "State forces"):
        return ABROAD
    if found == "State forces" and where and party.country and party.country != where:
        return ABROAD
    if not found and party.kind == "armed group":
        return "Political militia"
    if not found and party.kind in ("government", "country"):
        return ABROAD if where and party.country and party.country != where else "State forces"
    return found or ("Civilians" if party.kind in ("population", "person") else "")


def _class(event: Coded, actors: list[str], recipients: list[str]) -> tables.Row | None:
    facts = {
        "*": True,
        "mutual": event.mutual,
        "target:armed": any(inter in ARMED for inter in recipients),
        "target:civilians": "Civilians" in recipients,
        "both:civilians": bool(actors and recipients) and not ARMED & {*actors, *recipients},
        "context:conflict": bool(CONFLICT & set(event.contexts)),
    }
    for row in tables.acled():
        if row["type"] == event.type and row["mode"] in ("*", event.mode or "") and facts[row["when"]]:
            return row
    return None


def _names(parties: tuple[Party, ...]) -> tuple[str, str]:
    """The first party, and those beside it with the body it belongs to."""
    if not parties:
        return ("", "")
    others = (*(p.name for p in parties[1:]), *(p.affiliation for p in parties[:1]))
    return (parties[0].name, "; ".join(dict.fromkeys(filter(None, others))))


def _time_precision(start: datetime.date | None, end: datetime.date | None) -> int:
    days = ((end or start) - start).days + 1 if start else WEEK  # type: ignore[operator]
    return 1 if start and days == 1 else 2 if days <= WEEK else 3


def _tags(event: Coded, kind: str) -> str:
    if kind not in ("Protests", "Riots"):
        return ""
    size = event.magnitude.participants
    return f"crowd size={size}" if size is not None else "crowd size=no report"
