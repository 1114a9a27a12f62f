"""Which lines of a flattened page are its article: a small network over what a line looks like among its neighbours.

Each line has features of its own and features of where it stands on the page (prose around it, the densest block of
prose, its indentation against that of the prose, the headline). The network reads a line's features with those of the
three lines on either side; the choice of lines is the best path through "in" and "out" with a price for each change.
Weights are in data/lines.json, trained by learn/lines.py.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from dateline.errors import DataError

NEIGHBOURS = 3
"""Lines on either side whose features count."""
OWN = (
    "words", "words2", "long", "short", "ends", "cut_off", "asks", "stops", "lower", "digits", "furniture", "whole_furniture", "twice",
    "bullet", "quote", "colon", "symbols", "like_title", "date", "ago", "byline", "lower_start", "first_person", "handle", "prose",
    "indent_mass", "indent_off",
)  # fmt: skip
"""What a line looks like; known of its neighbours too."""
PLACE = (
    "flat", "place", "after_title", "title_distance", "in_block", "before_block", "after_block", "near", "wide", "since_prose",
    "until_prose", "ends_since", "page_prose", "share_before",
)  # fmt: skip
"""Where a line stands on its page; of the line alone."""

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_BULLET = re.compile(r"^\s*(?:[*•·+\-–»>|o]|\d+[.)])\s+")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b", re.I)
_AGO = re.compile(r"\b(?:ago|yesterday|mins?|hrs?|hours?|minutes?|days?)\b|\d+\s*[hdm]\b", re.I)
_BYLINE = re.compile(r"^\s*(?:by|from|written by|story by)\s+[A-Z]", re.I)
_ENDS = re.compile(r"[.!?…:。！？][\"'”’)\]»]*$")
_CUT = re.compile(r"(?:…|\.\.\.|\[…\])\W*$")
_PERSON = re.compile(r"\b(?:i|i'm|i’m|my|me|you|your|lol|thanks)\b", re.I)


@dataclass(frozen=True, slots=True)
class Weights:
    """Networks whose scores are averaged, each a list of (matrix, bias); `change`: price of going in and of coming out."""

    networks: tuple[tuple[tuple[np.ndarray, np.ndarray], ...], ...]
    change: tuple[float, float]
    mean: np.ndarray
    deviation: np.ndarray


@cache
def furniture() -> tuple[tuple[str, ...], frozenset[str]]:
    """Beginnings of lines, and whole lines, that are page furniture."""
    text = resources.files("dateline").joinpath("article/data/interface.txt").read_text(encoding="utf-8")
    lines = [line.strip("\n") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    wrong = [line for line in lines if line != line.lower()]
    if wrong:
        raise DataError(f"article/data/interface.txt: '{wrong[0]}' must be lower case")
    whole = frozenset(line[1:] for line in lines if line.startswith("="))
    return tuple(line.rstrip() for line in lines if not line.startswith("=")), whole


@cache
def stop_words() -> frozenset[str]:
    """English function words."""
    text = resources.files("dateline").joinpath("article/data/stop.txt").read_text(encoding="utf-8")
    return frozenset(" ".join(line for line in text.splitlines() if not line.startswith("#")).split())


@cache
def weights() -> Weights:
    """The shipped weights. Raises DataError if they were made for other features."""
    table = json.loads(resources.files("dateline").joinpath("article/data/lines.json").read_text(encoding="utf-8"))
    if table.get("own") != list(OWN) or table.get("place") != list(PLACE) or table.get("neighbours") != NEIGHBOURS:
        raise DataError("article/data/lines.json: not made for these features; run python -m dateline.learn.lines")
    networks = tuple(
        tuple((np.array(layer["matrix"], float), np.array(layer["bias"], float)) for layer in network)
        for network in table["networks"]
    )
    return Weights(
        networks, tuple(table["change"]), np.array(table["mean"], float), np.array(table["deviation"], float)
    )


def unbulleted(line: str) -> str:
    """A line without its bullet and indentation."""
    return _BULLET.sub("", line).strip()


def prose(lines: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Words of each line, and the same where the line is prose: eight words or more with a sentence's end."""
    starts, _ = furniture()
    words = np.zeros(len(lines))
    told = np.zeros(len(lines))
    for i, line in enumerate(lines):
        bare = unbulleted(line)
        n = words[i] = len(_WORD.findall(bare))
        if n >= 8 and _ENDS.search(bare) and not _CUT.search(bare) and not (n < 25 and bare.lower().startswith(starts)):
            told[i] = n
    return words, told


