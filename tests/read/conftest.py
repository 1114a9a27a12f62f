"""Reading a source to a list, to one page, to one refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dateline import read
from dateline.errors import InputError
from dateline.model import Page
from dateline.settings import load


@pytest.fixture
def reading() -> Callable[..., list[Page | InputError]]:
    """Read a source with settings ("read__max_bytes=…") to a list of pages and errors."""
    return lambda source, **settings: list(read.pages(str(source), load(**settings)))


@pytest.fixture
def page(reading) -> Callable[..., Page]:  # type: ignore[no-untyped-def]
    """Read a source that holds one page."""

    def one(source: Path | str, **settings: object) -> Page:
        (found,) = reading(source, **settings)
        assert isinstance(found, Page), found
        return found

    return one


@pytest.fixture
def refusal(reading) -> Callable[..., str]:  # type: ignore[no-untyped-def]
    """Read a source that yields one error; gives its message, which must name the source."""

    def one(source: Path | str, **settings: object) -> str:
        (found,) = reading(source, **settings)
        assert isinstance(found, InputError), found
        assert found.source and str(found).startswith(found.source) and "\n" not in str(found)
        return str(found)

    return one
