"""Migrations: bring an archive of an older schema up to date, completely or not at all.

Responsibility: list the migrations, back the archive up and run the missing ones.
Decision: a copy beside the archive first, then all steps in one transaction that also checks the
result, so that a crash leaves the old schema or the new one.
Must not depend on: the articles' sources, or how they are read.
"""

import contextlib
import logging
import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive.database.connection import (
    Connections,
    StoreError,
    create_file,
    translate_errors,
)
from archive.database.identity import CREATE_IDENTITY, write_new_id
from archive.database.rows import READ_COLUMNS, compute_fingerprint, row_to_article

FIRST_VERSION = 1
_ROWS_PER_FETCH = 200
# Copied pages, and as many in the write-ahead log while the rows are rewritten.
_DISK_SPACE_FACTOR = 2

Step = str | Callable[[sqlite3.Connection], None]
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """The steps from one schema version to the next.

    Attributes:
        to_version: The version they lead to, from the one before it.
        steps: SQL statements and functions, run in one transaction. A new column needs a DEFAULT
            that equals the default of its field in `Article`. A function must not commit.
    """

    to_version: int
    steps: tuple[Step, ...]


CREATE_EMBARGOES = "CREATE INDEX embargo ON version (embargoed) WHERE embargoed IS NOT NULL"
CREATE_READ_FILE = "CREATE TABLE read_file (key BLOB PRIMARY KEY) WITHOUT ROWID"

MIGRATIONS: tuple[Migration, ...] = (
    Migration(to_version=2, steps=(CREATE_IDENTITY, write_new_id)),
    Migration(
        to_version=3,
        steps=(
            CREATE_READ_FILE,
            "ALTER TABLE newest ADD COLUMN filed TEXT",
            "UPDATE newest SET filed = (SELECT version_created FROM version"
            " WHERE version.sequence = newest.sequence)",
        ),
    ),
    Migration(
        to_version=4,
        steps=("ALTER TABLE version ADD COLUMN embargoed TEXT", CREATE_EMBARGOES),
    ),
)
"""In order of version, without gaps, from `FIRST_VERSION` on."""


def latest_version() -> int:
    """Return the schema version of this program."""
    return MIGRATIONS[-1].to_version if MIGRATIONS else FIRST_VERSION


def read_version(connection: sqlite3.Connection) -> int:
    """Return the schema version of the archive; 0 if it is not an archive."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def write_version(connection: sqlite3.Connection, version: int) -> None:
    """Set the schema version, as part of the open transaction."""
    connection.execute(f"PRAGMA user_version = {version}")


def migrate(connections: Connections) -> None:
    """Run the missing migrations, after a copy to `archive.sqlite.vN.bak`.

    A second process waits for the first one and then has nothing to do.

    Raises:
        StoreError: There is too little disk space, or a step or a check failed; the archive is
            unchanged.
    """
    path, connection = connections.path, connections.current()
    with translate_errors(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = read_version(connection)
            if version == latest_version():
                connection.execute("ROLLBACK")
                return
            backup = _back_up(connections, version)
            _run_steps(connection, path, version)
            _update_fingerprints(connection)
            _check(connection, path)
            write_version(connection, latest_version())
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
    _logger.warning(
        "Upgraded the archive %s from schema %d to %d. The previous version is in %s;"
        " delete it when you no longer need it.",
        path,
        version,
        latest_version(),
        backup,
    )


def _back_up(connections: Connections, version: int) -> Path:
    """Copy the archive as it was last committed; the copy is complete or does not exist."""
    path = connections.path
    target = path.with_name(f"{path.name}.v{version}.bak")
    unfinished = target.with_name(f"{target.name}.tmp")
    _require_disk_space(path)
    unfinished.unlink(missing_ok=True)
    create_file(unfinished)
    try:
        with (
            contextlib.closing(connections.open()) as source,
            contextlib.closing(sqlite3.connect(unfinished)) as copy,
        ):
            source.backup(copy)
            # One file, which `sqlite3` can open wherever it is moved.
            copy.execute("PRAGMA journal_mode = DELETE")
            if _find_damage(copy):
                raise StoreError(
                    f"The archive {path} is damaged and was not upgraded."
                    " Restore it from a backup, or ingest again into another folder."
                )
        _sync(unfinished)
        unfinished.rename(target)
        _sync(path.parent)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"Cannot write the backup {target} ({error}). The archive was not upgraded."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def _require_disk_space(path: Path) -> None:
    files = (path, Path(f"{path}-wal"))
    size = sum(file.stat().st_size for file in files if file.exists())
    free, needed = shutil.disk_usage(path.parent).free, _DISK_SPACE_FACTOR * size
    if free < needed:
        raise StoreError(
            f"Upgrading the archive {path} needs {needed / 1e6:,.0f} MB of disk space and"
            f" {free / 1e6:,.0f} MB are free. Free some space and try again."
        )


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _run_steps(connection: sqlite3.Connection, path: Path, version: int) -> None:
    for migration in MIGRATIONS:
        if migration.to_version <= version:
            continue
        for step in migration.steps:
            if isinstance(step, str):
                connection.execute(step)
            else:
                step(connection)
            if not connection.in_transaction:
                raise StoreError(
                    f"The upgrade of the archive {path} to schema {migration.to_version} was"
                    " interrupted by a commit. Restore the archive from its backup."
                )


def _update_fingerprints(connection: sqlite3.Connection) -> None:
    """Compute every fingerprint again, because it covers all fields, including new ones."""
    columns = ", ".join(READ_COLUMNS)
    last = 0
    while True:
        rows = connection.execute(
            f"SELECT sequence, {columns} FROM version WHERE sequence > ? ORDER BY sequence LIMIT ?",
            (last, _ROWS_PER_FETCH),
        ).fetchall()
        if not rows:
            return
        connection.executemany(
            "UPDATE version SET fingerprint = ? WHERE sequence = ?",
            ((compute_fingerprint(row_to_article(row)), sequence) for sequence, *row in rows),
        )
        last = rows[-1][0]


def _check(connection: sqlite3.Connection, path: Path) -> None:
    damage = _find_damage(connection)
    if damage:
        raise StoreError(f"Upgrading the archive {path} failed ({damage}). It is unchanged.")


def _find_damage(connection: sqlite3.Connection) -> str:
    """The first problem that SQLite finds; empty if there is none."""
    for check in ("quick_check(1)", "foreign_key_check"):
        row = connection.execute(f"PRAGMA {check}").fetchone()
        if row and row[0] != "ok":
            return f"{check}: {', '.join(map(str, row))}"
    return ""
