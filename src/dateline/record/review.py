"""What people say about the rows: judgements, comments, actors made one or parted.

Nothing here changes a machine row. A judgement lies over it, signed and dated; taking it back leaves it listed with the
time. Every function that writes takes the path of the record, commits before it returns, and may run beside a coding run
and beside other reviewers.
"""

from __future__ import annotations

import datetime
import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from dateline.errors import UsageError
from dateline.model import EVENT_TYPES, MODES, Outcome, Status
from dateline.record.file import reading, translated, writer
from dateline.record.write import now

VERDICTS = ("accepted", "corrected", "rejected")

FIELDS: dict[str, tuple[str, ...]] = {
    "event": ("type", "mode", "status", "actor_ids", "recipient_ids", "start_date", "end_date"),
    "statement": ("act", "speaker_id", "quotation"),
    "talks": ("outcome", "round", "start_date", "end_date"),
}
"""What may be corrected of each kind of row, by its column in the view."""

CHOICES: dict[str, tuple[str, ...]] = {
    "type": EVENT_TYPES,
    "act": (*EVENT_TYPES, "STATE"),
    "status": get_args(Status),
    "quotation": ("direct", "indirect", "mixed"),
    "outcome": get_args(Outcome),
}
"""The values of closed lists."""

MAX_NAME = 80
MAX_COMMENT = 10_000
"""Characters of a signature and of a comment; longer ones are refused."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One coder's word on one row. `stands`: neither taken back nor replaced by the coder's later one. `orphaned`: the coding in
    force has no such row; `evidence` are the words of the row that was judged, from `start` to `end`."""

    id: str
    kind: str
    target: str
    article: str
    start: int | None
    end: int | None
    coder: str
    verdict: str
    fields: dict[str, Any]
    seen: dict[str, Any]
    made: str
    stands: bool
    orphaned: bool = False
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """One remark on a row, or a reply to one. `undone` is the time its author took it back, then `text` is empty."""

    id: str
    kind: str
    target: str
    reply_to: str | None
    author: str
    text: str
    made: str
    undone: str | None


@dataclass(frozen=True, slots=True)
class Identity:
    """An actor's key led into another: everywhere ("merge"), or for one article's actors ("split").

    `undone`: when it was taken back, and `undone_by` whom; null while it stands.
    """

    id: str
    act: str
    key: str
    article: str | None
    into_key: str
    coder: str
    made: str
    reason: str | None = None
    undone: str | None = None
    undone_by: str | None = None


def judge(
    path: Path, kind: str, target: str, coder: str, verdict: str, fields: Mapping[str, Any] | None = None
) -> Judgement:
    """Sign a judgement on a row and return it. It takes the place of the coder's earlier one on the same row.

    `kind`: event, statement or talks. `fields`: with "corrected", the new values by column of the view (FIELDS). Raises
    UsageError for an unknown row, verdict, field or value, and for a correction that changes nothing.
    """
    if kind not in FIELDS:
        raise UsageError(f"kind '{kind}' cannot be judged; choose from {', '.join(FIELDS)}")
    if verdict not in VERDICTS:
        raise UsageError(f"verdict '{verdict}' is unknown; choose from {', '.join(VERDICTS)}")
    signed = _name(coder)
    with _writing(path) as db:
        seen = machine_row(db, kind, target)
        if seen is None:
            raise UsageError(f"no {kind} '{target}' in the record; it may have been coded anew, reload the page")
        changed = _corrections(db, kind, seen, fields or {}) if verdict == "corrected" else {}
        if verdict == "corrected" and not changed:
            raise UsageError("the correction changes nothing; change a field, or accept the row as it is")
        made = Judgement(
            f"review-{secrets.token_hex(8)}", kind, target, seen["article_id"], seen["start_offset"], seen["end_offset"],
            signed, verdict, changed, {name: seen[name] for name in FIELDS[kind]}, now(), True, False, _words(db, seen),
        )  # fmt: skip
        db.execute(
            "INSERT INTO review(id, kind, target, article_id, start_offset, end_offset, coder, verdict, fields, seen, made) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (made.id, kind, target, made.article, made.start, made.end, signed, verdict, _json(changed),
             _json(made.seen), made.made),
        )  # fmt: skip
    return made


