"""Training of the attribution model: `python -m dateline.learn.attribution --data POLNEAR... --out FOLDER`.

A MiniLM-L6 encoder reads windows of whole paragraphs. One head tags cues (B, I, O). For each cue a pair head scores every
piece of the window as part of its source and of its content, from the piece, the cue's mean vector, and the distance
between them; so roles may overlap, nest and be discontinuous, and linking needs no second step. A third head says what the
speech does (its act), from the mean vectors of cue and content; it learns from attributions that name an `act`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import random
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as fn

from dateline.learn import base, reviewed, slimgraph
from dateline.statements import act
from dateline.statements.act import ACTS
from dateline.statements.windows import MAX_PIECES, Window, cut

HIDDEN = 160
"""Width of the pair head."""
BUCKETS = 32
"""Signed distances between piece and cue, in growing steps."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window with what is wanted of it, as probabilities (0 or 1 where a coder says so): the tags of its pieces (pieces × 3: outside,
    first and further pieces of a cue; no row sums to 1 if tags are not known), whether they are `said` (part of any content), and for
    each cue the pieces that are its source and its content. `cues`: the pieces of each cue, 0/1; `acts`: the number of its act, -1
    where it is not known. `acts_only`: its attributions are examples of acts and of nothing else."""

    window: Window
    tags: np.ndarray
    said: np.ndarray
    cues: np.ndarray
    sources: np.ndarray
    contents: np.ndarray
    acts: np.ndarray
    acts_only: bool = False


class AttributionModel(nn.Module):
    """Encoder, cue tagger and pair head.

    `forward(input_ids, attention_mask, cues, contents, real)`: cues and contents are batch × cues × pieces, each row the weights
    of a cue's (a content's) pieces (they sum to 1, or to 0 for padding). Gives `tags` (batch × pieces × 3), `links`
    (real cues × pieces × 2: source, content logits; only of the cues marked in `real`, batch × cues), `acts` (batch × cues × acts) and `said` (batch × pieces: whether
    the piece is part of any content).
    """

    def __init__(self, folder: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = base.encoder(folder)
        self.register_buffer("names", base.names(folder), persistent=False)
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(width, 3)
        self.said = nn.Linear(width, 1)
        self.piece = nn.Linear(width, HIDDEN)
        self.cue = nn.Linear(width, HIDDEN)
        self.distance = nn.Embedding(BUCKETS, HIDDEN)
        self.middle = nn.Linear(HIDDEN, HIDDEN)
        self.out = nn.Linear(HIDDEN, 2)
        self.act = nn.Linear(2 * width, len(ACTS))

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        cues: torch.Tensor,
        contents: torch.Tensor,
        real: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """See the class."""
        hidden = self.encoder(input_ids=self.names[input_ids], attention_mask=attention_mask).last_hidden_state
        hidden = self.dropout(hidden)
        spoken = torch.cat([torch.matmul(cues, hidden), torch.matmul(contents, hidden)], -1)
        return self.tags(hidden), self.link(hidden, cues, real), self.act(spoken), self.said(hidden).squeeze(-1)

    def link(self, hidden: torch.Tensor, cues: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """Source and content logits of every piece for every cue that is `real` (batch × cues)."""
        batch = real.nonzero()[:, 0]
        vectors = torch.matmul(cues, hidden)[real]
        places = torch.arange(hidden.shape[1], dtype=cues.dtype)
        centre = torch.matmul(cues[real], places)
        away = places.view(1, -1) - centre.unsqueeze(-1)
        bucket = torch.clamp(torch.sign(away) * torch.log2(torch.abs(away) + 1) * 2, -15, 15).round().long() + 16
        mixed = self.piece(hidden)[batch] + self.cue(vectors).unsqueeze(1) + self.distance(bucket)
        return self.out(fn.gelu(self.middle(fn.gelu(mixed))))


def read(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Articles of JSONL files (gz or not) with text and attributions."""
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as file:
            yield from (json.loads(line) for line in file if line.strip())


