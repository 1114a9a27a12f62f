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


def test_a_graph_written_anew_has_the_weights_and_ranges_it_had(tmp_path: Path) -> None:
    """Rounded once, not twice: what ships may be run another way without another answer."""
    from importlib import resources

    shipped = Path(str(resources.files("dateline"))) / "data" / "models" / "events"
    kept = thaw.scales(shipped / "model.onnx")
    assert kept and all((value >= 1).all() for value in kept.values())
    model = thaw.events(shipped, _random_base(tmp_path / "base", shipped))
    thaw.write_graph(model, kept, tmp_path / "model.onnx")
    old, new = (
        {o.name: o for o in onnx.load(f).graph.initializer} for f in (shipped / "model.onnx", tmp_path / "model.onnx")
    )
    matrices = [name for name in old if name.endswith(".weight_quantized")]
    assert len(matrices) == 6 * 6 + 6
    for name in matrices:
        np.testing.assert_array_equal(onnx.numpy_helper.to_array(new[name]), onnx.numpy_helper.to_array(old[name]))


def _random_base(folder: Path, shipped: Path) -> Path:
    """A base encoder of the right shape whose words nobody has taught."""
    import shutil

    import transformers

    config = transformers.BertConfig(
        vocab_size=30522, hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536,
        max_position_embeddings=512,
    )  # fmt: skip
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    shutil.copyfile(shipped / "tokenizer.json", folder / "tokenizer.json")
    return folder
