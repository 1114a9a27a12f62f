"""Fetching one URL: bounded in size, time and redirects, and never to an address inside the house unless allowed."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from dateline.errors import InputError
from dateline.settings import Settings
from dateline.version import __version__

_CHUNK = 65_536


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
            here = urljoin(here, headers["Location"])
            continue
        if status != 200:
            raise InputError(f"{url}: the server answered {status}; check the address", url)
        return Response(here, body, headers.get_content_type(), headers.get_content_charset())
    raise InputError(f"{url}: more than {settings['read.max_redirects']} redirects (setting read.max_redirects)", url)


def _once(here: str, url: str, settings: Settings, deadline: float) -> tuple[int, http.client.HTTPMessage, bytes]:
    parts = urlsplit(here)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"{url}: leads to '{here}', which is no http(s) address", url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = _address(parts.hostname, port, url, settings["read.private_addresses"])
        with socket.create_connection(address, timeout=max(0.1, deadline - time.monotonic())) as raw:
            wire: socket.socket = raw
            if parts.scheme == "https":
                wire = ssl.create_default_context().wrap_socket(raw, server_hostname=parts.hostname)
            connection = http.client.HTTPConnection(parts.hostname, port)
            connection.sock = wire
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(
                "GET", target, headers={
                    "User-Agent": f"dateline/{__version__}", "Accept": "text/html,application/xml;q=0.9,*/*;q=0.5",
                    "Accept-Encoding": "gzip", "Connection": "close",
                },
            )  # fmt: skip
            answer = connection.getresponse()
            body = _body(answer, wire, url, settings, deadline)
            return answer.status, answer.headers, body
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise InputError(
            f"{url}: could not be fetched ({error or type(error).__name__}); check the address", url
        ) from error


def _address(host: str, port: int, url: str, private: bool) -> tuple[str, int]:
    """The address to connect to, looked up once and checked, so that a name cannot change its mind in between."""
    for family in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        found = str(family[4][0])
        if private or ipaddress.ip_address(found.partition("%")[0]).is_global:
            return found, port
    raise InputError(f"{url}: leads to a loopback or private address; set read.private_addresses to allow it", url)


def _body(
    answer: http.client.HTTPResponse, wire: socket.socket, url: str, settings: Settings, deadline: float
) -> bytes:
    limit = settings["read.max_bytes"]
    engine = zlib.decompressobj(wbits=31) if answer.headers.get("Content-Encoding", "").lower() == "gzip" else None
    parts: list[bytes] = []
    size = 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise InputError(
                f"{url}: took longer than {settings['read.timeout_seconds']:g} s (read.timeout_seconds)", url
            )
        wire.settimeout(left)
        chunk = answer.read1(_CHUNK)
        if not chunk:
            return b"".join(parts)
        if engine is not None:
            chunk = engine.decompress(chunk, limit - size + 1)
        size += len(chunk)
        if size > limit:
            raise InputError(f"{url}: larger than {limit:,} bytes (setting read.max_bytes); not read", url)
        parts.append(chunk)