def named() -> dict[tuple[str, int, int], dict[str, str]]:
    """The acts of PolNeAR train that this project labelled (statements/data/acts_polnear.tsv), by document and offsets of the cue."""
    with (Path(act.__file__).parent / "data" / "acts_polnear.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {(row["document"], int(row["cue_start"]), int(row["cue_end"])): row for row in rows}


def with_acts(articles: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The articles with the acts that are known of their attributions."""
    known = named()
    for article in articles:
        for row in article["attributions"]:
            label = known.get((article.get("id", ""), row["cue"][0][0], row["cue"][-1][1])) if row["cue"] else None
            if label is not None:
                row["act"] = label["act"]
        yield article


def examples(article: dict[str, Any], tokenizer: Tokenizer) -> Iterator[Example]:
    """The windows of an article with their gold. An attribution without a cue is left out (35 of 19,868)."""
    for window in cut(article["text"], tokenizer):
        tags = np.zeros(len(window.ids), np.int64)
        said = np.zeros(len(window.ids), np.float32)
        rows: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        acts: list[int] = []
        for attribution in article["attributions"]:
            cue, source, content = (_pieces(window, attribution[role]) for role in ("cue", "source", "content"))
            if not cue.any() or not content.any():
                continue
            at = np.flatnonzero(cue)
            tags[at] = 2
            tags[at[0]] = 1
            said = np.maximum(said, content)
            rows.append((cue, source, content))
            acts.append(ACTS.index(attribution["act"]) if attribution.get("act") else -1)
        size = len(window.ids)
        stacked = [np.stack([r[i] for r in rows]) if rows else np.zeros((0, size), np.float32) for i in range(3)]
        known = (window.starts >= 0)[:, None] * (not article.get("acts_only"))
        yield Example(
            window, np.eye(3, dtype=np.float32)[tags] * known, said, *stacked, np.array(acts, np.int64),
            bool(article.get("acts_only")),
        )  # fmt: skip


def _pieces(window: Window, spans: list[list[int]]) -> np.ndarray:
    mask = np.zeros(len(window.ids), np.float32)
    for start, end in spans:
        mask[(window.starts >= start) & (window.ends <= end) & (window.ends > window.starts)] = 1.0
    return mask


def batches(pool: list[Example], pieces: int, chance: random.Random) -> Iterator[list[Example]]:
    """Windows of like length together, in an order of chance, about `pieces` pieces a batch."""
    order = sorted(pool, key=lambda e: len(e.window.ids) + chance.random() * 24)
    groups: list[list[Example]] = []
    group: list[Example] = []
    for example in order:
        group.append(example)
        if len(group) * len(example.window.ids) >= pieces:
            groups.append(group)
            group = []
    if group:
        groups.append(group)
    chance.shuffle(groups)
    yield from groups


def tensors(group: list[Example]) -> dict[str, torch.Tensor]:
    """A padded batch."""
    width = max(len(e.window.ids) for e in group)
    count = max(1, *(len(e.cues) for e in group)) if len(group) > 1 else max(1, len(group[0].cues))
    made = {
        "input_ids": torch.zeros(len(group), width, dtype=torch.long),
        "attention_mask": torch.zeros(len(group), width, dtype=torch.long),
        "tags": torch.zeros(len(group), width, 3),
        "said": torch.zeros(len(group), width),
        "cues": torch.zeros(len(group), count, width),
        "source": torch.zeros(len(group), count, width),
        "content": torch.zeros(len(group), count, width),
        "weight": torch.zeros(len(group), count, width),
        "acts": torch.full((len(group), count), -100, dtype=torch.long),
    }
    for row, example in enumerate(group):
        size, cues = len(example.window.ids), len(example.cues)
        made["input_ids"][row, :size] = torch.from_numpy(example.window.ids)
        made["attention_mask"][row, :size] = 1
        real = torch.from_numpy(example.window.starts) >= 0
        made["tags"][row, :size] = torch.from_numpy(example.tags)
        made["said"][row, :size] = torch.from_numpy(example.said)
        if cues:
            weights = torch.from_numpy(example.cues)
            made["cues"][row, :cues, :size] = weights / weights.sum(-1, keepdim=True)
            made["source"][row, :cues, :size] = torch.from_numpy(example.sources)
            made["content"][row, :cues, :size] = torch.from_numpy(example.contents)
            made["weight"][row, :cues, :size] = 0.0 if example.acts_only else real.float()
            known = torch.from_numpy(example.acts)
            made["acts"][row, :cues] = torch.where(known >= 0, known, torch.tensor(-100))
    return made


def loss(model: AttributionModel, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Cross-entropy of the cue tags plus, for each cue, the mean binary cross-entropy of source and content."""
    contents = batch["content"] / batch["content"].sum(-1, keepdim=True).clamp(min=1)
    real = batch["weight"].sum(-1) > 0
    tags, links, acts, said = model(batch["input_ids"], batch["attention_mask"], batch["cues"], contents, real)
    known = batch["tags"].sum(-1)
    pieces = known.sum().clamp(min=1)
    tagging = -(batch["tags"] * fn.log_softmax(tags.float(), -1)).sum() / pieces
    gold = torch.stack([batch["source"], batch["content"]], -1)[real]
    each = fn.binary_cross_entropy_with_logits(links.float(), gold, reduction="none") * batch["weight"][real].unsqueeze(
        -1
    )
    cues = max(1, int(real.sum()))
    # A source has few pieces, a content many: sums over pieces, scaled so that each role weighs like the tags.
    linking = each[..., 0].sum() / cues / 8 + each[..., 1].sum() / cues / 24
    inside = fn.binary_cross_entropy_with_logits(said.float(), batch["said"], weight=known, reduction="sum") / pieces
    return 4 * tagging + linking + inside + _mean_loss(acts, batch["acts"])


def _mean_loss(logits: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    """Cross-entropy over the known (not -100); zero where none is."""
    if not (gold >= 0).any():
        return logits.float().sum() * 0.0
    return fn.cross_entropy(logits.float().flatten(0, -2), gold.flatten(), ignore_index=-100)


def train(
    pool: list[Example],
    folder: Path,
    epochs: float,
    rate: float,
    seed: int,
    start: Path | None = None,
    average: float = 0.0,
    pieces: int = 3072,
    inner: float = 0.1,
    report: int = 20,
) -> AttributionModel:
    """Train on `pool`, from the float weights `start` if given; bf16 autocast (2.8 times less CPU than float32 on this kind of machine).

    `average`: decay of the running mean of the weights that is what comes out (0: the last step's weights). `pieces`: word pieces a step. `inner`: dropout within the encoder."""
    base.seed(seed)
    model = AttributionModel(folder)
    if start is not None:
        started(model, torch.load(start))
    base.set_dropout(model.encoder, inner)
    model.train()
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder") and p.requires_grad]
    body = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01, fused=True
    )
    chance = random.Random(seed)
    total = int(sum(len(e.window.ids) for e in pool) / pieces * epochs) + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.06 * total + 1), max(0.02, 1 - s / total))
    )
    step, running, begun = 0, 0.0, time.monotonic()
    mean = {name: value.detach().clone() for name, value in model.state_dict().items()} if average else None
    for epoch in range(math.ceil(epochs)):
        for group in batches(pool, pieces, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                value = loss(model, tensors(group))
            optimiser.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            if mean is not None:
                base.follow(mean, model, average, step)
            if step >= total:
                if mean is not None:
                    model.load_state_dict(mean)
                return model
            running += float(value.detach())
            if step % report == 0:
                print(
                    f"epoch {epoch} step {step}/{total} loss {running / report:.4f} {time.monotonic() - begun:.0f} s",
                    flush=True,
                )
                running = 0.0
    return model


def started(model: AttributionModel, weights: dict[str, torch.Tensor]) -> AttributionModel:
    """The model with these float weights, slimmed ones too."""
    base.reshape(model, weights)
    model.load_state_dict(weights, strict=False)
    return model


def main(argv: list[str] | None = None) -> None:
    """The command line; see the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="JSONL of articles with attributions")
    parser.add_argument("--authored", type=Path, nargs="*", default=[], help="authored sentences, the same form")
    parser.add_argument("--repeat-authored", type=int, default=2)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=5)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--pieces", type=int, default=3072, help="word pieces a step")
    parser.add_argument("--inner", type=float, default=0.1, help="dropout within the encoder")
    parser.add_argument("--average", type=float, default=0.0, help="decay of the mean of the weights; 0: the last ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, help="articles, for a trial")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--acts", type=Path, nargs="*", default=[], help="articles whose attributions only name acts")
    parser.add_argument("--reviewed", type=Path, help="labels of `dateline learn from-review`: acts, as --acts")
    parser.add_argument("--record", type=Path, help="the record that holds the words of --reviewed")
    parser.add_argument("--start", type=Path, help="float weights to go on from, in place of the base encoder")
    parser.add_argument(
        "--taught", type=Path, nargs="*", default=[], help="what a teacher says (learn.attribution_teacher)"
    )
    parser.add_argument("--trust", type=float, default=0.5, help="the teacher's share where a coder speaks too")
    parser.add_argument(
        "--state-only", action="store_true", help="keep the float weights and export nothing: a teacher"
    )
    parser.add_argument("--state", type=Path, nargs="+", help="train nothing: export the mean of these float weights")
    parser.add_argument("--shares", type=float, nargs="+", default=[], help="of each of them in the mean; all alike")
    options = parser.parse_args(argv)
    torch.set_num_threads(options.threads)
    folder = base.base_folder(options.base)
    tokenizer = base.cutter(folder)
    articles = list(with_acts(read(options.data)))[: options.limit]
    authored = list(read(options.authored)) * options.repeat_authored
    named = list(read(options.acts))
    if options.reviewed:
        if options.record is None:
            parser.error("--reviewed has no words: name the record that holds the articles with --record")
        named += reviewed.acts(reviewed.read(options.reviewed), options.record)
    acts = [{**article, "acts_only": True} for article in named]
    pool = [e for article in articles + authored + acts for e in examples(article, tokenizer)]
    if options.taught:
        from dateline.learn import attribution_teacher

        pool = attribution_teacher.taught(pool, options.taught, options.trust)
    print(f"{len(articles)} articles, {len(authored)} authored, {len(acts)} with acts, {len(pool)} windows", flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.state:
        model = started(AttributionModel(folder), base.mean(options.state, options.shares))
    else:
        model = train(
            pool, folder, options.epochs, options.rate, options.seed, options.start,
            average=options.average, pieces=options.pieces, inner=options.inner,
        )  # fmt: skip
    torch.save(model.state_dict(), options.out / "model.pt")
    if options.state_only:
        return
    write(model, folder, options.out, options, len(articles), len(authored))


def write(
    model: AttributionModel, folder: Path, out: Path, options: argparse.Namespace, articles: int, authored: int
) -> None:
    """Export the encoder with its tagger as a graph, the pair head as another, and the pair and act heads as arrays. What ships
    is made of this by `dateline.learn.slim`."""
    width = 24
    card = {
        "name": "attribution",
        "task": "source, cue and content of reported speech, linked",
        "base": base.PACKAGES["minilm-l6"][0],
        "data": f"PolNeAR train ({articles} articles; no licence stated for the corpus), {authored} authored items",
        "recipe": {"epochs": options.epochs, "rate": options.rate, "seed": options.seed, "pieces": MAX_PIECES},
        "date": date.today().isoformat(),
    }
    model.float()
    base.export(
        _Tagger(model), out / "attribution", {
            "input_ids": torch.ones(1, width, dtype=torch.long), "attention_mask": torch.ones(1, width, dtype=torch.long),
        }, ("tags", "pieces", "cuewise", "hidden", "said"),
        {name: {0: "batch", 1: "length"} for name in ("input_ids", "attention_mask", "tags", "pieces", "cuewise", "hidden", "said")},
        folder / "tokenizer.json", card,
    )  # fmt: skip
    heads = {
        "distance": model.distance.weight,
        **{f"{name}{end}": value for name, layer in (("middle", model.middle), ("out", model.out), ("act", model.act))
           for end, value in (("", layer.weight), ("_bias", layer.bias))},
    }  # fmt: skip
    arrays = {name: value.detach().numpy().astype(np.float16) for name, value in heads.items()}
    np.savez(out / "attribution" / "link.npz", **arrays)
    slimgraph.write_pairs(arrays, out / "attribution" / "pairs.onnx")


class _Tagger(nn.Module):
    """The exported graph: tags, the two projections that the pair head starts from, and the vectors
    that the act head reads."""

    def __init__(self, model: AttributionModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        hidden = self.model.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return (
            self.model.tags(hidden),
            self.model.piece(hidden),
            self.model.cue(hidden),
            hidden,
            self.model.said(hidden).squeeze(-1),
        )


if __name__ == "__main__":
    main(sys.argv[1:])
