"""Predictions in the fixed forms of docs/evaluate.md, and the scorers' figures where gold is at hand.

A task takes its input exactly as it is, keeps the order and count of its rows, and never needs gold columns.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline import article, dates, events, language, places, read, statements
from dateline.errors import DataError, InputError, UsageError
from dateline.run import code_many
from dateline.settings import load

SCORERS = Path(__file__).with_name("scorers")
"""The scorers, one file a task, as the project's own copies."""


def run(
    task: str,
    source: str | Path,
    predictions: str | Path,
    gold: str | Path | None = None,
    spans: str | Path | None = None,
) -> str:
    """Predict on `source`, write `predictions`, and score them if `gold` is given.

    `spans` (task places only): JSONL of spans to resolve instead of finding them. Returns what the scorer printed, or
    "". Raises UsageError for an unknown task or a missing file, DataError for an input line of another form.
    """
    if task not in TASKS:
        raise UsageError(f"task '{task}' is unknown; the tasks are {', '.join(TASKS)}")
    if spans is not None and task != "places":
        raise UsageError(f"--spans goes with task places, not with {task}")
    for name, path in (("input", source), ("gold", gold), ("spans", spans)):
        if path is not None and not Path(path).exists():
            raise UsageError(f"{name} {path}: no such file or folder")
    target = Path(predictions)
    target.parent.mkdir(parents=True, exist_ok=True)
    if task == "places":
        _places(Path(source), target, Path(spans) if spans else None)
    else:
        TASKS[task](Path(source), target)
    return score(task, target, Path(gold)) if gold is not None else ""


def score(task: str, predictions: Path, gold: Path, *options: str) -> str:
    """What the task's scorer prints for the predictions. Raises UsageError with the scorer's own words if it fails."""
    scorer = str(SCORERS / f"eval_{SCORER_OF.get(task, task)}.py")
    if task == "dates":
        command = [scorer, str(predictions), str(gold)]
    elif task in ("records", "attribution"):
        command = [scorer, "--gold", str(gold), "--pred", str(predictions)]
    else:
        command = [scorer, str(predictions), "--gold", str(gold)]
    if task == "events" and "gold_binary" in gold.open(encoding="utf-8").readline():
        command.append("--binary")
    done = subprocess.run([sys.executable, *command, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        raise UsageError(f"scoring {predictions} against {gold} failed: {done.stderr.strip()[-500:]}")
    return done.stdout


def _lines(path: Path, needed: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file; DataError names the line that lacks a field."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise DataError(f"{path}:{number}: not JSON ({error})") from error
            missing = [name for name in needed if name not in row]
            if missing:
                raise DataError(f"{path}:{number}: lacks {', '.join(missing)}")
            yield row


def _write_lines(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _table(path: Path, needed: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a TSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t")
        missing = [name for name in needed if name not in (reader.fieldnames or ())]
        if missing:
            raise DataError(f"{path}:1: the header lacks {', '.join(missing)}")
        return list(reader)


def _write_table(path: Path, rows: list[dict[str, str]], added: Sequence[str], source: Path) -> None:
    with source.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file, delimiter="\t"))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*header, *added], delimiter="\t", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _attribution(source: Path, target: Path) -> None:
    parser = language.load(load()["language.pipeline"])

    def found(text: str) -> list[dict[str, Any]]:
        return statements.attribute([text], [parser.parse_text(text).spacy])[0]

    rows = list(_lines(source, ("id", "text")))
    _write_lines(target, ({"id": row["id"], "attributions": found(row["text"])} for row in rows))


def _events(source: Path, target: Path) -> None:
    rows = _table(source, ("marked_sentence",))
    for row, (root, quad) in zip(rows, events.classify_marked(rows), strict=True):
        row["predicted_root"], row["predicted_quad"] = root, str(quad)
    _write_table(target, rows, ("predicted_root", "predicted_quad"), source)


def _places(source: Path, target: Path, spans: Path | None) -> None:
    places.use(load()["places.gazetteer"])
    docs = {(d["corpus"], str(d["doc"])): d for d in _lines(source, ("corpus", "doc", "text"))}
    if spans is None:
        _write_lines(
            target,
            (
                {"corpus": d["corpus"], "doc": d["doc"], **found}
                for d in docs.values()
                for found in places.geoparse(d["text"], title=d.get("title"), domain=d.get("domain"))
            ),
        )
        return
    given = list(_lines(spans, ("corpus", "doc", "start", "end")))
    by_doc: dict[tuple[str, str], list[int]] = {}
    for i, row in enumerate(given):
        by_doc.setdefault((row["corpus"], str(row["doc"])), []).append(i)
    resolved: list[dict[str, Any]] = [{} for _ in given]
    for key, rows in by_doc.items():
        if key not in docs:
            raise DataError(f"{spans}: document {key[0]}/{key[1]} is not in {source}")
        doc = docs[key]
        stretches = [(given[i]["start"], given[i]["end"]) for i in rows]
        found = places.resolve_spans(doc["text"], stretches, title=doc.get("title"), domain=doc.get("domain"))
        for i, place in zip(rows, found, strict=True):
            resolved[i] = place
    _write_lines(
        target,
        (
            {**{k: row[k] for k in ("corpus", "doc", "start", "end")}, **place}
            for row, place in zip(given, resolved, strict=True)
        ),
    )


def _dates(source: Path, target: Path) -> None:
    rows = _table(source, ("expression", "sentence", "published", "anchor"))
    for row in rows:
        start, end = dates.resolve(row["expression"], row["sentence"], row["published"] or None, row["anchor"] or None)
        row["predicted_start"] = start.isoformat() if start else ""
        row["predicted_end"] = end.isoformat() if end else ""
    _write_table(target, rows, ("predicted_start", "predicted_end"), source)


def _articles(source: Path, target: Path) -> None:
    """Bodies of every length: the task scores what is found, not whether it is worth coding."""
    settings = load(article__min_words=1)
    bodies: dict[str, dict[str, str]] = {}
    files = [source] if source.is_file() else sorted(p for p in source.iterdir() if p.is_file())
    for file in files:
        name = file.name.split(".")[0]
        bodies[name] = {"articleBody": ""}
        for page in read.pages(str(file), settings):
            if isinstance(page, InputError):
                continue
            try:
                bodies[name] = {"articleBody": article.extract(page, settings)[0].text}
            except InputError:
                continue
    target.write_text(json.dumps(bodies, ensure_ascii=False), encoding="utf-8")


def _records(source: Path, target: Path) -> None:
    with target.open("w", encoding="utf-8") as file:
        for coding in code_many([source]):
            file.write(coding.to_json() + "\n")


TASKS: dict[str, Callable[[Path, Path], None]] = {
    "attribution": _attribution,
    "events": _events,
    "places": lambda source, target: _places(source, target, None),
    "dates": _dates,
    "articles": _articles,
    "records": _records,
}
"""What predicts, by the task's name."""

SCORER_OF = {"articles": "extraction"}