def orphans(path: Path) -> int:
    """How many judgements and verdicts that stand hang on nothing in the record any more."""
    with reading(path) as db:
        rows = db.execute("SELECT count(*) FROM reviews_view WHERE stands AND orphaned").fetchone()[0]
        across = db.execute("SELECT count(*) FROM verdicts_view WHERE undone IS NULL AND current IS NULL").fetchone()[0]
    return int(rows + across)


def _words(db: sqlite3.Connection, row: Mapping[str, Any]) -> str | None:
    """The article's words that a row stands on, from its first to its last."""
    start, end = row["start_offset"], row["end_offset"]
    found = db.execute(
        "SELECT substr(text, ? + 1, ? - ?) FROM article WHERE id = ?", (start, end, start, row["article_id"])
    ).fetchone()
    return found[0] if found else None


def machine_row(db: sqlite3.Connection, kind: str, target: str) -> dict[str, Any] | None:
    """The row as the machine coded it, by column of its view (id lists as lists); None if there is none."""
    view = {"event": "events_view", "statement": "statements_view", "talks": "talks_view"}[kind]
    cursor = db.execute(f"SELECT * FROM {view} WHERE id = ?", (target,))
    found = cursor.fetchone()
    if found is None:
        return None
    row = dict(zip((column[0] for column in cursor.description), found, strict=True))
    return {name: json.loads(value) if name.endswith("_ids") and value else value for name, value in row.items()}


def undo(path: Path, review: str, coder: str) -> Judgement:
    """Take back one's own judgement. An earlier one of the same coder on the row then counts again.

    Raises UsageError if there is no such judgement, if it is another coder's, or if it was taken back before.
    """
    with _writing(path) as db:
        row = db.execute("SELECT coder, undone FROM review WHERE id = ?", (review,)).fetchone()
        if row is None or row[0] != coder:
            raise UsageError("only the coder who signed a judgement can take it back")
        if row[1] is not None:
            raise UsageError("this judgement was taken back before")
        db.execute("UPDATE review SET undone = ? WHERE id = ?", (now(), review))
        return next(_judgements(db, "id = ?", (review,)))


def judgements(
    path: Path,
    kind: str | None = None,
    target: str | None = None,
    coder: str | None = None,
    standing: bool = True,
    orphaned: bool | None = None,
) -> list[Judgement]:
    """The judgements, oldest first; with `standing` only those that count. `orphaned`: those whose row is gone, or is there."""
    with reading(path) as db:
        given = {"kind": kind, "target": target, "coder": coder}
        conditions = [f"{name} = ?" for name, value in given.items() if value is not None]
        if standing:
            conditions.append("stands")
        if orphaned is not None:
            conditions.append("orphaned" if orphaned else "NOT orphaned")
        values = [value for value in given.values() if value is not None]
        return list(_judgements(db, " AND ".join(conditions) or "1", values))


def _judgements(db: sqlite3.Connection, where: str, values: Iterable[Any]) -> Iterator[Judgement]:
    columns = "id, kind, target, article_id, start_offset, end_offset, coder, verdict, fields, seen, made, stands, orphaned, evidence"
    for row in db.execute(f"SELECT {columns} FROM reviews_view WHERE {where} ORDER BY row", tuple(values)):
        yield Judgement(
            *row[:8], json.loads(row[8]), json.loads(row[9]), row[10], bool(row[11]), bool(row[12]), row[13]
        )


