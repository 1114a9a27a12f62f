"""Who speaks: the source's words resolved to an actor.

A source that names or describes somebody is resolved by `actors`. A text as source ("the statement said") speaks for who
issued it: its owner, else whoever was last said to speak. A quotation without a source goes on with the speaker before it
if it stands beside that one's words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.actors import Actors
from dateline.language import Doc
from dateline.statements.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.statements.draft import Draft
    from dateline.statements.marks import Quoted

Offsets = tuple[int, int]

ISSUER_REACH = 900
"""How many characters back a document's issuer is looked for: about three paragraphs."""
NAME = 4
"""So many words into a description the noun that it is of stands ("congressional report on …")."""
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
    """Who issued the document: its owner ("the ministry's statement", "a letter from the envoy"), else who is told to have
    issued it, else who spoke last.

    `before`: (offset, actor id) of the speakers so far, in order. None if there is nobody.
    """
    owner = _owner(actors, head)
    if owner is not None:
        return owner
    told = _issued(doc, actors, head)
    if told is not None:
        return told
    if head.lemma_.lower() in words().apart:
        return _again(actors, head, before)
    last = next(((at, who) for at, who in reversed(before) if at < head.idx), None)
    return last[1] if last is not None and head.idx - last[0] <= ISSUER_REACH else None


def _owner(actors: Actors, head: Token) -> str | None:
    """Whose a document is by its own phrase: "the ministry's statement", "a letter from the envoy", "a lawsuit filed in Rome by the
    union", "an article in the Herald"."""
    for child in head.children:
        if child.dep_ in ("poss", "compound", "amod", "nmod"):
            owner = actors.at(child.idx, child.idx + len(child))
            if owner is not None:
                return owner.id
    author = _author(actors, head)
    if author is not None:
        return author
    for child in head.children:
        inside = child.dep_ == "prep" and child.lower_ == "in"
        if inside or (child.dep_ in ("prep", "agent", "acl") and child.lower_ in words().issued):
            for below in child.subtree:
                owner = actors.at(below.idx, below.idx + len(below)) if below.dep_ in ("pobj", "appos") else None
                if owner is not None and (owner.sector == "JRN" or not inside):
                    return owner.id
    return None


def _author(actors: Actors, head: Token) -> str | None:
    """Who wrote, signed or filed a document, by the participle on it: "a lawsuit filed in Rome by the union"."""
    made = [c for c in head.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.lemma_.lower() in words().issuing]
    for by in (t for verb in made for t in verb.subtree if t.lower_ == "by"):
        for below in by.subtree:
            author = actors.at(below.idx, below.idx + len(below)) if below.dep_ in ("pobj", "appos") else None
            if author is not None:
                return author.id
    return None


def _again(actors: Actors, head: Token, before: Sequence[tuple[int, str]]) -> str | None:
    """The document of that noun that spoke last, where this one points back to it ("the report")."""
    if not any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in head.children):
        return None
    for at, who in reversed(before):
        actor = actors.get(who) if at < head.idx else None
        text = actor is not None and actor.origin == "described" and actor.kind != "person"
        if actor is not None and text and head.lower_ in actor.name.lower().split()[:NAME]:
            return who
    return None


def _issued(doc: Doc, actors: Actors, head: Token) -> str | None:
    """The subject of "issued a statement" or "said in a statement", where a document of that noun was last spoken of; the writer of
    "a statement written by"."""
    for token in reversed(doc.tokens(max(0, head.idx - ISSUER_REACH), head.idx)):
        if token.lemma_.lower() != head.lemma_.lower():
            continue
        author = _author(actors, token)
        if author is not None:
            return author
        if token.dep_ not in ("dobj", "nsubjpass", "pobj"):
            continue
        within = token.dep_ == "pobj"
        verb = token.head.head if within else token.head
        if within and not (token.head.lower_ == "in" and verb.lemma_.lower() in words().speech):
            continue
        if not within and verb.lemma_.lower() not in words().issuing:
            continue
        wanted = ("agent",) if token.dep_ == "nsubjpass" else ("nsubj",)
        for child in verb.children:
            named = next((c for c in child.children if c.dep_ == "pobj"), child) if child.dep_ == "agent" else child
            actor = actors.at(named.idx, named.idx + len(named)) if child.dep_ in wanted else None
            if actor is not None:
                return actor.id
    return None


def resolve(doc: Doc, actors: Actors, source: Offsets, before: Sequence[tuple[int, str]]) -> tuple[Actors, str | None]:
    """The actor that a source names, with the actors grown by it if it is described only."""
    head = head_of(doc, source)
    if head is not None and is_document(head):
        found = issuer(doc, actors, head, before)
        if found is not None:
            return actors, found
    return actors.refer(doc, *source)


def each(actors: Actors, speaker: str | None) -> tuple[str | None, ...]:
    """Those who speak where two do so as one ("both sides said"): each side, the one last named first; else the speaker."""
    members = actors.members(speaker) if speaker is not None else ()
    group = actors.get(speaker) if speaker is not None else None
    return members if group is not None and group.origin == "group" and len(members) == 2 else (speaker,)


