"""Who mediates, as one sentence says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.language import Sentence
from dateline.talks.phrases import SUBJECTS, Phrases

if TYPE_CHECKING:
    from spacy.tokens import Token


def mediators(read: Phrases, sentence: Sentence) -> list[str]:
    """The ids of the actors that the sentence calls mediators, in order, each once."""
    found: list[str] = []
    words = read.words.mediation
    for token in read.doc.tokens(sentence.start, sentence.end) or ():
        lemma = token.lemma_.lower()
        verbal = token.pos_ in ("VERB", "ADJ", "ADV", "AUX") or token.tag_ in ("VBN", "VBG", "VBD")
        if verbal and (
            (
                lemma in words["verbs"]
                and not any(c.dep_ == "aux" and c.lower_ in words["possible"] for c in token.children)
            )
            or (lemma in words["presiding"] and _over_talks(read, token))
            or (lemma in words["sponsoring"] and token.dep_ in ("amod", "acl") and _is_talks(read, token.head))
        ):
            found += _agents(read, token)
        elif token.pos_ in ("NOUN", "PROPN") and lemma in words["chairs"] and _of_talks(read, token):
            found += _named(read, token)
        elif token.pos_ == "VERB" and lemma in words["shuttling"] and _between(read, token):
            found += read.subjects(token)
        elif token.pos_ in ("NOUN", "PROPN") and (
            lemma in words["nouns"]
            or token.lower_ in words["nouns"]
            or (lemma in words["witnesses"] and token.head.lower_ == "as")
        ):
            found += _named(read, token)
        elif token.pos_ in ("NOUN", "PROPN") and (lemma in words["acts"] or token.lower_ in words["acts"]):
            found += _owners(read, token)
    found += _envoys(read, sentence)
    return list(dict.fromkeys(found))


def _is_talks(read: Phrases, token: Token) -> bool:
    lemma = token.lemma_.lower()
    return lemma in read.words.meeting["nouns"] or lemma in read.words.meeting["weak_nouns"]


def _over_talks(read: Phrases, verb: Token) -> bool:
    """Whether talks are what a verb presides over: its object, its passive subject, or the noun it hangs on."""
    if verb.dep_ in ("acl", "relcl", "amod") and _is_talks(read, verb.head):
        active = verb.dep_ == "relcl" and any(c.dep_ == "nsubj" for c in verb.children)
        return not active
    return any(c.dep_ in ("dobj", "nsubjpass") and _is_talks(read, c) for c in verb.children)


def _of_talks(read: Phrases, noun: Token) -> bool:
    """Whether a chairman is that of talks."""
    return any(
        _is_talks(read, obj)
        for c in noun.children
        if c.dep_ == "prep" and c.lower_ in ("of", "at")
        for obj in c.children
    )


def _between(read: Phrases, verb: Token) -> bool:
    """Whether somebody goes between two sides, or carries their messages."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "between":
            return len(read.sides.all(i for obj in child.children for i in read.ids(obj))) > 0
        if child.dep_ == "dobj" and child.lemma_.lower() in read.words.mediation["messages"]:
            return True
    return False


def _agents(read: Phrases, verb: Token) -> Iterator[str]:
    """Subject or agent of "mediate"; the compound of "X-mediated"; the object of "thanked X for mediating"."""
    passive = verb.tag_ == "VBN" and not any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    passive = passive or any(c.dep_ in ("agent", "auxpass") for c in verb.children)
    for child in verb.children:
        if child.dep_ == "agent" or (passive and child.lower_ == "by"):
            for obj in child.children:
                yield from _by(read, obj)
        elif (child.dep_ in ("npadvmod", "compound", "nmod", "amod", "advmod") and child.i < verb.i) or (
            passive and child.dep_ in SUBJECTS and verb.dep_ == "amod"
        ):
            yield from read.ids(child)
    if verb.i > 1 and verb.nbor(-1).text in "-‐‑–":  # "UN-mediated", whatever the parse hangs the name on
        yield from read.one(verb.nbor(-2))
    if passive:
        return
    head = verb
    while head.dep_ in ("conj", "pcomp", "prep") and head.head.i != head.i:
        head = head.head
    if head is not verb and head.lemma_ in read.words.mediation["thanks"]:
        yield from read.objects(head)
    elif any(c.dep_ in SUBJECTS for c in verb.children) or verb.dep_ in ("conj", "xcomp", "relcl", "acl", "advcl"):
        yield from read.subjects(verb)


