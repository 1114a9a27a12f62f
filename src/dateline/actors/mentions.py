"""A mention, and the names of the registry in a text."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from dateline.actors.fold import plain
from dateline.actors.registry import Match, Registry, load
from dateline.actors.stack import entry_files, role_files
from dateline.actors.view import Phrases, View
from dateline.actors.words import Role, roles, titles
from dateline.model import ActorKind, Sector

Form = Literal["name", "adjective", "demonym", "capital", "metonym", "person", "body", "role", "group", "pronoun"]


@dataclass(slots=True, eq=False)
class Mention:
    """A candidate. `first:last` are its tokens, `head` its head token; `left` the token where its noun phrase begins.

    `modifier`: it only qualifies another mention ("Turkish" in "Turkish officials") and is no mention of its own. `place`, `thing`: it is
    where something is, or what pronouns may mean, and no actor.
    """

    form: Form
    first: int
    last: int
    head: int
    left: int
    name: str
    kind: ActorKind = "other"
    country: str | None = None
    sector: Sector | None = None
    other: tuple[Sector, ...] = ()
    matches: tuple[Match, ...] = ()
    role: str | None = None
    role_data: Role | None = None
    gender: Literal["m", "f"] | None = None
    plural: bool = False
    definite: bool = False
    modifier: bool = False
    former: bool = False
    origin: str = ""
    owner: Mention | None = None
    right: int = 0
    owner_pronoun: int | None = None
    place: bool = False
    thing: bool = False
    led: bool = False
    mark: str = ""
    stop: int = 0
    reach: tuple[int, int] | None = None
    abroad: bool = False
    countries: set[str] = field(default_factory=set)
    elsewhere: set[str] = field(default_factory=set)


def registry_phrases() -> Phrases:
    """The names of the registry in force, for scanning."""
    return _registry_phrases(entry_files())


@cache
def _registry_phrases(files: tuple[Path, ...]) -> Phrases:
    return Phrases.of(list(load(files).index))


def role_phrases() -> Phrases:
    """The role nouns in force, for scanning."""
    return _role_phrases(role_files())


@cache
def _role_phrases(files: tuple[Path, ...]) -> Phrases:
    return Phrases.of(list(roles(files)))


_NOUNISH = frozenset({"NOUN", "PROPN", "ADJ", "X", "INTJ", "NUM"})


def scan_registry(seen: View, on: datetime.date | None, registry: Registry) -> list[Mention]:
    """Names of the registry, longest match first, left to right."""
    phrases, found, i = registry_phrases(), [], 0
    while i < len(seen):
        hit = phrases.longest_at(seen, i, cased=True) if seen.plain[i] else None
        if hit is None or not _named(seen, i, hit[0]):
            i += 1
            continue
        last = hit[0]
        matches = registry.lookup(seen.string(i, last), on)
        if matches and not _overseas(seen, i):
            found.append(_registered(seen, i, last, matches))
            i = last
        else:
            i += 1
    return found


def _overseas(seen: View, first: int) -> bool:
    """Whether a name stands in one called after it: "England" in "New England"."""
    return first > 0 and seen.text[first - 1] == "New" and seen.doc.spacy[first].ent_iob_ == "I"


def _named(seen: View, first: int, last: int) -> bool:
    """Whether the tokens are written as a name: with a capital, and a lone word not as another part of speech."""
    text = seen.string(first, last)
    if not any(c.isupper() for c in text):
        return False
    if any(c.isdigit() for c in text) and all(seen.doc.spacy[k].ent_type_ == "DATE" for k in range(first, last)):
        return False  # a day, not the group that is named after it
    if last - first > 1 and seen.pos[first] == "PRON" and seen.text[first].islower():
        return False  # "our Northland policy" is of no party called so
    if last - first == 1:
        word = seen.text[first]
        if word.count(".") > 1 and seen.doc.spacy[first].ent_type_ == "PERSON":
            return False  # the initials of a name
        if word.isupper() and (tag(seen, first) or _of_party(seen, first)):
            return False
        if not (word[0].isupper() or word[0].isdigit() or not word[0].isalpha()):
            return False
        if seen.pos[first] not in _NOUNISH and len(word) <= 4:
            return False
        if (
            seen.pos[first] in ("VERB", "AUX", "ADP", "PRON", "DET", "CCONJ", "SCONJ")
            and not seen.doc.spacy[first].ent_type
        ):
            return seen.pos[first] == "VERB" and len(word) > 4
    return True


def _of_party(seen: View, token: int) -> bool:
    """Whether a pair of letters is a legislator's state: "(D-PA)"."""
    return token > 1 and seen.text[token - 1] in ("-", "–") and seen.text[token - 2].lstrip("(") in ("D", "R", "I")


