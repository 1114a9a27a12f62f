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
