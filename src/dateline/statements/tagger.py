"""The attribution model at work: texts in, attributions (source, cue, content) out.

The encoder's graph gives cue tags and two projections of every piece. The pair head that links each cue with its source and
content is a second graph, run once a window for the cues that the tagger found (learn/attribution.py has both in PyTorch). Where a
text comes with its parse, that has a say in where a content begins and ends (`bounds`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise, repeat
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dateline.language.encoder import Encoder, session
from dateline.language.parse import paragraphs_of
from dateline.statements.bounds import Bounds, Gaps, gaps
from dateline.statements.edges import whole_quotations
from dateline.statements.marks import Quoted, quotations
from dateline.statements.windows import Window, cut

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from spacy.tokens import Doc

SWITCH = {"source": 2.0, "cue": 1.5, "content": 2.0}
"""Cost in logits of opening a stretch, so that spans come out whole. Chosen on PolNeAR train and dev side by side: cues by the
likeliest tag of each piece leave lone function words ("to", "has") behind (exact cue .704; by stretches .728)."""
CUE_BIAS = 0.2
"""Added to the log odds of a piece being in a cue; with the cost above, a cue of one piece needs odds of 1.3 in logits."""
SECOND_BIAS = 3.6
"""Added instead when a cue is looked for that would account for content without one."""
REACH = 16
"""So many pieces beyond those that are likely a content may reach to the end of its phrase."""
SAID, SAID_MOST = 0.2, 4.0
"""How much the graph's opinion on what is any content counts beside the links of a cue, and up to which logits of it."""
ACCOUNTS = 0.5
"""A cue of the second look is kept if at least this share of its content is content that no other cue accounts for."""
SAME = 0.7
"""Two cues whose contents overlap by this share (Jaccard) and whose sources agree are one discontinuous cue."""

MIN_FRESH = 4
"""Pieces of unaccounted content below which no cue is looked for again."""

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what: offsets into the text by role, each role in pieces; `confidence` is the cue's probability times the
    mean probability of its links."""

    source: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    content: tuple[Offsets, ...]
    confidence: float
    act: tuple[float, ...] = ()
    """Logits of the acts, in the order of `act.ACTS`."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The pair head, a graph of its own, and the weights of the act head."""

    pairs: InferenceSession
    act: np.ndarray
    act_bias: np.ndarray

    def link(self, pieces: np.ndarray, cues: np.ndarray, centres: np.ndarray) -> np.ndarray:
        """Source and content logits (cues × pieces × 2) from the mean projection and the mean position of each cue."""
        away = np.arange(len(pieces)) - centres[:, None]
        buckets = np.clip(np.sign(away) * np.log2(np.abs(away) + 1) * 2, -15, 15).round().astype(np.int64) + 16
        return self.pairs.run(["links"], {"pieces": pieces, "cues": cues, "buckets": buckets})[0]


@cache
def model(folder: Path | None = None) -> tuple[Encoder, Heads]:
    """The encoder session and the pair head, loaded once."""
    home = folder or Path(str(resources.files("dateline"))) / "data" / "models" / "attribution"
    encoder = Encoder(home)
    with np.load(home / "link.npz") as file:
        head = Heads(session(home / "pairs.onnx"), *(file[name].astype(np.float32) for name in ("act", "act_bias")))
    return encoder, head


def attributions(
    texts: Sequence[str], folder: Path | None = None, parses: Sequence[Doc] = ()
) -> list[tuple[Attribution, ...]]:
    """The attributions of each text, in the order of their cues. Offsets are code points into the text as given.

    `parses`: the texts parsed by spaCy, if they are; contents then begin and end where the syntax allows (on PolNeAR dev .70 of them
    are exact, .68 without).
    """
    encoder, head = model(folder)
    known = [gaps(parse) if parse.has_annotation("DEP") else None for parse in parses] or [None] * len(texts)
    return [_of_text(text, encoder, head, syntax) for text, syntax in zip(texts, known, strict=True)]


def _of_text(text: str, encoder: Encoder, head: Heads, syntax: Gaps | None) -> tuple[Attribution, ...]:
    """The attributions of one text, with whole quotations.

    Each window goes through the encoder by itself: dynamic int8 takes its scale from all that it is given, so a window among others
    would come out otherwise than alone, and padding costs as much as words.
    """
    windows = list(cut(text, encoder.tokenizer))
    outputs = encoder.run([window.ids for window in windows])
    rows: list[Attribution] = []
    for i, (window, output) in enumerate(zip(windows, outputs, strict=True)):
        until = windows[i + 1].fresh if i + 1 < len(windows) and windows[i + 1].fresh else len(text)
        rows += (a for a in _found(window, output, head, text, syntax) if window.fresh <= a.cue[0][0] < until)
    found = list(_merged(sorted(rows, key=lambda a: a.cue)))
    quoted = Quoted(quotations(text, tuple(paragraphs_of(text)))[0])
    contents = whole_quotations(text, [a.content for a in found], [a.cue[0] for a in found], quoted)
    return tuple(replace(a, content=content) for a, content in zip(found, contents, strict=True))


