"""The attribution encoder made cheaper to run.

python -m dateline.learn.slim --state model.pt --data POLNEAR --model FOLDER --out FOLDER

Three steps, all on windows of PolNeAR train that carry no labels here:

1. Attention heads and neurons that their layer can spare are taken out, one by one, the cheapest first, and the weights that
   remain are fitted anew by least squares so that each layer gives what the whole layer gave (optimal brain surgeon:
   Hassibi and Stork 1993; by groups of columns: Kurtić and others 2023, ZipLM).
2. The inputs of the feed-forward matrices are scaled by channel before they are rounded to int8 (SmoothQuant, Xiao and
   others 2023): the pieces that end a paragraph have one channel of 28 where others stay below 10.
3. The graph is written for one window at a time: no padding, no mask, attention as one node.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as fn

from dateline.learn import attribution, slimgraph
from dateline.learn.slimgraph import EACH, EPSILON, layers
from dateline.statements.windows import cut

SPARE_HEADS = (1, 1, 2, 3, 3, 3)
SPARE_NEURONS = (448, 128, 384, 256, 256, 384)
"""Heads (of 12) and neurons (of 1,536) taken out of each layer: where a layer's own output changed least (docs/trials.md)."""
RIDGE = 0.01
"""Pull towards the weights as trained, as a share of the mean square of an input."""
RANGE = 6
"""Channels that reach further than the one of this rank are scaled down to it, their rows of the matrix up."""
SCALED_ON = 40
"""Windows on which the ranges are taken."""

Weights = dict[str, torch.Tensor]


@dataclass(slots=True)
class Fit:
    """Sums over the calibration windows from which a layer's last matrix is fitted: inputs (n × c), targets (n × o)."""

    squares: torch.Tensor
    products: torch.Tensor
    inputs: torch.Tensor
    targets: torch.Tensor
    count: int = 0

    @classmethod
    def of(cls, outputs: int, columns: int) -> Fit:
        """The sums of no windows, for a matrix of this shape."""
        shapes = ((columns, columns), (columns, outputs), (columns,), (outputs,))
        return cls(*(torch.zeros(shape, dtype=torch.double) for shape in shapes))

    def add(self, given: torch.Tensor, wanted: torch.Tensor) -> None:
        """Add the rows of one window."""
        self.squares += given.T @ given
        self.products += given.T @ wanted
        self.inputs += given.sum(0)
        self.targets += wanted.sum(0)
        self.count += len(given)

    def without(self, weight: torch.Tensor, size: int, spare: int) -> tuple[list[int], torch.Tensor, torch.Tensor]:
        """Take out `spare` groups of `size` columns; `weight` (o × c) is the matrix as trained.

        Returns the columns kept, and weight and bias fitted to them.
        """
        mean, wanted = self.inputs / self.count, self.targets / self.count
        square = self.squares - self.count * torch.outer(mean, mean)
        ridge = RIDGE * square.diagonal().mean()
        square += ridge * torch.eye(len(square), dtype=torch.double)
        inverse = torch.linalg.inv(square)
        solution = inverse @ (self.products - self.count * torch.outer(mean, wanted) + ridge * weight.T.double())
        alive = [list(range(at, at + size)) for at in range(0, len(square), size)]
        for _ in range(spare):
            costs = _costs(inverse, solution, alive, size)
            gone = alive.pop(int(costs.argmin()))
            step = torch.linalg.solve(inverse[gone][:, gone], torch.cat([inverse[gone], solution[gone]], 1))
            along = inverse[:, gone].clone()
            inverse -= along @ step[:, : len(inverse)]
            solution -= along @ step[:, len(inverse) :]
        kept = [column for group in alive for column in group]
        return kept, solution[kept].T.float().contiguous(), (wanted - mean[kept] @ solution[kept]).float()


def _costs(inverse: torch.Tensor, solution: torch.Tensor, alive: list[list[int]], size: int) -> torch.Tensor:
    """Growth of the squared error if a group of columns is taken out."""
    if size == 1:
        at = torch.tensor([group[0] for group in alive])
        return (solution[at] ** 2).sum(1) / inverse.diagonal()[at]
    return torch.stack([(solution[g] * torch.linalg.solve(inverse[g][:, g], solution[g])).sum() for g in alive])


