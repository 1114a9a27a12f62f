"""The record as Python sees it: writing codings into it, and reading rows out of it."""

from __future__ import annotations

import os
import secrets
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from dateline.errors import RecordError
from dateline.model import EVENT_TYPES, Coding
from dateline.record import rows as build
from dateline.record.file import close_writer, open_file, reading, translated, writer
from dateline.record.joined import Joined
from dateline.record.own_types import event_types
from dateline.record.query import Day, Filter
from dateline.record.rows import (
    ActorRow,
    ArticleRow,
    EventRow,
    ProblemRow,
    RevisionRow,
    RunRow,
    StatementRow,
    TalksRow,
)
from dateline.record.series import Analysed
from dateline.record.tables import Rows
from dateline.record.write import Outcome, now, write
from dateline.version import __version__

T = TypeVar("T")

STATUSES = ("actual", "future", "hypothetical", "negated", "historical")
QUOTATIONS = ("direct", "indirect", "mixed")
OUTCOMES = ("none", "agreement", "partial", "adjourned", "ongoing", "announced", "unknown")

IN_ORDER = "row"
"""Rows come in the order in which they were written; those of an article coded anew come last."""


def open_record(path: str | os.PathLike[str], create: bool = False) -> Record:
    """Open the record at `path`.

    `create`: make the file (and its folder) if it is not there. Raises RecordError if there is none, or if the file is
    of another kind, newer than this Dateline, or damaged. A record of an older version is brought up to date.

        >>> with dateline.open_record("my.record") as record:          # doctest: +SKIP
        ...     for event in record.events(type="ACCUSE", actor="PAK"):
        ...         print(event.actor_names, event.evidence.text)
    """
    place = Path(path)
    open_file(place, create)
    return Record(place)


