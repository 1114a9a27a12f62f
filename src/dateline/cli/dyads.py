"""The commands that show a record over time: dyad, timeline, talks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.options import AsJson, RecordFile, Since, Until
from dateline.cli.terminal import console, harmless_json, printable, say, table, told

if TYPE_CHECKING:
    from dateline.record import Record
    from dateline.record.across import ProcessRow, RoundRow

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")

QUADS_FIT = 150
"""Columns of a terminal in which the counts of the quad classes have room beside the others without breaking their names."""


class Step(StrEnum):
    """The periods of a series."""

    week = "week"
    month = "month"
    year = "year"


Plot = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Also draw the bars into this .svg or .png file.")
]
Statuses = Annotated[
    list[str] | None, typer.Option("--status", help="Events of this status; may be given again (default: actual).")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(epilog="Example: dateline dyad my.record PAK AFG --by month --plot dyad.svg")(dyad)
    app.command(epilog="Example: dateline timeline my.record --actor PAK --since 2025-10-01")(timeline)
    app.command(epilog="Example: dateline talks my.record --party AFG")(talks)


@told
def dyad(
    file: RecordFile,
    first: Annotated[
        str, typer.Argument(metavar="A", help="A country code, a key, an abbreviation or part of a name.")
    ],
    second: Annotated[str, typer.Argument(metavar="B", help="The other side.")],
    by: Annotated[Step, typer.Option("--by", help="The periods.")] = Step.month,
    since: Since = None,
    until: Until = None,
    status: Statuses = None,
    plot: Plot = None,
    as_json: AsJson = False,
) -> None:
    """Count what passes between two sides, by week, month or year: direction, quad classes, mean score, independent texts.

    Each event counts once, however many articles tell it. In a terminal the counts are also drawn as bars.
    """
    from dateline.record import open_record
    from dateline.record.series import period_record

    _picture(plot)
    with open_record(file) as record:
        found = record.dyad(first, second, since=since, until=until, statuses=_statuses(status))
        series = list(found.series(by.value))
        undated = found.undated
        name = f"{found.first.name} – {found.second.name}"
    if as_json:
        _lines(period_record(p) for p in series)
    else:
        labels, stacks = [p.label for p in series], {q: [p.quads.get(q, 0) for p in series] for q in QUADS}
        _bars(labels, stacks)
        screen = console()
        quads = () if screen.is_terminal and screen.width < QUADS_FIT else QUADS  # the bars above show them too
        table(
            (by.value, "events", f"{first}→{second}", f"{second}→{first}", "both", *quads, "score", "reports", "texts", "independent"),
            (
                (p.label, p.events, p.forth, p.back, p.mutual, *(p.quads.get(q, 0) for q in quads), _two(p.score), p.reports,
                 p.texts, _two(p.independent))
                for p in series
            ),
        )  # fmt: skip
    if plot:
        _draw(plot, f"{name}, events by {by.value}", [p.label for p in series],
              {q: [p.quads.get(q, 0) for p in series] for q in QUADS}, [p.score for p in series])  # fmt: skip
    if undated:
        say(f"{undated} events without a date are in no {by.value}")
    if not series:
        say(f"no dated events between '{first}' and '{second}'")


@told
def timeline(
    file: RecordFile,
    actor: Annotated[
        str | None, typer.Option("--actor", help="What this one takes part in: a code, a key, part of a name.")
    ] = None,
    type_: Annotated[
        str | None, typer.Option("--type", help="Events of one of the 16 types; leaves the talks out.")
    ] = None,
    since: Since = None,
    until: Until = None,
    status: Statuses = None,
    by: Annotated[Step, typer.Option("--by", help="The periods of the bars.")] = Step.month,
    plot: Plot = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, metavar="N", help="Rows at most, the latest; 0 for all.")
    ] = 50,
    as_json: AsJson = False,
) -> None:
    """Show the record as a chronicle: events and rounds of talks in the order of their days, each once."""
    from dateline.record import open_record
    from dateline.record.timeline import counted

    _picture(plot)
    with open_record(file) as record:
        found = record.timeline(actor=actor, type=type_, since=since, until=until, statuses=_statuses(status))
    counts = counted(found, by.value)
    labels, stacks = list(counts), {q: [c.get(q, 0) for c in counts.values()] for q in (*QUADS, "unknown")}
    dated = [e for e in found.rows if e.day]
    entries = (dated or found.rows)[-limit:] if 0 < limit < len(found.rows) else found.rows
    if as_json:
        _lines(found.flat(entry) for entry in entries)
    else:
        _bars(labels, stacks)
        rows = (
            (_days(e.day, e.end), e.what, e.who, e.whom, e.place, f"{e.reports}/{e.texts}", e.evidence, e.article[7:19])
            for e in entries
        )
        table(
            ("date", "what", "who", "to whom", "place", "reports/texts", "evidence", "article"),
            rows,
            ("who", "evidence"),
        )
    if plot:
        _draw(plot, f"{actor or file.name}, events by {by.value}", labels, stacks, None)
    if not found.rows:
        say("no events or talks that fit")
    elif len(entries) < len(found.rows):
        undated = len(found.rows) - len(dated)
        say(f"the last {len(entries)} of {len(found.rows)} ({undated} without a date); --limit 0 shows all")


@told
def talks(
    file: RecordFile,
    name: Annotated[
        str | None, typer.Argument(metavar="ROUND", help="One round (the beginning of its id): what each side said.")
    ] = None,
    party: Annotated[
        str | None,
        typer.Option("--party", help="Processes with this side: a country code, a key, or how it is called."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the talks: processes with their rounds, or one round with what each side blamed, demanded, refused, promised.

    Where articles were not joined yet, the talks of single articles are shown.
    """
    from dateline.record import open_record

    with open_record(file) as record:
        if name is not None:
            _round(record, name, as_json)
        else:
            _processes(record, file, party, as_json)


