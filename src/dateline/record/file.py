"""The file itself: opening it, knowing it for a record, bringing its schema up to date.

One SQLite file in WAL mode, so that readers in other processes go on while a run writes. A commit is on the operating
system's side when `write` returns: a killed process loses nothing that was acknowledged (synchronous=NORMAL; only a
power cut may take the last commits, and even that cannot damage the file). Not for network drives: WAL needs shared
memory.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from dateline.errors import RecordError

APPLICATION_ID = 0x444C494E
"""'DLIN' in the header of every record, so that `file` and we ourselves tell it from other SQLite files."""

BUSY_MS = 30_000
"""How long one process waits for another's transaction. One article is written in milliseconds, so half a minute only
runs out where a writer hangs."""

_SCRIPT = re.compile(r"(\d{4})\.sql")


def migrations() -> list[str]:
    """The schema scripts in order; the n-th brings a record to version n."""
    folder = resources.files("dateline.record").joinpath("migrations")
    scripts = sorted((f for f in folder.iterdir() if _SCRIPT.fullmatch(f.name)), key=lambda f: f.name)
    return [script.read_text(encoding="utf-8") for script in scripts]


def open_file(path: Path, create: bool) -> None:
    """Make sure that `path` is a record of this version: create it if asked to, migrate an older one.

    Raises RecordError if there is no such file (and `create` is false), or if it is foreign, newer or damaged.
    """
    if path.is_dir():
        raise RecordError(f"{path}: is a folder, not a record")
    if not path.exists() and not create:
        raise RecordError(f"{path}: no such record; `dateline code SOURCES --to {path}` makes one")
    if create:
        with translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
    wanted = len(migrations())
    if path.exists() and path.stat().st_size > 0:
        with reading(path) as db:
            version = _known(db, path, wanted)
        if version == wanted:
            return
    elif not create:
        raise RecordError(f"{path}: is empty, not a record")
    with translated(path), _closing(_connect(path, "rwc")) as db:
        db.execute("PRAGMA journal_mode = WAL")
        _migrate(db, path)


def _known(db: sqlite3.Connection, path: Path, wanted: int) -> int:
    """The schema version of a file that is a record; RecordError if it is not, or if it is newer than we are."""
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            return 0  # made by another process a moment ago, not yet filled
        raise RecordError(f"{path}: is an SQLite file of another program, not a record of Dateline")
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > wanted:
        raise RecordError(
            f"{path}: was written by a newer Dateline (schema {version}, this one knows {wanted}); update Dateline"
        )
    return version


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Run the scripts that the file lacks, each whole or not at all; safe beside another process that does the same."""
    scripts = migrations()
    while True:
        db.execute("BEGIN IMMEDIATE")
        try:
            version = _known(db, path, len(scripts))
            if version == len(scripts):
                db.execute("ROLLBACK")
                return
            for statement in _statements(scripts[version]):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {version + 1}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def _statements(script: str) -> Iterator[str]:
    """The single statements of a script. `executescript` would commit before it starts, which a migration must not."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        raise RecordError(f"migration ends inside a statement: {pending.strip()[:60]}")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"file:{quote(path.resolve().as_posix())}?{mode if '=' in mode else 'mode=' + mode}"
    db = sqlite3.connect(uri, uri=True, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    return db


def writer(path: Path) -> sqlite3.Connection:
    """A connection that writes. Transactions are begun by hand (BEGIN IMMEDIATE: taking the lock late can fail)."""
    with translated(path):
        db = _connect(path, "rw")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
    return db


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection, closed at the end; faults of the file become RecordError.

    In a folder that cannot be written, WAL's side files cannot be made; then the file is read as unchanging.
    """
    with translated(path):
        db = _connect(path, "ro")
        try:
            db.execute("PRAGMA schema_version").fetchone()
        except sqlite3.OperationalError:
            db.close()
            if path.with_name(path.name + "-wal").exists():
                raise
            db = _connect(path, "immutable=1")
        with _closing(db):
            yield db


@contextmanager
def _closing(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield db
    finally:
        db.close()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file into RecordError. Programming errors pass through."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise RecordError(
                f"{path}: another process has kept it locked for {BUSY_MS // 1000} s; try again"
            ) from error
        if "no such table" in str(error) or "no such column" in str(error):
            raise RecordError(f"{path}: is damaged or was changed by hand ({error})") from error
        raise RecordError(f"{path}: cannot be read or written ({error})") from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError | sqlite3.NotSupportedError):
            raise
        if "not a database" in str(error):
            raise RecordError(f"{path}: is not a record (not an SQLite file)") from error
        if isinstance(error, sqlite3.IntegrityError):
            raise RecordError(f"{path}: refused a row ({error}); please report it") from error
        raise RecordError(
            f"{path}: is damaged ({error}); restore a copy, or code the sources into a new record"
        ) from error
    except OSError as error:
        raise RecordError(f"{path}: cannot be opened ({error.strerror or error})") from error


def close_writer(db: sqlite3.Connection) -> None:
    """Close, folding the write-ahead log into the file so that the one file can be copied. A reader may delay that."""
    with suppress(sqlite3.OperationalError):
        db.execute("PRAGMA busy_timeout = 0")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
