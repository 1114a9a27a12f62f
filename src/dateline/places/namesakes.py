"""Place names that name somebody or something else in a text: "The VA runs hospitals", "WASHINGTON (AP)", "Wells Fargo", "Salinas"
after "Maria Salinas", "the White House". The recogniser, learned from local news, lets many of them pass.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.actors import registry
from dateline.model import BODIES
from dateline.places import words
from dateline.places.candidates import entry
from dateline.places.names import fold

if TYPE_CHECKING:
    import spacy.tokens

_BEFORE_STATE = (",", "(", "-", "/", ".")
"""What stands before the initials of a state that are no word of their own: "Richmond, VA", "(D-VA)"."""
_TOWARDS = frozenset({"from", "to", "toward", "towards", "of", "for", "via"})
_WITHIN = words.BESIDE_PLACES - _TOWARDS
"""Prepositions after which a surname that the text has told is a place all the same: people are voted for, talked to, heard from."""
_OWN = re.compile(r"[A-Z][\w’'.&-]*")


class Namesakes:
    """The names of one text that places only share."""

    def __init__(self, parsed: spacy.tokens.Doc) -> None:
        self._parsed = parsed
        people = [e for e in parsed.ents if e.label_ == "PERSON" and all(_OWN.fullmatch(word.text) for word in e)]
        self._people = {ent[-1].text for ent in people if len(ent) > 1}
        self._titled = {ent.text for ent in people if self._before(ent).lower().rstrip(".") in words.TITLES}

    def __contains__(self, span: tuple[int, int]) -> bool:
        """Whether the stretch [start, end) of the text, which a gazetteer knows as a place, names something else."""
        found = self._parsed.char_span(*span, alignment_mode="expand")
        text = self._parsed.text[slice(*span)]
        if found is None:
            return False
        return (
            fold(text) in words.known_sites()
            or self._body(found, text)
            or self._initials(found, text)
            or self._ends_name(found)
            or self._person(found)
        )

    def _body(self, found: spacy.tokens.Span, text: str) -> bool:
        """A body that the registry of actors knows: NATO is no Nato. In "a plant in Toyota" the town may be meant."""
        known = registry.load().lookup(text)
        if not known or any(match.kind not in BODIES for match in known) or fold(text) in words.locatives()["union"]:
            return False
        place = entry(text)
        town = place is not None and bool(place.main.any()) and not text.isupper()
        return not (town and self._before(found).lower() in words.BESIDE_PLACES)

    def _initials(self, found: spacy.tokens.Span, text: str) -> bool:
        """The initials of a state that stand alone: "the VA", "(AP)"."""
        if not text.isupper() or text not in words.abbreviations() or text in words.standing_alone():
            return False
        before = self._before(found)
        dateline = before == "(" and self._parsed.text[found.end_char : found.end_char + 1] == ")"
        return dateline or before not in _BEFORE_STATE

    def _ends_name(self, found: spacy.tokens.Span) -> bool:
        """The last word of a company's or person's name ("Wells Fargo")."""
        for ent in self._parsed.ents:
            if ent.label_ in ("ORG", "PERSON") and ent.start < found.start and ent.end == found.end:
                return all(_OWN.fullmatch(word.text) for word in ent)
        return False

    def _person(self, found: spacy.tokens.Span) -> bool:
        """A surname that the text has told in full or with a title, where nothing says that it is a place; a country is none."""
        titled = found.text in self._titled and not self._parsed[found.end : found.end + 1].text[:1].isupper()
        if len(found) != 1 or not (found.text in self._people or titled):
            return False
        before, after = self._before(found).lower(), self._parsed[found.end : found.end + 1].text
        if after not in ("'s", "’s") and (before in _WITHIN or (before in _TOWARDS and after == ",")):
            return False  # "a rally in Marlow", "flew to Marlow, Texas"
        if before == "of" and found.start > 1 and self._parsed[found.start - 2].lower_ in words.locatives()["area"]:
            return False
        known = entry(found.text)
        return known is None or all(candidate.kind != "country" for candidate in known.candidates)

    def _before(self, found: spacy.tokens.Span) -> str:
        return self._parsed[found.start - 1].text if found.start else ""
