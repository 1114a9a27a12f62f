"""Every page answers, agrees with its JSON twin and with the record, and holds its whole state in its URL."""

from __future__ import annotations

import csv
import io
import re
import threading
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
import synthetic
from starlette.testclient import TestClient
from visiting import Maker

from dateline.record import open_record

PAGES = (
    "/", "/articles", "/events", "/statements", "/talks", "/actors", "/map", "/network", "/search", "/search?q=river",
    "/review", "/runs", "/problems", "/agreement", "/add", "/dyad/RUR/GRA", "/dyad/rur/gra", "/actor/rur",
)  # fmt: skip
LARGEST = 400_000


def first(client: TestClient, what: str, **query: str) -> dict:
    return client.get(f"/api/{what}", params={"size": "1", **query}).json()[what][0]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_its_twin(reader: TestClient, path: str) -> None:
    page = reader.get(path)
    twin = reader.get("/api" if path == "/" else f"/api{path}")
    assert (page.status_code, twin.status_code) == (200, 200)
    assert page.headers["content-type"].startswith("text/html")
    assert twin.headers["content-type"] == "application/json" and twin.json()
    assert len(page.content) < LARGEST
    assert f'<a href="{("/api" if path == "/" else "/api" + path)}">This page as JSON</a>' in page.text


def test_details_have_their_twins(reader: TestClient) -> None:
    event, statement, talks = first(reader, "events"), first(reader, "statements"), first(reader, "talks")
    for path in (
        f"/event/{event['id']}", f"/statement/{statement['id']}", f"/talks/{talks['id']}", f"/article/{event['article_id']}",
        f"/thread/event?target={event['id']}",
    ):  # fmt: skip
        assert reader.get(path).status_code == 200 == reader.get(f"/api{path}").status_code, path


@pytest.mark.parametrize("path", ["/event/none", "/statement/x", "/talks/x", "/article/x", "/actor/x", "/dyad/X/Y", "/nowhere", "/add/x", "/thread/table?target=x", "/static/../web.py", "/static/none.css"])  # fmt: skip
def test_what_is_not_there_is_told(reader: TestClient, path: str) -> None:
    page = reader.get(path)
    assert page.status_code == 404
    if "static" not in path:
        assert "Not here" in page.text
        twin = reader.get(f"/api{path}")
        assert twin.status_code == 404 and twin.json()["error"]


@pytest.mark.parametrize("query", ["since=soon", "since=2024-13", "sort=price", "after=x", "min_confidence=2", "q=" + "x" * 600, "size=-1"])  # fmt: skip
def test_a_wrong_state_is_told(reader: TestClient, query: str) -> None:
    assert reader.get(f"/events?{query}").status_code == 400
    assert reader.get(f"/api/events?{query}").json()["error"]


def everything(client: TestClient, what: str, **query: str) -> list[dict]:
    """All rows of a listing, page by page."""
    rows: list[dict] = []
    after = None
    while True:
        page = client.get(f"/api/{what}", params={"size": "7", **query, **({"after": after} if after else {})}).json()
        assert page["first"] == (len(rows) + 1 if page[what] else 0)
        rows += page[what]
        after = page["after"]
        if after is None:
            assert len(rows) == page["total"]
            return rows


@pytest.mark.parametrize(
    "sort", ["-day", "day", "-confidence", "confidence", "-score", "score", "type", "actor", "-row"]
)
def test_pages_of_rows_hold_each_row_once(reader: TestClient, made: Path, sort: str) -> None:
    rows = everything(reader, "events", sort=sort)
    assert sorted(row["id"] for row in rows) == sorted(event.id for event in open_record(made).events())
    key = {"day": "start_date", "row": "row", "actor": "actors"}.get(sort.lstrip("-"), sort.lstrip("-"))
    values = [row[key] for row in rows if row[key] is not None]
    if key != "actors":  # sorted by key of the first actor, shown by name
        assert values == sorted(values, reverse=sort.startswith("-"))


def test_the_previous_page_leads_back(reader: TestClient) -> None:
    pages, after = [], None
    for _ in range(4):
        page = reader.get("/api/events", params={"size": "5", **({"after": after} if after else {})}).json()
        pages.append(page)
        after = page["after"]
    assert pages[0]["before"] is None and pages[1]["before"] == 0
    for earlier, page in pairwise(pages[1:]):
        back = reader.get("/api/events", params={"size": "5", "after": page["before"]}).json()
        assert [r["id"] for r in back["events"]] == [r["id"] for r in earlier["events"]]


