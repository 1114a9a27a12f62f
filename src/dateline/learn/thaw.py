"""The float weights of a model that ships, out of its int8 graph, so that a training can go on from it.

python -m dateline.learn.thaw events work/shipped.pt
python -m dateline.learn.thaw attribution work/shipped.pt
python -m dateline.learn.thaw events --again FOLDER     the graph written anew: no weight changes, only how it is run

They are what the graph computes with, up to the rounding of int8; the words are those of the base encoder, which no training of ours
changes.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from dateline.learn.attribution import AttributionModel
from dateline.learn.base import base_folder, reshape
from dateline.learn.pairmodel import HEADS, PAIR, PairModel, write_graph

_NORMAL = {"gain": "weight", "shift": "bias"}
_EMBEDDED = "encoder.embeddings."


def arrays(file: Path) -> dict[str, np.ndarray]:
    """The constants of a graph of `learn.slimgraph`, in float: matrices as PyTorch has them (outputs × inputs)."""
    kept = {one.name: numpy_helper.to_array(one) for one in onnx.load(file).graph.initializer}
    found = {}
    for name, value in kept.items():
        if name.endswith("_quantized"):
            plain = name.removesuffix("_quantized")
            found[plain] = (value.astype(np.float32) - kept[f"{plain}_zero_point"]) * kept[f"{plain}_scale"]
        elif not name.endswith(("_scale", "_zero_point")):
            found[name] = value
    for name in [n for n in found if n.endswith(".weight")]:
        found[name] = found[name].T
        scale = found.pop(name.removesuffix("weight") + "scale", None)
        if scale is not None:
            found[name] = found[name] * scale
    return {re.sub(r"(gain|shift)$", lambda m: _NORMAL[m[1]], name): value for name, value in found.items()}


def scales(file: Path) -> dict[str, np.ndarray]:
    """By what the inputs of a graph's matrices are divided before they are rounded (`learn.slim.ranges`)."""
    kept = ((one.name, one) for one in onnx.load(file).graph.initializer)
    return {
        name.removesuffix(".scale"): 1 / numpy_helper.to_array(one) for name, one in kept if name.endswith(".scale")
    }


def again(folder: Path, base: Path, out: Path) -> None:
    """Write the graph of a pair model anew, with the weights and ranges that it has."""
    shutil.copytree(folder, out, dirs_exist_ok=True)
    write_graph(events(folder, base), scales(folder / "model.onnx"), out / "model.onnx")


def events(folder: Path, base: Path) -> PairModel:
    """The pair model of a folder that holds its graph."""
    found = arrays(folder / "model.onnx")
    found["marks.weight"] = found.pop("colours")
    for number, name in enumerate(HEADS):
        for part in ("weight", "bias"):
            found[f"heads.{number}.{part}"] = found.pop(f"head.{name}.{part}")
    for number, (name, other) in enumerate(PAIR.items()):
        for part in ("weight", "bias"):
            of_records = found[f"heads.{list(HEADS).index(name)}.{part}"]
            found[f"shifts.{number}.{part}"] = found.pop(f"head.{other}.{part}") - of_records
    model = PairModel(base)
    _fill(model, found)
    return model


def attribution(folder: Path, base: Path) -> AttributionModel:
    """The attribution model of a folder that holds its graphs and heads."""
    found = arrays(folder / "model.onnx") | arrays(folder / "pairs.onnx")
    with np.load(folder / "link.npz") as heads:
        found |= {"distance.weight": heads["distance"], "act.weight": heads["act"], "act.bias": heads["act_bias"]}
    model = AttributionModel(base)
    _fill(model, found)
    return model


def _fill(model: nn.Module, found: dict[str, np.ndarray]) -> None:
    """Set the weights that the graph names. Raises ValueError if some of the model's are neither there nor the base encoder's.

    The graph has one table for the place of a piece and for the kind of text, which is the same in all that we read.
    """
    parameters = dict(model.named_parameters())
    own, kind = set(parameters), parameters[_EMBEDDED + "token_type_embeddings.weight"]
    table = next(found[name] for name in ("places.table", "places") if name in found)
    found[_EMBEDDED + "position_embeddings.weight"] = table - kind[0].detach().numpy()
    values = {name: torch.tensor(value) for name, value in found.items() if name in own}
    missing = sorted(own - set(values) - {f"{_EMBEDDED}{name}_embeddings.weight" for name in ("word", "token_type")})
    if missing:
        raise ValueError(f"the graph lacks {', '.join(missing)}; was it written by learn.slimgraph?")
    reshape(model, values)
    model.load_state_dict(values, strict=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a model's weights; see the module's docstring."""
    parser = argparse.ArgumentParser(prog="python -m dateline.learn.thaw")
    parser.add_argument("model", choices=["events", "attribution"])
    parser.add_argument("out", type=Path, nargs="?", help="the weights")
    parser.add_argument("--again", type=Path, help="write the graph of events anew into this folder")
    parser.add_argument("--folder", type=Path, help="of another model than the one that ships")
    parser.add_argument("--base", type=Path)
    options = parser.parse_args(arguments)
    shipped = Path(str(resources.files("dateline"))) / "data" / "models" / options.model
    if options.again:
        if options.model != "events":
            parser.error("--again is for events; the graph of attribution is written by learn.slim")
        again(options.folder or shipped, base_folder(options.base), options.again)
        print(f"graph of {options.folder or shipped} written anew in {options.again}")
        return 0
    if options.out is None:
        parser.error("name the file for the weights")
    of = {"events": events, "attribution": attribution}[options.model]
    model = of(options.folder or shipped, base_folder(options.base))
    torch.save(model.state_dict(), options.out)
    print(f"weights of {options.folder or shipped} in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
