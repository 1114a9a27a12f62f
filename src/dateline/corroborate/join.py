"""Joining what single articles tell: texts, then events, then talks, positions and pledges, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dateline.corroborate.clusters import Clusters
from dateline.corroborate.following import Pledges
from dateline.corroborate.positions import Positions
from dateline.corroborate.processes import Processes
from dateline.corroborate.sides import cast, merges
from dateline.corroborate.texts import Texts
from dateline.corroborate.verdicts import reattach
from dateline.record import Record
from dateline.record.file import translated, writer

TABLES = (
    "pledge_bearing", "pledge_word", "said_word", "pledge_statement", "pledge", "position", "round_talks", "round_party", "round", "process",
    "talks_note", "report_word", "report", "cluster", "text_band", "text_article", "pledge_touched", "touched",
)  # fmt: skip
"""What a join from scratch makes anew: all but the verdicts. In the order in which nothing points at what is deleted."""

BATCH = 2_000
"""Articles a transaction, so that another writer waits seconds at most and a killed join loses little."""

CACHE_KB = 64_000
"""SQLite's page cache while articles are joined. Its own 2 MB do not hold the tables in which candidates are looked for:
31,600 invented events took 31.8 CPU seconds with 2 MB and 29.5 with 64."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What a join did: articles taken in, and the texts, events and rounds that were written."""

    articles: int
    texts: int
    clusters: int
    rounds: int


def join(record: Record, article_ids: Iterable[str] | None = None) -> Joined:
    """Join the rows of articles with those of all others. Committed when it returns.

    `article_ids`: articles that were written or coded anew; None joins the whole record from scratch. What earlier joins
    left to be done (articles written since, others forgotten) is done too. The result is the same for the same articles,
    whatever the order and the size of the steps. Raises RecordError if the file cannot be written.
    """
    with translated(record.path):
        db = writer(record.path)
        try:
            db.execute(f"PRAGMA cache_size = -{CACHE_KB}")
            if article_ids is None:
                _clear(db)
                given = [row[0] for row in db.execute("SELECT id FROM article ORDER BY row")]
            else:
                given = list(dict.fromkeys(article_ids))
                waiting = {row[0] for row in db.execute("SELECT id FROM touched WHERE kind = 'article'")}
                given += sorted(waiting - set(given))
            done = [_step(db, given[i : i + BATCH]) for i in range(0, max(1, len(given)), BATCH)]
        finally:
            db.close()
    return Joined(len(given), sum(d.texts for d in done), sum(d.clusters for d in done), sum(d.rounds for d in done))


def pending(record: Record) -> list[str]:
    """The articles that were written since the last join."""
    from dateline.record.file import reading

    with reading(record.path) as db:
        return [row[0] for row in db.execute("SELECT id FROM touched WHERE kind = 'article' ORDER BY id")]


def _clear(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        db.execute(f"DELETE FROM {table}")
    db.execute("COMMIT")


def _step(db: sqlite3.Connection, articles: list[str]) -> Joined:
    """One transaction: these articles, and whatever lost a member since."""
    db.execute("BEGIN IMMEDIATE")
    try:
        there = [a for a in articles if db.execute("SELECT 1 FROM article WHERE id = ?", (a,)).fetchone()]
        broken: dict[str, list[str]] = {"text": [], "cluster": [], "round": [], "article": []}
        for kind, id_ in db.execute("SELECT kind, id FROM touched ORDER BY kind, id"):
            broken[kind].append(id_)
        retold = Texts(db).join(there, broken["text"])
        known = merges(db)
        people = lru_cache(2048)(lambda article: cast(db, article, known))
        clusters = Clusters(db, people).join(there, broken["cluster"], retold)
        rounds = Processes(db, people).join(there, broken["round"], retold)
        read = Positions(db, people).join(there, rounds, retold)
        fresh = [e for a in there for (e,) in db.execute("SELECT event_id FROM report WHERE article_id = ?", (a,))]
        Pledges(db, people).join(read, fresh)
        reattach(db, there)
        db.execute("DELETE FROM touched WHERE kind <> 'article'")
        db.executemany("DELETE FROM touched WHERE kind = 'article' AND id = ?", [(a,) for a in articles])
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return Joined(len(there), len(retold), len(clusters), len(rounds))
