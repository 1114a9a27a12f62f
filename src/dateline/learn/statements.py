"""Fitting of what follows the attribution model: which attributions are kept; and examples of acts for the models.

python -m dateline.learn.statements collect OUT   attributions with a known act, for the model's act head
python -m dateline.learn.statements fit           weights of keep, with figures by folds of articles

Data: the coded articles of --coded (articles.jsonl, gold/ID.json); for `collect` also the authored sentences of `events`
and the marked sentences of --plv, where the marked actor is the source of an attribution that the model finds.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from dateline import actors, language
from dateline.learn import attribution, authored
from dateline.learn.articles import ACT_WEIGHT, act_row
from dateline.learn.said import load as own_acts
from dateline.model import Article
from dateline.statements import act, keep, tagger
from dateline.statements.draft import Draft, drafts
from dateline.statements.marks import Quoted, quotations

FOLDS = 11
RIDGE = 0.3
_MARK = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True)
class Case:
    """One draft of a coded article and the gold statement that it is, if it is one."""

    article: str
    text: str
    draft: Draft
    gold: dict[str, Any] | None


def cases(folder: Path, model: Path | None = None) -> tuple[list[Case], int]:
    """All drafts of the coded articles with their gold, and how many gold statements there are."""
    pipeline = language.load()
    found, total = [], 0
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        published = datetime.date.fromisoformat(row["published"][:10]) if row.get("published") else None
        doc = pipeline.parse(Article(row["id"], row["id"], row["text"], title=row.get("title"), published=published))
        gold = json.loads((folder / "gold" / f"{row['id']}.json").read_text(encoding="utf-8"))["statements"]
        total += len(gold)
        marks, _ = quotations(doc.text, doc.paragraphs)
        made = drafts(doc, actors.find(doc), tagger.attributions([doc.text], model, [doc.spacy])[0], Quoted(marks))
        matched = match([g["content"].replace(" [...] ", " ") for g in gold], [said(doc.text, d) for d in made])
        found += [Case(row["id"], doc.text, d, gold[matched[i]] if i in matched else None) for i, d in enumerate(made)]
    return found, total


def said(text: str, draft: Draft) -> str:
    """The words of a draft's content."""
    return " ".join(text[s:e] for s, e in draft.content)


def match(gold: Sequence[str], made: Sequence[str], least: float = 0.5) -> dict[int, int]:
    """Greedy one-to-one matches by token Jaccard (as eval_records.py has it): index of made → index of gold."""
    bags = [[Counter(re.findall(r"\w+", text.casefold())) for text in texts] for texts in (gold, made)]
    pairs = []
    for i, one in enumerate(bags[0]):
        for j, two in enumerate(bags[1]):
            either = sum((one | two).values())
            if either and (share := sum((one & two).values()) / either) >= least:
                pairs.append((share, i, j))
    found: dict[int, int] = {}
    for _, i, j in sorted(pairs, reverse=True):
        if i not in found.values() and j not in found:
            found[j] = i
    return found


