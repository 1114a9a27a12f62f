"""Teachers of the pair model: its encoder and heads, but with the marks within the text, where every piece sees them.

A teacher reads a text anew for each pair, which is two to three times the work and finds more (docs/trials.md). So what runs is
the model with floating marks, and it learns from several teachers, on more text than anybody has labelled:

python -m dateline.learn.teacher pool --polnear FILE --places FILE --number 420 --out work/pool.jsonl      text to be judged
python -m dateline.learn.teacher ask STATE [STATE ...] --texts work/pool.jsonl --out work/pool.npz         what teachers say
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

from dateline.language.floating import unmarked, window
from dateline.learn import pairmodel
from dateline.learn.base import base_folder, cutter, names, seed
from dateline.learn.jsonl import read_lines
from dateline.learn.pairmodel import HEADS, OUTPUTS, Network, PairModel, Recipe, answers, fit
from dateline.learn.pairs import Example

MARKS = (2, 3, 4, 5)
"""Ids of the vocabulary that stand for <s>, </s>, <t>, </t>: [unused1] to [unused4]."""
MAX_PIECES = 160
"""A marked text longer than this is cut to a window around its marks."""
BATCH = 32
STRETCH = 8
"""Texts of like length go together, sorted within stretches of so many batches."""


@dataclass(frozen=True, slots=True)
class Padded:
    """Texts side by side: ids and mask (texts × pieces), and which texts they are."""

    ids: torch.Tensor
    mask: torch.Tensor
    rows: tuple[int, ...]


class Teacher(Network):
    """The heads read the means at the opening marks and over all pieces."""

    def __init__(self, base: Path, dropout: float = 0.2) -> None:
        super().__init__(base, dropout)
        self.register_buffer("names", names(base), persistent=False)
        words = self.encoder.get_input_embeddings().weight[self.names[list(MARKS)]].detach().clone()
        self.marks = nn.Parameter(words + 0.02 * torch.randn(len(MARKS), self.width))

    def forward(self, given: Padded) -> dict[str, torch.Tensor]:
        """Logits of every head, and their input."""
        words = self.encoder.get_input_embeddings()(self.names[given.ids])
        for number, mark in enumerate(MARKS):
            words = torch.where((given.ids == mark).unsqueeze(-1), self.marks[number].to(words.dtype), words)
        hidden = self.encoder(inputs_embeds=words, attention_mask=given.mask).last_hidden_state
        pooled = [_mean(hidden, (given.ids == mark).to(hidden.dtype)) for mark in (MARKS[0], MARKS[2])]
        return self.judged(torch.cat([*pooled, _mean(hidden, given.mask.to(hidden.dtype))], -1))


def _mean(hidden: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    return (hidden * weights.unsqueeze(-1)).sum(1) / weights.sum(1, keepdim=True).clamp(min=1.0)


def pieces(cutter: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Piece ids of marked texts with the marks among them; a long text is cut to a window around its marks."""
    found = []
    for text in texts:
        bare, spans = unmarked(text)
        encoding = cutter.encode(bare)
        before: dict[int, list[int]] = {}
        for kind, start, end in spans:
            inside = [i for i, (a, b) in enumerate(encoding.offsets) if a < end and b > start]
            if inside:
                before.setdefault(inside[0], []).append(MARKS[kind - 1])
                before.setdefault(inside[-1] + 1, []).insert(0, MARKS[kind])
        ids = [x for i, piece in enumerate(encoding.ids) for x in (*before.get(i, ()), piece)]
        if len(ids) > MAX_PIECES:
            start, end = window([i for i, piece in enumerate(ids) if piece in MARKS], len(ids), MAX_PIECES)
            ids = [ids[0], *ids[start:end], ids[-1]]
        found.append(ids)
    return found


def padded(ids: Sequence[Sequence[int]], rows: Sequence[int]) -> Padded:
    """The texts of `rows`, padded with zeros."""
    block = torch.zeros(len(rows), max(len(ids[i]) for i in rows), dtype=torch.long)
    for at, i in enumerate(rows):
        block[at, : len(ids[i])] = torch.tensor(ids[i])
    return Padded(block, (block != 0).long(), tuple(rows))


def train(
    base: Path, examples: Sequence[Example], recipe: Recipe, log: bool = True, start: Path | None = None
) -> Teacher:
    """As `pairmodel.train`."""
    seed(recipe.seed)
    model = Teacher(base, recipe.dropout)
    if start is not None:
        model.load_state_dict(torch.load(start))
    ids = pieces(cutter(base), [e.text for e in examples])

    def feeds(chance: random.Random) -> Iterator[Padded]:
        order = list(range(len(ids)))
        chance.shuffle(order)
        made = []
        for at in range(0, len(order), STRETCH * BATCH):
            stretch = sorted(order[at : at + STRETCH * BATCH], key=lambda i: len(ids[i]))
            made += [stretch[i : i + BATCH] for i in range(0, len(stretch), BATCH)]
        chance.shuffle(made)
        return (padded(ids, rows) for rows in made)

    fit(model, feeds, examples, recipe, log)
    return model


def predict(model: Teacher, base: Path, texts: Sequence[str], batch: int = 32) -> dict[str, np.ndarray]:
    """As `pairmodel.predict`."""
    ids = pieces(cutter(base), texts)
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    return answers(model, (padded(ids, order[at : at + batch]) for at in range(0, len(order), batch)), len(ids))


