r"""What a larger encoder, trained as the attribution model is, says of windows: what the model that ships learns from beside the coders.

python -m dateline.learn.attribution --base mpnet --data POLNEAR --epochs 2.25 --rate 8e-5 --pieces 2048 --inner 0 --average 0.995 \
    --out work/teacher --state-only
python -m dateline.learn.attribution_teacher work/teacher/model.pt --base mpnet --data POLNEAR --texts FILE... --out work/said.npz

Of a coder's cues it says which pieces are their sources and contents; in `--texts`, which nobody has coded, it finds the cues too.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from dateline.learn import attribution, base
from dateline.learn.attribution import AttributionModel, Example, examples, read, tensors

BATCH = 3072
"""Pieces judged at once."""


@dataclass(frozen=True, slots=True)
class Said:
    """A teacher's probabilities for a window: tags (pieces × 3), said (pieces), and for each cue (cues × pieces) source and content."""

    tags: np.ndarray
    said: np.ndarray
    cues: np.ndarray
    sources: np.ndarray
    contents: np.ndarray


def runs(tags: np.ndarray) -> np.ndarray:
    """The cues (0/1, cues × pieces) that the likeliest tags of a window spell: a first piece, or one that follows none, and those after."""
    rows: list[np.ndarray] = []
    before = 0
    for at, tag in enumerate(tags.argmax(-1)):
        if tag == 1 or (tag == 2 and before == 0):
            rows.append(np.zeros(len(tags), np.float32))
        if tag:
            rows[-1][at] = 1.0
        before = int(tag)
    return np.stack(rows) if rows else np.zeros((0, len(tags)), np.float32)


