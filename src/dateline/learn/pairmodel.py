"""The network of the pair model and its training (PyTorch; not needed to run Dateline).

A MiniLM-L6 encoder reads texts with floating marks (`language.floating`); the vectors at the opening marks of actor and recipient
(their means, zero where one is missing) and at the mark of the pair go to linear heads for type, quad, mode and status. Word
embeddings stay frozen: it saves a third of the time, and words outside the training data keep their place.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from torch import nn
from torch.nn import functional as fn

from dateline.language.floating import MARKS, UNSEEN, Reading, readings
from dateline.language.labels import CLASSES, MODE_CLASSES, QUAD_NAMES, STATUS_CLASSES
from dateline.learn import slim, slimgraph
from dateline.learn.base import cutter, encoder, follow, seed, set_dropout
from dateline.learn.packs import Pack, packs
from dateline.learn.pairs import Example

VECTOR = "vector"
"""The output that the heads read: at actors, recipients and the pair. A user's own codebook is learned on it."""
HEADS = {"type": len(CLASSES), "quad": len(QUAD_NAMES), "mode": len(MODE_CLASSES), "status": len(STATUS_CLASSES)}
PAIR = {"type": "pair_type", "quad": "pair_quad"}
"""Heads by the guide of the marked-pair corpora, each a shift of the head by the guide of records (docs/models.md)."""
PACK = 256
"""Pieces and marks in one sequence of a training step."""
_LAYER = re.compile(r"encoder\.encoder\.layer\.(\d+)\.")
OUTPUTS = (*HEADS, *PAIR.values())


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training does. Defaults: the recipe chosen by cross-validation (docs/models.md).

    `packs`: packs a step. `plv`: weight of an example of plv-train beside one of the others. `soft`: weight of what
    teachers say beside the labels. `average`: decay of the running mean of the weights that is what comes out (0: the last
    step's weights). `inner`: dropout within the encoder (a third of MPNet's training time goes into drawing it). `frozen`: so
    many of the encoder's layers, from below, and the marks stay as they are.
    """

    epochs: int = 6
    packs: int = 3
    rate: float = 2e-4
    head_rate: float = 1e-3
    dropout: float = 0.2
    smoothing: float = 0.05
    class_power: float = 0.3
    quad: float = 0.3
    mode: float = 0.3
    status: float = 0.3
    plv: float = 1.0
    soft: float = 1.0
    average: float = 0.998
    inner: float = 0.1
    frozen: int = 0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Feed:
    """Packs as tensors: ids, positions, marks (packs × pieces), who sees whom (packs × pieces × pieces), the means of roles
    (3 × pairs × all pieces), and the example of each pair."""

    ids: torch.Tensor
    places: torch.Tensor
    marks: torch.Tensor
    seen: torch.Tensor
    roles: torch.Tensor
    rows: tuple[int, ...]


class Network(nn.Module):
    """What the model and its teachers share: the base encoder, and heads on three vectors of a pair side by side."""

    def __init__(self, base: Path, dropout: float) -> None:
        super().__init__()
        self.encoder = encoder(base)
        self.width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleList([nn.Linear(3 * self.width, size) for size in HEADS.values()])
        self.shifts = nn.ModuleList([nn.Linear(3 * self.width, HEADS[name]) for name in PAIR])
        for shift in self.shifts:
            nn.init.zeros_(shift.weight)
            nn.init.zeros_(shift.bias)

    def judged(self, vector: torch.Tensor) -> dict[str, torch.Tensor]:
        """Logits of every head for vectors (pairs × 3 widths), and what they read (`VECTOR`)."""
        vector = self.dropout(vector)
        out = {name: head(vector) for name, head in zip(HEADS, self.heads, strict=True)}
        for (name, other), shift in zip(PAIR.items(), self.shifts, strict=True):
            out[other] = out[name] + shift(vector)
        return out | {VECTOR: vector}


class PairModel(Network):
    """The model that ships. `forward` gives logits by head for the pairs of a feed, and what they read (`VECTOR`)."""

    def __init__(self, base: Path, dropout: float = 0.2) -> None:
        super().__init__(base, dropout)
        self.marks = nn.Embedding(1 + MARKS, self.width, padding_idx=0)
        with torch.no_grad():
            self.marks.weight[1:].normal_(std=0.02)

    def forward(self, feed: Feed) -> dict[str, torch.Tensor]:
        """Logits of every head, and their input."""
        unseen = ((1 - feed.seen) * UNSEEN).unsqueeze(1)
        hidden = self.encoder(
            inputs_embeds=self.words(feed), position_ids=feed.places, attention_mask=unseen
        ).last_hidden_state
        pooled = feed.roles.to(hidden.dtype) @ hidden.flatten(0, 1)
        return self.judged(pooled.transpose(0, 1).flatten(1))

    def words(self, feed: Feed) -> torch.Tensor:
        """The vectors of pieces and marks."""
        return self.encoder.embeddings.word_embeddings(feed.ids) + self.marks(feed.marks)


def feed(some: Sequence[Pack]) -> Feed:
    """Packs as one batch, padded by pieces that nothing sees."""
    width = max(len(p.ids) for p in some)
    ids = torch.zeros(len(some), width, dtype=torch.long)
    places = torch.zeros(len(some), width, dtype=torch.long)
    marks = torch.zeros(len(some), width, dtype=torch.long)
    seen = torch.eye(width).repeat(len(some), 1, 1)
    roles = torch.zeros(3, sum(len(p.rows) for p in some), len(some), width)
    at = 0
    for number, pack in enumerate(some):
        size, count = len(pack.ids), len(pack.rows)
        ids[number, :size] = torch.from_numpy(pack.ids)
        places[number, :size] = torch.from_numpy(pack.places)
        marks[number, :size] = torch.from_numpy(pack.marks)
        seen[number, :size, :size] = torch.from_numpy(pack.seen()).float()
        roles[:, at : at + count, number, :size] = torch.from_numpy(pack.roles())
        at += count
    return Feed(ids, places, marks, seen, roles.flatten(2), tuple(row for p in some for row in p.rows))


def train(
    base: Path, examples: Sequence[Example], recipe: Recipe, log: bool = True, start: Path | None = None
) -> PairModel:
    """Train a model on the examples, from the float weights `start` if given; the seed fixes order and dropout."""
    seed(recipe.seed)
    model = PairModel(base, recipe.dropout)
    if start is not None:
        model.load_state_dict(torch.load(start))
    found = readings(cutter(base), [e.text for e in examples])
    fit(model, lambda chance: map(feed, batches(found, recipe.packs, chance)), examples, recipe, log)
    return model


class Asked(Protocol):
    """What a network is given at a step: its input, and the example that each row of its answer is about."""

    @property
    def rows(self) -> tuple[int, ...]: ...


def fit(
    model: nn.Module, feeds: Callable[[random.Random], Iterable[Asked]], examples: Sequence[Example], recipe: Recipe,
    log: bool = True,
) -> None:  # fmt: skip
    """Train the weights of a network whose encoder is `model.encoder`; `feeds` gives an epoch's steps in random order."""
    shuffle = random.Random(recipe.seed)
    _hold(model, recipe)
    weights = class_weights(examples, recipe.class_power)
    steps = recipe.epochs * sum(1 for _ in feeds(random.Random(0)))
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.") and p.requires_grad]
    body = [p for name, p in model.named_parameters() if name.startswith("encoder.") and p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": body, "lr": recipe.rate, "weight_decay": 0.01},
            {"params": heads, "lr": recipe.head_rate, "weight_decay": 0.01},
        ],
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / max(1, steps // 10)) * max(0.0, 1 - step / steps)
    )
    mean = {name: value.detach().clone() for name, value in model.state_dict().items()} if recipe.average else None
    model.train()
    began = time.time()
    step = 0
    for epoch in range(recipe.epochs):
        total = 0.0
        for batch in feeds(shuffle):
            with torch.autocast("cpu", torch.bfloat16):
                out = {k: v.float() for k, v in model(batch).items()}
            loss = losses(out, [examples[i] for i in batch.rows], weights, recipe)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if mean is not None:
                follow(mean, model, recipe.average, step)
            total += float(loss.detach()) * len(batch.rows)
        if log:
            print(
                f"epoch {epoch + 1}/{recipe.epochs} loss {total / len(examples):.3f} {time.time() - began:.0f}s",
                flush=True,
            )
    if mean is not None:
        model.load_state_dict(mean)
    model.eval()