def taught(examples: Sequence[Example], files: Sequence[Path]) -> list[Example]:
    """The examples with what teachers say of their texts (the mean over `files`), and one without labels for every other text.

    A file is one of `ask` (npz: texts, probabilities by head) or of `learn.events cv --out` (npy: what a model says of candidates
    of articles that it has not seen).
    """
    said: dict[str, list[dict[str, np.ndarray]]] = {}
    for file in files:
        if file.suffix == ".npz":
            kept = np.load(file)
            arrays = {name: kept[name].astype(np.float32) for name in OUTPUTS}
            for i, text in enumerate(kept["texts"].tolist()):
                said.setdefault(text, []).append({name: array[i] for name, array in arrays.items()})
        else:
            for (_, text), values in np.load(file, allow_pickle=True).item().items():
                said.setdefault(text, []).append(dict(zip(HEADS, values, strict=True)))
    soft = {}
    for text, one in said.items():
        heads = set.intersection(*(set(o) for o in one))
        soft[text] = {name: np.mean([o[name] for o in one], 0).astype(np.float32) for name in heads}
    known = {e.text for e in examples}
    found = [replace(e, soft=soft.get(e.text)) if e.source == "articles" else e for e in examples]
    return found + [
        Example(text, (), (), -1, -1, group="taught", source="taught", soft=soft[text]) for text in soft if text not in known
    ]  # fmt: skip


def ask(options: argparse.Namespace) -> int:
    """Write what teachers say of marked texts: the mean of their probabilities."""
    torch.set_num_threads(options.threads)
    base = base_folder(options.base)
    texts = list(dict.fromkeys(row["text"] for row in read_lines(options.texts)))[: options.first]
    outs = []
    for state in options.states:
        if options.floating:
            pupil = PairModel(base)
            pupil.load_state_dict(torch.load(state))
            outs.append(pairmodel.predict(pupil, base, texts))
        else:
            model = Teacher(base)
            model.load_state_dict(torch.load(state))
            outs.append(predict(model, base, texts))
    np.savez(options.out, texts=np.array(texts), **{name: np.mean([o[name] for o in outs], 0) for name in OUTPUTS})
    print(f"{len(texts)} texts, {len(outs)} teachers, in {options.out}")
    return 0


LENGTHS = (700, 7000)
"""Code points of a document whose candidates are judged by teachers."""


def pool(options: argparse.Namespace) -> int:
    """Write the candidates of unlabelled documents, those first that speak most of politics and of foreign states, and statements as
    they are read for their act."""
    from dateline.actors import registry
    from dateline.events import gate
    from dateline.learn import sheets, statements

    abroad = re.compile(
        r"\b("
        + "|".join(sorted(re.escape(e.name) for e in registry.load().entries.values() if e.kind == "country"))
        + r")\b"
    )
    used = {label.document for path in (sheets.LABELS, sheets.PLACES) for label in sheets.load(path)}
    coded = [row["id"] for row in read_lines(options.without)] if options.without else []
    documents = [(row["id"], row["text"]) for row in sheets.texts_of(options.polnear)]
    if options.places:
        documents += [(row["id"], row["text"]) for row in sheets.texts_of(options.places)]
    ranked = []
    for name, text in documents:
        known = name in used or any(f"polnear-{name}".startswith(one) for one in coded)  # whose ids are cut short
        if LENGTHS[0] <= len(text) <= LENGTHS[1] and not known:
            share = 1000 / len(text)
            politics, foreign = len(gate.load().politics.findall(text)) * share, len(abroad.findall(text)) * share
            ranked.append((min(politics, 6.0) + 2 * min(foreign, 4.0), name, text))
    count = 0
    with options.out.open("w", encoding="utf-8") as file:
        for _, name, text in sorted(ranked, reverse=True)[: options.number]:
            if gate.closed(text, None) is not None:
                continue
            doc, _, found = sheets.candidates_of({"id": name, "text": text})
            for candidate in found:
                line = {"article": name, "text": candidate.marked(doc.text)}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                count += 1
        statements_ = [{"article": name, "text": text} for name, _, text in statements.told(options.polnear)]
        random.Random(options.seed).shuffle(statements_)
        for line in statements_[: options.statements]:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(f"{count} candidates and {options.statements} statements in {options.out}")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; see the module's docstring."""
    parser = argparse.ArgumentParser(prog="python -m dateline.learn.teacher")
    commands = parser.add_subparsers(dest="command", required=True)
    asking = commands.add_parser("ask")
    asking.add_argument("states", nargs="+", type=Path, help="float weights of `learn.events train --teacher`")
    asking.add_argument(
        "--floating", action="store_true", help="they are of the model that ships, or of one of its kind"
    )
    asking.add_argument("--texts", type=Path, required=True)
    asking.add_argument("--first", type=int, help="only so many of the texts")
    asking.add_argument("--base", type=Path, help="the teachers' base encoder: a folder, or a name of base.PACKAGES")
    asking.add_argument("--threads", type=int, default=1)
    pooling = commands.add_parser("pool")
    pooling.add_argument("--polnear", type=Path, required=True)
    pooling.add_argument("--places", type=Path, help="docs.jsonl of LGL and GeoVirus")
    pooling.add_argument("--without", type=Path, help="articles.jsonl whose documents are left out")
    pooling.add_argument("--number", type=int, default=420, help="documents whose candidates are written")
    pooling.add_argument("--statements", type=int, default=8000, help="attributions of the corpus written after them")
    pooling.add_argument("--seed", type=int, default=1)
    for command in (asking, pooling):
        command.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    return ask(options) if options.command == "ask" else pool(options)


if __name__ == "__main__":
    sys.exit(main())
