"""A record of invented news and one hostile article, and the desk over it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import hostile
import synthetic
from starlette.testclient import TestClient
from visiting import HOME, Maker, post

from dateline.corroborate import join
from dateline.desk.app import build
from dateline.desk.security import Access
from dateline.record import open_record

ARTICLES = 60


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record, made once; tests that write take `record`, a copy."""
    path = tmp_path_factory.mktemp("desk") / "news.record"
    synthetic.write(path, ARTICLES)
    with open_record(path) as record:
        record.write(hostile.coding(), record.start_run(f"hostile {hostile.SCRIPT}"))
        join(record)
    return path


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Path:
    """A copy of the record that a test may change."""
    return Path(shutil.copy(made, tmp_path / "news.record"))


@pytest.fixture
def desk() -> Iterator[Maker]:
    """Makes a client of a desk over a record: `desk(path, coder="ana", **access)`."""

    def make(path: Path, coder: str | None = None, gate: Any = None, **access: Any) -> TestClient:
        client = TestClient(gate or build(path, Access(**access)), base_url=HOME)
        if coder is not None:
            post(client, "/sign", coder=coder)
        return client

    yield make


@pytest.fixture(scope="session")
def reader(made: Path) -> TestClient:
    """A client that only looks, for all tests."""
    return TestClient(build(made), base_url=HOME)
