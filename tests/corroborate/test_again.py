"""Coded again by a new version: every analyst's word stays on its row, or is listed as orphaned with the old words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from written import Writer

import corpus
from dateline.cli import join as cli_join
from dateline.cli import show
from dateline.corroborate import join, judge
from dateline.model import Coder, Coding
from dateline.record import Record, review

NEW = Coder("9.0.0", {"events": "sha256:new"}, "sha256:new")


def story() -> Coding:
    return (
        Writer("story", "2031-03-05")
        .event("ASSAULT", ("Ruritania",), ("Graustark",), "Ruritania shelled the locks")
        .event("ACCUSE", ("Graustark",), ("Ruritania",), "Graustark blamed its neighbour")
        .says("Ruritania", "promised", "to open the locks before the harvest", "AGREE", ("Graustark",))
        .coding()
    )


@pytest.fixture
def judged(tmp_path: Path) -> Record:
    """A record in which people judged both events, the statement, the joined events and the pledge."""
    record = corpus.filled(tmp_path / "a.record", [story()])
    join(record)
    for kind, rows in (("event", record.events()), ("statement", record.statements())):
        for row in rows:
            review.judge(record.path, kind, row.id, "A. Reader", "accepted")
    for cluster in record.clusters():
        judge(record, "cluster", cluster.id, "A. Reader", "one event")
    (pledge,) = record.pledges()
    judge(record, "pledge", pledge.id, "A. Reader", "kept", "seen at the locks")
    return record


def coded_again(record: Record, coding: Coding) -> None:
    with record:
        assert record.write(replace(coding, coder=NEW), record.start_run("again")) == "replaced"
    join(record, [coding.article.id])


def test_the_same_rows_from_a_new_version_keep_every_word(judged: Record) -> None:
    coded_again(judged, story())
    assert {a.version for a in judged.articles()} == {"9.0.0"}
    assert review.orphans(judged.path) == 0
    assert len(review.judgements(judged.path, orphaned=False)) == 3
    assert [c.verdict for c in judged.clusters()] == ["one event"] * 2
    assert [p.verdict for p in judged.pledges()] == ["kept"]


def test_what_a_new_version_no_more_gives_is_listed_with_the_old_words(
    judged: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    old = story()
    other = replace(old.events[0], type="COERCE")  # the same words, read as something else: another row
    coded_again(judged, replace(old, events=(other,), statements=()))
    assert [(j.kind, j.evidence) for j in review.judgements(judged.path, orphaned=True)] == [
        ("event", "Ruritania shelled the locks"), ("event", "Graustark blamed its neighbour"),
        ("statement", "to open the locks before the harvest"),
    ]  # fmt: skip
    lost = {v.members[0]["text"] for v in judged.verdicts(orphaned=True)}
    assert lost == {"Graustark blamed its neighbour", "to open the locks before the harvest"}
    assert [c.verdict for c in judged.clusters()] == ["one event"], "a joined event is found by its words"
    assert review.orphans(judged.path) == 5
    cli_join.run(judged.path, False)
    assert "5 verdicts of analysts hang on no row any more" in capsys.readouterr().err
    show.run(judged.path, "reviews", None, {}, 50)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 7 and sum("\torphaned\t" in line for line in lines) == 5
    assert any("pledge\tkept\tseen at the locks" in line and "to open the locks" in line for line in lines)


def test_and_it_is_there_again_when_the_row_is(judged: Record) -> None:
    coded_again(judged, replace(story(), events=(), statements=()))
    assert review.orphans(judged.path) == 6
    with judged:
        judged.write(story(), judged.start_run("third"))
    join(judged, [story().article.id])
    assert review.orphans(judged.path) == 0 and [p.verdict for p in judged.pledges()] == ["kept"]
