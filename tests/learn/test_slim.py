"""The encoder made cheaper: a small one of random weights, as PyTorch, after fitting, and as an int8 graph."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from dateline.language.encoder import session  # noqa: E402
from dateline.learn import slim, slimgraph  # noqa: E402

WORDS, PIECES, WIDE, INNER, PROJECTED = 60, 40, 96, 48, 16
SHAPE = {
    "vocab_size": WORDS, "hidden_size": WIDE, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": INNER,
    "max_position_embeddings": PIECES, "initializer_range": 0.15, "layer_norm_eps": slimgraph.EPSILON,
}  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> slim.Weights:
    """The state of an attribution model of two layers with three heads each."""
    torch.manual_seed(3)
    encoder = transformers.BertModel(transformers.BertConfig(**SHAPE), add_pooling_layer=False)
    heads = {"tags": 3, "said": 1, "piece": PROJECTED, "cue": PROJECTED}
    found = {f"encoder.{name}": value for name, value in encoder.state_dict().items()}
    for name, size in heads.items():
        found |= {f"{name}.{part}": value for part, value in torch.nn.Linear(WIDE, size).state_dict().items()}
    return found


@pytest.fixture(scope="module")
def pool() -> list[torch.Tensor]:
    made = torch.Generator().manual_seed(4)
    return [torch.randint(0, WORDS, (length,), generator=made) for length in (PIECES, 31, 17, 38, 25, PIECES, 9, 22)]


def hidden(weights: slim.Weights, ids: torch.Tensor) -> torch.Tensor:
    """The last layer by PyTorch's own steps, for weights that may lack heads and neurons."""
    x = slim.embedded(ids, weights)
    for layer in slimgraph.layers(weights):
        out = layer + "attention.output."
        x = slim.normal(
            x + slim.linear(slim.mixed(x, weights, layer), weights, out + "dense"), weights, out + "LayerNorm"
        )
        inner = slim.linear(slim.neurons(x, weights, layer), weights, layer + "output.dense")
        x = slim.normal(x + inner, weights, layer + "output.LayerNorm")
    return x


def run(weights: slim.Weights, scales: dict[str, np.ndarray], ids: torch.Tensor, file: Path) -> dict[str, np.ndarray]:
    """What the written graph gives for one window."""
    slimgraph.write_encoder({name: value.numpy() for name, value in weights.items()}, scales, file)
    graph = session(file)
    names = [output.name for output in graph.get_outputs()]
    return dict(zip(names, graph.run(names, {"input_ids": ids[None].numpy()}), strict=True))


def off(found: np.ndarray, wanted: np.ndarray) -> float:
    """Squared error as a share of the variance."""
    return float(((found - wanted) ** 2).sum() / ((wanted - wanted.mean()) ** 2).sum())


def test_the_steps_are_those_of_the_encoder(whole: slim.Weights, pool: list[torch.Tensor]) -> None:
    encoder = transformers.BertModel(transformers.BertConfig(**SHAPE), add_pooling_layer=False).eval()
    encoder.load_state_dict({n.removeprefix("encoder."): v for n, v in whole.items() if n.startswith("encoder.")})
    with torch.no_grad():
        for ids in pool:
            assert torch.allclose(hidden(whole, ids), encoder(ids[None]).last_hidden_state[0], atol=1e-4)


def test_with_nothing_taken_out_the_fit_gives_the_same(whole: slim.Weights, pool: list[torch.Tensor]) -> None:
    with torch.no_grad():
        same = slim.slimmer(whole, pool[1:], (0, 0), (0, 0))
        for ids in pool:
            assert off(hidden(same, ids).numpy(), hidden(whole, ids).numpy()) < 1e-4


def test_what_is_left_is_fitted(whole: slim.Weights, pool: list[torch.Tensor]) -> None:
    """Heads and neurons go from all their matrices, and fitting comes nearer to the whole than cutting alone."""
    with torch.no_grad():
        made = slim.slimmer(whole, pool, (1, 0), (12, 20))
        first, second = slimgraph.layers(made)
        sizes = {len(made[f"{first}attention.self.{part}.bias"]) for part in ("query", "key", "value")}
        assert sizes == {made[first + "attention.output.dense.weight"].shape[1]} == {2 * slimgraph.EACH}
        assert len(made[second + "attention.self.query.bias"]) == WIDE
        for layer, left in ((first, INNER - 12), (second, INNER - 20)):
            assert len(made[layer + "intermediate.dense.bias"]) == made[layer + "output.dense.weight"].shape[1] == left
        cut = dict(made)
        for layer in (first, second):
            rows = whole[layer + "intermediate.dense.weight"].tolist()
            kept = [rows.index(row) for row in made[layer + "intermediate.dense.weight"].tolist()]
            cut[layer + "output.dense.weight"] = whole[layer + "output.dense.weight"][:, kept]
            cut[layer + "output.dense.bias"] = whole[layer + "output.dense.bias"]
        errors = [
            np.mean([off(hidden(weights, ids).numpy(), hidden(whole, ids).numpy()) for ids in pool])
            for weights in (made, cut)
        ]
        assert errors[0] < 0.8 * errors[1]


