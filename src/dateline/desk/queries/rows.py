"""Rows of the views for pages: fetched by number, with corrections laid over them, comments counted, names looked up."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from dateline.desk.store import Store
from dateline.model import QUADS
from dateline.record.query import marks

Row = dict[str, Any]

MOST_HITS = 20_000
"""Matches of a full-text search that filters consider: the newest ones. Beyond that a word is no filter."""

VIEWS = {"event": "events_view", "statement": "statements_view", "talks": "talks_view", "article": "articles_view"}
_JSON = frozenset({
    "contexts", "actor_ids", "recipient_ids", "party_ids", "mediator_ids", "addressee_ids", "content", "evidence_spans",
    "authors", "dateline", "sources", "models",
})  # fmt: skip


def fetch(store: Store, kind: str, numbers: Sequence[int]) -> list[Row]:
    """The rows of a kind with these SQLite numbers, in their order; rows that are gone are left out."""
    with store.reading() as db:
        cursor = db.execute(f"SELECT * FROM {VIEWS[kind]} WHERE row IN ({marks(numbers)})", tuple(numbers))
        found = {row["row"]: ready(row) for row in cursor}
        rows = [found[number] for number in numbers if number in found]
        overlay(db, kind, rows)
    return rows


def one(store: Store, kind: str, name: str) -> Row | None:
    """The row of this id, or None."""
    with store.reading() as db:
        found = db.execute(f"SELECT * FROM {VIEWS[kind]} WHERE id = ?", (name,)).fetchone()
        if found is None:
            return None
        row = ready(found)
        overlay(db, kind, [row])
    return row


def of_article(db: sqlite3.Connection, kind: str, article: str) -> list[Row]:
    """The rows of a kind in one article, in the order of its text."""
    rows = [
        ready(row)
        for row in db.execute(
            f"SELECT * FROM {VIEWS[kind]} WHERE article_id = ? ORDER BY start_offset, row", (article,)
        )
    ]
    overlay(db, kind, rows)
    return rows


def ready(row: sqlite3.Row) -> Row:
    """A row of a view with its JSON columns read."""
    return {
        name: json.loads(row[name]) if name in _JSON and isinstance(row[name], str) else row[name]
        for name in row.keys()  # noqa: SIM118 - sqlite3.Row iterates values
    }


def overlay(db: sqlite3.Connection, kind: str, rows: list[Row]) -> None:
    """Lay the judgements that stand over the rows, in place.

    Each row gets `reviews` (who says what), `review` (the verdict that counts: the latest), `was` (the machine's values
    of corrected fields) and `comments` (their number). Corrected fields have the corrected values.
    """
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        row.update(reviews=[], review=None, was={}, comments=0)
    for start in range(0, len(rows), 500):
        ids = [row["id"] for row in rows[start : start + 500]]
        for found in db.execute(
            "SELECT id, target, coder, verdict, fields, made FROM reviews_view WHERE stands AND target IN "
            f"({marks(ids)}) ORDER BY row",
            ids,
        ):
            row = by_id[found["target"]]
            fields = json.loads(found["fields"])
            row["reviews"].append({
                "id": found["id"], "coder": found["coder"], "verdict": found["verdict"], "fields": fields,
                "made": found["made"],
            })  # fmt: skip
            row["review"] = found["verdict"]
            row["was"] = {name: row["was"].get(name, row.get(name)) for name in fields} if fields else row["was"]
            if found["verdict"] == "corrected":
                _correct(db, row, fields)
        counted = db.execute(
            "SELECT target, count(*) AS n FROM comment WHERE kind = ? AND undone IS NULL AND target IN "
            f"({marks(ids)}) GROUP BY target",
            (kind, *ids),
        )
        for found in counted:
            by_id[found["target"]]["comments"] = found["n"]


_NAMED = {"actor_ids": ("actors", "actor_countries"), "recipient_ids": ("recipients", "recipient_countries")}


def _correct(db: sqlite3.Connection, row: Row, fields: Row) -> None:
    row.update(fields)
    if "type" in fields or "mode" in fields:
        from dateline.events import codebook

        row["quad"] = QUADS.get(row["type"])
        row["score"] = codebook.load().score(row["type"], row["mode"])
    for column, (names, countries) in _NAMED.items():
        if column in fields:
            known = actors_by_id(db, fields[column])
            row[names] = "; ".join(known[i]["name"] for i in fields[column] if i in known)
            row[countries] = "; ".join(known[i]["country"] or "-" for i in fields[column] if i in known)
    if "speaker_id" in fields:
        known = actors_by_id(db, [fields["speaker_id"]] if fields["speaker_id"] else [])
        row["speaker"] = next((actor["name"] for actor in known.values()), None)


def actors_by_id(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Row]:
    """Name, country, sector, role and identity of actors, by row id."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Row] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for row in db.execute(
            "SELECT id, ifnull(key, lower(name) || '|' || ifnull(country, '')) AS key, name, kind, country, sector, role "
            f"FROM actor WHERE id IN ({marks(part)})",
            part,
        ):
            found[row["id"]] = dict(row)
    return found


def parties(store: Store, kind: str, rows: list[Row]) -> None:
    """Give each row its actors with key, name and country, so that a page can lead to them: `who`, `whom`."""
    columns = {
        "event": ("actor_ids", "recipient_ids"),
        "statement": ("speaker_id", "addressee_ids"),
        "talks": ("party_ids", "mediator_ids"),
    }[kind]

    def ids(row: Row, column: str) -> list[str]:
        value = row[column]
        return [] if value is None else [value] if isinstance(value, str) else value

    with store.reading() as db:
        known = actors_by_id(db, [i for row in rows for column in columns for i in ids(row, column)])
    for row in rows:
        row["who"], row["whom"] = (
            [
                {name: known[i][name] for name in ("key", "name", "country", "sector", "role")}
                for i in ids(row, column)
                if i in known
            ]
            for column in columns
        )


def folded(text: str) -> str:
    """The words alone, so that the same words told with other marks are the same."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def expression(text: str) -> str | None:
    """Words as FTS5 takes them: all of them, words in double quotes as a phrase; None if there is no word."""
    pieces = [piece.split() if i % 2 == 0 else [piece] for i, piece in enumerate(text.split('"'))]
    terms = ['"' + term + '"' for piece in pieces for term in piece if any(c.isalnum() for c in term)]
    return " ".join(terms) or None


def matching(store: Store, kind: str, text: str) -> tuple[list[int], bool]:
    """The SQLite numbers of the rows whose words match, newest first, and whether there are more than MOST_HITS."""
    wanted = expression(text)
    if wanted is None:
        return [], False
    with store.reading() as db:
        table = f"{kind}_search"
        found = [
            row[0]
            for row in db.execute(
                f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?", (wanted, MOST_HITS + 1)
            )
        ]
    return found[:MOST_HITS], len(found) > MOST_HITS
