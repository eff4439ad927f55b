"""The schema: the archive's tables, and whether a file has them.

Responsibility: create the tables of a new archive, recognise other files and start migrations.
Decision: a file is examined before anything is written to it, so that another program's database or
a newer archive stays untouched.
Must not depend on: what an article's fields mean.
"""

import sqlite3

from archive.database.connection import Connections, StoreError, translate_errors
from archive.database.identity import CREATE_IDENTITY, write_new_id
from archive.database.migrations import (
    CREATE_EMBARGOES,
    CREATE_READ_FILE,
    latest_version,
    migrate,
    read_version,
    write_version,
)
from archive.database.rows import build_column_definitions

_TABLES = (
    "CREATE TABLE version (sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
    " ingested_at TEXT NOT NULL, content_hash TEXT NOT NULL, fingerprint BLOB NOT NULL,"
    f" {build_column_definitions()}, UNIQUE (uri, version))",
    "CREATE TABLE newest (uri TEXT PRIMARY KEY, sequence INTEGER NOT NULL UNIQUE"
    " REFERENCES version (sequence), filed TEXT) WITHOUT ROWID",
    CREATE_IDENTITY,
    CREATE_READ_FILE,
    CREATE_EMBARGOES,
)


def prepare_schema(connections: Connections) -> None:
    """Check the file's schema version; create the tables of an empty file, migrate an older one.

    Raises:
        StoreError: The file is not an archive, a newer Dateline created it, it is older and opened
            read-only, or a migration failed.
    """
    path, connection = connections.path, connections.current()
    with translate_errors(path):
        version, is_empty = read_version(connection), _is_empty(connection)
    if version > latest_version():
        raise StoreError(
            f"The archive {path} was created by a newer Dateline (schema {version}; this version"
            f" supports up to {latest_version()}). Upgrade Dateline."
        )
    if version < 1 and (connections.readonly or not is_empty):
        raise StoreError(
            f"The file {path} is an SQLite database but not a Dateline archive."
            " Choose another folder, or move the file elsewhere and ingest again."
        )
    if connections.readonly:
        if version < latest_version():
            raise StoreError(
                f"The archive {path} was created by an older Dateline (schema {version}; this"
                f" version needs {latest_version()}). Run `dateline reindex` to upgrade it."
            )
        return
    with translate_errors(path):
        connection.execute("PRAGMA journal_mode = WAL")
        if is_empty:
            _create_tables(connection)
    if not is_empty and version < latest_version():
        migrate(connections)


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _create_tables(connection: sqlite3.Connection) -> None:
    """Create the tables if the file is still empty; safe if two processes do it at once."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _is_empty(connection):
            for statement in _TABLES:
                connection.execute(statement)
            write_new_id(connection)
            write_version(connection, latest_version())
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
