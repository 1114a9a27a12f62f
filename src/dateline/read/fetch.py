"""Fetching one URL: bounded in size, time and redirects, and never to an address inside the house unless allowed."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from dateline.errors import InputError
from dateline.settings import Settings
from dateline.version import __version__

_CHUNK = 65_536
_NO_PAGES = ("image/", "video/", "audio/", "font/", "application/pdf", "application/zip", "text/css", "text/javascript",
             "application/javascript")  # fmt: skip
"""Content types that are refused by name; what is sent under another is judged by its bytes."""
_PATH, _QUERY = "/%:@!$&'()*+,;=~-._", "/?%:@!$&'()*+,;=~-._[]|"
"""What stays as it is in an address; all else (blanks, letters with marks) is percent-encoded as browsers do."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a URL gave: the last URL after redirects, the body, content type and charset as HTTP states them."""

    url: str
    body: bytes
    media: str
    charset: str | None


def fetch(url: str, settings: Settings) -> Response:
    """Fetch an http(s) URL. Raises InputError with the reason for anything but a 200 answer within the budgets."""
    deadline = time.monotonic() + settings["read.timeout_seconds"]
    here = url
    for _ in range(settings["read.max_redirects"] + 1):
        status, headers, body = _once(here, url, settings, deadline)
        if status in (301, 302, 303, 307, 308) and headers.get("Location"):
            here = _next(here, headers["Location"], url)
            continue
        if status != 200:
            raise InputError(f"{url}: the server answered {status}; check the address", url)
        media = headers.get_content_type()
        if media.startswith(_NO_PAGES):
            raise InputError(f"{url}: the server sent {media}, no page; give the address of an article or a feed", url)
        return Response(here, body, media, headers.get_content_charset())
    raise InputError(f"{url}: more than {settings['read.max_redirects']} redirects (setting read.max_redirects)", url)


def _next(here: str, location: str, url: str) -> str:
    """Where a redirect leads; its bytes are UTF-8 as often as Latin-1."""
    try:
        with suppress(UnicodeError):
            location = location.encode("latin-1").decode("utf-8")
        return urljoin(here, location)
    except ValueError as error:
        raise InputError(f"{url}: leads to '{location}', which is no address", url) from error


def _once(here: str, url: str, settings: Settings, deadline: float) -> tuple[int, http.client.HTTPMessage, bytes]:
    try:
        parts = urlsplit(here)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise InputError(f"{url}: leads to '{here}', which is no address ({error})", url) from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"{url}: leads to '{here}', which is no http(s) address", url)
    try:
        addresses = _addresses(parts.hostname, port, url, settings["read.private_addresses"])
        with _connect(addresses, deadline) as raw, _ended_at(raw, deadline):
            wire: socket.socket = raw
            if parts.scheme == "https":
                wire = ssl.create_default_context().wrap_socket(raw, server_hostname=parts.hostname)
            connection = http.client.HTTPConnection(parts.hostname, port)
            connection.default_port = 443 if parts.scheme == "https" else 80  # type: ignore[misc] # named in Host otherwise
            connection.sock = wire
            target = quote(parts.path or "/", safe=_PATH) + (
                f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
            )
            connection.request(
                "GET", target, headers={
                    "User-Agent": f"dateline/{__version__}", "Accept": "text/html,application/xml;q=0.9,*/*;q=0.5",
                    "Accept-Encoding": "gzip", "Connection": "close",
                },
            )  # fmt: skip
            answer = connection.getresponse()
            body = _body(answer, url, settings, deadline)
            return answer.status, answer.headers, body
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        if time.monotonic() >= deadline:
            raise _late(url, settings) from error
        raise InputError(
            f"{url}: could not be fetched ({error or type(error).__name__}); check the address", url
        ) from error


def _late(url: str, settings: Settings) -> InputError:
    return InputError(
        f"{url}: took longer than {settings['read.timeout_seconds']:g} s (setting read.timeout_seconds)", url
    )


def _addresses(host: str, port: int, url: str, private: bool) -> list[tuple[str, int]]:
    """The addresses to connect to, looked up once and checked, so that a name cannot change its mind in between."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    allowed = [(name, port) for name in dict.fromkeys(found) if private or _is_public(name)]
    if not allowed:
        raise InputError(f"{url}: leads to a loopback or private address; set read.private_addresses to allow it", url)
    return allowed


def _is_public(name: str) -> bool:
    address = ipaddress.ip_address(name.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in ipaddress.ip_network("64:ff9b::/96"):  # an IPv4 address behind NAT64
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return address.is_global and not address.is_multicast


def _connect(addresses: list[tuple[str, int]], deadline: float) -> socket.socket:
    """A connection to the first address that answers (hosts name addresses of IPv6 that not every network reaches)."""
    for number, address in enumerate(addresses, 1):
        left = max(0.1, deadline - time.monotonic())
        try:
            return socket.create_connection(address, timeout=left if number == len(addresses) else left / 2)
        except OSError:
            if number == len(addresses):
                raise
    raise OSError("no address")


@contextmanager
def _ended_at(wire: socket.socket, deadline: float) -> Iterator[None]:
    """Shut the connection down at the deadline, however its other side dribbles."""
    # The duplicate outlives the wrapping of the socket for TLS, which takes the original's descriptor.
    wire_again = wire.dup()
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), lambda: _shut(wire_again))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        wire_again.close()


def _shut(wire: socket.socket) -> None:
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)


def _body(answer: http.client.HTTPResponse, url: str, settings: Settings, deadline: float) -> bytes:
    limit = settings["read.max_bytes"]
    packed = answer.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip")
    engine = zlib.decompressobj(wbits=31) if packed else None
    parts: list[bytes] = []
    size = 0
    while True:
        chunk = answer.read1(_CHUNK)
        if time.monotonic() >= deadline:
            raise _late(url, settings)
        if not chunk:
            if answer.length or (engine is not None and parts and not engine.eof):
                raise InputError(f"{url}: the answer ended before it was complete; try again", url)
            return b"".join(parts)
        if engine is not None:
            chunk = engine.decompress(chunk, limit - size + 1)
        size += len(chunk)
        if size > limit:
            raise InputError(f"{url}: larger than {limit:,} bytes (setting read.max_bytes); not read", url)
        parts.append(chunk)
