"""Who may ask and who may write; what an article cannot do."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import hostile
import pytest
from starlette.testclient import TestClient
from visiting import HOME, Maker, post, token

from dateline.desk.app import build
from dateline.desk.security import Access, hostname
from dateline.desk.web import enc, local
from dateline.record import open_record, review


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.evil.example", "192.168.1.9", "127.0.0.1@evil.example", "[::1", "", "127.0.0.1:8765 ,evil.example"])  # fmt: skip
def test_foreign_hosts_are_refused(reader: TestClient, host: str) -> None:
    for path in ("/", "/api/events", "/static/desk.css", "/events.csv"):
        assert reader.get(path, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:1", "127.0.0.1", "LOCALHOST:8765", "[::1]:8765", "localhost."]
)
def test_own_hosts_answer(reader: TestClient, host: str) -> None:
    assert reader.get("/api/talks", headers={"Host": host}).status_code == 200


def test_host_names_are_read_as_browsers_do() -> None:
    assert [hostname(h) for h in ("A.b:80", "[::1]:80", "::1", "a:b", "a/b", "[x")] == [
        "a.b",
        "::1",
        "::1",
        None,
        None,
        None,
    ]


def test_every_answer_carries_the_headers(made: Path) -> None:
    client = TestClient(build(made), base_url=HOME, raise_server_exceptions=False)
    client.app.app.state.store.path = Path("gone")  # the next page fails inside  # type: ignore[attr-defined]
    answers = [client.get(p) for p in ("/static/desk.js", "/nothing", "/api/nothing", "/events?since=x", "/runs")]
    answers.append(client.get("/", headers={"Host": "evil"}))
    answers.append(client.post("/review"))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_posts_need_origin_and_token(record: Path, desk: Maker) -> None:
    client = desk(record, coder="ana")
    event = client.get("/api/events?size=1").json()["events"][0]["id"]
    good = {"csrf": token(client), "kind": "event", "target": event, "verdict": "accepted"}

    def status(data: dict, **headers: str) -> int:
        return client.post("/review", data=data, headers=headers, follow_redirects=False).status_code

    assert status(good, Origin="http://evil.example") == 403
    assert status(good, Origin="null") == 403
    assert status(good, **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert status({**good, "csrf": ""}, Origin=HOME) == 403
    assert status({**good, "csrf": "0" * 64}, Origin=HOME) == 403
    other = TestClient(client.app, base_url=HOME)
    assert status({**good, "csrf": token(other)}, Origin=HOME) == 403  # another visitor's token
    assert review.judgements(record) == []
    assert status(good, Origin=HOME) == 303
    assert len(review.judgements(record)) == 1


def test_nothing_is_written_when_read_only(record: Path, desk: Maker) -> None:
    client = desk(record, read_only=True)
    for path in ("/review", "/comment", "/add", "/identity", "/sign", "/review/undo"):
        assert client.post(path, data={}, headers={"Origin": HOME}).status_code == 403
    assert "read-only" in client.get("/review").text and 'href="/add"' not in client.get("/").text


def test_nobody_writes_unsigned(record: Path, desk: Maker) -> None:
    client = desk(record)
    event = client.get("/api/events?size=1").json()["events"][0]["id"]
    assert post(client, "/review", kind="event", target=event, verdict="accepted").status_code == 400
    assert post(client, "/comment", kind="event", target=event, text="hello").status_code == 400


def test_beyond_loopback_a_token_is_needed(made: Path) -> None:
    access = Access(host="0.0.0.0", token="secret-token", names=("desk.example",))
    gate = build(made, access)
    client = TestClient(gate, base_url="http://192.168.1.9:8765")
    assert client.get("/").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/static/desk.css").status_code == 401
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert client.get("/api/runs", headers={"Authorization": "Bearer secret-token"}).status_code == 200
    assert (
        client.get("/api/runs", headers={"Host": "desk.example", "Authorization": "Bearer secret-token"}).status_code
        == 200
    )
    let_in = client.get("/events?token=secret-token&type=AID", follow_redirects=False)
    assert let_in.headers["location"] == "/events?type=AID" and "HttpOnly" in let_in.headers["set-cookie"]
    assert client.get("/events").status_code == 200  # by cookie now
    trick = TestClient(gate, base_url="http://192.168.1.9:8765").get(
        "//evil.example/?token=secret-token", follow_redirects=False
    )
    assert not trick.headers.get("location", "/x").startswith("//")


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "/a\r\nSet-Cookie: x=1", "evil"])  # fmt: skip
def test_redirects_stay_here(target: str) -> None:
    where = local(target)
    assert where.startswith("/") and not where.startswith("//") and "\n" not in where and "\\" not in where


def test_large_requests_are_refused(record: Path, desk: Maker) -> None:
    client = desk(record, max_body=50_000)
    big = client.post("/add", data={"csrf": token(client), "text": "x" * 60_000}, headers={"Origin": HOME})
    assert big.status_code == 413

    def endless():  # type: ignore[no-untyped-def]
        for _ in range(100):
            yield b"x" * 10_000

    headers = {"Origin": HOME, "Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/add", content=endless(), headers=headers).status_code == 413


# ---- an article that wishes us ill


class Page(HTMLParser):
    """Elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def pages_of_the_hostile(client: TestClient) -> list[str]:
    data = client.get("/api/events?actor=XXX").json()["events"][0]
    article, key = enc(data["article_id"]), enc(data["who"][0]["key"])
    statement = client.get("/api/statements?speaker_country=XXX").json()["statements"][0]["id"]
    talks = client.get("/api/talks?party=XXX").json()["talks"][0]["id"]
    return [
        "/", f"/article/{article}", f"/event/{data['id']}", f"/statement/{statement}", f"/talks/{talks}", f"/actor/{key}",
        f"/dyad/{key}/XXX", "/events?actor=XXX", "/statements?speaker_country=XXX", "/talks?party=XXX", "/actors?country=XXX", "/runs",
        "/problems", "/articles", "/search?q=HYPERLINK", f"/review?kind=event&row={data['row']}", "/map?country=XXX",
        "/network?actor=XXX", f"/search?q={enc(hostile.SCRIPT)}", f"/events?actor={enc(hostile.ATTRIBUTE)}",
        f"/events?publisher={enc(hostile.SVG)}",
    ]  # fmt: skip


