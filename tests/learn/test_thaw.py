"""Float weights out of a graph that ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")
pytest.importorskip("transformers")

from dateline.learn import slimgraph, thaw  # noqa: E402


def test_a_matrix_comes_out_as_it_went_in_but_for_rounding(tmp_path: Path) -> None:
    chance = np.random.default_rng(7)
    weight, bias = chance.normal(size=(8, 32)).astype(np.float32), chance.normal(size=8).astype(np.float32)
    graph = slimgraph.Graph()
    graph.linear("x", "layer", weight, bias, "y", scale=np.linspace(1, 4, 32).astype(np.float32))
    real = onnx.TensorProto.FLOAT
    graph.write(
        tmp_path / "model.onnx",
        [onnx.helper.make_tensor_value_info("x", real, ["n", 32])],
        [onnx.helper.make_tensor_value_info("y", real, ["n", 8])],
    )
    found = thaw.arrays(tmp_path / "model.onnx")
    assert set(found) == {"layer.weight", "layer.bias"}
    np.testing.assert_array_equal(found["layer.bias"], bias)
    np.testing.assert_allclose(found["layer.weight"], weight, atol=0.06)
    assert not np.array_equal(found["layer.weight"], weight)
