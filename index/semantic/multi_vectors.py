"""The vectors of several segments as one index.

Responsibility: score the rows of a generation by their vectors.
Decision: in two stages. The mean vectors of all rows are compared first, in fewer dimensions if
there are many, and then the passages of the best rows
(docs/decisions/0011-two-stage-vector-search.md). A row without vectors, because the model could
not be loaded when it was indexed, has a similarity of 0.
Must not depend on: encoders, articles or queries.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.ranking.scores import NearestPassage
from index.semantic.vectors import VectorIndex
from index.storage.segments import Segment

BEST_PASSAGE_WEIGHT = 0.7
"""0.7 best passage + 0.3 mean of the passages had the best nDCG@10
(docs/measurements/ranking.md)."""
RESCORED_ROWS = 2000
"""Rows whose passages are compared. They have 0.998 of the best 10 and 0.997 of the best 100 of
20,000 articles; 500 rows have 0.998 and 0.982. A thousand more rows take 1 ms."""
_NO_ROWS = np.empty(0, np.int32)
_MIN_SQUARE = 1e-6
"""Smaller squared distances count as this: float32 cosines are not more precise."""
_NO_PASSAGE = NearestPassage((0, 0), 0.0, 0.0)

Floats = NDArray[np.float32]


class MultiVectors:
    """The passage vectors of a generation, open for many threads.

    Attributes:
        means: The mean vector of every row's passages.
        passages: The number of passages of all rows.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Open the segments; the rows of one whose folder does not exist have no vectors."""
        self._indexes = [VectorIndex(s.folder) if s.folder.is_dir() else None for s in segments]
        pairs = zip(segments, self._indexes, strict=True)
        self._live_rows = [_get_live_rows(segment, index) for segment, index in pairs]
        self._firsts = np.cumsum([0, *map(len, self._live_rows)])
        self.means = MeanVectors(self._indexes, self._live_rows)
        opened = zip(self._indexes, self._live_rows, strict=True)
        self.passages = sum(int(np.diff(v.starts)[rows].sum()) for v, rows in opened if v)

    def score(
        self,
        vector: Floats,
        permitted: NDArray[np.bool_] | None = None,
        *,
        also: NDArray[np.int32] = _NO_ROWS,
        enough: int = 0,
    ) -> Floats:
        """Score every row by its cosine with a unit vector, (rows,) float32.

        A score is the weighted mean of the cosines of the best passage and of the mean vector. Rows
        beyond the `RESCORED_ROWS` + `enough` permitted ones with the most similar mean vectors, and
        not in `also`, have the approximate cosine of the mean vector. Rows without vectors have 0,
        rows that are not permitted -inf.
        """
        cosines = np.array(self.means.approximate_products(vector))
        if permitted is not None:
            cosines[~permitted] = -np.inf
        compared = np.zeros(len(cosines), bool)
        compared[_select_highest(cosines, RESCORED_ROWS + enough)] = True
        compared[also] = True
        rows = np.flatnonzero(compared & self.means.has_vectors)
        best = self._score_best_passages(rows, vector)
        means = cosines[rows]
        if self.means.is_projected:
            means = self.means.compute_products(rows, vector)
        cosines[rows] = means + BEST_PASSAGE_WEIGHT * (best - means)
        return np.asarray(cosines, np.float32)

    def score_exhaustively(self, vectors: Floats) -> Floats:
        """Score every row as `score` would with all passages compared.

        Args:
            vectors: (n, dim) float32, unit length.

        Returns:
            (n, rows) float32.
        """
        scores = []
        for index, live_rows in zip(self._indexes, self._live_rows, strict=True):
            if index is None or not len(live_rows):
                scores.append(np.zeros((len(vectors), len(live_rows)), np.float32))
                continue
            rows = live_rows.astype(np.intp)
            best = index.score_rows_per_vector(rows, vectors)
            means = np.stack([np.vecdot(index.means, vector)[rows] for vector in vectors])
            scores.append(np.asarray(means + BEST_PASSAGE_WEIGHT * (best - means), np.float32))
        return np.concatenate(scores, axis=1)

    def _score_best_passages(self, rows: NDArray[np.intp], vector: Floats) -> Floats:
        """The cosine of the best passage of each of some rows; ascending rows with vectors."""
        bounds = np.searchsorted(rows, self._firsts)
        cosines = []
        for number, (first, last) in enumerate(pairwise(bounds.tolist())):
            index = self._indexes[number]
            if index is not None and last > first:
                local = self._live_rows[number][rows[first:last] - self._firsts[number]]
                cosines.append(index.score_rows(local.astype(np.intp), vector))
        return np.concatenate(cosines) if cosines else np.empty(0, np.float32)

    def compute_similarity(
        self, references: NDArray[np.int32], weights: Floats, rows: NDArray[np.int32]
    ) -> Floats:
        """Compute the weighted mean of the cosines of `rows` with the references, (rows,) float32.

        The mean vectors are compared, relative to the centroid of the archive: all articles of a
        wire are somewhat similar, which says nothing about these.
        """
        centroid, lengths = self._centroid_and_distances
        share = np.where(np.isinf(lengths[references]), 0, weights / lengths[references])
        target = np.asarray(share @ (self.means[references] - centroid), np.float32)
        products = self.means.compute_products(rows, target)
        return np.asarray((products - centroid @ target) / lengths[rows], np.float32)

    @cached_property
    def _centroid_and_distances(self) -> tuple[Floats, Floats]:
        """The mean of all rows, (dim,), and the distance of each row to it, (rows,), never 0.

        A row without vectors has an infinite distance, which makes its similarity 0.
        """
        centroid = self.means.compute_centroid()
        squares = 1 - 2 * (self.means @ centroid) + centroid @ centroid
        lengths = np.sqrt(np.maximum(squares, _MIN_SQUARE))
        return centroid, np.where(self.means.has_vectors, lengths, np.inf).astype(np.float32)

    @property
    def single_index(self) -> VectorIndex | None:
        """The index of the only segment, if all its rows are live; otherwise None."""
        first, *others = self._indexes
        is_complete = not others and first is not None and len(first.means) == len(self.means)
        return first if is_complete else None

    def get_passage_vector(self, row: int, number: int) -> Floats:
        """The unit vector, (dim,), of passage `number` of a row, modulo its number of passages."""
        index, local = self._find_segment(row)
        assert index is not None, "the row has no vectors"
        first, last = index.starts[local + np.arange(2)]
        return index.get_passage_vector(int(first) + number % int(last - first))

    def find_nearest(self, row: int, vector: Floats) -> NearestPassage:
        """Find the passage of a row that is most similar to a unit vector."""
        index, local = self._find_segment(row)
        return _NO_PASSAGE if index is None else index.find_nearest(local, vector)

    def _find_segment(self, row: int) -> tuple[VectorIndex | None, int]:
        """The index of the segment that a row is in, and the row's number there."""
        number = int(np.searchsorted(self._firsts, row, side="right")) - 1
        return self._indexes[number], int(self._live_rows[number][row - self._firsts[number]])