def test_a_column_that_another_stands_for_goes_first() -> None:
    chance = torch.Generator().manual_seed(5)
    given = torch.randn(200, 6, generator=chance, dtype=torch.double)
    given[:, 4] = given[:, 1] * 2 + 3
    weight = torch.randn(3, 6, generator=chance)
    wanted = given @ weight.T.double()
    fit = slim.Fit.of(3, 6)
    fit.add(given[:90], wanted[:90])
    fit.add(given[90:], wanted[90:])
    kept, fitted, bias = fit.without(weight, 1, 1)
    assert kept in ([0, 2, 3, 4, 5], [0, 1, 2, 3, 5])
    assert off((given[:, kept].float() @ fitted.T + bias).numpy(), wanted.numpy()) < 1e-3
    kept, _, _ = fit.without(weight, 2, 2)
    assert len(kept) == 2 and kept[0] % 2 == 0 and kept[1] == kept[0] + 1, "groups go whole"


def test_the_graph_gives_what_the_weights_give(whole: slim.Weights, pool: list[torch.Tensor], tmp_path: Path) -> None:
    with torch.no_grad():
        made = slim.slimmer(whole, pool, (1, 1), (8, 8))
        scales = slim.scales(made, pool)
        for ids in pool[:3]:
            out = run(made, scales, ids, tmp_path / "model.onnx")
            last = hidden(made, ids)
            assert {name: value.shape for name, value in out.items()} == {
                "tags": (1, len(ids), 3), "pieces": (1, len(ids), PROJECTED), "cuewise": (1, len(ids), PROJECTED),
                "hidden": (1, len(ids), WIDE), "said": (1, len(ids)),
            }  # fmt: skip
            for output, name in (("tags", "tags"), ("pieces", "piece"), ("cuewise", "cue")):
                assert off(out[output][0], slim.linear(last, made, name).numpy()) < 0.02, output
            assert off(out["hidden"][0], last.numpy()) < 0.02
            assert off(out["said"][0], slim.linear(last, made, "said")[:, 0].numpy()) < 0.05


def test_scales_keep_a_channel_that_reaches_far_from_drowning_the_others(
    whole: slim.Weights, pool: list[torch.Tensor], tmp_path: Path
) -> None:
    loud = dict(whole)
    for layer in slimgraph.layers(whole):
        gain = loud[layer + "attention.output.LayerNorm.weight"].clone()
        gain[7] *= 60
        loud[layer + "attention.output.LayerNorm.weight"] = gain
        inner = loud[layer + "intermediate.dense.weight"].clone()
        inner[:, 7] /= 60
        loud[layer + "intermediate.dense.weight"] = inner
    with torch.no_grad():
        scales = slim.scales(loud, pool)
        for name, scale in scales.items():
            assert scale.min() == 1 and (scale > 1).sum() <= slim.RANGE, name
            if name.endswith("intermediate.dense"):
                assert scale.argmax() == 7 and scale[7] > 10
        wanted = hidden(loud, pool[0]).numpy()
        errors = [
            off(run(loud, given, pool[0], tmp_path / "model.onnx")["hidden"][0], wanted) for given in (scales, {})
        ]
    assert errors[0] < 0.5 * errors[1]


def test_the_graph_of_the_pair_head(tmp_path: Path) -> None:
    chance = np.random.default_rng(6)
    shapes = {"distance": (32, 8), "middle": (8, 8), "middle_bias": (8,), "out": (2, 8), "out_bias": (2,)}
    heads = {name: chance.normal(0, 1, shape).astype(np.float32) for name, shape in shapes.items()}
    pieces, cues = (chance.normal(0, 1, (n, 8)).astype(np.float32) for n in (11, 3))
    buckets = chance.integers(0, 32, (3, 11))
    slimgraph.write_pairs(heads, tmp_path / "pairs.onnx")
    given = {"pieces": pieces, "cues": cues, "buckets": buckets}
    links = session(tmp_path / "pairs.onnx").run(["links"], given)[0]
    gelu = torch.nn.functional.gelu
    mixed = gelu(torch.from_numpy(heads["distance"][buckets] + cues[:, None] + pieces))
    mixed = gelu(mixed @ torch.from_numpy(heads["middle"].T) + torch.from_numpy(heads["middle_bias"]))
    assert links.shape == (3, 11, 2)
    assert off(links, (mixed.numpy() @ heads["out"].T) + heads["out_bias"]) < 0.01


def test_windows_are_of_as_many_articles_as_there_are(tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    folder = Path(slim.__file__).parents[1] / "data" / "models" / "attribution"
    texts = [f"Officials of Norland said on day {n} that the road is closed." for n in range(4)]
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    found = slim.windows(file, tokenizer, 6)
    assert len(found) == 6 and len({tuple(ids.tolist()) for ids in found[:4]}) == 4
    assert all(torch.equal(a, b) for a, b in zip(found, slim.windows(file, tokenizer, 6), strict=True))
