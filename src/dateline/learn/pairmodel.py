"""The network of the pair model and its training (PyTorch; not needed to run Dateline).

A MiniLM-L6 encoder reads the marked text; the vectors at the opening marks of actor and recipient (their means, zero where
one is missing) and the mean of all pieces go to linear heads for type, quad, mode and status. Word embeddings stay frozen
but for the four marks: it saves a third of the time, and words outside the training data keep their place.
"""

from __future__ import annotations

import math
import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as fn

from dateline.language.labels import CLASSES, MARKS, MODE_CLASSES, QUAD_NAMES, STATUS_CLASSES
from dateline.learn.base import encoder, export, seed
from dateline.learn.pairs import Example

MAX_PIECES = 160
VECTOR = "vector"
"""The output that the heads read: means at actor, recipient and over all pieces. A user's own codebook is learned on it."""
HEADS = {"type": len(CLASSES), "quad": len(QUAD_NAMES), "mode": len(MODE_CLASSES), "status": len(STATUS_CLASSES)}
PAIR = {"type": "pair_type", "quad": "pair_quad"}
"""Heads by the guide of the marked-pair corpora, each a shift of the head by the guide of records (docs/models.md)."""
OUTPUTS = (*HEADS, *PAIR.values())


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training does. Defaults: the recipe chosen by cross-validation (docs/models.md).

    `plv`: weight of an example of plv-train beside one of the others. `average`: decay of the running mean of the weights
    that is what comes out (0: the last step's weights).
    """

    epochs: int = 6
    batch: int = 16
    rate: float = 2e-4
    head_rate: float = 1e-3
    dropout: float = 0.2
    smoothing: float = 0.05
    class_power: float = 0.3
    quad: float = 0.3
    mode: float = 0.3
    status: float = 0.3
    rdrop: float = 0.0
    plv: float = 1.0
    average: float = 0.998
    seed: int = 0


class PairModel(nn.Module):
    """Encoder and heads. `forward` takes piece ids and mask (batch × pieces) and gives logits by head, and what they read (`VECTOR`)."""

    def __init__(self, base: Path, marks: Sequence[int], dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = encoder(base)
        for layer in self.encoder.encoder.layer:  # without it attention runs in one fused kernel, a fifth faster
            layer.attention.self.dropout.p = 0.0
        width = self.encoder.config.hidden_size
        self.ids = tuple(marks)
        self.opening = (marks[0], marks[2])
        words = self.encoder.embeddings.word_embeddings.weight
        self.marks = nn.Parameter(words[list(marks)].detach().clone() + 0.02 * torch.randn(len(marks), width))
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleList([nn.Linear(3 * width, size) for size in HEADS.values()])
        self.shifts = nn.ModuleList([nn.Linear(3 * width, HEADS[name]) for name in PAIR])
        for shift in self.shifts:
            nn.init.zeros_(shift.weight)
            nn.init.zeros_(shift.bias)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> dict[str, torch.Tensor]:
        """Logits of every head, and their input."""
        words = self.encoder.embeddings.word_embeddings(input_ids)
        for number, mark in enumerate(self.ids):
            words = torch.where((input_ids == mark).unsqueeze(-1), self.marks[number].to(words.dtype), words)
        hidden = self.encoder(inputs_embeds=words, attention_mask=attention_mask).last_hidden_state
        pooled = [_mean(hidden, (input_ids == mark).to(hidden.dtype)) for mark in self.opening]
        pooled.append(_mean(hidden, attention_mask.to(hidden.dtype)))
        vector = self.dropout(torch.cat(pooled, -1))
        out = {name: head(vector) for name, head in zip(HEADS, self.heads, strict=True)}
        for (name, other), shift in zip(PAIR.items(), self.shifts, strict=True):
            out[other] = out[name] + shift(vector)
        return out | {VECTOR: vector}


def _mean(hidden: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    return (hidden * weights.unsqueeze(-1)).sum(1) / weights.sum(1, keepdim=True).clamp(min=1.0)


def tokenizer(base: Path) -> Tokenizer:
    """The base vocabulary with the four marks as special pieces."""
    made = Tokenizer.from_file(str(base / "tokenizer.json"))
    made.add_special_tokens(list(MARKS.values()))
    made.no_padding()
    made.no_truncation()
    return made


def encode(cutter: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Piece ids of marked texts, cut at MAX_PIECES around the marks."""
    from dateline.language.pairs import pieces

    return pieces(cutter, texts, MAX_PIECES)


def train(
    base: Path, examples: Sequence[Example], recipe: Recipe, log: bool = True, start: Path | None = None
) -> PairModel:
    """Train a model on the examples, from the float weights `start` if given; the seed fixes order and dropout."""
    seed(recipe.seed)
    shuffle = random.Random(recipe.seed)
    cutter = tokenizer(base)
    marks = [cutter.token_to_id(m) for m in MARKS.values()]
    model = PairModel(base, marks, recipe.dropout)
    if start is not None:
        model.load_state_dict(torch.load(start), strict=False)  # older weights have no shifts
    ids = encode(cutter, [e.text for e in examples])
    weights = class_weights(examples, recipe.class_power)
    steps = recipe.epochs * math.ceil(len(examples) / recipe.batch)
    heads = [*model.heads.parameters(), *model.shifts.parameters(), model.marks]
    body = [p for p in model.encoder.parameters() if p.requires_grad]
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
        for rows in batches([len(i) for i in ids], recipe.batch, shuffle):
            feed = pad([ids[i] for i in rows])
            with torch.autocast("cpu", torch.bfloat16):
                out = {k: v.float() for k, v in model(*feed).items()}
                again = {k: v.float() for k, v in model(*feed).items()} if recipe.rdrop else None
            loss = losses(out, [examples[i] for i in rows], weights, recipe)
            if again is not None:
                loss = (loss + losses(again, [examples[i] for i in rows], weights, recipe)) / 2
                loss = loss + recipe.rdrop * divergence(out["type"], again["type"])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if mean is not None:
                keep = min(recipe.average, step / (step + 10))
                for name, value in model.state_dict().items():
                    if value.is_floating_point():
                        mean[name].lerp_(value.detach(), 1 - keep)
            total += float(loss.detach()) * len(rows)
        if log:
            print(
                f"epoch {epoch + 1}/{recipe.epochs} loss {total / len(examples):.3f} {time.time() - began:.0f}s",
                flush=True,
            )
    if mean is not None:
        model.load_state_dict(mean)
    model.eval()
    return model


def batches(lengths: Sequence[int], size: int, shuffle: random.Random) -> list[list[int]]:
    """Batches of like length in random order: sorted within stretches of 16 batches."""
    order = list(range(len(lengths)))
    shuffle.shuffle(order)
    made = []
    for at in range(0, len(order), 16 * size):
        stretch = sorted(order[at : at + 16 * size], key=lambda i: lengths[i])
        made += [stretch[i : i + size] for i in range(0, len(stretch), size)]
    shuffle.shuffle(made)
    return made


def pad(ids: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask as tensors, padded with zeros."""
    width = max(map(len, ids))
    block = torch.zeros(len(ids), width, dtype=torch.long)
    for row, sequence in enumerate(ids):
        block[row, : len(sequence)] = torch.tensor(sequence)
    return block, (block != 0).long()


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


def divergence(one: torch.Tensor, two: torch.Tensor) -> torch.Tensor:
    """Symmetric Kullback–Leibler divergence of two passes (R-drop, Liang et al. 2021)."""
    p, q = fn.log_softmax(one, -1), fn.log_softmax(two, -1)
    return (
        fn.kl_div(p, q, log_target=True, reduction="batchmean")
        + fn.kl_div(q, p, log_target=True, reduction="batchmean")
    ) / 2


@torch.no_grad()
def predict(model: PairModel, base: Path, texts: Sequence[str], batch: int = 32) -> dict[str, np.ndarray]:
    """Probabilities of every head, rows in the order given."""
    ids = encode(tokenizer(base), texts)
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    sizes = HEADS | {other: HEADS[name] for name, other in PAIR.items()}
    found = {name: np.zeros((len(ids), size), np.float32) for name, size in sizes.items()}
    model.eval()
    for at in range(0, len(order), batch):
        rows = order[at : at + batch]
        with torch.autocast("cpu", torch.bfloat16):
            out = model(*pad([ids[i] for i in rows]))
        for name in OUTPUTS:
            found[name][rows] = fn.softmax(out[name].float(), -1).numpy()
    return found


def write(model: PairModel, base: Path, folder: Path, card: Mapping[str, Any]) -> None:
    """Export the model as int8 ONNX with its tokenizer and card (`learn.base.export`)."""
    cutter = tokenizer(base)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        saved = Path(scratch) / "tokenizer.json"
        cutter.save(str(saved))
        ids, mask = pad(encode(cutter, ["<s>Ruritania</s> thanked <t>Norland</t>.", "<s>Ruritania</s> waited."]))
        batch = {0: "batch", 1: "pieces"}
        export(
            _Outputs(model),
            folder,
            {"input_ids": ids, "attention_mask": mask},
            [*OUTPUTS, VECTOR],
            {"input_ids": batch, "attention_mask": batch, **{name: {0: "batch"} for name in [*OUTPUTS, VECTOR]}},
            saved,
            card,
        )


class _Outputs(nn.Module):
    """The model with its logits as a tuple, as the export wants them."""

    def __init__(self, model: PairModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        out = self.model(input_ids, attention_mask)
        return tuple(out[name] for name in [*OUTPUTS, VECTOR])
