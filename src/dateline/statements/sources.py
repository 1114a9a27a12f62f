"""Who speaks: the source's words resolved to an actor.

A source that names or describes somebody is resolved by `actors`. A text as source ("the statement said") speaks for who
issued it: its owner, else whoever was last said to speak. A quotation without a source goes on with the speaker before it
if it stands beside that one's words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.actors import Actors
from dateline.language import Doc
from dateline.statements.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

Offsets = tuple[int, int]

ISSUER_REACH = 900
"""How many characters back a document's issuer is looked for: about three paragraphs."""
CONTINUES = 400
"""How many characters may stand between a quotation without source and the words of the speaker it continues."""


def head_of(doc: Doc, span: Offsets) -> Token | None:
    """The syntactic head of a stretch."""
    tokens = doc.tokens(*span)
    return tokens.root if tokens is not None and len(tokens) else None


def is_document(head: Token) -> bool:
    """Whether a source is a text rather than somebody."""
    return head.pos_ in ("NOUN", "PROPN") and head.lemma_.lower() in words().documents


def issuer(doc: Doc, actors: Actors, head: Token, before: Sequence[tuple[int, str]]) -> str | None:
    """Who issued the document: its owner ("the ministry's statement", "a letter from the envoy"), else who spoke last.

    `before`: (offset, actor id) of the speakers so far, in order. None if there is nobody.
    """
    for child in head.children:
        if child.dep_ in ("poss", "compound", "amod", "nmod"):
            owner = actors.at(child.idx, child.idx + len(child))
            if owner is not None:
                return owner.id
    for child in head.children:
        if child.dep_ in ("prep", "agent", "acl") and child.lower_ in (
            "of",
            "by",
            "from",
            "issued",
            "signed",
            "released",
        ):
            for below in child.subtree:
                owner = actors.at(below.idx, below.idx + len(below)) if below.dep_ in ("pobj", "appos") else None
                if owner is not None:
                    return owner.id
    last = next(((at, who) for at, who in reversed(before) if at < head.idx), None)
    return last[1] if last is not None and head.idx - last[0] <= ISSUER_REACH else None


def resolve(doc: Doc, actors: Actors, source: Offsets, before: Sequence[tuple[int, str]]) -> tuple[Actors, str | None]:
    """The actor that a source names, with the actors grown by it if it is described only."""
    head = head_of(doc, source)
    if head is not None and is_document(head):
        found = issuer(doc, actors, head, before)
        if found is not None:
            return actors, found
    return actors.refer(doc, *source)


def addressees(
    doc: Doc, actors: Actors, cue: Offsets, apart: Sequence[Offsets], speaker: str | None
) -> tuple[str, ...]:
    """Those whom the text says are spoken to: objects of "tell", "urge", …, and what follows "to" at other cues."""
    found: list[str] = []
    for token in doc.tokens(*cue):
        if token.pos_ not in ("VERB", "NOUN"):
            continue
        for child in token.children:
            heads = []
            if child.dep_ in ("dobj", "dative") and token.lemma_.lower() in words().addressing and child.pos_ != "ADP":
                heads = [child, *child.conjuncts]
            elif child.dep_ in ("prep", "dative") and child.lower_ == "to":
                heads = [c for p in child.children if p.dep_ == "pobj" for c in (p, *p.conjuncts)]
            for head in heads:
                if any(s <= head.idx < e for s, e in apart) and child.lower_ == "to":
                    continue
                actor = actors.at(head.idx, head.idx + len(head))
                if actor is not None and actor.id != speaker and actor.id not in found:
                    found.append(actor.id)
    return tuple(found)
