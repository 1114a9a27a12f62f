"""Attributions as the tagger gives them, made ready: spans trimmed, kind of quotation, and what decides on keep and act."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dateline.actors import Actors
from dateline.language import Doc
from dateline.statements import clues, edges
from dateline.statements.act import Clues
from dateline.statements.keep import Look
from dateline.statements.marks import Kind, Quoted
from dateline.statements.sources import head_of, is_document
from dateline.statements.tagger import Attribution, Offsets
from dateline.statements.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_EDGE = " \t\n\r\xa0\"“”„«»‘'`,;:—–-"
"""What is trimmed off the ends of a content: marks, commas and dashes belong to the sentence, not to what is said."""
_QUOTING = "\"“”„«‘'`"
_CLOSING = _EDGE.replace("'", "").replace("-", "") + "’"
_CUT = re.compile(
    r"(?<=\w)(?:\w|[-‐‑]\w|['’][a-z])|(?<=\d)[.,]\d|(?<=\d)\s+(?:million|billion|trillion|percent|per cent)\b"
)
"""What follows a content that ends within a word, a number or a hyphenated compound."""
_STOP = re.compile(r"[.,;:!?](?=\W|$)|[\"“”«»\n—–]")
"""Where the clause that a cut went through ends at the latest."""
_OWN = frozenset({"i", "we", "you", "us", "me", "one"})
LED = 3
"""Within so many words of a content the "that" is looked for with which what is said begins."""
CLOSE = 40
"""Pieces of a source or cue nearer to each other than this many characters count as one span, else the longest is taken."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution with its spans as the record shows them."""

    source: Offsets | None
    cue: Offsets
    content: tuple[Offsets, ...]
    quotation: Kind
    look: Look
    clues: Clues

    @property
    def start(self) -> int:
        """Where its first words stand."""
        return min(self.cue[0], self.content[0][0], self.source[0] if self.source else self.cue[0])

    @property
    def end(self) -> int:
        """Where its last words end."""
        return max(self.cue[1], self.content[-1][1], self.source[1] if self.source else 0)


def drafts(doc: Doc, actors: Actors, rows: Sequence[Attribution], quoted: Quoted) -> list[Draft]:
    """One draft an attribution that has a content in the body, in the order of the text."""
    found: list[tuple[Attribution, tuple[Offsets, ...]]] = []
    for row in rows:
        if not row.cue or row.cue[0][0] < doc.article.body_start:
            continue
        within = ((max(start, doc.article.body_start), end) for start, end in row.content)
        pieces = [p for p in (trimmed(doc.text, *piece) for piece in within) if p is not None]
        taken = [*row.cue, *row.source]
        content = tuple(edges.finished(doc, _weighty(doc, whole(doc.text, pieces, taken)), taken))
        if content:
            cue = cue_word(doc, row.cue[0])
            content = tuple(edges.without_tail(doc, p, quoted, cue) for p in _with_subject(doc, row, content))
            found.append((row, content))
    contents = edges.whole_quotations(doc.text, [c for _, c in found], [row.cue[0] for row, _ in found], quoted)
    contents = [edges.without_past(doc, content, quoted) or content for content in contents]
    contents = [tuple(_without_space(doc.text, *piece) for piece in content) for content in contents]
    made = [_draft(doc, actors, row, content, rows, quoted) for (row, _), content in zip(found, contents, strict=True)]
    return sorted(_apart(doc, made), key=lambda d: (d.start, d.cue))


def _apart(doc: Doc, made: list[Draft]) -> list[Draft]:
    """The drafts without the pieces of content that are another cue's between them, with that cue or without: in "both reaffirmed
    their commitments: Norland pledged to …" what Norland pledged is its own statement, and the commitments are no other."""
    out = []
    for draft in made:
        between = [
            o
            for o in made
            if o is not draft and len(o.content) == 1 and draft.cue[1] <= o.cue[0] and o.cue[1] <= o.content[0][0]
        ]
        kept = tuple(p for p in draft.content if not any(_within(p, o.content[0]) or o.cue[0] == p[0] for o in between))
        left = replace(draft, content=kept) if kept else draft
        if not _announces(doc, left, between):
            out.append(left)
    return out


def _within(piece: Offsets, other: Offsets) -> bool:
    return other[0] <= piece[0] and piece[1] <= other[1]


def _announces(doc: Doc, draft: Draft, after: Sequence[Draft]) -> bool:
    """Whether a content only names what others then say, after a colon."""
    end = draft.content[-1][1]
    if doc.text[end : end + 1] != ":" or any(
        t.pos_ in ("VERB", "AUX") and t.dep_ != "amod" for t in clues.tokens(doc, draft.content)
    ):
        return False
    sentence = doc.sentence_at(end)
    return sentence is not None and any(end < o.cue[0] < sentence.end for o in after)


