"""Whom a part of a country has elected: "the Vermont senator", "the Kentucky Republican".

Where somebody is elected is told by `data/partisans.tsv`, by the brackets after the name ("Ann Low (D-Ohio)") or by the words before
it ("Texas Sen. Ann Low"); a description that names another state never means them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from dateline.actors import offices
from dateline.actors.abbreviated import american_state
from dateline.actors.cluster import Book, Cluster
from dateline.actors.fold import plain
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention
from dateline.actors.registry import load
from dateline.actors.view import View
from dateline.errors import DataError

_BRACKET = re.compile(r",? ?\(?[DRI]-([A-Z][A-Za-z. ]*[a-z.]|[A-Z]{2})[),]")
_REACH = 24
"""How many characters after a name its bracket is looked for: that of the longest state."""


@cache
def partisans() -> Mapping[str, tuple[str, str | None]]:
    """The word for the party, and the state that has elected them, by the id of a person of the registry. Raises DataError."""
    path = "actors/data/partisans.tsv"
    text = (resources.files("dateline.actors") / "data" / "partisans.tsv").read_text(encoding="utf-8")
    rows = [(n, row) for n, row in enumerate(text.splitlines(), 1) if row.strip() and not row.startswith("#")]
    found: dict[str, tuple[str, str | None]] = {}
    for number, row in rows[1:]:
        person, party, state = (*row.split("\t"), "", "")[:3]
        if load().get(person) is None:
            raise DataError(f"{path}:{number}: '{person}' is nobody in the registry")
        if party not in lexicon().party_words.values():
            raise DataError(f"{path}:{number}: '{party}' is no party of 'party_words' in resolve.toml")
        if state != "-" and not any(m.entry.region for m in load().lookup(state)):
            raise DataError(f"{path}:{number}: '{state}' is no part of a state in the registry")
        found[person] = (party, None if state == "-" else plain(state).lower())
    return found


def wanted(mention: Mention, seen: View) -> str | None:
    """The part of a country that a description by an elected office names: "vermont" of "the Vermont senator"."""
    owner = mention.owner
    if mention.role is None or offices.noun_of(mention.role) not in lexicon().elected or owner is None:
        return None
    region = owner.matches and owner.matches[0].entry.region and owner.form in ("name", "adjective")
    return plain(seen.string(owner.first, owner.last)).lower() if region else None


def of(seen: View, person: Cluster) -> frozenset[str]:
    """The parts of a country that a person is told to be elected in."""
    known = partisans().get(person.match.entry.id) if person.match is not None else None
    found = {known[1]} if known is not None and known[1] else set()
    for mention in person.mentions:
        if mention.form != "person":
            continue
        end = seen.end[mention.last - 1]
        told = _BRACKET.match(seen.doc.text[end : end + _REACH])
        if told:
            state = told.group(1)
            found.add(plain(american_state(state) or american_state(f"{state}.") or state).lower())
        if mention.owner is not None and mention.owner.matches and mention.owner.matches[0].entry.region:
            found.add(plain(seen.string(mention.owner.first, mention.owner.last)).lower())
    return frozenset(found)


def clashes(seen: View, person: Cluster, mention: Mention) -> bool:
    """Whether a description names another state than those that have elected a person."""
    state = wanted(mention, seen)
    return state is not None and bool(own := of(seen, person)) and state not in own


def holder(book: Book, mention: Mention, people: list[Cluster]) -> Cluster | None:
    """The one of these people whom the state named has elected to what they are called."""
    state = wanted(mention, book.seen)
    if state is None:
        return None
    found = [c for c in people if state in of(book.seen, c) and _sits(book, c, mention)]
    return found[0] if len(found) == 1 else None


def _sits(book: Book, person: Cluster, mention: Mention) -> bool:
    """Whether a person has or had the office, as far as the registry or the text tells; a party's word or "lawmaker" is no office."""
    assert mention.role is not None
    noun = offices.noun_of(mention.role)
    if noun in lexicon().party_words or noun in lexicon().any_seat:
        return person.sector in ("LEG", "PTY", None)
    told = any(offices.noun_of(role) == noun for role in offices.held(person))
    spells = person.match.entry.spells if person.match is not None else ()
    held = [s for s in spells if s.role and offices.noun_of(plain(s.role).lower()) == noun]
    day = book.day
    return told or any(day is None or (s.covers(day) if not mention.former else True) for s in held)
