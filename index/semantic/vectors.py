"""Exact search over the unit vectors of passages of one part, by article.

Decision: every article is scored, with NumPy and memory-mapped files; an article counts by its best
passage mixed with the mean of all of them.
Must not know encoders, articles or queries.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.reasons import Span
from index.semantic.cache import Embedded

BEST_SHARE = 0.7
"""0.7 best passage + 0.3 whole was the best on topics and on stories (docs/quality.md)."""


class Nearest(NamedTuple):
    """A passage: its span of the body, (0, 0) for the headline; its cosine, and the mean's."""

    span: Span
    cosine: float
    whole: float


class VectorIndex:
    """Passage vectors of one part, open for searching by many threads.

    Attributes:
        passages: (passages, dim) float32, unit length, in row order.
        starts: (rows + 1,) int64; passages of row i are `starts[i]:starts[i + 1]`.
        spans: (passages, 2) int32, what each covers of the body, code points.
        means: (rows, dim) float32, unit length, mean of each row's passages.
    """

    def __init__(self, folder: Path) -> None:
        self.passages: NDArray[np.float32] = _mapped(folder / "passages.npy")
        self.starts: NDArray[np.int64] = _mapped(folder / "starts.npy")
        self.spans: NDArray[np.int32] = _mapped(folder / "spans.npy")
        self.means: NDArray[np.float32] = _mapped(folder / "means.npy")

    def score(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosine of every row with a unit vector, (rows,): `BEST_SHARE` best, the rest mean."""
        if not len(self.means):
            return np.empty(0, np.float32)
        best = np.maximum.reduceat(self.passages @ vector, self.starts[:-1])
        return np.asarray(BEST_SHARE * best + (1 - BEST_SHARE) * (self.means @ vector), np.float32)

    def nearest(self, row: int, vector: NDArray[np.float32]) -> Nearest:
        """The passage of a row that is nearest to a unit vector."""
        first, last = int(self.starts[row]), int(self.starts[row + 1])
        cosines = self.passages[first:last] @ vector
        best = int(np.argmax(cosines))
        start, end = self.spans[first + best].tolist()
        return Nearest((start, end), float(cosines[best]), float(self.means[row] @ vector))


def write_vectors(folder: Path, rows: Iterable[Embedded]) -> int:
    """Write the vectors and spans of every row in order; return how many passages there are."""
    vectors, spans, starts = [], [], [0]
    for row in rows:
        vectors.append(row.vectors)
        spans.append(row.spans)
        starts.append(starts[-1] + len(row.vectors))
    dim = vectors[0].shape[1] if vectors else 0
    means = np.zeros((len(vectors), dim), np.float32)
    for number, matrix in enumerate(vectors):
        means[number] = unit(matrix.mean(axis=0))
    _save(folder / "passages.npy", np.concatenate(vectors) if vectors else means)
    _save(folder / "spans.npy", np.concatenate(spans) if spans else np.zeros((0, 2), np.int32))
    _save(folder / "starts.npy", np.array(starts, np.int64))
    _save(folder / "means.npy", means)
    return starts[-1]


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at length 1; a zero vector stays zero."""
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _save(path: Path, values: NDArray[np.generic]) -> None:
    np.save(path, values, allow_pickle=False)


def _mapped(path: Path) -> NDArray[Any]:
    values = np.load(path, mmap_mode="r", allow_pickle=False)
    return np.asarray(values)
