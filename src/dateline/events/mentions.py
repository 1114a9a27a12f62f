"""Which actors a noun phrase names: mentions looked up by offset and by syntax."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dateline.events import words
from dateline.language import Doc
from dateline.model import Actor
from dateline.places.words import locatives

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE = ("poss", "compound", "amod", "nmod", "nummod")
_PHRASES = {"of", "by", "from", "in", "among", "between", "for", "against", "inside"}


STATE = frozenset({"GOV", "MIL", "COP", "SPY"})
OFFICIAL = STATE | {"JUD", "LEG", "PTY"}
"""Sectors of those who stand for the states that they are from."""
PRIVATE = frozenset({"CVL", "MED", "CRM", "EDU", "AGR"})
UNPOLITICAL = PRIVATE | {"UNK", "BUS", "REL", None}
"""Sectors of those whose meetings are their own affair, where one of them at least is plainly private."""
REBELS = frozenset({"REB", "UAF"})
"""Sectors that are one side where their country is the same."""


class ActorTable(Protocol):
    """What this room needs of `dateline.actors.Actors`."""

    @property
    def actors(self) -> tuple[Actor, ...]:
        """All actors of the article."""
        ...


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: offsets into the article's text and the actor's id."""

    start: int
    end: int
    actor: str


def is_crowd(doc: Doc, mention: Mention) -> bool:
    """Whether a mention is of those who hear a speaker where he stands ("the crowd")."""
    return doc.text[mention.start : mention.end].split()[-1].lower() in locatives()["crowd"]


