"""Pages of our own, about countries that do not exist, with what is to be read off them (pages/gold.json)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dateline import read
from dateline.article import extract
from dateline.model import Article, Page, Problem
from dateline.settings import Settings, load

PAGES = Path(__file__).with_name("pages")


@pytest.fixture(scope="session")
def settings() -> Settings:
    return load()


@pytest.fixture(scope="session")
def extracted(settings: Settings) -> Callable[[str], tuple[Article, tuple[Problem, ...]]]:
    """The article of one of the pages, by file name."""

    def of(name: str) -> tuple[Article, tuple[Problem, ...]]:
        page = next(read.pages(str(PAGES / name), settings))
        assert isinstance(page, Page)
        return extract(page, settings)

    return of
