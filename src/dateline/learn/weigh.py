"""Fits the regression of `events.decide` on the candidates of coded articles (numpy only).

Out-of-fold scores of the pair model go in, so that the weights see the model as unsure as it is on new articles.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

RIDGE = 1.0
"""Strength of the L2 penalty; the 44 articles give some 1,300 candidates for 32 weights."""


def fit(rows: np.ndarray, hits: np.ndarray, weights: np.ndarray, ridge: float = RIDGE) -> np.ndarray:
    """Logistic regression by Newton's method.

    `rows`: candidates × features (the first is the bias, not penalised), `hits`: 0 or 1, `weights`: of the candidates.
    """
    w = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-rows @ w))
        gradient = rows.T @ (weights * (p - hits)) + penalty * w
        hessian = (rows * (weights * p * (1 - p))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w


def calibration(
    confidence: Sequence[float], hits: Sequence[bool], bins: int = 10
) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error, and by bin: mean confidence, share of hits, count."""
    c, h = np.asarray(confidence, float), np.asarray(hits, float)
    of = np.minimum((c * bins).astype(int), bins - 1)
    table = [
        (float(c[of == b].mean()), float(h[of == b].mean()), int((of == b).sum()))
        for b in range(bins)
        if (of == b).any()
    ]
    return sum(abs(m - s) * n for m, s, n in table) / max(1, len(c)), table
