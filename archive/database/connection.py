"""Connections: opening the archive's SQLite file safely, and its schema.

Decision: one connection a thread, in WAL mode; a reader never waits for a writer.
Must not know what an article's fields mean.
"""

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from archive.database.rows import column_definitions

SCHEMA_VERSION = 1
_BUSY_SECONDS = 30.0
_CACHE_KIB = 16 * 1024

_SCHEMA = (
    "CREATE TABLE version (sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
    " ingested_at TEXT NOT NULL, content_hash TEXT NOT NULL, fingerprint BLOB NOT NULL,"
    f" {column_definitions()}, UNIQUE (uri, version))",
    "CREATE TABLE newest (uri TEXT PRIMARY KEY, sequence INTEGER NOT NULL UNIQUE"
    " REFERENCES version (sequence)) WITHOUT ROWID",
)


class StoreError(Exception):
    """The archive cannot be opened, read or written; the message says what to do."""


class _Connection(sqlite3.Connection):
    """A connection that can be weakly referenced, so that a dead thread's one is let go."""


class Connections:
    """The connections of one archive file, one for each thread that asks."""

    def __init__(self, path: Path, *, readonly: bool) -> None:
        self.path = path
        self.readonly = readonly
        self._mine = threading.local()
        self._all: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._closed = False

    def current(self) -> sqlite3.Connection:
        """This thread's connection, opened on its first call.

        Raises:
            StoreError: The archive was closed or cannot be opened.
        """
        if self._closed:
            raise StoreError(f"the archive {self.path} was closed; open it again")
        found: _Connection | None = getattr(self._mine, "connection", None)
        if found is None:
            found = self._mine.connection = self.fresh()
            with self._lock:
                self._all.add(found)
        return found

    def fresh(self) -> _Connection:
        """A connection of the caller's own, to be closed by it."""
        with explained(self.path):
            found = sqlite3.connect(
                _address(self.path, readonly=self.readonly),
                uri=True,
                timeout=_BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
                factory=_Connection,
            )
            try:
                found.execute("PRAGMA schema_version").fetchone()
                if not self.readonly:
                    found.execute("PRAGMA synchronous = FULL")
                    found.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            except BaseException:
                found.close()
                raise
            return found

    def close(self) -> None:
        """Close every thread's connection; a second call does nothing."""
        self._closed = True
        with self._lock:
            for connection in list(self._all):
                connection.close()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into a `StoreError` that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"the archive {path} {_advice(error)} ({error})") from error


def prepare(connections: Connections) -> None:
    """Check the file's schema version, and create the tables in an empty file.

    Raises:
        StoreError: Not an archive, or one that a newer Dateline wrote.
    """
    connection = connections.current()
    with explained(connections.path):
        if not connections.readonly:
            connection.execute("PRAGMA journal_mode = WAL")
            _create(connection)
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > SCHEMA_VERSION:
        raise StoreError(
            f"the archive {connections.path} has schema {found} and this Dateline knows"
            f" {SCHEMA_VERSION}: it was written by a newer one; upgrade Dateline"
        )
    if found < 1:
        raise StoreError(
            f"{connections.path} is a database, but no Dateline archive;"
            " choose another folder, or move the file away and ingest again"
        )


def _create(connection: sqlite3.Connection) -> None:
    """Create the tables where the file is empty; harmless when two processes do it at once."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _address(path: Path, *, readonly: bool) -> str:
    """The file's `file:` URI.

    On a read-only medium SQLite cannot make the WAL's shared memory, so a file without a WAL is
    opened as immutable there.
    """
    address = f"file:{quote(str(path.absolute()))}"
    if not readonly:
        return f"{address}?mode=rwc"
    still = not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()
    return f"{address}?mode=ro" + ("&immutable=1" if still else "")


def _advice(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return "is not a database; move it away and ingest again"
    if code == sqlite3.SQLITE_CORRUPT:
        return "is damaged; restore it from a backup, or ingest again into another folder"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "is being written by another process; try again when that has ended"
    if code == sqlite3.SQLITE_FULL:
        return "could not be written, for the disk is full; make room and run this again"
    return "cannot be used; check that its folder exists and that you may read and write it"
