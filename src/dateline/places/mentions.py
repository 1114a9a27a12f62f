"""Where a text names places: the parser's entities first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.places.candidates import entry

if TYPE_CHECKING:
    import spacy.tokens

_LABELS = ("GPE", "LOC", "FAC")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the text that names a place, or a people (`demonym`)."""

    start: int
    end: int
    demonym: bool = False


def recognise(parsed: spacy.tokens.Doc) -> tuple[Mention, ...]:
    """The place names of a parsed text, in order, none overlapping another."""
    found = []
    for ent in parsed.ents:
        known = entry(ent.text)
        if known and known.demonym:
            found.append(Mention(ent.start_char, ent.end_char, True))
        elif known and ent.label_ in _LABELS:
            found.append(Mention(ent.start_char, ent.end_char))
    return tuple(found)
