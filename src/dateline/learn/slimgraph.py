"""ONNX graphs of the encoders, written node by node: that of attribution for one window without padding with its pair head, and
that of the pair model, which reads one text with its floating marks.

PyTorch's export of the same encoder has 700 nodes for shapes and masks that one unpadded window needs none of.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

EACH = 32
"""Width of an attention head of MiniLM-L6."""
EPSILON = 1e-12
HERE = "com.microsoft"
"""The domain of onnxruntime's own nodes."""


class Graph:
    """Nodes and constants as they are added."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        """The name of a constant."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str = "", domain: str = "", **settings: object) -> str:
        """The name of a node's one output."""
        output = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=output, domain=domain, **settings))
        return output

    def linear(
        self, x: str, name: str, weight: np.ndarray, bias: np.ndarray, output: str = "", scale: np.ndarray | None = None
    ) -> str:
        """x · weightᵀ + bias; with `scale`, x is divided by it channel by channel and the weight multiplied."""
        if scale is not None and scale.max() > 1:
            x = self.node("Mul", [x, self.constant(f"{name}.scale", (1 / scale).astype(np.float32))])
            weight = weight * scale
        product = self.node("MatMul", [x, self.constant(f"{name}.weight", weight.T.astype(np.float32))])
        return self.node("Add", [product, self.constant(f"{name}.bias", bias.astype(np.float32))], output)

    def write(self, file: Path, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto]) -> None:
        """Write the graph with its matrices and its table of words in int8, one scale a column."""
        from onnxruntime.quantization import QuantType, quantize_dynamic

        graph = helper.make_graph(self.nodes, file.stem, inputs, outputs, self.constants)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(HERE, 1)], ir_version=9
        )
        with tempfile.TemporaryDirectory() as scratch:
            raw = Path(scratch) / "float.onnx"
            onnx.save(model, raw)
            quantize_dynamic(
                str(raw), str(file), weight_type=QuantType.QInt8, per_channel=True,
                extra_options={"DefaultTensorType": TensorProto.FLOAT},
            )  # fmt: skip


def layers(weights: Mapping[str, object]) -> list[str]:
    """The encoder's layers, first to last: how the names of their weights begin."""
    return [at for n in range(len(weights)) if (at := f"encoder.encoder.layer.{n}.") + "output.dense.bias" in weights]


def write_encoder(weights: Mapping[str, np.ndarray], scales: Mapping[str, np.ndarray], file: Path) -> None:
    """The encoder with its heads: `input_ids` (1 × pieces) → tags, pieces, cuewise, hidden, said.

    `weights` are the state of an AttributionModel, whose layers may lack heads and neurons; `scales` as `slim.scales` gives them.
    """
    graph = Graph()
    length = graph.node("Shape", ["input_ids"], start=1, end=2)
    x = _normal(graph, _words(graph, weights, length), weights, "encoder.embeddings.LayerNorm")
    for layer in layers(weights):
        x = _layer(graph, x, x, weights, scales, layer, _attention)
    graph.node("Identity", [x], "hidden")
    for name, output in (("tags", "tags"), ("piece", "pieces"), ("cue", "cuewise")):
        graph.linear(x, name, weights[f"{name}.weight"], weights[f"{name}.bias"], output)
    said = graph.linear(x, "said", weights["said.weight"], weights["said.bias"])
    graph.node("Squeeze", [said, graph.constant("last", np.array([-1], np.int64))], "said")
    inner, wide = weights["piece.weight"].shape
    sizes = {"tags": [3], "pieces": [inner], "cuewise": [inner], "hidden": [wide], "said": []}
    graph.write(
        file,
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "length", *size])
            for name, size in sizes.items()
        ],
    )


def write_marking(
    weights: Mapping[str, np.ndarray], scales: Mapping[str, np.ndarray], marks: np.ndarray,
    heads: Mapping[str, tuple[np.ndarray, np.ndarray]], file: Path,
) -> None:  # fmt: skip
    """The encoder of the pair model for one text: `input_ids` (1 × pieces); of its marks `places` (the pieces they copy), `marks` (1 × marks,
    their numbers), `unseen` (1 × 1 × marks × pieces and marks, added to their attention) and `roles` (3 × pairs × marks) → `vector`
    (pairs × 3 widths) and each head's logits (pairs × classes).

    `marks`: the vectors added to marked pieces, by number; `heads`: weight and bias by name. The pieces of the text see each other and no
    mark, so their attention has no mask, which onnxruntime reads twice as fast; the last layer is reckoned for the marks alone.
    """
    graph = Graph()
    length = graph.node("Shape", ["input_ids"], start=1, end=2)
    text = _words(graph, weights, length)
    coloured = graph.node("Gather", [graph.constant("colours", marks), "marks"])
    copies = graph.node("Add", [graph.node("Gather", [text, "places"], axis=1), coloured])
    x = _normal(graph, graph.node("Concat", [text, copies], axis=1), weights, "encoder.embeddings.LayerNorm")
    ends = [
        graph.constant(name, np.array([at], np.int64)) for name, at in (("first", 0), ("end", 1 << 40), ("axis", 1))
    ]

    def pieces(of: str) -> str:
        return graph.node("Slice", [of, ends[0], length, ends[2]])

    def marked(of: str) -> str:
        return graph.node("Slice", [of, length, ends[1], ends[2]])

    def apart(graph: Graph, query: str, key: str, value: str, heads: int) -> str:
        plain = _attention(graph, pieces(query), pieces(key), pieces(value), heads)
        return graph.node("Concat", [plain, of_marks(graph, marked(query), key, value, heads)], axis=1)

    def of_marks(graph: Graph, query: str, key: str, value: str, heads: int) -> str:
        return _attention(graph, query, key, value, heads, "unseen")

    *lower, last = layers(weights)
    for layer in lower:
        x = _layer(graph, x, x, weights, scales, layer, apart)
    x = _layer(graph, x, marked(x), weights, scales, last, of_marks)
    pooled = graph.node("MatMul", ["roles", x])
    side = graph.node("Transpose", [pooled], perm=[1, 0, 2])
    graph.node("Reshape", [side, graph.constant("flat", np.array([0, -1], np.int64))], "vector")
    for name, (weight, bias) in heads.items():
        graph.linear("vector", f"head.{name}", weight, bias, name)
    wide = 3 * marks.shape[1]
    number, real = TensorProto.INT64, TensorProto.FLOAT
    graph.write(
        file,
        [
            helper.make_tensor_value_info("input_ids", number, ["batch", "length"]),
            helper.make_tensor_value_info("places", number, ["marked"]),
            helper.make_tensor_value_info("marks", number, ["batch", "marked"]),
            helper.make_tensor_value_info("unseen", real, ["batch", "one", "marked", "whole"]),
            helper.make_tensor_value_info("roles", real, [3, "pairs", "marked"]),
        ],
        [
            helper.make_tensor_value_info("vector", real, ["pairs", wide]),
            *(helper.make_tensor_value_info(name, real, ["pairs", len(bias)]) for name, (_, bias) in heads.items()),
        ],
    )