def _found(
    window: Window, output: dict[str, np.ndarray], head: Heads, text: str, syntax: Gaps | None
) -> list[Attribution]:
    """The attributions of one window: those of plain cues, then those of doubtful cues whose content has no other cue.

    The graph also says of every piece whether it is part of any content. A stretch that it calls content and that no cue
    accounts for has a cue that the tagger doubted: the likeliest one whose own links cover it is taken.
    """
    real = window.starts >= 0
    tags = output["tags"].astype(np.float32)
    sure = _probabilities(tags)
    plain = list(_cues(tags, CUE_BIAS, real))
    bounds = syntax.of(window) if syntax is not None else None
    found = _linked(window, output, head, text, plain, sure, bounds)
    said = (output["said"].astype(np.float32) > 0) & real
    covered = np.zeros(len(real), bool)
    for attribution in found:
        covered |= _inside(window, attribution.content)
    if (said & ~covered).sum() < MIN_FRESH:
        return found
    taken = np.zeros(len(real), bool)
    for first, last in plain:
        taken[first:last] = True
    doubtful = [c for c in _cues(tags, SECOND_BIAS, real) if not taken[c[0] : c[1]].any()]
    for attribution in sorted(_linked(window, output, head, text, doubtful, sure, bounds), key=lambda a: -a.confidence):
        mine = _inside(window, attribution.content)
        fresh = mine & said & ~covered
        if mine.any() and fresh.sum() >= max(MIN_FRESH, ACCOUNTS * mine.sum()):
            found.append(attribution)
            covered |= mine
    return found