def carried(doc: Doc, actors: Actors, draft: Draft, others: Sequence[Draft], quoted: Quoted) -> Draft:
    """The attribution with the one who spoke as its source, where the source found only carried the words.

    "He told reporters …, according to Reuters", "…, according to a statement": beside a carrier (a medium or a document) the
    sentence has a verb of speech of its own. "The agency quoted the minister as saying": its object spoke.
    """
    if draft.source is None:
        return draft
    draft = _as_quoted(doc, draft)
    head = head_of(doc, draft.source) if draft.source is not None else None
    actor = actors.at(*draft.source)
    sentence = doc.sentence_at(draft.cue[0])
    if head is None or sentence is None or not (is_document(head) or (actor is not None and actor.sector == "JRN")):
        return draft
    for token in doc.tokens(*draft.cue):
        if token.lemma_.lower() in words().quoting and token.pos_ == "VERB":
            spoke = next((c for c in token.children if c.dep_ == "dobj" and _free(c, draft)), None)
            if spoke is not None and actors.at(spoke.idx, spoke.idx + len(spoke)) is not None:
                return replace(draft, source=_phrase(spoke))
    if doc.text[slice(*draft.cue)].lower() != "according to":
        return draft
    bare = replace(draft, content=_quotes(draft.content, quoted) or draft.content)
    for token in doc.tokens(sentence.start, sentence.end):
        if token.pos_ != "VERB" or token.lemma_.lower() not in words().speech or not _free(token, bare):
            continue
        spoke = next((c for c in token.children if c.dep_ == "nsubj" and _free(c, bare)), None)
        told = any(o is not draft and o.cue[0] <= token.idx < o.cue[1] for o in others)
        if spoke is not None and not told:
            kept = draft if _free(token, draft) else replace(bare, quotation=quoted.kind(bare.content, doc.text))
            return replace(kept, source=_phrase(spoke), cue=(token.idx, token.idx + len(token)))
    return draft


def _as_quoted(doc: Doc, draft: Draft) -> Draft:
    """The attribution of who is quoted "as saying" it, with what follows as its content."""
    for token in doc.tokens(*draft.cue):
        after = token if _quoted_by(token) is not None else _as_saying(token)
        spoke = _quoted_by(after) if after is not None else None
        if after is None or spoke is None:
            continue
        end = after.idx + len(after) + 1
        said = tuple((max(start, end), stop) for start, stop in draft.content if stop > end)
        start, stop = _phrase(spoke)
        before = doc.text[start : after.head.idx].rstrip(" ,")
        return replace(draft, source=(start, min(stop, start + len(before))), content=said) if said else draft
    return draft


def _quoted_by(verb: Token) -> Token | None:
    """Whom the verb above quotes as "saying" it: the object of "the agency quoted the minister as saying"."""
    above = next((up for up in verb.ancestors if up.pos_ == "VERB"), None)
    says = verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.lemma_.lower() in words().quoted
    if not says or above is None or not _quotes_somebody(above):
        return None
    return next((c for c in above.children if c.dep_ == "dobj" and c.i < verb.i), None)


def _as_saying(verb: Token) -> Token | None:
    """The "saying" below a verb that quotes somebody "as saying"."""
    below = (t for t in verb.subtree if t.i > verb.i and _quoted_by(t) is not None) if _quotes_somebody(verb) else ()
    return next(iter(below), None)


def _quotes_somebody(verb: Token) -> bool:
    return verb.pos_ == "VERB" and verb.lemma_.lower() in words().quoting


def only_quotes(doc: Doc, draft: Draft, others: Sequence[Draft]) -> bool:
    """Whether all that a cue of quoting "says" is who is quoted as saying what is another's statement."""
    verb = next((v for t in doc.tokens(*draft.cue) if (v := _as_saying(t)) is not None), None)
    return verb is not None and any(o is not draft and o.cue[0] <= verb.idx < o.cue[1] for o in others)


def _quotes(content: Sequence[Offsets], quoted: Quoted) -> tuple[Offsets, ...]:
    """The quotations that pieces of content begin with: “…,” in “…,” she told reporters."""
    opening = [(start, quoted.holding(start), end) for start, end in content]
    return tuple((start, min(q.end, end)) for start, q, end in opening if q is not None)


def _free(token: Token, draft: Draft) -> bool:
    """Whether a word is no part of what is said."""
    return not any(start <= token.idx < end for start, end in draft.content)


def _phrase(noun: Token) -> Offsets:
    last = noun.right_edge
    while last.i > noun.i and (last.is_punct or last.is_space):
        last = last.nbor(-1)
    return noun.left_edge.idx, last.idx + len(last)


def addressees(
    doc: Doc, actors: Actors, cue: Offsets, apart: Sequence[Offsets], speaker: str | None
) -> tuple[str, ...]:
    """Those whom the text says are spoken to: objects of "tell", "urge", …, and what follows "to" at other cues."""
    found: list[str] = []
    for token in doc.tokens(*cue):
        if token.pos_ not in ("VERB", "NOUN") or any(c.dep_ == "oprd" for c in token.children):
            continue  # who calls somebody something speaks of him
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
