"""`dateline serve` and `dateline desk`: the desk on a port of this machine."""

from __future__ import annotations

import logging
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from dateline.errors import UsageError

PORT = 8765
"""Where the desk answers unless told otherwise; the next free one of TRIES if it is taken."""
TRIES = 20


def serve(
    path: Path,
    host: str = "127.0.0.1",
    port: int | None = None,
    names: tuple[str, ...] = (),
    read_only: bool = False,
    ready: Callable[[str], None] = print,
) -> None:
    """Serve the record until the process is told to end.

    `host`: the address to listen on; beyond loopback visitors need the token that stands in the address given to
    `ready`. `names`: host names under which other machines know this one. `ready` is called once, with the address to
    open, when the desk answers. Raises UsageError if the extra is not installed or the port is taken, RecordError if
    there is no record.
    """
    try:
        import uvicorn

        from dateline.desk.app import build
        from dateline.desk.security import Access
    except ImportError as error:
        raise UsageError(
            f"the desk needs packages that are not installed ({error.name}): pip install 'dateline[desk]'"
        ) from error
    access = Access(host=host, names=tuple(name.casefold() for name in names), read_only=read_only)
    if access.beyond_loopback:
        access = Access(host, access.names, secrets.token_urlsafe(24), read_only)
    app = build(path, access)
    listening = listen(host, port)
    there = listening.getsockname()[1]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{there}/"
    if access.token is not None:
        address += f"?token={access.token}"
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, lifespan="off", ws="none",
        timeout_graceful_shutdown=3,
    )  # fmt: skip
    logging.getLogger("uvicorn.error").addFilter(lambda record: "Invalid HTTP request" not in record.getMessage())

    class Server(uvicorn.Server):
        """uvicorn's server, which says when it answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready(address)

    Server(config).run(sockets=[listening])


def listen(host: str, port: int | None) -> socket.socket:
    """A listening socket. Without a port, the first free one from PORT on. Raises UsageError if none can be had."""
    wanted = [port] if port is not None else [PORT + i for i in range(TRIES)] + [0]
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    fault: OSError | None = None
    for number in wanted:
        held = socket.socket(family, socket.SOCK_STREAM)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind((host, number))
        except OSError as error:
            held.close()
            fault = error
            continue
        held.listen(128)
        return held
    where = f"{host}:{port}" if port is not None else host
    raise UsageError(
        f"cannot listen on {where} ({fault.strerror if fault else 'no port'}); give another --port or --host"
    )
