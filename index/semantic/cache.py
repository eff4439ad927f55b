"""Embeddings kept by content, model and way of cutting, so that no text is embedded twice.

Decision: SQLite beside the archive, half precision; a crash loses at most one batch. Of a text
either all passages are kept or the first ones: fewer of them are the same vectors, cut.
Must not know articles or encoders. Losing this file loses time, never truth.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = "embeddings.sqlite"
_CHUNK = 500
_SPAN = 8
"""Bytes of one span: two int32."""
_EVER = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class PassageEmbeddings:
    """The passages of one text.

    Attributes:
        vectors: (passages, dim) float32, unit length.
        spans: (passages, 2) int32, what each covers of the body, code points.
        whole: Whether these are all of its passages.
    """

    vectors: NDArray[np.float32]
    spans: NDArray[np.int32]
    complete: bool = True


class EmbeddingCache:
    """Passage vectors by content hash, for one model and way of cutting.

    Attributes:
        first: How many passages of a text are asked for; None: all.
    """

    def __init__(self, home: Path, *, model: str, chunking: str, limit: int | None = None) -> None:
        self._group = f"{model}|{chunking}"
        self.limit = limit
        self._db = sqlite3.connect(home / FILE, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS embeddings (content_hash TEXT, model_scheme TEXT,"
            " dim INTEGER NOT NULL, vectors BLOB NOT NULL, spans BLOB NOT NULL,"
            " whole INTEGER NOT NULL DEFAULT 1,"
            " PRIMARY KEY (model_scheme, content_hash)) WITHOUT ROWID"
        )
        columns = {row[1] for row in self._db.execute("PRAGMA table_info(embeddings)")}
        if "whole" not in columns:  # A file of before, which holds all passages.
            self._db.execute("ALTER TABLE embeddings ADD COLUMN whole INTEGER NOT NULL DEFAULT 1")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def find_missing(self, hashes: Sequence[str]) -> set[str]:
        """Those of these hashes that have no vectors yet, or fewer than are asked for."""
        held: set[str] = set()
        for chunk in _chunks(hashes):
            marks = ",".join("?" * len(chunk))
            sql = (
                "SELECT content_hash FROM embeddings"
                f" WHERE model_scheme=? AND content_hash IN ({marks})"
                " AND (whole OR length(spans) >= ?)"
            )
            asked = (self._group, *chunk, self._enough)
            held.update(row[0] for row in self._db.execute(sql, asked))
        return set(hashes) - held

    def get(self, content_hash: str) -> PassageEmbeddings | None:
        """The passages of one text that are asked for; None where they are not all there."""
        sql = (
            "SELECT dim, vectors, spans, whole FROM embeddings"
            " WHERE model_scheme=? AND content_hash=? AND (whole OR length(spans) >= ?)"
        )
        row = self._db.execute(sql, (self._group, content_hash, self._enough)).fetchone()
        if row is None:
            return None
        vectors = np.frombuffer(row[1], np.float16).reshape(-1, row[0])[: self.limit]
        spans = np.frombuffer(row[2], np.int32).reshape(-1, 2)
        whole = bool(row[3]) and len(vectors) == len(spans)
        return PassageEmbeddings(vectors.astype(np.float32), spans[: self.limit], whole)

    def put(self, embedded: Mapping[str, PassageEmbeddings]) -> None:
        """Keep the passages of several texts, all or none."""
        rows = [
            (
                key,
                self._group,
                value.vectors.shape[1],
                value.vectors.astype(np.float16).tobytes(),
                value.spans.astype(np.int32).tobytes(),
                value.complete,
            )
            for key, value in embedded.items()
        ]
        self._db.execute("BEGIN")
        try:
            self._db.executemany("INSERT OR REPLACE INTO embeddings VALUES (?,?,?,?,?,?)", rows)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @property
    def _enough(self) -> int:
        """Bytes of the spans of as many passages as are asked for."""
        return _EVER if self.limit is None else self.limit * _SPAN


def _chunks(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK)]
