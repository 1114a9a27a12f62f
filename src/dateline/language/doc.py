"""The parsed article that every later room reads."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.model import Article, Span

if TYPE_CHECKING:
    import spacy.tokens


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its number in the article, its paragraph's number, and its offsets into the article's text."""

    index: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doc:
    """An article with its parse. `spacy` covers `article.text` whole, so token offsets are article offsets.

    `paragraphs` are (start, end) without the white space around them; sentences never cross a paragraph and begin after
    the printed dateline.
    """

    article: Article
    spacy: spacy.tokens.Doc
    paragraphs: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def span(self, start: int, end: int) -> Span:
        """The span of the text from `start` to `end` (code points, end exclusive)."""
        return Span(start, end, self.article.text[start:end])

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds `offset`, else the last one before it; None before the first."""
        i = bisect_right(self.sentences, offset, key=lambda s: s.start) - 1
        return self.sentences[i] if i >= 0 else None

    def tokens(self, start: int, end: int) -> spacy.tokens.Span:
        """The tokens that lie in or touch [start, end)."""
        return self.spacy.char_span(start, end, alignment_mode="expand")
