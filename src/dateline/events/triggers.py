"""The words that may name an event, found in the parse (codebook/triggers.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from dateline.errors import DataError
from dateline.model import EVENT_TYPES, MODES

if TYPE_CHECKING:
    from spacy.tokens import Token

FILE = "events/codebook/triggers.toml"
LISTS = ("verbs", "inverse", "nouns", "together")

_BESIDE_VERB = {"prt", "prep", "dobj", "dative", "attr", "acomp", "xcomp", "ccomp", "advmod", "oprd", "npadvmod", "nsubjpass", "agent", "intj"}  # fmt: skip
"""Children of a verb in which the second word of an entry ("call for", "impose sanction") is looked for."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One reading of a predicate: `inverse` if its subject is the recipient, `together` if its parties act on each other.

    `specific`: the entry also asked for a second word, so it says more. `own`: the type of the user's codebook whose word it is;
    `type` is then the nearest of the 16, or "".
    """

    type: str
    mode: str | None
    inverse: bool = False
    together: bool = False
    specific: bool = False
    own: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lists: with `second`, one of these lemmas must stand beside the predicate."""

    second: frozenset[str]
    trigger: Trigger


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by the predicate's lemma."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]


_OWN: ContextVar[Lexicon | None] = ContextVar("own lexicon", default=None)


def use(own: Lexicon | None) -> None:
    """Let a lexicon (the shipped one grown by a user's words: `joined`) stand in this thread; None for the one that ships."""
    _OWN.set(own)


def load() -> Lexicon:
    """The lexicon in force in this thread."""
    return _OWN.get() or shipped()


def joined(base: Lexicon, more: Lexicon) -> Lexicon:
    """Two lexicons as one."""
    verbs = {k: base.verbs.get(k, ()) + more.verbs.get(k, ()) for k in {**base.verbs, **more.verbs}}
    nouns = {k: base.nouns.get(k, ()) + more.nouns.get(k, ()) for k in {**base.nouns, **more.nouns}}
    return Lexicon(verbs, nouns)


@cache
def shipped() -> Lexicon:
    """The list that ships. Raises DataError naming the key and the entry at fault."""
    text = resources.files("dateline").joinpath(FILE).read_text(encoding="utf-8")
    return parse(tomllib.loads(text), FILE)


def parse(table: Mapping[str, Any], where: str) -> Lexicon:
    """Build a lexicon from its TOML table. Raises DataError (file, key) for an unknown type, mode, list or a bad entry."""
    verbs: dict[str, list[Entry]] = {}
    nouns: dict[str, list[Entry]] = {}
    together = _together(table, where)
    for type_, modes in table.items():
        for mode, lists in modes.items():
            fill(verbs, nouns, lists, Trigger(type_, None if mode == "any" else mode), together.get(type_, set()))
    return Lexicon({k: tuple(v) for k, v in verbs.items()}, {k: tuple(v) for k, v in nouns.items()})


def fill(
    verbs: dict[str, list[Entry]],
    nouns: dict[str, list[Entry]],
    lists: Mapping[str, Iterable[str]],
    reading: Trigger,
    together: Collection[str],
) -> None:
    """Add the words of one table's lists, each as this reading."""
    for name in ("verbs", "inverse", "nouns"):
        for text in lists.get(name, ()):
            first, second = _split(text, nominal=name == "nouns")
            trigger = replace(reading, inverse=name == "inverse", together=text in together, specific=bool(second))
            (nouns if name == "nouns" else verbs).setdefault(first, []).append(Entry(frozenset(second), trigger))


def _together(table: Mapping[str, Any], where: str) -> dict[str, set[str]]:
    """The reciprocal entries by type; checks the whole table on the way."""
    found: dict[str, set[str]] = {}
    for type_, modes in table.items():
        if type_ not in EVENT_TYPES:
            raise DataError(f"{where}: [{type_}] is no type; the types are {', '.join(EVENT_TYPES)}")
        if not isinstance(modes, Mapping):
            raise DataError(f"{where}: [{type_}] must hold tables, one a mode, or 'any'")
        for mode, lists in modes.items():
            if mode != "any" and mode not in MODES.get(type_, ()):
                raise DataError(f"{where}: [{type_}.{mode}] is no mode of {type_}; write 'any' where no mode fits")
            for name, entries in lists.items():
                if name not in LISTS:
                    raise DataError(f"{where}: [{type_}.{mode}] {name}: unknown list; the lists are {', '.join(LISTS)}")
                if not isinstance(entries, list) or not all(
                    isinstance(e, str) and e == e.lower() and e for e in entries
                ):
                    raise DataError(f"{where}: [{type_}.{mode}] {name} must be a list of lower-case strings")
            found.setdefault(type_, set()).update(lists.get("together", ()))
    return found


def _split(text: str, nominal: bool) -> tuple[str, list[str]]:
    """The predicate's lemma and the lemmas beside it: a noun's head is its last word, a verb its first."""
    words = text.split()
    if nominal:
        return words[-1], [w for w in words[:-1] if w != "of"]
    return words[0], [w for word in words[1:] for w in word.split("|")]


def read(token: Token, lexicon: Lexicon | None = None) -> tuple[Trigger, ...]:
    """The readings of one token as a predicate, the specific ones first; empty if it names no event."""
    lexicon = lexicon or load()
    part = token.pos_
    if part in ("VERB", "AUX") or (part == "ADJ" and token.dep_ in ("ROOT", "acomp", "conj", "ccomp")):
        entries, beside = lexicon.verbs.get(token.lemma_.lower(), ()), _beside_verb
    elif part in ("NOUN", "PROPN"):
        entries, beside = lexicon.nouns.get(token.lemma_.lower(), ()), _beside_noun
    else:
        return ()
    if not entries:
        return ()
    words = set(beside(token))
    found = [e.trigger for e in entries if not e.second or e.second & words]
    return tuple(sorted(dict.fromkeys(found), key=lambda t: not t.specific))


def _beside_verb(token: Token) -> Iterator[str]:
    for child in token.children:
        if child.dep_ == "xcomp" and any(c.dep_ == "neg" for c in child.children):
            yield "not"  # "promised not to attack" is no threat
        elif child.dep_ in _BESIDE_VERB:
            yield from _phrase(child)
        elif child.dep_ == "neg":
            yield "not"
    if token.dep_ in ("relcl", "acl"):
        yield token.head.lemma_.lower()
    if token.dep_ == "conj" and token.head.pos_ == "VERB":
        for child in token.head.children:
            if child.dep_ in ("prt",):
                yield child.lemma_.lower()


def _phrase(child: Token) -> Iterator[str]:
    yield child.lemma_.lower()
    for below in child.children:
        if below.dep_ in ("pobj", "conj", "compound", "amod", "dobj", "pcomp", "prt", "prep", "nsubj", "attr"):
            yield below.lemma_.lower()
            if below.dep_ in ("pobj", "dobj", "conj", "pcomp", "prep"):
                for deeper in below.children:
                    if deeper.dep_ in ("conj", "dobj", "compound", "amod", "pobj"):
                        yield deeper.lemma_.lower()


def _beside_noun(token: Token) -> Iterator[str]:
    for child in token.children:
        if child.dep_ in ("compound", "amod", "nmod", "det", "prep"):
            yield child.lemma_.lower()
            for below in child.children:
                if below.dep_ in ("pobj", "compound", "amod"):
                    yield below.lemma_.lower()


def types(triggers: Iterable[Trigger]) -> frozenset[str]:
    """The types that the readings propose."""
    return frozenset(t.type for t in triggers)
