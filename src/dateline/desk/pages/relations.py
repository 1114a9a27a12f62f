"""Who has to do with whom: dyads, talks, actors, the network and the map."""

from __future__ import annotations

from typing import Any

from starlette.routing import BaseRoute

from dateline.desk.filters import filters_of
from dateline.desk.queries import across, actors, dyads, events, talks
from dateline.desk.queries.talk import thread
from dateline.desk.web import Asked, NotFound, Shown, page
from dateline.errors import UsageError
from dateline.record.review import CHOICES


def dyad(asked: Asked) -> Shown:
    """/dyad/A/B: each side an actor's key or a country code."""
    snapshot = asked.store.columns
    sides = []
    for name in ("a", "b"):
        value = asked.parts[name]
        found = dyads.side(snapshot, value)
        if found is None:
            raise NotFound(f"No actor or country '{value}' in this record; find one at /actors.")
        sides.append(found)
    data = dyads.dyad(asked.store, *sides)
    data["thread"] = thread(asked.store, "dyad", f"{sides[0].value} → {sides[1].value}")
    return Shown(data)


def talk(asked: Asked) -> Shown:
    """/talks/ID: two parties side by side, `a` and `b` in the URL."""
    data = talks.one(asked.store, asked.parts["id"], asked.state)
    if data is None:
        raise NotFound("No such talks in this record; the article may have been coded anew.")
    data["joined_round"] = across.round_of(asked.store, asked.parts["id"])
    data["thread"] = thread(asked.store, "talks", asked.parts["id"])
    return Shown(data, {"choices": CHOICES})


def all_talks(asked: Asked) -> Shown:
    """/talks"""
    return Shown(talks.listing(asked.store, asked.state), {"sorts": talks.SORTS})


def all_actors(asked: Asked) -> Shown:
    """/actors"""
    return Shown(actors.listing(asked.store, asked.state), {"sorts": actors.SORTS})


def actor(asked: Asked) -> Shown:
    """/actor/KEY"""
    key = asked.parts["key"]
    data = actors.one(asked.store, key)
    if data is None:
        raise NotFound(f"No actor '{key}' in this record; find one at /actors.")
    data["thread"] = thread(asked.store, "actor", data["actor"]["key"])
    return Shown(data, {"alike": actors.suggestions(asked.store, data["actor"]["key"])})


NETWORK_KNOWN = (*events.LIST.known, "nodes", "tie")


def network(asked: Asked) -> Shown:
    """/network: the actors with most events under the filters, and their ties."""
    snapshot = asked.store.columns
    tie = asked.state.one("tie")
    if tie is not None and tie not in events.QUAD_NAMES:
        raise UsageError(f"tie: '{tie}' is unknown; choose from {', '.join(events.QUAD_NAMES)}")
    nodes = asked.state.whole("nodes", dyads.NODES, 5, 150)

    def made() -> dict[str, Any]:
        filters = events.chosen(asked.store, snapshot, asked.state)
        filters.dimension("tie", [tie] if tie else [], "quad")
        return dyads.network(snapshot, filters.total(), nodes)

    found = snapshot.memo(("network", nodes, filters_of(asked.state)), made)
    return Shown({**found, "as_of": snapshot.made}, {"classes": events.QUAD_NAMES})


def the_map(asked: Asked) -> Shown:
    """/map: where the events under the filters took place."""
    snapshot = asked.store.columns
    filters = events.chosen(asked.store, snapshot, asked.state)
    mask = filters.total()
    return Shown(
        {
            "quads": events.QUAD_NAMES, "places": events.places(snapshot, mask), "events": int(mask.sum()),
            "placed": int((mask & (snapshot.events.dimensions["place"].codes >= 0)).sum()), "as_of": snapshot.made,
        }
    )  # fmt: skip


def routes() -> list[BaseRoute]:
    """The routes of this group."""
    return [
        *page("/dyad/{a}/{b}", "dyad.html", dyad),
        *page("/talks", "talks.html", all_talks, talks.LIST.known),
        *page("/talks/{id}", "talk.html", talk, ("a", "b")),
        *page("/actors", "actors.html", all_actors, actors.KNOWN),
        *page("/actor/{key}", "actor.html", actor),
        *page("/network", "network.html", network, NETWORK_KNOWN),
        *page("/map", "map.html", the_map, events.LIST.known),
    ]
