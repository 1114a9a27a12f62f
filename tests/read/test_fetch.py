"""Fetching from a server on this machine that behaves in every way that servers do."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.errors import InputError
from dateline.read import fetch as room
from dateline.read.fetch import fetch
from dateline.settings import load

HTML = "<!doctype html><html><body><p>The café in Graustark closed.</p></body></html>"
SEEN: list[tuple[str, str]] = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        SEEN.append((self.path, self.headers["Host"]))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.answer(self.path.strip("/").partition("?")[0])

    def answer(self, name: str) -> None:
        body = HTML.encode()
        if name == "gzip":
            self.give(gzip.compress(body), Content_Encoding="gzip")
        elif name == "broken-gzip":
            self.give(b"\x1f\x8b\x08 no gzip", Content_Encoding="gzip")
        elif name == "half-gzip":
            self.give(gzip.compress(body)[:-15], Content_Encoding="gzip")
        elif name == "bomb":
            self.give(gzip.compress(b" " * 5_000_000), Content_Encoding="gzip")
        elif name == "latin":
            self.give(HTML.encode("latin-1"), "text/html; charset=iso-8859-1")
        elif name.startswith("hop"):
            left = int(name[3:])
            self.give(b"", status=302, Location=f"/hop{left - 1}" if left else "/page")
        elif name == "ring":
            self.give(b"", status=301, Location="/ring")
        elif name == "to-file":
            self.give(b"", status=302, Location="file:///etc/passwd")
        elif name == "to-nonsense":
            self.give(b"", status=302, Location="http://[::1")
        elif name == "to-inside":
            self.give(b"", status=302, Location="http://127.0.0.1:1/")
        elif name == "to-accent":
            self.give(b"", status=302, Location="/caf\u00c3\u00a9 x")
        elif name.isdigit():
            self.give(b"<p>no</p>", status=int(name))
        elif name in ("image/png", "application/pdf", "text/css"):
            self.give(b"x" * 100, name)
        elif name == "jpeg-as-html":
            self.give(b"\xff\xd8\xff\xe0" + bytes(range(256)))
        elif name == "empty":
            self.give(b"")
        elif name == "short":
            self.give(body, Content_Length=str(len(body) + 100))
        elif name == "endless":
            self.start()
            while True:
                self.wfile.write(b"x" * 65_536)
        elif name == "chunks":
            self.start(Transfer_Encoding="chunked")
            for part in (body[:20], body[20:]):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
        elif name == "half-chunks":
            self.start(Transfer_Encoding="chunked")
            self.wfile.write(b"%x\r\n%s\r\n" % (20, body[:20]))
        elif name == "slow-body":
            self.start()
            self.drip(body * 100)
        elif name == "slow-head":
            self.drip(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1000)
        elif name == "silent":
            time.sleep(3)
        elif name == "no-http":
            self.wfile.write(b"220 mail.example.org ESMTP\r\n")
        elif name == "feed":
            item = "<item><title>1</title><description>Talks.</description></item>"
            self.give(
                f'<rss version="2.0"><channel><title>F</title>{item}</channel></rss>'.encode(), "application/rss+xml"
            )
        elif name == "rows":
            self.give(b'{"text": "One."}\n{"text": "Two."}\n', "application/x-ndjson")
        else:
            self.give(body)
        self.close_connection = True

    def start(self, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for key, value in ({"Content-Type": kind} | {k.replace("_", "-"): v for k, v in headers.items()}).items():
            self.send_header(key, value)
        self.end_headers()

    def give(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> None:
        self.start(kind, status, **({"Content_Length": str(len(body))} | headers))
        self.wfile.write(body)

    def drip(self, data: bytes) -> None:
        for i in range(0, len(data), 2):
            self.wfile.write(data[i : i + 2])
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.daemon_threads = True
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    served.server_close()


@pytest.fixture
def inside(reading, server: str) -> Callable[..., list]:  # type: ignore[no-untyped-def,type-arg]
    """Read a path of the server, with leave to go to private addresses."""
    return lambda path, **settings: reading(f"{server}/{path}", **({"read__private_addresses": True} | settings))


@pytest.mark.parametrize("name", ["page", "gzip", "latin", "chunks", "hop4"])
def test_a_page(inside, server: str, name: str) -> None:  # type: ignore[no-untyped-def]
    (found,) = inside(name)
    assert (found.source, found.content, found.media) == (f"{server}/{name}", HTML, "html")
    assert found.url == f"{server}/{'page' if name.startswith('hop') else name}"  # where it was found in the end


def test_feeds_and_tables(inside, server: str) -> None:  # type: ignore[no-untyped-def]
    assert [(p.source, p.content) for p in inside("feed")] == [(f"{server}/feed#1", "Talks.")]
    assert [(p.source, p.content) for p in inside("rows")] == [
        (f"{server}/rows#1", "One."),
        (f"{server}/rows#2", "Two."),
    ]


def test_addresses_are_encoded_as_browsers_do(inside, server: str) -> None:  # type: ignore[no-untyped-def]
    SEEN.clear()
    (found,) = inside("a b/café%20x?q=ü&z=[1]#part")
    assert found.content == HTML
    assert [("/a%20b/caf%C3%A9%20x?q=%C3%BC&z=[1]", server.removeprefix("http://"))] == SEEN
    SEEN.clear()
    inside("to-accent")
    assert SEEN[1][0] == "/caf%C3%A9%20x"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("404", "the server answered 404; check the address"), ("500", "answered 500"), ("204", "answered 204"), ("304", "answered 304"),
        ("hop5", "more than 5 redirects (setting read.max_redirects)"), ("ring", "more than 5 redirects"),
        ("to-file", "leads to 'file:///etc/passwd', which is no http(s) address"), ("to-nonsense", "which is no address"),
        ("image/png", "the server sent image/png, no page"), ("application/pdf", "sent application/pdf"), ("text/css", "sent text/css"),
        ("jpeg-as-html", "is a JPEG picture, not text"), ("empty", "is empty"), ("short", "ended before it was complete"),
        ("half-gzip", "ended before it was complete"), ("broken-gzip", "could not be fetched"), ("half-chunks", "could not be fetched"),
        ("no-http", "could not be fetched"),
    ],
)  # fmt: skip
def test_refusals(inside, server: str, name: str, why: str) -> None:  # type: ignore[no-untyped-def]
    (told,) = inside(name)
    assert isinstance(told, InputError) and told.source == f"{server}/{name}"
    assert str(told).startswith(f"{server}/{name}: ") and why in str(told), told


@pytest.mark.parametrize("name", ["endless", "bomb"])
def test_the_limit_of_size(inside, name: str) -> None:  # type: ignore[no-untyped-def]
    (told,) = inside(name, read__max_bytes=1_000_000)
    assert "larger than 1,000,000 bytes (setting read.max_bytes)" in str(told)


@pytest.mark.parametrize("name", ["silent", "slow-head", "slow-body"])
def test_the_limit_of_time_is_for_the_whole(inside, name: str) -> None:  # type: ignore[no-untyped-def]
    started = time.monotonic()
    (told,) = inside(name, read__timeout_seconds=0.5)
    assert "took longer than 0.5 s (setting read.timeout_seconds)" in str(told)
    assert time.monotonic() - started < 15  # dribbling, it would take 25 s and more


def test_private_addresses_are_refused_unless_allowed(reading, server: str) -> None:  # type: ignore[no-untyped-def]
    SEEN.clear()
    port = server.rpartition(":")[2]
    for host in (
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0.0.0.0",
        "10.0.0.1",
        "169.254.169.254",
        "[::ffff:127.0.0.1]",
        "2130706433",
    ):
        (told,) = reading(f"http://{host}:{port}/page")
        assert "leads to a loopback or private address; set read.private_addresses to allow it" in str(told), host
    assert SEEN == []


def test_a_redirect_into_the_house_is_refused(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    """A name counts as public for the first hop; the second leads to an address that does not."""
    port = server.rpartition(":")[2]
    monkeypatch.setattr(
        room,
        "_addresses",
        lambda host, p, *rest: [("127.0.0.1", p)] if host == "public.example" else real(host, p, *rest),
    )
    with pytest.raises(InputError, match="loopback or private"):
        fetch(f"http://public.example:{port}/to-inside", load())
    assert fetch(f"http://public.example:{port}/page", load()).body == HTML.encode()


real = room._addresses


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("10.1.2.3", False), ("100.64.0.1", False), ("224.0.0.1", False), ("fe80::1%eth0", False),
        ("fc00::1", False), ("::ffff:10.0.0.1", False), ("2002:7f00:1::", False), ("64:ff9b::a00:1", False), ("64:ff9b::808:808", True),
    ],
)  # fmt: skip
def test_what_is_public(name: str, public: bool) -> None:
    assert room._is_public(name) is public


def test_a_name_with_a_private_and_a_public_address_leads_to_the_public(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, 80)) for name in ("10.0.0.1", "8.8.8.8", "8.8.8.8")]
    monkeypatch.setattr(room.socket, "getaddrinfo", lambda *_, **__: entries)
    assert room._addresses("x.example", 80, "u", False) == [("8.8.8.8", 80)]
    assert room._addresses("x.example", 80, "u", True) == [("10.0.0.1", 80), ("8.8.8.8", 80)]


def test_the_next_address_is_tried(server: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = closed.getsockname()
    with room._connect([nobody, ("127.0.0.1", int(server.rpartition(":")[2]))], time.monotonic() + 5) as wire:
        assert wire.getpeername()[1] == int(server.rpartition(":")[2])
    with pytest.raises(OSError):
        room._connect([nobody], time.monotonic() + 5)


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:///x",
        "http://[::1",
        "http://127.0.0.1:99999/",
        "https://127.0.0.1:x/",
        "http://\x00/",
        "http://" + "a" * 300 + "/",
    ],
)
def test_addresses_that_are_none(refusal, url: str) -> None:  # type: ignore[no-untyped-def]
    assert refusal(url, read__private_addresses=True)
