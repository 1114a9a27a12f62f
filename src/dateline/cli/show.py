"""`dateline show`: the rows of a record as tables, or one article with its coding in the margin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dateline.cli.terminal import say, table
from dateline.errors import UsageError
from dateline.record import (
    ActorRow,
    ArticleRow,
    EventRow,
    ProblemRow,
    Record,
    Rows,
    RunRow,
    StatementRow,
    TalksRow,
    open_record,
    review,
)

ID_DIGITS = 12
"""Hex digits of an article's id that a table shows: enough to be alone in a record of a hundred million articles."""

FILTERS = {
    "articles": {"publisher", "text", "since", "until"},
    "statements": {"speaker", "act", "text", "article", "since", "until", "min_confidence"},
    "events": {"type", "actor", "recipient", "status", "country", "text", "article", "since", "until", "min_confidence"},
    "talks": {"party", "mediator", "outcome", "article", "since", "until"},
    "actors": {"actor", "country", "article"},
    "problems": {"stage", "article"},
    "runs": set(),
    "reviews": {"article"},
    "article": set(),
    "overview": set(),
}  # fmt: skip
"""Which filters go with what."""

CHRONOLOGICAL = {"statements": "date", "events": "start_date", "talks": "start_date", "articles": "published"}
"""The column that a table is sorted by; rows without a date come last."""


def run(file: Path, what: str | None, name: str | None, filters: dict[str, Any], limit: int) -> None:
    """Print what was asked for. Raises UsageError for filters that do not go with it."""
    _check(what or "overview", name, filters)
    with open_record(file) as record:
        if "article" in filters:
            filters["article"] = record.find_article(filters["article"])
        if what is None:
            _overview(record)
        elif what == "article":
            from dateline.cli.margin import show

            show(record.coding(record.find_article(name or "")))
        elif what == "actors":
            _actors(record, filters, limit)
        elif what == "reviews":
            _reviews(record, filters.get("article"), limit)
        else:
            _table(record, what, filters, limit)


def _check(what: str, name: str | None, filters: dict[str, Any]) -> None:
    if what == "article" and name is None:
        raise UsageError("show article needs the article's id; `dateline show FILE articles` lists them")
    if what != "article" and name is not None:
        raise UsageError(f"'{name}': only `show FILE article ID` takes an id; narrow {what} by options")
    wrong = sorted(set(filters) - FILTERS[what])
    if wrong:
        fitting = [kind for kind, names in FILTERS.items() if wrong[0] in names]
        raise UsageError(f"--{wrong[0].replace('_', '-')} does not go with {what}; it goes with {', '.join(fitting)}")


def _table(record: Record, what: str, filters: dict[str, Any], limit: int) -> None:
    rows: Rows[Any] = getattr(record, what)(**filters)
    if what in CHRONOLOGICAL:
        column = CHRONOLOGICAL[what]
        rows = replace(rows, order=f"{column} IS NULL, {column}, row")
    total = rows.count()
    columns, wide, cells = TABLES[what]
    table(columns, map(cells, replace(rows, limit=limit or None)), wide)
    _rest(what, total, limit)


def _rest(what: str, total: int, limit: int) -> None:
    """Say what was not shown, on standard error: nothing disappears in silence."""
    if total == 0:
        say(f"no {what} that fit")
    elif limit and total > limit:
        say(f"{limit} of {total} {what}; --limit 0 shows all")


def _overview(record: Record) -> None:
    rows = [[kind, count] for kind, count in record.counts().items()]
    versions = Counter(article.version for article in record.articles())
    rows += [[f"articles coded by {version}", count] for version, count in sorted(versions.items())]
    days = sorted(article.published for article in record.articles() if article.published)
    if days:
        rows.append(["published", f"{days[0]} to {days[-1]}"])
    types = Counter(event.type for event in record.events())
    rows += [[f"events {name}", count] for name, count in types.most_common()]
    table(("what", "count"), rows, ("count",))


def _actors(record: Record, filters: dict[str, Any], limit: int) -> None:
    """The actors across articles: rows with the same key are one."""
    if "actor" in filters:
        filters["name"] = filters.pop("actor")
    merged: dict[object, tuple[ActorRow, Counter[str]]] = {}
    for actor in record.actors(**filters):
        identity = actor.key or (actor.name.casefold(), actor.country, actor.kind)
        first, counts = merged.setdefault(identity, (actor, Counter()))
        counts.update(
            articles=1, mentions=actor.mentions, statements=actor.statements, acted=actor.acted, received=actor.received
        )
        if first.sector is None and actor.sector is not None:
            merged[identity] = (actor, counts)
    busiest = sorted(merged.values(), key=lambda pair: (-pair[1]["articles"], -pair[1]["mentions"], pair[0].name))
    columns = ("name", "kind", "country", "sector", "role", "articles", "mentions", "said", "did", "received")
    shown = busiest[: limit or None]
    table(
        columns,
        (
            (a.name, a.kind, a.country, a.sector, a.role, c["articles"], c["mentions"], c["statements"], c["acted"], c["received"])
            for a, c in shown
        ),
        ("name", "role"),
    )  # fmt: skip
    _rest("actors", len(busiest), limit)


