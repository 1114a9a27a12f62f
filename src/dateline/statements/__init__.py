"""statements: Doc, actors → who said what. `attribute` gives bare offsets for those who want attributions only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dateline import language
from dateline.statements.find import find
from dateline.statements.tagger import Attribution, attributions

__all__ = ["Attribution", "attribute", "attributions", "find"]


def attribute(texts: Sequence[str]) -> list[list[dict[str, Any]]]:
    """The attributions of each text as lists of [start, end] by role: source, cue, content (the form of `evaluate`)."""
    parser = language.load()
    parses = [parser.parse_text(text).spacy for text in texts]
    return [
        [{role: [list(span) for span in getattr(a, role)] for role in ("source", "cue", "content")} for a in found]
        for found in attributions(texts, parses=parses)
    ]