def _processes(record: Record, file: Path, party: str | None, as_json: bool) -> None:
    import dataclasses

    processes = list(record.processes(side=party))
    rounds = [(p, r) for p in processes for r in record.rounds(p)]
    if as_json:
        _lines(
            {**dataclasses.asdict(p), "rounds": [dataclasses.asdict(r) for q, r in rounds if q is p]} for p in processes
        )
    elif rounds and console().is_terminal:
        _by_process(processes, rounds)
    elif rounds:
        columns = (
            "process", "round", "date", "place", "parties", "mediators", "outcome", "articles", "texts", "positions", "id",
        )  # fmt: skip
        table(
            columns,
            (
                (p.name, r.name, _days(r.start, r.end), r.venue, r.party_names, r.mediator_names, _outcome(r), r.articles, r.texts,
                 r.positions, _short(r.id))
                for p, r in rounds
            ),
        )  # fmt: skip
    single = [] if rounds or record.rounds(limit=1).first() else list(record.talks(party=party))
    if single and not as_json:
        say(f"articles are not joined yet (`dateline join {file}`); these are the talks that single articles tell of")
        rows = (
            (_days(t.start, t.end), t.place_name, t.party_names, t.mediator_names, t.outcome, t.round, t.article[7:19])
            for t in single
        )
        table(("date", "place", "parties", "mediators", "outcome", "round", "article"), rows, ("parties",))
    if not rounds and not single:
        say("no talks that fit")


def _by_process(processes: Sequence[ProcessRow], rounds: Sequence[tuple[ProcessRow, RoundRow]]) -> None:
    """For people: each process under its name, which says who sat there."""
    screen = console()
    for process in processes:
        screen.print(printable(process.name), style="bold")
        table(
            ("  round", "date", "place", "mediators", "outcome", "articles", "id"),
            (
                (f"  {r.name}", _days(r.start, r.end), r.venue, r.mediator_names, _outcome(r), r.articles, _short(r.id))
                for p, r in rounds if p is process
            ),
            ("mediators",),
        )  # fmt: skip
        screen.print()


