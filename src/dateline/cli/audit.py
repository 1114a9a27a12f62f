"""The commands for the paper and its referees: methods, sample."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.options import RecordFile
from dateline.cli.terminal import say, table, told


class Of(StrEnum):
    """What can be sampled."""

    events = "events"
    statements = "statements"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: dateline methods my.record > methods.md")(methods)
    app.command(epilog="Example: dateline sample my.record -n 100 --to sheet.csv")(sample)


@told
def methods(
    file: RecordFile,
    settings: Annotated[
        Path | None,
        typer.Option("--settings", metavar="FILE", help="The settings file that was used, to name what differs."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write into this file, not to standard output.")
    ] = None,
) -> None:
    """Write the paragraph and tables that a paper needs, in Markdown: sources, counts, versions, settings, accuracy, frame."""
    from dateline.cli.terminal import printable
    from dateline.errors import UsageError
    from dateline.record import open_record
    from dateline.record.methods import sheet
    from dateline.settings import load

    with open_record(file) as record:
        text = printable(sheet(record.path, load(settings) if settings else None))
    if to is None:
        print(text, end="")
        return
    try:
        to.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{to}: cannot be written ({error.strerror or error})") from error
    say(f"methods: {to}")


@told
def sample(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A record, as `dateline code --to FILE` makes it; not with --score."),
    ] = None,
    n: Annotated[int, typer.Option("-n", "--number", min=1, metavar="N", help="Rows to draw.")] = 100,
    of: Annotated[Of, typer.Option("--of", help="What to draw.")] = Of.events,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="STRATUM", help="Stratify: type, quad, status, act, publisher, month, confidence."
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same rows.")] = 1,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="SHEET", help="The sheet: .csv, or .html to fill in a browser.")
    ] = None,
    score: Annotated[
        Path | None,
        typer.Option(
            "--score", metavar="SHEET", help="Read a filled CSV sheet: accuracy of each field, with intervals."
        ),
    ] = None,
) -> None:
    """Draw a random audit sheet of events or statements, with their words and blank columns; or score a filled one.

    In the blank columns write 1 (right) or 0 (wrong), and leave empty what was not judged.
    """
    from dateline.errors import UsageError
    from dateline.record import open_record
    from dateline.record import sample as work

    if score is not None:
        if file is not None or to is not None:
            raise UsageError("--score reads a sheet; it takes no record and no --to")
        scores = work.score(score)
        table(("field", "judged", "right", "accuracy", "95 % interval"), work.as_rows(scores))
        if not any(s.judged for s in scores):
            say("nothing is judged yet: write 1 or 0 into the columns that end in _ok")
        return
    if file is None or to is None:
        raise UsageError("sample takes a record and --to SHEET, or --score SHEET")
    with open_record(file) as record:
        drawn = work.draw(record.path, n, of.value, by, seed)
    work.write(drawn, to)
    say(f"{to}: {len(drawn.rows)} of {drawn.population} {of.value}, seed {seed}")
