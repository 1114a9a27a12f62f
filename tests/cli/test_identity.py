"""`dateline actors merge`, `split`, `undo`, `merges` on a real record."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from dateline.record.identity import KEY


def rows(record: Path) -> list[tuple[object, ...]]:
    """All actor rows, to see that they stay as they were."""
    with sqlite3.connect(record) as db:
        return db.execute("SELECT * FROM actor ORDER BY row").fetchall()


def keys(record: Path) -> list[str]:
    """The keys of the record's actors, the most frequent first."""
    with sqlite3.connect(record) as db:
        found = db.execute(f"SELECT {KEY} AS own FROM actor GROUP BY own ORDER BY count(*) DESC, own")
        return [row[0] for row in found]


def test_merge_list_undo(run, record: Path) -> None:  # type: ignore[no-untyped-def]
    before, (one, other, *_) = rows(record), keys(record)
    done = run("actors", "merge", record, one, other, "--reason", "a test", "--by", "ana")
    assert done.exit_code == 0, done.stderr
    assert f"{one} (" in done.stderr and "dateline join" in done.stderr
    (listed,) = [json.loads(line) for line in run("actors", "merges", record, "--json").stdout.splitlines()]
    assert (listed["act"], listed["key"], listed["into_key"]) == ("merge", one, other)
    assert (listed["coder"], listed["reason"], listed["undone"]) == ("ana", "a test", None)
    assert "a test" in run("actors", "merges", record).stdout
    ring = run("actors", "merge", record, other, one, "--by", "ana")
    assert ring.exit_code == 2 and "take that back first" in ring.stderr
    assert run("actors", "undo", record, listed["id"][:14], "--by", "ben").exit_code == 0
    assert "no actors were merged" in run("actors", "merges", record).stderr
    assert "ben" in run("actors", "merges", record, "--all").stdout
    assert run("actors", "undo", record, listed["id"]).exit_code == 2
    assert rows(record) == before


def test_merge_by_name_and_what_it_refuses(run, record: Path) -> None:  # type: ignore[no-untyped-def]
    one, other, *_ = keys(record)
    assert run("actors", "merge", record, one, one, "--by", "ana").exit_code == 2
    nobody = run("actors", "merge", record, "Nobody Anywhere", other, "--by", "ana")
    assert nobody.exit_code == 2 and "no actor 'Nobody Anywhere'" in nobody.stderr
    several = run("actors", "merge", record, "ia", other, "--by", "ana")
    assert several.exit_code == 2 and "give the key of one" in several.stderr
    unsigned = run("actors", "merge", record, one, other, "--by", " ")
    assert unsigned.exit_code == 2 and "sign with a name" in unsigned.stderr
    assert run("actors", "merges", record, "--json").stdout == ""


def test_split_in_one_article(run, record: Path) -> None:  # type: ignore[no-untyped-def]
    with sqlite3.connect(record) as db:
        key, local, article = db.execute(
            f"SELECT {KEY}, local, article_id FROM actor WHERE {KEY} = ? ORDER BY row", (keys(record)[0],)
        ).fetchone()
    new = run("actors", "split", record, local, "--article", article, "--as", "another|XXX", "--by", "ana")
    assert new.exit_code == 0, new.stderr
    assert "an actor of its own" in new.stderr
    (listed,) = [json.loads(line) for line in run("actors", "merges", record, "--json").stdout.splitlines()]
    assert (listed["key"], listed["article"], listed["into_key"]) == (key, article, "another|XXX")
    assert run("actors", "split", record, local, "--article", "none such", "--as", "x", "--by", "ana").exit_code == 2
    empty = run("actors", "split", record, local, "--article", article, "--as", " ", "--by", "ana")
    assert empty.exit_code == 2 and "key of its own" in empty.stderr
