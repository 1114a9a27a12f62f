"""The record as the desk holds it: columns that follow the file, and connections for the rest."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dateline.desk.load import Snapshot, snapshot, version
from dateline.record.file import reading

AT_ONCE = 0.25
"""Seconds. Columns that were built faster than this are built anew within the request when the record has changed;
slower ones in the background, and the page says as of when it counts."""

REST = 10.0
"""Background building rests this many times as long as it took, so that a writing run does not keep the desk busy."""


class Store:
    """One record for many threads."""

    def __init__(self, path: Path, warm: Callable[[Snapshot], None] = lambda snapshot: None) -> None:
        self.path = path
        self._warm = warm
        self._lock = threading.Lock()
        self._building = False
        self._built = 0.0
        self._snapshot = self._warmed(snapshot(path))
        self._built = time.monotonic()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A read-only connection whose rows answer by column name."""
        with reading(self.path) as db:
            db.row_factory = sqlite3.Row
            yield db

    def rows(self, sql: str, values: Any = ()) -> list[dict[str, Any]]:
        """The rows of a query as dictionaries."""
        with self.reading() as db:
            return [dict(row) for row in db.execute(sql, values)]

    def row(self, sql: str, values: Any = ()) -> dict[str, Any] | None:
        """The first row of a query, None if there is none."""
        with self.reading() as db:
            found = db.execute(sql, values).fetchone()
            return None if found is None else dict(found)

    @property
    def columns(self) -> Snapshot:
        """The columns, as fresh as can be had at once (AT_ONCE)."""
        held = self._snapshot
        with reading(self.path) as db:
            current = version(db) == held.version
        if current:
            return held
        if held.seconds < AT_ONCE:
            with self._lock:
                if self._snapshot is held:
                    self._snapshot = snapshot(self.path)
                return self._snapshot
        with self._lock:
            if not self._building and time.monotonic() - self._built > REST * held.seconds:
                self._building = True
                threading.Thread(target=self._rebuild, name="desk columns", daemon=True).start()
        return self._snapshot

    def _rebuild(self) -> None:
        try:
            fresh = self._warmed(snapshot(self.path))
            with self._lock:
                self._snapshot = fresh
        finally:
            with self._lock:
                self._built = time.monotonic()
                self._building = False

    def _warmed(self, fresh: Snapshot) -> Snapshot:
        """A large snapshot with what its first visitors would otherwise wait for: orders, inverses, the overview."""
        if fresh.seconds > AT_ONCE:
            for columns in (fresh.events, fresh.statements, fresh.articles, fresh.talks):
                columns.ordered("day")
                for name in columns.dimensions:
                    columns.having(name, ())
                    columns.counts(name, columns.all())
            for columns in (fresh.events, fresh.statements):
                columns.ordered("confidence")
            fresh.events.months()
            self._warm(fresh)
        return fresh