@torch.no_grad()
def judge(
    models: Sequence[AttributionModel], shares: Sequence[float], pool: Sequence[Example], found: bool = False
) -> Iterator[tuple[Example, Said]]:
    """What models say of each window, the mean by `shares`; `found`: of the cues that they find themselves, not of those given."""
    for model in models:
        model.eval()
    order = sorted(pool, key=lambda e: len(e.window.ids))
    weights = [share / sum(shares) for share in shares]
    at = 0
    while at < len(order):
        group = order[at : at + max(1, BATCH // len(order[at].window.ids))]
        at += len(group)
        batch = tensors(group)
        states: list[torch.Tensor] = []
        shape = batch["input_ids"].shape
        tags, said = np.zeros((*shape, 3), np.float32), np.zeros(shape, np.float32)
        for model, weight in zip(models, weights, strict=True):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                hidden = model.encoder(
                    input_ids=model.names[batch["input_ids"]], attention_mask=batch["attention_mask"]
                ).last_hidden_state
                states.append(hidden)
                tags += weight * model.tags(hidden).float().softmax(-1).numpy()
                said += weight * model.said(hidden).squeeze(-1).float().sigmoid().numpy()
        for row, example in enumerate(group):
            size = len(example.window.ids)
            mine = tags[row, :size]
            mine[example.window.starts < 0] = (1.0, 0.0, 0.0)
            cues = runs(mine) if found else example.cues
            links = np.zeros((len(cues), size, 2), np.float32)
            if len(cues):
                at_cues = torch.from_numpy(cues / cues.sum(-1, keepdims=True)).unsqueeze(0)
                real = torch.ones(1, len(cues), dtype=torch.bool)
                for model, weight, hidden in zip(models, weights, states, strict=True):
                    with torch.autocast("cpu", dtype=torch.bfloat16):
                        logits = model.link(hidden[row : row + 1, :size], at_cues, real)
                    links += weight * logits.float().sigmoid().numpy()
            yield example, Said(mine, said[row, :size], cues, links[..., 0], links[..., 1])


def save(file: Path, judged: Iterable[tuple[Example, Said]]) -> int:
    """Write what was said of windows, end to end; gives their number."""
    parts: dict[str, list[np.ndarray]] = {}
    for example, one in judged:
        size = np.array([len(example.window.ids), len(one.cues)])
        arrays = {
            "sizes": size,
            "ids": example.window.ids,
            "starts": example.window.starts,
            "ends": example.window.ends,
        }
        arrays |= {"tags": one.tags.ravel(), "said": one.said, "cues": one.cues.ravel().astype(bool)}
        arrays |= {"sources": one.sources.ravel(), "contents": one.contents.ravel()}
        for name, array in arrays.items():
            parts.setdefault(name, []).append(array.astype(np.float16) if array.dtype == np.float32 else array)
    np.savez_compressed(file, **{name: np.concatenate(arrays) for name, arrays in parts.items()})
    return len(parts["sizes"])


def load(files: Iterable[Path]) -> Iterator[tuple[attribution.Window, Said]]:
    """The windows of files of `save`, with what was said of them."""
    for file in files:
        with np.load(file) as kept:
            arrays = {name: kept[name] for name in kept.files}
        at = over = 0
        for size, count in arrays["sizes"].reshape(-1, 2):
            flat = slice(at, at + size)
            rows = slice(over, over + size * count)
            window = attribution.Window(arrays["ids"][flat], arrays["starts"][flat], arrays["ends"][flat], 0)
            tags = arrays["tags"][3 * at : 3 * (at + size)].reshape(size, 3).astype(np.float32)
            cues, sources, contents = (
                arrays[name][rows].reshape(count, size).astype(np.float32) for name in ("cues", "sources", "contents")
            )
            yield window, Said(tags, arrays["said"][flat].astype(np.float32), cues, sources, contents)
            at, over = at + size, over + size * count


def taught(pool: Sequence[Example], files: Iterable[Path], trust: float) -> list[Example]:
    """The examples with a teacher's word mixed into what coders say (`trust`: its share), and those that only a teacher has judged."""
    said: Mapping[bytes, tuple[attribution.Window, Said]] = {
        window.ids.tobytes(): (window, one) for window, one in load(files)
    }
    found, met = [], set()
    for example in pool:
        key = example.window.ids.tobytes()
        _, one = said.get(key, (None, None))
        if one is None or example.acts_only or one.cues.shape != example.cues.shape:
            found.append(example)
            continue
        met.add(key)
        real = example.tags.sum(-1, keepdims=True)

        def mix(coded: np.ndarray, told: np.ndarray) -> np.ndarray:
            return ((1 - trust) * coded + trust * told).astype(np.float32)

        found.append(
            replace(
                example,
                tags=mix(example.tags, one.tags) * real,
                said=mix(example.said, one.said),
                sources=mix(example.sources, one.sources),
                contents=mix(example.contents, one.contents),
            )
        )
    for key, (window, one) in said.items():
        if key not in met:
            known = (window.starts >= 0)[:, None]
            acts = np.full(len(one.cues), -1, np.int64)
            found.append(Example(window, one.tags * known, one.said, one.cues, one.sources, one.contents, acts))
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; see the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "states",
        type=Path,
        nargs="+",
        help="float weights of `learn.attribution`: one model, or several whose mean is told",
    )
    parser.add_argument(
        "--base", type=Path, nargs="*", default=[], help="the base encoder of each, MiniLM where none is named"
    )
    parser.add_argument("--shares", type=float, nargs="*", default=[], help="of each in the mean; all alike")
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="JSONL of articles with attributions")
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="JSONL of documents with `text`")
    parser.add_argument("--limit", type=int, help="documents of each kind, for a trial")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(argv)
    names, shares = options.base or [None] * len(options.states), options.shares or [1.0] * len(options.states)
    if not len(names) == len(shares) == len(options.states):
        parser.error(f"{len(options.states)} weights need as many of --base and of --shares, or none")
    torch.set_num_threads(options.threads)
    bases = [base.base_folder(name) for name in names]
    models = [
        attribution.started(AttributionModel(folder), torch.load(state))
        for state, folder in zip(options.states, bases, strict=True)
    ]
    tokenizer = base.cutter(bases[0])
    coded = [e for article in list(read(options.data))[: options.limit] for e in examples(article, tokenizer)]
    bare = [{"text": row["text"], "attributions": []} for row in list(read(options.texts))[: options.limit]]
    others = [e for article in bare for e in examples(article, tokenizer)]

    def judged() -> Iterator[tuple[Example, Said]]:
        yield from judge(models, shares, coded)
        yield from judge(models, shares, others, found=True)

    number = save(options.out, judged())
    print(json.dumps({"windows": number, "coded": len(coded), "found": len(others), "out": str(options.out)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
