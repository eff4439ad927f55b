"""The passage vectors of one segment, as files.

Responsibility: write the vectors of a segment's passages, and score rows by them.
Decision: vectors are stored as bytes; only the passages of candidate articles are converted back to
floats (docs/decisions/0011-two-stage-vector-search.md).
Must not depend on: encoders, articles or queries.
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
"""Passages converted to float32 at once, in one reused array: 1.3 ms for 13,000, and 4.8 ms with a
new array each time."""
_ROWS_PER_BLOCK = 100
"""Rows whose passages stay in the processor's cache while several vectors are compared."""
_MAX_BYTE = 127


class VectorIndex:
    """The passage vectors of one segment, open for many threads.

    Products use `np.vecdot`, on one core: for a matrix of this size, `@` uses both cores, and
    waiting for each other costs more than the product (93 against 51 ms for a complete query).

    Attributes:
        passages: (passages, dim) int8, in row order. Multiplied by `scales`, (passages,) float32,
            they have unit length.
        starts: (rows + 1,) int64; the passages of row i are `starts[i]:starts[i + 1]`.
        spans: (passages, 2) int32, the span of each in the body, in code points.
        means: (rows, dim) float32, the mean of each row's passages at unit length.
        projection: The projected means; None if there are few rows.
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
        """The cosine of the best passage of each row, (rows,) float32."""
        if not len(rows):
            return np.empty(0, np.float32)
        passages, firsts = self._find_passages(rows)
        return np.asarray(np.maximum.reduceat(self._compute_cosines(passages, vector), firsts))

    def score_rows_per_vector(
        self, rows: NDArray[np.intp], vectors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """As `score_rows` for several vectors, (vectors, rows); each passage is converted once."""
        cosines = np.empty((len(vectors), len(rows)), np.float32)
        for start in range(0, len(rows), _ROWS_PER_BLOCK):
            passages, firsts = self._find_passages(rows[start : start + _ROWS_PER_BLOCK])
            block = self.passages[passages] * self.scales[passages, None]
            for number, vector in enumerate(vectors):
                best = np.maximum.reduceat(np.vecdot(block, vector), firsts)
                cosines[number, start : start + _ROWS_PER_BLOCK] = best
        return cosines

    def _find_passages(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The passages of some rows, one row after another, and the offset of each row in them."""
        counts = self.starts[rows + 1] - self.starts[rows]
        return expand_ranges(self.starts[rows], counts), np.cumsum(counts) - counts

    def _compute_cosines(
        self, passages: NDArray[np.int64], vector: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """The cosine of each of some passages, (passages,)."""
        products = np.empty(len(passages), np.float32)
        buffer = np.empty((min(_BLOCK, len(passages)), len(vector)), np.float32)
        for start in range(0, len(passages), _BLOCK):
            some = passages[start : start + _BLOCK]
            block = buffer[: len(some)]
            block[...] = self.passages[some]
            np.vecdot(block, vector, out=products[start : start + _BLOCK])
        return np.asarray(products * self.scales[passages], np.float32)

    def get_passage_vector(self, passage: int) -> NDArray[np.float32]:
        """The unit vector of one passage, (dim,)."""
        return np.asarray(self.passages[passage] * self.scales[passage], np.float32)

    def find_nearest(self, row: int, vector: NDArray[np.float32]) -> NearestPassage:
        """Find the passage of a row that is most similar to a unit vector."""
        first, last = int(self.starts[row]), int(self.starts[row + 1])
        cosines = self._compute_cosines(np.arange(first, last), vector)
        best = int(np.argmax(cosines))
        start, end = self.spans[first + best].tolist()
        return NearestPassage((start, end), float(cosines[best]), float(self.means[row] @ vector))


def write_vectors(folder: Path, rows: Iterable[PassageEmbeddings]) -> int:
    """Write the vectors and spans of all rows in order; return the number of passages."""
    quantized, scales, spans, starts, means = [], [], [], [0], []
    for row in rows:
        values, scale = _quantize(row.vectors)
        quantized.append(values)
        scales.append(scale)
        spans.append(row.spans)
        means.append(normalize(row.vectors.mean(axis=0)))
        starts.append(starts[-1] + len(row.vectors))
    arrays = {
        "passages": _concatenate(quantized, np.zeros((0, 0), np.int8)),
        "scales": _concatenate(scales, np.zeros(0, np.float32)),
        "spans": _concatenate(spans, np.zeros((0, 2), np.int32)),
        "starts": np.array(starts, np.int64),
        "means": np.stack(means) if means else np.zeros((0, 0), np.float32),
    }
    if projection := project(arrays["means"]):
        arrays |= {"basis": projection.basis, "projected": projection.rows}
    write_arrays(folder / _FILE, arrays)
    return starts[-1]


def _quantize(
    vectors: NDArray[np.float32],
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Vectors as integers up to `_MAX_BYTE`, and the scale that restores unit length; 0 for 0."""
    highest = np.abs(vectors).max(axis=1, keepdims=True)
    quantized = np.round(vectors / np.where(highest, highest, 1) * _MAX_BYTE)
    lengths = np.linalg.norm(quantized, axis=1)
    scales = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return quantized.astype(np.int8), scales.astype(np.float32)


def normalize(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale a vector to length 1; a zero vector stays zero."""
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _concatenate(arrays: list[NDArray[Any]], empty: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else empty
