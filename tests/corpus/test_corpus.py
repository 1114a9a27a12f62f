"""The test corpus of the record across articles is sound: every id resolves, every snippet stands once in its article."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TYPES = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"}
TYPES |= {"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
KINDS = {"blame", "demand", "refuse", "pledge", "threaten", "thank", "claim"}
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DOCUMENTED = ("ni-", "su-")


def load(name: str) -> dict:
    """One gold file as plain objects."""
    return json.loads((HERE / name).read_text(encoding="utf-8"))


ARTICLES = {
    row["id"]: row for row in map(json.loads, (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines())
}
CLUSTERS = load("gold_clusters.json")
TEXTS = load("gold_texts.json")
TALKS = load("gold_talks.json")
POSITIONS = load("gold_positions.json")
ROUNDS = {talk["id"]: talk for process in TALKS["processes"] for talk in process["rounds"]}


def snippets() -> list[tuple[str, str]]:
    """All (article, snippet) pairs of the gold."""
    pairs = [(r["article"], r["evidence"]) for c in CLUSTERS["clusters"] for r in c["reports"]]
    pairs += [(p["article"], p["snippet"]) for p in POSITIONS["positions"]]
    pairs += [(s["article"], s["snippet"]) for p in POSITIONS["pledges"] for s in p["made_in"] + p["bearing"]]
    return pairs


@cache
def shingles(text: str) -> set[tuple[str, ...]]:
    """The runs of four words of a text."""
    words = text.lower().split()
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def containment(one: str, other: str) -> float:
    """The share of the shorter text's runs of four words that the longer one has too (0 to 1)."""
    a, b = shingles(ARTICLES[one]["text"]), shingles(ARTICLES[other]["text"])
    return len(a & b) / min(len(a), len(b))


