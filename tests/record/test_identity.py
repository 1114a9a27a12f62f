"""Which actor somebody means: key, id, whole name, part of a name; several are listed, nobody is an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import full

from dateline.errors import UsageError
from dateline.record import Record, open_record, review
from dateline.record.identity import known, meant


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = open_record(tmp_path / "a.record", create=True)
    record.write(full(), record.start_run())
    return record


def test_by_key_id_local_id_and_name(record: Record) -> None:
    row = next(a for a in record.actors() if a.key == "ana belic|RUR")
    article = next(iter(record.articles())).id
    local = next(a.id for a in full().actors if a.key == row.key)
    for asked in (row.key, row.id, row.name, row.name.upper(), f" {row.name} "):
        assert meant(record.path, asked).key == row.key
    assert meant(record.path, local, article).key == row.key
    with pytest.raises(UsageError, match="no actor"):
        meant(record.path, local)  # "a2" means nobody without its article
    assert meant(record.path, row.name.split()[-1][:4]).key == row.key


def test_several_are_listed_with_their_keys(record: Record) -> None:
    keys = {a.key for a in record.actors()}
    with pytest.raises(UsageError) as caught:
        meant(record.path, "a")
    assert "give the key of one" in str(caught.value)
    assert sum(key in str(caught.value) for key in keys if key) >= 2


@pytest.mark.parametrize("asked", ["", " ", "nobody at all", "%", "_"])
def test_nobody_is_an_error(record: Record, asked: str) -> None:
    with pytest.raises(UsageError, match="no actor"):
        meant(record.path, asked)


def test_a_key_is_known_once_somebody_is_led_into_it(record: Record) -> None:
    article = next(iter(record.articles())).id
    assert known(record.path, "state:RUR") and not known(record.path, "kern's faction")
    review.split(record.path, "state:GRA", article, "kern's faction", "ben")
    assert known(record.path, "kern's faction")
