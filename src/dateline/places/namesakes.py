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

_CREDIT = re.compile(r"(?:REUTERS|AFP|AP|EPA|Getty(?: Images)?|File Photo|Photo)\s*/", re.I)
"""An agency before the names of a photo's credit."""
_NOT = frozenset({"un", "non"})
"""Before a hyphen and what somebody is not ("un-Christian"); after other words the place is meant ("post-Nevada", "D-Melk")."""
_INITIALS = 4
"""Letters of initials at most; a town so short that is written in capitals is told from them by its people."""
_LARGE = 5.0
"""Logarithm of the people of a place that the press writes of in capitals too ("RIOTS IN LIMA")."""


def _a_country(text: str) -> bool:
    known = entry(text)
    return known is not None and any(candidate.kind == "country" for candidate in known.candidates)


class Namesakes:
    """The names of one text that places only share."""

    def __init__(self, parsed: spacy.tokens.Doc) -> None:
        self._parsed = parsed
        self._text, self._entities = parsed.text, parsed.ents  # spaCy joins both anew each time
        people = [e for e in self._entities if e.label_ == "PERSON" and all(_OWN.fullmatch(word.text) for word in e)]
        self._people = {ent[-1].text for ent in people if len(ent) > 1}
        self._titled = {ent.text for ent in people if self._before(ent).lower().rstrip(".") in words.TITLES}

    def __contains__(self, span: tuple[int, int]) -> bool:
        """Whether the stretch [start, end) of the text, which a gazetteer knows as a place, names something else."""
        found = self._parsed.char_span(*span, alignment_mode="expand")
        text = self._text[slice(*span)]
        if found is None:
            return False
        return (
            fold(text) in words.known_sites()
            or self._body(found, text)
            or self._initials(found, text)
            or self._ends_name(found)
            or self._person(found)
            or self._kin(found)
            or self._joined(found)
            or self._shouted(found, text)
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
        dateline = before == "(" and self._text[found.end_char : found.end_char + 1] == ")"
        return dateline or before not in _BEFORE_STATE

    def _ends_name(self, found: spacy.tokens.Span) -> bool:
        """The last word of a company's or person's name ("Wells Fargo")."""
        for ent in self._entities:
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

    def _kin(self, found: spacy.tokens.Span) -> bool:
        """A first name after a word of kinship: "his wife, Lara", "their daughter Chelsea"; nor the name of who rules: "the Castro regime"."""
        at = found.start - 1
        if at > 0 and self._parsed[at].text == ",":
            at -= 1
        after = self._parsed[found.end : found.end + 1].text
        kin = at >= 0 and self._parsed[at].lower_ in words.sites()["kin"]
        owned = any(c.dep_ == "poss" for c in self._parsed[at].children) if kin else False
        if kin and owned and after.lower() not in words.locatives()["area"] and not _a_country(found.text):
            return True
        return after in words.sites()["rule"] and self._before(found) == "the" and not _a_country(found.text)

    def _joined(self, found: spacy.tokens.Span) -> bool:
        """A part of a name or word written with hyphens ("the Clarion-Ledger", "un-Christian"), or a photographer's agency ("REUTERS/Ana
        Maro/Pool"): no country, and not "Melk-based"."""
        text, start, end = self._text, found.start_char, found.end_char
        if _a_country(found.text):
            return False
        if (
            text[start - 1 : start] == "/"
            and text[start - 2 : start - 1].isalpha()
            and text[end : end + 1] in ("/", "\n", "", " ")
        ):
            return bool(_CREDIT.search(text[max(0, start - 60) : start]))
        if len(found) != 1:
            return False
        before = self._parsed[found.start - 2] if found.start > 1 and text[start - 1 : start] == "-" else None
        after = (
            self._parsed[found.end + 1] if text[end : end + 1] == "-" and found.end + 1 < len(self._parsed) else None
        )
        if before is not None and before.text in _NOT:
            return True
        name = after is not None and after.text.istitle() and len(after) >= _INITIALS
        return name and after is not None and entry(after.text) is None  # but "Alsace-Lorraine"

    def _shouted(self, found: spacy.tokens.Span, text: str) -> bool:
        """A word of a heading in capitals that is a place of few people ("HOW CASINOS LURE"), or initials ("the ACU", "5 p.m. EST")."""
        if not text.isupper() or len(found) != 1 or text in words.abbreviations() or self._opens_with(found):
            return False
        known = entry(text)
        if known is None or any(c.kind == "country" for c in known.candidates):
            return False
        large = float(known.logs.max()) >= _LARGE
        around = [t for t in self._parsed[max(0, found.start - 2) : found.end + 2] if t.is_alpha and t.i != found.start]
        heading = len(around) > 1 and all(t.text.isupper() for t in around)
        initials = len(text) <= _INITIALS and not heading
        return not large and (heading or initials)

    def _opens_with(self, found: spacy.tokens.Span) -> bool:
        """Whether a name opens its line, as that of a dateline does ("MELK, Austria", "MELK -")."""
        line = self._text.rfind("\n", 0, found.start_char) + 1
        after = self._text[found.end_char : found.end_char + 2].strip()
        return not self._text[line : found.start_char].strip() and after[:1] in (",", "(", "-", "–", "—", ".")

    def _before(self, found: spacy.tokens.Span) -> str:
        return self._parsed[found.start - 1].text if found.start else ""
