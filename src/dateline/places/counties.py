"""Counties and parishes, which are places whatever else their names are part of: "Hale County", "Hale, Low and Norfield counties"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.places.artefact import KINDS
from dateline.places.candidates import entry

_NAME = r"[A-Z][\w.'’-]*"
_COUNTY = re.compile(rf"\b(?:{_NAME} ){{0,3}}(?P<last>{_NAME}) (?P<kind>County|Parish)\b")
_SEVERAL = re.compile(
    rf"\b(?P<names>{_NAME}(?: {_NAME})?(?:, {_NAME}(?: {_NAME})?)*,? (?:and|&) {_NAME}(?: {_NAME})?) (?:counties|Counties|parishes|Parishes)\b"
)
_ONE = re.compile(rf"{_NAME}(?: {_NAME})?")


def find(text: str) -> Iterator[tuple[int, int]]:
    """The stretches [start, end) that name a county of the gazetteer, with the word for it unless it is said of several."""
    for match in _COUNTY.finditer(text):
        start = match.start()
        while start < match.start("kind"):
            if not text.startswith("The ", start) and _known(text[start : match.end()]):
                yield start, match.end()
                break
            start = text.index(" ", start) + 1
    for match in _SEVERAL.finditer(text):
        for one in _ONE.finditer(text, *match.span("names")):
            if _known(f"{one.group()} County") or _known(f"{one.group()} Parish"):
                yield one.span()


def _known(name: str) -> bool:
    """Whether the gazetteer has a second-level division of that very name."""
    found = entry(name)
    return found is not None and not found.wider and bool((found.kinds == KINDS.index("admin2")).any())
