"""The session in which the fine-tuned encoders run: ONNX weights with their tokenizer, on the CPU."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dateline.errors import DataError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


class Encoder:
    """One exported encoder: `model.onnx` and `tokenizer.json` in a folder.

    The graph takes `input_ids` and `attention_mask` (int64, batch × pieces) and any further named inputs, and gives
    arrays whose first axis is the batch. A graph without `attention_mask` knows no padding: its sequences run one by one.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        from tokenizers import Tokenizer

        weights, vocabulary = folder / "model.onnx", folder / "tokenizer.json"
        if not vocabulary.is_file():
            raise DataError(f"{vocabulary}: not there; reinstall Dateline or train the model again (docs/models.md)")
        self.folder = folder
        self.session = session(weights, threads)
        self.tokenizer = Tokenizer.from_file(str(vocabulary))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.outputs = [output.name for output in self.session.get_outputs()]
        self._by_piece = {
            o.name for o in self.session.get_outputs() if len(o.shape) > 1 and not isinstance(o.shape[1], int)
        }
        self._inputs = {i.name for i in self.session.get_inputs()}

    @property
    def digest(self) -> str:
        """sha256 of the weights."""
        return _digest(self.folder / "model.onnx")

    def run(self, ids: Sequence[Sequence[int]], batch: int = 16) -> list[dict[str, np.ndarray]]:
        """Run sequences of piece ids through the graph, in batches of like length.

        Returns, in the order given, a dictionary of output name → array; an output with a piece axis is cut to
        the length of its sequence.
        """
        results: list[dict[str, np.ndarray]] = [{} for _ in ids]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        if "attention_mask" not in self._inputs:
            batch = 1
        for at in range(0, len(order), batch):
            rows = order[at : at + batch]
            width = max(len(ids[i]) for i in rows)
            feed = {
                "input_ids": np.zeros((len(rows), width), np.int64),
                "attention_mask": np.zeros((len(rows), width), np.int64),
            }
            for r, i in enumerate(rows):
                feed["input_ids"][r, : len(ids[i])] = ids[i]
                feed["attention_mask"][r, : len(ids[i])] = 1
            given = self.session.run(self.outputs, {k: v for k, v in feed.items() if k in self._inputs})
            for r, i in enumerate(rows):
                for name, array in zip(self.outputs, given, strict=True):
                    row = array[r]
                    results[i][name] = row[: len(ids[i])] if name in self._by_piece else row
        return results


def session(weights: Path, threads: int = 1) -> InferenceSession:
    """A session of onnxruntime on the CPU. Raises DataError if the file is not there.

    Addition and normalisation stay two steps: onnxruntime's one step for both (1.32) took nine times as long.
    """
    import onnxruntime

    if not weights.is_file():
        raise DataError(f"{weights}: not there; reinstall Dateline or train the model again (docs/models.md)")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(weights), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


@cache
def _digest(file: Path) -> str:
    return "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()
