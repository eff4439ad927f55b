"""The store: every version of every article, in one SQLite file.

Responsibility: store new versions, and read articles by uri, version or sequence number.
Decision: a version is never changed or deleted; each new one gets a row and the next sequence
number, so that "what is new since N" is one comparison. Each thread has its own connection.
Must not depend on: where articles come from or how they are indexed.
"""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from archive.article import Article
from archive.database.connection import Connections, StoreError, translate_errors
from archive.database.identity import Checkpoint, Continuity, compare, read_checkpoint
from archive.database.rows import (
    COLUMNS,
    READ_COLUMNS,
    article_to_row,
    decompress_raw,
    row_to_article,
)
from archive.database.schema import prepare_schema
from archive.database.versioning import Outcome, decide_outcome

__all__ = ["ArticleStore", "StoreError"]

FILE_NAME = "archive.sqlite"

# Keys per query: two variables each, below SQLite's old limit of 999.
_KEYS_PER_QUERY = 400
_ROWS_PER_FETCH = 200

_NAMES = ", ".join(f"v.{name}" for name in READ_COLUMNS)
_SELECT = f"SELECT {_NAMES} FROM version v"
# `(uri, version) IN (VALUES ...)` scans the table, 300 ms for 200 of 100,000; this uses the index.
_FROM_WANTED = "wanted w CROSS JOIN version v ON v.uri = w.uri AND v.version = w.version"
_SELECT_NEWEST = f"SELECT v.sequence, {_NAMES} FROM newest n JOIN version v USING (sequence)"
_INSERT = (
    f"INSERT INTO version (ingested_at, content_hash, fingerprint, {', '.join(COLUMNS)})"
    f" VALUES ({', '.join('?' * (len(COLUMNS) + 3))})"
)
_SET_NEWEST = (
    "INSERT INTO newest (uri, sequence) VALUES (?, ?)"
    " ON CONFLICT (uri) DO UPDATE SET sequence = excluded.sequence"
)


