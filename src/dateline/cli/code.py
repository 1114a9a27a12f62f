"""`dateline code`: sources → record, JSON lines, or codings to be read."""

from __future__ import annotations

import contextlib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from dateline.cli.terminal import console, harmless_json, one_line, say
from dateline.language.spare import spare
from dateline.model import Coding
from dateline.read.files import shown
from dateline.record import Record, open_record
from dateline.settings import Settings, load

ROW_KINDS = ("actors", "places", "dates", "statements", "events", "talks", "problems")
"""What counts as a row in "rows per second"."""

JOINED_AT_ONCE = 100
"""Articles between two joins of a run: a reader beside it sees events across articles soon, and joins cost little."""


def run(
    sources: list[str],
    to: Path | None,
    as_json: bool,
    jobs: int | None,
    min_confidence: float | None,
    settings_file: Path | None,
    published: str | None,
    codebook: Path | None = None,
) -> int:
    """Code the sources; gives the exit code. Standard output gets JSON lines or codings, all else goes to stderr."""
    settings = _settings(settings_file, min_confidence, codebook)
    spare(settings["language.pipeline"])
    from dateline.corroborate import join
    from dateline.run import code_many

    output = sys.stdout
    tally = Tally()
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(sys.stderr))  # a library that prints must not end up in the JSON
        codings = code_many(sources, jobs, settings, published)
        if close := getattr(codings, "close", None):
            stack.callback(close)  # ends the worker processes
        record = stack.enter_context(open_record(to, create=True)) if to else None
        job = record.start_run(f"code {' '.join(map(shown, sources))}") if record else ""
        fresh: list[str] = []  # articles written and not joined yet; those of a killed run are joined by the next
        try:
            for coding in _watched(codings, tally, quiet=output.isatty() and (as_json or to is None)):
                if record:
                    outcome = record.write(coding, job)
                    tally.outcomes[outcome] += 1
                    if outcome in ("added", "replaced"):
                        fresh.append(coding.article.id)
                    if len(fresh) >= JOINED_AT_ONCE:
                        join(record, fresh)
                        fresh.clear()
                _hand_out(coding, output, as_json, to)
                if not coding.article.text:
                    for problem in coding.problems:
                        say(f"{coding.article.source}: not coded: {problem.message}")
            if record:
                join(record, fresh)
                record.finish_run(job)
        except KeyboardInterrupt:
            tally.interrupted = True
        _summarise(tally, to, record)
    if tally.interrupted:
        return 130
    if not tally.read:
        say(f"dateline: no article in {', '.join(map(shown, sources))}")
        return 1
    return 1 if tally.failed else 0


class Tally:
    """What a run has done so far."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.read = 0
        self.failed = 0
        self.interrupted = False
        self.rows: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()

    def add(self, coding: Coding) -> None:
        """Count one coding."""
        self.read += 1
        self.failed += not coding.article.text
        self.rows.update({kind: len(getattr(coding, kind)) for kind in ROW_KINDS})

    @property
    def coded(self) -> int:
        return self.read - self.failed

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started


def _settings(file: Path | None, min_confidence: float | None, codebook: Path | None) -> Settings:
    overrides: dict[str, Any] = {}
    if min_confidence is not None:
        # Every room that has such a threshold takes it from here.
        named = [name for name in load(file).values if name.endswith(".min_confidence")]
        overrides = {name.replace(".", "__"): min_confidence for name in named}
    if codebook is not None:
        from dateline.events import own

        own.use(codebook)  # a fault in it is told before anything is coded
        overrides["events__codebook"] = str(codebook.absolute())
    return load(file, **overrides)


def _hand_out(coding: Coding, output: TextIO, as_json: bool, to: Path | None) -> None:
    if as_json:
        # Bytes, so that the lines are UTF-8 and end in a line feed on every system.
        output.flush()
        output.buffer.write(harmless_json(coding.to_json()).encode("utf-8") + b"\n")
        output.buffer.flush()
    elif to is None:
        from dateline.cli.margin import show

        with contextlib.redirect_stdout(output):
            show(coding)


def _watched(codings: Iterator[Coding], tally: Tally, quiet: bool) -> Iterator[Coding]:
    """The codings, counted, with a progress bar on standard error where that is a terminal.

    `quiet`: the results themselves go to the terminal, where a bar would run through them.
    """
    screen = console(stderr=True)
    if quiet or not screen.is_terminal:
        for coding in codings:
            tally.add(coding)
            yield coding
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    bar = Progress(
        SpinnerColumn(), BarColumn(bar_width=20), TextColumn("{task.fields[counts]}", markup=False),
        TimeElapsedColumn(), TextColumn("{task.fields[source]}", markup=False, table_column=Column(no_wrap=True)),
        console=screen, transient=True, redirect_stdout=False, redirect_stderr=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task("", total=None, counts="loading models", source="")
        for coding in codings:
            tally.add(coding)
            counts = f"{tally.coded} articles, {tally.rows['statements']} statements, {tally.rows['events']} events"
            bar.update(task, counts=counts, source=one_line(coding.article.source)[-40:])
            yield coding


def _summarise(tally: Tally, to: Path | None, record: Record | None) -> None:
    rows = sum(tally.rows.values())
    counts = [_count(tally.rows[kind], kind) for kind in ("statements", "events", "talks", "problems")]
    failed = f", {_count(tally.failed, 'inputs')} failed" if tally.failed else ""
    begun = "interrupted: " if tally.interrupted else ""
    say(
        f"{begun}{_count(tally.coded, 'articles')} coded{failed}: {', '.join(counts)}; {rows} rows in {tally.seconds:.1f} s "
        f"({rows / max(tally.seconds, 0.001):.0f} rows/s)"
    )
    if record:
        done = ", ".join(f"{tally.outcomes[name]} {name}" for name in ("added", "replaced", "unchanged"))
        say(f"{to}: {done}; look with: dateline show {to}")
        if tally.outcomes["replaced"] and to:
            from dateline.cli.join import told_orphans
            from dateline.record.review import orphans

            told_orphans(orphans(record.path), to)


def _count(number: int, plural: str) -> str:
    return f"{number} {plural if number != 1 or plural == 'talks' else plural[:-1]}"
