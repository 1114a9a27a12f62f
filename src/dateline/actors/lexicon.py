"""The word lists of resolution, read once from `actors/data/resolve.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any

from dateline.actors.entry import SECTORS
from dateline.actors.fold import plain
from dateline.errors import DataError
from dateline.model import Sector


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of `resolve.toml`, by its own names; `plain` forms in lower case."""

    no_one: frozenset[str]
    counter: frozenset[str]
    state_heads: frozenset[str]
    state_anaphors: frozenset[str]
    spoken_for: frozenset[str]
    manifold: frozenset[str]
    documents: frozenset[str]
    leads: frozenset[str]
    presiding: frozenset[str]
    spokespeople: frozenset[str]
    kin: frozenset[str]
    captives: frozenset[str]
    beside_captives: frozenset[str]
    struck: frozenset[str]
    sending: frozenset[str]
    serving: frozenset[str]
    outposts: frozenset[str]
    clergy: frozenset[str]
    moved: frozenset[str]
    arms: frozenset[str]
    aircraft: frozenset[str]
    flown: frozenset[str]
    firms_too: frozenset[str]
    held: frozenset[str]
    ranks: frozenset[str]
    former: frozenset[str]
    locatives: frozenset[str]
    settlements: frozenset[str]
    municipal: frozenset[str]
    schools: frozenset[str]
    trusting: frozenset[str]
    sites: frozenset[str]
    motion: frozenset[str]
    speech: frozenset[str]
    actions: frozenset[str]
    pairing: frozenset[str]
    go_betweens: frozenset[str]
    paired: frozenset[str]
    paired_alone: frozenset[str]
    paired_own: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    given_titles: frozenset[str]
    not_names: frozenset[str]
    things: frozenset[str]
    ailments: frozenset[str]
    storms: frozenset[str]
    not_bodies: frozenset[str]
    nobody: frozenset[str]
    resuming: frozenset[str]
    federal: frozenset[str]
    namesakes: frozenset[str]
    elected: frozenset[str]
    any_seat: frozenset[str]
    counties: frozenset[str]
    tenures: frozenset[str]
    naming: frozenset[str]
    ministries: frozenset[str]
    departments: frozenset[str]
    states_of: frozenset[str]
    body_ends: frozenset[str]
    streets: frozenset[str]
    un_bodies: frozenset[str]
    openers: frozenset[str]
    source_marks: frozenset[str]
    source_nouns: frozenset[str]
    expertise: frozenset[str]
    sent: frozenset[str]
    students: frozenset[str]
    advising: frozenset[str]
    convictions: frozenset[str]
    creeds: frozenset[str]
    relations: frozenset[str]
    hosts: frozenset[str]
    abroad: frozenset[str]
    belonging: frozenset[str]
    own_bodies: frozenset[str]
    possessives: frozenset[str]
    employed: frozenset[str]
    worldwide: frozenset[str]
    not_actors: frozenset[str]
    portfolios: frozenset[str]
    seconds: frozenset[str]
    sole_offices: frozenset[str]
    standing: frozenset[str]
    trades: frozenset[str]
    stood_for: frozenset[str]
    posts: frozenset[str]
    numbers: frozenset[str]
    mass: frozenset[str]
    impersonal: frozenset[str]
    opinions: frozenset[str]
    stations: frozenset[str]
    polls: frozenset[str]
    either: Mapping[str, str]
    members: Mapping[str, frozenset[str]]
    party_words: Mapping[str, str]
    qualifiers: Mapping[str, Sector]
    body_words: Mapping[str, Sector]
    chambers: Mapping[str, Sector]
    national_offices: Mapping[str, str]
    not_offices: Mapping[str, frozenset[str]]
    agencies: Mapping[str, str]
    short_states: Mapping[str, str]
    postal_states: Mapping[str, str]
    short_titles: Mapping[str, str]
    stands_for: Mapping[str, frozenset[str]]
    plain_before: Mapping[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """The lists. Raises DataError where a list is missing, unknown, or not of words."""
    where = "actors/data/resolve.toml"
    table = tomllib.loads((resources.files("dateline.actors") / "data" / "resolve.toml").read_text(encoding="utf-8"))
    forms = {field.name: str(field.type) for field in fields(Lexicon)}
    if wrong := forms.keys() ^ table.keys():
        raise DataError(f"{where}: the lists must be {', '.join(sorted(forms))}; wrong: {', '.join(sorted(wrong))}")
    lists: dict[str, Any] = {}
    for name, words in table.items():
        form = forms[name]
        if form == "frozenset[str]" and _words(words):
            lists[name] = frozenset(plain(word).lower() for word in words)
        elif form == "Mapping[str, Sector]" and isinstance(words, dict):
            if wrong_sectors := set(words.values()) - SECTORS:
                raise DataError(f"{where}: '{name}' holds what is no PLOVER sector: {wrong_sectors}")
            lists[name] = words
        elif form == "Mapping[str, str]" and isinstance(words, dict) and _words(list(words.values())):
            lists[name] = {plain(word).lower(): value for word, value in words.items()}
        elif form == "Mapping[str, frozenset[str]]" and isinstance(words, dict) and all(map(_words, words.values())):
            lists[name] = {word: frozenset(meant) for word, meant in words.items()}
        else:
            raise DataError(f"{where}: '{name}' must be {_FORMS[form]}")
    return Lexicon(**lists)


_FORMS = {
    "frozenset[str]": "a list of words",
    "Mapping[str, Sector]": "a table of words and their sectors",
    "Mapping[str, str]": "a table of words and a word for each",
    "Mapping[str, frozenset[str]]": "a table of words and lists of words",
}
"""How the lists are written in the file, by how `Lexicon` holds them."""


def _words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)
