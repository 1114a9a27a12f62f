"""What analysts say of clusters and pledges: written by people, kept through every join."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable

from dateline.errors import UsageError
from dateline.record import Record
from dateline.record.file import translated, writer
from dateline.record.write import now

VERDICTS = {
    "cluster": ("one event", "several events", "no event"),
    "pledge": ("kept", "broken", "open", "disputed"),
}
MAX_NAME, MAX_NOTE = 80, 10_000

_MEMBERS = {
    "cluster": "SELECT e.id, e.article_id, e.start_offset, e.end_offset, e.evidence FROM report r JOIN event e "
    "ON e.id = r.event_id WHERE r.cluster_id = ?",
    "pledge": "SELECT s.id, s.article_id, s.start_offset, s.end_offset, s.text FROM pledge_statement p JOIN statement s "
    "ON s.id = p.statement_id WHERE p.pledge_id = ?",
}
_ROWS = {"cluster": ("event", "report", "event_id"), "pledge": ("statement", "pledge_statement", "statement_id")}


def judge(record: Record, kind: str, target: str, coder: str, verdict: str, note: str = "") -> str:
    """Sign a verdict on a cluster or pledge and return its id. It holds on to the target's members and their words.

    Raises UsageError for an unknown kind, target or verdict, an empty name, or a note without end.
    """
    if kind not in VERDICTS:
        raise UsageError(f"kind '{kind}' cannot be judged here; choose from {', '.join(VERDICTS)}")
    if verdict not in VERDICTS[kind]:
        raise UsageError(f"verdict '{verdict}' is unknown; choose from {', '.join(VERDICTS[kind])}")
    name = " ".join(coder.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise UsageError(f"sign with a name of at most {MAX_NAME} characters")
    if len(note) > MAX_NOTE:
        raise UsageError(f"the note is longer than {MAX_NOTE:,} characters")
    with translated(record.path):
        db = writer(record.path)
        try:
            db.execute("BEGIN IMMEDIATE")
            members = db.execute(_MEMBERS[kind], (target,)).fetchall()
            if not members:
                db.execute("ROLLBACK")
                raise UsageError(f"no {kind} '{target}' in the record; it may have been joined anew, reload the page")
            id_ = f"verdict-{secrets.token_hex(8)}"
            db.execute(
                "INSERT INTO verdict(id, kind, target, coder, verdict, note, made) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (id_, kind, target, name, verdict, note.strip(), now()),
            )
            db.executemany(
                "INSERT INTO verdict_member VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(id_, member, article, start, end, text, member) for member, article, start, end, text in members],
            )
            db.execute("COMMIT")
        finally:
            db.close()
    return id_


def undo(record: Record, verdict: str, coder: str) -> None:
    """Take back one's own verdict. Raises UsageError if it is another's, or was taken back before."""
    with translated(record.path):
        db = writer(record.path)
        try:
            done = db.execute(
                "UPDATE verdict SET undone = ? WHERE id = ? AND coder = ? AND undone IS NULL", (now(), verdict, coder)
            )
            if done.rowcount != 1:
                raise UsageError("there is no such verdict of yours, or it was taken back before")
        finally:
            db.close()


def reattach(db: sqlite3.Connection, articles: Iterable[str]) -> None:
    """Find the rows that verdicts hold on to, where articles were coded anew: the same id, else the same words.

    What is found no more keeps its old words and points nowhere (`now_id` null).
    """
    for article in articles:
        for verdict, member, kind, start, end in db.execute(
            "SELECT m.verdict_id, m.member_id, v.kind, m.start_offset, m.end_offset FROM verdict_member m JOIN verdict v "
            "ON v.id = m.verdict_id WHERE m.article_id = ?",
            (article,),
        ).fetchall():
            table, joined, column = _ROWS[kind]
            row = db.execute(
                f"SELECT t.id FROM {table} t JOIN {joined} j ON j.{column} = t.id WHERE t.article_id = ? AND (t.id = ? OR "
                "(t.start_offset < ? AND t.end_offset > ?)) ORDER BY t.id = ? DESC, "
                "min(t.end_offset, ?) - max(t.start_offset, ?) DESC, t.id LIMIT 1",
                (article, member, end, start, member, end, start),
            ).fetchone()
            db.execute(
                "UPDATE verdict_member SET now_id = ? WHERE verdict_id = ? AND member_id = ?",
                (row and row[0], verdict, member),
            )
    db.execute("UPDATE verdict_member SET now_id = NULL WHERE article_id NOT IN (SELECT id FROM article)")
