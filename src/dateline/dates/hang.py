"""What a date hangs on in its sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from dateline.language import Doc
from dateline.model import DateExpression

if TYPE_CHECKING:
    from spacy.tokens import Token


def above(doc: Doc, date: DateExpression) -> Iterator[Token]:
    """The words that a date hangs on, from the nearest up.

    Between a verb of telling and what is told it is the day of the telling, which the parse often takes for that of the deed
    ("said on Friday he met them").
    """
    root: Token = doc.tokens(date.start_offset, date.end_offset).root
    first = root.head if root.dep_ == "pobj" else root
    told = first.head
    if told.dep_ == "ccomp" and told.head.i == first.left_edge.i - 1 and told.i > first.i:
        yield told.head
        yield from told.head.ancestors
    else:
        yield from root.ancestors


def verb(doc: Doc, date: DateExpression, through: Collection[str] = ()) -> Token | None:
    """The verb that a date hangs on by itself or through a phrase that one of the words `through` leads in ("at a Friday summit");
    None for a date of something else ("the 3 March attack")."""
    for token in above(doc, date):
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.pos_ in ("NOUN", "PROPN") and not (token.dep_ == "pobj" and token.head.lower_ in through):
            return None
    return None


def of_a_thing(doc: Doc, date: DateExpression, through: Collection[str] = ()) -> bool:
    """Whether a date tells which thing is meant ("ahead of the 8 November vote"), not when the clause's verb was done: it stands before
    a noun that is neither the subject nor led in by one of the words `through`."""
    root: Token = doc.tokens(date.start_offset, date.end_offset).root
    for token in above(doc, date):
        if token.pos_ in ("VERB", "AUX"):
            return False
        if token.pos_ in ("NOUN", "PROPN") and token.i > root.i and token.dep_ not in ("compound", "nmod", "poss"):
            return token.dep_ != "nsubj" and not (token.dep_ == "pobj" and token.head.lower_ in through)
    return False