class MeanVectors:
    """The mean vectors of all rows, (rows, dim) float32, unit length; zeros without vectors."""

    def __init__(
        self, indexes: Sequence[VectorIndex | None], live_rows: Sequence[NDArray[np.int32]]
    ) -> None:
        self._matrices = [index.means if index and len(index.means) else None for index in indexes]
        self._projections = [index.projection if index else None for index in indexes]
        self._live_rows = live_rows
        self._firsts = np.cumsum([0, *map(len, live_rows)])
        self._dim = max((m.shape[1] for m in self._matrices if m is not None), default=0)

    @cached_property
    def has_vectors(self) -> NDArray[np.bool_]:
        """Which rows have vectors, (rows,) bool."""
        values = [
            _select(None if m is None else np.asarray(m.any(axis=1), np.float32), rows)
            for m, rows in zip(self._matrices, self._live_rows, strict=True)
        ]
        return _concatenate(values) > 0

    def __len__(self) -> int:
        return int(self._firsts[-1])

    def __getitem__(self, rows: "NDArray[np.integer] | int") -> Floats:
        selected = np.atleast_1d(rows)
        means = np.zeros((len(selected), self._dim), np.float32)
        segments = np.searchsorted(self._firsts, selected, side="right") - 1
        for number in np.unique(segments).tolist():
            matrix = self._matrices[number]
            if matrix is not None:
                here = segments == number
                means[here] = matrix[self._live_rows[number][selected[here] - self._firsts[number]]]
        return means if np.ndim(rows) else np.asarray(means[0])

    def __matmul__(self, vector: Floats) -> Floats:
        """The product of every row, on one core: two would wait for each other longer than work."""
        pairs = zip(self._matrices, self._live_rows, strict=True)
        return _concatenate(
            [_select(None if m is None else np.vecdot(m, vector), rows) for m, rows in pairs]
        )

    @property
    def is_projected(self) -> bool:
        """Whether `approximate_products` is not exact."""
        return any(self._projections)

    def approximate_products(self, vector: Floats) -> Floats:
        """The product of every row, approximate in segments that have a projection."""
        if not self.is_projected:
            return self @ vector
        products = []
        segments = zip(self._matrices, self._projections, self._live_rows, strict=True)
        for matrix, projection, live_rows in segments:
            values: Floats | None = None
            if projection is not None:
                values = projection.approximate_products(vector)
            elif matrix is not None:
                values = np.vecdot(matrix, vector)
            products.append(_select(values, live_rows))
        return _concatenate(products)

    def compute_products(self, rows: NDArray[np.integer], vector: Floats) -> Floats:
        """The exact products of some rows, (rows,)."""
        return np.asarray(np.vecdot(self[rows], vector), np.float32)

    def compute_centroid(self) -> Floats:
        """The mean of the rows that have vectors, (dim,)."""
        total = np.zeros(self._dim)
        for matrix, live_rows in zip(self._matrices, self._live_rows, strict=True):
            if matrix is not None:
                all_live = len(live_rows) == len(matrix)
                total += (matrix if all_live else matrix[live_rows]).sum(axis=0, dtype=np.float64)
        return np.asarray(total / max(int(self.has_vectors.sum()), 1), np.float32)

    def to_array(self) -> Floats:
        """All mean vectors as one array: the mapped one if the only segment is all live."""
        only = self._matrices[0]
        if len(self._matrices) == 1 and only is not None and len(only) == len(self):
            return only
        return self[np.arange(len(self))]


def _get_live_rows(segment: Segment, index: VectorIndex | None) -> NDArray[np.int32]:
    if segment.live_rows is not None:
        return segment.live_rows
    assert index is not None, f"{segment.folder} has neither vectors nor rows"
    return np.arange(len(index.means), dtype=np.int32)


def _select(values: Floats | None, live_rows: NDArray[np.int32]) -> Floats:
    """The values of a segment's live rows; zeros if the segment has no values."""
    if values is None or not len(values):
        return np.zeros(len(live_rows), np.float32)
    return values if len(live_rows) == len(values) else values[live_rows]


def _concatenate(arrays: list[Floats]) -> Floats:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)


def _select_highest(values: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """The rows of the `count` highest values, in any order; never those of -inf."""
    rows = np.flatnonzero(values > -np.inf)
    if len(rows) <= count:
        return rows
    return rows[np.argpartition(-values[rows], count)[:count]]
