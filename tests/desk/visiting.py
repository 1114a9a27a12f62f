"""How the tests visit a desk: as a browser would, with its forms and their tokens."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from starlette.testclient import TestClient

HOME = "http://127.0.0.1:8765"

Maker = Callable[..., TestClient]
"""What the fixture `desk` gives: makes a client of a desk over a record."""


def token(client: TestClient) -> str:
    """The CSRF token that this client's forms carry."""
    found = re.search(r'<meta name="csrf" content="([0-9a-f]{64})">', client.get("/add").text)
    assert found
    return found[1]


def post(client: TestClient, path: str, follow: bool = False, **fields: Any) -> Any:
    """Post a form as the browser would."""
    return client.post(path, data={"csrf": token(client), **fields}, headers={"Origin": HOME}, follow_redirects=follow)