def _by(read: Phrases, token: Token) -> list[str]:
    """Whom "by" names; "by X and by Y" too."""
    found = read.ids(token)
    for child in token.children:
        if child.dep_ == "appos":
            found += read.ids(child)
    return found


def _named(read: Phrases, noun: Token) -> Iterator[str]:
    """Who is called mediator: apposition, compound, predicate, "as mediators", "with X as guarantor"."""
    for child in noun.children:
        if child.dep_ in ("appos", "compound", "nmod", "amod", "poss"):
            yield from read.ids(child)
    head = noun.head
    if noun.dep_ == "appos":
        yield from read.ids(head)
    elif noun.dep_ in (
        "compound",
        "nmod",
        "amod",
    ):  # "mediator Lakhdar Brahimi", "the guarantor countries Cuba and Norway"
        named = [i for c in head.children if c.dep_ == "appos" for i in read.ids(c)]
        yield from named or read.ids(head)
        if head.head.pos_ == "PROPN" and head.dep_ in ("compound", "nmod"):
            yield from read.ids(head.head)
    elif noun.dep_ == "pobj" and head.lower_ == "as":
        with_ = read.with_before(head)
        beside = [i for obj in with_.children if obj.dep_ == "pobj" for i in read.ids(obj)] if with_ is not None else []
        if beside:
            yield from beside
            return
        verb = head.head
        if verb.pos_ in ("NOUN", "PROPN"):
            yield from read.ids(verb)
        elif verb.dep_ in ("acl", "relcl") and verb.tag_ == "VBN":  # "X and Y — described as mediators — hosted ..."
            yield from read.ids(verb.head)
        else:
            yield from read.subjects(verb)
    elif noun.dep_ in ("attr", "oprd"):
        yield from read.subjects(head)
    elif noun.dep_ == "conj" and head.pos_ == "PROPN" and noun.left_edge.i and noun.left_edge.nbor(-1).text == ",":
        before = [t for t in (head, *head.conjuncts) if t.i < noun.i]
        yield from (i for t in before for i in read.one(t))
    elif noun.dep_ == "dobj" and noun.i > 1 and noun.head.i != noun.i:  # "thanked X and Y, the guarantors"
        beside = [c for c in noun.head.children if c.dep_ == "dobj" and c.i < noun.i]
        if beside and any(t.text == "," for t in noun.doc[beside[-1].i : noun.i]):
            yield from read.ids(beside[-1])
    if (actor := read.at(noun)) is not None and read.sides.of(actor) and noun.dep_ not in ("compound", "nmod", "amod"):
        yield actor


def _owners(read: Phrases, noun: Token) -> Iterator[str]:
    """Whose mediation: "X's mediation", "mediation by X", "thanked X for their mediation", "offered its good offices"."""
    if noun.lemma_.lower() == "office" and not any(c.lower_ == "good" for c in noun.children):
        return
    pronoun = False
    for child in noun.children:
        if child.dep_ in ("poss", "amod", "compound", "nmod"):
            pronoun = pronoun or child.pos_ == "PRON"
            yield from ([] if child.pos_ == "PRON" else read.ids(child))
        elif child.dep_ == "prep" and child.lower_ in ("by", "of"):
            for obj in child.children:
                yield from _by(read, obj)
    head = read.outer(noun).head  # "for five months of mediation"
    if head.lower_ == "for" and head.head.lemma_ in read.words.mediation["thanks"]:
        yield from read.objects(head.head)
    elif noun.dep_ == "dobj" and head.lemma_.lower() in read.words.mediation["offering"]:
        yield from read.subjects(head)
    elif pronoun and head.dep_ == "prep":
        return


def _envoys(read: Phrases, sentence: Sentence) -> Iterator[str]:
    """Envoys of a body of states, and people whose office it is to mediate, named in the sentence."""
    for actor in read.actors.within(sentence.start, sentence.end):
        role = re.split(r" (?:for|to|on) ", (actor.role or "").lower())[0]  # "special envoy for Yemen"
        if actor.kind != "person" or not role:
            continue
        side = read.sides.of(actor.id)
        body = side is not None and side[0] == "body"
        if any(role.endswith(name) and (body or "mediator" in name) for name in read.words.mediation["envoys"]):
            yield actor.id
