"""Processes and what hangs on them, as a user asks for them: by name, in order of time."""

from __future__ import annotations

from pathlib import Path

import pytest
from written import Writer

import corpus
from dateline.corroborate import join
from dateline.record import Record


@pytest.fixture
def met(tmp_path: Path) -> Record:
    """Three rounds, written down in another order; of the second, only the end is told."""
    writers = [
        Writer("third", "2031-09-03").met("Ruritania and Graustark met for a third round", "none", start="2031-09-02"),
        Writer("first", "2031-01-12").met("Ruritania and Graustark met for a first round", "adjourned", start="2031-01-10"),
        Writer("second", "2031-05-09").met("Ruritania and Graustark ended a second round on transit", "agreement")
        .says("Ruritania", "demanded", "that Graustark open the locks if the rains came", "REQUEST", ("Graustark",)),
    ]  # fmt: skip
    record = corpus.filled(tmp_path / "a.record", [w.coding() for w in writers])
    join(record)
    return record


def test_rounds_stand_in_order_of_time(met: Record) -> None:
    rounds = list(met.rounds())
    days = [r.start or r.end for r in rounds]
    assert len(rounds) == 3 and None not in days and days == sorted(days)  # type: ignore[type-var]
    assert any(r.start is None for r in rounds), "one round has an end only"
    for process in met.processes():
        assert [r.position for r in met.rounds(process)] == list(range(1, len(process.rounds) + 1))


@pytest.mark.parametrize(
    ("name", "found"), [("RUR", True), ("state:RUR", True), ("ruritan", True), ("KAR", False), ("Zenda", False)]
)
def test_a_side_by_any_name(met: Record, name: str, found: bool) -> None:
    assert (met.processes(side=name).count() > 0) == found
    (round_,) = [r for r in met.rounds() if "sha256:second" in {t.article for t in r.talks}]
    assert (met.positions(round_, side=name).count() > 0) == found
    assert (met.pledges(side=name).count() > 0) == found
