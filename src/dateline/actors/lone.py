"""Last names and first names that stand alone: whose they are, where the recogniser saw a body, a state or nothing."""

from __future__ import annotations

import datetime

from dateline.actors.home import home
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention, cover_of
from dateline.actors.names import given_names, parts
from dateline.actors.registry import Registry
from dateline.actors.rulers import known_person
from dateline.actors.seeming import titled
from dateline.actors.templates import Links
from dateline.actors.view import HYPHENS, View

_SPOKEN_OF = frozenset({"of", "in", "to", "from", "into", "across", "inside", "outside"})
"""Prepositions after which a state's name is a state."""


_SHARED = frozenset({"country", "government", "population", "media", "company", "organisation"})
"""Kinds of those whose one-word names are last names, too."""


def without_surnames(seen: View, named: list[Mention], people: list[Mention]) -> list[Mention]:
    """The registry's names without lone ones that are the last name of somebody named in full before: "Cuban said" of Mark Cuban;
    "Jordan said" of Jim Jordan, unless the text speaks of that state too."""
    full: dict[str, int] = {}
    for person in people:
        own = parts(person.name)
        if len(own) > 1:
            full.setdefault(own[-1], person.first)
    if not full:
        return named

    def borne(m: Mention) -> bool:
        return m.last - m.first == 1 and full.get(seen.plain[m.first].lower(), m.first) < m.first

    def alone(m: Mention) -> bool:
        return not m.modifier and not any(
            seen.dep[c.i] in ("det", "amod", "nummod") for c in seen.doc.spacy[m.head].children
        )

    def state(m: Mention) -> bool:
        above = seen.head[m.head]
        return not borne(m) or m.place or (seen.dep[m.head] == "pobj" and seen.lower[above] in _SPOKEN_OF)

    told = {m.matches[0].entry.id for m in named if m.form == "name" and state(m)}
    return [
        m for m in named
        if not (borne(m) and alone(m) and m.form != "adjective" and m.matches[0].kind in _SHARED)
        or (m.form == "name" and m.matches[0].entry.id in told)
    ]  # fmt: skip


def leaders(
    seen: View, named: list[Mention], people: list[Mention], known: Registry, on: datetime.date | None
) -> list[Mention]:
    """Leaders by their last name alone that the recogniser took for bodies, or missed here and saw elsewhere, of the
    publisher's country or one told of."""
    taken = cover_of(seen, [*named, *people])
    told = {code for code in (home(seen.doc.article), *(m.country for m in named)) if code}
    bodies = {ent.start for ent in seen.doc.spacy.ents if ent.label_ == "ORG" and len(ent) == 1}
    longer = {t.i for ent in seen.doc.spacy.ents if len(ent) > 1 for t in ent}
    alone = {p.name for p in people if " " not in p.name}
    found = []
    for at in range(len(seen)):
        missed = seen.text[at] in alone and seen.pos[at] == "PROPN"
        if not (at in bodies or missed) or taken[at] is not None or not seen.text[at].istitle():
            continue
        if at in longer and not titled(seen, at):
            continue
        person = Mention("person", at, at + 1, at, at, seen.text[at], "person", origin="ner")
        match = known_person([person], Links(), known, on, told)
        if match is not None and match.active:
            found.append(person)
    return found


def surnames(seen: View, people: list[Mention], cover: list[Mention | None]) -> list[Mention]:
    """Lone last names of people named in full, where the entity recogniser saw none or another kind, and first names where
    it saw a body."""
    last: dict[str, Mention] = {}
    given = given_names(people)
    for person in people:
        own = parts(person.name)
        if len(own) > 1 and len(own[-1]) > 2:
            last.setdefault(own[-1], person)
    found = []
    for i in range(len(seen)):
        word = seen.plain[i].lower()
        body = word in given and seen.doc.spacy[i].ent_type_ == "ORG" and not _inner(seen, i)
        if (
            (word in last or body)
            and cover[i] is None
            and seen.text[i][0].isupper()
            and seen.pos[i] in ("PROPN", "NOUN", "ADJ", "X", "VERB")
        ):
            first = i
            while first > 1 and seen.text[first - 1] in HYPHENS and seen.lower[first - 2] in lexicon().particles:
                first -= 2  # "El-Noury"
            mention = Mention("person", first, i + 1, i, first, seen.string(first, i + 1), "person", origin="surname")
            cover[first : i + 1] = [mention] * (i + 1 - first)
            found.append(mention)
    return found


def _inner(seen: View, token: int) -> bool:
    """Whether a token stands in an entity of more than one word."""
    spacy = seen.doc.spacy
    return spacy[token].ent_iob_ == "I" or (token + 1 < len(spacy) and spacy[token + 1].ent_iob_ == "I")
