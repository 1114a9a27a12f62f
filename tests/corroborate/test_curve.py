"""The curve of the costs in docs/corroborate.md is drawn from the table beside it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "join_curve.py"


@pytest.fixture(scope="module")
def curve() -> ModuleType:
    spec = importlib.util.spec_from_file_location("join_curve", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_drawing_shows_the_table(curve: ModuleType) -> None:
    rows = curve.costs(curve.PAGE.read_text(encoding="utf-8"))
    assert [row.events for row in rows] == sorted({row.events for row in rows}) and len(rows) > 2
    assert curve.DRAWING.read_text(encoding="utf-8") == curve.draw(rows), "run benchmarks/join_curve.py"


def test_points_stand_where_their_figures_are(curve: ModuleType) -> None:
    rows = [curve.Cost(10_000, 10, 10, 20), curve.Cost(100_000, 100, 20, 30)]
    drawing = ElementTree.fromstring(curve.draw(rows))
    dots = [(float(d.get("cx")), float(d.get("cy"))) for d in drawing.iter("{http://www.w3.org/2000/svg}circle")]
    (left, right), height = curve.LEFT, curve.BOTTOM - curve.TOP
    assert dots[:2] == [(left, curve.BOTTOM), (right, curve.TOP)], "ten times the events, ten times the cost"
    assert [y for _, y in dots[2:]] == [curve.BOTTOM - height * ms / 50 for ms in (10, 20, 20, 30)]
    assert curve.power(rows) == pytest.approx(1)
