"""Party and candidacy: whom "the Republican nominee", "the Indiana governor" and "the former senator" mean.

A person's party is told by the words before the name ("Democratic Sen. Ann Low") or by `data/partisans.tsv`; a description
that names another party never means them.
"""

from __future__ import annotations

from dateline.actors import offices, seats
from dateline.actors.cluster import Book, Cluster
from dateline.actors.entry import Spell
from dateline.actors.fold import plain
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention
from dateline.actors.view import View

CALLINGS = frozenset({"BUS", "JRN", "EDU", "SOC"})
"""Sectors of what people stay by trade, whatever office they hold since: "the businessman"."""


def told_party(seen: View, mention: Mention) -> str | None:
    """The party that stands within a description, or before a name: "the GOP nominee", "Democrat Ann Low"."""
    end = mention.first if mention.form == "person" else mention.last
    words = lexicon().party_words
    return next((words[w] for w in seen.lower[mention.left : end] if w in words), None)


def party_of(seen: View, person: Cluster) -> str | None:
    """The party of a person, as the registry has it or the text tells it; None if neither does."""
    known = seats.partisans().get(person.match.entry.id) if person.match is not None else None
    return (known[0] if known else None) or next((p for m in person.mentions if (p := told_party(seen, m))), None)


def clashes(seen: View, person: Cluster, mention: Mention) -> bool:
    """Whether a description names another party than the person's, or another state than has elected them."""
    told = told_party(seen, mention)
    if seats.clashes(seen, person, mention):
        return True
    return told is not None and party_of(seen, person) not in (None, told)


def titled(book: Book, mention: Mention, country: str | None) -> Cluster | None:
    """The one person named before whom a description by candidacy or by an office of their life means."""
    if mention.role is None or mention.plural or mention.owner_pronoun is not None:
        return None
    if mention.owner is not None and mention.owner.form == "person":
        return None
    people = [
        c
        for c in book.clusters
        if c.human and not c.plural and c.origin != "described" and any(m.first < mention.first for m in c.mentions)
        and (country is None or c.country in (None, country))
        and (mention.gender is None or c.gender in (None, mention.gender))
        and not clashes(book.seen, c, mention)
    ]  # fmt: skip
    if (elected := seats.holder(book, mention, people)) is not None:
        return elected
    if offices.noun_of(mention.role) in lexicon().standing:
        return _standing(book.seen, mention, people)
    held = [c for c in people if c.match is not None and any(_has_been(book, mention, s) for s in c.match.entry.spells)]
    return held[0] if len(held) == 1 else None


def _standing(seen: View, mention: Mention, people: list[Cluster]) -> Cluster | None:
    """The candidate of the party named, for the office named; where none is named, rather the one for president."""
    party, words = told_party(seen, mention), lexicon()
    if party is None:
        return None
    office = " ".join(w for w in seen.lower[mention.left : mention.last] if w in words.stood_for)
    offered: list[tuple[Cluster, set[str]]] = []
    for person in people:
        if party_of(seen, person) == party:
            roles = {plain(r).lower() for r in offices.held(person)}
            stands = {r.rpartition(" ")[0] for r in roles if offices.noun_of(r) in words.standing}
            if stands:
                offered.append((person, stands))
    exact = [c for c, stands in offered if (office or "presidential") in stands]
    if not office and not exact:
        exact = [c for c, _ in offered]
    elif not exact and "vice" not in office:
        exact = [c for c, stands in offered if "" in stands]
    return exact[0] if len(exact) == 1 else None


def _has_been(book: Book, mention: Mention, spell: Spell) -> bool:
    """Whether an office of somebody's life is the one described: held on the day, left by then for a former one, or a
    calling. A place named must be that of the office; without one only a former office tells who it is."""
    if spell.role is None or mention.role is None:
        return False
    role, day = plain(spell.role).lower(), book.day
    same = offices.noun_of(role) == offices.noun_of(mention.role) and role.startswith(
        mention.role.removeprefix("former ")
    )
    alike = spell.sector in CALLINGS and role in lexicon().stands_for.get(offices.noun_of(mention.role), ())
    alike = alike and lexicon().trades.issuperset(
        offices.words_beside(mention, book.seen)
    )  # "the casino mogul" is another
    if not same and not alike:
        return False
    owner = mention.owner
    place = plain(book.seen.string(owner.first, owner.last)).lower() if owner is not None else ""
    here = owner is None or owner.kind == "country" or place in role or (spell.sector in CALLINGS)
    if not here:
        return False
    if mention.former:
        return day is None or (spell.end is not None and spell.end < day)
    if spell.sector in CALLINGS:
        return True
    return owner is not None and place in role and (day is None or spell.covers(day))