def trimmed(text: str, start: int, end: int) -> Offsets | None:
    """A piece of content without the marks and commas around it; None if no word is left."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and (text[end - 1] in _CLOSING or _closes(text, start, end)):
        end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None


def _without_space(text: str, start: int, end: int) -> Offsets:
    """A piece without white space at its end."""
    return start, start + len(text[start:end].rstrip())


def _closes(text: str, start: int, end: int) -> bool:
    """Whether an apostrophe at the end closes a quotation: half of two, or behind another mark; else it is a genitive's."""
    return text[end - 1] == "'" and (text[end : end + 1] == "'" or (end - 2 >= start and text[end - 2] in "'.,!?…"))


def whole(text: str, pieces: Sequence[Offsets], others: Sequence[Offsets]) -> list[Offsets]:
    """The pieces of a content that end within a word, number or compound carried on to the end of their clause.

    `others`: the spans of source and cue, which no piece runs into.
    """
    out: list[Offsets] = []
    for start, end in sorted(pieces):
        if out and start < out[-1][1]:
            if end <= out[-1][1]:
                continue
            start = out.pop()[0]
        if _CUT.match(text, end):
            stop = _STOP.search(text, end)
            while stop is not None and stop.start() == end and text[end] in ".," and _CUT.match(text, end):
                stop = _STOP.search(text, end + 1)
            limit = min([s for s, _ in others if s >= end], default=len(text))
            end = max(end, min(stop.start() if stop else len(text), limit))
            end = (trimmed(text, start, end) or (start, end))[1]
        out.append((start, end))
    return out


def _weighty(doc: Doc, pieces: list[Offsets]) -> tuple[Offsets, ...]:
    """The pieces without lone adverbs, connectives and names beside longer ones ("Instead, he said, …")."""
    if len(pieces) < 2:
        return tuple(pieces)
    kept = [p for p in pieces if any(t.pos_ not in ("ADV", "CCONJ", "SCONJ", "PUNCT", "PART") for t in doc.tokens(*p))]
    kept = [
        p
        for p in kept
        if " " in doc.text[slice(*p)] or doc.tokens(*p)[0].pos_ != "PROPN" or doc.text[p[0] - 1] in _QUOTING
    ]
    return tuple(kept or pieces)


def _with_subject(doc: Doc, row: Attribution, content: tuple[Offsets, ...]) -> tuple[Offsets, ...]:
    """The content from its verb's subject on, where that was left between cue and content: "said [the army – weary of war – would
    leave]"."""
    start, end = content[0]
    first = doc.tokens(start, end)[0]
    led = _that(doc, row, content[0])
    if led is not None:
        return ((led, end), *content[1:])
    verb = first.head if first.dep_ in ("aux", "auxpass", "neg") else first
    cue, before = max(e for _, e in row.cue), [e for _, e in row.source if e <= start]
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < first.i), None)
    if subject is None or subject.left_edge.idx < max([cue, *before]):
        return content
    return ((subject.left_edge.idx, end), *content[1:])


def _that(doc: Doc, row: Attribution, piece: Offsets) -> int | None:
    """Where the "that" stands with which what is said begins, if the last word of the cue's own phrase is before it in the piece:
    "has said from the [start that it will]"."""
    cue, tokens = cue_word(doc, row.cue[0]), list(doc.tokens(*piece))
    for token in tokens[1:LED]:
        if (
            token.lower_ == "that"
            and token.dep_ == "mark"
            and cue.i < token.i
            and _says(token.head.head, cue, row, piece)
        ):
            below = {t.i for t in token.head.subtree}
            clear = not any(t.i in below or t.is_quote for t in tokens if t.i < token.i)
            return token.idx if clear else None
    return None


def _says(above: Token, cue: Token, row: Attribution, piece: Offsets) -> bool:
    """Whether a clause hangs on the cue, or on the noun of a phrase beside it that begins before the piece: "said from the start"; what
    the cue's own preposition leads to is said ("referring to reports that")."""
    leads = above.head
    own = any(start <= leads.idx < end for start, end in row.cue)
    return above == cue or (above.dep_ == "pobj" and leads.head == cue and leads.idx < piece[0] and not own)


def one_span(pieces: Sequence[Offsets]) -> Offsets | None:
    """Pieces as one span: from first to last where they stand close, else the longest."""
    if not pieces:
        return None
    start, end = min(s for s, _ in pieces), max(e for _, e in pieces)
    gaps = sum(b[0] - a[1] for a, b in zip(sorted(pieces), sorted(pieces)[1:], strict=False))
    return (start, end) if gaps <= CLOSE else max(pieces, key=lambda p: p[1] - p[0])


def cue_word(doc: Doc, cue: Offsets) -> Token:
    """The word that carries a cue: its last full verb outside a name, else its noun, else its first word."""
    tokens = list(doc.tokens(*cue))
    verbs = [t for t in tokens if t.pos_ == "VERB"]
    nouns = [t for t in tokens if t.pos_ in ("NOUN", "PROPN")]
    return verbs[0] if verbs else nouns[-1] if nouns else tokens[0]


