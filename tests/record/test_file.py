"""The file: what is a record and what is not, migrations, readers beside a writer, a writer that is killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from samples import full, small

from dateline.errors import RecordError
from dateline.record import file as record_file
from dateline.record import open_record

HERE = Path(__file__).parent


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no such record"):
        open_record(tmp_path / "missing.record")
    assert not (tmp_path / "missing.record").exists()
    with pytest.raises(RecordError, match="folder"):
        open_record(tmp_path)
    text = tmp_path / "notes.txt"
    text.write_text("Not a database, but long enough to be looked at. " * 50)
    empty = tmp_path / "empty.record"
    empty.touch()
    foreign = tmp_path / "other.sqlite"
    with sqlite3.connect(foreign) as db:
        db.execute("CREATE TABLE t (x)")
    for path, why in ((text, "not an SQLite file"), (foreign, "another program"), (empty, "empty")):
        with pytest.raises(RecordError, match=why):
            open_record(path)
    before = text.read_bytes(), foreign.read_bytes()
    for path in (text, foreign):
        with pytest.raises(RecordError):
            open_record(path, create=True)
    assert (text.read_bytes(), foreign.read_bytes()) == before
    with pytest.raises(RecordError, match="cannot be opened"):
        open_record(text / "below" / "a.record", create=True)


def test_a_newer_record_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.record"
    open_record(path, create=True).close()
    newer = len(record_file.migrations()) + 1
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {newer}")
    with pytest.raises(RecordError, match=rf"newer Dateline \(schema {newer}, this one knows {newer - 1}\)"):
        open_record(path)


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.record"
    with open_record(path, create=True) as record:
        run = record.start_run()
        for number in range(200):
            record.write(small(number), run)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(RecordError, match="damaged"), open_record(path) as record:
        list(record.events())
        list(record.codings())
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(RecordError, match="damaged"), open_record(path) as record:
        record.write(small(1), "run")
    db = sqlite3.connect(path.with_name("b.record"))
    db.executescript(
        f"PRAGMA application_id = {record_file.APPLICATION_ID}; PRAGMA user_version = 1; CREATE TABLE run (id)"
    )
    db.close()
    with pytest.raises(RecordError, match="damaged or was changed"):
        list(open_record(path.with_name("b.record")).events())


def test_the_header_tells_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a ? # % é.record"
    with open_record(path, create=True) as record:
        record.write(full(), record.start_run())
    assert os.listdir(path.parent) == [path.name]  # closed: one file to copy
    assert path.read_bytes()[68:72] == b"DLIN"
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        loose = db.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE '%search%' "
            "AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        assert loose == []


def test_foreign_keys_are_on(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.record", create=True) as record:
        record.write(full(), record.start_run())
        with pytest.raises(sqlite3.IntegrityError):
            record._writer.execute("DELETE FROM run")


def test_a_migration_runs_once_and_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.record"
    with open_record(path, create=True) as record:
        record.write(full(), record.start_run())
    scripts = record_file.migrations()
    good = "ALTER TABLE run ADD COLUMN note TEXT;\nCREATE TABLE mark (id TEXT) STRICT;\n"
    monkeypatch.setattr(record_file, "migrations", lambda: [*scripts, good + "CREATE TABLE nonsense syntax;\n"])
    with pytest.raises(RecordError, match="syntax"):
        open_record(path)
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(scripts),)
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'mark'").fetchone() == (0,)
    monkeypatch.setattr(record_file, "migrations", lambda: [*scripts, good])
    for _ in range(2):
        assert open_record(path).counts()["events"] == 2
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(scripts) + 1,)
        assert db.execute("SELECT note FROM run").fetchall() == [(None,)]


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_record_that_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.record"
    with open_record(path, create=True) as record:
        record.write(full(), record.start_run())
    path.chmod(stat.S_IRUSR)
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        record = open_record(path)
        assert len(list(record.events())) == 2
        with pytest.raises(RecordError):
            record.start_run()
    finally:
        tmp_path.chmod(stat.S_IRWXU)


WRITER = """
import sys
sys.path.insert(0, {here!r})
from samples import small
from dateline.record import open_record
record = open_record(sys.argv[1], create=True)
run = record.start_run("test")
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    record.write(small(number), run)
    print(number, flush=True)
record.finish_run(run)
record.close()
"""


def start_writer(path: Path, first: int, last: int) -> subprocess.Popen[str]:
    code = WRITER.format(here=str(HERE))
    return subprocess.Popen(
        [sys.executable, "-c", code, path, str(first), str(last)], stdout=subprocess.PIPE, text=True
    )


def test_readers_work_beside_a_writing_run(tmp_path: Path) -> None:
    path = tmp_path / "a.record"
    open_record(path, create=True).close()
    writer = start_writer(path, 0, 400)
    record = open_record(path)
    counts = []
    while writer.poll() is None:
        events = list(record.events())
        assert all(e.actor_names == "Ruritania" and e.evidence.text for e in events)
        assert record.articles().count() >= len(events)
        counts.append(len(events))
    assert writer.communicate()[0].split() == [str(n) for n in range(400)]
    assert counts == sorted(counts) and len(set(counts)) > 2, "the readers saw the run grow"
    assert len(list(record.events())) == 400


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.record"
    writers = [start_writer(path, 0, 150), start_writer(path, 100, 250)]  # the file is made by whichever comes first
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    assert open_record(path).articles().count() == 250


def test_a_pass_sees_the_record_as_it_was_when_it_began(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.record", create=True) as record:
        run = record.start_run()
        for number in range(3):
            record.write(small(number), run)
        rows = record.events()
        seen = []
        for event in rows:
            record.write(small(100 + len(seen)), run)
            seen.append(event)
        assert len(seen) == 3
        assert len(list(rows)) == 6


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_kill_loses_no_acknowledged_article(tmp_path: Path) -> None:
    path = tmp_path / "a.record"
    for start in (0, 1000, 2000):
        writer = start_writer(path, start, start + 100_000)
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(25)]
        time.sleep(0.01 * (start // 1000))
        writer.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in writer.communicate()[0].split("\n")[:-1]]
        with open_record(path) as record:
            found = {article.source for article in record.articles()}
            assert {f"pages/{n}.html" for n in acknowledged} <= found
            assert len(found) == record.events().count() == len(list(record.codings())), "articles are whole"
            assert [r.finished for r in record.runs()][-1] is None
            record.start_run()  # and can be written again
        with sqlite3.connect(path) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