def features(lines: Sequence[str], title: str | None = None) -> np.ndarray:
    """One row of OWN + PLACE a line. `lines` without blank ones, indentation kept."""
    words, told = prose(lines)
    return np.hstack([_own(lines, title, words, told), _place(lines, title, words, told)])


def _own(lines: Sequence[str], title: str | None, words: np.ndarray, told: np.ndarray) -> np.ndarray:
    starts, whole = furniture()
    stop = stop_words()
    folded = [" ".join(_WORD.findall(line.lower())) for line in lines]
    count = Counter(folded)
    title_words = set(_WORD.findall((title or "").lower()))
    rows = np.zeros((len(lines), len(OWN)))
    for i, line in enumerate(lines):
        bare = unbulleted(line)
        found = _WORD.findall(bare)
        n = len(found)
        low = bare.lower()
        letters = sum(c.isalpha() for c in bare) or 1
        mine = set(folded[i].split())
        ends = bool(_ENDS.search(bare))
        cut = bool(_CUT.search(bare))
        lower = sum(w[0].islower() for w in found) / n if n else 0.0
        is_furniture = low.startswith(starts)
        rows[i, :-2] = (
            math.log1p(n), math.log1p(n) ** 2, n >= 20, n <= 4, ends and n > 3, cut, bare.endswith(("?", "!")),
            sum(w.lower() in stop for w in found) / n if n else 0.0, lower, sum(c.isdigit() for c in bare) / (letters + 1),
            is_furniture, low in whole, count[folded[i]] > 1, bool(_BULLET.match(line)), any(c in bare for c in "“”\""),
            bare.endswith(":"), min(1.0, sum(c in "|•·»/@#©→" for c in bare) / (n + 1)),
            len(title_words & mine) / max(1, len(title_words | mine)), bool(_DATE.search(bare)) and n < 14,
            bool(_AGO.search(bare)) and n < 14, bool(_BYLINE.match(bare)) and n < 14, bare[:1].islower(), bool(_PERSON.search(bare)),
            "@" in bare or "pic.twitter" in low, told[i] > 0,
        )  # fmt: skip
    _indents(lines, told, rows)
    return rows


def _indents(lines: Sequence[str], told: np.ndarray, rows: np.ndarray) -> None:
    """How much of the page's prose stands at a line's indentation, and how far that is from where most of it stands."""
    depth = np.array([len(line) - len(line.lstrip()) for line in lines])
    mass: dict[int, float] = {}
    for d, p in zip(depth, told, strict=True):
        mass[int(d)] = mass.get(int(d), 0.0) + p
    total = sum(mass.values()) or 1.0
    top = max(mass, key=lambda d: mass[d]) if mass else 0
    rows[:, -2] = [mass[int(d)] / total for d in depth]
    rows[:, -1] = np.clip((depth - top) / 8, -2, 2)


def _place(lines: Sequence[str], title: str | None, words: np.ndarray, told: np.ndarray) -> np.ndarray:
    n = len(lines)
    rows = np.zeros((n, len(PLACE)))
    if not n:
        return rows
    starts, whole = furniture()
    titled = _title_at([" ".join(_WORD.findall(line.lower())) for line in lines], title)
    first, last = densest(words, told)
    total = told.sum() or 1.0
    before = np.concatenate([[0.0], np.cumsum(told)])
    at = np.arange(n)
    near = [before[min(n, i + 4)] - before[max(0, i - 3)] for i in range(n)]
    wide = [before[min(n, i + 13)] - before[max(0, i - 12)] for i in range(n)]
    since, until, ended = np.zeros(n), np.zeros(n), np.zeros(n)
    gap = 30.0
    closed = 0
    for i in range(n):
        since[i] = gap
        gap = 0.0 if told[i] else gap + 1
        low = _BULLET.sub("", lines[i]).strip().lower()
        if before[i] > 0.15 * total and (low in whole or low.startswith(starts)):
            closed += 1
        ended[i] = closed
    gap = 30.0
    for i in reversed(range(n)):
        until[i] = gap
        gap = 0.0 if told[i] else gap + 1
    flat = len({len(line) - len(line.lstrip()) for line in lines}) <= 1
    columns = {
        "flat": np.full(n, float(flat)),
        "place": at / n,
        "after_title": at > titled if titled is not None else np.zeros(n),
        "title_distance": np.log1p(np.clip(at - titled, 0, 200)) if titled is not None else np.full(n, -1.0),
        "in_block": (at >= first) & (at <= last),
        "before_block": np.log1p(np.clip(first - at, 0, 100)),
        "after_block": np.log1p(np.clip(at - last, 0, 100)),
        "near": np.log1p(near),
        "wide": np.log1p(wide),
        "since_prose": np.log1p(np.clip(since, 0, 30)),
        "until_prose": np.log1p(np.clip(until, 0, 30)),
        "ends_since": np.log1p(ended),
        "page_prose": np.full(n, math.log1p(total)),
        "share_before": before[:-1] / total,
    }
    for k, name in enumerate(PLACE):
        rows[:, k] = columns[name]
    return rows


