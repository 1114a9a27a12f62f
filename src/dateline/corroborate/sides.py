"""Sides: what makes two actors of different articles one for the purpose of joining.

A minister, a ministry and a capital act for their state, so their side is its country code; rebels, parties and companies
are sides of their own, known by their key. Merges that an analyst made count (docs/record.md, identities_view).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from dateline.actors import registry
from dateline.actors.entry import Entry
from dateline.model import BODIES
from dateline.record.review import resolve

STATE_KINDS = frozenset({"government", "country"})
STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
"""Sectors whose members act for the state. Rebels, parties, the press and the opposition do not."""


COLLECTIVE = frozenset({"IGO", "NGO", "ISM", "IMG", "MNC"})
"""Codes in the place of a country that say what kind an actor is, not whose."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side as an article names it. `id`: country code of a state, else a key; `state`: whether it acts for one."""

    id: str
    name: str
    country: str | None
    state: bool
    person: str | None = None
    """The person through whom it is named, if any."""


@dataclass(frozen=True, slots=True)
class ActorNote:
    """The columns of an actor that matter here."""

    id: str
    name: str
    kind: str
    key: str
    country: str | None
    sector: str | None
    affiliation: str | None
    members: tuple[str, ...] = ()
    moved: bool = False
    """Whether an analyst says that it is the actor of `key`; kind, country and sector are then that one's, null if unknown."""


class Cast:
    """The actors of one article as sides."""

    def __init__(self, actors: Mapping[str, ActorNote]) -> None:
        self._actors = actors
        own = [a for a in actors.values() if a.country and a.kind in STATE_KINDS and not a.moved]
        self._named = {a.country: a for a in reversed(own)}

    def side(self, actor: str) -> Side:
        """The side of one actor."""
        return self._side(self._actors[actor], set())

    def sides(self, actor: str) -> tuple[Side, ...]:
        """The side of an actor, or those of its members if it stands for several ("both sides")."""
        note = self._actors[actor]
        members = [self.side(m) for m in note.members if m in self._actors and m != actor]
        return tuple({s.id: s for s in members}.values()) or (self.side(actor),)

    def note(self, actor: str) -> ActorNote:
        """The actor itself."""
        return self._actors[actor]

    def _side(self, note: ActorNote, seen: set[str]) -> Side:
        person = note.name if note.kind == "person" else None
        if note.moved and person is None:
            return Side(note.country or note.key, self._called(note), note.country, bool(note.country))
        home = self._actors.get(note.affiliation or "")
        if home is not None and home.id not in seen and note.kind not in STATE_KINDS:
            inner = self._side(home, {*seen, note.id})
            if note.kind == "person" or inner.state:
                return Side(inner.id, inner.name, inner.country, inner.state, person)
        country = note.country if note.country not in COLLECTIVE else None
        acts_for_state = note.kind in STATE_KINDS or (note.kind not in BODIES and note.sector in STATE_SECTORS)
        if country and (acts_for_state or (note.kind in BODIES and note.sector in STATE_SECTORS)):
            return Side(country, self._called(note), country, True, person)
        if person is not None and (group := _registered_home(note)) is not None:
            return Side(group.id, group.name, country, False, person)
        return Side(note.key, note.name, country, acts_for_state, person)

    def _called(self, note: ActorNote) -> str:
        """What the state of an actor is called: as the article names it, else as the registry does, where the article tells of it by
        its officials alone ("government negotiators")."""
        named = self._named.get(note.country or "")
        known = registry.load().entries.get((note.country or "").lower())
        return named.name if named else known.name if known else note.name


def _registered_home(note: ActorNote) -> Entry | None:
    """The body for which the registry has a person, although the article does not name it by itself ("the rebel leader X signed"); None
    if it has none that is a side of its own, or the person is by then of another sector."""
    entries = registry.load().entries
    body = entries.get(entries[note.key].affiliation or "") if note.key in entries else None
    if body is None or body.kind not in BODIES or note.sector not in {spell.sector for spell in body.spells}:
        return None
    return body


def cast(db: sqlite3.Connection, article: str, merges: Mapping[str, str]) -> Cast:
    """The actors of one article of the record. `merges`: keys that analysts made one (see `merges`)."""
    members: dict[str, list[str]] = {}
    for actor, member in db.execute(
        "SELECT m.actor_id, m.member_id FROM actor x JOIN actor_member m ON m.actor_id = x.id WHERE x.article_id = ? "
        "ORDER BY m.actor_id, m.position",
        (article,),
    ):
        members.setdefault(actor, []).append(member)
    split = dict(
        db.execute(
            "SELECT key, into_key FROM identity WHERE act = 'split' AND undone IS NULL AND article_id = ?", (article,)
        )
    )
    notes = {}
    for row in db.execute(
        "SELECT id, name, kind, key, country, sector, affiliation_id FROM actor WHERE article_id = ? ORDER BY row",
        (article,),
    ):
        id_, name, kind, key, country, sector, affiliation = row
        own = key or f"{name.casefold()}|{country or ''}"
        key = resolve(merges, split.get(own, own))
        if moved := key != own:
            country, affiliation = (country, affiliation) if kind == "person" else (_state(db, key), None)
        notes[id_] = ActorNote(id_, name, kind, key, country, sector, affiliation, tuple(members.get(id_, ())), moved)
    return Cast(notes)


def _state(db: sqlite3.Connection, key: str) -> str | None:
    """The country of the state that the actors of a key are, or None if they are no state."""
    row = db.execute(
        "SELECT min(country) FROM actor WHERE key = ? AND kind IN ('government', 'country')", (key,)
    ).fetchone()
    return row[0] if row else None


def merges(db: sqlite3.Connection) -> dict[str, str]:
    """The keys that analysts led into others."""
    return dict(
        db.execute("SELECT key, into_key FROM identity WHERE act = 'merge' AND undone IS NULL ORDER BY row").fetchall()
    )