def test_article_text_is_only_ever_text(record: Path, desk: Maker) -> None:
    client = desk(record, coder="ana")
    event = client.get("/api/events?actor=XXX").json()["events"][0]["id"]
    for text in hostile.EVIL:
        post(client, "/comment", kind="event", target=event, text=text)
    for path in pages_of_the_hostile(client):
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = Page(answer.text)
        for tag, attributes in page.tags:
            assert tag not in ("object", "iframe", "style", "embed"), path
            assert not [name for name in attributes if name.startswith("on") or name in ("style", "autofocus")], (
                path,
                tag,
                attributes,
            )
            assert not re.match(r"\s*(javascript|data|vbscript):", attributes.get("href") or "", re.I), path
            if tag == "script":
                assert (attributes.get("src") or "").startswith("/static/"), path
            if tag == "img":
                assert (attributes.get("src") or "").startswith("/static/"), path
        assert "1337" not in answer.text, path  # 7 * 191: no template of theirs was worked out
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", answer.text), path
        assert answer.text.count("<script") == answer.text.count('<script src="/static/'), path


def test_what_was_written_is_shown_whole(reader: TestClient) -> None:
    """Nothing vanishes: markup is shown as written, controls by their number, Hebrew as Hebrew."""
    event = reader.get("/api/events?actor=XXX").json()["events"][0]
    page = reader.get(f"/article/{enc(event['article_id'])}").text
    assert "&lt;script&gt;document.title" in page and "{{ 7*191 }}" in page
    assert "[U+202E]" in page and hostile.HEBREW in page
    assert reader.get(f"/api/article/{enc(event['article_id'])}").json()["article"]["text"].count("\u202e") == 1


def test_csv_cells_are_no_formulas(reader: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(reader.get("/events.csv").content.decode("utf-8-sig"))))
    cells = [cell for row in rows[1:] for cell in row]
    assert f"'{hostile.FORMULA}" in cells
    risky = [
        c
        for c in cells
        if c.startswith(("=", "+", "@", "\t")) or (c.startswith("-") and not re.fullmatch(r"-[\d.]+", c))
    ]
    assert not risky


def test_labels_leave_without_words(record: Path, desk: Maker) -> None:
    client = desk(record, coder="ana")
    event = client.get("/api/events?actor=XXX").json()["events"][0]["id"]
    post(client, "/review", kind="event", target=event, verdict="rejected")
    lines = client.get("/review/labels.jsonl").text.splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["rejected"]
    assert "HYPERLINK" not in lines[0]


def test_a_name_with_controls_is_no_signature(record: Path, desk: Maker) -> None:
    client = desk(record)
    assert post(client, "/sign", coder="a\u202eb").status_code == 400
    assert open_record(record)


def test_our_own_files_travel_packed_and_pages_do_not(reader: TestClient) -> None:
    plain = reader.get("/static/map.js", headers={"Accept-Encoding": "identity"})
    packed = reader.get("/static/map.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip" and packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert "content-encoding" not in plain.headers and packed.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in reader.get("/", headers={"Accept-Encoding": "gzip"}).headers


def test_a_reader_may_choose_the_dark(made: Path, desk: Maker) -> None:
    """The switch writes a cookie of the visitor's and nothing else, so it works where all is read-only."""
    client = desk(made, read_only=True)
    assert client.post("/theme", data={"theme": "dark"}, headers={"Origin": HOME}).status_code == 403  # no token
    field = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get("/").text)
    assert field
    fields = {"csrf": field[1], "theme": "dark"}
    answer = client.post("/theme", data=fields, headers={"Origin": HOME}, follow_redirects=False)
    assert answer.status_code == 303 and 'data-theme="dark"' in client.get("/").text