def windows(path: Path, tokenizer: Tokenizer, count: int, seed: int = 7) -> list[torch.Tensor]:
    """Piece ids of `count` windows of articles of a JSONL file (gz or not), at most one from an article before all have one."""
    texts = [article["text"] for article in attribution.read([path])]
    chance = random.Random(seed)
    chance.shuffle(texts)
    return [torch.from_numpy(chance.choice(list(cut(texts[i % len(texts)], tokenizer))).ids) for i in range(count)]


def linear(x: torch.Tensor, weights: Weights, name: str) -> torch.Tensor:
    return fn.linear(x, weights[name + ".weight"], weights[name + ".bias"])


def normal(x: torch.Tensor, weights: Weights, name: str) -> torch.Tensor:
    return fn.layer_norm(x, (x.shape[-1],), weights[name + ".weight"], weights[name + ".bias"], EPSILON)


def embedded(ids: torch.Tensor, weights: Weights) -> torch.Tensor:
    """The input of the first layer."""
    at = "encoder.embeddings."
    words = weights[at + "word_embeddings.weight"][ids] + weights[at + "token_type_embeddings.weight"][0]
    return normal(words + weights[at + "position_embeddings.weight"][: len(ids)], weights, at + "LayerNorm")


def mixed(x: torch.Tensor, weights: Weights, layer: str, seen: torch.Tensor | None = None) -> torch.Tensor:
    """The heads of a layer side by side, before the matrix that joins them; `seen`: which piece sees which, all if None."""
    query, key, value = (
        linear(x, weights, f"{layer}attention.self.{part}").view(len(x), -1, EACH).transpose(0, 1)
        for part in ("query", "key", "value")
    )
    return fn.scaled_dot_product_attention(query, key, value, attn_mask=seen).transpose(0, 1).reshape(len(x), -1)


def neurons(x: torch.Tensor, weights: Weights, layer: str) -> torch.Tensor:
    return fn.gelu(linear(x, weights, f"{layer}intermediate.dense"))


def slimmer(whole: Weights, pool: Sequence[torch.Tensor], heads: Sequence[int], cells: Sequence[int]) -> Weights:
    """The weights with `heads` and `cells` (neurons) fewer in each layer, fitted on the windows of `pool`.

    Each layer is fitted on what the slimmed layers below give it, towards what the whole model has at that place.
    """
    slim = dict(whole)
    now = [embedded(ids, whole) for ids in pool]
    aim = list(now)
    for number, layer in enumerate(layers(whole)):
        for compute, last, norm, size, spare in (
            (mixed, "attention.output.dense", "attention.output.LayerNorm", EACH, heads[number]),
            (neurons, "output.dense", "output.LayerNorm", 1, cells[number]),
        ):
            aim = [a + linear(compute(a, whole, layer), whole, layer + last) for a in aim]
            fit = Fit.of(*whole[layer + last + ".weight"].shape)
            for x, a in zip(now, aim, strict=True):
                fit.add(compute(x, slim, layer), a - x)
            kept, slim[layer + last + ".weight"], slim[layer + last + ".bias"] = fit.without(
                whole[layer + last + ".weight"], size, spare
            )
            parts = (
                [f"attention.self.{part}" for part in ("query", "key", "value")] if size > 1 else ["intermediate.dense"]
            )
            for part in parts:
                for kind in (".weight", ".bias"):
                    slim[layer + part + kind] = whole[layer + part + kind][kept]
            now = [normal(x + linear(compute(x, slim, layer), slim, layer + last), slim, layer + norm) for x in now]
            aim = [normal(a, whole, layer + norm) for a in aim]
        print(f"layer {number}: off by {_off(now, aim):.4f} of the variance", flush=True)
    return slim


def _off(found: Sequence[torch.Tensor], wanted: Sequence[torch.Tensor]) -> float:
    a, b = torch.cat(list(found)), torch.cat(list(wanted))
    return float(((a - b) ** 2).sum() / ((b - b.mean(0)) ** 2).sum())


