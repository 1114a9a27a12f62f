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
_STAR = re.compile(r"^\s*[*•·»]\s+")
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
ASKED = 20
"""Words of a question at most that may be a headline as it is; other sentences stand in stories."""
UNDER_REACH = 20
"""Lines under a byline that are no headline: videos and their captions, links to other stories."""
PROSE_SHARE = 0.6
"""A page on which sentences are this share of the chosen lines is prose, not a list of goods or results."""
DEEPER = 4
"""Columns by which a link stands deeper than the paragraphs around it (subheads: 0 to 2)."""
ISLAND_GAP, ISLAND_SHARE = 15, 0.08
"""Lines left out before the last chosen ones, and the share of the words below which these are no part of the story."""
TEASERS = 2
"""Lines at the head of a body that may be told again in it."""


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
        if byline.outlet(line) or any(byline.is_opener(row) for row in bare[max(0, i - 2) : i]):
            continue  # the paper's name in an author's box, the author on the line under "By"
        shared = sum(min(body[w], 3) for w in mine) / (len(mine) + 1)
        again = around.count(folded[i]) + folded[first : last + 1].count(folded[i]) > 1
        score = _signature(bare, i, first)
        score += 1.5 * shared + again - 0.02 * abs(first - i) + 0.1 * min(count, 10)
        asks = line.endswith("?") and count <= ASKED
        score -= (
            1.5 * (prose[i] > 0 and not asks)
            + 0.8 * (line != lines[i].strip())
            + 0.8 * line.endswith((".", ":", "…", ","))
        )
        score -= 1.5 * bool(_CREDIT.search(line) or date.printed(line) or ">" in line or "://" in line)
        if score > best:
            best, found = score, line
    return found


def _signature(bare: list[str], i: int, first: int) -> float:
    """What speaks for a headline in what stands around it: a byline at once under it, or a byline, a day or a time near
    by. Under another's byline or day stand captions and other stories."""
    below = bare[i + 1 : min(i + 6, first + 1)]
    if any(byline.is_byline(row) or byline.is_opener(row) for row in below[:SIGNED_REACH]):
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
    chosen = model.choose(lines, title)
    _drop_links(lines, chosen)
    _drop_captions(lines, chosen)
    _drop_island(lines, chosen)
    _drop_teasers(lines, chosen, title)
    return chosen_lines(lines, chosen)


def _drop_links(lines: list[str], chosen: list[bool]) -> None:
    """Take out what is listed under a heading for links ("Trending News")."""
    under = False
    for i, line in enumerate(lines):
        listed = _STAR.match(line) is not None
        under = under if listed else len(line.split()) <= 6 and is_dropped(line.strip())
        chosen[i] = chosen[i] and not (listed and under)


def _drop_captions(lines: list[str], chosen: list[bool]) -> None:
    """Take out captions and links between the paragraphs of a page of prose: a line that is no sentence and follows a
    subhead, or stands deeper than the sentences around it."""
    kept = [i for i, keep in enumerate(chosen) if keep]
    told = {i for i in kept if _SENTENCE_END.search(lines[i])}
    if len(told) < PROSE_SHARE * len(kept):
        return
    for before, i, after in zip(kept, kept[1:], kept[2:], strict=False):
        bare = lines[i].strip()
        if i in told or after not in told or not 4 <= len(_WORD.findall(bare)) <= 25 or not bare[0].isalpha():
            continue
        size = len(_WORD.findall(lines[before]))
        subhead = (
            before not in told
            and chosen[before]
            and size <= 12
            and (size < len(_WORD.findall(bare)) or lines[before].strip()[0].isdigit())
        )
        subhead = subhead and lines[before].strip()[0] not in "*•+—–-"
        deep = _depth(lines[i]) - max(_depth(lines[before]), _depth(lines[after]))
        if subhead or (before in told and deep >= DEEPER):
            chosen[i] = False


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _drop_island(lines: list[str], chosen: list[bool]) -> None:
    """Take out a few words far below the rest: teasers of this or other stories."""
    kept = [i for i, keep in enumerate(chosen) if keep]
    words = [len(_WORD.findall(lines[i])) for i in kept]
    for n in range(len(kept) - 1, 0, -1):
        if kept[n] - kept[n - 1] > ISLAND_GAP:
            if sum(words[n:]) < ISLAND_SHARE * sum(words):
                for i in kept[n:]:
                    chosen[i] = False
            return


def _drop_teasers(lines: list[str], chosen: list[bool], title: str | None) -> None:
    """Take out what stands before the story and is told again in it: a highlight, a ticker with the headline and lead."""
    kept = [i for i, keep in enumerate(chosen) if keep]
    rows = [" ".join(_WORD.findall(lines[i].lower())) for i in kept]
    lead = " ".join(_WORD.findall((title or "").lower()))
    for n, row in enumerate(rows[:TEASERS]):
        again = rows.index(row, n + 1) if len(row) > 40 and row in rows[n + 1 :] else None
        if again is not None and rows[n + 1 : n + 2] != rows[again + 1 : again + 2]:
            chosen[kept[n]] = False
        rest = row.removeprefix(lead).strip()[:60] if lead and row.startswith(lead) else ""
        if len(rest) > 30 and any(other.startswith(rest) for other in rows[n + 1 :]):
            chosen[kept[n]] = False


def chosen_lines(lines: list[str], chosen: list[bool]) -> list[str]:
    """The chosen lines without bullets; a long line that is told twice is kept once."""
    kept: list[str] = []
    seen: set[str] = set()
    for line, keep in zip(lines, chosen, strict=True):
        bare = " ".join(_STAR.sub("", line).split())
        if keep and not (bare in seen and len(bare) > 40):
            kept.append(bare)
            seen.add(bare)
    return kept
