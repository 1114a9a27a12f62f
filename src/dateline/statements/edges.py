"""Where what is said begins and ends: pieces carried on to the end of their phrase, gaps closed, quotations kept whole and with one.

The attribution model marks pieces of words; it may stop before the noun of a phrase, leave words of a quotation out, or give one
quotation to two cues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.language import Doc
from dateline.statements.marks import Quotation, Quoted
from dateline.statements.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

Offsets = tuple[int, int]

GAP = 40
"""Words left out between two pieces, of no source and no cue, belong to them up to this many characters."""
NOUN = 3
"""So many words on the noun may stand that a piece stops before."""
COVERED = 0.4
"""A quotation of which a content has this share is said whole."""
TAIL = 6
"""So many words after a quotation may belong to the cue ("…" on Friday afternoon)."""
_MARKS = re.compile(r"[\n\"“”«»—–():;-]|''|``")
"""What parts two pieces for good."""
_LEFT_OPEN = frozenset({"IN", "DT", "PRP$", "POS", "TO", "CC", "WDT", "PDT"})
"""Tags of words that open a phrase and end none."""


def finished(doc: Doc, pieces: Sequence[Offsets], others: Sequence[Offsets]) -> list[Offsets]:
    """The pieces with small gaps closed and, where one ends within a phrase ("the shooting in"), carried on to its end.

    `others`: the spans of source and cue, which no piece runs into.
    """
    out: list[Offsets] = []
    for start, end in pieces:
        if out and _one(doc, out[-1][1], start, others):
            start = out.pop()[0]
        out.append((start, end))
    return [(start, _phrase_end(doc, start, end, others)) for start, end in out]


def _one(doc: Doc, end: int, start: int, others: Sequence[Offsets]) -> bool:
    """Whether two pieces are parted by words of their own sentence only."""
    between = doc.text[end:start]
    if start - end > GAP or any(s < start and e > end for s, e in others) or _MARKS.search(between):
        return False
    if not _open(doc.tokens(end - 1, end)[-1]):
        return False
    here, there = doc.sentence_at(end - 1), doc.sentence_at(start)
    return here is not None and here == there


def _phrase_end(doc: Doc, start: int, end: int, others: Sequence[Offsets]) -> int:
    """The end of the phrase that a piece stops within, up to the next mark; its own end where it stops at none."""
    while end > start and doc.text[end - 1].isspace():
        end -= 1
    last = doc.tokens(start, end)[-1]
    above, opens = last.head, _open(last)
    within = last.dep_ in ("compound", "amod", "nummod", "poss") and 0 < above.i - last.i <= NOUN
    within = within and above.pos_ in ("NOUN", "PROPN") and last.pos_ != "VERB"
    if not (opens or within) or doc.text[end : end + 1] not in (" ", "'", "’"):
        return end
    sentence, limit = doc.sentence_at(last.idx), min([s for s, _ in others if s >= end], default=len(doc.text))
    until = end
    for token in doc.spacy[last.i + 1 :]:
        if sentence is None or token.idx >= sentence.end or token.idx + len(token) > limit:
            break
        if token.is_punct and token.text not in ("-", "'", "’", "%", "$"):
            break
        until = token.idx + len(token)
        if within and token.i >= above.i and not opens:
            break
        if opens and token.i >= max(t.i for t in _phrase(last)):
            break
    return until


def _open(word: Token) -> bool:
    """Whether a word opens a phrase that goes on after it: "in" of "the shooting in Springfield"."""
    return word.tag_ in _LEFT_OPEN and any(t.i > word.i and not t.is_punct for t in _phrase(word))


def _phrase(word: Token) -> list[Token]:
    """The words of the phrase that a word opens: below a preposition, else below the noun that it goes with."""
    if word.tag_ in ("IN", "TO") and any(c.i > word.i for c in word.children):
        return list(word.subtree)
    return [t for t in word.head.subtree if t.i > word.i] if word.head.i > word.i else []


def without_tail(doc: Doc, piece: Offsets, quoted: Quoted, cue: Token) -> Offsets:
    """A piece that runs from within a quotation over its end by a few words of another sentence, or of the cue, cut at that end."""
    start, end = piece
    held = quoted.holding(start)
    if held is None or not held.closed or end <= held.close:
        return piece
    after = [t for t in doc.tokens(held.close, end) if t.idx >= held.close and not t.is_punct and not t.is_space]
    if not after or len(after) > TAIL or any(c in doc.text[held.close : end] for c in '"“”«»'):
        return piece
    here, there = doc.sentence_at(start), doc.sentence_at(after[0].idx)
    dated = all(t.ent_type_ in ("DATE", "TIME") for t in after[1:])
    spoken = after[0].lower_ in words().told_when and (dated or all(_hangs_on(t, cue) for t in after))
    apart = here != there and after[0].text[0].isupper()
    return (start, held.end) if apart or spoken else piece


def without_past(doc: Doc, content: tuple[Offsets, ...], quoted: Quoted) -> tuple[Offsets, ...]:
    """An infinitive without the clause of what came before it: "threatened to step in after the premier dismissed her"."""
    tokens = [t for piece in content for t in doc.tokens(*piece)]
    opening = next((t for t in tokens if t.is_alpha), None)
    if opening is None or opening.tag_ != "TO" or not any(t.is_alpha for t in opening.sent if t.i < opening.i):
        return content  # nothing leads to an infinitive that opens its sentence: "To see this is stunning"
    for number, token in enumerate(tokens):
        grounds = token.lower_ in words().ground and token.sent == opening.sent and quoted.holding(token.idx) is None
        if grounds and any(t.tag_ == "VBD" for t in tokens[number + 1 :] if t.sent == token.sent):
            kept = ((s, min(e, token.idx)) for s, e in content if s < token.idx)
            return tuple(p for p in (_bare_end(doc, *piece) for piece in kept) if p[0] < p[1])
    return content


def _bare_end(doc: Doc, start: int, end: int) -> Offsets:
    return start, start + len(doc.text[start:end].rstrip(" ,;–—-"))


def _hangs_on(token: Token, cue: Token) -> bool:
    """Whether a word is of a phrase by which the cue is told: "on Friday", "in a letter"."""
    path = [token, *token.ancestors]
    at = next((n for n, t in enumerate(path) if t == cue), None)
    return at is not None and at > 0 and path[at - 1].dep_ in ("prep", "npadvmod", "advmod") and path[at - 1].i > cue.i


def whole_quotations(
    text: str, contents: Sequence[tuple[Offsets, ...]], cues: Sequence[Offsets], quoted: Quoted
) -> list[tuple[Offsets, ...]]:
    """The contents of all cues, each quotation given whole to the one outside it that has the most of it."""
    out = [list(pieces) for pieces in contents]
    for quotation in quoted.all:
        if not quotation.closed:
            continue
        inner = [quotation.start <= s < quotation.end for s, _ in cues]
        shares = [0 if told else sum(_shared(p, quotation) for p in out[n]) for n, told in enumerate(inner)]
        most = max(shares, default=0)
        if not most or most < COVERED * (quotation.end - quotation.start):
            continue
        best = shares.index(most)
        for n, pieces in enumerate(out):
            if n == best:
                out[n] = _filled(text, pieces, quotation)
            elif shares[n] and shares[n] < most:
                left = [p for p in pieces if not _shared(p, quotation)]
                out[n] = left or pieces
    return [tuple(pieces) for pieces in out]


def _shared(piece: Offsets, quotation: Quotation) -> int:
    return max(0, min(piece[1], quotation.end) - max(piece[0], quotation.start))


def _filled(text: str, pieces: list[Offsets], quotation: Quotation) -> list[Offsets]:
    """The pieces with those in a quotation made one that has all of it."""
    inside = [p for p in pieces if _shared(p, quotation)]
    start, end = min(p[0] for p in inside), max(p[1] for p in inside)
    first, last = quotation.start, quotation.end
    while text[first].isspace() and first < start:
        first += 1
    start = min(start, first)
    while last > start and text[last - 1] in " ,;:'\"”’":
        last -= 1
    end = max(end, last)
    return sorted([*(p for p in pieces if p not in inside), (start, end)])
