"""Embeddings kept by content, model and passage scheme, so that no text is embedded twice.

Decision: SQLite beside the archive, half precision; a crash loses at most one batch.
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


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """The passages of one text.

    Attributes:
        vectors: (passages, dim) float32, unit length.
        spans: (passages, 2) int32, what each covers of the body, code points.
    """

    vectors: NDArray[np.float32]
    spans: NDArray[np.int32]


class EmbeddingCache:
    """Passage vectors by content hash, for one model and passage scheme."""

    def __init__(self, home: Path, *, model: str, scheme: str) -> None:
        self._group = f"{model}|{scheme}"
        self._db = sqlite3.connect(home / FILE, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS embeddings (content_hash TEXT, model_scheme TEXT,"
            " dim INTEGER NOT NULL, vectors BLOB NOT NULL, spans BLOB NOT NULL,"
            " PRIMARY KEY (model_scheme, content_hash)) WITHOUT ROWID"
        )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def missing(self, hashes: Sequence[str]) -> set[str]:
        """Those of these hashes that have no vectors yet."""
        held: set[str] = set()
        for chunk in _chunks(hashes):
            marks = ",".join("?" * len(chunk))
            sql = (
                "SELECT content_hash FROM embeddings"
                f" WHERE model_scheme=? AND content_hash IN ({marks})"
            )
            held.update(row[0] for row in self._db.execute(sql, (self._group, *chunk)))
        return set(hashes) - held

    def get(self, content_hash: str) -> Embedded | None:
        """The passages of one text; None where there are none."""
        sql = "SELECT dim, vectors, spans FROM embeddings WHERE model_scheme=? AND content_hash=?"
        row = self._db.execute(sql, (self._group, content_hash)).fetchone()
        if row is None:
            return None
        vectors = np.frombuffer(row[1], np.float16).reshape(-1, row[0]).astype(np.float32)
        return Embedded(vectors, np.frombuffer(row[2], np.int32).reshape(-1, 2))

    def put(self, embedded: Mapping[str, Embedded]) -> None:
        """Keep the passages of several texts, all or none."""
        rows = [
            (
                key,
                self._group,
                value.vectors.shape[1],
                value.vectors.astype(np.float16).tobytes(),
                value.spans.astype(np.int32).tobytes(),
            )
            for key, value in embedded.items()
        ]
        self._db.execute("BEGIN")
        try:
            self._db.executemany("INSERT OR REPLACE INTO embeddings VALUES (?,?,?,?,?)", rows)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def _chunks(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK)]
