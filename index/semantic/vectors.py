"""The unit vectors of one part's passages, as files: the best of each article, and their mean.

Decision: a byte for each number; only the passages of articles that may count are made whole
(docs/decisions/0011-two-stage-vector-search.md).
Must not know encoders, articles or queries.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import expand_ranges
from index.ranking.scores import NearestPassage
from index.semantic.cache import PassageEmbeddings
from index.semantic.projection import Projection, project
from index.storage.array_file import open_arrays, write_arrays

_FILE = "vectors.safetensors"
_BLOCK = 512
"""Passages made float32 at once, in one place: 1.3 ms for 13,000; in a new place each, 4.8."""
_FEW = 100
"""Rows whose passages stay near the processor while several vectors are compared with them."""
_BYTE = 127


class VectorIndex:
    """Passage vectors of one part, open for searching by many threads.

    Products are `np.vecdot`, on one core: `@` asks both for a matrix of this size, and waiting for
    each other costs them more than the product (93 against 51 ms for a whole query).

    Attributes:
        passages: (passages, dim) int8, in row order; times `scales`, (passages,) float32, they are
            of unit length.
        starts: (rows + 1,) int64; passages of row i are `starts[i]:starts[i + 1]`.
        spans: (passages, 2) int32, what each covers of the body, code points.
        means: (rows, dim) float32, unit length, mean of each row's passages.
        projection: Of the means; None where they are few.
    """

    def __init__(self, folder: Path) -> None:
        arrays = open_arrays(folder / _FILE)
        self.passages: NDArray[np.int8] = arrays["passages"]
        self.scales: NDArray[np.float32] = arrays["scales"]
        self.starts: NDArray[np.int64] = arrays["starts"]
        self.spans: NDArray[np.int32] = arrays["spans"]
        self.means: NDArray[np.float32] = arrays["means"]
        self.projection = (
            Projection(arrays["basis"], arrays["projected"]) if "basis" in arrays else None
        )

    def score_rows(
        self, rows: NDArray[np.intp], vector: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Cosine of the best passage of each row, (rows,)."""
        if not len(rows):
            return np.empty(0, np.float32)
        places, firsts = self._places(rows)
        return np.asarray(np.maximum.reduceat(self._cosines(places, vector), firsts))

    def score_rows_per_vector(
        self, rows: NDArray[np.intp], vectors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """As `score_rows` for several vectors, (vectors, rows); each passage is made whole once."""
        found = np.empty((len(vectors), len(rows)), np.float32)
        for start in range(0, len(rows), _FEW):
            places, firsts = self._places(rows[start : start + _FEW])
            block = self.passages[places] * self.scales[places, None]
            for number, vector in enumerate(vectors):
                best = np.maximum.reduceat(np.vecdot(block, vector), firsts)
                found[number, start : start + _FEW] = best
        return found

    def _places(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The passages of some rows, one row after another, and where each row begins in them."""
        counts = self.starts[rows + 1] - self.starts[rows]
        return expand_ranges(self.starts[rows], counts), np.cumsum(counts) - counts

    def _cosines(
        self, places: NDArray[np.int64], vector: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Cosine of each of some passages, (places,)."""
        found = np.empty(len(places), np.float32)
        space = np.empty((min(_BLOCK, len(places)), len(vector)), np.float32)
        for start in range(0, len(places), _BLOCK):
            some = places[start : start + _BLOCK]
            block = space[: len(some)]
            block[...] = self.passages[some]
            np.vecdot(block, vector, out=found[start : start + _BLOCK])
        return np.asarray(found * self.scales[places], np.float32)

    def get_passage_vector(self, place: int) -> NDArray[np.float32]:
        """The unit vector of one passage, (dim,)."""
        return np.asarray(self.passages[place] * self.scales[place], np.float32)

    def find_nearest(self, row: int, vector: NDArray[np.float32]) -> NearestPassage:
        """The passage of a row that is nearest to a unit vector."""
        first, last = int(self.starts[row]), int(self.starts[row + 1])
        cosines = self._cosines(np.arange(first, last), vector)
        best = int(np.argmax(cosines))
        start, end = self.spans[first + best].tolist()
        return NearestPassage((start, end), float(cosines[best]), float(self.means[row] @ vector))


def write_vectors(folder: Path, rows: Iterable[PassageEmbeddings]) -> int:
    """Write the vectors and spans of every row in order; return how many passages there are."""
    small, scales, spans, starts, means = [], [], [], [0], []
    for row in rows:
        rounded, scale = _in_bytes(row.vectors)
        small.append(rounded)
        scales.append(scale)
        spans.append(row.spans)
        means.append(normalize(row.vectors.mean(axis=0)))
        starts.append(starts[-1] + len(row.vectors))
    arrays = {
        "passages": _joined(small, np.zeros((0, 0), np.int8)),
        "scales": _joined(scales, np.zeros(0, np.float32)),
        "spans": _joined(spans, np.zeros((0, 2), np.int32)),
        "starts": np.array(starts, np.int64),
        "means": np.stack(means) if means else np.zeros((0, 0), np.float32),
    }
    if projection := project(arrays["means"]):
        arrays |= {"basis": projection.basis, "projected": projection.rows}
    write_arrays(folder / _FILE, arrays)
    return starts[-1]


def _in_bytes(
    vectors: NDArray[np.float32],
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Vectors as whole numbers up to `_BYTE`, and what makes each unit length again; 0 for 0."""
    highest = np.abs(vectors).max(axis=1, keepdims=True)
    small = np.round(vectors / np.where(highest, highest, 1) * _BYTE)
    lengths = np.linalg.norm(small, axis=1)
    scales = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return small.astype(np.int8), scales.astype(np.float32)


def normalize(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at length 1; a zero vector stays zero."""
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _joined(parts: list[NDArray[Any]], nothing: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else nothing