FILTERS = [
    ({"type": "ACCUSE"}, {"type": "ACCUSE"}),
    ({"actor": "RUR"}, {"actor": "RUR"}),
    ({"actor": "Belic", "recipient": "GRA"}, {"actor": "Belic", "recipient": "GRA"}),
    ({"status": "historical"}, {"status": "historical"}),
    ({"country": "GRA"}, {"country": "GRA"}),
    ({"min_confidence": "0.8"}, {"min_confidence": 0.8}),
    ({"q": '"river at" barges'}, {"text": '"river at" barges'}),
    ({"mode": "seize", "type": "COERCE"}, {"mode": "seize", "type": "COERCE"}),
]


@pytest.mark.parametrize(("asked", "same"), FILTERS)
def test_filters_are_those_of_the_record(reader: TestClient, made: Path, asked: dict, same: dict) -> None:
    """The desk's columns and the record's SQL find the same rows."""
    expected = sorted(event.id for event in open_record(made).events(**same))
    assert expected
    assert sorted(row["id"] for row in everything(reader, "events", **asked)) == expected


def test_days_filter(reader: TestClient, made: Path) -> None:
    expected = sorted(
        e.id for e in open_record(made).events() if e.start and "2024-01-01" <= str(e.start) <= "2024-06-30"
    )
    assert sorted(r["id"] for r in everything(reader, "events", since="2024", until="2024-06")) == expected


def test_facets_count_under_the_other_filters(reader: TestClient) -> None:
    facets = {f["name"]: f for f in reader.get("/api/events?type=ACCUSE&actor_country=RUR").json()["facets"]}
    for value in facets["type"]["values"]:  # other types than the chosen one, under the other filter
        found = reader.get("/api/events", params={"type": value["value"], "actor_country": "RUR"}).json()["total"]
        assert found == value["count"]
    assert [v["value"] for v in facets["type"]["values"] if v["chosen"]] == ["ACCUSE"]
    assert len(facets["type"]["values"]) > 1
    for value in facets["recipient"]["values"]:
        asked = {"type": "ACCUSE", "actor_country": "RUR", "recipient": value["value"]}
        assert reader.get("/api/events", params=asked).json()["total"] == value["count"]


def test_links_of_facets_and_pages_work(reader: TestClient) -> None:
    page = reader.get("/events?type=ACCUSE&q=river&size=3").text
    links = set(re.findall(r'href="(/events\?[^"#]+)"', page))
    assert any("after=" in link for link in links) and any("type=THREATEN" in link for link in links)
    for link in links:
        assert reader.get(link.replace("&amp;", "&")).status_code == 200


def test_statements_articles_talks_actors_filter(reader: TestClient, made: Path) -> None:
    record = open_record(made)
    said = sorted(s.id for s in record.statements(act="THREATEN", speaker="GRA"))
    assert sorted(r["id"] for r in everything(reader, "statements", act="THREATEN", speaker_country="GRA")) == said
    papers = sorted(a.id for a in record.articles(publisher="Northern Post"))
    assert sorted(r["id"] for r in everything(reader, "articles", publisher="Northern Post")) == papers
    met = sorted({t.id for t in record.talks(party="RUR")} & {t.id for t in record.talks(party="GRA")})
    asked = reader.get("/api/talks?party=RUR&party=GRA&size=500").json()
    assert sorted(r["id"] for r in asked["talks"]) == met and met
    assert {r["country"] for r in everything(reader, "actors", country="RUR")} == {"RUR"}


def test_csv_is_what_is_shown(reader: TestClient) -> None:
    query = {"type": "ACCUSE", "sort": "confidence"}
    answer = reader.get("/events.csv", params=query)
    assert answer.content.startswith(b"\xef\xbb\xbf") and "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    shown = everything(reader, "events", **query)
    assert [row["id"] for row in rows] == [row["id"] for row in shown]
    assert [row["evidence"] for row in rows] == [row["evidence"] for row in shown]


def test_talks_page_sets_both_sides_beside_each_other(reader: TestClient) -> None:
    talks = first(reader, "talks", party="RUR")
    page = reader.get(f"/api/talks/{talks['id']}").json()
    a, b = page["a"]["key"], page["b"]["key"]
    for kind in page["said"]:
        for cell, key in (("a", a), ("b", b)):
            assert all(s["speaker_country"].lower() == key for s in kind[cell])
    turned = reader.get(f"/api/talks/{talks['id']}", params={"a": b, "b": a}).json()
    assert (turned["a"]["key"], turned["b"]["key"]) == (b, a)
    assert [k["a"] for k in page["said"]] == [k["b"] for k in turned["said"]]
    here = {s["id"] for k in page["said"] for c in ("a", "b") for s in k[c] if s["here"]}
    assert here and talks["id"] in [r["id"] for r in page["rounds"]]
    for event in page["followed"]:
        assert event["start_date"] > (talks["end_date"] or talks["start_date"])


