"""WARC files, written here as crawlers write them."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from dateline.errors import InputError
from dateline.model import Page

HTML = "<!doctype html><html><body><p>The café in Graustark closed.</p></body></html>"


def record(
    body: bytes,
    kind: str | None = "text/html",
    status: str = "200 OK",
    url: str = "https://example.org/1",
    extra: str = "",
) -> bytes:
    """One response of a WARC file."""
    content = f"Content-Type: {kind}\r\n" if kind else ""
    made = WarcRecord()
    made.init_headers(
        record_type=WarcRecordType.response, record_urn=b"<urn:uuid:12345678-1234-1234-1234-123456789012>"
    )
    made.headers["WARC-Target-URI"] = url
    made.headers["Content-Type"] = "application/http; msgtype=response"
    made.set_bytes_content(f"HTTP/1.1 {status}\r\n{content}{extra}\r\n".encode() + body)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def info() -> bytes:
    made = WarcRecord()
    made.init_headers(record_type=WarcRecordType.warcinfo)
    made.set_bytes_content(b"software: test\r\n")
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


@pytest.fixture
def warc(tmp_path: Path, reading):  # type: ignore[no-untyped-def]
    def of(*records: bytes, name: str = "a.warc", **settings: object) -> list[Page | InputError]:
        file = tmp_path / name
        file.write_bytes(b"".join(gzip.compress(r) for r in records) if name.endswith(".gz") else b"".join(records))
        return reading(file, **settings)

    return of


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "crawl"])
def test_pages_among_other_records(warc, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    """The number of the source is that of the record; redirects, errors and pictures are passed over."""
    found = warc(
        info(), record(HTML.encode()), record(b"", status="301 Moved"), record(b"<html>gone</html>", status="404 Not Found"),
        record(b"\x89PNG", "image/png"), record("Wörter im Text".encode(), "text/plain; charset=utf-8", url="https://example.org/2"),
        record(HTML.encode("cp1252"), "text/html; charset=iso-8859-1"), record(HTML.encode(), None), name=name,
    )  # fmt: skip
    source = f"{tmp_path}/{name}"
    assert [(p.source, p.media) for p in found] == [
        (f"{source}#2", "html"), (f"{source}#6", "text"), (f"{source}#7", "html"), (f"{source}#8", "html"),
    ]  # fmt: skip
    assert found[0] == Page(f"{source}#2", HTML, "html", url="https://example.org/1")
    assert found[1].content == "Wörter im Text" and found[2].content == HTML


def test_bodies_packed_and_in_chunks(warc) -> None:  # type: ignore[no-untyped-def]
    packed = gzip.compress(HTML.encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML.encode()), HTML.encode())
    found = warc(
        record(packed, extra="Content-Encoding: gzip\r\n"), record(chunked, extra="Transfer-Encoding: chunked\r\n"), record(packed)
    )  # fmt: skip
    assert [p.content for p in found] == [HTML] * 3


def test_one_bad_page_is_told_and_the_others_are_read(warc) -> None:  # type: ignore[no-untyped-def]
    bomb = gzip.compress(b" " * 5_000_000)
    found = warc(
        record(b""), record(bomb, extra="Content-Encoding: gzip\r\n"), record(b"\x00\x01\x02" * 50), record(HTML.encode()), read__max_bytes=100_000
    )  # fmt: skip
    assert [
        "an empty response" in str(found[0]),
        "larger than 100,000" in str(found[1]),
        "binary" in str(found[2]),
    ] == [True] * 3
    assert [f.source.rpartition("#")[2] for f in found] == ["1", "2", "3", "4"] and found[3].content == HTML


def test_archives_without_pages(warc) -> None:  # type: ignore[no-untyped-def]
    assert "none of them a page" in str(warc(record(b"x", "image/png"), record(b"", status="302 Found"))[0])
    assert "holds no HTTP response" in str(warc(info())[0])
    assert "holds no HTTP response; is it a WARC file?" in str(warc(b"")[0])


@pytest.mark.parametrize("content", [b"no warc at all, only words\n" * 50, b"\x1f\x8b\x08 broken" + bytes(range(256))])
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_what_is_no_archive(tmp_path: Path, refusal, content: bytes, name: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / name).write_bytes(content)
    assert "WARC" in refusal(tmp_path / name) or "holds no HTTP response" in refusal(tmp_path / name)


def test_an_archive_that_breaks_off(tmp_path: Path, reading) -> None:  # type: ignore[no-untyped-def]
    whole = gzip.compress(record(HTML.encode())) + gzip.compress(record((HTML * 50).encode()))
    file = tmp_path / "a.warc.gz"
    file.write_bytes(whole[:-60])
    found = reading(file)
    assert found[0].content == HTML and len(found) == 2