def _hold(model: nn.Module, recipe: Recipe) -> None:
    """Set the encoder's dropout, and keep what the recipe freezes from learning."""
    set_dropout(model.get_submodule("encoder"), recipe.inner)
    for name, parameter in model.named_parameters():
        layer = _LAYER.match(name)
        if recipe.frozen and (
            name.startswith(("marks", "encoder.embeddings.")) or (layer and int(layer[1]) < recipe.frozen)
        ):
            parameter.requires_grad_(False)


def batches(found: Sequence[Reading], size: int, shuffle: random.Random) -> list[list[Pack]]:
    """Readings in random order, packed, `size` packs a batch."""
    order = list(found)
    shuffle.shuffle(order)
    full = list(packs(order, PACK))
    return [full[i : i + size] for i in range(0, len(full), size)]


def class_weights(examples: Sequence[Example], power: float) -> torch.Tensor:
    """Weights of the classes: inverse frequency to `power`, mean 1 over the examples."""
    counts = np.zeros(len(CLASSES))
    for example in examples:
        types = example.types or example.pair_types
        if len(types) <= 2:
            for t in types:
                counts[t] += 1 / len(types)
    raw = (1 / np.maximum(counts, 1.0)) ** power
    raw = raw * counts.sum() / max(1e-9, float((raw * counts).sum()))
    return torch.tensor(raw, dtype=torch.float32)


