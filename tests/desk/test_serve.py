"""`dateline serve` as a user runs it: it says where, opens no browser, answers, and ends when told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from dateline.desk.serve import listen
from dateline.errors import UsageError


def start(made: Path, *arguments: str) -> tuple[subprocess.Popen, str]:
    # A browser that would be opened leaves a file behind.
    trap = made.parent / "browser"
    trap.write_text("#!/bin/sh\ntouch " + str(made.parent / "opened") + "\n")
    trap.chmod(0o755)
    process = subprocess.Popen(
        [sys.executable, "-m", "dateline", "serve", str(made), *arguments], stderr=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, env={**os.environ, "BROWSER": str(trap)},
    )  # fmt: skip
    assert process.stderr
    for line in process.stderr:
        found = re.search(r"http://\S+", line)
        if found:
            return process, found[0]
    raise AssertionError("no address was printed")


def test_serve_answers_and_ends(made: Path) -> None:
    process, address = start(made, "--port", "0")
    try:
        assert address.startswith("http://127.0.0.1:")
        for path in ("", "events", "talks", "statements", "articles", "actors", "search", "review"):
            assert httpx2.get(address + path).status_code == 200
            assert httpx2.get(f"{address}api/{path}".rstrip("/")).json() is not None
        assert httpx2.get(address, headers={"Host": "evil.example"}).status_code in (400, 421)
        assert not (made.parent / "opened").exists()
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(10) in (0, -2, 130)


def test_serve_beyond_loopback_asks_for_its_token(made: Path) -> None:
    process, address = start(made, "--port", "0", "--host", "0.0.0.0", "--read-only")
    try:
        bare, _, given = address.partition("?token=")
        assert len(given) >= 32
        assert httpx2.get(bare).status_code == 401
        assert httpx2.get(address, follow_redirects=True).status_code in (200, 401)  # the cookie jar of a client
        assert httpx2.get(bare, headers={"Authorization": f"Bearer {given}"}).status_code == 200
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


def test_wrong_calls_exit_2_or_say_why(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dateline", "serve", str(tmp_path / "none.record")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0 and "no such record" in done.stderr and "Traceback" not in done.stderr


def test_a_taken_port_is_told_and_the_next_one_found() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match="cannot listen"):
            listen("127.0.0.1", port)
        free = listen("127.0.0.1", None)
        assert free.getsockname()[1] != port
        free.close()
