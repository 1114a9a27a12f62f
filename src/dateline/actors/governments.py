"""Descriptions that mean a state itself: "the Pakistani side", "the government", "our country"."""

from __future__ import annotations

from typing import Literal

from dateline.actors.cluster import Book, Cluster
from dateline.actors.coref import speakers
from dateline.actors.home import home
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention
from dateline.actors.registry import load
from dateline.actors.sides import states_before


def state(book: Book, code: str) -> Cluster | None:
    """The cluster of the state with this country code, made if need be; None for codes of no state."""
    entry = load().get(code.lower())
    if entry is None or entry.kind != "country":
        return None
    return book.entry(load().at(entry))


def state_meant(book: Book, mention: Mention) -> Cluster | None:
    """ "the Pakistani side", "Afghan authorities", "the Kabul government", "the government": the state itself."""
    words, seen = lexicon(), book.seen
    head = seen.lower[mention.last - 1]
    if head not in words.state_heads and mention.role not in words.state_heads:
        return None
    if mention.role_data is not None and mention.role_data.kind == "person":
        return None  # "the former secretary of state"
    owner = book.of.get(id(mention.owner)) if mention.owner is not None else None
    if (
        mention.owner is not None
        and mention.owner.kind == "country"
        and mention.owner.country
        and not mention.countries
    ):
        mention.countries.add(mention.owner.country)
    if mention.owner is not None and mention.owner.form == "person":
        if owner is None or (head in words.spoken_for and owner.sector != "GOV"):
            return None  # "the senator's side"
        mention.countries |= {owner.country} if owner.country else set()
    elif mention.owner is not None and mention.owner.kind not in ("country", "population") and mention.owner.matches:
        match = mention.owner.matches[0]
        if match.sense == "name" and match.sector == "PTY" and head in ("government", "administration"):
            return state(book, match.country)
        if match.sense == "name":
            return book.entry(match)
    if len(mention.countries) == 1:
        return state(book, next(iter(mention.countries)))
    if mention.countries or mention.owner is not None or head not in words.state_anaphors or not mention.definite:
        return None
    before = [
        c
        for c in states_before(book, mention.first)
        if c.match is not None and c.match.kind in ("country", "government")
    ]
    if head == "regime":
        return _regime(book, mention, before)
    if mention.owner_pronoun is not None and (own := _owners_state(book, mention.owner_pronoun)) is not None:
        return own
    plainly = mention.first - mention.left == 1 and seen.lower[mention.left] in ("the", "this", "his", "her")
    if (mention.role == "state government" or (head == "state" and plainly)) and (
        region := _region_named(book, mention.first)
    ) is not False:
        return region
    if book.country is not None and head != "country":
        return state(book, book.country)
    if head in ("country", "nation", "state", "republic", "kingdom"):
        return _country_named(book, mention.first) or (before[0] if before else None)
    told = [c for c in before if any(m.first < mention.first and seen.lower[m.last - 1] == head for m in c.mentions)]
    if len(told) == 1:
        return told[0]  # "the government", where one state's has been told by that word
    return None


def _region_named(book: Book, token: int) -> Cluster | Literal[False] | None:
    """The part of a federal country that "the state" is: the one named last before a token. None where the text is of such a
    country and names no part of it, False where it is of another one."""
    federal = {code.upper() for code in lexicon().federal}
    if (book.country or home(book.seen.doc.article)) not in federal:
        return False
    named = [(at, match) for at, match in book.regions if at < token and match.country in federal]
    return book.entry(max(named, key=lambda found: found[0])[1]) if named else None


def _owners_state(book: Book, pronoun: int) -> Cluster | None:
    """The state of who says "our country" in a quotation, or of the ruler named last before "his government"."""
    seen, word = book.seen, book.seen.lower[pronoun]
    person: Cluster | None = None
    if word in ("our", "my") and seen.quoted[pronoun]:
        person = speakers(book).get(seen.quoted[pronoun])
    elif word in ("his", "her"):
        gender, last = "m" if word == "his" else "f", -1
        for cluster in book.clusters:
            near = max((m.first for m in cluster.mentions if m.first < pronoun), default=-1)
            rules = cluster.human and cluster.sector == "GOV" and cluster.gender in (None, gender)
            if rules and near > last and seen.sentence[near] >= seen.sentence[pronoun] - 3:
                person, last = cluster, near
    return state(book, person.country) if person is not None and person.country else None


def _regime(book: Book, mention: Mention, states: list[Cluster]) -> Cluster | None:
    """The state spoken of most but the publisher's, and but those of this sentence: nobody calls his own government so."""
    seen = book.seen
    here = seen.sentence[mention.first]
    own = home(seen.doc.article)
    others = [
        c for c in states if c.country != own and not any(seen.sentence[m.first] == here for m in c.mentions)
    ]  # fmt: skip
    return max(others, key=lambda c: len(c.mentions), default=None)


def _country_named(book: Book, token: int) -> Cluster | None:
    """The country named last before a token, also as a place; a capital that acts for its government names none."""
    named = [
        (m.first, cluster)
        for cluster in book.clusters
        if cluster.match is not None and cluster.match.kind in ("country", "government")
        for m in cluster.mentions
        if m.form not in ("capital", "metonym") and m.first < token
    ]
    last = max((*named, *(p for p in book.places if p[0] < token)), key=lambda found: found[0], default=None)
    return last[1] if last is not None else None
