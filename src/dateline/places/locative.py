"""How the parse makes a name the place of something: the word it hangs on, and whether that is the act in question.

Dependency labels are those of spaCy's English pipelines (ClearNLP).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.places import words

if TYPE_CHECKING:
    from spacy.tokens import Token

How = Literal["at", "to", "reached", "before", "target", "where"]
"""A phrase of place; of a goal; the object of a verb that reaches it; before an event's noun; what was attacked; "where"."""

_CLAUSES = frozenset({"ccomp", "pcomp", "acl", "relcl", "parataxis", "advcl"})
_WIDE = frozenset({"country", "region", "admin1"})
"""Kinds that "at", "on" and "over" do not place: "lashed out at Turkey", "called on Iran"."""
_APART = frozenset({"after", "before", "despite", "following", "since"})
"""Prepositions of what went before or came later, elsewhere as well: "freed them a day after talks in Geneva"."""
_STEPS = 6
"""Words between a phrase and its act: more is another thought."""


@dataclass(frozen=True, slots=True)
class Link:
    """The verb or noun (`holder`) that a place hangs on, and how."""

    holder: Token
    how: How


def links(token: Token, kind: str | None) -> Iterator[Link]:
    """The links of a place of this kind whose name has `token` as its head, the plainest first."""
    lists = words.locatives()
    inner, near = _widened(token)
    for child in (*inner.children, *token.children):
        if child.dep_ == "relcl" and any(c.lower_ == "where" for c in child.children):
            yield Link(child, "where")
        elif child.dep_ == "acl" and child.tag_ == "VBN" and _lemma(child) in lists["reaching"]:
            yield Link(child, "reached")  # "Crimea, annexed by Russia"
    wide = kind in _WIDE and not near
    if inner.dep_ == "pobj":
        preposition = inner.head
        word = preposition.lower_
        if word in lists["at"] or (word in lists["spot"] and not wide):
            yield Link(_holder(preposition), "at")
        elif word in lists["to"]:
            holder = _holder(preposition)
            if _lemma(holder) in lists["going"] or _lemma(holder.head) in lists["going"]:
                yield Link(holder, "to")
        elif word in ("of", "on", "against", "in") and _lemma(preposition.head) in lists["target"]:
            yield Link(preposition.head, "target")
    elif inner.dep_ in ("compound", "nmod", "amod") and kind not in ("country", "region"):
        if _seated(inner.head):
            return  # "the Hilltop Dialogue, a forum in Geneva"
        if _lemma(inner.head) in lists["event"] or _lemma(inner.head) in lists["gathering"] or _crowd(inner.head):
            yield Link(inner.head, "before")
    elif inner.dep_ in ("dobj", "nsubjpass"):
        verb = _lemma(inner.head)
        if verb in lists["reaching"] or (kind in ("facility", "city") and verb in lists["filling"]):
            yield Link(inner.head, "reached")
    elif inner.dep_ == "npadvmod" and inner.head.pos_ in ("VERB", "AUX"):
        yield Link(inner.head, "at")


def _seated(occasion: Token) -> bool:
    """Whether the words after an occasion's name say what it is and where: then its name does not."""
    return any(
        phrase.dep_ == "prep"
        and phrase.lower_ in words.locatives()["at"]
        and any(c.pos_ == "PROPN" for c in phrase.children)
        for child in occasion.children
        if child.dep_ == "appos"
        for phrase in child.children
    )


def _crowd(noun: Token) -> bool:
    """Whether a noun is one crowd that is spoken to ("told an Iowa audience"), not people of a place ("Iowa teachers")."""
    return noun.tag_ == "NN" and noun.dep_ in ("dobj", "dative", "pobj") and _lemma(noun) in words.locatives()["crowd"]


