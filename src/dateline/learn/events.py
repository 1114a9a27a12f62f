"""The pair model of `events`: its training data, training and export.

python -m dateline.learn.events check [FILE...]    faults of authored sentences, then their counts
python -m dateline.learn.events cv ...             cross-validation on plv-train, grouped by sentence
python -m dateline.learn.events average FILE...    several seeds of it together
python -m dateline.learn.events train ...          train on everything and export
python -m dateline.learn.events mix STATE...       the mean of float weights, exported
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import UsageError
from dateline.language.labels import CLASSES, MODE_CLASSES, QUAD_NAMES, STATUS_CLASSES
from dateline.learn import authored

if TYPE_CHECKING:
    from dateline.events.candidates import Candidate

SHARED = Path("../shared/data")
RANGED_ON = 200
"""Marked texts on which the ranges of int8 are taken."""


def check(paths: Sequence[str]) -> int:
    """Print the faults and counts of authored files (all that ship if none is given); 1 if there is a fault."""
    rows, faults = [], []
    for path in map(Path, paths) if paths else authored.files():
        found, wrong = authored.read(path)
        rows += found
        faults += wrong
    for fault in faults:
        print(fault)
    print(authored.summary(rows))
    return 1 if faults else 0


def folds(groups: Sequence[str], number: int, seed: int = 7) -> list[int]:
    """A fold for each row, rows of one group together."""
    names = sorted(set(groups))
    random.Random(seed).shuffle(names)
    of = {name: i % number for i, name in enumerate(names)}
    return [of[g] for g in groups]


def root_of(type_: str) -> str:
    """The root that plv-train names: CONCEDE and RETREAT are YIELD there."""
    return "YIELD" if type_ in ("CONCEDE", "RETREAT") else type_


def macro(pairs: Sequence[tuple[str, str]]) -> tuple[float, dict[str, float]]:
    """Macro-F1 over the gold labels of (gold, predicted) pairs, and F1 by label."""
    by = {}
    for label in sorted({g for g, _ in pairs}):
        tp = sum(g == label == p for g, p in pairs)
        wrong = sum((g == label) != (p == label) for g, p in pairs)
        by[label] = 2 * tp / (2 * tp + wrong) if tp else 0.0
    return sum(by.values()) / len(by), by


def _examples(options: argparse.Namespace) -> list:
    """The training examples that the options name, plv left out."""
    from dateline.learn import pairs

    found = []
    own = []
    for file in authored.files() if {"authored", "pairs"} & set(options.data) else ():
        rows, faults = authored.read(file)
        own += rows
        print(f"{file.name}: {len(rows)} rows, {len(faults)} faults left out", flush=True)
    if "authored" in options.data:
        found += pairs.from_authored([r for r in own if r.type != authored.OPEN]) + pairs.from_codebook()
    if "pairs" in options.data:  # what the guide of marked pairs alone judges
        found += pairs.from_authored([r for r in own if r.type == authored.OPEN])
    events = Path(options.shared) / "events"
    if "aw" in options.data:
        found += pairs.from_aw(events / "aw-train.tsv")
    if "cameo" in options.data:
        found += pairs.from_cameo(events / "cameo-quad-train.tsv", events / "cameo-spans-train.txt")
    if "articles" in options.data:
        found += pairs.from_candidates(Path(options.candidates))
    if options.reviewed:
        found += pairs.from_reviewed(options.reviewed, _record(options))
    if options.taught:
        from dateline.learn import teacher

        found = teacher.taught(found, options.taught)
    return found


def _network(options: argparse.Namespace) -> Any:
    """The module that trains what is asked for: the model that ships, or a teacher of it."""
    from dateline.learn import pairmodel, teacher

    return teacher if options.teacher else pairmodel


def _record(options: argparse.Namespace) -> Path:
    """The record that holds the words of reviewed labels. Raises UsageError if none is named."""
    if options.record is None:
        raise UsageError("--reviewed has no words: name the record that holds the articles with --record")
    return Path(options.record)


def cross_validate(options: argparse.Namespace) -> int:
    """Folds of plv-train (and of the articles' candidates, if used); prints root and quad macro-F1."""
    import numpy as np
    import torch

    from dateline.language.pairs import given_pair
    from dateline.learn import pairmodel, pairs

    torch.set_num_threads(options.threads)
    events = Path(options.shared) / "events"
    plv = pairs.from_plv(events / "plv-train.tsv")
    aw = pairs.from_aw(events / "aw-train.tsv")
    extra = _examples(options)
    network = _network(options)
    recipe = pairmodel.Recipe(**json.loads(options.recipe))
    print(recipe, f"{len(plv)} plv, {len(extra)} others", flush=True)
    of = folds([e.group for e in plv], options.folds)
    named = [e.group for e in extra if e.source == "articles"]
    article_of = dict(zip(named, folds(named, options.parts), strict=True))
    aw_of = dict(zip([e.group for e in aw], folds([e.group for e in aw], options.folds), strict=True))
    rooted, quads, binary, kept_scores = [], [], [], []
    outside: dict[tuple[str, str], tuple] = {}
    for fold in options.only or range(options.folds):
        part = fold % options.parts
        kept = [
            e for e in extra
            if not (e.source == "articles" and article_of[e.group] == part) and not (e.source == "aw" and aw_of[e.group] == fold)
        ]  # fmt: skip
        training = kept + ([e for e, f in zip(plv, of, strict=True) if f != fold] if "plv" in options.data else [])
        model = network.train(options.base, training, recipe, start=options.start)
        if options.state:
            torch.save(model.state_dict(), options.state)
        held = [e for e, f in zip(plv, of, strict=True) if f == fold] if "plv" in options.data else plv
        out = network.predict(model, options.base, [e.text for e in held])
        here = []
        for i, example in enumerate(held):
            guess, quad = given_pair(out["pair_type"][i], out["pair_quad"][i])
            here.append((root_of(CLASSES[example.pair_types[0]]), root_of(guess)))
            quads.append((str(example.pair_quads[0]), str(quad - 1)))
            kept_scores.append((example.text, out["pair_type"][i], out["pair_quad"][i]))
        rooted += here
        others = [e for e in aw if aw_of[e.group] == fold] if "aw" in options.data else aw
        out = network.predict(model, options.base, [e.text for e in others])
        sides = [given_pair(t, q)[1] > 2 for t, q in zip(out["pair_type"], out["pair_quad"], strict=True)]
        binary = [(str(e.quads[0] >= 2), str(side)) for e, side in zip(others, sides, strict=True)]
        print(f"fold {fold}: root {macro(here)[0]:.4f} aw {macro(binary)[0]:.4f} of {len(binary)}", flush=True)
        if options.out:
            mine = [e for e in extra if e.source == "articles" and article_of[e.group] == part]
            scored = network.predict(model, options.base, [e.text for e in mine])
            for i, example in enumerate(mine):
                outside[(example.group, example.text)] = tuple(scored[head][i] for head in pairmodel.HEADS)
        if "plv" not in options.data:
            break
    score, by = macro(rooted)
    print(f"root {score:.4f} quad {macro(quads)[0]:.4f} over {len(rooted)}")
    print({k: round(v, 3) for k, v in by.items()})
    confusions: dict[tuple[str, str], int] = {}
    for pair in rooted:
        if pair[0] != pair[1]:
            confusions[pair] = confusions.get(pair, 0) + 1
    print("confusions (gold, predicted):", sorted(confusions.items(), key=lambda kv: -kv[1])[:15])
    if options.scores:
        np.save(options.scores, np.array(kept_scores, dtype=object), allow_pickle=True)
    if options.out:
        np.save(options.out, np.array(outside, dtype=object), allow_pickle=True)
    return 0


def average(options: argparse.Namespace) -> int:
    """Root and quad of several seeds' out-of-fold probabilities together (`cv --scores`), with the confusions and the surest errors."""
    import numpy as np

    from dateline.language.pairs import given_pair
    from dateline.learn import pairs

    gold = {e.text: e for e in pairs.from_plv(Path(options.shared) / "events" / "plv-train.tsv")}
    seeds = [{row[0]: row[1:] for row in np.load(file, allow_pickle=True)} for file in options.scores]
    rooted, quads, wrong = [], [], []
    for text in set.intersection(*(set(s) for s in seeds)):
        types, four = (np.mean([s[text][i] for s in seeds], axis=0) for i in (0, 1))
        guess, quad = given_pair(types, four)
        right = root_of(CLASSES[gold[text].pair_types[0]])
        rooted.append((right, root_of(guess)))
        quads.append((str(gold[text].pair_quads[0]), str(quad - 1)))
        if right != root_of(guess):
            wrong.append((float(types.max()), right, root_of(guess), text))
    score, by = macro(rooted)
    print(f"{len(seeds)} seeds: root {score:.4f} quad {macro(quads)[0]:.4f} over {len(rooted)}")
    names = sorted(by)
    print("gold".ljust(10), *(name[:6].rjust(6) for name in names), "    F1")
    for name in names:
        counts = [sum(pair == (name, other) for pair in rooted) for other in names]
        print(name.ljust(10), *(str(n or ".").rjust(6) for n in counts), f"{by[name]:6.3f}")
    for sure, right, guess, text in sorted(wrong, reverse=True)[:20]:
        print(f"{sure:.2f} {right} taken for {guess}: {text[:200]}")
    return 0


def write_candidates(options: argparse.Namespace) -> int:
    """Write the labelled candidates of the development articles, and those that readers labelled (`learn.sheets`)."""
    from dateline.learn import articles, sheets

    with open(options.candidates, "w", encoding="utf-8") as file:
        for article in articles.load(Path(options.shared) / "records_train"):
            labels = articles.label(article.doc.text, article.candidates, article.actors, article.gold)
            for candidate, label in zip(article.candidates, labels, strict=True):
                line = articles.row(article.id, candidate.marked(article.doc.text), label)
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        for corpus, labels in _labelled(options):
            for line in sheets.rows(corpus, labels):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


def _labelled(options: argparse.Namespace) -> list[tuple[Path, Path]]:
    """The texts whose candidates readers labelled, each with its labels: our own articles, those of LGL and GeoVirus, and PolNeAR's
    where it is named."""
    from dateline.learn import sheets

    places = (Path(options.shared) / "places" / "docs.jsonl", sheets.PLACES)
    return [sheets.OWN, places, *([(options.polnear, sheets.LABELS)] if options.polnear else [])]


def weigh(options: argparse.Namespace) -> int:
    """Fit the weights on out-of-fold scores; print the calibration by folds of articles; write weights.json."""
    from unittest.mock import patch

    import numpy as np

    from dateline.events import decide
    from dateline.language import pairs
    from dateline.learn import articles, sheets, weigh

    scored = {
        text: pairs.Scores(*v)
        for file in options.out.split(",")
        for (_, text), v in np.load(file, allow_pickle=True).item().items()
    }
    ship = pairs.score

    def unseen(texts: Sequence[str], closing: bool = True) -> list[pairs.Scores]:
        """Scores of models that had not seen the article, also where acts are decided; else those of the one that ships."""
        return [scored.get(text) or ship([text], closing)[0] for text in texts]

    cases: list[tuple[str, str, Candidate, tuple]] = []
    with patch.object(pairs, "score", unseen):
        for article in articles.load(Path(options.shared) / "records_train"):
            labels = articles.label(article.doc.text, article.candidates, article.actors, article.gold)
            cases += [(article.id, article.doc.text, *both) for both in zip(article.candidates, labels, strict=True)]
        for corpus, labelled in _labelled(options):
            read = {(label.document, *label.key): label.type for label in sheets.load(labelled)}
            for name, doc, _, found in sheets.coded(corpus, {document for document, *_ in read}):
                for candidate in found:
                    type_ = read.get((name, *sheets.key(candidate)))
                    cases += [(name, doc.text, candidate, (type_, None, None, 1.0))] if type_ else []
    rows, hits, weights, groups = [], [], [], []
    for name, text, candidate, label in cases:
        scores = scored.get(candidate.marked(text))
        if scores is None:
            continue  # no model that had not seen the article has judged it
        decision = decide.by_model(candidate, scores)
        rows.append(decide.features(candidate, decide.heard(candidate, scores), decision.type))
        hits.append(label[0] == decision.type)
        weights.append(label[3])
        groups.append(name)
    x, y, w = np.array(rows), np.array(hits, float), np.array(weights)
    of = np.array(folds(groups, 5))
    outside = np.zeros(len(y))
    for fold in range(5):
        fitted = weigh.fit(x[of != fold], y[of != fold], w[of != fold])
        outside[of == fold] = 1 / (1 + np.exp(-x[of == fold] @ fitted))
    error, table = weigh.calibration(outside, y)
    print(
        f"{len(y)} candidates of {len(set(groups))} articles, {int(y.sum())} right; expected calibration error {error:.3f} (folds of articles)"
    )
    for mean, share, count in table:
        print(f"  {mean:.2f} {share:.2f} {count}")
    fitted = weigh.fit(x, y, w)
    target = Path(decide.__file__).with_name("weights.json")
    named = {name: round(float(v), 3) for name, v in zip(decide.FEATURES, fitted, strict=True)}
    target.write_text(json.dumps({"weights": named, "calibration_error": round(error, 3)}, indent=1) + "\n", "utf-8")
    return 0


def train(options: argparse.Namespace) -> int:
    """Train on all data named and export, with a card that says on what."""
    import torch

    from dateline.learn import pairmodel, pairs

    torch.set_num_threads(options.threads)
    examples = _examples(options)
    if "plv" in options.data:
        examples += pairs.from_plv(Path(options.shared) / "events" / "plv-train.tsv")
    recipe = pairmodel.Recipe(**json.loads(options.recipe))
    print(recipe, f"{len(examples)} examples", flush=True)
    model = _network(options).train(options.base, examples, recipe, start=options.start)
    torch.save(model.state_dict(), options.state)
    if options.teacher:
        return 0
    counts: dict[str, int] = {}
    for example in examples:
        counts[example.source] = counts.get(example.source, 0) + 1
    card = {
        "name": "events",
        "task": "type, quad, mode and status of a marked actor-recipient pair",
        "base": "all-MiniLM-L6-v2 (Apache-2.0)",
        "recipe": dataclasses.asdict(recipe),
        "examples": counts,
        "data": "own sentences and articles (src/dateline/events/data); plv-train and aw-train (marked sentences of PLOVER and ACE-like "
        "corpora), cameo-quad and cameo-spans, 44 coded articles, PolNeAR train, LGL and GeoVirus: read in training only, none of their "
        "text is here",
        "classes": {"type": CLASSES, "quad": QUAD_NAMES, "mode": MODE_CLASSES, "status": STATUS_CLASSES},
        "measured": json.loads(options.measured),
    }
    sample = random.Random(recipe.seed).sample([e.text for e in examples], min(RANGED_ON, len(examples)))
    pairmodel.write(model, options.base, Path(options.target), sample, card)
    return 0


def mix(options: argparse.Namespace) -> int:
    """Export the mean of several float weights, one of which went on from another, with the card that the target has."""
    from dateline.learn import base, pairmodel
    from dateline.learn.jsonl import read_lines

    model = pairmodel.PairModel(options.base)
    model.load_state_dict(base.mean(options.states))
    texts = [row["text"] for row in read_lines(Path(options.candidates))]
    sample = random.Random(options.seed).sample(texts, min(RANGED_ON, len(texts)))
    card = json.loads((options.target / "card.json").read_text("utf-8"))
    pairmodel.write(model, options.base, options.target, sample, card)
    return 0


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; see the module's docstring."""
    parser = argparse.ArgumentParser(prog="python -m dateline.learn.events")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check")
    checking.add_argument("files", nargs="*")
    for name in ("cv", "train", "candidates", "weigh"):
        command = commands.add_parser(name)
        command.add_argument("--data", nargs="+", default=["plv", "authored", "pairs", "aw", "cameo", "articles"])
        command.add_argument("--recipe", default="{}", help="JSON of Recipe fields")
        command.add_argument("--base", type=Path, help="folder of the base encoder; fetched if not given")
        command.add_argument("--shared", default=str(SHARED))
        command.add_argument("--candidates", default="work/candidates.jsonl")
        command.add_argument("--polnear", type=Path, help="polnear-train.jsonl.gz: the words of the readers' labels")
        command.add_argument("--reviewed", type=Path, help="labels of `dateline learn from-review`, added to the data")
        command.add_argument("--record", type=Path, help="the record that holds the words of --reviewed")
        command.add_argument("--threads", type=int, default=1)
        command.add_argument(
            "--out", default="", help="out-of-fold scores of candidates; weigh takes several, by commas"
        )
        command.add_argument(
            "--taught", nargs="*", type=Path, default=(), help="what teachers say (learn.teacher ask, cv --out)"
        )
        if name in ("train", "cv"):
            command.add_argument(
                "--teacher", action="store_true", help="a teacher: marks within the text; not exported"
            )
            command.add_argument("--start", type=Path, help="float weights to go on from, in place of the base encoder")
        if name == "train":
            command.add_argument("--target", default=str(Path(__file__).parents[1] / "data" / "models" / "events"))
            command.add_argument("--state", default="work/events.pt", help="where the float weights are kept")
            command.add_argument("--measured", default="{}", help="JSON of figures for the card")
        if name == "cv":
            command.add_argument("--state", default="", help="keep the float weights of the last fold here")
            command.add_argument("--folds", type=int, default=5)
            command.add_argument("--only", nargs="*", type=int, help="these folds only")
            command.add_argument("--parts", type=int, default=5, help="into how many parts the articles are shared out")
            command.add_argument("--scores", default="", help="keep the out-of-fold probabilities of plv-train here")
    mixing = commands.add_parser("mix")
    mixing.add_argument("states", nargs="+", type=Path, help="float weights of `train`")
    mixing.add_argument(
        "--candidates", default="work/candidates.jsonl", help="marked texts on which int8 takes its ranges"
    )
    mixing.add_argument("--target", type=Path, required=True, help="the folder of a model, whose card stays")
    mixing.add_argument("--seed", type=int, default=3)
    mixing.add_argument("--base", type=Path)
    averaging = commands.add_parser("average")
    averaging.add_argument("scores", nargs="+", help="files of cv --scores, one a seed")
    averaging.add_argument("--shared", default=str(SHARED))
    options = parser.parse_args(arguments)
    if options.command == "average":
        return average(options)
    if options.command == "check":
        return check(options.files)
    from dateline.learn.base import base_folder

    options.base = base_folder(options.base)
    return {"cv": cross_validate, "train": train, "candidates": write_candidates, "weigh": weigh, "mix": mix}[
        options.command
    ](options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