class Mentions:
    """All mentions of an article in order, for look-up by stretch and by token."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self.actors = {a.id: a for a in actors}
        self.all = sorted(
            (Mention(m.start, m.end, a.id) for a in self.actors.values() for m in a.mentions),
            key=lambda m: (m.start, -m.end),
        )
        self._starts = [m.start for m in self.all]
        counts = Counter(self.side(m.actor) for m in self.all)
        self.shares = {side: n / len(self.all) for side, n in counts.items()}
        self._counterparts: dict[str, list[Mention]] = {}

    def side(self, actor: str) -> str:
        """Whom the article speaks of when it speaks of an actor: its country, itself where it has none."""
        return self.actors[actor].country or actor

    def private(self, actors: Collection[str]) -> bool:
        """Whether those are only private people ("she spoke to her brother on Sunday")."""
        named = [self.actors[one] for one in actors]
        return any(a.sector in PRIVATE for a in named) and all(
            a.kind in ("person", "population") and a.registry_id is None and a.sector in UNPOLITICAL for a in named
        )

    def share(self, actor: str) -> float:
        """The share of the article's mentions that are of the actor's side."""
        return self.shares.get(self.side(actor), 0.0)

    def counterpart(self, speaker: str, at: int) -> Mention | None:
        """Whom the article speaks of most beside the speaker's own side: of those mentions the last before `at`, else the first."""
        if speaker not in self._counterparts:
            self._counterparts[speaker] = self._most_told(speaker)
        named = self._counterparts[speaker]
        return next((m for m in reversed(named) if m.end <= at), named[0] if named else None)

    def _most_told(self, speaker: str) -> list[Mention]:
        """The mentions of the side that the article speaks of most beside the speaker's own."""
        others = [
            m
            for m in self.all
            if m.actor != speaker
            and not self.actors[m.actor].members
            and self.actors[m.actor].sector != "JRN"
            and not self._own(speaker, m.actor)
        ]
        if not others:
            return []
        most = max(dict.fromkeys(self.side(m.actor) for m in others), key=lambda side: self.shares[side])
        named = [m for m in others if self.side(m.actor) == most]
        return [m for m in named if self.actors[m.actor].kind != "population"] or named

    def _own(self, speaker: str, actor: str) -> bool:
        """Whether an actor is of the speaker's side, or but the speaker's country or people."""
        return self.same_side(speaker, actor) or (
            self.side(speaker) == self.side(actor)
            and self.actors[actor].kind in ("country", "population", "government")
        )

    def each(self, mentions: Iterable[Mention]) -> tuple[str, ...]:
        """The actors mentioned, each once; a collective one ("both sides") stands for its members."""
        found = (self.actors.get(m.actor) for m in mentions)
        return tuple(dict.fromkeys(i for a in found if a is not None for i in (a.members or (a.id,))))

    def same_side(self, one: str, other: str) -> bool:
        """Whether the other is the one's own side: its affiliation, its government or that one's forces, its fellows.

        A person is never merely a side ("the president dismissed the general"), nor is a group with a name of its own.
        """
        a, b = self.actors[one], self.actors[other]
        if b.id == a.affiliation or a.id == b.affiliation or self._fights_for(a, b):
            return True
        strange = b.name.partition(" ")[0].lower() in words.load().scene["strange"]
        unnamed = b.country is None and b.registry_id is None and not strange  # "the rebels", no other side's named
        if b.kind == "person" or not (unnamed or (a.country is not None and a.country == b.country)):
            return False
        if a.sector == "GOV":
            return b.kind in ("government", "country") or (b.sector in STATE and b.kind != "igo")
        return a.sector in REBELS and b.sector in REBELS and b.registry_id is None

    def _fights_for(self, person: Actor, group: Actor) -> bool:
        """Whether a rebel without a group of his own is of this one: the only one of his country that the text names."""
        if person.kind != "person" or person.sector not in REBELS or person.affiliation is not None:
            return False
        named = [
            a.id
            for a in self.actors.values()
            if a.kind != "person" and a.sector in REBELS and a.registry_id is not None and a.country == person.country
        ]
        return named == [group.id]

    def scenery(self, actor: str) -> bool:
        """Whether an actor only looks on ("reporters", "the crowd") or is a ground or building: nobody whom words are aimed at."""
        named = self.actors[actor]
        if named.registry_id is not None or named.kind == "person":
            return False
        head = named.name.partition(" of ")[0].split()  # "the capital of Norland"
        last = head[-1].lower() if head else ""
        scene = words.load().scene
        return bool(
            {last, last.removesuffix("s"), last.removesuffix("ies") + "y"} & (scene["listeners"] | scene["grounds"])
        )

    def own_people(self, one: str, other: str) -> bool:
        """Whether the other is the people of the one's country: spoken of more often than to ("to protect its people")."""
        a, b = self.actors[one], self.actors[other]
        return b.kind == "population" and b.country is not None and a.country == b.country

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie in [start, end), in order."""
        i = bisect_left(self._starts, start)
        found = []
        while i < len(self.all) and self.all[i].start < end:
            if self.all[i].end <= end:
                found.append(self.all[i])
            i += 1
        return found

    def covering(self, token: Token) -> Mention | None:
        """The shortest mention that holds the token, if the token is its head or ends it."""
        end = token.idx + len(token)
        i = bisect_left(self._starts, token.idx + 1) - 1
        best: Mention | None = None
        while i >= 0 and self.all[i].start > token.idx - 200:
            mention = self.all[i]
            if mention.end >= end and mention.start <= token.idx and (best is None or len_(mention) < len_(best)):
                best = mention
            i -= 1
        return best

    def named(self, head: Token, deep: bool = True) -> list[Mention]:
        """The actors that a noun phrase names, its coordinated heads one by one.

        A head that is no mention itself gives the actor inside it ("Pakistan's air force", "positions of the rebels"):
        what stands before the head first, then its phrases, if `deep`. Relative clauses are left out.
        """
        if members := self._members(head):
            return members
        if head.pos_ == "PROPN" and head.lower_ == "war":
            return []  # "the Norland War" is no state
        found: list[Mention] = []
        for noun in (head, *_coordinated(head)):
            found += self._one(noun, deep)
        return unique(found)

    def _one(self, noun: Token, deep: bool) -> list[Mention]:
        direct = self.covering(noun)
        if direct is not None:
            sent = self._sent_by(noun) if self.actors[direct.actor].sector in OFFICIAL else []
            return self._examples(noun) or [direct, *sent]
        for child in noun.children:
            if child.dep_ == "appos" and (apposed := self.covering(child)) is not None:
                return [apposed]
        before = [m for c in noun.children if c.dep_ in _INSIDE and c.i < noun.i for m in self._inside(c)]
        if before or not deep:
            return before
        for child in noun.children:
            if child.dep_ == "prep" and (child.lower_ in _PHRASES or _lists(child)):
                for below in child.children:
                    if below.dep_ == "pobj" and (inner := self.named(below)):
                        return inner
        return self._below(noun)

    def _members(self, noun: Token) -> list[Mention]:
        """Who a group is, where all who are in it are named behind it ("the three states, X, Y and Z, have said")."""
        for child in noun.children if noun.tag_ in ("NNS", "NNPS") else ():
            names = [child, *_coordinated(child)] if child.dep_ == "appos" else []
            if len(names) > 1 and all(name.pos_ == "PROPN" for name in names):
                named = unique(m for m in map(self.covering, names) if m is not None)
                return named if len(named) == len(names) else []
        return []

    def _examples(self, noun: Token) -> list[Mention]:
        """Who is named behind "such as" or "like" of a group that has no name ("candidates like X have said")."""
        found = [
            m
            for child in noun.children
            if noun.tag_ == "NNS" and child.dep_ == "prep" and (child.lower_ == "like" or _lists(child))
            for below in child.children
            if below.dep_ == "pobj" and child.lower_ != "including"
            for m in self.named(below)
        ]
        return [m for m in found if self.actors[m.actor].kind != "population"]

    def _sent_by(self, noun: Token) -> list[Mention]:
        """The other states behind a plural noun for people of several ("officials from Norland and Sudland")."""
        if noun.tag_ != "NNS":
            return []
        found: list[Mention] = []
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in ("from", "of"):
                names = [c for below in child.children if below.dep_ == "pobj" for c in _coordinated(below)]
                found += [m for m in map(self.covering, names) if m is not None and m.start > noun.idx]
        return [m for m in found if self.actors[m.actor].kind in ("government", "country", "igo")]

    def _below(self, noun: Token) -> list[Mention]:
        """The first actor anywhere below a noun, relative clauses and who is compared left out ("plans to end the Union's embargo")."""
        closed = {
            t.i
            for c in noun.subtree
            if (c.dep_ in ("relcl", "advcl") and c.head == noun) or (c.dep_ == "prep" and c.lower_ == "than")
            for t in c.subtree
        }
        tokens = [t for t in noun.subtree if t.i not in closed]
        for mention in self.within(tokens[0].idx, tokens[-1].idx + len(tokens[-1])):
            if not any(t.i in closed and t.idx <= mention.start < t.idx + len(t) for t in noun.subtree):
                return [mention]
        return []

    def _inside(self, token: Token) -> list[Mention]:
        direct = self.covering(token)
        if direct is not None:
            return [direct]
        found = [m for c in token.children if c.dep_ in (*_INSIDE, "conj") for m in self._inside(c)]
        return found


def _lists(word: Token) -> bool:
    """Whether a preposition leads to those of whom its noun speaks ("states such as X and Y", "allies including X")."""
    return word.lower_ == "including" or (word.lower_ == "as" and any(c.lower_ == "such" for c in word.children))


def _coordinated(head: Token) -> Iterator[Token]:
    """Nouns joined to this one by conjunction ("X, Y and Z"), or to what it is called ("X, the envoy, and her counterpart")."""
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            yield child
            yield from _coordinated(child)
        elif (
            child.dep_ == "appos" and not head.i < head.head.i < child.i
        ):  # but what follows the verb is no name of its subject
            yield from filter(_another, _coordinated(child))
    if head.dep_ == "nsubj":  # the parse may give a verb two subjects where one is called by the other
        for other in head.head.children:
            if other.dep_ == "nsubj" and other.i > head.i:
                yield from filter(_another, _coordinated(other))


def _another(noun: Token) -> bool:
    """Whether a noun joined to a title is somebody else and no second title ("the founder and chair")."""
    return noun.pos_ == "PROPN" or any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in noun.children)


def len_(mention: Mention) -> int:
    """Length in code points."""
    return mention.end - mention.start


def unique(mentions: Iterable[Mention]) -> list[Mention]:
    """One mention an actor, the first one."""
    seen: dict[str, Mention] = {}
    for mention in mentions:
        seen.setdefault(mention.actor, mention)
    return list(seen.values())


def without(mentions: Iterable[Mention], others: Sequence[Mention]) -> list[Mention]:
    """The mentions of actors that are not among the others."""
    ids = {m.actor for m in others}
    return [m for m in mentions if m.actor not in ids]
