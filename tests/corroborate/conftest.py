"""The corpus joined once for all tests; makes `corpus` and `score_corpus` importable, also for scripts beside the tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import corpus
from dateline.corroborate import join
from dateline.record import Record


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """The gold codings of the corpus, joined. Tests read it only."""
    record = corpus.filled(tmp_path_factory.mktemp("corpus") / "a.record", corpus.gold_codings().values())
    join(record)
    return record