def _reviews(record: Record, article: str | None, limit: int) -> None:
    """What analysts say of rows, events and pledges, latest first. Orphaned: a new coding has no row for it any more."""
    said = [
        (j.made, j.kind, j.verdict, _changes(j.fields), j.coder, "orphaned" if j.orphaned else "", j.evidence, (j.article,))
        for j in review.judgements(record.path)
    ] + [
        (v.made, v.kind, v.verdict, v.note, v.coder, "" if v.current else "orphaned", "; ".join(m["text"] for m in v.members),
         tuple(m["article"] for m in v.members))
        for v in record.verdicts() if v.undone is None
    ]  # fmt: skip
    said = sorted((s for s in said if article is None or article in s[-1]), key=lambda s: s[0], reverse=True)
    table(
        ("made", "kind", "verdict", "corrected or noted", "by", "state", "words", "article"),
        ((*row, " ".join(dict.fromkeys(map(short, articles)))) for *row, articles in said[: limit or None]),
        ("corrected or noted", "words"),
    )
    _rest("reviews", len(said), limit)


def _changes(fields: dict[str, Any]) -> str:
    return "; ".join(f"{name}: {', '.join(v) if isinstance(v, list) else v}" for name, v in fields.items())


def short(article: str) -> str:
    """The part of an article's id that tables show, and that `show FILE article` understands."""
    return article.removeprefix("sha256:")[:ID_DIGITS]


def _joined(parts: Iterable[str | None], by: str = " ") -> str:
    return by.join(part for part in parts if part)


def _days(start: object, end: object) -> str:
    return _joined([str(start) if start else None, str(end) if end and end != start else None], " – ")


def _article(a: ArticleRow) -> Sequence[object]:
    return (short(a.id), a.published, a.publisher, a.title, a.statements, a.events, a.talks, a.problems, a.source)


def _statement(s: StatementRow) -> Sequence[object]:
    speaker = s.speaker_name or (f"“{s.source.text}”" if s.source else "")
    codes = _joined([s.speaker_country, s.speaker_sector])
    return (s.date, speaker, codes, s.act, s.addressee_names, s.text, s.confidence, short(s.article))


def _event(e: EventRow) -> Sequence[object]:
    what = _joined([e.type, e.mode], "/")
    status = "" if e.status == "actual" else e.status
    return (
        _days(e.start, e.end), what, e.actor_names, e.recipient_names, e.place_name, status, e.evidence.text, e.confidence,
        short(e.article),
    )  # fmt: skip


def _talk(t: TalksRow) -> Sequence[object]:
    evidence = t.evidence[0].text if t.evidence else ""
    return (
        _days(t.start, t.end), t.place_name, t.party_names, t.mediator_names, t.outcome, t.round, evidence, short(t.article)
    )  # fmt: skip


def _problem(p: ProblemRow) -> Sequence[object]:
    return (p.source, p.stage, p.message, short(p.article) if p.article else "not coded")


def _run(r: RunRow) -> Sequence[object]:
    return (r.id, r.finished or "not finished", r.version, r.command, r.added, r.replaced, r.unchanged, r.failed)


TABLES: dict[str, tuple[Sequence[str], Sequence[str], Callable[[Any], Sequence[object]]]] = {
    "articles": (
        ("id", "published", "publisher", "title", "stmts", "events", "talks", "problems", "source"),
        ("title", "source"),
        _article,
    ),
    "statements": (
        ("date", "speaker", "codes", "act", "to", "content", "conf", "article"),
        ("speaker", "content"),
        _statement,
    ),
    "events": (
        ("date", "type", "actors", "recipients", "place", "status", "evidence", "conf", "article"),
        ("actors", "recipients", "evidence"),
        _event,
    ),
    "talks": (
        ("date", "place", "parties", "mediators", "outcome", "round", "evidence", "article"),
        ("parties", "mediators", "evidence"),
        _talk,
    ),
    "problems": (("source", "stage", "message", "article"), ("source", "message"), _problem),
    "runs": (
        ("run", "finished", "version", "command", "added", "replaced", "unchanged", "failed"),
        ("command",),
        _run,
    ),
}
"""The columns of each table, those that take the room there is, and what makes a row's cells."""
