"""Text without markup: clean as it stands, or flattened, a page copied whole from a browser."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from dateline.article import lines as model

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
CLEAN_SHARE = 0.75
"""A text whose long or sentence-like lines hold this share of its lines, and that has no page furniture, is clean."""


def split(text: str) -> list[str]:
    """The lines that hold a word, indentation kept."""
    return [line.rstrip() for line in text.expandtabs(4).split("\n") if any(c.isalnum() for c in line)]


def is_clean(lines: list[str]) -> bool:
    """Whether a text is an article already: paragraphs, with at most a headline and a byline before them."""
    if not lines:
        return True
    starts, whole = model.furniture()
    furnished = sum(_furniture(line, starts, whole) for line in lines)
    prose = sum(bool(_SENTENCE_END.search(line)) or len(_WORD.findall(line)) >= 15 for line in lines)
    repeated = sum(n - 1 for n in Counter(line.strip() for line in lines).values() if n > 1)
    if len(lines) <= 3:
        return furnished == 0
    return furnished <= len(lines) // 40 and repeated <= len(lines) // 40 and prose >= CLEAN_SHARE * (len(lines) - 3)


def _furniture(line: str, starts: tuple[str, ...], whole: frozenset[str]) -> bool:
    low = line.strip().lower()
    return low in whole or (low.startswith(starts) and len(_WORD.findall(low)) <= 8)


def title_of(lines: list[str]) -> str | None:
    """The headline of a flattened page: the line told twice in a row, else the likeliest line before the first prose.

    Browsers copy a headline twice where a page shows it in the crumbs or the share box; else it is the last line of four
    to thirty words without a full stop before the first two paragraphs of prose.
    """
    folded = [line.strip() for line in lines]
    starts, whole = model.furniture()

    def headline(line: str) -> bool:
        words = len(_WORD.findall(line))
        ended = _SENTENCE_END.search(line) and not line.endswith(("?", "!"))
        return 4 <= words <= 30 and not ended and not _furniture(line, starts, whole)

    first_prose = next(
        (i for i, line in enumerate(folded) if len(_WORD.findall(line)) >= 20 and _SENTENCE_END.search(line)),
        len(folded),
    )
    for first, second in pairwise(folded):
        if first == second and headline(first):
            return first
    before = folded[: min(first_prose + 1, len(folded))]
    count = Counter(before)
    twice = [line for line in before if count[line] > 1 and headline(line) and len(_WORD.findall(line)) >= 6]
    if twice:
        return twice[0]
    near = [
        line
        for line in folded[max(0, first_prose - 12) : first_prose]
        if headline(line) and not model._BULLET.match(line)
    ]
    return max(near, key=lambda line: min(len(_WORD.findall(line)), 14)) if near else None


def body_lines(lines: list[str], title: str | None) -> list[str]:
    """The lines of a flattened page that are its article, each once, in order."""
    return chosen_lines(lines, model.choose(lines, title))


def chosen_lines(lines: list[str], chosen: list[bool]) -> list[str]:
    """The chosen lines without bullets; a long line that is told twice is kept once."""
    kept: list[str] = []
    seen: set[str] = set()
    for line, keep in zip(lines, chosen, strict=True):
        bare = " ".join(line.split())
        if keep and not (bare in seen and len(bare) > 40):
            kept.append(bare)
            seen.add(bare)
    return kept
