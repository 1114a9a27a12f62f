"""The attribution model as a spaCy component, for those who want quotes and nothing else.

    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm")                     # doctest: +SKIP
    >>> nlp.add_pipe("dateline_attribution")                   # doctest: +SKIP
    >>> doc = nlp('"We agree," the envoy of Norland said.')    # doctest: +SKIP
    >>> [(a.source, a.cue, a.content) for a in doc._.attributions]    # doctest: +SKIP

In a pipeline that parses before it, contents end where their phrases do. Installed as an entry point of spaCy (`spacy_factories`), so
that no import is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from dateline.statements.tagger import Attribution, Offsets, attributions


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution as spans of the spaCy doc, each role in pieces; see `Attribution` for the same in offsets."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


class AttributionComponent:
    """Sets `doc._.attributions`, a list of Attributed in the order of their cues."""

    def __init__(self, name: str) -> None:
        self.name = name
        if not Doc.has_extension("attributions"):
            Doc.set_extension("attributions", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Add the attributions of one doc."""
        doc._.attributions = [_spans(doc, attribution) for attribution in attributions([doc.text], parses=[doc])[0]]
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 1) -> Iterator[Doc]:
        """Add the attributions of many docs; the encoder takes the windows of one doc together, whatever `batch_size`."""
        return map(self, stream)


def _spans(doc: Doc, attribution: Attribution) -> Attributed:
    def spans(pieces: tuple[Offsets, ...]) -> tuple[Span, ...]:
        found = (doc.char_span(start, end, alignment_mode="expand") for start, end in pieces)
        return tuple(span for span in found if span is not None)

    return Attributed(
        spans(attribution.source), spans(attribution.cue), spans(attribution.content), attribution.confidence
    )


@Language.factory("dateline_attribution", assigns=["doc._.attributions"])
def make(nlp: Language, name: str) -> AttributionComponent:
    """The factory that spaCy calls for `add_pipe("dateline_attribution")`."""
    return AttributionComponent(name)