def test_a_dyad_turns(reader: TestClient, made: Path) -> None:
    one, other = (reader.get(f"/api/dyad/{p}").json() for p in ("RUR/GRA", "GRA/RUR"))
    assert one["there"] == other["back"] and one["back"] == other["there"] and one["a"]["name"] == "Ruritania"
    events = list(open_record(made).events())
    towards = [
        e for e in events
        if "RUR" in (e.actor_countries or "") and ("GRA" in (e.recipient_countries or "") or (not e.recipients and "GRA" in e.actor_countries))
    ]  # fmt: skip
    assert one["there"]["events"] == len(towards)
    months = {str(e.start)[:7] for e in towards}
    assert {m["month"] for m in one["score"]["there"]} == months
    assert sum(m["events"] for m in one["score"]["there"]) == len(towards)


def test_the_timeline_counts_every_dated_event(reader: TestClient, made: Path) -> None:
    line = reader.get("/api/timeline?type=ACCUSE").json()
    assert sum(map(sum, line["series"].values())) == sum(1 for e in open_record(made).events(type="ACCUSE") if e.start)
    assert reader.get("/api/timeline?type=ACCUSE&since=2024&until=2024-02").json() == line  # shown, not applied


def test_the_article_page_marks_every_word(reader: TestClient) -> None:
    """The text of the page is the text of the article, cut but whole; every row has its call, its note and its anchor."""
    article = first(reader, "articles", q="Delegations")
    page = reader.get(f"/article/{article['id']}").text
    data = reader.get(f"/api/article/{article['id']}").json()
    sheet = page.split('<div class="sheet">')[1].split("</article>")[0]
    paragraphs = re.findall(r'<p dir="auto">(.*?)</p>', sheet, re.S)
    import html

    words = [html.unescape(re.sub(r"<[^>]+>", "", re.sub(r'<sup class="call">.*?</sup>', "", p))) for p in paragraphs]
    assert words == [p for p in data["article"]["text"].split("\n") if p.strip()]
    for row in (*data["statements"], *data["events"], *data["talks"]):
        assert f'id="m-{row["local"]}"' in page, row["local"]
    for row in data["statements"]:
        assert f'id="t-{row["local"]}"' in page and f'href="#m-{row["local"]}"' in page


def test_pages_follow_a_writing_run(record: Path, desk: Maker) -> None:
    """A desk that is open shows what a run writes, and answers while it writes."""
    client = desk(record)
    before = client.get("/api/events").json()["of"]
    faults: list[int] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            faults.extend(s for s in (client.get("/events").status_code, client.get("/").status_code) if s != 200)

    looking = threading.Thread(target=look)
    looking.start()
    with open_record(record) as writing:
        run = writing.start_run("more")
        for coding in synthetic.codings(30, seed=99):
            writing.write(coding, run)
    done.set()
    looking.join()
    assert not faults
    assert client.get("/api/events").json()["of"] == sum(1 for _ in open_record(record).events()) > before


def test_an_empty_record_has_pages(tmp_path: Path, desk: Maker) -> None:
    path = tmp_path / "empty.record"
    open_record(path, create=True).close()
    client = desk(path)
    for page in PAGES:
        if not page.startswith(("/dyad", "/actor/")):
            assert client.get(page).status_code == 200, page
            assert client.get("/api" if page == "/" else f"/api{page}").status_code == 200, page
    assert "Nothing in it yet" in client.get("/").text


def test_actor_pages_open_by_any_key(reader: TestClient) -> None:
    """Keys hold bars, slashes and tildes; every listed actor has a page."""
    from dateline.desk.web import dec, enc

    for key in ("a/b", "~s", "~/~s~~", "Äé|X/Y", "%2F"):
        assert (
            dec(enc(key).replace("%25", "%")) == key or dec(__import__("urllib.parse").parse.unquote(enc(key))) == key
        )
    for actor in everything(reader, "actors"):
        answer = reader.get(f"/actor/{enc(actor['key'])}")
        assert answer.status_code == 200, actor["key"]
    assert quote("x")