def test_articles_are_short_dated_and_from_six_outlets() -> None:
    lines = (HERE / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(ARTICLES) == len(lines) >= 66
    assert len({row["publisher"] for row in ARTICLES.values()}) == 6
    for row in ARTICLES.values():
        assert list(row) == ["id", "title", "published", "publisher", "url", "text"]
        assert 90 <= len(row["text"].split()) <= 260, row["id"]
        assert datetime.fromisoformat(row["published"].replace("Z", "+00:00")).year >= 1996


def test_nobody_real_is_quoted() -> None:
    quoted = [i for i, row in ARTICLES.items() if i.startswith(DOCUMENTED) and any(q in row["text"] for q in '"“”')]
    assert quoted == []


def test_every_snippet_stands_once_in_its_article() -> None:
    assert [pair for pair in snippets() if ARTICLES[pair[0]]["text"].count(pair[1]) != 1] == []


def test_every_article_is_in_a_cluster_or_background() -> None:
    told = {r["article"] for c in CLUSTERS["clusters"] for r in c["reports"]}
    background = set(CLUSTERS["background"])
    assert told | background == set(ARTICLES) and not told & background


def test_clusters_are_well_formed() -> None:
    clusters = CLUSTERS["clusters"]
    ids = [c["id"] for c in clusters]
    assert len(ids) == len(set(ids)) >= 60
    assert any(len(c["reports"]) == 1 for c in clusters)
    for c in clusters:
        assert c["type"] in TYPES and c["actors"], c["id"]
        assert date.fromisoformat(c["start"]) <= date.fromisoformat(c["end"])
        assert len({r["article"] for r in c["reports"]}) == len(c["reports"]), c["id"]
        first = min(ARTICLES[r["article"]]["published"][:10] for r in c["reports"])
        assert c["start"] <= first, c["id"]


def test_fields_agreed_and_disputed_are_what_the_reports_say() -> None:
    disputed = 0
    for c in CLUSTERS["clusters"]:
        said: dict[str, dict[str, list[str]]] = {}
        for r in c["reports"]:
            for field, value in r["says"].items():
                said.setdefault(field, {}).setdefault(value, []).append(r["article"])
        assert c["disputed"] == {f: v for f, v in said.items() if len(v) > 1}, c["id"]
        assert c["agreed"] == {f: next(iter(v)) for f, v in said.items() if len(v) == 1}, c["id"]
        disputed += bool(c["disputed"])
        for field, steps in c["revised"].items():
            for step in steps:
                assert step["article"] in c["disputed"][field][step["to"]], c["id"]
                assert step["from"] in c["disputed"][field], c["id"]
    assert disputed >= 5


def test_weekdays_named_in_evidence_are_the_weekdays_of_the_gold_dates() -> None:
    wrong = set()
    for c in CLUSTERS["clusters"]:
        start, end = (date.fromisoformat(c[k]).toordinal() for k in ("start", "end"))
        days = {WEEKDAYS[date.fromordinal(n).weekday()] for n in range(start, end + 1)}
        for r in c["reports"]:
            named = {w for w in WEEKDAYS if w in r["evidence"]}
            if named and not named & days:
                wrong.add(c["id"])
            elif not named and "yesterday" in r["evidence"]:
                published = date.fromisoformat(ARTICLES[r["article"]]["published"][:10]).toordinal()
                assert start <= published - 1 <= end, (c["id"], r["article"])
    assert wrong == set()


def test_look_alikes_lie_in_clusters_of_their_own() -> None:
    ids = {c["id"] for c in CLUSTERS["clusters"]}
    assert len(CLUSTERS["look_alikes"]) >= 10
    for pair in CLUSTERS["look_alikes"]:
        assert len(set(pair["clusters"])) == 2 and set(pair["clusters"]) <= ids


def test_texts_share_their_words_and_rewrites_do_not() -> None:
    members = [i for g in TEXTS["groups"] for i in g["articles"]]
    assert len(members) == len(set(members)) and set(members) <= set(ARTICLES)
    group = {i: g["id"] for g in TEXTS["groups"] for i in g["articles"]}
    for g in TEXTS["groups"]:
        for one, other in combinations(g["articles"], 2):
            assert containment(one, other) > 0.55, (one, other)
    for one, other in combinations(ARTICLES, 2):
        if group.get(one, one) != group.get(other, other):
            assert containment(one, other) < 0.25, (one, other)
    for rewrite in TEXTS["rewrites"]:
        assert len({group.get(i, i) for text in rewrite["texts"] for i in text}) == len(rewrite["texts"]) > 1


def test_versions_of_one_address_are_one_text_in_order() -> None:
    by_url: dict[str, list[str]] = {}
    for i, row in ARTICLES.items():
        by_url.setdefault(row["url"], []).append(i)
    revised = {url: ids for url, ids in by_url.items() if len(ids) > 1}
    assert len(revised) >= 3
    numbers = {i: m.get("number") for g in TEXTS["groups"] for i, m in g["members"].items()}
    for ids in revised.values():
        ids = sorted(ids, key=lambda i: ARTICLES[i]["published"])
        assert [numbers[i] for i in ids] == list(range(1, len(ids) + 1))


def test_rounds_resolve() -> None:
    assert len(ROUNDS) >= 15 and len(TALKS["processes"]) >= 3
    for talk in ROUNDS.values():
        assert set(talk["parties"]) | set(talk["outside_but_heard"]) <= set(TALKS["parties"])
        assert set(talk["articles"]) | set(talk["announced_in"]) <= set(ARTICLES)
        assert talk["articles"] and talk["mediators"] and talk["venue"]
        days = [date.fromisoformat(talk[k]) for k in ("start", "end") if talk[k]]
        assert days and days == sorted(days)
        assert {i for ids in talk["outcomes"].values() for i in ids} <= set(talk["articles"])
        assert set(talk["delegations"]) <= set(talk["parties"])
        assert talk["next"] is None or talk["next"] in ROUNDS
        for i in talk["announced_in"]:
            assert ARTICLES[i]["published"][:10] <= str(days[-1]), (talk["id"], i)
    assert sum(bool(t["announced_in"]) for t in ROUNDS.values()) >= 5
    assert sum(len(t["outcomes"]) > 1 for t in ROUNDS.values()) >= 2
    assert sum(t["outcome"] == "adjourned" for t in ROUNDS.values()) >= 2


def test_positions_belong_to_a_party_of_their_round() -> None:
    assert len(POSITIONS["positions"]) >= 60
    for p in POSITIONS["positions"]:
        talk = ROUNDS[p["round"]]
        assert p["kind"] in KINDS and p["party"] in talk["parties"] + talk["outside_but_heard"], p
        assert p["article"] in talk["articles"] + talk["announced_in"], p
    assert set(Counter(p["kind"] for p in POSITIONS["positions"])) == KINDS


@pytest.mark.parametrize("pledge", POSITIONS["pledges"], ids=lambda p: p["id"])
def test_pledges_have_a_maker_and_what_bears_on_them_comes_later(pledge: dict) -> None:
    assert pledge["who"] and set(pledge["who"]) | set(pledge["to"]) <= set(TALKS["parties"])
    made = min(ARTICLES[s["article"]]["published"] for s in pledge["made_in"])
    for s in pledge["bearing"]:
        assert s["relation"] in {"kept", "broken", "bears"}
        assert ARTICLES[s["article"]]["published"] >= made
    relations = {s["relation"] for s in pledge["bearing"]} - {"bears"}
    assert relations <= {pledge["verdict"]}


def test_pledges_are_kept_broken_and_open() -> None:
    assert {p["verdict"] for p in POSITIONS["pledges"]} == {"kept", "broken", "open"}
    assert sum(p["by_when"] is not None for p in POSITIONS["pledges"]) >= 5
    assert sum(p["condition"] is not None for p in POSITIONS["pledges"]) >= 3
