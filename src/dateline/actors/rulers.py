"""Names that the day decides: armed groups that rule, and leaders known by their last name alone."""

from __future__ import annotations

import datetime
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from dateline.actors.cluster import Book
from dateline.actors.entry import Entry
from dateline.actors.mentions import Mention
from dateline.actors.names import parts, without_initials
from dateline.actors.registry import Match, Registry, load
from dateline.actors.stack import entry_files
from dateline.actors.templates import Links


def rulers(
    book: Book, named: list[Mention], described: list[Mention], on: datetime.date | None, known: Registry
) -> None:
    """An armed group that holds the government of a country is that state from then on (the Taliban since 2021).

    Where the article has no day, a text that tells the country's government from the group speaks of the time before:
    the group is then what it was before it ruled.
    """
    apart = {
        country
        for role in described
        if role.role in ("government", "president") and len(role.countries) == 1
        and not (role.owner is not None and role.owner.kind == "armed group")
        for country in role.countries
    }  # fmt: skip
    for mention in named:
        match = mention.matches[0]
        if match.kind != "armed group" or match.sector != "GOV" or not match.active or "PRE" in match.other:
            continue
        state = known.get(match.country.lower())
        if state is None or state.kind != "country":
            continue
        if on is None and match.country in apart:
            before = [s for s in match.entry.spells if s is not match.spell]
            if before:
                last = before[-1]
                mention.matches = (replace(match, sector=last.sector, other=last.other, spell=last),)
                mention.sector = last.sector
        elif on is None or (match.spell is not None and match.spell.covers(on)):
            ruling = known.at(state, on)
            mention.matches, mention.kind, mention.form = (replace(ruling, sense="name"),), ruling.kind, "name"
            mention.sector = ruling.sector


@cache
def _by_last_name(files: tuple[Path, ...]) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, set[Entry]] = {}
    for entry in load(files).entries.values():
        if entry.kind == "person":
            for name in entry.names:
                found.setdefault(parts(name)[-1], set()).add(entry)
    return {name: tuple(sorted(entries, key=lambda e: e.id)) for name, entries in found.items()}


def known_person(
    group: Sequence[Mention],
    links: Links,
    known: Registry,
    on: datetime.date | None,
    told: Container[str] | None,
    spoken: Container[str] | None = None,
) -> Match | None:
    """The registry's person whom a group of mentions names: by a full name, else by the last name where the text gives
    no more and the office given is theirs on the day, or nobody else in the registry has that name and they are of a
    country that the text tells of (`told`; None for any). Without a day the office may be any that they have held, in a
    country of `spoken` (None for any)."""
    for name in dict.fromkeys(name for m in group for name in (m.name, without_initials(m.name))):
        for match in known.lookup(name, on):
            if match.kind == "person":
                return match
    if any(len(parts(m.name)) > 1 for m in group):
        return None
    gender = next((m.gender for m in group if m.gender), None)
    roles = {m.role.lower() for m in group if m.role}
    roles |= {role.role for m in group for role in links.roles.get(id(m), ()) if role.role}
    same = [
        known.at(e, on)
        for name in parts(group[0].name)[-1:]  # none is left of a suffix alone ("Jr.")
        for e in _by_last_name(entry_files()).get(name, ())
        if gender is None or e.gender is None or e.gender == gender
    ]
    active = [m for m in same if m.active and m.sector in ("GOV", "LEG", "MIL", "REB")] or same
    fitting = [m for m in active if m.role and any(r in m.role.lower() or m.role.lower() in r for r in roles)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting and on is None and roles and (held := _in_office(same, roles, known)) is not None:
        return held if spoken is None or held.country in spoken else None
    lone = active[0] if len(active) == 1 and not roles else None
    return lone if lone is None or told is None or lone.country in told else None


def _in_office(people: Sequence[Match], roles: Container[str], known: Registry) -> Match | None:
    """The one of some people who has held an office of these names, as of that time."""
    held = [
        known.at(person.entry, spell.start)
        for person in people
        for spell in person.entry.spells
        if spell.start is not None and spell.role is not None and spell.role.lower() in roles
    ]
    return held[-1] if len({match.entry.id for match in held}) == 1 else None
