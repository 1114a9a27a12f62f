"""What scores of a model that had not seen the articles are worth."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from dateline.language import pairs
from dateline.language.labels import CLASSES, MODE_CLASSES, QUAD_NAMES, STATUS_CLASSES

outside = pytest.importorskip("dateline.learn.outside")


def _types(name: str, sure: float) -> np.ndarray:
    found = np.full(len(CLASSES), 1e-4, np.float32)
    found[CLASSES.index("NONE")] = 1 - sure
    found[CLASSES.index(name)] += sure
    return found


def _saved(path: Path, scores: dict[tuple[str, str], np.ndarray]) -> Path:
    rest = [np.full(len(names), 1 / len(names), np.float32) for names in (QUAD_NAMES, MODE_CLASSES, STATUS_CLASSES)]
    values = {key: (types, *rest) for key, types in scores.items()}
    np.save(path, np.array(values, dtype=object), allow_pickle=True)
    return path


def test_average_precision_is_that_of_the_ranking() -> None:
    gold = np.array([CLASSES.index(name) for name in ("ACCUSE", "NONE", "AID", "REQUEST")])
    best = np.stack([_types("ACCUSE", 0.9), _types("ACCUSE", 0.1), _types("AID", 0.8), _types("REQUEST", 0.7)])
    assert outside.average_precision(best, gold) == pytest.approx(1.0)
    worse = np.stack([_types("ACCUSE", 0.5), _types("ACCUSE", 0.9), _types("AID", 0.8), _types("REJECT", 0.7)])
    # in order: wrong, right (1/2), of another type, right (2/4); of three events
    assert outside.average_precision(worse, gold) == pytest.approx((1 / 2 + 2 / 4) / 3)


def test_candidates_and_acts_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"article": "a", "text": "<s>X</s> blamed <t>Y</t>.", "type": "ACCUSE"},
        {"article": "a", "text": "<s>X</s> said that it rained", "type": "NONE", "act": "STATE"},
        {"article": "b", "text": "<s>X</s> said that it rained", "type": "AID"},
    ]
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    scores = {("a", rows[0]["text"]): _types("ACCUSE", 0.9), ("a", rows[1]["text"]): _types("ACCUSE", 0.1)}
    saved = _saved(tmp_path / "s.npy", scores)
    assert outside.main(["candidates", str(saved), "--candidates", str(file)]) == 0
    told = capsys.readouterr().out
    assert "1 candidates, 1 events: average precision 1.000" in told and "1 statements: act right 1.000" in told


def test_the_scores_stand_in_for_the_model(tmp_path: Path) -> None:
    saved = _saved(tmp_path / "s.npy", {("a", "<s>X</s> sang."): _types("AID", 0.9)})
    scored = {text: one for (_, text), one in outside.load([saved]).items()}
    before = pairs.score
    with outside.unseen(scored):
        (found,) = pairs.score(["<s>X</s> sang."])
        assert found.types.argmax() == CLASSES.index("AID")
    assert pairs.score is before


def test_articles_are_coded_with_the_scores(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Ruritania sang to Graustark in Melk on Monday. The ministers of both states listened until the evening."
    row = {"id": "a", "title": "Song", "published": "2023-03-09", "publisher": "Wire", "text": text}
    (tmp_path / "articles.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps({"statements": [], "events": [], "actors": []}), "utf-8")
    saved = _saved(tmp_path / "s.npy", {("a", "<s>X</s> sang."): _types("AID", 0.9)})
    seen: list[dict] = []

    def score(name: str, said: Path, gold: Path) -> str:
        seen.extend(map(json.loads, said.read_text("utf-8").splitlines()))
        return f"{name} of {sorted(p.name for p in gold.iterdir())}"

    with patch("dateline.learn.evaluate.score", score):
        assert outside.main(["records", str(saved), "--coded", str(tmp_path), "--confidence", "0.4"]) == 0
    assert "1 articles, events from 0.4\nrecords of ['a.json']" in capsys.readouterr().out
    (coding,) = seen
    assert coding["article"]["key"] == "a" and coding["article"]["published"] == "2023-03-09"
    assert all(event["confidence"] >= 0.06 for event in coding["events"])