def _draft(
    doc: Doc,
    actors: Actors,
    row: Attribution,
    content: tuple[Offsets, ...],
    rows: Sequence[Attribution],
    quoted: Quoted,
) -> Draft:
    cue = one_span(row.cue)
    assert cue is not None
    word = cue_word(doc, cue)
    if word.pos_ in ("VERB", "NOUN"):
        (cue,) = edges.finished(doc, [cue], [*content, *row.source])  # "said in a" tweet
    named = one_span(row.source)
    source = trimmed(doc.text, max(named[0], doc.article.body_start), named[1]) if named is not None else None
    source = source or _garden_path(actors, word, content)
    known = words()
    if source is not None and word.lemma_.lower() in known.charging and _undergone(doc, word, source):
        source = None
    elif word.lemma_.lower() in known.stirring and word.tag_ == "VBG" and word.dep_ == "advcl":
        source = None  # "launched missiles, raising fears that": nobody is said to fear
    lemmas = {word.lemma_.lower(), word.lower_}
    quotation = quoted.kind(content, doc.text)
    speech, thought = bool(lemmas & known.speech), bool(lemmas & known.thought)
    lower = tuple(t.lower_ for s, e in content for t in doc.tokens(s, e) if not t.is_punct or t.text == "?")
    if doc.text[content[-1][1] : content[-1][1] + 1] == "?" and lower[-1:] != ("?",):
        lower = (*lower, "?")
    nested = any(o is not row and any(s <= cue[0] and cue[1] <= e for s, e in o.content) for o in rows)
    look = Look(
        row.confidence,
        speech,
        thought,
        clues.of_cue(word, list(doc.tokens(*cue)), clues.tokens(doc, content)) is not None,
        word.pos_ not in ("VERB", "AUX") and word.lower_ != "according",
        _kind_of_source(doc, actors, source),
        quotation,
        nested,
        quoted.holding(cue[0]) is not None,
        len(lower),
        source is not None and doc.text[source[0] : source[1]].lower() in _OWN,
        any(c.dep_ == "auxpass" for c in word.children),
        quotation == "indirect" and _bare(word, clues.tokens(doc, content)),
        any(c.dep_ == "neg" or (c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ != "will") for c in word.children),
        doc.text[slice(*cue)].lower().endswith((" about", " of")),
    )
    return Draft(
        source,
        cue,
        content,
        quotation,
        look,
        clues.gather(doc, actors, np.array(row.act), (word, cue), source, content, quotation),
    )


def _garden_path(actors: Actors, cue: Token, content: Sequence[Offsets]) -> Offsets | None:
    """Who opens a sentence whose verb the parse takes for a participle of a noun before it: "The pastor whose campaign led to the largest
    protests in a decade called on citizens to …"."""
    root = cue.sent.root
    who = root if root.pos_ in ("NOUN", "PROPN") else next((c for c in root.children if c.dep_ == "nsubj"), None)
    if cue.dep_ != "acl" or cue.tag_ not in ("VBN", "VBD") or who is None or who.i > cue.i:
        return None
    related = any(t.tag_ in ("WP$", "WP", "WDT") for t in cue.doc[who.i + 1 : cue.i])
    start, end = who.left_edge.idx, who.idx + len(who)
    known = actors.at(who.idx, end) is not None
    return (start, end) if related and known and not any(s < end and start < e for s, e in content) else None


def _bare(cue: Token, content: Sequence[Token]) -> bool:
    """Whether what is said has neither a verb nor a ground that the cue gives ("thanked Norland for its patience")."""
    return not any(t.pos_ in ("VERB", "AUX") or (t.lower_ == "for" and t.head == cue) for t in content)


def _undergone(doc: Doc, verb: Token, source: Offsets) -> bool:
    """Whether a source undergoes what its cue says: "the mayor, accused of theft" has accused nobody."""
    if verb.tag_ != "VBN" or any(c.dep_ == "aux" and c.lower_ == "having" for c in verb.children):
        return False
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if verb.dep_ == "acl":
        passive.append(verb.head)
    elif verb.dep_ == "advcl":
        passive += [c for c in verb.head.children if c.dep_ in ("nsubj", "nsubjpass")]
    return any(source[0] <= t.idx < source[1] or t.left_edge.idx <= source[0] < t.idx for t in passive)


def _kind_of_source(doc: Doc, actors: Actors, source: Offsets | None) -> str:
    if source is None:
        return "none"
    head = head_of(doc, source)
    if head is None:
        return "none"
    actor = actors.at(*source)
    if head.lemma_.lower() in words().surveys:
        return "survey"
    if is_document(head):
        return "document"
    if actor is not None:
        return (
            "person"
            if actor.kind == "person"
            else "state"
            if actor.kind in ("country", "government", "igo")
            else "other"
        )
    return "pronoun" if head.pos_ == "PRON" else "other"
