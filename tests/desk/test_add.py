"""Adding from the desk: pasted text, files and URLs come in as their own pages, are coded, and land on the article."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from visiting import HOME, Maker, token

from dateline.errors import InputError
from dateline.model import Article, Coder, Coding, Page, Problem
from dateline.record import open_record
from dateline.settings import load


class FakeCoder:
    """Stands for dateline.run.Coder, whose models take seconds to load: it codes nothing but keeps the page."""

    def __init__(self) -> None:
        self.settings = load()

    def code_page(self, page: Page | InputError) -> Coding:
        if isinstance(page, InputError):
            return Coding(Coder("0"), Article("sha256:x", page.source, ""), problems=(Problem(page.stage, str(page)),))
        identity = "sha256:" + hashlib.sha256(page.content.encode()).hexdigest()
        return Coding(Coder("0"), Article(identity, page.source, page.content, title=page.title, publisher=page.publisher,
                                          published=page.published, published_origin=page.published_origin))  # fmt: skip


@pytest.fixture
def client(record: Path, desk: Maker, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr("dateline.run.Coder", FakeCoder)
    return desk(record)


def send(client: TestClient, files: list | None = None, **fields: str):  # type: ignore[no-untyped-def]
    parts = [("files", file) for file in files or []] or [("files", ("", b""))]
    return client.post(
        "/add", data={"csrf": token(client), **fields}, files=parts, headers={"Origin": HOME}, follow_redirects=False
    )


def done(client: TestClient, answer) -> dict:  # type: ignore[no-untyped-def]
    assert answer.status_code == 303, answer.text
    for _ in range(200):
        job = client.get(f"/api{answer.headers['location']}").json()
        if job["stage"] == "done":
            return job
        time.sleep(0.02)
    raise AssertionError(job)


def test_a_pasted_text_lands_on_its_article(client: TestClient) -> None:
    job = done(
        client,
        send(client, text="Ruritania praised <b>Graustark</b> on Monday.", title="Praise", published="2024-05-06"),
    )
    assert client.get(job["landing"]).status_code == 200
    article = client.get(f"/api{job['landing']}").json()["article"]
    assert (article["title"], article["published"], article["source"]) == ("Praise", "2024-05-06", "pasted text")
    assert "&lt;b&gt;Graustark" in client.get(job["landing"]).text


def test_files_come_under_their_own_names(client: TestClient, record: Path) -> None:
    files = [("one.txt", b"Ruritania accused Graustark of shelling a village. " * 3), ("../../etc/two.txt", b"Graustark rejected the claim. " * 3), ("three.bin", bytes(range(256)) * 9)]  # fmt: skip
    job = done(client, send(client, files=files))
    assert [r["source"] for r in job["results"]] == ["desk/one.txt", "desk/two.txt", "desk/three.bin"]
    assert [r["outcome"] for r in job["results"]] == ["added", "added", "failed"] and job["landing"] is None
    assert "/tmp" not in str(job) and "dateline-" not in str(job)
    failed = [p for p in open_record(record).problems() if p.source == "desk/three.bin"]
    assert failed and "/tmp" not in failed[0].message
    assert "failed" in client.get("/problems").text


def test_what_cannot_be_added_is_told(client: TestClient) -> None:
    for fields in ({}, {"text": "too short"}, {"url": "file:///etc/passwd"}, {"url": "ftp://x"}, {"text": "a b c d e f", "url": "http://x"}, {"text": "a b c d e f", "published": "soon"}):  # fmt: skip
        assert send(client, **fields).status_code == 400, fields


def test_a_url_into_the_house_is_refused(client: TestClient) -> None:
    job = done(client, send(client, url="http://127.0.0.1:9/secret"))
    assert job["results"][0]["outcome"] == "failed" and "private address" in job["results"][0]["problems"][0]
