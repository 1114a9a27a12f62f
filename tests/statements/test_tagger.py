"""The stretches that the tagger chooses, and attributions of odd texts: offsets exact, a text the same alone and among others."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from dateline.statements import tagger


def slowly(scores: np.ndarray, switch: float) -> float:
    """The best sum, piece by piece."""
    inside, outside = -1e9, 0.0
    for score in scores.tolist():
        inside, outside = max(inside, outside - switch) + score, max(inside, outside)
    return max(inside, outside)


@pytest.mark.parametrize("switch", [1.0, 2.0])
def test_stretches_reach_the_best_sum(switch: float) -> None:
    chance = np.random.default_rng(1)
    for _ in range(500):
        scores = chance.normal(-0.3, 2, chance.integers(1, 60))
        runs = tagger._stretches(scores, switch)
        assert all(a < b for a, b in runs)
        assert all(one[1] < other[0] for one, other in pairwise(runs))
        assert sum(scores[a:b].sum() - switch for a, b in runs) == pytest.approx(slowly(scores, switch))


def test_a_text_is_read_alike_alone_and_among_others() -> None:
    texts = ['The minister said: "We will sign."\n\nOfficials denied it.', "Talks ended.", "HE SAID\u200b NO. " * 60]
    together = tagger.attributions(texts)
    assert together == [tagger.attributions([text])[0] for text in texts]
    assert together[0]
    for text, found in zip(texts, together, strict=True):
        for a in found:
            for start, end in (*a.source, *a.cue, *a.content):
                assert 0 <= start < end <= len(text) and text[start:end].strip() == text[start:end]


def tags_of(*rows: tuple[float, float, float]) -> np.ndarray:
    """Logits of O, B and I, one row a piece."""
    return np.array(rows, np.float32)


OUT, BEGINS, GOES_ON, FAINT = (4.0, 0.0, 0.0), (0.0, 4.0, 0.0), (0.0, 0.0, 4.0), (0.5, 0.0, 1.0)


def test_a_cue_is_a_whole_stretch() -> None:
    def cues(*rows: tuple[float, float, float]) -> list[tuple[int, int]]:
        return list(tagger._cues(tags_of(*rows), tagger.CUE_BIAS, np.ones(len(rows), bool)))

    assert cues(OUT, BEGINS, GOES_ON, OUT) == [(1, 3)]
    assert cues(OUT, BEGINS, (0.6, 0.0, 0.0), GOES_ON, OUT) == [(1, 4)]  # no hole for a piece in doubt
    assert cues(OUT, FAINT, OUT) == []  # one faint piece is no cue
    assert cues(OUT, BEGINS, FAINT, OUT) == [(1, 3)]
    assert cues(BEGINS, GOES_ON, BEGINS, OUT) == [(0, 2), (2, 3)]
    assert list(tagger._cues(tags_of(BEGINS, BEGINS), tagger.CUE_BIAS, np.array([False, True]))) == [(1, 2)]


def test_a_faint_source_is_better_than_none() -> None:
    assert tagger._sources(np.array([-3.0, 1.0, -3.0])) == [(1, 2)]
    assert tagger._sources(np.array([3.0, -1.0, 2.0, -3.0])) == [(0, 3)]  # no hole in a source
    assert tagger._sources(np.array([-1.0, -2.0])) == []


def test_a_quotation_is_said_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'Ann Lowfield said "the harbour is closed until the mines are swept" on Monday.'
    cue = (text.index("said"), text.index("said") + 4)
    piece = (text.index("the harbour"), text.index(" are swept"))
    partly = tagger.Attribution(((0, 12),), (cue,), (piece,), 0.9)
    monkeypatch.setattr(tagger, "_found", lambda *_: [partly])
    ((found,),) = tagger.attributions([text])
    assert [text[slice(*p)] for p in found.content] == ["the harbour is closed until the mines are swept"]
