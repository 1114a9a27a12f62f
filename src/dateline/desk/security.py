"""The gate before every page: who may ask (Host, token), who may write (Origin, CSRF token), and what a browser may do.

The desk shows text that strangers wrote, on a machine that holds more than the desk. So: no request for another host
(DNS rebinding), no write from another site, no script or style but our own files, and nothing writable when read-only.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import socket
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "::1")
TOKEN_COOKIE = "dateline_token"
VISITOR_COOKIE = "dateline_visitor"
SAFE = ("GET", "HEAD", "OPTIONS")
OF_TASTE = ("/theme",)
"""Posts that write nothing but a cookie of the visitor's: allowed where all else is read-only."""

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""Sent with every answer. default-src 'self' without exceptions: no inline script, no inline style, no other host."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may do what. `host`: the address that is listened on; `token`: asked for if not None (beyond loopback)."""

    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    token: str | None = None
    read_only: bool = False
    max_body: int = 20_000_000
    """Bytes of one request, uploads included."""
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @property
    def beyond_loopback(self) -> bool:
        return self.host not in LOOPBACK

    def known(self, host: str) -> bool:
        """Whether a Host header means us.

        Names are ours only if they were given, or are this machine's. Beyond loopback any address in figures passes:
        DNS rebinding needs a name.
        """
        name = hostname(host)
        if name is None:
            return False
        if name in LOOPBACK or name == self.host.casefold() or name in self.names:
            return True
        if not self.beyond_loopback:
            return False
        return _is_address(name) or name == socket.gethostname().casefold()

    def csrf(self, visitor: str) -> str:
        """The token that a form of this visitor carries."""
        return hmac.new(self.secret, b"csrf:" + visitor.encode(), hashlib.sha256).hexdigest()


def hostname(host: str) -> str | None:
    """The name in a Host header, without port and brackets; None if it is malformed."""
    name, port = host.strip().casefold(), ""
    if name.startswith("["):
        name, bracket, port = name[1:].partition("]")
        if not bracket or (port and not port.startswith(":")):
            return None
        port = port[1:]
    elif name.count(":") == 1:
        name, _, port = name.partition(":")
    if (port and not port.isdecimal()) or not name or any(c in name for c in "/\\@ ,"):
        return None
    return name.rstrip(".") if name.count(":") == 0 else name


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Gate:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # no websockets here
        headers = Headers(scope=scope)
        visitor = _cookies(headers).get(VISITOR_COOKIE, "")
        fresh = not (len(visitor) == 32 and visitor.isalnum())
        if fresh:
            visitor = secrets.token_hex(16)
        scope.setdefault("state", {})["csrf"] = self.access.csrf(visitor)
        scope["state"]["access"] = self.access

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out[name] = value
                if "cache-control" not in out:
                    out["Cache-Control"] = "no-store"
                if fresh and not scope["path"].startswith("/static/"):
                    out.append("Set-Cookie", f"{VISITOR_COOKIE}={visitor}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        refused = self._refusal(scope, headers)
        if refused is not None:
            await refused(scope, receive, answer)
            return
        await self.app(scope, _limited(receive, self.access.max_body), answer)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        access = self.access
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not access.known(hosts[0]):
            return PlainTextResponse("This desk answers under its own address only (Host header).", 421)
        if access.token is not None:
            let_in = self._token(scope, headers)
            if let_in is not None:
                return let_in
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > access.max_body:
            return PlainTextResponse(f"The request is larger than {access.max_body:,} bytes.", 413)
        if scope["method"] in SAFE:
            return None
        if access.read_only and scope["path"] not in OF_TASTE:
            return PlainTextResponse("This desk is read-only.", 403)
        origin = headers.get("origin")
        if origin is not None and origin.casefold() not in (
            f"http://{hosts[0]}".casefold(),
            f"https://{hosts[0]}".casefold(),
        ):
            return PlainTextResponse("This request comes from another site (Origin header).", 403)
        if origin is None and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return PlainTextResponse("This request comes from another site (Sec-Fetch-Site header).", 403)
        return None

    def _token(self, scope: Scope, headers: Headers) -> Response | None:
        """None if the visitor has the token; it comes by cookie, by header, or once by URL, and then as a cookie."""
        wanted = str(self.access.token)
        given = _cookies(headers).get(TOKEN_COOKIE, "")
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer":
            given = bearer.strip()
        if hmac.compare_digest(given.encode(), wanted.encode()):
            return None
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        by_url = dict(pairs).get("token", "")
        if hmac.compare_digest(by_url.encode(), wanted.encode()):
            rest = urlencode([pair for pair in pairs if pair[0] != "token"])
            path = "/" + scope["path"].lstrip("/\\")  # never "//host", which a browser takes for another site
            answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(TOKEN_COOKIE, wanted, httponly=True, samesite="lax")
            return answer
        return PlainTextResponse("This desk asks for a token: open the address that `dateline serve` printed.", 401)


class TooLarge(Exception):
    """The body of a request went over the limit while it was read."""


def _limited(receive: Receive, limit: int) -> Receive:
    """`receive`, counting bytes: a body without Content-Length cannot grow without end."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise TooLarge
        return message

    return counted


def _cookies(headers: Headers) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}
