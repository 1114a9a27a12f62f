"""Whether talks are told as something that was held or is fixed, not as possible, usual, wished for or spoken of in passing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.talks.phrases import DEPTH, SUBJECTS, Phrases, verbal

if TYPE_CHECKING:
    from spacy.tokens import Token

_FINITE = frozenset({"VBP", "VBZ"})
"""Tags of a present tense."""
_LONG = frozenset({"year", "decade"})
_TEMPORAL = frozenset({"when", "before", "after", "since", "while", "as"})


def doubtful(read: Phrases, verb: Token) -> bool:
    """Whether a verb of meeting only may be ("could meet", "until they meet"), is usual ("often meets"), or is what somebody is
    inclined to or would like to see ("open to negotiating", "wants to see them negotiate")."""
    below, words = list(verb.children), read.words.meeting
    if any(c.dep_ == "aux" and c.lower_ in words["possible"] for c in below):
        return True
    leading = {c.lower_ for c in below if c.dep_ in ("mark", "advmod") and c.i < verb.i}
    if leading & words["conditions"] or (leading & words["awaiting"] and verb.tag_ in _FINITE):
        return True
    if verb.tag_ in _FINITE and any(c.dep_ == "advmod" and c.lower_ in words["usual"] for c in below):
        return True
    if any(c.lower_ == "over" and any(t.dep_ == "pobj" and t.lemma_ in _LONG for t in c.children) for c in below):
        return True  # "have met over the years"
    return _inclined(read, verb)


def _inclined(read: Phrases, verb: Token) -> bool:
    """Whether the way up from a verb leads to an inclination or, past "see", to a wish."""
    words, token = read.words.meeting, verb
    for _ in range(DEPTH):
        up = token.head
        if up.i == token.i or token.dep_ in ("acl", "relcl", "conj") or up.lemma_.lower() in words["saying"]:
            return False
        if up.lemma_.lower() in words["inclined"] and up.pos_ in ("ADJ", "VERB", "NOUN"):
            return token.dep_ in ("xcomp", "pcomp", "prep", "ccomp", "acl")
        if up.lemma_ == "see" and up.head.lemma_.lower() in words["wishing"]:
            return True
        token = up
    return False


def in_passing(read: Phrases, token: Token) -> bool:
    """Whether a word for talks says by its verb neither that they are or were held nor that somebody is at them ("neutral in
    negotiations between", "fears that the talks")."""
    if verbal(token):
        return False
    words, over = read.words.meeting, read.governor(token)
    if over is None:
        return not any(c.dep_ in ("acl", "relcl") for c in token.children)
    verb, how = over
    lemma, top = verb.lemma_.lower(), read.outer(token)
    if top.dep_ == "pobj" and top.head.head.pos_ == "ADJ":
        return True  # "neutral in negotiations between"
    if lemma == "be" and any(c.dep_ in ("acomp", "attr") for c in verb.children):
        return True  # who is something at talks is not told to be at them
    held = words["holding"] | words["joining"] | words["opening"] | words["closing"] | words["coming"]
    if how in ("object", "subject", "in", "for", "into", "after", "at"):
        return lemma not in held | words["accord_verbs"] | words["deciding"] | words["verbs"] and how != "subject"
    return True


def ahead(read: Phrases, token: Token) -> bool:
    """Whether talks are those before which something else was done: "ahead of the summit in Rome"."""
    top = read.outer(token)
    return top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lower_ == "ahead"


def fruitful(read: Phrases, token: Token) -> bool:
    """Whether what was agreed at or after talks is told without a name of who agreed: "the agenda was agreed after secret
    meetings", "they signed the truce at a meeting in"."""
    over, words = None if verbal(token) else read.governor(token), read.words.meeting
    if over is None or over[1] not in words["adjuncts"] or any(c.dep_ in ("neg", "agent") for c in over[0].children):
        return False
    lemma, subject = over[0].lemma_.lower(), next((c for c in over[0].children if c.dep_ in SUBJECTS), None)
    if subject is None:
        return False
    accord = lemma in words["accord_verbs"] and subject.lemma_.lower() in words["accord_nouns"]
    back = subject.pos_ == "PRON" or subject.lemma_.lower() in words["anaphors"]
    return (accord or lemma in words["concluding"]) and (subject.dep_ == "nsubjpass" or back)


def in_a_life(verb: Token) -> bool:
    """Whether a meeting is told as the time of something else: "before she met him", "when she met him at a fair"."""
    leading = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod") and c.i < verb.i}
    return verb.dep_ in ("advcl", "relcl") and bool(leading & _TEMPORAL)


def own_people(noun: Token, read: Phrases) -> bool:
    """Whether those met are the subject's own ("met with her staff"), who are no other side."""
    mine = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in noun.children)
    return mine and noun.lemma_.lower() in read.words.meeting["own"]
