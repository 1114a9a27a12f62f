"""Where the syntax of a sentence lets what is said begin and end.

The attribution model weighs each piece of a word; where a content stops it may be a word early or late ("while driving on the"). Here
the parse says of every gap between two words how likely a content begins or ends there: two logistic regressions over the phrases that
end and open at the gap and the words beside it, fitted on the contents that coders marked (learn/bounds.py; weights in
data/bounds.tsv). The tagger adds their log odds to the logits of the pieces when it chooses the stretches of a content.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import DEP, HEAD, SENT_START, TAG

from dateline.errors import DataError

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.statements.windows import Window

_FILE = "statements/data/bounds.tsv"
HEADER = ("at", "value", "begins", "ends")
SHARE = 0.75
"""How much the parse counts beside the model's logits. Chosen on PolNeAR dev among .5, .75, 1 and 1.5."""
WITHIN = -8.0
"""Log probability that a content begins or ends within a word."""
EDGE = -1.0
"""The same where a window begins."""

Feature = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of each piece of a window, the cost of what may happen before it: a content begins there or not, if none was open; one ends there
    or goes on, if one was. Log probabilities (≤ 0), four lists as long as the window, by `SHARE`."""

    begin: list[float]
    none: list[float]
    end: list[float]
    on: list[float]


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps of a parsed text, one before each token: where the token starts, and the log probabilities of `Bounds`."""

    starts: np.ndarray
    begin: np.ndarray
    none: np.ndarray
    end: np.ndarray
    on: np.ndarray

    def of(self, window: Window) -> Bounds:
        """What happens before each piece of a window."""
        real = window.starts >= 0
        first = real & ~np.concatenate([[False], real[:-1]])  # nothing is known of what stands before a window
        at = np.minimum(np.searchsorted(self.starts, window.starts), len(self.starts) - 1)
        known = real & ~first & (self.starts[at] == window.starts)

        def changes(costs: np.ndarray) -> list[float]:
            return (SHARE * np.select([known, first, real], [costs[at], EDGE, WITHIN])).tolist()

        def stays(costs: np.ndarray) -> list[float]:
            return (SHARE * np.where(known, costs[at], 0.0)).tolist()

        return Bounds(changes(self.begin), stays(self.none), changes(self.end), stays(self.on))


def gaps(doc: Doc) -> Gaps:
    """What the parse says of every gap of a text."""
    known = weights()
    sums = []
    for found in features(doc):
        begin = end = 0.0
        for feature in found:
            begins, ends = known.get(feature, (0.0, 0.0))
            begin += begins
            end += ends
        sums.append((begin, end))
    opening, closing = np.array(sums).reshape(-1, 2).T
    return Gaps(
        np.array([token.idx for token in doc], np.int64),
        -np.logaddexp(0, -opening),
        -np.logaddexp(0, opening),
        -np.logaddexp(0, -closing),
        -np.logaddexp(0, closing),
    )


def features(doc: Doc) -> Iterator[list[Feature]]:
    """What is known of the gap before each token: tags and function words beside it, and the largest phrases that end and open there,
    each with its relation, the side on which its head stands, and the head's tag."""
    if not len(doc):
        return
    strings = doc.vocab.strings
    columns = doc.to_array([TAG, DEP, HEAD, SENT_START])
    tags = [strings[int(key)] for key in columns[:, 0]]
    relations = [strings[int(key)] for key in columns[:, 1]]
    heads = (np.arange(len(doc)) + columns[:, 2].astype(np.int64)).tolist()
    opens = (columns[:, 3].astype(np.int64) == 1).tolist()
    words = [token.lower_ for token in doc]
    parted = ["\n" in word for word in words]
    left, right = np.array([(t.left_edge.i, t.right_edge.i) for t in doc]).T
    opening, closing = np.arange(len(doc)), np.arange(len(doc))
    widest = np.argsort(right - left, kind="stable")
    opening[left[widest]] = widest
    closing[right[widest]] = widest
    listed = [
        word.strip() if tag in _SPELLED or not word.isalnum() else "" for word, tag in zip(words, tags, strict=True)
    ]
    yield [_ALWAYS]
    for at in range(1, len(doc)):
        if opens[at]:
            yield [_ALWAYS, ("sentence", tags[at - 1]), ("paragraph", str(parted[at - 1] or parted[at]))]
            continue
        ended, opened = int(closing[at - 1]), int(opening[at])
        above, over = heads[ended], heads[opened]
        ending = f"{relations[ended]} {'>' if above >= at else '<' if above != ended else '='}"
        beginning = f"{relations[opened]} {'<' if over < at else '>' if over != opened else '='}"
        yield [
            _ALWAYS,
            ("tags", f"{tags[at - 1]} {tags[at]}"),
            ("ended", ending),
            ("opened", beginning),
            ("both", f"{ending} {beginning}"),
            ("word", f"{listed[at]} {tags[at]}"),
            ("before", f"{listed[at - 1]} {tags[at - 1]}"),
            ("ended by", f"{ending} {tags[above]} {above == at}"),
            ("opened by", f"{beginning} {tags[over]} {over == at - 1}"),
            ("word opened", f"{listed[at]} {beginning}"),
        ]


_ALWAYS: Feature = ("always", "")
_SPELLED = frozenset({"IN", "TO", "CC", "DT", "WDT", "WP", "WP$", "WRB", "MD", "RP", "EX", "PDT"})
"""Tags of function words, which count as themselves."""


@cache
def weights() -> dict[Feature, tuple[float, float]]:
    """The weights of data/bounds.tsv: of each feature, for beginning and for ending. Raises DataError naming the line that does not fit."""
    return read(resources.files("dateline").joinpath(_FILE).read_text(encoding="utf-8"))


def read(text: str) -> dict[Feature, tuple[float, float]]:
    """The weights that a table of that form holds."""
    found: dict[Feature, tuple[float, float]] = {}
    for line, row in enumerate(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        if line == 1:
            if tuple(row) != HEADER:
                raise DataError(f"{_FILE}:1: the header must be {', '.join(HEADER)}")
            continue
        try:
            at, value, begins, ends = row
            found[at, value] = float(begins), float(ends)
        except ValueError as error:
            raise DataError(f"{_FILE}:{line}: four columns, the last two numbers, are needed: {row}") from error
    return found
