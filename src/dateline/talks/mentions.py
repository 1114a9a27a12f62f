"""Where a text speaks of talks, and what each such sentence says of their parties, mediators, venue and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.actors import Actors
from dateline.language import Doc, Sentence
from dateline.model import DateExpression, Outcome, Place
from dateline.talks.lexicon import Lexicon, load

if TYPE_CHECKING:
    from spacy.tokens import Token

POLITICAL = {"government", "country", "person", "organisation", "armed group", "igo", "ngo"}
"""Kinds of actors that can be a party to talks."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One sentence's word for talks, with what stands around it. Actors are ids; `trigger` is a token index."""

    trigger: int
    sentence: Sentence
    strong: bool
    definite: bool
    parties: tuple[str, ...]
    mediators: tuple[str, ...]
    places: tuple[str, ...]
    dates: tuple[DateExpression, ...]
    round: int | None
    outcome: Outcome


class Reader:
    """Looks up actors, places and dates by token while one article's mentions are read."""

    def __init__(self, doc: Doc, actors: Actors, places: Iterable[Place], dates: Iterable[DateExpression]) -> None:
        self.doc = doc
        self.actors = actors
        self.lexicon: Lexicon = load()
        self.dates = tuple(dates)
        self._kind = {actor.id: actor.kind for actor in actors.actors}
        self._country = {actor.id: actor.country for actor in actors.actors}
        self._by_token: dict[int, str] = {}
        for span, actor in actors.mentions_in(0, len(doc.text)):
            tokens = doc.tokens(span.start, span.end)
            if tokens is not None:
                self._by_token.setdefault(tokens.root.i, actor.id)
        self._places: dict[int, Place] = {}
        for place in places:
            for mention in place.mentions:
                tokens = doc.tokens(mention.start, mention.end)
                if tokens is not None:
                    self._places[tokens.root.i] = place

    def mentions(self) -> Iterator[Mention]:
        """All mentions in the order of the text."""
        for sentence in self.doc.sentences:
            tokens = self.doc.tokens(sentence.start, sentence.end)
            if tokens is None or self.lexicon.not_talks.search(tokens.text):
                continue
            for token in tokens:
                mention = self._mention(token, sentence)
                if mention is not None:
                    yield mention

    def _mention(self, token: Token, sentence: Sentence) -> Mention | None:
        lemma, lexicon = token.lemma_.lower(), self.lexicon
        noun = token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound"
        strong = noun and lemma in lexicon.nouns
        if noun and (strong or lemma in lexicon.weak_nouns):
            if lemma in lexicon.mediating_acts and not any(c.lemma_.lower() == "talk" for c in token.subtree):
                return None
            parties = self._noun_parties(token)
        elif token.pos_ == "VERB" and lemma in lexicon.verbs:
            parties = self._verb_parties(token)
            if len(parties) < 2:
                return None
        else:
            return None
        mediators = self.mediators(sentence)
        text = self.doc.text[sentence.start : sentence.end]
        return Mention(
            token.i,
            sentence,
            strong,
            noun and any(c.lower_ in ("the", "these", "those", "this", "that") for c in token.children),
            tuple(p for p in parties if p not in mediators),
            mediators,
            tuple(dict.fromkeys(p.id for p in self._venues(token))),
            tuple(self._dates(token, sentence)),
            self._round(text),
            self._outcome(text),
        )

    # Who takes part

    def ids(self, token: Token) -> tuple[str, ...]:
        """The actors that a noun names, with those coordinated to it; a group stands for its members."""
        found: list[str] = []
        for t in (token, *token.conjuncts):
            actor = self._by_token.get(t.i)
            if actor is not None:
                found += self.actors.members(actor) or (actor,)
        return tuple(dict.fromkeys(a for a in found if self._kind.get(a) in POLITICAL))

    def _noun_parties(self, token: Token) -> tuple[str, ...]:
        """Parties of "talks": between, with, possessive, compound, and the subject of the verb that holds them."""
        found: list[str] = []
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("between", "with", "among", "involving", "of"):
                if child.lower_ == "of" and token.lemma_.lower() not in ("meeting", "round", "conference"):
                    continue
                found += (a for obj in child.children if obj.dep_ == "pobj" for a in self.ids(obj))
                if child.lower_ == "of":  # "a round of talks between ..."
                    found += (a for obj in child.children if obj.lemma_ == "talk" for a in self._noun_parties(obj))
            elif child.dep_ in ("poss", "compound", "amod", "nmod") and child.i not in self._places_of_cities():
                found += self.ids(child)
        head = token.head
        while head.dep_ in ("prep", "pobj", "pcomp") and head.head.i != head.i:  # "in two days of talks"
            head = head.head
        if head.pos_ in ("VERB", "AUX") and (head.lemma_ in self.lexicon.holding or token.dep_ != "nsubj"):
            direct = token.head is head and token.dep_ in ("dobj", "attr", "pobj")
            if (direct and head.lemma_ in self.lexicon.holding) or head.lemma_ in ("participate", "part", "take"):
                found += self._subjects(head)
            for child in head.children:
                if child.dep_ == "prep" and child.lower_ in ("between", "with") and direct:
                    found += (a for obj in child.children if obj.dep_ == "pobj" for a in self.ids(obj))
        return tuple(dict.fromkeys(found))

    def _verb_parties(self, token: Token) -> tuple[str, ...]:
        """Parties of "met", "negotiated": subject, object, and "with"."""
        found = list(self._subjects(token))
        for child in token.children:
            if child.dep_ == "dobj":
                found += self.ids(child)
            elif child.dep_ == "prep" and child.lower_ == "with":
                found += (a for obj in child.children if obj.dep_ == "pobj" for a in self.ids(obj))
        return tuple(dict.fromkeys(found))

    def _subjects(self, verb: Token) -> tuple[str, ...]:
        """Subjects of a verb, borrowed from the verb above for infinitives, conjuncts and participles."""
        for _ in range(4):
            subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
            if subjects:
                return tuple(a for s in subjects for a in self.ids(s))
            if verb.dep_ not in ("xcomp", "conj", "advcl", "pcomp", "prep", "ccomp") or verb.head is verb:
                return ()
            verb = verb.head
        return ()

    def mediators(self, sentence: Sentence) -> tuple[str, ...]:
        """Who mediates, as this sentence says it."""
        found: list[str] = []
        words = self.lexicon
        for token in self.doc.tokens(sentence.start, sentence.end) or ():
            lemma = token.lemma_.lower()
            if token.pos_ in ("VERB", "ADJ") and lemma in words.mediating_verbs:
                found += self._agents(token)
            elif token.pos_ in ("NOUN", "PROPN") and lemma in words.mediating_nouns:
                found += self._named(token)
            elif token.pos_ in ("NOUN", "PROPN") and lemma in words.mediating_acts:
                found += self._owners(token)
        return tuple(dict.fromkeys(found))

    def _agents(self, verb: Token) -> Iterator[str]:
        """Subject or agent of "mediate"; the compound of "X-mediated"; the object of "thanked X for mediating"."""
        passive = verb.tag_ == "VBN" or any(c.dep_ in ("agent", "auxpass") for c in verb.children)
        for child in verb.children:
            if child.dep_ == "agent" or (passive and child.lower_ == "by"):
                for obj in child.children:
                    yield from self.ids(obj)
            elif child.dep_ in ("npadvmod", "compound", "nmod", "amod") or (child.dep_ == "nsubj" and not passive):
                yield from self.ids(child)
        head = verb
        while head.dep_ in ("conj", "pcomp", "advcl", "prep") and head.head.i != head.i:
            head = head.head
        if head is not verb and head.lemma_ in self.lexicon.thanks:
            for child in head.children:
                if child.dep_ in ("dobj", "dative"):
                    yield from self.ids(child)
        elif verb.dep_ in ("conj", "xcomp") and not passive:
            yield from self._subjects(verb)
        if verb.dep_ in ("relcl", "acl") and not passive:
            yield from self.ids(verb.head)

    def _named(self, noun: Token) -> Iterator[str]:
        """Who is called mediator: apposition, compound, predicate, "as mediators"."""
        for child in noun.children:
            if child.dep_ in ("appos", "compound", "nmod", "poss"):
                yield from self.ids(child)
        head = noun.head
        if noun.dep_ == "appos" or head.pos_ == "PROPN":
            yield from self.ids(head)
        elif noun.dep_ == "attr" or (noun.dep_ == "pobj" and head.lower_ == "as"):
            verb = head if noun.dep_ == "attr" else head.head
            if verb.dep_ in ("acl", "relcl"):  # "Norway and Cuba — described as mediators — hosted ..."
                yield from self.ids(verb.head)
            else:
                yield from self._subjects(verb)

    def _owners(self, noun: Token) -> Iterator[str]:
        """Whose mediation: "X's mediation", "mediation by X", "thanked X for their mediation"."""
        for child in noun.children:
            if child.dep_ in ("poss", "amod", "compound") and child.pos_ != "PRON":
                yield from self.ids(child)
            elif child.dep_ == "prep" and child.lower_ in ("by", "of"):
                for obj in child.children:
                    yield from self.ids(obj)
        head = noun.head
        if head.lower_ == "for" and head.head.lemma_ in self.lexicon.thanks:
            for child in head.head.children:
                if child.dep_ in ("dobj", "dative"):
                    yield from self.ids(child)

    # Where, when, which round, with what outcome

    def _places_of_cities(self) -> set[int]:
        return {i for i, place in self._places.items() if place.kind not in (None, "country")}

    def _venues(self, token: Token) -> Iterator[Place]:
        """Places of the noun ("the Geneva talks", "talks in Geneva") or of the verb that governs it, cities first."""
        found: list[Place] = []
        anchors = [token]
        if token.head.i != token.i:
            anchors.append(token.head)
            if token.head.dep_ in ("prep", "pobj"):
                anchors.append(token.head.head)
        for anchor in anchors:
            for child in anchor.children:
                if child.dep_ in ("compound", "nmod", "amod") and anchor is token:
                    found += [self._places[child.i]] if child.i in self._places_of_cities() else []
                elif child.dep_ == "prep" and child.lower_ in ("in", "at"):
                    found += (self._places[t.i] for t in child.subtree if t.i in self._places)
        yield from sorted(found, key=lambda place: place.kind == "country")

    def _dates(self, token: Token, sentence: Sentence) -> Iterator[DateExpression]:
        """Dates of the talks: those whose words hang on the trigger or on its clause rather than on a verb of saying."""
        for date in self.dates:
            if date.start is None or not sentence.start <= date.start_offset < sentence.end:
                continue
            words = self.doc.tokens(date.start_offset, date.end_offset)
            if words is None:
                continue
            head = words.root.head
            while head.dep_ in ("prep", "pobj", "npadvmod", "appos") and head.head.i != head.i:
                head = head.head
            clause = token
            while clause.pos_ not in ("VERB", "AUX") and clause.head.i != clause.i:
                clause = clause.head
            if head is token or token.is_ancestor(words.root) or head is clause:
                yield date

    def _round(self, text: str) -> int | None:
        match = self.lexicon.round.search(text)
        if match is None:
            return None
        word = (match["ordinal"] or match["cardinal"]).lower()
        if word in self.lexicon.numbers:
            return self.lexicon.numbers[word]
        digits = "".join(c for c in word if c.isdigit())
        return int(digits) if digits else None

    def _outcome(self, text: str) -> Outcome:
        for name, pattern in self.lexicon.outcomes:
            if pattern.search(text):
                return name
        return "unknown"
