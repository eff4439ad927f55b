"""Vectors of several parts as if they had been written as one.

Decision: in two steps. Every article's mean is compared, in fewer dimensions where they are many,
then the passages of the nearest (docs/decisions/0011-two-stage-vector-search.md). A row without
vectors, because the model could not be loaded when it came, is near to nothing.
Must not know encoders, articles or queries.
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
"""Rows whose passages are compared: 0.998 of the best 10 and 0.997 of the best 100 of 20,000 are
among them, with 500 0.998 and 0.982; a thousand rows more cost 1 ms."""
_NOBODY = np.empty(0, np.int32)
_LEAST = 1e-6
"""Square of a distance that counts as none: float32 cosines are no more exact."""
_NOTHING = NearestPassage((0, 0), 0.0, 0.0)

Floats = NDArray[np.float32]


class MultiVectors:
    """Passage vectors of a generation, open for searching by many threads.

    Attributes:
        means: Of each row's passages.
        passages: How many the rows have.
    """

    def __init__(self, parts: Sequence[Segment]) -> None:
        """Open the parts; one that says its rows may have no folder: they have no vectors."""
        self._opened = [VectorIndex(p.folder) if p.folder.is_dir() else None for p in parts]
        self._places = [_places(p, found) for p, found in zip(parts, self._opened, strict=True)]
        counts = [len(places) for places in self._places]
        self._firsts = np.cumsum([0, *counts])
        self.means = MeanVectors(self._opened, self._places)
        found = zip(self._opened, self._places, strict=True)
        self.passages = sum(int(np.diff(v.starts)[p].sum()) for v, p in found if v)

    def score(
        self,
        vector: Floats,
        permitted: NDArray[np.bool_] | None = None,
        *,
        also: NDArray[np.int32] = _NOBODY,
        enough: int = 0,
    ) -> Floats:
        """Cosine of every row with a unit vector, (rows,).

        The weighted mean of the best passage's cosine and the mean vector's. Only the mean
        vector's, approximated, for rows that are neither in `also` nor among the
        `RESCORED_ROWS` + `enough` permitted ones with the most similar mean vectors. 0 for rows
        without vectors, -inf for rows that are not permitted.
        """
        cosines = np.array(self.means.approximate_products(vector))
        if permitted is not None:
            cosines[~permitted] = -np.inf
        compared = np.zeros(len(cosines), bool)
        compared[_highest(cosines, RESCORED_ROWS + enough)] = True
        compared[also] = True
        rows = np.flatnonzero(compared & self.means.has_vectors)
        best = self._best(rows, vector)
        whole = (
            self.means.compute_products(rows, vector) if self.means.is_projected else cosines[rows]
        )
        cosines[rows] = whole + BEST_PASSAGE_WEIGHT * (best - whole)
        return np.asarray(cosines, np.float32)

    def score_exhaustively(self, wanted: Floats) -> Floats:
        """As `score` of several unit vectors, (n, dim), had it compared all passages: (n, rows)."""
        found = []
        for part, places in zip(self._opened, self._places, strict=True):
            if part is None or not len(places):
                found.append(np.zeros((len(wanted), len(places)), np.float32))
                continue
            rows = places.astype(np.intp)
            best = part.score_rows_per_vector(rows, wanted)
            means = np.stack([np.vecdot(part.means, vector)[rows] for vector in wanted])
            found.append(np.asarray(means + BEST_PASSAGE_WEIGHT * (best - means), np.float32))
        return np.concatenate(found, axis=1)

    def _best(self, rows: NDArray[np.intp], vector: Floats) -> Floats:
        """Cosine of the best passage of each of some rows with vectors, ascending."""
        bounds = np.searchsorted(rows, self._firsts)
        found = []
        for part, (first, last) in enumerate(pairwise(bounds.tolist())):
            vectors = self._opened[part]
            if vectors is not None and last > first:
                places = self._places[part][rows[first:last] - self._firsts[part]]
                found.append(vectors.score_rows(places.astype(np.intp), vector))
        return np.concatenate(found) if found else np.empty(0, np.float32)

    def compute_similarity(
        self, references: NDArray[np.int32], weights: Floats, rows: NDArray[np.int32]
    ) -> Floats:
        """Weighted mean of the cosines of `rows` with some of the best, (rows,) float32.

        Whole articles are compared, by their means, and from the archive's middle: all articles of
        a wire are somewhat alike, which says nothing of these.
        """
        middle, lengths = self._centred
        share = np.where(np.isinf(lengths[references]), 0, weights / lengths[references])
        wanted = np.asarray(share @ (self.means[references] - middle), np.float32)
        products = self.means.compute_products(rows, wanted)
        return np.asarray((products - middle @ wanted) / lengths[rows], np.float32)

    @cached_property
    def _centred(self) -> tuple[Floats, Floats]:
        """The mean of all rows, (dim,), and how far each is from it, (rows,), never 0.

        A row without vectors is infinitely far: it is like nothing.
        """
        middle = self.means.compute_centroid()
        squares = 1 - 2 * (self.means @ middle) + middle @ middle
        lengths = np.sqrt(np.maximum(squares, _LEAST))
        return middle, np.where(self.means.has_vectors, lengths, np.inf).astype(np.float32)

    @property
    def single_index(self) -> VectorIndex | None:
        """The one part, where it has every row; None where there are several."""
        only = self._opened[0]
        whole = len(self._opened) == 1 and only is not None and len(only.means) == len(self.means)
        return only if whole else None

    def get_passage_vector(self, row: int, number: int) -> Floats:
        """The unit vector of a passage of a row that has some, (dim,); counted round and round."""
        part = int(np.searchsorted(self._firsts, row, side="right")) - 1
        found = self._opened[part]
        assert found is not None, "the row has no vectors"
        first, last = found.starts[self._places[part][row - self._firsts[part]] + np.arange(2)]
        return found.get_passage_vector(int(first) + number % int(last - first))

    def find_nearest(self, row: int, vector: Floats) -> NearestPassage:
        """The passage of a row that is nearest to a unit vector."""
        part = int(np.searchsorted(self._firsts, row, side="right")) - 1
        found = self._opened[part]
        if found is None:
            return _NOTHING
        return found.find_nearest(int(self._places[part][row - self._firsts[part]]), vector)


class MeanVectors:
    """The mean vectors of all rows, (rows, dim), unit length; zeros for rows without vectors."""

    def __init__(
        self, opened: Sequence[VectorIndex | None], places: Sequence[NDArray[np.int32]]
    ) -> None:
        self._matrices = [found.means if found and len(found.means) else None for found in opened]
        self._projections = [found.projection if found else None for found in opened]
        self._places = places
        self._firsts = np.cumsum([0, *map(len, places)])
        self._dim = max((m.shape[1] for m in self._matrices if m is not None), default=0)

    @cached_property
    def has_vectors(self) -> NDArray[np.bool_]:
        """Which rows have vectors, (rows,)."""
        parts = zip(self._matrices, self._places, strict=True)
        some = [(None if m is None else np.asarray(m.any(axis=1), np.float32), p) for m, p in parts]
        return _one([_kept(values, places) for values, places in some]) > 0

    def __len__(self) -> int:
        return int(self._firsts[-1])

    def __getitem__(self, rows: "NDArray[np.integer] | int") -> Floats:
        wanted = np.atleast_1d(rows)
        found = np.zeros((len(wanted), self._dim), np.float32)
        part_of = np.searchsorted(self._firsts, wanted, side="right") - 1
        for part in np.unique(part_of).tolist():
            matrix = self._matrices[part]
            if matrix is not None:
                here = part_of == part
                found[here] = matrix[self._places[part][wanted[here] - self._firsts[part]]]
        return found if np.ndim(rows) else np.asarray(found[0])

    def __matmul__(self, vector: Floats) -> Floats:
        """Every row's product, on one core: two would wait for each other longer than they work."""
        parts = zip(self._matrices, self._places, strict=True)
        return _one(
            [_kept(None if m is None else np.vecdot(m, vector), places) for m, places in parts]
        )

    @property
    def is_projected(self) -> bool:
        """Whether what `approximate_products` returns is not exact."""
        return any(self._projections)

    def approximate_products(self, vector: Floats) -> Floats:
        """Every row's product, about where a part has a projection."""
        if not self.is_projected:
            return self @ vector
        found = []
        parts = zip(self._matrices, self._projections, self._places, strict=True)
        for matrix, projection, places in parts:
            values: Floats | None = None
            if projection is not None:
                values = projection.approximate_products(vector)
            elif matrix is not None:
                values = np.vecdot(matrix, vector)
            found.append(_kept(values, places))
        return _one(found)

    def compute_products(self, rows: NDArray[np.integer], vector: Floats) -> Floats:
        """The products of some rows, (rows,), exact."""
        return np.asarray(np.vecdot(self[rows], vector), np.float32)

    def compute_centroid(self) -> Floats:
        """Mean of the rows that have vectors, (dim,)."""
        total = np.zeros(self._dim)
        for matrix, places in zip(self._matrices, self._places, strict=True):
            if matrix is not None:
                whole = len(places) == len(matrix)
                total += (matrix if whole else matrix[places]).sum(axis=0, dtype=np.float64)
        return np.asarray(total / max(int(self.has_vectors.sum()), 1), np.float32)

    def to_array(self) -> Floats:
        """All of them as one array; the mapped one where there is one part."""
        only = self._matrices[0]
        if len(self._matrices) == 1 and only is not None and len(only) == len(self):
            return only
        return self[np.arange(len(self))]


def _places(part: Segment, found: VectorIndex | None) -> NDArray[np.int32]:
    if part.live_rows is not None:
        return part.live_rows
    assert found is not None, f"{part.folder} has neither vectors nor rows"
    return np.arange(len(found.means), dtype=np.int32)


def _kept(values: Floats | None, places: NDArray[np.int32]) -> Floats:
    """Of values for each row of a part, those of rows that count; zeros where there are none."""
    if values is None or not len(values):
        return np.zeros(len(places), np.float32)
    return values if len(places) == len(values) else values[places]


def _one(parts: list[Floats]) -> Floats:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _highest(values: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Places of the `count` highest values, in any order; those of -inf never."""
    places = np.flatnonzero(values > -np.inf)
    if len(places) <= count:
        return places
    return places[np.argpartition(-values[places], count)[:count]]
