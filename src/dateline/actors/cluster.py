"""The actors in the making: clusters of mentions, and the book in which resolution keeps them."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from dateline.actors.mentions import Mention
from dateline.actors.registry import Match
from dateline.actors.view import View
from dateline.model import ActorKind, Sector


@dataclass(slots=True, eq=False)
class Cluster:
    """One actor in the making. `weak` mentions count only if there is another ("in Turkey"): they make no actor."""

    name: str
    kind: ActorKind
    country: str | None = None
    sector: Sector | None = None
    other: tuple[Sector, ...] = ()
    role: str | None = None
    gender: Literal["m", "f"] | None = None
    plural: bool = False
    match: Match | None = None
    affiliation: Cluster | None = None
    leads: bool = False
    told: bool = False
    thing: bool = False
    """No actor, but what pronouns may mean"""
    members: tuple[Cluster, ...] = ()
    mentions: list[Mention] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)
    """Countries that somebody is sent to or deals with: not theirs unless the text says so."""
    phrases: set[str] = field(default_factory=set)
    origin: str = ""

    @property
    def human(self) -> bool:
        """Whether it is one person."""
        return self.kind == "person"


@dataclass(slots=True)
class Book:
    """Clusters by what they are known by, mentions to clusters, and how often each country is spoken of."""

    seen: View
    clusters: list[Cluster] = field(default_factory=list)
    entries: dict[str, Cluster] = field(default_factory=dict)
    of: dict[int, Cluster] = field(default_factory=dict)
    described: dict[tuple[str, ...], Cluster] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    namings: Counter[str] = field(default_factory=Counter)
    places: list[tuple[int, Cluster]] = field(default_factory=list)
    """Where a state is named as the place of something ("in Norland"), with its cluster"""
    regions: list[tuple[int, Match]] = field(default_factory=list)
    """Where a part of a state is named, whatever it is there"""
    told: dict[int, set[str]] = field(default_factory=dict)
    """Countries named in a sentence, by its number"""
    country: str | None = None
    day: datetime.date | None = None

    def new(self, cluster: Cluster) -> Cluster:
        """Enter a cluster."""
        self.clusters.append(cluster)
        return cluster

    def put(self, mention: Mention, cluster: Cluster) -> Cluster:
        """Let a mention be one of the cluster's."""
        cluster.mentions.append(mention)
        self.of[id(mention)] = cluster
        return cluster

    def entry(self, match: Match) -> Cluster:
        """The cluster of a registry entry, made if need be."""
        found = self.entries.get(match.entry.id)
        if found is None:
            kind = "government" if match.kind == "country" else match.kind
            found = self.entries[match.entry.id] = self.new(
                Cluster(match.entry.name, kind, match.country, match.sector, match.other, match.role,
                        match.entry.gender, match=match, origin="registry")
            )  # fmt: skip
        return found
