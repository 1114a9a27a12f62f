"""What every training shares."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from dateline.errors import DataError  # noqa: E402
from dateline.learn import base  # noqa: E402


def test_weights_are_joined_by_their_shares(tmp_path: Path) -> None:
    files = [tmp_path / "one.pt", tmp_path / "two.pt"]
    for file, value in zip(files, (1.0, 5.0), strict=True):
        torch.save({"layer": torch.full((2, 2), value), "names": torch.tensor([7, 8])}, file)
    assert base.mean(files)["layer"].tolist() == [[3.0, 3.0]] * 2
    joined = base.mean(files, [3, 1])
    assert joined["layer"].tolist() == [[2.0, 2.0]] * 2
    assert joined["names"].tolist() == [7, 8], "what is no weight stays as it is"
    with pytest.raises(DataError, match="2 weights to join, but 3 shares"):
        base.mean(files, [1, 1, 1])


def test_the_running_mean_follows_the_weights_faster_at_first() -> None:
    model = torch.nn.Linear(1, 1, bias=False)
    mean = {"weight": torch.zeros(1, 1)}
    model.weight.data.fill_(1.0)
    base.follow(mean, model, decay=0.99, step=1)
    assert mean["weight"].item() == pytest.approx(1 - 1 / 11)
    before = mean["weight"].item()
    model.weight.data.fill_(0.0)
    base.follow(mean, model, decay=0.99, step=100_000)
    assert mean["weight"].item() == pytest.approx(0.99 * before)