def _probabilities(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def _inside(window: Window, spans: tuple[Offsets, ...]) -> np.ndarray:
    """Which pieces lie in the spans."""
    found = np.zeros(len(window.starts), bool)
    for start, end in spans:
        found |= (window.starts >= start) & (window.starts < end)
    return found


def _linked(
    window: Window,
    output: dict[str, np.ndarray],
    head: Heads,
    text: str,
    cues: Sequence[tuple[int, int]],
    sure: np.ndarray,
    bounds: Bounds | None,
) -> list[Attribution]:
    """The attributions of the cues (pieces first:last) that have a content."""
    if not cues:
        return []
    spoken = np.zeros((len(cues), len(sure)), np.float32)
    for row, (first, last) in zip(spoken, cues, strict=True):
        row[first:last] = 1 / (last - first)
    centres = np.array([(first + last - 1) / 2 for first, last in cues])
    scores = head.link(output["pieces"], spoken @ output["cuewise"], centres)
    scores[..., 1] += SAID * np.clip(output["said"].astype(np.float32), -SAID_MOST, SAID_MOST)
    scores[:, window.starts < 0] = -9.0
    chosen = [_bounded(s, bounds) if bounds is not None else _stretches(s, SWITCH["content"]) for s in scores[..., 1]]
    contents = [_spans(stretches, window, text) for stretches in chosen]
    inside = np.array([_inside(window, spans) for spans in contents], np.float32)
    inside /= np.maximum(inside.sum(-1, keepdims=True), 1)
    hidden = output["hidden"]
    acts = np.concatenate([spoken @ hidden, inside @ hidden], -1) @ head.act.T + head.act_bias
    positive = scores[..., 1] > 0
    chances = np.where(positive, 1 / (1 + np.exp(-scores[..., 1])), 0).sum(-1) / np.maximum(positive.sum(-1), 1)
    certain = spoken @ sure[:, 1:].sum(-1)
    return [
        Attribution(
            _spans(_sources(scores[i, :, 0]), window, text),
            _spans([cue], window, text),
            content,
            float(certain[i] * chances[i]),
            tuple(acts[i].tolist()),
        )
        for i, (cue, content) in enumerate(zip(cues, contents, strict=True))
        if content
    ]


def _cues(tags: np.ndarray, bias: float, real: np.ndarray) -> Iterator[tuple[int, int]]:
    """Stretches of cues, cut where a piece begins another cue (B) within one."""
    likely = np.where(real, np.logaddexp(tags[:, 1], tags[:, 2]) - tags[:, 0] + bias, -9.0)
    begins = (tags[:, 1] > tags[:, 2]) & (tags[:, 1] + bias > tags[:, 0])
    for first, last in _stretches(likely, SWITCH["cue"]):
        bounds = [first, *(first + 1 + np.flatnonzero(begins[first + 1 : last])).tolist(), last]
        yield from pairwise(bounds)


def _sources(scores: np.ndarray) -> list[tuple[int, int]]:
    """The stretches of a source; one that is too faint for the cost of a stretch ("he") is taken all the same."""
    return _stretches(scores, SWITCH["source"]) or _stretches(scores, 0.0)


def _stretches(scores: np.ndarray, switch: float) -> list[tuple[int, int]]:
    """The best choice of stretches (pieces first:last): the sum of logits inside, less `switch` for each stretch opened.

    The state can only change where the sign of the logits does, so its steps are runs of one sign.
    """
    positive = scores > 0
    if not positive.any():
        return []
    edges = [0, *(np.flatnonzero(positive[1:] != positive[:-1]) + 1).tolist()]
    totals = np.add.reduceat(scores, edges, dtype=np.float64).tolist()
    return _best(totals, [*edges, len(scores)], repeat(-switch), repeat(0.0), repeat(0.0), repeat(0.0))


def _bounded(scores: np.ndarray, bounds: Bounds) -> list[tuple[int, int]]:
    """The best choice of stretches where each piece has its own costs of what may happen before it."""
    likely = np.flatnonzero(scores > 0)
    if not len(likely):
        return []
    first, last = max(0, int(likely[0]) - REACH), min(len(scores), int(likely[-1]) + REACH)
    costs = (side[first:last] for side in (bounds.begin, bounds.none, bounds.end, bounds.on))
    return _best(scores[first:last].tolist(), range(first, last + 1), *costs)


def _best(
    scores: Iterable[float],
    edges: Sequence[int],
    begin: Iterable[float],
    none: Iterable[float],
    end: Iterable[float],
    on: Iterable[float],
) -> list[tuple[int, int]]:
    """The stretches of the best path through steps between `edges`: two-state Viterbi. A step within a stretch gives its score; before
    each step a stretch may begin or none, and one that is open end or go on, each at its cost (≤ 0)."""
    inside, outside = -1e9, 0.0
    steps: list[tuple[bool, bool]] = []  # whether to be inside means to have opened there, to be outside to have left
    for score, opening, idle, leaving, staying in zip(scores, begin, none, end, on, strict=False):
        opened, stayed, left, idled = outside + opening, inside + staying, inside + leaving, outside + idle
        steps.append((opened > stayed, left > idled))
        inside, outside = max(opened, stayed) + score, max(left, idled)
    return _walk(inside > outside, steps, edges)


def _walk(ends_inside: bool, steps: Sequence[tuple[bool, bool]], edges: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches of the best path, read from its end; `edges` are the bounds of the runs."""
    found: list[tuple[int, int]] = []
    state, end = ends_inside, edges[-1]
    for i in range(len(steps) - 1, -1, -1):
        opens, leaves = steps[i]
        if state and opens:
            found.append((edges[i], end))
            state = False
        elif not state and leaves:
            state, end = True, edges[i]
    return found[::-1]


def _spans(runs: list[tuple[int, int]], window: Window, text: str) -> tuple[Offsets, ...]:
    """Offsets of runs of pieces, trimmed of white space, whole words, special pieces left out."""
    spans: list[Offsets] = []
    for first, last in runs:
        starts = window.starts[first:last].tolist()
        real = [i for i, at in enumerate(starts, first) if at >= 0]
        if not real:
            continue
        start, end = int(window.starts[real[0]]), int(window.ends[real[-1]])
        while start and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            spans.append((start, end))
    return tuple(spans)


def _merged(rows: list[Attribution]) -> Iterator[Attribution]:
    """Attributions with the parts of a discontinuous cue put together."""
    kept: list[Attribution] = []
    for row in rows:
        for i, other in enumerate(kept):
            if _alike(row.content, other.content) > SAME and (_touch(row.source, other.source) or not row.source):
                kept[i] = other if other.confidence >= row.confidence else row
                break
        else:
            kept.append(row)
    yield from kept


def _alike(a: tuple[Offsets, ...], b: tuple[Offsets, ...]) -> float:
    """Jaccard overlap of two sets of stretches, in characters; both in the order of the text."""
    if not a or not b or a[-1][1] <= b[0][0] or b[-1][1] <= a[0][0]:
        return 0.0
    both = sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
    either = sum(e - s for s, e in a) + sum(e - s for s, e in b) - both
    return both / either if either else 0.0


def _touch(a: tuple[Offsets, ...], b: tuple[Offsets, ...]) -> bool:
    return any(s < f and t < e for s, e in a for t, f in b)