def scales(weights: Weights, pool: Sequence[torch.Tensor]) -> dict[str, np.ndarray]:
    """By feed-forward matrix: what each channel of its input is divided by (and its row of the matrix multiplied by)."""
    return ranges(weights, [embedded(ids, weights) for ids in pool], [None] * len(pool))


def ranges(
    weights: Weights, inputs: Sequence[torch.Tensor], seen: Sequence[torch.Tensor | None]
) -> dict[str, np.ndarray]:
    """`scales` from the inputs of the first layer, and which piece sees which in each."""
    found: dict[str, np.ndarray] = {}
    now = list(inputs)
    for layer in layers(weights):
        out = layer + "attention.output."
        now = [
            normal(x + linear(mixed(x, weights, layer, mask), weights, out + "dense"), weights, out + "LayerNorm")
            for x, mask in zip(now, seen, strict=True)
        ]
        inner = [neurons(x, weights, layer) for x in now]
        for name, rows in ((layer + "intermediate.dense", now), (layer + "output.dense", inner)):
            largest = torch.stack([r.abs().amax(0) for r in rows]).amax(0)
            found[name] = (largest / largest.sort(descending=True).values[RANGE]).clamp(min=1.0).numpy()
        now = [
            normal(x + linear(i, weights, layer + "output.dense"), weights, layer + "output.LayerNorm")
            for x, i in zip(now, inner, strict=True)
        ]
    return found


def main(argv: list[str] | None = None) -> None:
    """The command line; see the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--state", type=Path, required=True, help="float weights, model.pt of dateline.learn.attribution"
    )
    parser.add_argument("--data", type=Path, required=True, help="JSONL of articles; only their text is read")
    parser.add_argument(
        "--model", type=Path, required=True, help="the exported folder: its heads, tokenizer and card stay"
    )
    parser.add_argument("--out", type=Path, help="the folder to write (by default that of --model)")
    parser.add_argument("--windows", type=int, default=500, help="windows to fit on")
    parser.add_argument("--whole", action="store_true", help="take nothing out: scale and write the graph only")
    parser.add_argument("--heads", type=int, nargs=6, default=SPARE_HEADS, help="heads to take out of each layer")
    parser.add_argument("--neurons", type=int, nargs=6, default=SPARE_NEURONS, help="neurons to take out of each layer")
    parser.add_argument(
        "--slimmed", type=Path, help="write the slimmed float weights here, to be trained on, and nothing else"
    )
    options = parser.parse_args(argv)
    options.out = options.out or options.model
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(options.model / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    weights = {name: value.float() for name, value in torch.load(options.state, map_location="cpu").items()}
    with torch.no_grad():
        pool = windows(options.data, tokenizer, options.windows)
        if not options.whole:
            weights = slimmer(weights, pool, options.heads, options.neurons)
        if options.slimmed:
            torch.save(weights, options.slimmed)
            return
        scale = scales(weights, pool[:SCALED_ON])
    options.out.mkdir(parents=True, exist_ok=True)
    arrays = {name: value.numpy() for name, value in weights.items()}
    slimgraph.write_encoder(arrays, scale, options.out / "model.onnx")
    with np.load(options.model / "link.npz") as heads:
        slimgraph.write_pairs({name: heads[name] for name in heads.files}, options.out / "pairs.onnx")
    card = json.loads((options.model / "card.json").read_text(encoding="utf-8"))
    ranges = f"{min(options.windows, SCALED_ON)} windows of {options.data.name}, text only"
    card["graph"] = {"for": "one window without padding, int8", "ranges taken on": ranges}
    if not options.whole:
        card["graph"] |= {
            "heads taken out": options.heads,
            "neurons taken out": options.neurons,
            "windows": options.windows,
        }
    (options.out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name in ("tokenizer.json", "link.npz"):
        if options.out.resolve() != options.model.resolve():
            shutil.copyfile(options.model / name, options.out / name)


if __name__ == "__main__":
    main(sys.argv[1:])
