"""Text without markup: clean as it stands, or flattened, a page copied whole from a browser."""

from __future__ import annotations

import re
from collections import Counter

from dateline.article import byline, date
from dateline.article import lines as model
from dateline.article.html import is_dropped

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b|\b(?:hours?|days?|minutes?|mins?) ago\b", re.I)
_CREDIT = re.compile(r"\b(?:photo(?:graph)?|image|getty|reuters|afp|credit|via|author|publish)\b|©|\bopens in\b", re.I)
CLEAN_SHARE = 0.75
"""A text whose long or sentence-like lines hold this share of its lines, and that has no page furniture, is clean."""


TOLD_LINES = 10
"""Lines of prose whose words a headline is compared with."""
TITLE_REACH = 60
"""Lines above the prose among which a headline is looked for."""
MIN_TITLE = 0.6
"""The least score of a headline: about one word shared with the story."""
SIGNED_REACH = 3
"""Lines below a headline among which a byline speaks for it more than a day does."""
UNDER_REACH = 12
"""Lines under a byline that are no headline: videos and their captions, links to other stories."""


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
    """The headline of a flattened page: the line above the densest block of prose that shares most words with it.

    A line told again elsewhere (in the crumbs, the window's title, the share box) is likelier; so is one near the block.
    None where no line above the prose shares a word with it.
    """
    bare = [model.unbulleted(line) for line in lines]
    words, prose = model.prose(lines)
    first, last = model.densest(words, prose)
    told = [bare[i] for i in range(first, last + 1) if prose[i]][:TOLD_LINES]
    body = Counter(w for line in told for w in set(_content(line)))
    if not body:
        return None
    folded = [" ".join(_WORD.findall(line.lower())) for line in bare]
    around = "\n".join(row for i, row in enumerate(folded) if not first <= i <= last)
    starts, whole = model.furniture()
    best, found = MIN_TITLE, None
    for i in range(max(0, first - TITLE_REACH), min(first + 3, len(lines))):
        line, count = bare[i], len(_WORD.findall(bare[i]))
        mine = set(_content(line))
        if not 3 <= count <= 30 or len(line) > 220 or not mine or _furniture(line, starts, whole) or is_dropped(line):
            continue
        shared = sum(min(body[w], 3) for w in mine) / (len(mine) + 1)
        again = around.count(folded[i]) + folded[first : last + 1].count(folded[i]) > 1
        score = _signature(bare, i, first)
        score += 1.5 * shared + again - 0.02 * abs(first - i) + 0.1 * min(count, 10)
        score -= 1.5 * (prose[i] > 0) + 0.8 * (line != lines[i].strip()) + 0.8 * line.endswith((".", ":", "…", ","))
        score -= 1.5 * bool(_CREDIT.search(line) or date.printed(line) or ">" in line or "://" in line)
        if score > best:
            best, found = score, line
    return found


def _signature(bare: list[str], i: int, first: int) -> float:
    """What speaks for a headline in what stands around it: a byline at once under it, or a byline, a day or a time near
    by. Under another's byline or day stand captions and other stories."""
    below = bare[i + 1 : min(i + 6, first + 1)]
    if any(byline.is_byline(row) for row in below[:SIGNED_REACH]):
        return 1.8
    if any(_signed(row) for row in below):
        return 0.6
    above = bare[max(0, i - UNDER_REACH) : i]
    return -1.2 * (any(byline.is_byline(row) for row in above) or any(_signed(row) for row in above[-SIGNED_REACH:]))


def _signed(row: str) -> bool:
    """Whether a line is what stands under a headline: a byline, a day, a time."""
    return len(row) < 90 and (byline.is_byline(row) or date.printed(row) is not None or bool(_CLOCK.search(row)))


def _content(line: str) -> list[str]:
    """The words of a line that mean something, each by its first six letters."""
    stop = model.stop_words()
    return [w[:6] for w in _WORD.findall(line.lower()) if len(w) > 2 and w not in stop]


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