def _widened(token: Token) -> tuple[Token, bool]:
    """The head of what a place stands in: "the outskirts of Homs", "the Statehouse lawn", "the capital, Kabul",
    "Ruritania's refineries".

    Also whether words of area or ground came between.
    """
    area = words.locatives()["area"] | words.sites()["ground"]
    through = False
    for _ in range(_STEPS):
        head = token.head
        if head.i == token.i:
            break
        if token.dep_ in ("conj", "appos"):
            token = head
        elif token.dep_ == "pobj" and head.lower_ in ("of", "in") and head.head.lower_ in area and head.dep_ == "prep":
            token, through = head.head, True
        elif (token.dep_ in ("compound", "amod", "nmod", "poss") and head.lower_ in area) or _held(token):
            token, through = head, True
        else:
            break
    return token, through


def _held(owner: Token) -> bool:
    """Whether what a place owns is within it ("Libya's refineries", but not its troops)."""
    return owner.dep_ == "poss" and _lemma(owner.head) in words.locatives()["holding"]


def _holder(preposition: Token) -> Token:
    """The verb or noun that a prepositional phrase hangs on."""
    holder = preposition.head
    for _ in range(_STEPS):
        if holder.pos_ != "ADP" or holder.head.i == holder.i:
            break
        holder = holder.head
    return holder


def attended(occasion: Token, act: Token | None = None) -> bool:
    """Whether who acts in an occasion's sentence is at it by the word that it hangs on: not one that is called off, spoken of or ahead.

    `act`: a verb of speech that has the occasion as its object ("addressed the rally", not "condemned the rally").
    """
    lists = words.locatives()
    if occasion.dep_ == "dobj":
        verb = occasion.head
        return (act is not None and verb.i != act.i) or _lemma(verb) in lists["attending"]
    lead = occasion.head if occasion.dep_ == "pobj" else None
    return lead is None or not (
        {lead.lower_, lead.head.lower_ if lead.head.pos_ in ("ADP", "ADV") else ""} & lists["away"]
    )


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def belongs(holder: Token, act: Token) -> bool:
    """Whether what hangs on `holder` is said of the act: the act itself, a part of its phrase, or the verb that carries it."""
    return holder.i == act.i or _below(holder, act) or _carries(holder, act)


def _below(holder: Token, act: Token) -> bool:
    """Whether the holder is an object or phrase of the act, with no clause between."""
    token = holder
    for _ in range(_STEPS):
        if token.i == act.i:
            return True
        if token.dep_ in _CLAUSES or token.dep_ == "nsubj" or token.head.i == token.i:
            return False
        if joined(token, act):
            return False
        token = token.head
    return False


def joined(verb: Token, act: Token) -> bool:
    """Whether a verb joined to the act tells of another time ("called her and was to meet him in Melk")."""
    return verb.dep_ == "conj" and verb.head.i == act.i and any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def apart(holder: Token, act: Token) -> bool:
    """Whether the holder stands in a phrase or clause of what went before the act or came later ("freed them after talks in Geneva")."""
    token = holder
    while token.head.i != token.i and token.i != act.i and not token.is_ancestor(act):
        leads = (token,) if token.dep_ == "prep" else token.children if token.dep_ == "advcl" else ()
        if any(lead.lower_ in _APART and lead.dep_ in ("prep", "mark") for lead in leads):
            return True
        token = token.head
    return False


def _carries(holder: Token, act: Token) -> bool:
    """Whether the act is the subject or object of the holder: "talks were held in", "an attack was carried out in"."""
    if holder.pos_ not in ("VERB", "AUX"):
        return False
    token = act
    for _ in range(_STEPS):
        if token.i == holder.i:
            return True
        if token.dep_ in _CLAUSES and token.dep_ != "advcl" and token.i != act.i:
            return False
        if token.dep_ not in (
            "dobj",
            "nsubj",
            "nsubjpass",
            "pobj",
            "prep",
            "attr",
            "compound",
            "xcomp",
            "agent",
            "conj",
        ):
            return False
        token = token.head
    return False


def within_clause(holder: Token, act: Token) -> bool:
    """Whether the holder stands in a clause that the act governs, such as what a verb of speech reports."""
    token = holder
    for _ in range(2 * _STEPS):
        if token.i == act.i or token.head.i == token.i:
            return False
        if token.dep_ in ("ccomp", "pcomp", "relcl", "parataxis", "acl"):
            return True
        token = token.head
    return False
