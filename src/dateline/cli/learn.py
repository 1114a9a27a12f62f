"""`dateline learn`: what people said of the rows, made into what the trainings read."""

from __future__ import annotations

import json
import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.options import RecordFile
from dateline.cli.terminal import harmless_json, say, told

if TYPE_CHECKING:
    from dateline.learn.reviewed import Label

app = typer.Typer(
    help="Make labels for training out of what analysts judged (dateline desk, Review).",
    epilog="Example: dateline learn from-review my.record --to labels.jsonl",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class As(StrEnum):
    """The forms of what comes from review."""

    labels = "labels"
    pairs = "pairs"
    acts = "acts"


@app.callback()
def learn() -> None:
    """Make labels for training out of what analysts judged (dateline desk, Review)."""


@app.command("from-review", epilog="Example: dateline learn from-review my.record --to labels.jsonl")
@told
def from_review(
    file: RecordFile,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="OUT", help="Write into this file, not to standard output.")
    ] = None,
    form: Annotated[
        As,
        typer.Option(
            "--as",
            help="labels: offsets and classes, no text. pairs, acts: examples with their words, for one training each.",
        ),
    ] = As.labels,
    coder: Annotated[str | None, typer.Option("--coder", metavar="NAME", help="Only what this coder judged.")] = None,
) -> None:
    """Write what analysts accepted, corrected and rejected as labels for training: article ids, offsets and classes, no text."""
    from dateline.errors import UsageError
    from dateline.learn import reviewed
    from dateline.record import open_record

    with open_record(file) as record:
        made, gone = reviewed.labels(record.path, coder)
    rows = [reviewed.line(label) for label in made]
    if form is not As.labels:
        rows = list((reviewed.pairs if form is As.pairs else reviewed.acts)(made, file))
    text = "".join(harmless_json(json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)
    if to is None:
        sys.stdout.write(text)
    else:
        try:
            to.write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{to}: cannot be written ({error.strerror or error})") from error
    _tell(rows, made, gone, form)


def _tell(rows: list[dict[str, Any]], made: list[Label], gone: int, form: As) -> None:
    """Say what was written, and what was not and why."""
    what = "labels" if form is As.labels else f"{form.value} with words of the articles"
    counts = Counter(f"{label.kind} {label.verdict}" for label in made)
    say(
        f"{len(rows)} {what}; judged: {', '.join(f'{n} {name}' for name, n in sorted(counts.items())) or 'nothing yet'}"
    )
    disputed = sum(not label.agreed for label in made)
    if disputed:
        say(f"judged differently by coders: {disputed}; their labels say so, and no training reads them")
    unnamed = sum(not label.named for label in made)
    if unnamed:
        say(f"a party is not named near the words: {unnamed}; no training reads these")
    if gone:
        say(f"gone from the record since they were judged: {gone}")