class ArticleStore:
    """The articles of one archive folder. Safe to share between threads.

    Each thread has its own connection: a read sees what was committed when it began, and
    `transaction` covers the `put` calls of the thread that opened it.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._thread_state = threading.local()

    @classmethod
    def open(cls, home: Path, *, readonly: bool = False, create: bool = True) -> Self:
        """Open `home/archive.sqlite`.

        Without `readonly`, an archive of an older schema is migrated, and a missing one is created
        with its folder, unless `create` is False.

        Raises:
            StoreError: There is no archive (if readonly, or not create), the file is not an
                archive, a newer Dateline created it, or it is older (if readonly, or if it cannot
                be migrated).
        """
        path = home / FILE_NAME
        if (readonly or not create) and not path.exists():
            raise StoreError(f"there is no archive at {path} yet; run `dateline ingest PATH` first")
        if not readonly:
            try:
                home.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"cannot create the folder {home} ({error})") from error
        connections = Connections(path, readonly=readonly)
        try:
            prepare_schema(connections)
        except BaseException:
            connections.close()
            raise
        return cls(connections)

    def close(self) -> None:
        """Close every connection; a second call does nothing."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what this thread puts inside the block together, or none of it after an error.

        A nested transaction is part of the outer one.
        """
        if getattr(self._thread_state, "in_transaction", False):
            yield
            return
        self._execute("BEGIN IMMEDIATE")
        self._thread_state.in_transaction = True
        try:
            yield
            self._execute("COMMIT")
        except BaseException:
            with contextlib.suppress(StoreError):
                self._execute("ROLLBACK")
            raise
        finally:
            self._thread_state.in_transaction = False

    def put(self, article: Article) -> Outcome:
        """Store the article as a new version, unless the archive already has an equal version.

        `article.version` is ignored: the store counts from 1. Versions are equal if all fields but
        `raw`, `version` and `version_created` are; a change of metadata alone is a new version. If
        the uri is a bare number and its newest version names another source, the article is stored
        under `uri@source`.

        Raises:
            StoreError: The archive cannot be written.
        """
        with self.transaction():
            decision = decide_outcome(self, article)
            if decision.outcome == "unchanged":
                return "unchanged"
            last = 0 if decision.outcome == "added" else self._last_version(decision.uri)
            row = article_to_row(article, uri=decision.uri, version=last + 1)
            now = datetime.now(UTC).isoformat()
            with translate_errors(self._connections.path):
                cursor = self._connections.current().execute(
                    _INSERT, (now, article.content_hash, decision.fingerprint, *row)
                )
                sequence = cursor.lastrowid
            self._execute(_SET_NEWEST, decision.uri, sequence)
            return decision.outcome

    def newest_source(self, uri: str) -> str | None:
        """Return the source of the newest version of the uri; None if the uri is unknown."""
        rows = self._execute(
            "SELECT v.source FROM newest n JOIN version v USING (sequence) WHERE n.uri = ?", uri
        )
        return str(rows[0][0]) if rows else None

    def has_fingerprint(self, uri: str, fingerprint: bytes) -> bool:
        """Return whether any version of the uri has this fingerprint."""
        sql = "SELECT 1 FROM version WHERE uri = ? AND fingerprint = ? LIMIT 1"
        return bool(self._execute(sql, uri, fingerprint))

    def get(self, uri: str, version: int | None = None) -> Article | None:
        """Return one version of the article, by default the newest; None if there is none."""
        if version is None:
            sql = f"{_SELECT} JOIN newest n USING (sequence) WHERE n.uri = ?"
            rows = self._execute(sql, uri)
        else:
            rows = self._execute(f"{_SELECT} WHERE v.uri = ? AND v.version = ?", uri, version)
        return row_to_article(rows[0]) if rows else None

    def read_raw(self, uri: str, version: int) -> str | None:
        """Return the original text of one version; None if the archive does not have it.

        Articles are read without it.
        """
        rows = self._execute("SELECT raw FROM version WHERE uri = ? AND version = ?", uri, version)
        return decompress_raw(rows[0][0]) if rows else None

    def get_many(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Article]:
        """Return the articles of these (uri, version) keys; unknown keys are left out."""
        articles: dict[tuple[str, int], Article] = {}
        for wanted, values in _iter_wanted(keys):
            rows = self._execute(f"{wanted} SELECT {_NAMES} FROM {_FROM_WANTED}", *values)
            for article in map(row_to_article, rows):
                articles[article.uri, article.version] = article
        return articles

    def versions(self, uri: str) -> tuple[Article, ...]:
        """Return every version of the uri, oldest first; empty if the uri is unknown."""
        rows = self._execute(f"{_SELECT} WHERE v.uri = ? ORDER BY v.version", uri)
        return tuple(row_to_article(row) for row in rows)

    def newest(self, *, after: int = 0) -> Iterator[tuple[int, Article]]:
        """Yield (sequence, article) of each article's newest version, by sequence, above `after`.

        Streamed from one snapshot, without later commits and without open transactions.
        """
        with (
            translate_errors(self._connections.path),
            contextlib.closing(self._connections.open()) as connection,
        ):
            sql = f"{_SELECT_NEWEST} WHERE n.sequence > ? ORDER BY n.sequence"
            cursor = connection.execute(sql, (after,))
            while rows := cursor.fetchmany(_ROWS_PER_FETCH):
                for sequence, *row in rows:
                    yield sequence, row_to_article(row)

    def find_held(self, keys: Sequence[tuple[str, int]]) -> set[tuple[str, int]]:
        """Return those of these (uri, version) keys whose versions are in the archive."""
        held: set[tuple[str, int]] = set()
        for wanted, values in _iter_wanted(keys):
            held.update(
                self._execute(f"{wanted} SELECT v.uri, v.version FROM {_FROM_WANTED}", *values)
            )
        return held

    def read_checkpoint(self, sequence: int | None = None) -> Checkpoint:
        """Return what the archive holds up to a sequence number, by default its last version."""
        with translate_errors(self._connections.path):
            return read_checkpoint(self._connections.current(), sequence)

    def compare(self, checkpoint: Checkpoint) -> Continuity:
        """Say whether the archive still holds what it, or another one, held at a checkpoint.

        The answer is remembered until the file changes: a search asks each time.
        """
        with translate_errors(self._connections.path):
            connection = self._connections.current()
            (changes,) = connection.execute("PRAGMA data_version").fetchone()
            key = (changes, connection.total_changes, checkpoint)
            known: tuple[object, Continuity] | None = getattr(self._thread_state, "compared", None)
            if known is None or known[0] != key:
                now = read_checkpoint(connection, checkpoint.sequence)
                known = self._thread_state.compared = (key, compare(checkpoint, now))
            return known[1]

    def last_sequence(self) -> int:
        """Return the sequence number of the last version stored; 0 if the archive is empty."""
        return self._execute_scalar("SELECT coalesce(max(sequence), 0) FROM version")

    def count(self) -> int:
        """Return the number of articles."""
        return self._execute_scalar("SELECT count(*) FROM newest")

    def count_versions(self) -> int:
        """Return the number of versions of all articles."""
        return self._execute_scalar("SELECT count(*) FROM version")

    def count_pending(self, after: int) -> int:
        """Return the number of articles whose newest version has a sequence above `after`."""
        return self._execute_scalar("SELECT count(*) FROM newest WHERE sequence > ?", after)

    def _last_version(self, uri: str) -> int:
        return self._execute_scalar("SELECT max(version) FROM version WHERE uri = ?", uri)

    def _execute(self, sql: str, *values: object) -> list[Any]:
        with translate_errors(self._connections.path):
            return self._connections.current().execute(sql, values).fetchall()

    def _execute_scalar(self, sql: str, *values: object) -> int:
        return int(self._execute(sql, *values)[0][0])


def _iter_wanted(keys: Sequence[tuple[str, int]]) -> Iterator[tuple[str, list[str | int]]]:
    """Yield the keys as tables `wanted`, each with its values, below SQLite's limit of values."""
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        chunk = keys[start : start + _KEYS_PER_QUERY]
        marks = ", ".join(["(?, ?)"] * len(chunk))
        yield (
            f"WITH wanted (uri, version) AS (VALUES {marks})",
            [part for key in chunk for part in key],
        )
