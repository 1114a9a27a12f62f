"""The commands that hand a record on, shorten it, or compare it: export, forget, diff."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.options import AsJson, RecordFile
from dateline.cli.terminal import harmless_json, printable, say, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.record.diff import Change


class Form(StrEnum):
    """The forms of an export."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    gdelt2 = "gdelt2"
    icews = "icews"
    polecat = "polecat"
    phoenix = "phoenix"
    acled = "acled"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: dateline export my.record --format csv --to my-tables")(export)
    app.command(epilog="Example: dateline forget my.record https://example.org/story")(forget)
    app.command(epilog="Example: dateline diff old.record new.record")(diff)


@contextlib.contextmanager
def _target(to: Path, form: str) -> Iterator[Path]:
    """Where an export is written: `to`, or for `-` a file that is handed to standard output once it is whole."""
    if str(to) != "-":
        yield to
        return
    from dateline.errors import UsageError

    if form in ("csv", "parquet"):
        raise UsageError(f"--to -: {form} is a folder with a file a table; name a folder")
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "export"
        yield whole
        with whole.open(encoding="utf-8-sig", newline="\n") as lines:
            for line in lines:
                if form == "jsonl":
                    line = harmless_json(line)
                elif sys.stdout.isatty():
                    line = printable(line)
                sys.stdout.write(line)


@told
def export(
    file: RecordFile,
    form: Annotated[
        Form,
        typer.Option(
            "--format", help="Whole codings, a file a table, or the form of another project (docs/exports.md)."
        ),
    ],
    to: Annotated[
        Path,
        typer.Option("--to", metavar="PATH", help="A file, or - for standard output; with csv and parquet a folder."),
    ],
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave the articles' words out; offsets and hashes stay.")
    ] = False,
    words: Annotated[
        int,
        typer.Option(
            "--words", min=0, metavar="N", help="With --no-text: keep the first N words of evidence and contents."
        ),
    ] = 0,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status", help="With the forms of others: events of this status; may be given again (default: actual)."
        ),
    ] = None,
    reviewed: Annotated[
        bool,
        typer.Option(
            "--reviewed", help="With the forms of others: as analysts corrected them, without what they rejected."
        ),
    ] = False,
) -> None:
    """Export a record: JSON lines of whole codings, CSV or Parquet (a file a table), or GDELT, ICEWS, POLECAT, Phoenix, ACLED."""
    from dateline.record import export as write
    from dateline.record import open_record

    with open_record(file) as record, _target(to, form.value) as target:
        files = write(
            record,
            form.value,
            target,
            text=not no_text,
            words=words,
            statuses=tuple(status or ("actual",)),
            reviewed=reviewed,
        )
        failed = sum(1 for problem in record.problems() if problem.article is None)
    for name, count in files.items():
        say(f"{'standard output' if target is not to else name}: {count} rows")
    for count, why in (
        (files.left.status, "events of another status (future, hypothetical, negated, historical; see --status)"),
        (files.left.rejected, "events that analysts rejected"),
        (files.left.undated, "events without any date"),
        (files.left.unmapped, f"events of a kind that {form.value} does not code"),
    ):
        if count:
            say(f"not in it: {count} {why}")
    if form is Form.jsonl and failed:
        say(f"{failed} problems of inputs without an article are not in it: dateline show {file} problems")


@told
def forget(
    file: RecordFile,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="An article (id or key), a source (path or URL) or a publisher.")
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove articles from a record for good, with all that hangs on them.

    Codings old and new, rows, full text, problems, judgements and comments go; what was joined across articles is joined
    anew; the words are not in the file any more.
    """
    from dateline.record import forget as work
    from dateline.record import open_record

    with open_record(file):
        pass  # brings an older record up to date, refuses what is none
    what = work.meant(file, name)
    for article, title in what.articles[:10]:
        say(f"{article.removeprefix('sha256:')[:12]}  {title}")
    if len(what.articles) > 10:
        say(f"and {len(what.articles) - 10} more")
    many = _count(len(what.articles), "article") if what.articles else _count(len(what.inputs), "input")
    if not yes and not _confirmed(f"Remove {many} ({what.how} '{name}') from {file} for good?"):
        say("nothing was removed")
        raise typer.Exit(1)
    removed = work.forget(file, what, _join)
    rows = ", ".join(f"{count} {kind}" for kind, count in removed.rows.items() if count)
    say(f"removed {many}" + (f" with {rows} rows" if rows else ""))


def _confirmed(question: str) -> bool:
    """Ask on standard error; only y or yes is yes, so that a script without an answer removes nothing."""
    say(f"{question} [y/N]")
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _join(path: Path) -> None:
    """Put in order what was joined with the articles that went."""
    from dateline.corroborate import join
    from dateline.record import open_record

    with open_record(path) as record:
        join(record, [])


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


@told
def diff(
    file: RecordFile,
    other: Annotated[
        Path | None, typer.Argument(metavar="OTHER", help="Another record: what changed from FILE to OTHER.")
    ] = None,
    revisions: Annotated[
        str | None,
        typer.Option(
            "--revisions", metavar="ARTICLE", help="The codings that this article of FILE has had, each with the next."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what changed between two versions of a coding, row by row: added, removed, changed fields."""
    from dateline.errors import UsageError
    from dateline.record import diff as work
    from dateline.record import open_record

    if (other is None) == (revisions is None):
        raise UsageError("diff takes two records, or one and --revisions ARTICLE")
    with open_record(file) as one:
        if other is not None:
            with open_record(other) as two:
                _print(work.between(one, two), as_json)
            return
        steps = list(work.revisions(one, one.find_article(revisions or "")))
        if not steps:
            say("the article has been coded once only")
        for before, after, changes in steps:
            say(f"from {before} to {after}")
            _print(changes, as_json)


def _print(changes: Iterable[Change], as_json: bool) -> None:
    import json

    from dateline.cli.terminal import table

    def lines() -> Iterable[tuple[str, ...]]:
        for change in changes:
            if change.what != "changed":
                yield (change.article[7:19], change.kind, change.what, change.row, "", "", "")
            for field, (before, after) in change.fields.items() if change.what == "changed" else ():
                yield (change.article[7:19], change.kind, "changed", change.row, field, _shown(before), _shown(after))

    if as_json:
        found = 0
        for found, change in enumerate(changes, 1):  # noqa: B007
            fields = {name: {"before": before, "after": after} for name, (before, after) in change.fields.items()}
            entry = {
                "article": change.article,
                "kind": change.kind,
                "what": change.what,
                "row": change.row,
                "fields": fields,
            }
            print(harmless_json(json.dumps(entry, ensure_ascii=False, default=str)))
    else:
        rows = list(lines())
        found = len(rows)
        if rows:
            table(("article", "kind", "what", "row", "field", "before", "after"), rows, ("row", "before", "after"))
    if not found:
        say("nothing changed")


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
