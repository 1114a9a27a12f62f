"""The names of those who are described as somebody's: "his campaign" is the campaign of who "he" is.

A record is read without its article, and "his campaign" of one article is not that of another.
"""

from __future__ import annotations

from dataclasses import replace

from dateline.actors.actors import Actors
from dateline.actors.fold import fold
from dateline.actors.lexicon import lexicon
from dateline.model import Actor


def named_by_owner(actors: Actors) -> Actors:
    """The actors, those described with a possessive pronoun named by its owner where coreference tells who that is."""
    return replace(actors, actors=tuple(_named(a, actors) for a in actors.actors))


def of_owner(actors: Actors, name: str, start: int) -> str:
    """The name of a description at an offset, its possessive pronoun replaced by who that is where that one has a name of
    its own; else as it is."""
    opening = _opening(name)
    if opening is None:
        return name
    where = next((w for w in actors.places if (w.start, w.end) == (start, start + len(opening))), None)
    owner = actors.actors[where.actor] if where is not None else None
    if owner is None or owner.origin in ("described", "group"):
        return name
    possessive = owner.name + ("’" if owner.name.endswith("s") else "’s")
    return f"{possessive} {name[len(opening) :].strip().removeprefix('own ')}"


def _named(actor: Actor, actors: Actors) -> Actor:
    """An actor under its owner's name; where its mentions tell of several owners it keeps the pronoun."""
    opening = _opening(actor.name)
    if opening is None or actor.origin != "described":
        return actor
    told = {of_owner(actors, actor.name, s.start) for s in actor.mentions if s.text.lower().startswith(f"{opening} ")}
    if len(told) != 1:
        return actor
    (name,) = told
    return replace(actor, name=name, key=f"{fold(name).lower()}|{actor.country or ''}")


def _opening(name: str) -> str | None:
    """The possessive pronoun that a name opens with."""
    first, _, rest = name.lower().partition(" ")
    return first if rest and first in lexicon().possessives else None
