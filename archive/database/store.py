"""The store: every version of every article, in one SQLite file that is the truth.

Decision: a version is never changed or removed; a new filing gets a new row and the next sequence
number, so "what is new since N" is one comparison. Threads get a connection each.
Must not know where articles come from or how they are indexed.
"""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from archive.article import Article
from archive.database.connection import Connections, StoreError, explained, prepare
from archive.database.ledger import Outcome, judge
from archive.database.rows import COLUMNS, from_row, to_row

__all__ = ["ArticleStore", "StoreError"]

FILE_NAME = "archive.sqlite"

# Keys a bulk fetch asks for at once: two variables each, below SQLite's old limit of 999.
_KEYS_AT_ONCE = 400
_ROWS_AT_ONCE = 200

_NAMES = ", ".join(f"v.{name}" for name in COLUMNS)
_SELECT = f"SELECT {_NAMES} FROM version v"
# `(uri, version) IN (VALUES ...)` scans the table, 300 ms for 200 of 100,000; this asks the index.
_WANTED_FIRST = "wanted w CROSS JOIN version v ON v.uri = w.uri AND v.version = w.version"
_SELECT_NEWEST = f"SELECT v.sequence, {_NAMES} FROM newest n JOIN version v USING (sequence)"
_INSERT = (
    f"INSERT INTO version (ingested_at, content_hash, fingerprint, {', '.join(COLUMNS)})"
    f" VALUES ({', '.join('?' * (len(COLUMNS) + 3))})"
)
_POINT = (
    "INSERT INTO newest (uri, sequence) VALUES (?, ?)"
    " ON CONFLICT (uri) DO UPDATE SET sequence = excluded.sequence"
)


class ArticleStore:
    """The articles of one archive folder. Safe to share between threads.

    Every thread works on a connection of its own: a read sees what was committed when it began,
    and `transaction` covers the `put`s of the thread that opened it.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._mine = threading.local()

    @classmethod
    def open(cls, home: Path, *, readonly: bool = False) -> Self:
        """Open `home/archive.sqlite`; make it, and the folder, unless `readonly`.

        Raises:
            StoreError: No archive there (readonly), not an archive, or one of a newer Dateline.
        """
        path = home / FILE_NAME
        if readonly and not path.exists():
            raise StoreError(f"there is no archive at {path} yet; ingest some articles first")
        if not readonly:
            try:
                home.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"the folder {home} cannot be made ({error})") from error
        connections = Connections(path, readonly=readonly)
        try:
            prepare(connections)
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
        """Commit all that this thread puts inside at the end, or nothing of it on an error.

        A transaction inside another belongs to the outer one.
        """
        if getattr(self._mine, "inside", False):
            yield
            return
        self._ask("BEGIN IMMEDIATE")
        self._mine.inside = True
        try:
            yield
            self._ask("COMMIT")
        except BaseException:
            with contextlib.suppress(StoreError):
                self._ask("ROLLBACK")
            raise
        finally:
            self._mine.inside = False

    def put(self, article: Article) -> Outcome:
        """Store the article as a new version, unless a version like it is held already.

        `article.version` is ignored: the store counts from 1. A version is alike where every
        field but `raw`, `version` and `version_created` is; a change of metadata alone is a new
        version too. Where the uri is a bare number and the newest version under it names another
        source, the article is stored under `uri@source`.

        Raises:
            StoreError: The archive cannot be written.
        """
        with self.transaction():
            verdict = judge(self, article)
            if verdict.outcome == "unchanged":
                return "unchanged"
            held = 0 if verdict.outcome == "added" else self._last_version(verdict.uri)
            row = to_row(article, uri=verdict.uri, version=held + 1)
            now = datetime.now(UTC).isoformat()
            with explained(self._connections.path):
                cursor = self._connections.current().execute(
                    _INSERT, (now, article.content_hash, verdict.mark, *row)
                )
                sequence = cursor.lastrowid
            self._ask(_POINT, verdict.uri, sequence)
            return verdict.outcome

    def newest_source(self, uri: str) -> str | None:
        """The source of the newest version under the uri; None where the uri is unknown."""
        rows = self._ask(
            "SELECT v.source FROM newest n JOIN version v USING (sequence) WHERE n.uri = ?", uri
        )
        return str(rows[0][0]) if rows else None

    def holds(self, uri: str, mark: bytes) -> bool:
        """Whether any version under the uri has this fingerprint."""
        return bool(
            self._ask("SELECT 1 FROM version WHERE uri = ? AND fingerprint = ? LIMIT 1", uri, mark)
        )

    def get(self, uri: str, version: int | None = None) -> Article | None:
        """One version of the article, the newest unless told; None where it is not held."""
        if version is None:
            rows = self._ask(
                f"{_SELECT} JOIN newest n USING (sequence) WHERE n.uri = ?",
                uri,
            )
        else:
            rows = self._ask(f"{_SELECT} WHERE v.uri = ? AND v.version = ?", uri, version)
        return from_row(rows[0]) if rows else None

    def get_many(self, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Article]:
        """The articles of these (uri, version) keys; a key that is not held is left out."""
        found: dict[tuple[str, int], Article] = {}
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            chunk = keys[start : start + _KEYS_AT_ONCE]
            wanted = f"WITH wanted (uri, version) AS (VALUES {', '.join(['(?, ?)'] * len(chunk))})"
            flat = [part for key in chunk for part in key]
            rows = self._ask(f"{wanted} SELECT {_NAMES} FROM {_WANTED_FIRST}", *flat)
            for article in map(from_row, rows):
                found[article.uri, article.version] = article
        return found

    def versions(self, uri: str) -> tuple[Article, ...]:
        """Every version under the uri, oldest first; empty where the uri is unknown."""
        rows = self._ask(f"{_SELECT} WHERE v.uri = ? ORDER BY v.version", uri)
        return tuple(from_row(row) for row in rows)

    def newest(self, *, after: int = 0) -> Iterator[tuple[int, Article]]:
        """(sequence, article) of every article's newest version, by sequence, above `after`.

        Streamed from one snapshot: what is committed meanwhile, or put in a transaction that is
        still open, is not seen.
        """
        with (
            explained(self._connections.path),
            contextlib.closing(self._connections.fresh()) as connection,
        ):
            sql = f"{_SELECT_NEWEST} WHERE n.sequence > ? ORDER BY n.sequence"
            cursor = connection.execute(sql, (after,))
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                for sequence, *row in rows:
                    yield sequence, from_row(row)

    def last_sequence(self) -> int:
        """The sequence of the latest version stored; 0 where the archive is empty."""
        return self._number("SELECT coalesce(max(sequence), 0) FROM version")

    def count(self) -> int:
        """How many articles are held."""
        return self._number("SELECT count(*) FROM newest")

    def count_versions(self) -> int:
        """How many versions of articles are held."""
        return self._number("SELECT count(*) FROM version")

    def count_pending(self, after: int) -> int:
        """How many articles have a newest version with a sequence above `after`."""
        return self._number("SELECT count(*) FROM newest WHERE sequence > ?", after)

    def _last_version(self, uri: str) -> int:
        return self._number("SELECT max(version) FROM version WHERE uri = ?", uri)

    def _ask(self, sql: str, *values: object) -> list[Any]:
        with explained(self._connections.path):
            return self._connections.current().execute(sql, values).fetchall()

    def _number(self, sql: str, *values: object) -> int:
        return int(self._ask(sql, *values)[0][0])