def _words(graph: Graph, weights: Mapping[str, np.ndarray], length: str) -> str:
    """The vectors of `input_ids` with those of their places, not yet normalised."""
    at = "encoder.embeddings."
    words = graph.node("Gather", [graph.constant("words", weights[at + "word_embeddings.weight"]), "input_ids"])
    table = weights[at + "position_embeddings.weight"] + weights[at + "token_type_embeddings.weight"][0]
    places = [graph.constant("places.table", table), graph.constant("zero", np.zeros(1, np.int64)), length]
    return graph.node("Add", [words, graph.node("Slice", places)])


def _attention(graph: Graph, query: str, key: str, value: str, heads: int, unseen: str = "") -> str:
    inputs = [query, key, value] + (["", "", unseen] if unseen else [])
    return graph.node("MultiHeadAttention", inputs, domain=HERE, num_heads=heads)


def _layer(
    graph: Graph, x: str, own: str, weights: Mapping[str, np.ndarray], scales: Mapping[str, np.ndarray], at: str,
    attend: Callable[[Graph, str, str, str, int], str],
) -> str:  # fmt: skip
    """A layer's output for the rows `own` of its input `x`; `attend` makes the attention of query, key, value and number of heads."""

    def linear(given: str, name: str) -> str:
        return graph.linear(
            given, at + name, weights[f"{at}{name}.weight"], weights[f"{at}{name}.bias"], scale=scales.get(at + name)
        )

    heads = len(weights[at + "attention.self.query.bias"]) // EACH
    query, key, value = (
        linear(given, f"attention.self.{part}") for given, part in ((own, "query"), (x, "key"), (x, "value"))
    )
    x = graph.node("Add", [linear(attend(graph, query, key, value, heads), "attention.output.dense"), own])
    x = _normal(graph, x, weights, at + "attention.output.LayerNorm")
    neurons = graph.node("Gelu", [linear(x, "intermediate.dense")], domain=HERE)
    return _normal(graph, graph.node("Add", [linear(neurons, "output.dense"), x]), weights, at + "output.LayerNorm")


def _normal(graph: Graph, x: str, weights: Mapping[str, np.ndarray], name: str) -> str:
    gain = graph.constant(f"{name}.gain", weights[f"{name}.weight"])
    shift = graph.constant(f"{name}.shift", weights[f"{name}.bias"])
    return graph.node("LayerNormalization", [x, gain, shift], axis=-1, epsilon=EPSILON)


def write_pairs(heads: Mapping[str, np.ndarray], file: Path) -> None:
    """The pair head, as the arrays of `link.npz` have it: pieces (pieces × inner), cues (cues × inner) and the bucket of each
    distance (cues × pieces) → links (cues × pieces × 2)."""
    graph = Graph()
    inner = len(heads["middle_bias"])
    far = graph.constant("distance", heads["distance"].astype(np.float32))
    cues = graph.node("Unsqueeze", ["cues", graph.constant("one", np.array([1], np.int64))])
    near = graph.node("Add", [graph.node("Gather", [far, "buckets"]), cues])
    mixed = graph.node("Gelu", [graph.node("Add", [near, "pieces"])], domain=HERE)
    mixed = graph.node("Gelu", [graph.linear(mixed, "middle", heads["middle"], heads["middle_bias"])], domain=HERE)
    graph.linear(mixed, "out", heads["out"], heads["out_bias"], "links")
    graph.write(
        file,
        [
            helper.make_tensor_value_info("pieces", TensorProto.FLOAT, ["pieces", inner]),
            helper.make_tensor_value_info("cues", TensorProto.FLOAT, ["cues", inner]),
            helper.make_tensor_value_info("buckets", TensorProto.INT64, ["cues", "pieces"]),
        ],
        [helper.make_tensor_value_info("links", TensorProto.FLOAT, ["cues", "pieces", 2])],
    )
