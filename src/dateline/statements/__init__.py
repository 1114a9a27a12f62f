"""statements: Doc, actors → who said what. `attribute` gives bare offsets for those who want attributions only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dateline.statements.find import find
from dateline.statements.tagger import Attribution, attributions

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Attribution", "attribute", "attributions", "find"]


def attribute(texts: Sequence[str], parses: Sequence[Doc] = ()) -> list[list[dict[str, Any]]]:
    """The attributions of each text as lists of [start, end] by role: source, cue, content (the form of `evaluate`).

    `parses`: the texts as spaCy parsed them, if at hand; contents then end with their phrases.
    """
    return [
        [{role: [list(span) for span in getattr(a, role)] for role in ("source", "cue", "content")} for a in found]
        for found in attributions(texts, parses=parses)
    ]