class Record(Joined, Analysed):
    """An open record. Readers are lazy (see Rows) and work beside a writing run; one process writes at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db: sqlite3.Connection | None = None

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Record({str(self.path)!r})"

    def close(self) -> None:
        """End writing, so that the one file holds everything. Reading goes on to work."""
        if self._db is not None:
            close_writer(self._db)
            self._db = None

    # ---- writing

    def start_run(self, command: str = "") -> str:
        """Open a run: the id under which its rows are written. `command` says in words what was asked for."""
        run = f"{now()}-{secrets.token_hex(2)}"
        with translated(self.path):
            self._writer.execute(
                "INSERT INTO run(id, started, version, command) VALUES (?, ?, ?, ?)", (run, now(), __version__, command)
            )
        return run

    def finish_run(self, run: str) -> None:
        """Note that the run came to its end."""
        with translated(self.path):
            self._writer.execute("UPDATE run SET finished = ? WHERE id = ?", (now(), run))

    def write(self, coding: Coding, run: str) -> Outcome:
        """Write one coding under a run. It is kept when this returns, whatever happens to the process.

        Returns "added", "replaced" (other coder or other result; the old coding stays listed as a revision),
        "unchanged", or "failed" (an input without an article: a problem row). Raises RecordError if the file cannot be
        written; then nothing of this coding is in it.
        """
        with translated(self.path):
            return write(self._writer, coding, run)

    @property
    def _writer(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = writer(self.path)
        return self._db

    # ---- reading

    def articles(
        self,
        *,
        publisher: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        text: str | None = None,
        language: str | None = None,
        limit: int | None = None,
    ) -> Rows[ArticleRow]:
        """The articles. `since`, `until`: published from, to (inclusive). `text`: words of title or body."""
        f = Filter()
        f.equal("publisher", publisher)
        f.equal("language", language)
        f.period("published", "published", since, until)
        f.words("article", text)
        return self._rows("articles_view", f, build.article_row, limit)

    def actors(
        self,
        *,
        name: str | None = None,
        country: str | None = None,
        sector: str | None = None,
        article: str | None = None,
        limit: int | None = None,
    ) -> Rows[ActorRow]:
        """The actors, one row an article. `name`: part of the name, key, row id or country code."""
        f = Filter()
        f.actor("id IN ({ids})", name)
        f.equal("country", country)
        f.equal("sector", sector)
        f.equal("article_id", article)
        return self._rows("actors_view", f, build.actor_row, limit)

    def statements(
        self,
        *,
        speaker: str | None = None,
        act: str | None = None,
        addressee: str | None = None,
        quotation: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        text: str | None = None,
        article: str | None = None,
        min_confidence: float | None = None,
        limit: int | None = None,
    ) -> Rows[StatementRow]:
        """The statements.

        `speaker`, `addressee`: country code, part of a name, key or row id. `act`: an event type or STATE. `since`,
        `until`: days. `text`: words of the content. Raises UsageError for a value that no statement can have.
        """
        f = Filter()
        f.actor("speaker_id IN ({ids})", speaker)
        f.one_of("act", act, (*EVENT_TYPES, "STATE"), "act")
        f.actor("id IN (SELECT statement_id FROM statement_addressee WHERE actor_id IN ({ids}))", addressee)
        f.one_of("quotation", quotation, QUOTATIONS, "quotation")
        f.period("date", "date", since, until)
        f.words("statement", text)
        f.equal("article_id", article)
        f.at_least("confidence", min_confidence)
        return self._rows("statements_view", f, build.statement_row, limit)

    def events(
        self,
        *,
        type: str | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        status: str | None = None,
        mode: str | None = None,
        country: str | None = None,
        text: str | None = None,
        article: str | None = None,
        min_confidence: float | None = None,
        limit: int | None = None,
    ) -> Rows[EventRow]:
        """The events.

        `type`: one of PLOVER's 16. `actor`, `recipient`: country code, part of a name, key or row id. `since`, `until`:
        days that the event touches. `country`: where it took place. `text`: words of the evidence. Raises UsageError
        for a value that no event can have.
        """
        f = Filter()
        f.one_of("type", type, event_types(self.path, type), "event type")
        link = "id IN (SELECT event_id FROM event_actor WHERE role = '{role}' AND actor_id IN ({{ids}}))"
        f.actor(link.format(role="actor"), actor)
        f.actor(link.format(role="recipient"), recipient)
        f.period("start_date", "end_date", since, until)
        f.one_of("status", status, STATUSES, "status")
        f.equal("mode", mode)
        f.equal("place_country", country)
        f.words("event", text)
        f.equal("article_id", article)
        f.at_least("confidence", min_confidence)
        return self._rows("events_view", f, build.event_row, limit)

    def talks(
        self,
        *,
        party: str | None = None,
        mediator: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        outcome: str | None = None,
        article: str | None = None,
        limit: int | None = None,
    ) -> Rows[TalksRow]:
        """The talks, one row an article that tells of them. `party`, `mediator` as `actor` in `events`."""
        f = Filter()
        link = "id IN (SELECT talks_id FROM talks_actor WHERE role = '{role}' AND actor_id IN ({{ids}}))"
        f.actor(link.format(role="party"), party)
        f.actor(link.format(role="mediator"), mediator)
        f.period("start_date", "end_date", since, until)
        f.one_of("outcome", outcome, OUTCOMES, "outcome")
        f.equal("article_id", article)
        return self._rows("talks_view", f, build.talks_row, limit)

    def problems(
        self,
        *,
        stage: str | None = None,
        source: str | None = None,
        article: str | None = None,
        limit: int | None = None,
    ) -> Rows[ProblemRow]:
        """What went wrong: of articles, and of inputs that gave none (their `article` is null)."""
        f = Filter()
        f.equal("stage", stage)
        f.equal("source", source)
        f.equal("article_id", article)
        return self._rows("problems_view", f, build.problem_row, limit)

    def runs(self) -> Rows[RunRow]:
        """The runs that wrote into the record, oldest first."""
        return Rows(self.path, "runs_view", "", (), IN_ORDER, build.run_row)

    def revisions(self, article: str | None = None) -> Rows[RevisionRow]:
        """Every coding that the articles (or one of them) have had, oldest first; `current` marks the one in force."""
        f = Filter()
        f.equal("article_id", article)
        return self._rows("revisions_view", f, build.revision_row, None)

    def codings(self) -> Iterator[Coding]:
        """The codings in force, one an article, whole and exactly as they were written."""
        with reading(self.path) as db:
            for (blob,) in db.execute(
                "SELECT r.coding FROM article a JOIN revision r ON r.id = a.revision_id ORDER BY a.row"
            ):
                yield self._coding(blob)

    def coding(self, article: str, revision: str | None = None) -> Coding:
        """The coding of one article: that in force, or an older `revision`. Raises RecordError if there is none."""
        with reading(self.path) as db:
            found = db.execute(
                "SELECT r.coding FROM article a JOIN revision r ON r.article_id = a.id WHERE a.id = ? AND r.id = "
                "ifnull(?, a.revision_id)",
                (article, revision),
            ).fetchone()
        if found is None:
            raise RecordError(
                f"{self.path}: no coding of article '{article}'" + (f" as {revision}" if revision else "")
            )
        return self._coding(found[0])

    def find_article(self, name: str) -> str:
        """The id of the one article that `name` means: its id or the beginning of it, its key, source or file name.

        Raises RecordError if there is none or more than one.
        """
        with reading(self.path) as db:
            for condition, value in (
                ("id = ?", name),
                ("key = ?", name),
                ("id IN (SELECT article_id FROM source WHERE source = ?)", name),
                ("substr(id, 1, length(?1)) = ?1 OR substr(id, 1, length('sha256:' || ?1)) = 'sha256:' || ?1", name),
                ("replace(source, '\\', '/') LIKE '%/' || ?", name.replace("\\", "/")),
            ):
                ids = [row[0] for row in db.execute(f"SELECT id FROM article WHERE {condition} LIMIT 3", (value,))]
                if len(ids) == 1:
                    return str(ids[0])
                if ids:
                    raise RecordError(f"{self.path}: more than one article is meant by '{name}'; give more of its id")
        raise RecordError(f"{self.path}: no article '{name}'; `dateline show {self.path} articles` lists them")

    def counts(self) -> dict[str, int]:
        """How many rows of each kind there are: articles, actors, statements, events, talks, problems, runs."""
        tables = ("article", "actor", "statement", "event", "talks", "problem", "run")
        with reading(self.path) as db:
            return {
                table if table == "talks" else table + "s": db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in tables
            }

    def _coding(self, blob: bytes) -> Coding:
        try:
            return Coding.from_json(zlib.decompress(blob))
        except (zlib.error, ValueError) as error:
            raise RecordError(f"{self.path}: a stored coding is damaged ({type(error).__name__})") from error

    def _rows(self, view: str, f: Filter, make: Callable[[dict[str, Any]], T], limit: int | None) -> Rows[T]:
        return Rows(self.path, view, f.where, tuple(f.values), IN_ORDER, make, limit)