BLOCK_PRICE = 4.0
"""What a line without prose costs within the densest block, in words; a baseline of BENCHMARKS.md (F1 .86) works so."""


def densest(words: np.ndarray, told: np.ndarray) -> tuple[int, int]:
    """First and last line of the run of lines with most prose, each other line counted against it."""
    gain = np.where(told > 0, np.minimum(told, 80), -BLOCK_PRICE - np.minimum(words, 6))
    best, start, total, found = 0.0, 0, 0.0, (0, -1)
    for i, value in enumerate(gain):
        if total <= 0:
            total, start = 0.0, i
        total += float(value)
        if total > best:
            best, found = total, (start, i)
    return found


def _title_at(folded: Sequence[str], title: str | None) -> int | None:
    """The last line before most of the page that is the title, as the place after which the article begins."""
    if not title:
        return None
    wanted = " ".join(_WORD.findall(title.lower()))
    found = [i for i, line in enumerate(folded) if line and (line == wanted or (len(line) > 25 and line in wanted))]
    early = [i for i in found if i < 0.6 * len(folded)] or found
    return early[-1] if early else None


def stacked(rows: np.ndarray) -> np.ndarray:
    """Each line's OWN features with those of its neighbours (zeros beyond the ends), then its PLACE features."""
    own = rows[:, : len(OWN)]
    padded = np.vstack([np.zeros((NEIGHBOURS, own.shape[1])), own, np.zeros((NEIGHBOURS, own.shape[1]))])
    shifted = [padded[k : k + len(own)] for k in range(2 * NEIGHBOURS + 1)]
    return np.hstack([*shifted, rows[:, len(OWN) :]])


def scores(rows: np.ndarray, model: Weights) -> np.ndarray:
    """How much each line speaks for "in" (log odds): rows of `features`, the mean over the networks."""
    x = stacked((rows - model.mean) / model.deviation)
    total = np.zeros(len(x))
    for network in model.networks:
        hidden = x
        for k, (matrix, bias) in enumerate(network):
            hidden = hidden @ matrix + bias
            if k + 1 < len(network):
                hidden = np.maximum(hidden, 0)
        total += hidden[:, 0]
    return total / max(1, len(model.networks))


def choose(lines: Sequence[str], title: str | None = None, model: Weights | None = None) -> list[bool]:
    """Whether each line belongs to the article."""
    if not lines:
        return []
    model = model or weights()
    return best_path(scores(features(lines, title), model), model.change)


def best_path(odds: np.ndarray, change: tuple[float, float]) -> list[bool]:
    """The choice of lines with the highest sum of scores less the price of each going in and coming out."""
    into, out_of = change
    inside, outside = -into, 0.0  # best sums before the first line, in each state
    came: list[tuple[bool, bool]] = []  # for each line: was the state before it "in", if it is in, if it is out
    for score in odds:
        in_from_in, in_from_out = inside, outside - into
        out_from_in, out_from_out = inside - out_of, outside
        came.append((in_from_in >= in_from_out, out_from_in > out_from_out))
        inside, outside = max(in_from_in, in_from_out) + score, max(out_from_in, out_from_out)
    state = inside - out_of > outside
    chosen: list[bool] = []
    for from_in, from_in_out in reversed(came):
        chosen.append(state)
        state = from_in if state else from_in_out
    return chosen[::-1]