def losses(
    out: dict[str, torch.Tensor], examples: Sequence[Example], weights: torch.Tensor, recipe: Recipe
) -> torch.Tensor:
    """The weighted sum of the heads' losses. Where several classes are allowed, minus the log of their sum."""
    scale = torch.tensor([e.weight * (recipe.plv if e.source == "plv" else 1.0) for e in examples])
    loss = torch.zeros(())
    for head, types in (("type", [e.types for e in examples]), ("pair_type", [e.pair_types for e in examples])):
        of_type = torch.stack([weights[list(t)].mean() if 1 <= len(t) <= 2 else torch.tensor(1.0) for t in types])
        loss = loss + _marginal(out[head], types, scale * of_type, recipe.smoothing)
    for head, quads in (("quad", [e.quads for e in examples]), ("pair_quad", [e.pair_quads for e in examples])):
        loss = loss + recipe.quad * _marginal(out[head], quads, scale, recipe.smoothing)
    for head, targets in (("mode", [e.mode for e in examples]), ("status", [e.status for e in examples])):
        known = torch.tensor([t >= 0 for t in targets])
        if known.any():
            wanted = torch.tensor(targets)[known]
            part = fn.cross_entropy(out[head][known], wanted, label_smoothing=recipe.smoothing)
            loss = loss + getattr(recipe, head) * part * known.float().mean()
    return loss + recipe.soft * _taught(out, examples, scale, recipe)


def _taught(
    out: dict[str, torch.Tensor], examples: Sequence[Example], scale: torch.Tensor, recipe: Recipe
) -> torch.Tensor:
    """Cross entropy against what the teachers say, every head by its weight."""
    loss = torch.zeros(())
    for head in OUTPUTS:
        rows = [i for i, e in enumerate(examples) if e.soft is not None and head in e.soft]
        if not rows:
            continue
        wanted = torch.from_numpy(np.stack([examples[i].soft[head] for i in rows]))  # type: ignore[index]
        each = -(wanted * fn.log_softmax(out[head][rows], -1)).sum(-1)
        loss = loss + getattr(recipe, head.removeprefix("pair_"), 1.0) * (each * scale[rows]).sum() / len(examples)
    return loss


def _marginal(
    logits: torch.Tensor, allowed: Sequence[tuple[int, ...]], scale: torch.Tensor, smoothing: float
) -> torch.Tensor:
    mask = torch.full_like(logits, -1e4)
    known = torch.tensor([bool(a) for a in allowed])
    for row, classes in enumerate(allowed):
        mask[row, list(classes)] = 0.0
    if not known.any():
        return logits.sum() * 0.0
    logs = fn.log_softmax(logits, -1)
    hit = -torch.logsumexp(logs + mask, -1)
    even = -logs.mean(-1)
    each = (1 - smoothing) * hit + smoothing * even
    return (each * scale)[known].sum() / len(allowed)


def predict(model: PairModel, base: Path, texts: Sequence[str], batch: int = 4) -> dict[str, np.ndarray]:
    """Probabilities of every head, and `VECTOR`; rows in the order given."""
    full = list(packs(readings(cutter(base), texts), PACK))
    return answers(model, (feed(full[at : at + batch]) for at in range(0, len(full), batch)), len(texts))


@torch.no_grad()
def answers(model: nn.Module, feeds: Iterable[Asked], count: int) -> dict[str, np.ndarray]:
    """A network's probabilities of every head, and its `VECTOR`, for `count` rows."""
    found: dict[str, np.ndarray] = {}
    model.eval()
    for given in feeds:
        with torch.autocast("cpu", torch.bfloat16):
            out = model(given)
        for name, value in out.items():
            made = value.float() if name == VECTOR else fn.softmax(value.float(), -1)
            found.setdefault(name, np.zeros((count, made.shape[-1]), np.float32))[list(given.rows)] = made.numpy()
    return found


@torch.no_grad()
def write(model: PairModel, base: Path, folder: Path, texts: Sequence[str], card: Mapping[str, Any]) -> None:
    """Write the model as an int8 graph with its tokenizer and card; the ranges of its inputs are taken on `texts`, marked ones."""
    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    inputs, seen = [], []
    for pack in packs(readings(cutter(base), texts), PACK):
        given = feed([pack])
        inputs.append(model.encoder.embeddings(inputs_embeds=model.words(given), position_ids=given.places)[0])
        seen.append(given.seen[0].bool())
    write_graph(model, slim.ranges(model.state_dict(), inputs, seen), folder / "model.onnx")
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")
    (folder / "card.json").write_text(json.dumps(dict(card), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write_graph(model: PairModel, scales: Mapping[str, np.ndarray], file: Path) -> None:
    """Write the int8 graph alone; `scales` as `slim.ranges` gives them."""
    weights = {name: value.detach().float().numpy() for name, value in model.state_dict().items()}
    heads = {
        name: {part: value.detach() for part, value in head.state_dict().items()}
        for name, head in zip(HEADS, model.heads, strict=True)
    }
    for (name, other), shift in zip(PAIR.items(), model.shifts, strict=True):
        heads[other] = {part: heads[name][part] + value for part, value in shift.state_dict().items()}
    slimgraph.write_marking(
        weights,
        scales,
        weights["marks.weight"],
        {name: (head["weight"].numpy(), head["bias"].numpy()) for name, head in heads.items()},
        file,
    )
