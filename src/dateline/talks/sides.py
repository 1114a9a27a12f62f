"""Who can be a party, for whom a person stands, and which actor of a side the record names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.actors import Actors
from dateline.model import Actor
from dateline.talks.lexicon import load

Side = tuple[str, str]
"""A side of talks: ("state", country), ("body", country or id) for bodies of states, ("group", id), ("person", id)."""

STATE: frozenset[str | None] = frozenset({"GOV", "MIL", "SPY", "COP"})
"""Sectors of those who act for their state. Legislators and judges speak for themselves."""
FIGHTING: frozenset[str | None] = frozenset({"REB", "UAF", "SEP"})
POLITICAL: frozenset[str | None] = frozenset({*STATE, *FIGHTING, "OPP", "PTY", "LEG", "LAB", "ELI", "REF", "CVL"})
"""Sectors whose talks are of the record's kind, at least one of them at the table."""
OUTSIDE: frozenset[str | None] = frozenset({"JRN", "BUS", "MED", "EDU", "JUD", "CRM"})
"""Sectors of those who meet people without negotiating: reporters, firms, doctors, judges."""
KINDS = {"government", "country", "person", "organisation", "armed group", "igo", "ngo"}
INSTITUTIONS = {"government", "country", "armed group", "igo", "organisation"}