def logistic(x: np.ndarray, y: np.ndarray, ridge: float) -> np.ndarray:
    """Weights (features × classes) of a multinomial logistic regression; the last feature, the bias, is not shrunk."""
    inputs, gold = torch.tensor(x), torch.tensor(y)
    weights = torch.zeros(x.shape[1], int(y.max()) + 1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(inputs @ weights, gold, reduction="sum")
        loss = loss + ridge * (weights[:-1] ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return weights.detach().numpy()


def fit(options: argparse.Namespace) -> None:
    """Print figures by folds of articles, fit on all, and write keep.json."""
    found, total = cases(options.coded, options.model)
    names = sorted({c.article for c in found})
    random.Random(5).shuffle(names)
    fold = {name: i % FOLDS for i, name in enumerate(names)}
    of = np.array([fold[c.article] for c in found])
    kept = np.array([c.gold is not None for c in found])
    x = np.stack([keep.values(c.draft.look) for c in found])
    outside = np.zeros(len(found))
    for k in range(FOLDS):
        weights = logistic(x[of != k], kept[of != k].astype(int), RIDGE)
        outside[of == k] = 1 / (1 + np.exp(-(x[of == k] @ (weights[:, 1] - weights[:, 0]))))
    best = (0.0, 0.5)
    for least in np.arange(0.1, 0.8, 0.02):
        chosen = outside >= least
        hit = int((kept & chosen).sum())
        best = max(best, (2 * hit / (total + int(chosen.sum())), round(float(least), 2)))
    print(f"keep: {len(found)} drafts, {int(kept.sum())} of {total} gold found; all kept F1 "
          f"{2 * kept.sum() / (total + len(found)):.3f}, by folds of articles F1 {best[0]:.3f} at {best[1]}")  # fmt: skip
    weights = logistic(x, kept.astype(int), RIDGE)
    table = {
        "features": list(keep.FEATURES),
        "weights": np.round(weights[:, 1] - weights[:, 0], 4).tolist(),
        "least": best[1],
    }
    Path(keep.__file__).with_name("data").joinpath("keep.json").write_text(json.dumps(table) + "\n", encoding="utf-8")


def marked(plv: Path | None) -> Iterator[tuple[str, str]]:
    """Marked sentences with the act that their pair stands for: authored ones, then those of plv-train."""
    for path in authored.files():
        for row in authored.read(path)[0]:
            if row.type in act.ACTS and row.status == "actual":
                yield row.sentence, row.type
    if plv is not None:
        with plv.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if line["gold_root"] in act.ACTS:
                    yield line["marked_sentence"], line["gold_root"]


def collect(options: argparse.Namespace) -> None:
    """Write articles in the trainer's form whose attributions name acts."""
    counts: Counter[str] = Counter()
    with options.out.open("w", encoding="utf-8") as file:

        def write(text: str, rows: list[dict[str, Any]]) -> None:
            counts.update(r["act"] for r in rows)
            file.write(json.dumps({"text": text, "attributions": rows}, ensure_ascii=False) + "\n")

        sentences = list(marked(options.plv))
        plain = [_MARK.sub("", s) for s, _ in sentences]
        for (sentence, name), text, rows in zip(
            sentences, plain, tagger.attributions(plain, options.model), strict=True
        ):
            spans = list(_actor_spans(sentence))
            here = [r for r in rows if any(s < e2 and s2 < e for s, e in r.source for s2, e2 in spans)]
            if len(here) == 1:
                write(text, [_form(here[0].source, here[0].cue, here[0].content, name)])
        if options.coded:
            found, _ = cases(options.coded, options.model)
            if options.pairs:
                _write_pairs(
                    options.pairs, found, [*own_acts(), *(labelled(options.polnear) if options.polnear else ())]
                )
            for name in sorted({c.article for c in found}):
                mine = [c for c in found if c.article == name and c.gold is not None and c.gold["act"] in act.ACTS]
                if mine:
                    forms = [_form((), (c.draft.cue,), c.draft.content, c.gold["act"]) for c in mine if c.gold]
                    write(mine[0].text, forms)
    print(dict(counts))


SURE = {"2": ACT_WEIGHT, "1": 0.4}
"""Weight of a labelled act by how sure its reader was (acts_polnear.tsv); one of a coded article weighs like a sure one."""


def labelled(corpus: Path) -> Iterator[tuple[str, str, str, float]]:
    """Attributions of PolNeAR train whose acts this project labelled (data/acts_polnear.tsv: document, offsets of the cue, act,
    how sure): document, text as `act.marked`, act, weight."""
    acts = {key: (row["act"], SURE[row["sure"]]) for key, row in attribution.named().items()}
    for document, cue, text in told(corpus):
        label = acts.get((document, *cue))
        if label is not None:
            yield document, text, *label


def told(corpus: Path) -> Iterator[tuple[str, tuple[int, int], str]]:
    """The attributions of a PolNeAR file: document, offsets of the cue, text as `act.marked`."""
    for article in attribution.read([corpus]):
        for row in article["attributions"]:
            if row["cue"] and row["content"]:
                ends = row["source"] and (min(s for s, _ in row["source"]), max(e for _, e in row["source"]))
                cue = (row["cue"][0][0], row["cue"][-1][1])
                said = act.Said(ends or None, cue, tuple((s, e) for s, e in row["content"]))
                yield article["id"], cue, act.marked(article["text"], said)


def _write_pairs(path: Path, found: Sequence[Case], others: Iterable[tuple[str, str, str, float]]) -> None:
    """Statements with their act as examples for the pair model (the form of `learn.events candidates`)."""
    coded = [
        (c.article, act.marked(c.text, c.draft), c.gold["act"], SURE["2"])
        for c in found
        if c.gold is not None and c.gold["act"] in act.ACTS
    ]
    with path.open("w", encoding="utf-8") as file:
        for one in (*coded, *others):
            file.write(json.dumps(act_row(*one), ensure_ascii=False) + "\n")


def _form(
    source: Sequence[tuple[int, int]], cue: Sequence[tuple[int, int]], content: Sequence[tuple[int, int]], name: str
) -> dict[str, Any]:
    return {"source": list(source), "cue": list(cue), "content": list(content), "act": name}


def _actor_spans(sentence: str) -> Iterator[tuple[int, int]]:
    """Offsets of the <s> spans in the sentence without its marks."""
    removed, opened = 0, 0
    for mark in _MARK.finditer(sentence):
        at = mark.start() - removed
        if mark.group() == "<s>":
            opened = at
        elif mark.group() == "</s>":
            yield opened, at
        removed += len(mark.group())


def main(arguments: Sequence[str]) -> None:
    """The command line; see the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("collect", "fit"):
        command = commands.add_parser(name)
        command.add_argument("--coded", type=Path, help="folder with articles.jsonl and gold/")
        command.add_argument("--model", type=Path, help="folder of another attribution model")
        if name == "collect":
            command.add_argument("out", type=Path)
            command.add_argument("--plv", type=Path)
            command.add_argument("--polnear", type=Path, help="polnear-train.jsonl.gz: its labelled acts join --pairs")
            command.add_argument("--pairs", type=Path, help="write statements as examples for the pair model here")
    options = parser.parse_args(arguments)
    {"collect": collect, "fit": fit}[options.command](options)


if __name__ == "__main__":
    main(sys.argv[1:])
