"""One event, many reports: over the corpus, whatever the order of arrival, and after changes."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
import score_corpus

import corpus
from dateline.corroborate import join, pending
from dateline.model import Coding, Magnitude
from dateline.record import ClusterRow, Record

ACROSS = ("text_article", "cluster", "report", "round", "round_talks", "round_party", "process", "position", "pledge",
          "pledge_statement", "pledge_bearing")  # fmt: skip


def face(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """All that a join leaves, without the small numbers that are its own business."""
    left_out = {"number", "features"}
    with sqlite3.connect(record.path) as db:
        found = {}
        for table in ACROSS:
            number = table in ("text_article", "report")
            columns = [c[1] for c in db.execute(f"PRAGMA table_info({table})") if not (number and c[1] in left_out)]
            found[table] = sorted(db.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall(), key=str)
        return found


@pytest.mark.parametrize("half", ["chosen", "held"])
def test_events_of_the_corpus(record: Record, half: str) -> None:
    _, _, f1, coverage = score_corpus.cluster_scores(record, corpus.gold_codings(), half)
    assert f1 >= 0.95 and coverage == 1


def test_look_alikes_stay_apart(record: Record) -> None:
    of = {(corpus.ids()[r.article], r.evidence.text): c.id for c in record.clusters() for r in c.reports}
    gold = {
        c["id"]: {of[r["article"], r["evidence"]] for r in c["reports"]} for c in corpus.gold("clusters")["clusters"]
    }
    joined = [
        pair["clusters"]
        for pair in corpus.gold("clusters")["look_alikes"]
        if gold[pair["clusters"][0]] & gold[pair["clusters"][1]]
    ]
    assert joined == []


def cluster(record: Record, gold: str) -> ClusterRow:
    """The cluster that holds the first report of a gold cluster."""
    reports = next(c for c in corpus.gold("clusters")["clusters"] if c["id"] == gold)["reports"]
    article = corpus.article(reports[0]["article"]).id
    found = [
        c for c in record.clusters(article=article) if any(r.evidence.text == reports[0]["evidence"] for r in c.reports)
    ]
    return found[0]


def test_rival_tolls_stand_side_by_side_with_who_says_so(record: Record) -> None:
    market = cluster(record, "c-market")
    gold = next(c for c in corpus.gold("clusters")["clusters"] if c["id"] == "c-market")
    killed = {value.value for value in market.disputed["killed"]}
    words = {w for value in market.disputed["killed"] for w in value.words}
    assert killed <= {corpus.figure(w) for w in gold["disputed"]["killed"]} and len(killed) > 1
    assert any(w.startswith("at least") for w in words | {w for v in market.revised.get("killed", ()) for w in v.words})
    assert market.magnitude.killed is None and "killed" not in market.agreed
    for value in market.disputed["killed"]:
        assert value.reports and value.texts and set(value.reports) <= {r.event for r in market.reports}


def test_versions_take_back_what_they_said(record: Record) -> None:
    bomb = cluster(record, "a-manc")
    assert {v.value for v in bomb.disputed["injured"]} | {v.value for v in bomb.revised.get("injured", ())} == {
        200,
        212,
    }
    assert bomb.texts < bomb.report_count and bomb.first_reported.isoformat() == "1996-06-15"  # type: ignore[union-attr]


def test_counts_tell_reports_texts_and_publishers_apart(record: Record) -> None:
    for c in record.clusters():
        assert c.report_count == len(c.reports) >= c.texts >= 1 and c.publishers <= c.report_count
        assert len({r.text for r in c.reports}) == c.texts
        assert c.first_reported <= c.last_reported  # type: ignore[operator]
        assert len({r.article for r in c.reports}) == len(c.reports), "one report an article"
    assert sum(c.report_count for c in record.clusters()) == record.events().count()


@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_arrival_changes_nothing(record: Record, tmp_path: Path, seed: int) -> None:
    codings = list(corpus.gold_codings().values())
    random.Random(seed).shuffle(codings)
    other = corpus.filled(tmp_path / "a.record", codings)
    ids = [c.article.id for c in codings]
    with sqlite3.connect(other.path) as db:
        db.execute("DELETE FROM touched")
    for begin in range(0, len(ids), 9 * seed):
        join(other, ids[begin : begin + 9 * seed])
    assert face(other) == face(record)


def test_a_forgotten_article_leaves_no_trace(record: Record, tmp_path: Path) -> None:
    """Its reports go with it; after the next join the record is as if it had never been read."""
    codings = dict(corpus.gold_codings())
    whole = corpus.filled(tmp_path / "whole.record", codings.values())
    join(whole)
    gone = codings.pop("ni-04b").article.id
    with whole:
        for table in ("event", "mention", "actor", "place"):
            whole._writer.execute(f"DELETE FROM {table} WHERE article_id = ?", (gone,))
        whole._writer.execute("DELETE FROM article WHERE id = ?", (gone,))
    assert all(r.article != gone for c in whole.clusters() for r in c.reports), "gone before the next join, too"
    join(whole, ())
    without = corpus.filled(tmp_path / "without.record", codings.values())
    join(without)
    assert face(whole) == face(without)


def test_an_article_coded_anew_moves_to_where_it_belongs(tmp_path: Path) -> None:
    codings = dict(corpus.gold_codings())
    record = corpus.filled(tmp_path / "a.record", codings.values())
    join(record)
    changed = _without_events(codings["vk-02a"])
    with record:
        record.write(changed, record.start_run("again"))
    assert pending(record) == [changed.article.id]
    join(record, [changed.article.id])
    assert pending(record) == []
    codings["vk-02a"] = changed
    fresh = corpus.filled(tmp_path / "b.record", codings.values())
    join(fresh)
    assert face(record) == face(fresh)


def _without_events(coding: Coding) -> Coding:
    kept = replace(coding.events[0], magnitude=Magnitude(killed=99))
    return replace(coding, events=(kept,))


def test_filters_and_tables(record: Record) -> None:
    assert {c.type for c in record.clusters(type="assault")} == {"ASSAULT"}
    assert all(c.disputed for c in record.clusters(disputed=True)) and record.clusters(disputed=True).count() >= 5
    assert all("SDN" in c.sides for c in record.clusters(side="SDN")) and record.clusters(side="SDN").count() > 5
    table = record.clusters().to_arrow()
    assert table.num_rows == record.clusters().count() and str(table.schema.field("reports").type) == "int64"
    for rows in (record.texts(), record.processes(), record.rounds(), record.pledges(), record.verdicts()):
        assert rows.to_arrow().num_rows == rows.count()
