"""Which clause a verb stands in, where the parse does not say or says it wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.events import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_FINITE = ("VBD", "VBZ", "VBP")
_CONJUNCTIONS = ("after", "before", "since", "until", "as", "because")


def since(subject: Token) -> bool:
    """Whether a subject is but the year before the verb ("monks who had been held since 2016 were freed")."""
    return subject.tag_ == "CD" and subject.i > 0 and subject.nbor(-1).lower_ in ("since", "in", "until")


def strayed(verb: Token) -> Token | None:
    """The subject of a finite verb that the parse has hung elsewhere: on the conjunction before it, taken for a preposition ("after the
    king last week fired ..."), or on the infinitive that follows it ("The only states to have signed the pact also condemned ...")."""
    if verb.tag_ not in _FINITE or any(c.dep_ in ("aux", "auxpass") for c in verb.children):
        return None
    if verb.dep_ in ("advcl", "conj"):
        before = min(t.i for t in verb.subtree) - 1
        word = verb.doc[before] if before >= verb.sent.start else None
        if (
            word is not None
            and word.dep_ == "pobj"
            and word.head.lower_ in _CONJUNCTIONS
            and (word.head.head == verb.head or (verb.dep_ == "conj" and verb.head.is_ancestor(word)))
        ):
            return word
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i < verb.i and any(c.tag_ == "TO" for c in child.children):
            return next((c for c in child.children if c.dep_ == "nsubj"), None)
    return None


def marked_passive(verb: Token) -> bool:
    """Whether a participle has what only a passive has, or follows its noun at once ("the man called Jim")."""
    return verb.i == verb.head.i + 1 or any(c.dep_ in ("agent", "auxpass", "oprd") for c in verb.children)


def makes_use(verb: Token) -> bool:
    """Whether the object of a verb does not do what follows it ("used a speech to attack", "joined the unions to condemn"): its subject does."""
    return verb.lemma_.lower() in words.load().verbs["using"]


def told_by(teller: Token) -> Token:
    """The verb that a phrase behind "officials said" belongs to, where that stands between commas ("fired, officials said, before being
    shot"); the teller itself for any other."""
    if teller.lemma_.lower() not in words.load().verbs["saying"]:
        return teller
    if teller.dep_ == "parataxis" and teller.head.pos_ in ("VERB", "AUX") and teller.head.i < teller.i:
        return teller.head
    subject = next((c.i for c in teller.children if c.dep_ == "nsubj"), teller.i)
    before = [c for c in teller.children if c.dep_ == "ccomp" and c.i < min(subject, teller.i) and c.pos_ == "VERB"]
    return before[0] if before else teller