def tag(seen: View, token: int) -> bool:
    """An acronym alone after the last full stop of a paragraph: the agency whose report it is."""
    before, after = token - 1, token + 1
    ends = after >= len(seen) or seen.text[after].isspace() or seen.paragraph[after] != seen.paragraph[token]
    return ends and before >= 0 and seen.paragraph[before] == seen.paragraph[token] and seen.text[before] in (".", ".”")


def _registered(seen: View, first: int, last: int, matches: tuple[Match, ...]) -> Mention:
    best = matches[0]
    form: Form = best.sense
    head = head_of(seen, first, last)
    adjective = next((m for m in matches if m.sense == "adjective"), None)
    demonym = next((m for m in matches if m.sense == "demonym"), None)
    if adjective is not None and best.sense in ("name", "adjective") and _modifies(seen, last - 1):
        best, form = adjective, "adjective"
    elif best.sense == "adjective" and demonym is not None:
        best, form = demonym, "demonym"
    return Mention(
        form, first, last, head, first, best.entry.name, best.kind, best.country, best.sector, best.other, matches,
        best.role, None, best.entry.gender, plural=form == "demonym", origin="registry",
    )  # fmt: skip


def _modifies(seen: View, token: int) -> bool:
    """Whether a word stands before the noun that it qualifies, alone or in a list ("British and Irish officials")."""
    if seen.dep[token] == "conj" and token + 1 < len(seen) and seen.pos[token + 1] in ("NOUN", "PROPN", "ADJ"):
        while seen.dep[token] == "conj" and seen.head[token] < token:
            token = seen.head[token]
        return seen.dep[token] in ("amod", "nmod") and seen.pos[token] == "ADJ" and seen.head[token] > token
    up = seen.head[token]
    return up > token and seen.dep[token] in ("amod", "compound", "nmod", "npadvmod", "nummod", "poss")


def in_list(seen: View, token: int) -> bool:
    """Whether an adjective is one of several before a plural noun, each of which names one of those meant ("Russian and
    Ukrainian negotiators")."""
    first = token
    while seen.dep[first] == "conj" and seen.head[first] < first:
        first = seen.head[first]
    noun = seen.head[first]
    if noun <= first or seen.dep[first] not in ("amod", "nmod") or seen.doc.spacy[noun].tag_ not in ("NNS", "NNPS"):
        return False
    return any(t.dep_ == "conj" and t.pos_ in ("ADJ", "PROPN") for t in seen.doc.spacy[first].children)


def head_of(seen: View, first: int, last: int) -> int:
    """The token of a stretch whose head lies outside it, the last such."""
    for token in range(last - 1, first - 1, -1):
        if not first <= seen.head[token] < last or seen.head[token] == token:
            return token
    return last - 1


def capitalised(word: str) -> bool:
    """Whether a word begins with a capital and has letters."""
    return word[:1].isupper() and any(c.isalpha() for c in word)


def plain_last(name: str) -> str:
    """The last word of a personal name, folded."""
    return plain(name).lower().split()[-1] if plain(name) else ""


def cover_of(seen: View, mentions: list[Mention]) -> list[Mention | None]:
    cover: list[Mention | None] = [None] * len(seen)
    for mention in mentions:
        for k in range(mention.first, mention.last):
            cover[k] = mention
    return cover


@cache
def bare_titles() -> frozenset[str]:
    """Titles without their full stop."""
    return frozenset(title.rstrip(".") for title in titles())
