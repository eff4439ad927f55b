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
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from archive.errors import UnavailableError

_BUSY_TIMEOUT = 30.0
_CACHE_KIB = 16 * 1024
_CHECK_ACCESS = "Check that its folder exists and that you may read and write it."
_INGEST_AGAIN = "or ingest again into another folder."
_EXPLANATIONS = {
    sqlite3.SQLITE_NOTADB: "is not an SQLite database ({}). Move the file elsewhere and ingest"
    " again.",
    sqlite3.SQLITE_CORRUPT: f"is damaged ({{}}). Restore it from a backup, {_INGEST_AGAIN}",
    sqlite3.SQLITE_BUSY: "is locked by another process ({}). Try again when it has finished.",
    sqlite3.SQLITE_LOCKED: "is locked by another process ({}). Try again when it has finished.",
    sqlite3.SQLITE_FULL: "cannot be written because the disk is full ({}). Free some space and try"
    " again.",
    sqlite3.SQLITE_READONLY: "is read-only ({}). Check the permissions of the file and its folder.",
}


class StoreError(UnavailableError):
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
            raise StoreError(f"The archive {self.path} is closed. Open it again.")
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


def create_file(path: Path) -> None:
    """Create a file if there is none, with the mode of the umask; SQLite denies writing to groups.

    A file that cannot be created is left to SQLite, whose error says why. One that exists is not
    opened: to close it would release the locks that SQLite has on it in this process, and another
    process could then remove the write-ahead log in use, which damages the archive.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDONLY, 0o666))


@contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Raise a `StoreError` that says what to do in place of an SQLite error."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"The archive {path} {_explain(error, path)}") from error


def _database_uri(path: Path, *, readonly: bool) -> str:
    """The file's `file:` URI.

    On a read-only medium SQLite cannot create the shared memory of the WAL, so a file without a WAL
    is opened there as immutable.
    """
    uri = f"file:{quote(os.fsencode(path.absolute()))}"
    if not readonly:
        return f"{uri}?mode=rwc"
    immutable = not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()
    return f"{uri}?mode=ro" + ("&immutable=1" if immutable else "")


def _explain(error: sqlite3.Error, path: Path) -> str:
    """What is wrong and what to do, as the rest of a sentence about the archive."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_CANTOPEN:
        return f"cannot be opened ({_find_reason(path) or error}). {_CHECK_ACCESS}"
    for known, explanation in _EXPLANATIONS.items():
        if code == known:
            return explanation.format(error)
    return f"cannot be used ({error}). {_CHECK_ACCESS}"


def _find_reason(path: Path) -> str:
    """Why the system does not open a file, which SQLite does not say; empty if it does."""
    try:
        with path.open("rb"):
            return ""
    except OSError as error:
        return error.strerror or ""
