"""The commands, each a few lines over a public function."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli import actors, audit, dyads, learn, places, share
from dateline.cli.options import RecordFile
from dateline.cli.terminal import say, told
from dateline.version import __version__

app = typer.Typer(
    name="dateline",
    help="From news pages to a record of who said and did what to whom, each row leading back to its words.",
    epilog="Example: dateline code pages/ --to my.record",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(actors.app, name="actors")
app.add_typer(places.app, name="places")
app.add_typer(learn.app, name="learn")


class What(StrEnum):
    """What `show` can show."""

    articles = "articles"
    article = "article"
    statements = "statements"
    events = "events"
    talks = "talks"
    actors = "actors"
    problems = "problems"
    runs = "runs"
    reviews = "reviews"


def _version(wanted: bool) -> None:
    if wanted:
        print(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def dateline(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """From news pages to a record of who said and did what to whom, each row leading back to its words."""


@app.command(epilog="Example: dateline code pages/ feed.xml https://example.org/story --to my.record --jobs 2")
@told
def code(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCES",
            help="Files, folders, globs, http(s) URLs, feeds, tables (JSONL), or - for standard input.",
        ),
    ],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="The record to write into; made if it is not there.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON line an article to standard output, in input order.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, metavar="N", help="Worker processes (default: setting run.jobs).")
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            "--min-confidence", min=0.0, max=1.0, metavar="X", help="Leave out events less certain than this."
        ),
    ] = None,
    settings: Annotated[
        Path | None, typer.Option("--settings", metavar="FILE", help="A settings file (TOML); see `dateline settings`.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            "--published", metavar="DATE", help="The date of every article, like 2025-11-08, in place of the page's."
        ),
    ] = None,
    codebook: Annotated[
        Path | None,
        typer.Option(
            "--codebook", metavar="FILE", help="A codebook of your own, as `dateline codebook learn` makes it."
        ),
    ] = None,
) -> None:
    """Code news pages: who said and did what to whom, when and where.

    Without --to and --json the codings are printed to be read. Exit codes: 0 all coded, 1 an input failed (the others
    are written), 2 wrong usage.
    """
    from dateline.cli.code import run

    raise typer.Exit(run(sources, to, as_json, jobs, min_confidence, settings, published, codebook))


@app.command(epilog="Example: dateline show my.record events --type ACCUSE --actor PAK --since 2025-11-01")
@told
def show(
    file: RecordFile,
    what: Annotated[What | None, typer.Argument(help="What to show; without it, an overview.")] = None,
    name: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="With `article`: its id, the beginning of it, its key or its source."),
    ] = None,
    type_: Annotated[str | None, typer.Option("--type", help="Events: one of the 16 types.")] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", help="Events: who did it. Actors: who. A country code or part of a name.")
    ] = None,
    recipient: Annotated[str | None, typer.Option("--recipient", help="Events: to whom.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="Events: actual, future, hypothetical, …")] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", help="Statements: who spoke.")] = None,
    act: Annotated[str | None, typer.Option("--act", help="Statements: what the speech does, a type or STATE.")] = None,
    party: Annotated[str | None, typer.Option("--party", help="Talks: one of the sides.")] = None,
    mediator: Annotated[str | None, typer.Option("--mediator", help="Talks: who mediated.")] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help="Talks: none, agreement, partial, …")] = None,
    country: Annotated[str | None, typer.Option("--country", help="Events: where. Actors: whose.")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Articles: who published it.")] = None,
    stage: Annotated[str | None, typer.Option("--stage", help="Problems: the room that met it.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="Words of the article, statement or evidence.")] = None,
    article: Annotated[
        str | None, typer.Option("--article", help="Rows of one article: its id, key or source.")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to this day.")] = None,
    min_confidence: Annotated[
        float | None, typer.Option("--min-confidence", metavar="X", help="Statements, events: at least this certain.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, metavar="N", help="Rows at most; 0 for all.")] = 50,
) -> None:
    """Show a record as a table, or one article as its text with the coding in the margin.

    In a pipe the table is tab-separated lines.
    """
    from dateline.cli.show import run

    given = {
        "type": type_, "actor": actor, "recipient": recipient, "status": status, "speaker": speaker, "act": act,
        "party": party, "mediator": mediator, "outcome": outcome, "country": country, "publisher": publisher,
        "stage": stage, "text": text, "article": article, "since": since, "until": until,
        "min_confidence": min_confidence,
    }  # fmt: skip
    run(file, what.value if what else None, name, {k: v for k, v in given.items() if v is not None}, limit)


Port = Annotated[int | None, typer.Option("--port", min=0, max=65535, metavar="N", help="Where it answers.")]
Host = Annotated[
    str, typer.Option("--host", metavar="H", help="The address to listen on; beyond loopback a token is needed.")
]
Names = Annotated[
    list[str] | None, typer.Option("--name", metavar="NAME", help="A host name under which others know this machine.")
]
ReadOnly = Annotated[bool, typer.Option("--read-only", help="Nothing can be added, reviewed or commented.")]


@app.command(epilog="Example: dateline serve my.record --port 8765")
@told
def serve(
    file: RecordFile, port: Port = None, host: Host = "127.0.0.1", name: Names = None, read_only: ReadOnly = False
) -> None:
    """Show a record in a browser: serve its pages on this machine (docs/desk.md). Opens no browser."""
    from dateline.cli.desk import run

    run(file, port, host, name or [], read_only, browser=False)


@app.command(epilog="Example: dateline desk my.record")
@told
def desk(
    file: RecordFile, port: Port = None, host: Host = "127.0.0.1", name: Names = None, read_only: ReadOnly = False
) -> None:
    """Like `serve`, and open the pages in the browser."""
    from dateline.cli.desk import run

    run(file, port, host, name or [], read_only, browser=True)


@app.command(epilog="Example: dateline join my.record")
@told
def join(
    file: RecordFile,
    new_only: Annotated[
        bool, typer.Option("--new", help="Only what came in since the last join, not the whole record anew.")
    ] = False,
) -> None:
    """Join reports of the same event, talks into rounds, positions and pledges across articles.

    `dateline code --to FILE` does so as it goes; this does it again, as after a merge of actors or a new version.
    """
    from dateline.cli.join import run

    run(file, new_only)


@app.command(epilog="Example: dateline evaluate dates dates.tsv --predictions out.tsv --gold dates.tsv")
@told
def evaluate(
    task: Annotated[str, typer.Argument(help="attribution, events, places, dates, articles or records.")],
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="The texts in the task's form (docs/commands.md).")],
    predictions: Annotated[Path, typer.Option("--predictions", metavar="FILE", help="Where the predictions go.")],
    gold: Annotated[Path | None, typer.Option("--gold", metavar="GOLD", help="Score against this.")] = None,
    spans: Annotated[
        Path | None, typer.Option("--spans", metavar="FILE", help="Task places: resolve these spans, find none.")
    ] = None,
) -> None:
    """Predict on given texts exactly as they are, and score the predictions where gold is at hand."""
    import contextlib
    import sys

    from dateline.learn import evaluate as learn

    with contextlib.redirect_stdout(sys.stderr):  # standard output is for the figures
        figures = learn.run(task, source, predictions, gold, spans)
    if figures:
        print(figures.rstrip("\n"))
    say(f"predictions: {predictions}")


@app.command(
    epilog="Example: dateline train attribution --data polnear-train.jsonl.gz --out models",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
@told
def train(
    context: typer.Context, task: Annotated[str, typer.Argument(help="attribution, statements or events.")]
) -> None:
    """Train a model again; what follows TASK goes to its script (`dateline train TASK -- --help`). Needs the extra `learn`."""
    from dateline.cli.train import train as run

    run(task, context.args)


@app.command(epilog="Example: dateline codebook ASSAULT")
@told
def codebook(
    type_: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="One type or context, or `learn`; without it, all in short."),
    ] = None,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="With `learn`: your codebook (TOML, docs/codebook.md).")
    ] = None,
    own: Annotated[
        Path | None,
        typer.Option("--codebook", metavar="FILE", help="Print a codebook of your own, written or learned."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="With `learn`: where it goes (default: beside FILE).")
    ] = None,
) -> None:
    """Print the codebook: the event types with their modes, scores, definitions and examples, and the contexts.

    `dateline codebook learn FILE` learns one of your own from its examples, for `dateline code --codebook`.
    """
    if type_ == "learn" or file is not None or to is not None:
        from dateline.cli.codebook import learn

        learn(type_, file, to)
    elif own is not None:
        from dateline.cli.codebook import show as show_own

        show_own(own, type_)
    else:
        from dateline.cli.about import print_codebook

        print_codebook(type_)


@app.command(epilog="Example: dateline settings > my-settings.toml")
@told
def settings(
    file: Annotated[
        Path | None, typer.Option("--settings", metavar="FILE", help="Show the values in force with this file.")
    ] = None,
) -> None:
    """Print every setting with its value and a sentence, as TOML that can serve as a settings file."""
    from dateline.cli.about import print_settings

    print_settings(file)


@app.command(epilog="Example: dateline doctor")
@told
def doctor() -> None:
    """Check the installation: versions, pipeline, models, gazetteer, and a sample coded from end to end."""
    from dateline.cli.about import examine

    raise typer.Exit(examine())


for group in (share, dyads, audit):
    group.register(app)