def labels(path: Path) -> Iterator[dict[str, Any]]:
    """The standing judgements, signed: ids, offsets and values, no word of an article's text.

    The machine's values in `seen`, the coder's in `fields`. `dateline learn from-review` makes of them what a training reads.
    """
    for j in judgements(path):
        yield {
            "kind": j.kind, "id": j.target, "article": j.article, "start": j.start, "end": j.end, "verdict": j.verdict,
            "seen": j.seen, "fields": j.fields, "coder": j.coder, "made": j.made,
        }  # fmt: skip


# ---- comments


def comment(path: Path, kind: str, target: str, author: str, text: str, reply_to: str | None = None) -> Comment:
    """Write a comment on a row, or a reply to one. Raises UsageError for an empty or endless text or name."""
    text = text.strip()
    if not text:
        raise UsageError("write something before you send the comment")
    if len(text) > MAX_COMMENT:
        raise UsageError(f"the comment is longer than {MAX_COMMENT:,} characters")
    made = Comment(f"comment-{secrets.token_hex(8)}", kind, target, reply_to, _name(author), text, now(), None)
    with _writing(path) as db:
        if reply_to is not None:
            meant = db.execute("SELECT kind, target FROM comment WHERE id = ?", (reply_to,)).fetchone()
            if meant != (kind, target):
                raise UsageError("the comment that is answered does not stand with this row")
        db.execute(
            "INSERT INTO comment(id, kind, target, reply_to, author, text, made) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (made.id, kind, target, reply_to, made.author, text, made.made),
        )
    return made


def withdraw(path: Path, comment_id: str, author: str) -> None:
    """Take back one's own comment: its place stays, its words are no longer shown."""
    with _writing(path) as db:
        done = db.execute(
            "UPDATE comment SET undone = ? WHERE id = ? AND author = ? AND undone IS NULL", (now(), comment_id, author)
        )
        if done.rowcount != 1:
            raise UsageError("only its author can take back a comment, and only once")


def comments(path: Path, kind: str, target: str) -> list[Comment]:
    """The comments on a row, oldest first; words that were taken back are left out."""
    with reading(path) as db:
        return [
            Comment(*row)
            for row in db.execute(
                "SELECT id, kind, target, reply_to, author, iif(undone IS NULL, text, ''), made, undone FROM comments_view "
                "WHERE kind = ? AND target = ? ORDER BY row",
                (kind, target),
            )
        ]


# ---- actors made one or parted


def merge(path: Path, key: str, into_key: str, coder: str, reason: str | None = None) -> str:
    """Read the actor `key` as `into_key` in every article. Returns the id of the change.

    Raises UsageError where the two are one already or the change would close a ring.
    """
    if key == into_key:
        raise UsageError("an actor cannot be merged with itself")
    with _writing(path) as db:
        if resolve(_merges(db), into_key) == key:
            raise UsageError(f"'{into_key}' is read as '{key}' already; take that back first")
        return _identify(db, "merge", key, None, into_key, coder, reason)


def split(path: Path, key: str, article: str, into_key: str, coder: str, reason: str | None = None) -> str:
    """Read the actor `key` of one article as another one, `into_key`. Returns the id of the change."""
    if key == into_key or not into_key.strip():
        raise UsageError("give the part that is split off a key of its own")
    with _writing(path) as db:
        if db.execute("SELECT 1 FROM actor WHERE article_id = ?", (article,)).fetchone() is None:
            raise UsageError(f"no article '{article}' with actors in the record")
        return _identify(db, "split", key, article, into_key.strip(), coder, reason)


def undo_identity(path: Path, change: str, coder: str) -> None:
    """Take back a merge or split. Anyone may: an actor belongs to all articles and all coders."""
    signed = _name(coder)
    with _writing(path) as db:
        done = db.execute(
            "UPDATE identity SET undone = ?, undone_by = ? WHERE id = ? AND undone IS NULL", (now(), signed, change)
        )
        if done.rowcount != 1:
            raise UsageError("there is no such merge or split, or it was taken back before")


