"""Where travellers are: who visits, reaches or is in which place, as far as the text says.

A guest meets those of the country that he has come to there ("She arrived in Riga on Monday. ... She met the Latvian premier"),
and what a traveller says right after the text has him arrive is said there. Buildings count not: one calls there and goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.events import arguments
from dateline.events.mentions import Mentions
from dateline.language import Doc
from dateline.model import Place, Span
from dateline.places import words
from dateline.places.event import is_body
from dateline.places.locative import links

if TYPE_CHECKING:
    from spacy.tokens import Token

NEAR = 3
"""Sentences after that of an arrival in which nothing need be said of it again."""
_KINDS = frozenset({"city", "country"})


@dataclass(frozen=True, slots=True)
class Stay:
    """A traveller (actor id) in a place, at which offset told, and whether as done or as yet to come (None: either)."""

    actor: str
    place: Place
    at: int
    ahead: bool | None


class Stays:
    """The stays of one article; `said`: what its speakers say, in which a stay is no scene of their speaking."""

    def __init__(self, doc: Doc, mentions: Mentions, places: Sequence[Place], said: Sequence[Span] = ()) -> None:
        self._doc, self._mentions, self._said = doc, mentions, said
        self._all = sorted(self._find(places), key=lambda s: s.at)

    def of(self, actor: str | None, at: int) -> Stay | None:
        """The last stay of a traveller that is told as done in the sentence at an offset before it, or shortly before."""
        found = [s for s in self._all if s.actor == actor and s.ahead is False and s.at < at and not self._home(s)]
        found = [s for s in found if not any(span.start <= s.at < span.end for span in self._said)]
        return found[-1] if found and self._apart(found[-1].at, at) <= NEAR else None

    def hosted(self, parties: Collection[str], at: int, ahead: bool) -> str | None:
        """The place (id) where a party of a meeting told at an offset is the guest of another, who is of that country."""
        found = [
            s for s in self._all if s.actor in parties and self._is_guest(s, parties) and self._meets(s, at, ahead)
        ]
        before = [s for s in found if s.at <= at] or found
        if not before:
            return None
        towns = {s.place.id for s in found if s.place.kind == "city"}
        return towns.pop() if len(towns) == 1 else before[-1].place.id

    def _home(self, stay: Stay) -> bool:
        """Whether one is but in his own country, which says little."""
        return stay.place.kind == "country" and stay.place.country == self._mentions.actors[stay.actor].country

    def _is_guest(self, stay: Stay, parties: Collection[str]) -> bool:
        """Whether the traveller is from abroad and another party at home where he is."""
        country = self._mentions.actors[stay.actor].country
        here = stay.place.country
        if country is None or here is None or country == here:
            return False
        return any(self._mentions.actors[p].country == here for p in parties if p != stay.actor)

    def _meets(self, stay: Stay, at: int, ahead: bool) -> bool:
        """Whether a stay may be that of a meeting: told together, or before and both done or both to come."""
        apart = self._apart(stay.at, at)
        return 0 <= apart <= NEAR or (apart > NEAR and stay.ahead in (None, ahead))

    def _apart(self, one: int, other: int) -> int:
        """Sentences from one offset to the other."""
        first, last = self._doc.sentence_at(one), self._doc.sentence_at(other)
        return last.index - first.index if first and last else 0

    def _find(self, places: Sequence[Place]) -> Iterator[Stay]:
        for place in places:
            for mention in place.mentions if place.kind in _KINDS else ():
                if is_body(mention.text):
                    continue
                for holder in _holders(self._doc.tokens(mention.start, mention.end).root, place):
                    actor = owner(holder, self._mentions) if holder.pos_ == "NOUN" else self._subject(holder)
                    if actor is not None and self._mentions.actors[actor].kind not in ("country", "population"):
                        yield Stay(actor, place, holder.idx, _ahead(holder))

    def _subject(self, verb: Token) -> str | None:
        return None if any(c.dep_ == "neg" for c in verb.children) else _doer(verb, self._mentions)


def owner(occasion: Token, mentions: Mentions) -> str | None:
    """Whose occasion or visit it is: its owner, else the subject of the verb above it."""
    for child in occasion.children:
        if child.dep_ == "poss" and (found := mentions.covering(child)) is not None:
            return found.actor
    verb = _verb(occasion)
    return _doer(verb, mentions) if verb is not None else None


def _doer(verb: Token, mentions: Mentions) -> str | None:
    """The actor that a verb's subject names, unless it is acted on."""
    subject, passive = arguments.subject_of(verb)
    found = mentions.covering(subject) if subject is not None and not passive else None
    return found.actor if found is not None else None


def to_come(occasion: Token) -> bool:
    """Whether the verb above an occasion has it yet to come ("will hold talks in")."""
    verb = _verb(occasion)
    return verb is not None and any(c.tag_ == "MD" for c in verb.children)


def _verb(noun: Token) -> Token | None:
    token = noun
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token if token.pos_ in ("VERB", "AUX") else None


def _holders(root: Token, place: Place) -> Iterator[Token]:
    """The verbs and nouns by which a traveller is at a place: "arrived in", "will hold talks in", "his trip to"."""
    lists = words.locatives()
    if root.dep_ == "compound" and root.head.lemma_.lower() in lists["trip"]:
        yield root.head
        return
    for link in links(root, place.kind):
        lemma = link.holder.lemma_.lower()
        if link.how not in ("at", "to", "reached"):
            continue
        if (link.holder.pos_ in ("VERB", "AUX") and lemma in lists["staying"]) or lemma in lists["trip"]:
            yield link.holder
        elif link.how == "at" and link.holder.dep_ == "dobj" and link.holder.head.lemma_.lower() in lists["staying"]:
            yield link.holder.head  # "will hold talks in": of the talks, or of the holding


def _ahead(holder: Token) -> bool | None:
    """Whether a stay is told as yet to come; None if the words leave it open."""
    verb = holder if holder.pos_ in ("VERB", "AUX") else _verb(holder)
    if verb is None:
        return None
    if any(c.tag_ == "MD" for c in verb.children) or any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return True
    told = verb.tag_ in ("VBD", "VBN") or (verb is holder and (verb.tag_ == "VBG" or verb.lemma_ == "be"))
    return False if told else None  # "when she arrives in"
