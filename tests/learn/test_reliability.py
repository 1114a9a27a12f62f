"""The drawing of the events' calibration in docs/models.md is that of the table beside it."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest


def test_the_drawing_shows_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    reliability = importlib.import_module("reliability")
    points = reliability.bins(reliability.PAGE.read_text(encoding="utf-8"))
    assert len(points) > 5 and sorted(points) == points
    assert reliability.DRAWING.read_text(encoding="utf-8") == reliability.draw(points), "run benchmarks/reliability.py"
