"""One text, one witness: over the corpus, and by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
import score_corpus

import corpus
from dateline.corroborate import join
from dateline.corroborate.texts import Body, address, bands, order, relate, same, shared, shingles, sketch
from dateline.record import Record


@pytest.mark.parametrize("half", ["chosen", "held"])
def test_reprints_are_found_and_nothing_else(record: Record, half: str) -> None:
    precision, recall = score_corpus.text_pairs(record, half)
    assert precision >= 0.98 and recall >= 0.98


def test_versions_are_in_order_and_reprints_name_their_text(record: Record) -> None:
    names = corpus.ids()
    found = {
        names[m.article]: (m.relation, [names[o.article] for o in t.members if o.relation != "reprint"].index(names[m.article]) + 1
                           if m.relation != "reprint" else None)
        for t in record.texts() for m in t.members
    }  # fmt: skip
    for group in corpus.gold("texts")["groups"]:
        for article, gold in group["members"].items():
            relation, number = found[article]
            if gold["relation"] == "reprint":
                assert relation == "reprint", article
            else:
                assert (relation, number) == ("version" if gold["number"] > 1 else "first", gold["number"]), article


def test_rewrites_are_witnesses_of_their_own(record: Record) -> None:
    names = corpus.ids()
    text = {names[m.article]: t.id for t in record.texts() for m in t.members}
    for rewrite in corpus.gold("texts")["rewrites"]:
        told = [{text[a] for a in articles} for articles in rewrite["texts"]]
        assert all(len(t) == 1 for t in told) and len(set.union(*told)) == len(told), rewrite["cluster"]


def test_sketches_estimate_the_common_part() -> None:
    rng = random.Random(1)
    words = [f"w{rng.randrange(5000)}" for _ in range(900)]
    a, b = shingles(" ".join(words[:600])), shingles(" ".join(words[200:]))
    true = len(a & b) / len(a | b)
    assert abs(float((sketch(a) == sketch(b)).mean()) - true) < 0.12
    assert set(bands(sketch(a))) & set(bands(sketch(b)))
    assert all(0 <= band < 2**63 for band in bands(sketch(a)))


def test_case_marks_and_breaks_of_lines_change_nothing() -> None:
    assert shingles("The river—towns, he said.\n\nAll fell") == shingles("the RIVER towns he said all fell")
    assert shingles("too short") == frozenset() and shared(frozenset(), frozenset()) == 0


def test_addresses() -> None:
    assert address("https://www.example.org/a/?utm_source=x#top") == address("http://example.org/a") == "example.org/a"
    assert address("https://example.org/a?id=5") != address("https://example.org/a?id=6")
    assert address("pages/a.html") is None and address(None) is None


def body(article: str, text: str, url: str | None = None, published: str = "2024-05-06") -> Body:
    return Body(article, shingles(text), address(url), published)


LONG = " ".join(f"word{n}" for n in range(80))
OTHER = " ".join(f"other{n}" for n in range(80))


def test_what_is_one_text() -> None:
    assert same(body("a", LONG), body("b", LONG + " and a line of its own at the end"))
    assert not same(body("a", LONG), body("b", OTHER))
    assert not same(body("a", LONG), body("b", " ".join(f"x{n}" for n in range(600)) + " " + LONG)), (
        "a brief within a survey"
    )
    assert not same(body("a", "more to follow"), body("b", "more to follow"))
    half = " ".join(LONG.split()[:25]) + " " + " ".join(OTHER.split()[:55])
    assert not same(body("a", LONG), body("b", half)) and same(
        body("a", LONG, "https://example.org/live"), body("b", half, "https://example.org/live")
    )
    assert not same(body("a", LONG, "https://example.org/"), body("b", OTHER, "https://example.org/")), "a front page"


def test_order_and_relation() -> None:
    wire = [body(n, LONG + " grew" * k, "https://wire.example/x") for n, k in (("v2", 9), ("v1", 4))]
    paper = body("p", LONG + " and more" * 20, "https://paper.example/y")
    assert [b.article for b in order([paper, *wire])] == ["v1", "v2", "p"]
    assert relate(wire[0], [wire[1]])[:2] == ("version", "v1") and relate(paper, [wire[1]])[:2] == ("reprint", "v1")
    assert relate(paper, []) == ("first", None, None)


def test_a_text_that_loses_its_link_falls_apart(tmp_path: Path) -> None:
    """Two halves that only the whole between them joins are two texts again once the whole is forgotten."""
    template = corpus.gold_codings()["ni-01"]
    first, second = " ".join(f"a{n}" for n in range(60)), " ".join(f"b{n}" for n in range(60))
    whole = f"{first} {second}"
    codings = [
        replace(template, article=replace(template.article, id=f"sha256:{i}", url=f"https://{i}.example/x", text=text),
                actors=(), places=(), events=())
        for i, text in enumerate((first, second, whole))
    ]  # fmt: skip
    record = corpus.filled(tmp_path / "a.record", codings)
    join(record, ["sha256:2", "sha256:0", "sha256:1"])
    assert [t.articles for t in record.texts()] == [3]
    with record:
        record._writer.execute("DELETE FROM article WHERE id = 'sha256:2'")
    join(record, ())
    assert [t.articles for t in record.texts()] == [1, 1]
