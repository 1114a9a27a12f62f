"""Noun phrases to actors, and verbs to those who take part in them: what the parse says of who and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.actors import Actors
from dateline.language import Doc
from dateline.talks.lexicon import Lexicon, load
from dateline.talks.sides import Sides

if TYPE_CHECKING:
    from spacy.tokens import Token

DEPTH = 5
"""How many steps up or down a chain of phrases is followed: a bound for parses gone wrong."""
SUBJECTS = ("nsubj", "nsubjpass")


def verbal(token: Token) -> bool:
    """Whether a token is a verb; "talks" that the tagger takes for one is none where it is a subject or object."""
    return token.pos_ in ("VERB", "AUX") and token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj")


def _to(verb: Token) -> bool:
    return any(c.tag_ == "TO" for c in verb.children)


class Phrases:
    """Looks actors up by the token that heads their mention."""

    def __init__(self, doc: Doc, actors: Actors) -> None:
        self.doc = doc
        self.actors = actors
        self.sides = Sides(actors)
        self.words: Lexicon = load()
        self._at: dict[int, str] = {}
        tokens = {token.idx: token.i for token in doc.spacy}
        for where in sorted(actors.places, key=lambda w: w.start - w.end):
            if where.head in tokens:
                self._at.setdefault(tokens[where.head], actors.actors[where.actor].id)

    def at(self, token: Token) -> str | None:
        """The id of the actor that a token heads."""
        return self._at.get(token.i)

    def ids(self, token: Token, depth: int = 0) -> list[str]:
        """The actors that a noun names with those coordinated to it, as parties: a group stands for its members, a
        delegation for whom it comes from. Those that can be no party are left out."""
        beside = [c for child in token.children if child.dep_ == "appos" for c in child.conjuncts if c.i > child.i]
        nouns = dict.fromkeys((token, *token.conjuncts, *beside))  # "her counterpart, X, and the Norlandic leader, Y"
        found = [i for t in nouns for i in (*self._swallowed(t), *self._one(t, depth))]
        return [i for i in dict.fromkeys(found) if self.sides.of(i) is not None]

    def one(self, token: Token) -> list[str]:
        """The actors that one noun names, without those coordinated to it."""
        return [i for i in self._one(token, 0) if self.sides.of(i) is not None]

    def _swallowed(self, token: Token) -> list[str]:
        """Other people whose names the parse hangs on a person's name ("President A and leader B" as one)."""
        own = self.at(token)
        if own is None or self.sides.table[own].kind != "person":
            return []
        found = []
        for child in token.children:
            if child.dep_ in ("nmod", "compound", "dep") and child.i < token.i:
                for t in (child, *child.conjuncts):
                    other = self.at(t)
                    if other not in (None, own) and t.i < token.i and self.sides.table[other or ""].kind == "person":
                        found.append(other or "")
        return found

    def _one(self, token: Token, depth: int) -> list[str]:
        actor = self.sides.table.get(self.at(token) or "")
        if actor is not None and actor.members:
            return list(actor.members)
        if actor is not None and actor.kind == "person":
            return [actor.id]
        speaks = token.lemma_.lower() in self.words.meeting["representatives"]
        if depth < DEPTH and (speaks or actor is None or actor.kind == "population"):
            found = self._named_in(token, depth) if speaks or (actor is not None) else []
            if token.lemma_.lower() in self.words.meeting["own"]:  # who meets somebody's aides does not meet him
                found = [i for i in found if self.sides.table[i].kind != "person"]
            if found:
                own = self.sides.of(actor.id) if actor is not None else None
                if actor is not None and own is not None and own[0] == "state" and own not in self.sides.all(found):
                    found.insert(0, actor.id)
                return found
        return [actor.id] if actor is not None else []

    def _named_in(self, token: Token, depth: int) -> list[str]:
        """Whom the modifiers, complements and appositions of "delegates" name."""
        found: list[str] = []
        for child in token.children:
            if child.dep_ in ("amod", "compound", "nmod", "poss"):
                found += self.ids(child, depth + 1)
            elif child.dep_ == "prep" and child.lower_ in ("of", "from", "for"):
                both = [child, *(c for c in child.conjuncts if c.lower_ == child.lower_)]  # "of X and of Y"
                found += [i for p in both for obj in p.children if obj.dep_ == "pobj" for i in self.ids(obj, depth + 1)]
            elif child.dep_ == "appos":
                people = [i for i in self.ids(child, depth + 1) if self.sides.table[i].kind == "person"]
                found = people or found
        return found

    def objects(self, verb: Token, prepositions: tuple[str, ...] = ()) -> list[str]:
        """The actors that are a verb's object, or stand after one of its prepositions."""
        found: list[str] = []
        for child in verb.children:
            if child.dep_ in ("dobj", "dative") and not prepositions:
                found += self.ids(child)
            elif child.dep_ == "prep" and child.lower_ in prepositions:
                found += [i for obj in child.children if obj.dep_ == "pobj" for i in self.ids(obj)]
        return found

    def looks_on(self, with_: Token) -> bool:
        """Whether "with" leads to who is at the talks for another reason than to talk: "with X and Y as guarantors"."""
        words = self.words.mediation["nouns"] | self.words.mediation["witnesses"]
        beside = [
            c for c in (*with_.head.children, *with_.subtree) if c.lower_ == "as" and self.with_before(c) == with_
        ]
        return any(o.dep_ == "pobj" and o.lemma_.lower() in words for c in beside for o in c.children)

    def with_before(self, as_: Token) -> Token | None:
        """The "with" whose complement stands before "as": "with Norway and Cuba as guarantors"."""
        before = as_.nbor(-1) if as_.i else None
        while before is not None and before.head.i != before.i and before.dep_ in ("conj", "pobj", "compound", "appos"):
            if before.dep_ == "pobj":
                return before.head if before.head.lower_ == "with" else None
            before = before.head
        return None

    def subjects(self, verb: Token, depth: int = 0) -> list[str]:
        """The subject of a verb, borrowed from above for infinitives, conjuncts and participles; the object where a verb
        above directs somebody ("urged both sides to meet")."""
        own = [c for c in verb.children if c.dep_ in SUBJECTS]
        own = own or [
            o for c in verb.children if c.dep_ == "mark" for o in c.children if o.dep_ == "pobj"
        ]  # "as X began"
        if own:
            found = [i for s in own for i in ([] if s.tag_ in ("WP", "WDT") else self.ids(s))]
            return found or (self.ids(verb.head) if verb.dep_ == "relcl" else [])
        head = verb.head
        if head.i == verb.i or depth > DEPTH:
            return []
        if verb.dep_ in ("acl", "relcl"):
            return self.ids(head) if head.pos_ in ("NOUN", "PROPN") and verb.tag_ != "VBN" else self._above(head, depth)
        if verb.dep_ in ("xcomp", "advcl", "ccomp", "pcomp", "prep", "acomp"):
            if head.lemma_.lower() in self.words.meeting["directing"]:
                told = self.objects(head) or self.objects(head, ("on", "upon", "for", "to"))
                if told or any(
                    c.dep_ == "dobj" or (c.dep_ == "prep" and c.lower_ in ("on", "upon")) for c in head.children
                ):
                    return told
            return self.subjects(head, depth + 1)
        if verb.dep_ in ("conj", "aux", "dep"):
            return self.subjects(head, depth + 1)
        return []

    def _above(self, noun: Token, depth: int) -> list[str]:
        """The subject of the verb over a noun ("agreed to hold a meeting ...")."""
        for up in noun.ancestors:
            if up.pos_ in ("VERB", "AUX"):
                return self.subjects(up, depth + 1)
        return []

    def governor(self, noun: Token) -> tuple[Token, str] | None:
        """The verb over a word for talks, and how it hangs on it: subject, object, or the preposition.

        "Two days of talks", "the close of a summit" hang as their heads do.
        """
        top = self.outer(noun)
        if top.dep_ in SUBJECTS:
            return top.head, "subject"
        if top.dep_ in ("dobj", "attr", "oprd"):
            return top.head, "object"
        if top.dep_ in ("pobj", "pcomp"):
            preposition, up = top.head, top.head.head
            if preposition.dep_ == "prep" and up.dep_ == "prep":
                preposition, up = up, up.head
            for _ in range(DEPTH):
                if up.pos_ in ("VERB", "AUX"):
                    return up, preposition.lower_
                if up.head.i == up.i:
                    return None
                up = up.head
            return None
        for up in top.ancestors:
            if up.pos_ in ("VERB", "AUX"):
                return up, "apart"
        return None

    def outer(self, noun: Token) -> Token:
        """The noun whose complement the word for talks is ("days" in "two days of talks"), or itself."""
        top = noun
        for _ in range(DEPTH):
            up = top.head
            if top.dep_ == "pobj" and up.lower_ == "of" and up.head.lemma_.lower() in self.words.meeting["containers"]:
                top = up.head
            elif top.dep_ == "conj" and up.pos_ == "NOUN":
                top = up
            else:
                break
        return top

    def clause(self, trigger: Token) -> list[Token]:
        """The verbs that are said of the talks: the one over the word for talks, those over it up to a verb of speech,
        and those of clauses that hang on the word itself ("which began on May 6")."""
        if verbal(trigger):
            chain = [trigger]
        else:
            over = self.governor(trigger)
            chain = [over[0]] if over else []
            if over and over[0].lemma_ == "be":  # "talks are to begin"
                chain = [v for v in over[0].children if v.dep_ in ("xcomp", "advcl") and _to(v)][:1] + chain
        while chain and len(chain) < DEPTH:
            last = chain[-1]
            up = last.head
            if last.dep_ not in ("xcomp", "advcl", "pcomp", "acl", "prep") or up.i == last.i:
                break
            if last.dep_ == "advcl" and any(c.dep_ in ("mark", "advmod") and c.i < last.i for c in last.children):
                break  # "after the two had met" has a time of its own
            if last.dep_ == "pcomp" and up.lower_ in ("after", "before", "since"):
                break
            while up.pos_ not in ("VERB", "AUX") and up.head.i != up.i:
                up = up.head
            if up.pos_ not in ("VERB", "AUX") or up.lemma_.lower() in self.words.meeting["saying"]:
                break
            chain.append(up)
        return chain + list(self.hanging(trigger))

    def hanging(self, trigger: Token) -> Iterator[Token]:
        """The verbs of clauses on the word for talks, and those coordinated to its verb without their own subject."""
        for noun in {trigger, self.outer(trigger)} if not verbal(trigger) else ():
            yield from (c for c in noun.children if c.dep_ in ("relcl", "acl"))
