"""Forgetting: everything that hangs on an article goes, the file stays sound, and its words are not in it any more."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from samples import by, failed, full, small

from dateline.errors import UsageError
from dateline.record import open_record, review
from dateline.record.forget import forget, meant


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "a.record"
    with open_record(place, create=True) as record:
        run = record.start_run()
        record.write(full(), run)
        record.write(by(full(), "0.2.0"), run)
        for number in (1, 2):
            coding = small(number)
            record.write(replace(coding, article=replace(coding.article, publisher="Wire")), run)
        record.write(failed("empty.html"), run)
        for kind, row in (("event", next(iter(record.events())).id), ("statement", next(iter(record.statements())).id)):
            review.judge(place, kind, row, "Ada", "accepted")
            comment = review.comment(place, kind, row, "Ada", "border post again")
            review.comment(place, kind, row, "Ben", "indeed", reply_to=comment.id)
    return place


def rows(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("article", "statement", "event"):
            db.execute(f"INSERT INTO {index}_search({index}_search, rank) VALUES ('integrity-check', 1)")
        names = [
            n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'")
        ]
        return {n: db.execute(f"SELECT count(*) FROM {n}").fetchone()[0] for n in names}


def test_an_article_goes_with_all_of_it(path: Path) -> None:
    article = full().article.id
    before = rows(path)
    removed = forget(path, meant(path, article[:20]))
    assert removed.articles == 1
    assert removed.rows == {
        "revision": 2, "actor": 5, "statement": 2, "event": 2, "talks": 1, "problem": 1, "review": 2, "comment": 4,
    }  # fmt: skip
    after = rows(path)
    assert before["article"] - after["article"] == 1 and before["mention"] - after["mention"] > 5
    with sqlite3.connect(path) as db:
        columns = [
            (table, column[1])
            for table in after
            for column in db.execute(f"PRAGMA table_info({table})")
            if column[2] == "TEXT"
        ]
        for table, column in columns:
            assert not db.execute(f"SELECT 1 FROM {table} WHERE {column} = ?", (article,)).fetchone(), table


def test_the_words_are_not_in_the_file(path: Path) -> None:
    marks = (b"Karlovian", b"karlovian", b"Strelsau", b"strelsau", b"Belic")
    assert any(mark in path.read_bytes() for mark in marks)
    forget(path, meant(path, full().article.id))
    content = path.read_bytes()
    assert not [mark for mark in marks if mark in content]
    assert not path.with_name("a.record-wal").exists() or not path.with_name("a.record-wal").read_bytes()


@pytest.mark.parametrize(
    ("name", "how", "count"),
    [
        ("pages/border.html", "source", 1), ("https://example.org/border", "source", 1), ("wire", "publisher", 2),
        (small(1).article.id, "article", 1), ("abababab", "article", 1),
    ],
)  # fmt: skip
def test_what_a_name_means(path: Path, name: str, how: str, count: int) -> None:
    found = meant(path, name)
    assert (found.how, len(found.articles)) == (how, count)
    assert forget(path, found).articles == count
    with pytest.raises(UsageError, match="no article, source or publisher"):
        meant(path, name)
    rows(path)


def test_a_failed_input_goes(path: Path) -> None:
    assert forget(path, meant(path, "empty.html")).rows == {"problem": 1}
    assert rows(path)["article"] == 3


def test_a_name_too_short_means_nothing(path: Path) -> None:
    with pytest.raises(UsageError, match="begins the ids of 2"):
        meant(path, "000000")
    with pytest.raises(UsageError, match="no article"):
        meant(path, "00")


def test_forgotten_articles_can_be_coded_again(path: Path) -> None:
    forget(path, meant(path, full().article.id))
    with open_record(path) as record:
        assert record.write(full(), record.start_run()) == "added"
        assert record.articles(text="Karlovian").count() == 1
    rows(path)