@dataclass(slots=True)
class Sides:
    """Looks up sides of one article's actors."""

    actors: Actors
    table: dict[str, Actor] = field(init=False)
    _known: dict[str, Side | None] = field(init=False)

    def __post_init__(self) -> None:
        self.table = {actor.id: actor for actor in self.actors.actors}
        self._known = {}

    def of(self, identity: str) -> Side | None:
        """The side of an actor; None for one that can be no party."""
        if identity not in self._known:
            self._known[identity] = self._find(self.table[identity]) if identity in self.table else None
        return self._known[identity]

    def all(self, ids: Iterable[str]) -> set[Side]:
        """The sides of several actors."""
        return {side for i in ids if (side := self.of(i)) is not None}

    def each(self, ids: Iterable[str]) -> dict[Side, list[str]]:
        """Several actors by their sides, in the order in which the sides come first."""
        found: dict[Side, list[str]] = {}
        for identity in ids:
            side = self.of(identity)
            if side is not None:
                found.setdefault(side, []).append(identity)
        return found

    def political(self, identity: str) -> bool:
        """Whether an actor is one whose talks the record keeps."""
        actor = self.table[identity]
        if actor.kind == "person" and actor.sector == "CVL":
            return False  # two neighbours who meet
        return actor.kind in ("government", "country", "armed group", "igo") or actor.sector in POLITICAL

    def private(self, ids: Iterable[str]) -> bool:
        """Whether one of several is a person of no political calling."""
        return any(self.table[i].kind == "person" and not self.political(i) for i in ids)

    def apart(self, ids: Iterable[str], start: int, end: int) -> list[str]:
        """Several actors of a sentence without bodies described by the name of another of them: "the Senate leadership" and the
        Senate are one."""
        spans = {i: [m for m in self.table[i].mentions if start <= m.start < end] for i in ids if i in self.table}

        def holds(outer: str, inner: str) -> bool:
            return any(a.start <= b.start and b.end < a.end for a in spans[outer] for b in spans[inner])

        def by_another(one: str) -> bool:
            vague = self.table[one].origin == "described" and self.table[one].kind != "person"
            return vague and any(o != one and self.table[o].origin != "described" and holds(one, o) for o in spans)

        return [i for i in spans if not by_another(i)]

    def _find(self, actor: Actor) -> Side | None:
        if actor.members or actor.sector in OUTSIDE:
            return None
        if actor.kind in ("government", "country"):
            if actor.origin == "described" and actor.name.lower().endswith("governments"):
                return None  # "the two governments" are two
            return ("state", actor.country) if actor.country else ("group", actor.id)
        if actor.kind == "igo":
            return ("body", actor.country if actor.country not in (None, "IGO") else actor.id)
        if actor.kind == "population":
            return self._population(actor)
        if actor.kind not in KINDS:
            return None
        owner = self.table.get(actor.affiliation or "")
        if actor.kind == "person":
            return self._person(actor, owner)
        if actor.sector in STATE and actor.country and actor.kind != "armed group":
            return ("body" if len(actor.country) == 3 and actor.country in _BODIES else "state", actor.country)
        if (
            actor.origin == "described"
            and owner is not None
            and owner.kind == "person"
            and owner.affiliation != actor.id
        ):
            return (
                self.of(owner.id) if actor.name.lower().split()[-1] in load().meeting["camps"] else ("group", actor.id)
            )
        return ("group", actor.id)

    def _person(self, actor: Actor, owner: Actor | None) -> Side:
        """A person stands for the body that he belongs to, an official for his state, a rebel for the only group that
        the article names of his country."""
        if actor.country in _BODIES and actor.sector in STATE:
            return ("body", actor.country)
        if owner is not None and owner.kind in INSTITUTIONS and owner.sector not in OUTSIDE:
            side = self.of(owner.id) if owner.affiliation != actor.id else None
            if side is not None:
                return side
        if actor.sector in STATE and actor.country:
            return ("state", actor.country)
        if actor.sector in FIGHTING | {"PTY", "OPP"} and actor.country:
            groups = [a for a in self.actors.actors if a.kind == "armed group" and a.country == actor.country]
            if len(groups) == 1:
                return ("group", groups[0].id)
        return ("person", actor.id)

    def _population(self, actor: Actor) -> Side | None:
        """Officials in the plural stand for their state, rebels for their group; a people only by its registered name."""
        if actor.sector in STATE and actor.country:
            return ("body" if actor.country in _BODIES else "state", actor.country)
        owner = self.table.get(actor.affiliation or "")
        if owner is not None and owner.kind in INSTITUTIONS and owner.affiliation != actor.id:
            return self.of(owner.id)
        if actor.sector in FIGHTING:
            groups = [
                a for a in self.actors.actors
                if a.kind == "armed group" and (a.country == actor.country or actor.country is None)
            ]  # fmt: skip
            if len(groups) > 1:  # "the rebels" are those named before
                groups = [a for a in groups if a.mentions[0].start < actor.mentions[0].start]
            return ("group", groups[0].id) if len(groups) == 1 else ("group", actor.id)
        if actor.sector in POLITICAL - {"CVL"} - STATE:
            return ("group", actor.id)
        if actor.origin == "registry" and actor.country:
            return ("state", actor.country)  # "Israel and the Palestinians"
        return None

    def name(self, side: Side, ids: list[str]) -> list[str]:
        """Which of the actors named for one side the record lists: the institution if the first mention names it, else
        the people; never both. The state itself stands in for its unnamed officials."""
        first = self.table[ids[0]]
        if first.kind == "person":
            people = list(dict.fromkeys(i for i in ids if self.table[i].kind == "person"))
            named = [i for i in people if self.table[i].origin != "described"]
            return named or people  # "X, the deputy leader of the group" is one
        institutions = [i for i in ids if self.table[i].kind in INSTITUTIONS]
        if side[0] == "group" and side[1] in self.table:
            return [side[1]]
        if side[0] == "state":
            states = [a for a in self.actors.actors if a.kind in ("government", "country") and a.country == side[1]]
            state = next((a.id for a in states if a.id in ids), None)
            state = state or next((a.id for a in states if a.registry_id == side[1].lower()), None)
            if state is not None and not (institutions and institutions[0] != state and first.kind != "population"):
                return [state]
        return [institutions[0] if institutions else ids[0]]


_BODIES = frozenset({"UNO", "EUR", "IGO"})
"""Codes of bodies of states where a country's code would stand."""
