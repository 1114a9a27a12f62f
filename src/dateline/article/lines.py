"""Which lines of a flattened page are its article: a small model over what each line looks like among its neighbours.

Each line gives features of its own; a line's score is linear in its own features and those of the two lines on either
side, and the choice of lines is the best path through "in" and "out" with a price for each change. Weights are in
data/lines.json, trained by learn/lines.py.
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

NEIGHBOURS = 2
"""Lines on either side whose features count."""
FEATURES = (
    "bias", "words", "words2", "long", "short", "ends", "stops", "capitals", "digits", "furniture", "whole_furniture", "twice",
    "bullet", "quote", "colon", "symbols", "deep", "place", "after_title", "like_title", "date", "byline", "lower_start", "indent",
)  # fmt: skip

_STOP = frozenset(
    ["the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "with", "as", "by", "at", "from", "it", "he", "his", "an",
     "be", "has", "have", "had", "which", "were", "are", "this", "but", "not", "they", "their", "who", "said", "been", "will", "would",
     "she", "her", "or", "its", "we", "i", "you", "after", "about", "when", "than", "there", "one", "more", "no", "also", "into"]
)  # fmt: skip
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_BULLET = re.compile(r"^\s*(?:[*•·+\-–»>|]|\d+[.)])\s+")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b", re.I)
_BYLINE = re.compile(r"^\s*(?:by|from|written by|story by)\s+[A-Z]", re.I)
_ENDS = re.compile(r"[.!?…:][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Weights:
    """`linear`: (2·NEIGHBOURS+1) × features; `change`: price of going in and of going out; means and deviations."""

    linear: np.ndarray
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
def weights() -> Weights:
    """The shipped weights. Raises DataError if they are of another shape than FEATURES."""
    table = json.loads(resources.files("dateline").joinpath("article/data/lines.json").read_text(encoding="utf-8"))
    linear = np.array(table["linear"], float)
    if linear.shape != (2 * NEIGHBOURS + 1, len(FEATURES)) or table["features"] != list(FEATURES):
        raise DataError("article/data/lines.json: not made for these features; run python -m dateline.learn.lines")
    return Weights(linear, tuple(table["change"]), np.array(table["mean"], float), np.array(table["deviation"], float))


def features(lines: Sequence[str], title: str | None = None) -> np.ndarray:
    """One row of FEATURES a line. `lines` without blank ones, indentation kept."""
    starts, whole = furniture()
    folded = [" ".join(_WORD.findall(line.lower())) for line in lines]
    count = Counter(folded)
    title_words = set(_WORD.findall((title or "").lower()))
    titled = _title_at(folded, title)
    rows = np.zeros((len(lines), len(FEATURES)))
    for i, line in enumerate(lines):
        bare = _BULLET.sub("", line).strip()
        words = _WORD.findall(bare)
        n = len(words)
        low = bare.lower()
        letters = sum(c.isalpha() for c in bare) or 1
        overlap = len(title_words & set(folded[i].split())) / max(1, len(title_words | set(folded[i].split())))
        rows[i] = (
            1.0,
            math.log1p(n),
            math.log1p(n) ** 2,
            n >= 20,
            n <= 4,
            bool(_ENDS.search(bare)) and n > 3,
            sum(w.lower() in _STOP for w in words) / n if n else 0.0,
            sum(w[0].isupper() for w in words) / n if n else 0.0,
            sum(c.isdigit() for c in bare) / (letters + 1),
            low.startswith(starts),
            low in whole,
            count[folded[i]] > 1,
            bool(_BULLET.match(line)),
            any(c in bare for c in '“”"'),
            bare.endswith(":"),
            sum(c in "|•·»/@#©→" for c in bare) / (n + 1),
            (len(line) - len(line.lstrip())) / 20,
            i / len(lines),
            titled is not None and i > titled,
            overlap,
            bool(_DATE.search(bare)) and n < 14,
            bool(_BYLINE.match(bare)) and n < 14,
            bare[:1].islower(),
            len(line) > 0 and line[0] != " ",
        )
    return rows


def _title_at(folded: Sequence[str], title: str | None) -> int | None:
    """The last line that is the title, as the place after which the article begins."""
    if not title:
        return None
    wanted = " ".join(_WORD.findall(title.lower()))
    found = [i for i, line in enumerate(folded) if line and (line == wanted or (len(line) > 25 and line in wanted))]
    return found[-1] if found else None


def stacked(rows: np.ndarray) -> np.ndarray:
    """Each line's features with those of its neighbours (zeros beyond the ends): lines × neighbours × features."""
    padded = np.vstack([np.zeros((NEIGHBOURS, rows.shape[1])), rows, np.zeros((NEIGHBOURS, rows.shape[1]))])
    return np.stack([padded[k : k + len(rows)] for k in range(2 * NEIGHBOURS + 1)], axis=1)


def choose(lines: Sequence[str], title: str | None = None, model: Weights | None = None) -> list[bool]:
    """Whether each line belongs to the article."""
    if not lines:
        return []
    model = model or weights()
    rows = (features(lines, title) - model.mean) / model.deviation
    scores = (stacked(rows) * model.linear).sum((1, 2))
    return best_path(scores, model.change)


def best_path(scores: np.ndarray, change: tuple[float, float]) -> list[bool]:
    """The choice of lines with the highest sum of scores less the price of each going in and coming out."""
    into, out_of = change
    inside, outside = -into, 0.0  # best sums before the first line, in each state
    came: list[tuple[bool, bool]] = []  # for each line: was the state before it "in", if it is in, if it is out
    for score in scores:
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
