"""`dateline actors merge`, `split`, `undo`, `merges`: who is one actor across the articles of a record, and who is not."""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.options import AsJson, RecordFile
from dateline.cli.terminal import harmless_json, say, table, told
from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.record.review import Identity

By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who signs the change; your login name if not given.")
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why; kept with the change.")]

WHO = "A key, the id of an actor's row, or a name (in part if it is only one's)."


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        epilog='Example: dateline actors merge my.record "Chris Harman" "harman|USA" --reason "the same analyst"'
    )(merge)
    app.command(epilog='Example: dateline actors split my.record "smith|USA" --article 3f2a9c --as "jane smith|USA"')(
        split
    )
    app.command(epilog="Example: dateline actors undo my.record identity-5c1d")(undo)
    app.command(epilog="Example: dateline actors merges my.record --all")(merges)


@told
def merge(
    file: RecordFile,
    first: Annotated[str, typer.Argument(metavar="A", help=f"Who is read as B from now on. {WHO}")],
    second: Annotated[str, typer.Argument(metavar="B", help="Whom A is: the same ways.")],
    reason: Reason = None,
    by: By = None,
) -> None:
    """Make two actors one: A is read as B in every article, also in those that come later. No row of a coding is changed."""
    from dateline.record import open_record, review
    from dateline.record.identity import meant

    with open_record(file) as record:
        one, other = meant(record.path, first), meant(record.path, second)
        change = review.merge(record.path, one.key, other.key, _signed(by), reason)
    say(f"{one} is now read as {other}")
    _rejoin(file, change)


@told
def split(
    file: RecordFile,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help=f"{WHO} Also its id in the article, like a3.")],
    article: Annotated[
        str, typer.Option("--article", metavar="ID", help="Where it is another: id, its beginning, key or source.")
    ],
    into: Annotated[
        str, typer.Option("--as", metavar="KEY", help="Who it is there: the key of another actor, or a new key.")
    ],
    reason: Reason = None,
    by: By = None,
) -> None:
    """Part an actor: in one article it is another one than elsewhere. No row of a coding is changed."""
    from dateline.record import open_record, review
    from dateline.record.identity import known, meant

    with open_record(file) as record:
        where = record.find_article(article)
        one = meant(record.path, actor, where)
        what = "read as" if known(record.path, into.strip()) else "an actor of its own,"
        change = review.split(record.path, one.key, where, into, _signed(by), reason)
    say(f"{one.key} is now {what} {into.strip()} in article {where}")
    _rejoin(file, change)


@told
def undo(
    file: RecordFile,
    change: Annotated[
        str, typer.Argument(metavar="CHANGE", help="The id of a change, or its beginning, as `actors merges` shows it.")
    ],
    by: By = None,
) -> None:
    """Take back a merge or a split. It stays listed, with who took it back and when."""
    from dateline.record import open_record, review

    with open_record(file) as record:
        fitting = [c for c in review.identities(record.path) if change and c.id.removeprefix("identity-").startswith(
            change.removeprefix("identity-"))]  # fmt: skip
        if len(fitting) != 1:
            many = f"{len(fitting)} changes begin" if fitting else "no change that stands begins"
            raise UsageError(f"{file}: {many} with '{change}'; `dateline actors merges {file}` lists them")
        review.undo_identity(record.path, fitting[0].id, _signed(by))
    say(f"taken back: {_sentence(fitting[0])}")
    _rejoin(file, None)


@told
def merges(
    file: RecordFile,
    every: Annotated[bool, typer.Option("--all", help="Also those taken back.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the merges and splits, the oldest first: who is read as whom, by whom, when and why."""
    from dateline.record import open_record, review

    with open_record(file) as record:
        found = review.identities(record.path, standing=not every)
    if as_json:
        for one in found:
            print(harmless_json(json.dumps(asdict(one), ensure_ascii=False)))
        return
    if not found:
        say("no actors were merged or split")
        return
    undone = ("taken back", "by whom") if every else ()
    table(
        ("change", "act", "actor", "read as", "article", "reason", "by", "made", *undone),
        (
            (c.id, c.act, c.key, c.into_key, c.article, c.reason, c.coder, c.made, *((c.undone, c.undone_by) if every else ()))
            for c in found
        ),
        ("actor", "read as", "reason"),
    )  # fmt: skip


def _sentence(change: Identity) -> str:
    return f"{change.key} read as {change.into_key}" + (f" in article {change.article}" if change.article else "")


def _signed(by: str | None) -> str:
    """The name that signs. Raises UsageError where the system tells none."""
    if by is not None:
        return by
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("the system tells no login name; sign with --by NAME") from error


def _rejoin(file: Path, change: str | None) -> None:
    if change is not None:
        say(f"to take it back: dateline actors undo {file} {change}")
    say(f"events, rounds and pledges across articles follow with: dateline join {file}")
