"""The attribution model at work: texts in, attributions (source, cue, content) out.

The encoder's graph gives cue tags and two projections of every piece; the small heads that link each cue with its
source and content and name its act run here in numpy, for the cues that the tagger found (learn/attribution.py has the same in PyTorch).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from dateline.language import Encoder
from dateline.statements.windows import Window, cut

CUE_BIAS = -0.4
"""Added to the logits of B and I: below 0 only cues that are rather sure. Chosen on PolNeAR dev (joint .740; 0: .735)."""
SWITCH = {"source": 1.0, "content": 2.0}
"""Cost in logits of opening a stretch, so that spans come out whole. Chosen on PolNeAR dev."""
SECOND_BIAS = 3.0
"""Added to the logits of B and I when a cue is looked for that would account for content without one."""
ACCOUNTS = 0.5
"""A cue of the second look is kept if at least this share of its content is content that no other cue accounts for."""
SAME = 0.7
"""Two cues whose contents overlap by this share (Jaccard) and whose sources agree are one discontinuous cue."""

MIN_FRESH = 4
"""Pieces of unaccounted content below which no cue is looked for again."""
_NOT_O = np.array([0.0, 1.0, 1.0], np.float32)

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
    """Weights of the pair head and of the act head."""

    distance: np.ndarray
    middle: np.ndarray
    middle_bias: np.ndarray
    out: np.ndarray
    out_bias: np.ndarray
    act: np.ndarray
    act_bias: np.ndarray

    def link(self, pieces: np.ndarray, cue: np.ndarray, centre: float) -> np.ndarray:
        """Source and content logits (pieces × 2) for one cue: its mean projection and the mean of its positions."""
        away = np.arange(len(pieces)) - centre
        bucket = np.clip(np.sign(away) * np.log2(np.abs(away) + 1) * 2, -15, 15).round().astype(int) + 16
        mixed = _gelu(pieces + cue + self.distance[bucket])
        return _gelu(mixed @ self.middle.T + self.middle_bias) @ self.out.T + self.out_bias


def _gelu(x: np.ndarray) -> np.ndarray:
    """The exact GELU; erf by Abramowitz and Stegun 7.1.26 (error below 2e-7), since numpy has none."""
    z = np.abs(x) * np.float32(0.70710678)
    t = 1.0 / (1.0 + 0.3275911 * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1.0 - poly * np.exp(-z * z))
    return 0.5 * x * (1.0 + erf)


@cache
def model(folder: Path | None = None) -> tuple[Encoder, Heads]:
    """The encoder session and the pair head, loaded once."""
    home = folder or Path(str(resources.files("dateline"))) / "data" / "models" / "attribution"
    encoder = Encoder(home)
    with np.load(home / "link.npz") as file:
        head = Heads(*(file[f.name].astype(np.float32) for f in fields(Heads)))
    return encoder, head


def attributions(texts: Sequence[str], folder: Path | None = None) -> list[tuple[Attribution, ...]]:
    """The attributions of each text, in the order of their cues. Offsets are code points into the text as given."""
    encoder, head = model(folder)
    return [_of_text(text, encoder, head) for text in texts]


def _of_text(text: str, encoder: Encoder, head: Heads) -> tuple[Attribution, ...]:
    """The attributions of one text. Its windows go through the encoder together and with no other text's: dynamic int8 takes
    its scale from the whole batch, so a text among others would come out otherwise than alone."""
    windows = list(cut(text, encoder.tokenizer))
    outputs = encoder.run([window.ids for window in windows])
    rows: list[Attribution] = []
    for i, (window, output) in enumerate(zip(windows, outputs, strict=True)):
        until = windows[i + 1].fresh if i + 1 < len(windows) and windows[i + 1].fresh else len(text)
        rows += (a for a in _found(window, output, head, text) if window.fresh <= a.cue[0][0] < until)
    return tuple(_merged(sorted(rows, key=lambda a: a.cue)))


def _found(window: Window, output: dict[str, np.ndarray], head: Heads, text: str) -> list[Attribution]:
    """The attributions of one window: those of plain cues, then those of doubtful cues whose content has no other cue.

    The graph also says of every piece whether it is part of any content. A stretch that it calls content and that no cue
    accounts for has a cue that the tagger doubted: the likeliest one whose own links cover it is taken.
    """
    real = window.starts >= 0
    tags = output["tags"].astype(np.float32)
    sure = _probabilities(tags)
    plain = list(_cues(tags + CUE_BIAS * _NOT_O, real))
    found = [a for cue in plain if (a := _linked(window, output, head, text, cue, sure)) is not None]
    said = (output["said"].astype(np.float32) > 0) & real
    covered = np.zeros(len(real), bool)
    for attribution in found:
        covered |= _inside(window, attribution.content)
    if not (said & ~covered).any():
        return found
    taken = np.zeros(len(real), bool)
    for first, last in plain:
        taken[first:last] = True
    doubtful = [c for c in _cues(tags + SECOND_BIAS * _NOT_O, real) if not taken[c[0] : c[1]].any()]
    others = [a for cue in doubtful if (a := _linked(window, output, head, text, cue, sure)) is not None]
    for attribution in sorted(others, key=lambda a: -a.confidence):
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
    return np.any([(window.starts >= s) & (window.starts < e) for s, e in spans], axis=0)


def _linked(
    window: Window, output: dict[str, np.ndarray], head: Heads, text: str, cue: tuple[int, int], sure: np.ndarray
) -> Attribution | None:
    """The attribution of one cue (pieces first:last); None if nothing is its content."""
    first, last = cue
    scores = head.link(
        output["pieces"].astype(np.float32),
        output["cuewise"][first:last].astype(np.float32).mean(0),
        (first + last - 1) / 2,
    )
    scores[window.starts < 0] = -9.0
    source = _stretches(scores[:, 0], SWITCH["source"], window, text)
    content = _stretches(scores[:, 1], SWITCH["content"], window, text)
    if not content:
        return None
    spoken = [
        output["hidden"][rows].astype(np.float32).mean(0) for rows in (slice(first, last), _inside(window, content))
    ]
    act = head.act @ np.concatenate(spoken) + head.act_bias
    inside = scores[:, 1] > 0
    linked = float((1 / (1 + np.exp(-scores[inside, 1]))).mean()) if inside.any() else 0.5
    confidence = float(sure[first:last, 1:].sum(-1).mean()) * linked
    return Attribution(source, _spans([cue], window, text), content, confidence, tuple(map(float, act)))


def _cues(tags: np.ndarray, real: np.ndarray) -> Iterator[tuple[int, int]]:
    """Stretches tagged B I*, an I after O counting as B."""
    best = tags.argmax(-1)
    best[~real] = 0
    start: int | None = None
    for i, tag in enumerate(best):
        if start is not None and tag != 2:
            yield start, i
            start = None
        if tag == 1 or (tag == 2 and start is None):
            start = i
    if start is not None:
        yield start, len(best)


def _stretches(scores: np.ndarray, switch: float, window: Window, text: str) -> tuple[Offsets, ...]:
    """The best choice of stretches: the sum of logits inside, less `switch` for each stretch opened (two-state Viterbi)."""
    inside = np.empty(len(scores) + 1, np.float64)
    outside = np.empty(len(scores) + 1, np.float64)
    came_in = np.zeros(len(scores), bool)
    came_out = np.zeros(len(scores), bool)
    inside[0], outside[0] = -1e9, 0.0
    for i, score in enumerate(scores):
        opened = outside[i] - switch
        came_in[i] = opened > inside[i]
        inside[i + 1] = max(opened, inside[i]) + score
        came_out[i] = inside[i] > outside[i]
        outside[i + 1] = max(inside[i], outside[i])
    return _spans(sorted(_walk(inside, outside, came_in, came_out)), window, text)


def _walk(
    inside: np.ndarray, outside: np.ndarray, came_in: np.ndarray, came_out: np.ndarray
) -> Iterator[tuple[int, int]]:
    """The stretches of the best path, last first."""
    i = len(came_in)
    state = inside[i] > outside[i]
    end = i
    while i > 0:
        i -= 1
        if state:
            if came_in[i]:
                yield i, end
                state = False
        elif came_out[i]:
            state, end = True, i


def _spans(runs: list[tuple[int, int]], window: Window, text: str) -> tuple[Offsets, ...]:
    """Offsets of runs of pieces, trimmed of white space, whole words, special pieces left out."""
    spans: list[Offsets] = []
    for first, last in runs:
        starts, ends = window.starts[first:last], window.ends[first:last]
        keep = starts >= 0
        if not keep.any():
            continue
        start, end = int(starts[keep].min()), int(ends[keep].max())
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
    """Jaccard overlap of two sets of stretches, in characters."""
    both = sum(max(0, min(e, f) - max(s, t)) for s, e in a for t, f in b)
    either = sum(e - s for s, e in a) + sum(e - s for s, e in b) - both
    return both / either if either else 0.0


def _touch(a: tuple[Offsets, ...], b: tuple[Offsets, ...]) -> bool:
    return any(s < f and t < e for s, e in a for t, f in b)