def _outcome(r: RoundRow) -> str:
    return r.outcome if r.held else "announced"


def _round(record: Record, name: str, as_json: bool) -> None:
    import dataclasses

    from dateline.errors import UsageError

    meant = [r for r in record.rounds() if name in (r.id, _short(r.id)) or r.id.removeprefix("round-").startswith(name)]
    if len(meant) != 1:
        many = f"{len(meant)} rounds begin" if meant else "no round begins"
        raise UsageError(f"{many} with '{name}'; `dateline talks {record.path}` lists them")
    (found,) = meant
    positions = list(record.positions(found))
    if as_json:
        _lines([{**dataclasses.asdict(found), "positions": [dataclasses.asdict(p) for p in positions]}])
        return
    for line in _facts(found):
        say(line)
    screen = console()
    if screen.is_terminal:
        for party in dict.fromkeys(p.party for p in positions):
            screen.print(printable(party), style="bold")
            table(
                ("  kind", "words", "speaker", "date", "article"),
                (
                    (f"  {p.kind}", p.text, p.speaker_name if p.speaker_name != party else "", p.date, p.article[7:19])
                    for p in positions if p.party == party
                ),
                ("words",),
            )  # fmt: skip
            screen.print()
        return
    rows = ((p.party, p.kind, p.text, p.speaker_name, p.date, p.publisher, p.article[7:19]) for p in positions)
    table(("side", "kind", "words", "speaker", "date", "publisher", "article"), rows, ("words",))


def _facts(r: RoundRow) -> Iterable[str]:
    where = ", ".join(filter(None, (_days(r.start, r.end), r.venue)))
    yield f"{r.process_name}: {r.name}" + (f" ({where})" if where else "")
    yield f"parties: {r.party_names or '-'}" + (f"; mediators: {r.mediator_names}" if r.mediator_names else "")
    told_by = "; ".join(
        f"{o['outcome']} ({len(o['articles'])} articles)" for o in r.outcomes if isinstance(o.get("articles"), list)
    )
    yield f"outcome: {r.outcome}" + (f": {told_by}" if r.outcome == "disputed" and told_by else "")
    if r.silent:
        yield f"took part and is not quoted: {', '.join(r.silent)}"
    for alike in r.alike:
        yield f"said alike by {', '.join(alike.get('sides', []))}: {alike.get('words', '')}"


def _bars(labels: Sequence[str], stacks: dict[str, list[int]]) -> None:
    from dateline.cli.plot import bars

    bars(labels, stacks)


def _picture(plot: Path | None) -> None:
    if plot:
        from dateline.cli import svg

        svg.check(plot)


def _draw(
    target: Path, title: str, labels: Sequence[str], stacks: dict[str, list[int]], line: list[float | None] | None
) -> None:
    from dateline.cli import svg

    svg.write(target, svg.bars(title, labels, stacks, line))
    say(f"plot: {target}")


def _lines(records: Iterable[dict[str, Any]]) -> None:
    import json

    for record in records:
        print(harmless_json(json.dumps(record, ensure_ascii=False, default=str)))


def _statuses(given: list[str] | None) -> tuple[str, ...]:
    from dateline.errors import UsageError
    from dateline.record.record import STATUSES

    for status in given or ():
        if status not in STATUSES:
            raise UsageError(f"status '{status}' is unknown; choose from {', '.join(STATUSES)}")
    return tuple(given or ("actual",))


def _two(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _days(start: object, end: object) -> str:
    return " – ".join(str(day) for day in dict.fromkeys((start, end)) if day)


def _short(identity: str) -> str:
    return identity.rpartition("-")[2][:12]
