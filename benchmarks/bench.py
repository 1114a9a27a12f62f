"""All figures that Dateline reports about itself, in one table.

usage: bench.py [--shared DIR] [--only TASK ...] [--record] [--bootstrap N]

Runs `dateline evaluate` for each task on the development data in SHARED/data, scores with the project's own copies of
the scorers, and measures speed as a ratio to bare spaCy on the same texts in the same process. Figures of weights on the
very data they were trained on are not run: plv-train and aw-train are scored by cross-validation when the model is
trained (its card holds the figures). --record appends the table to RESULTS.md with date and commit.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import io
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
Row = tuple[str, str, str, str]
"""Task, data, measure, figure."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--only", nargs="*", choices=sorted(BENCHES), default=None)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--bootstrap", type=int, default=200, help="draws for the intervals of the records figures")
    options = parser.parse_args()
    data = options.shared / "data"
    if not data.is_dir():
        sys.exit(f"{data}: not there; give the folder of the development data with --shared")
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, bench in BENCHES.items():
            if options.only is None or name in options.only:
                print(f"{name} ...", file=sys.stderr, flush=True)
                rows += bench(data, Path(scratch), options.bootstrap)
    table = "\n".join(
        ["| task | data | measure | figure |", "|---|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    )
    print(table)
    if options.record:
        record(table, options.only)


def record(table: str, only: list[str] | None) -> None:
    """Append the table to RESULTS.md under date and commit."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=HERE
    ).stdout.strip()
    dirty = subprocess.run(
        ["git", "status", "--porcelain", "src"], capture_output=True, text=True, cwd=HERE.parent
    ).stdout
    heading = f"## {datetime.date.today()} · commit {commit}{' + uncommitted changes in src' if dirty.strip() else ''}"
    command = "`make bench`" if only is None else f"`benchmarks/bench.py --only {' '.join(only)}`"
    with (HERE / "RESULTS.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{heading}\nBy {command}.\n\n{table}\n")


def attribution(data: Path, scratch: Path, _: int) -> Iterator[Row]:
    """PolNeAR dev: who said what."""
    from dateline.learn import evaluate

    gold, out, figures = data / "attribution/polnear-dev.jsonl", scratch / "a.jsonl", scratch / "a.json"
    evaluate.run("attribution", gold, out)
    evaluate.score("attribution", out, gold, "--json", str(figures))
    yield from (
        ("attribution", "PolNeAR dev", *figure) for figure in _attribution_figures(json.loads(figures.read_text()))
    )


def _attribution_figures(found: dict) -> Iterator[tuple[str, str]]:
    for part in ("all", "quoted"):
        block = found[part]
        yield f"joint F1, {part}", _f(block["att_joint"]["f1"])
        yield f"match F1, {part}", _f(block["att_match"]["f1"])
        yield f"content token F1, {part}", _f(block["tok_content"]["f1"])
        yield f"source-any of matched, {part}", _f(block["src_any"])
    yield "recall of indirect", _f(found["by_type"]["indirect"]["recall"])
    for role in ("source", "cue", "content"):
        yield f"exact span F1, {role}", _f(found["all"][f"span_{role}"]["f1"])


def dates(data: Path, scratch: Path, _: int) -> Iterator[Row]:
    """Date expressions in sentences."""
    from dateline.learn import evaluate

    gold, out = data / "dates/dev.tsv", scratch / "d.tsv"
    share = float(evaluate.run("dates", gold, out, gold=gold))
    count = len(gold.read_text(encoding="utf-8").splitlines()) - 1
    yield "dates", "dev", "exact", f"{round(share * count)} of {count}"


def articles(data: Path, scratch: Path, _: int) -> Iterator[Row]:
    """Article bodies from HTML and from flattened text."""
    from dateline.learn import evaluate

    gold, out, figures = data / "extraction/ground-truth.json", scratch / "x.json", scratch / "xf.json"
    for folder, label in (("pages", "HTML"), ("flattened", "flattened")):
        evaluate.run("articles", data / "extraction" / folder, out)
        evaluate.score("articles", out, gold, "--json", str(figures))
        found = json.loads(figures.read_text())
        for measure in ("precision", "recall", "f1", "exact"):
            yield "articles", label, measure, _f(found[measure])


def places(data: Path, scratch: Path, _: int) -> Iterator[Row]:
    """Toponyms found and resolved."""
    from dateline.learn import evaluate

    docs, gold = data / "places/docs.jsonl", data / "places/gold.jsonl"
    out, figures = scratch / "p.jsonl", scratch / "p.json"
    for label, spans, match in (("spans given", gold, "exact"), ("end to end", None, "overlap")):
        evaluate.run("places", docs, out, spans=spans)
        evaluate.score("places", out, gold, "--match", match, "--json", str(figures))
        for corpus, found in json.loads(figures.read_text()).items():
            measures = ["acc161_all", "country_all"] + (["found", "precision"] if spans is None else [])
            for measure in measures:
                yield "places", f"{corpus}, {label}", measure, _f(found[measure])


def records(data: Path, scratch: Path, draws: int) -> Iterator[Row]:
    """Whole records against two independent codings, with bootstrap intervals over the articles."""
    from dateline.learn import evaluate

    out, figures, ids = scratch / "r.jsonl", scratch / "r.json", scratch / "ids"
    evaluate.run("records", data / "records/pages", out)
    for folder in ("gold", "gold_second"):
        gold = data / "records" / folder
        evaluate.score("records", out, gold, "--json", str(figures))
        whole = json.loads(figures.read_text())
        names = sorted(p.stem for p in gold.glob("*.json"))
        spread = _bootstrap(names, draws, partial(_rescored, out, gold, figures, ids))
        for measure, value in whole.items():
            low, high = spread[measure]
            yield "records", folder, measure, f"{_f(value)} [{_f(low)}, {_f(high)}]"


def _rescored(out: Path, gold: Path, figures: Path, scratch: Path, chosen: list[str]) -> dict[str, float]:
    """The scorer on a sample of articles with repetition: copies under new names."""
    from dateline.learn.scorers import eval_records

    folder = scratch
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    codings = {}
    for line in out.read_text(encoding="utf-8").splitlines():
        coding = json.loads(line)
        source = Path(coding["article"]["source"]).name.split(".")[0]
        codings[coding["article"]["key"] or source] = coding
        codings.setdefault(source, coding)
    lines = []
    for n, name in enumerate(chosen):
        (folder / f"{name}-{n}.json").write_text((gold / f"{name}.json").read_text(encoding="utf-8"), encoding="utf-8")
        if name in codings:
            coding = json.loads(json.dumps(codings[name]))
            coding["article"]["key"] = f"{name}-{n}"
            lines.append(json.dumps(coding))
    sample = folder.with_suffix(".jsonl")
    sample.write_text("\n".join(lines), encoding="utf-8")
    argv = sys.argv
    try:
        sys.argv = ["eval_records", "--gold", str(folder), "--pred", str(sample), "--json", str(figures)]
        with contextlib.redirect_stdout(io.StringIO()):
            eval_records.main()
    finally:
        sys.argv = argv
    return json.loads(figures.read_text())


def _bootstrap(
    names: list[str], draws: int, figure: Callable[[list[str]], dict[str, float]]
) -> dict[str, tuple[float, float]]:
    """95 % intervals by resampling articles; seed fixed."""
    chance = random.Random(20261124)
    found = [figure(chance.choices(names, k=len(names))) for _ in range(draws)]
    spread = {}
    for measure in found[0]:
        values = sorted(f[measure] for f in found)
        spread[measure] = (values[int(0.025 * draws)], values[min(draws - 1, int(0.975 * draws))])
    return spread


def speed(data: Path, _scratch: Path, _: int) -> Iterator[Row]:
    """CPU seconds of the stages as a share of the bare spaCy parse of the same texts, one process, one run."""
    import os

    os.environ["OMP_NUM_THREADS"] = "1"
    from dateline import actors, article, dates, events, language, statements
    from dateline.model import Page
    from dateline.run import Coder
    from dateline.settings import load

    lines = (data / "attribution/polnear-dev.jsonl").read_text(encoding="utf-8").splitlines()[:40]
    texts = [json.loads(line)["text"] for line in lines]
    coder, settings = Coder(), load()
    coder.warm()
    nlp = language.load(settings["language.pipeline"]).nlp
    clean = [article.extract(Page(str(i), text), settings)[0] for i, text in enumerate(texts)]
    said = []
    for one in clean:
        doc = language.load().parse(one)
        when = dates.find(doc)
        found, who, _ = statements.find(doc, actors.find(doc), when)
        said.append((doc, who, (), when, found, settings))
    spent = dict.fromkeys(("spacy", "coding", "quotes", "events"), 0.0)
    # each article goes through all of them in turn, so that a busy minute slows all alike
    for one, read in zip(clean, said, strict=True):
        spent["spacy"] += _cpu(partial(nlp, one.text))
        spent["coding"] += _cpu(partial(coder.code_article, one))
        spent["quotes"] += _cpu(partial(statements.attribute, [one.text], [read[0].spacy]))
        spent["events"] += _cpu(partial(events.find, *read))
    for measure, share in (
        ("whole coding, docs per CPU-s against bare spaCy", spent["spacy"] / spent["coding"]),
        ("attribution alone, CPU against bare spaCy", spent["quotes"] / spent["spacy"]),
        ("all event stages, CPU against bare spaCy", spent["events"] / spent["spacy"]),
    ):
        yield "speed", "PolNeAR dev, 40 articles", measure, f"{share:.2f}"
    cold = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import dateline"], capture_output=True, text=True, check=True
    ).stderr
    total = re.findall(r"\|\s+(\d+) \|\s+dateline$", cold, re.M)
    yield "speed", "import dateline", "seconds", f"{int(total[-1]) / 1e6:.3f}" if total else "?"


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _f(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


BENCHES: dict[str, Callable[[Path, Path, int], Iterator[Row]]] = {
    "attribution": attribution,
    "dates": dates,
    "articles": articles,
    "places": places,
    "records": records,
    "speed": speed,
}

if __name__ == "__main__":
    main()
