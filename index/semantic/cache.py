"""The embedding cache: no text is embedded twice.

Responsibility: store the embeddings of passages by content hash, model and chunking.
Decision: SQLite next to the archive, in half precision; a crash loses at most one batch. Either all
passages of a text are cached or the first ones, because the vectors of a passage do not depend on
how many passages are embedded. The file can be deleted: that costs time and loses nothing.
Must not depend on: articles or encoders.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.database.connection import create_file
from archive.errors import DatelineError

FILE = "embeddings.sqlite"
_HASHES_PER_STATEMENT = 500
_SPAN = 8
"""Bytes of one span, which is two int32."""
_UNREACHABLE = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class PassageEmbeddings:
    """The embedded passages of one text.

    Attributes:
        vectors: (passages, dim) float32, unit length.
        spans: (passages, 2) int32, the span of each in the body, in code points.
        complete: Whether these are all passages of the text.
    """

    vectors: NDArray[np.float32]
    spans: NDArray[np.int32]
    complete: bool = True


class EmbeddingCacheError(DatelineError):
    """The embedding cache cannot be used; the message says what to do."""


class EmbeddingCache:
    """Embeddings of passages by content hash, for one model and chunking.

    Attributes:
        limit: How many passages of a text are used, from its beginning; None: all.
    """

    def __init__(self, home: Path, *, model: str, chunking: str, limit: int | None = None) -> None:
        self._group = f"{model}|{chunking}"
        self.limit = limit
        self._path = home / FILE
        create_file(self._path)
        with _translate_errors(self._path):
            self._db = sqlite3.connect(self._path, isolation_level=None)
            try:
                self._create_table()
            except BaseException:
                self._db.close()
                raise

    def _create_table(self) -> None:
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS embeddings (content_hash TEXT, model_scheme TEXT,"
            " dim INTEGER NOT NULL, vectors BLOB NOT NULL, spans BLOB NOT NULL,"
            " whole INTEGER NOT NULL DEFAULT 1,"
            " PRIMARY KEY (model_scheme, content_hash)) WITHOUT ROWID"
        )
        columns = {row[1] for row in self._db.execute("PRAGMA table_info(embeddings)")}
        if "whole" not in columns:  # A file of an older version, which has all passages.
            self._db.execute("ALTER TABLE embeddings ADD COLUMN whole INTEGER NOT NULL DEFAULT 1")

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    def find_missing(self, hashes: Sequence[str]) -> set[str]:
        """The hashes without embeddings, or with fewer passages than `limit`."""
        cached: set[str] = set()
        for chunk in _split(hashes):
            marks = ",".join("?" * len(chunk))
            sql = (
                "SELECT content_hash FROM embeddings"
                f" WHERE model_scheme=? AND content_hash IN ({marks})"
                " AND (whole OR length(spans) >= ?)"
            )
            values = (self._group, *chunk, self._min_bytes)
            with _translate_errors(self._path):
                cached.update(row[0] for row in self._db.execute(sql, values))
        return set(hashes) - cached

    def get(self, content_hash: str) -> PassageEmbeddings | None:
        """The first `limit` passages of a text; None if fewer are cached."""
        sql = (
            "SELECT dim, vectors, spans, whole FROM embeddings"
            " WHERE model_scheme=? AND content_hash=? AND (whole OR length(spans) >= ?)"
        )
        values = (self._group, content_hash, self._min_bytes)
        with _translate_errors(self._path):
            row = self._db.execute(sql, values).fetchone()
        if row is None:
            return None
        vectors = np.frombuffer(row[1], np.float16).reshape(-1, row[0])[: self.limit]
        spans = np.frombuffer(row[2], np.int32).reshape(-1, 2)
        complete = bool(row[3]) and len(vectors) == len(spans)
        return PassageEmbeddings(vectors.astype(np.float32), spans[: self.limit], complete)

    def put(self, embeddings: Mapping[str, PassageEmbeddings]) -> None:
        """Store the embeddings of several texts, all or none of them."""
        rows = [
            (
                key,
                self._group,
                value.vectors.shape[1],
                value.vectors.astype(np.float16).tobytes(),
                value.spans.astype(np.int32).tobytes(),
                value.complete,
            )
            for key, value in embeddings.items()
        ]
        with _translate_errors(self._path):
            self._db.execute("BEGIN")
            try:
                self._db.executemany("INSERT OR REPLACE INTO embeddings VALUES (?,?,?,?,?,?)", rows)
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # SQLite may have done it: the disk is full.
                    self._db.execute("ROLLBACK")
                raise

    @property
    def _min_bytes(self) -> int:
        """The bytes of the spans of `limit` passages."""
        return _UNREACHABLE if self.limit is None else self.limit * _SPAN


@contextmanager
def _translate_errors(path: Path) -> Iterator[None]:
    """Raise an error that says what to do in place of an SQLite error."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        advice = "Check that you may read and write it, and that the disk is not full."
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            advice = "Delete it: the next reindex embeds the articles again, nothing else is lost."
        message = f"The embedding cache {path} cannot be used ({error}). {advice}"
        raise EmbeddingCacheError(message) from error


def _split(values: Sequence[str]) -> list[Sequence[str]]:
    size = _HASHES_PER_STATEMENT
    return [values[start : start + size] for start in range(0, len(values), size)]
