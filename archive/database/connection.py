"""Connections to the archive's SQLite file.

Responsibility: open the file, keep one connection per thread and turn SQLite's errors into advice.
Decision: one connection per thread, so that threads need no locks of their own.
Must not depend on: the archive's tables.
"""

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

_BUSY_TIMEOUT = 30.0
_CACHE_KIB = 16 * 1024


class StoreError(Exception):
    """The archive cannot be opened, read or written; the message says what to do."""


class _Connection(sqlite3.Connection):
    """A connection that allows weak references, so that it can go when its thread ends."""


class Connections:
    """The connections to one archive file, one per thread."""

    def __init__(self, path: Path, *, readonly: bool) -> None:
        self.path = path
        self.readonly = readonly
        self._thread_state = threading.local()
        self._all: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._closed = False

    def current(self) -> sqlite3.Connection:
        """Return this thread's connection, opened on the first call.

        Raises:
            StoreError: The archive is closed or cannot be opened.
        """
        if self._closed:
            raise StoreError(f"the archive {self.path} is closed; open it again")
        connection: _Connection | None = getattr(self._thread_state, "connection", None)
        if connection is None:
            connection = self._thread_state.connection = self.open()
            with self._lock:
                self._all.add(connection)
        return connection

    def open(self) -> _Connection:
        """Open another connection, which the caller must close.

        Raises:
            StoreError: The archive cannot be opened.
        """
        with translate_errors(self.path):
            connection = sqlite3.connect(
                _database_uri(self.path, readonly=self.readonly),
                uri=True,
                timeout=_BUSY_TIMEOUT,
                isolation_level=None,
                check_same_thread=False,
                factory=_Connection,
            )
            try:
                connection.execute("PRAGMA schema_version").fetchone()
                if not self.readonly:
                    connection.execute("PRAGMA synchronous = FULL")
                    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            except BaseException:
                connection.close()
                raise
            return connection

    def close(self) -> None:
        """Close the connections of all threads; a second call does nothing."""
        self._closed = True
        with self._lock:
            for connection in list(self._all):
                connection.close()


@contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Raise a `StoreError` that says what to do in place of an SQLite error."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"the archive {path} {_explain(error)} ({error})") from error


def _database_uri(path: Path, *, readonly: bool) -> str:
    """The file's `file:` URI.

    On a read-only medium SQLite cannot create the shared memory of the WAL, so a file without a WAL
    is opened there as immutable.
    """
    uri = f"file:{quote(str(path.absolute()))}"
    if not readonly:
        return f"{uri}?mode=rwc"
    immutable = not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()
    return f"{uri}?mode=ro" + ("&immutable=1" if immutable else "")


def _explain(error: sqlite3.Error) -> str:
    """What is wrong and what to do, as the rest of a sentence about the archive."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return "is not an SQLite database; move the file elsewhere and ingest again"
    if code == sqlite3.SQLITE_CORRUPT:
        return "is damaged; restore it from a backup, or ingest again into another folder"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "is locked by another process; try again when it has finished"
    if code == sqlite3.SQLITE_FULL:
        return "cannot be written because the disk is full; free some space and try again"
    if code == sqlite3.SQLITE_READONLY:
        return "is read-only; check the permissions of the file and its folder"
    return "cannot be used; check that its folder exists and that you may read and write it"