def identities(path: Path, key: str | None = None, standing: bool = True) -> list[Identity]:
    """The merges and splits that stand, oldest first; with `key` those that touch it, without `standing` also those
    taken back."""
    with reading(path) as db:
        return [
            Identity(*row)
            for row in db.execute(
                "SELECT id, act, key, article_id, into_key, coder, made, reason, undone, undone_by FROM identities_view "
                "WHERE (stands OR NOT ?2) AND (?1 IS NULL OR key = ?1 OR into_key = ?1) ORDER BY row",
                (key, standing),
            )
        ]


def resolve(merges: Mapping[str, str], key: str) -> str:
    """The key that `key` is read as, through all merges that stand."""
    seen = set()
    while key in merges and key not in seen:
        seen.add(key)
        key = merges[key]
    return key


def _merges(db: sqlite3.Connection) -> dict[str, str]:
    return dict(db.execute("SELECT key, into_key FROM identities_view WHERE stands AND act = 'merge' ORDER BY row"))


def _identify(
    db: sqlite3.Connection, act: str, key: str, article: str | None, into_key: str, coder: str, reason: str | None
) -> str:
    why = " ".join((reason or "").split()) or None
    if why is not None and len(why) > MAX_COMMENT:
        raise UsageError(f"the reason is longer than {MAX_COMMENT:,} characters")
    change = f"identity-{secrets.token_hex(8)}"
    db.execute(
        "INSERT INTO identity(id, act, key, article_id, into_key, coder, made, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (change, act, key, article, into_key, _name(coder), now(), why),
    )
    return change


# ---- checks


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction on a connection of its own, committed at the end or not at all."""
    with translated(path):
        db = writer(path)
        try:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
        finally:
            db.close()


def _name(coder: str) -> str:
    name = " ".join(coder.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise UsageError(f"sign with a name of at most {MAX_NAME} characters")
    return name


def _corrections(
    db: sqlite3.Connection, kind: str, seen: Mapping[str, Any], fields: Mapping[str, Any]
) -> dict[str, Any]:
    """The fields that differ from the machine's, each checked."""
    changed: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in FIELDS[kind]:
            raise UsageError(f"'{name}' of a {kind} cannot be corrected; choose from {', '.join(FIELDS[kind])}")
        value = _checked(db, name, value, seen)
        if value != seen[name]:
            changed[name] = value
    if kind == "event":
        kept = {**seen, **changed}
        if kept["mode"] is not None and kept["mode"] not in MODES.get(kept["type"], ()):
            if "mode" in changed:
                raise UsageError(f"mode '{kept['mode']}' does not belong to {kept['type']}")
            changed["mode"] = None  # the type was changed, and the old mode means nothing under the new one
    if kind != "statement":
        start, end = (({**seen, **changed})[name] for name in ("start_date", "end_date"))
        if start and end and end < start:
            raise UsageError(f"the last day {end} lies before the first {start}")
    return changed


def _checked(db: sqlite3.Connection, name: str, value: Any, seen: Mapping[str, Any]) -> Any:
    if name in CHOICES:
        if value not in CHOICES[name]:
            raise UsageError(f"{name} '{value}' is unknown; choose from {', '.join(CHOICES[name])}")
        return value
    if name.endswith("_ids") or name == "speaker_id":
        given = list(value) if name.endswith("_ids") else [value] if value else []
        known = {row[0] for row in db.execute("SELECT id FROM actor WHERE article_id = ?", (seen["article_id"],))}
        for actor in given:
            if actor not in known:
                raise UsageError(f"actor '{actor}' is not one of the article's")
        return given if name.endswith("_ids") else (given[0] if given else None)
    if value in (None, ""):
        return None
    if name.endswith("_date"):
        try:
            return datetime.date.fromisoformat(str(value)).isoformat()
        except ValueError as error:
            raise UsageError(f"{name}: '{value}' is not a date like 2025-11-08") from error
    if name == "round":
        if not str(value).isdecimal() or not 0 < int(value) < 1000:
            raise UsageError(f"round: '{value}' is not a number from 1 on")
        return int(value)
    return str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
