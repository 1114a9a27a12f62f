"""Writing: what goes in comes out, once, in one transaction, with old codings listed."""

from __future__ import annotations

import datetime
import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import TEXT, by, failed, full, small

from dateline.errors import RecordError
from dateline.model import Actor, Article, Coding, Event, Problem, Span, Statement
from dateline.record import Record, open_record

TABLES_WITH_RUN = (
    "article",
    "revision",
    "source",
    "actor",
    "place",
    "mention",
    "date",
    "statement",
    "event",
    "talks",
    "problem",
)


@pytest.fixture
def record(tmp_path: Path):  # type: ignore[no-untyped-def]
    with open_record(tmp_path / "a.record", create=True) as made:
        yield made


def dump(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but `run`, as SQLite holds it."""
    with sqlite3.connect(record.path) as db:
        names = [
            n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'")
        ]
        return {n: db.execute(f"SELECT * FROM {n} ORDER BY 1, 2").fetchall() for n in names if n != "run"}


def integrity(record: Record) -> None:
    with sqlite3.connect(record.path) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("article", "statement", "event"):
            db.execute(f"INSERT INTO {index}_search({index}_search, rank) VALUES ('integrity-check', 1)")


def test_a_coding_comes_back_whole(record: Record) -> None:
    coding = full()
    assert coding.faults() == []
    assert record.write(coding, record.start_run("test")) == "added"
    assert record.coding(coding.article.id) == coding
    assert list(record.codings()) == [coding]
    integrity(record)


def test_every_row_leads_back_to_its_words(record: Record) -> None:
    run = record.start_run()
    record.write(full(), run)
    with sqlite3.connect(record.path) as db:
        for table, words in (
            ("actor", "text"), ("place", "text"), ("mention", "text"), ("date", "text"), ("event", "evidence"),
            ("talks", "evidence"), ("statement_content", "text"), ("talks_evidence", "text"),
        ):  # fmt: skip
            rows = db.execute(f"SELECT start_offset, end_offset, {words} FROM {table}").fetchall()
            assert rows
            assert all(TEXT[start:end] == text for start, end, text in rows), table
        for table in TABLES_WITH_RUN:
            assert db.execute(f"SELECT DISTINCT run_id FROM {table}").fetchall() == [(run,)], table


def test_the_same_coding_again_changes_nothing(record: Record) -> None:
    record.write(full(), record.start_run())
    before = dump(record)
    assert record.write(full(), record.start_run()) == "unchanged"
    assert dump(record) == before
    assert [(r.added, r.unchanged) for r in record.runs()] == [(1, 0), (0, 1)]


def test_a_moved_page_is_the_same_article(record: Record) -> None:
    run = record.start_run()
    moved = replace(full(), article=replace(full().article, source="/elsewhere/border.html"))
    record.write(full(), run)
    assert record.write(moved, run) == "unchanged"
    (article,) = record.articles()
    assert article.sources == ("/elsewhere/border.html", "pages/border.html")


def test_a_new_version_replaces_the_machine_rows(record: Record) -> None:
    first, second = record.start_run(), record.start_run()
    record.write(full(), first)
    newer = replace(by(full(), "0.2.0"), statements=full().statements[:1], talks=())
    assert record.write(newer, second) == "replaced"
    assert record.counts() == {
        "articles": 1, "actors": 5, "statements": 1, "events": 2, "talks": 0, "problems": 1, "runs": 2,
    }  # fmt: skip
    assert {e.run for e in record.events()} == {second}
    old, new = record.revisions(newer.article.id)
    assert (old.version, old.current, new.version, new.current) == ("0.1.0", False, "0.2.0", True)
    assert record.coding(newer.article.id) == newer
    assert record.coding(newer.article.id, old.id) == full()
    assert old.models == {"events": "sha256:1"} and old.settings == "sha256:2"
    integrity(record)
    assert record.write(full(), record.start_run()) == "replaced"
    assert len(list(record.revisions())) == 2  # the old one is in force again


def test_ids_survive_a_new_version(record: Record) -> None:
    """What an analyst attached to a row finds it again: same words, same id, whatever the models now make of them."""
    run = record.start_run()
    record.write(full(), run)

    def ids() -> dict[str, set[str]]:
        return {
            "events": {e.id for e in record.events()}, "statements": {s.id for s in record.statements()},
            "talks": {t.id for t in record.talks()}, "actors": {a.id for a in record.actors()},
        }  # fmt: skip

    before = ids()
    coding = full()
    renumbered = {a.id: f"x{i}" for i, a in enumerate(reversed(coding.actors))}

    def new(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(renumbered[n] for n in names)

    changed = replace(
        by(coding, "0.2.0"),
        actors=tuple(
            replace(a, id=renumbered[a.id], sector="ELI", affiliation=renumbered.get(a.affiliation or ""))
            for a in reversed(coding.actors)
        ),
        statements=tuple(
            replace(s, speaker=renumbered[s.speaker or ""], act="STATE", confidence=0.1, addressees=new(s.addressees))
            for s in coding.statements
        ),
        events=tuple(
            replace(e, actors=new(e.actors), recipients=new(e.recipients), mode=None, confidence=0.1)
            for e in coding.events
        ),
        talks=tuple(replace(t, parties=new(t.parties), mediators=(), outcome="unknown") for t in coding.talks),
    )
    assert changed.faults() == []
    assert record.write(changed, run) == "replaced"
    assert ids() == before


def test_rows_alike_keep_ids_of_their_own(record: Record) -> None:
    coding = full()
    doubled = replace(coding, events=(*coding.events, replace(coding.events[0], id="e3", status="actual")))
    record.write(doubled, record.start_run())
    assert len({e.id for e in record.events()}) == 3


def test_a_failed_input_is_a_problem_row(record: Record) -> None:
    run = record.start_run()
    assert record.write(failed("pages/1.html"), run) == "failed"
    assert record.write(failed("pages/1.html"), run) == "failed"
    (problem,) = record.problems()
    assert (problem.article, problem.source, problem.message) == (None, "pages/1.html", "the file is empty")
    record.write(failed("pages/1.html", "it is binary"), run)
    assert [p.message for p in record.problems()] == ["it is binary"]
    record.write(small(1), run)  # the page was mended
    assert list(record.problems()) == []
    record.write(failed("pages/1.html"), run)  # and broke again: what was coded stays
    assert record.counts()["articles"] == 1 and len(list(record.problems())) == 1


def test_an_article_that_is_not_coded_is_still_there(record: Record) -> None:
    """Another language: the article and its problem, no other rows."""
    article = Article("sha256:1", "a.txt", "Ein Text in einer anderen Sprache.", language="de")
    coding = Coding(full().coder, article, problems=(Problem("language", "the text is in 'de', not coded"),))
    assert record.write(coding, record.start_run()) == "added"
    (row,) = record.articles()
    assert (row.language, row.problems, row.events) == ("de", 1, 0)


def test_a_fault_of_the_coder_costs_one_link(record: Record) -> None:
    coding = full()
    broken = replace(coding, events=(replace(coding.events[0], actors=("a9",), place="p9", reported_by="s9"),))
    record.write(broken, record.start_run())
    (event,) = record.events()
    assert (event.actors, event.place, event.reported_by) == ((), None, None)
    assert {p.message.split(": ", 2)[2] for p in record.problems() if p.stage == "record"} == {
        "no actor a9", "no place p9", "no statement s9",
    }  # fmt: skip
    twice = replace(by(coding, "2"), actors=(*coding.actors, replace(coding.actors[0], name="Somebody else")))
    record.write(twice, record.start_run())
    assert "Somebody else" not in {a.name for a in record.actors()}


def test_nothing_is_left_of_a_write_that_fails(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    run = record.start_run()
    record.write(full(), run)
    before = dump(record)
    from dateline.record import write

    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(write, "_talks", broken)
    with pytest.raises(RecordError, match="disk is full"):
        record.write(by(full(), "0.2.0"), run)
    assert dump(record) == before
    monkeypatch.undo()
    assert record.write(by(full(), "0.2.0"), run) == "replaced"


def test_an_unknown_run_is_refused(record: Record) -> None:
    with pytest.raises(RecordError):
        record.write(full(), "no such run")
    assert record.counts()["articles"] == 0


WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(text=WORDS, name=WORDS, data=st.data())
def test_any_text_goes_through(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str, data: st.DataObject
) -> None:
    """Whatever the characters and offsets: NUL, control characters, other planes; rows equal the slice they name."""

    def piece() -> Span:
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        return Span(start, end, text[start:end])

    coding = Coding(
        full().coder,
        Article("sha256:1", name, text, title=name),
        actors=(Actor("a1", name, "other", mentions=(piece(), piece())),),
        statements=(Statement("s1", "a1", piece(), piece(), (piece(), piece()), "mixed"),),
        events=(Event("e1", "AID", None, ("a1",), (), piece(), datetime.date.min, datetime.date.max),),
    )
    with open_record(tmp_path_factory.mktemp("any") / "a.record", create=True) as record:
        record.write(coding, record.start_run())
        assert record.coding("sha256:1") == coding
        (statement,), (event,), (actor,) = record.statements(), record.events(), record.actors()
        assert statement.content == coding.statements[0].content
        assert (statement.source, statement.cue) == (coding.statements[0].source, coding.statements[0].cue)
        assert event.evidence == coding.events[0].evidence and event.actor_names == name
        assert actor.mentions == 2
        assert json.loads(coding.to_json())["article"]["text"] == next(iter(record.articles())).text
