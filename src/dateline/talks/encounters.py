"""Meetings told without a word for talks: two who sat down, shook hands or faced each other, and those who signed for a side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.language import Sentence
from dateline.talks.phrases import DEPTH, SUBJECTS, Phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

SEEN = frozenset({"person", "government", "armed group", "organisation"})
"""Kinds of actors whom somebody "saw" or "received" to talk to them."""


def encounter(read: Phrases, verb: Token) -> bool:
    """Whether a verb with a word below it is a way of meeting: "sat down", "shook hands", "faced each other"."""
    below = read.words.encounters.get(verb.lemma_.lower())
    return below is not None and any(t.lemma_.lower() in below and _own(t, verb) for t in verb.subtree if t.i > verb.i)


def _own(token: Token, verb: Token) -> bool:
    """Whether no other verb stands between a token and the verb above it."""
    for _ in range(DEPTH):
        if token.i == verb.i:
            return True
        if token.pos_ == "VERB":
            return False
        token = token.head
    return False


def partners(read: Phrases, verb: Token) -> list[str]:
    """Those who met: the subject, and whom it met "with"."""
    return subjects(read, verb) + read.objects(verb, ("with",))


def seen(read: Phrases, verb: Token) -> list[str]:
    """Subject and object of "saw" and "received", where both are such as meet and their sides differ; else empty."""
    if verb.lemma_.lower() not in read.words.meeting["seeing"] or read.objects(verb, ("as",)):
        return []
    if (
        verb.dep_ == "xcomp" and verb.head.pos_ == "VERB" and verb.head.tag_ != "VBN"
    ):  # "expect to see her on the ballot"
        return []
    subject, other = subjects(read, verb), read.objects(verb)
    kinds = {read.sides.table[i].kind for i in (*subject, *other)}
    apart = read.sides.all(subject).isdisjoint(read.sides.all(other))
    political = all(read.sides.political(i) for i in (*subject, *other))
    if not (subject and other and apart and political and kinds <= SEEN):
        return []
    spoken_to = any(read.sides.table[i].kind == "person" for i in other) or any(
        c.dep_ == "dobj" and c.lemma_.lower() in read.words.meeting["delegations"] for c in verb.children
    )
    return [*subject, *other] if spoken_to else []


def subjects(read: Phrases, verb: Token) -> list[str]:
    """The subject of a verb; "he" and "she" are the person who was last the subject of a sentence before."""
    found = read.subjects(verb)
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            for token in (child, *child.conjuncts):
                if token.lower_ in ("he", "she") and read.at(token) is None:
                    found += last_subject(read, token)
    return list(dict.fromkeys(found))


def last_subject(read: Phrases, before: Token) -> list[str]:
    """The person who was the subject of a verb last before a token."""
    for i in range(before.i - 1, -1, -1):
        token = before.doc[i]
        actor = read.at(token) if token.dep_ in SUBJECTS else None
        if actor is not None and read.sides.table[actor].kind == "person":
            return [actor] if read.sides.of(actor) else []
    return []


def signatories(read: Phrases, verb: Token, sentence: Sentence) -> list[str]:
    """Whom those who sign sign for: "X signed for A, Y for B", "signed for A by X and for B by Y", "on behalf of".

    A side is what stands after "for" if it is an actor, else those named before it. Empty unless two sides sign.
    """
    if verb.lemma_.lower() not in read.words.meeting["signing"]:
        return []
    found: list[str] = []
    for token in read.doc.tokens(sentence.start, sentence.end) or ():
        if token.i < verb.left_edge.i or token.lower_ not in ("for", "of"):
            continue
        if token.lower_ == "of" and token.head.lower_ != "behalf":
            continue
        named = [i for c in token.children if c.dep_ in ("pobj", "pcomp") for i in _first(read, c)]
        own = [i for i in named if read.sides.of(i) is not None and read.sides.political(i)]
        found += own or _before(read, token)
    return list(dict.fromkeys(found)) if len(read.sides.all(found)) > 1 else []


def _first(read: Phrases, noun: Token) -> list[str]:
    """Whom a noun names; those that the parse coordinates to it sign for others."""
    return [i for i in read.one(noun) if read.sides.of(i) is not None]


def _before(read: Phrases, token: Token) -> list[str]:
    """The people named right before a token, "and" between them."""
    found: list[str] = []
    i = token.i - 1
    while i >= 0:
        word = token.doc[i]
        actor = read.at(word)
        if actor is not None and read.sides.table[actor].kind == "person" and read.sides.of(actor) is not None:
            found.insert(0, actor)
            i -= 1
            while i >= 0 and token.doc[i].dep_ in ("compound", "punct") and token.doc[i].head.i == word.i:
                i -= 1
        elif word.lower_ == "and" and found:
            i -= 1
        else:
            break
    return found
