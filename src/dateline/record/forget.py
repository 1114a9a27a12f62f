"""Taking articles out of a record for good, with all that hangs on them.

Rows that point at an article go by foreign keys: codings old and new, actors, mentions, statements, events, talks,
problems, what was joined from them. What people said of its rows (judgements, comments, parted actors) goes here too.
Nothing of the words stays in the file: deleted pages are overwritten, and the full-text indexes are made smaller.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import UsageError
from dateline.record.file import close_writer, reading, translated, writer

COUNTED = ("revision", "actor", "statement", "event", "talks", "problem")
"""Tables whose rows are counted for the one who asks; others (mentions, dates, places) go with them."""

SAID = (("review", "article_id"), ("identity", "article_id"))
"""What people said, by the column that names the article; comments name rows of any kind and are looked up."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name means: articles by id with titles, failed inputs by source, and how it was understood."""

    how: str
    articles: tuple[tuple[str, str], ...]
    inputs: tuple[str, ...]


@dataclass(slots=True)
class Removed:
    """How many rows went, by kind."""

    articles: int = 0
    inputs: int = 0
    rows: dict[str, int] = field(default_factory=dict)


def meant(path: Path, name: str) -> Meant:
    """The articles that `name` means: an article (id or its beginning, key), a source (path or URL), or a publisher.

    A name that is a source takes every article met under it; a publisher takes all of its articles. Raises UsageError
    if nothing is meant.
    """
    ways = (
        ("article", "id = ?1 OR key = ?1"),
        ("source", "id IN (SELECT article_id FROM source WHERE source = ?1) OR url = ?1 OR source = ?1"),
        ("publisher", "publisher = ?1 COLLATE NOCASE"),
        ("article", "length(?1) >= 6 AND (substr(id, 1, length(?1)) = ?1 OR substr(id, 8, length(?1)) = ?1)"),
    )
    with reading(path) as db:
        failed = tuple(
            row[0]
            for row in db.execute(
                "SELECT DISTINCT source FROM problem WHERE article_id IS NULL AND source = ?", (name,)
            )
        )
        for how, condition in ways:
            found = db.execute(
                f"SELECT id, ifnull(title, source) FROM article WHERE {condition} ORDER BY row", (name,)
            ).fetchall()
            if how == "article" and len(found) > 1:
                raise UsageError(f"'{name}' begins the ids of {len(found)} articles; give more of the one you mean")
            if found:
                return Meant(how, tuple((str(i), str(t)) for i, t in found), failed)
        if failed:
            return Meant("input that failed", (), failed)
    raise UsageError(f"{path}: no article, source or publisher '{name}'; `dateline show {path} articles` lists them")


def forget(path: Path, what: Meant, join: Callable[[Path], object] | None = None) -> Removed:
    """Remove what is meant, in one transaction, and clean the file of its words. Raises RecordError as writing does.

    `join`: puts in order what was joined across articles, before the file is cleaned.
    """
    removed = Removed(len(what.articles), len(what.inputs))
    with translated(path):
        db = writer(path)
        try:
            db.execute("PRAGMA secure_delete = ON")
            db.execute("BEGIN IMMEDIATE")
            try:
                _remove(db, [article for article, _ in what.articles], what.inputs, removed)
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            if what.articles:
                if join:
                    join(path)
                _clean(db)
        finally:
            close_writer(db)
    return removed


def _remove(db: sqlite3.Connection, articles: Sequence[str], inputs: Sequence[str], removed: Removed) -> None:
    for article in articles:
        ids = [article]
        for table in COUNTED:
            rows = [row[0] for row in db.execute(f"SELECT id FROM {table} WHERE article_id = ?", (article,))]
            removed.rows[table] = removed.rows.get(table, 0) + len(rows)
            ids += rows
        for table, column in SAID:
            _count(db, removed, table, f"{column} = ?", (article,))
        for row in ids:
            # A reply goes with what it answers, or it would point nowhere.
            _count(
                db, removed, "comment",
                """id IN (WITH RECURSIVE gone(id) AS (SELECT id FROM comment WHERE target = ?
                   UNION SELECT c.id FROM comment c JOIN gone g ON c.reply_to = g.id) SELECT id FROM gone)""",
                (row,),
            )  # fmt: skip
        if _there(db, "verdict_member"):
            # A verdict lives on in its other members; one that loses the last goes.
            _count(db, removed, "verdict_member", "article_id = ?", (article,), counted=False)
            _count(db, removed, "verdict", "id NOT IN (SELECT verdict_id FROM verdict_member)", ())
        for table in ("event", "talks", "statement", "mention", "actor", "place", "date", "problem"):
            db.execute(f"DELETE FROM {table} WHERE article_id = ?", (article,))
        db.execute("DELETE FROM article WHERE id = ?", (article,))
    for source in inputs:
        _count(db, removed, "problem", "source = ? AND article_id IS NULL", (source,))


def _count(
    db: sqlite3.Connection, removed: Removed, table: str, where: str, values: tuple[str, ...], counted: bool = True
) -> None:
    gone = db.execute(f"DELETE FROM {table} WHERE {where}", values).rowcount
    if counted and gone:
        removed.rows[table] = removed.rows.get(table, 0) + gone


def _there(db: sqlite3.Connection, table: str) -> bool:
    return db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone() is not None


def _clean(db: sqlite3.Connection) -> None:
    """Words that the full-text indexes keep of deleted rows go with a merge; free pages are given back."""
    for index in ("article", "statement", "event"):
        db.execute(f"INSERT INTO {index}_search({index}_search) VALUES ('optimize')")
    db.execute("VACUUM")
