"""Search by the unit vectors of passages: an article counts by its best passage and their mean.

Decision: in two steps. Every article's mean is compared, then the passages of those that are
nearest, a byte for each number (docs/decisions/0011-vectors-in-two-steps.md).
Must not know encoders, articles or queries.
"""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.reasons import Span
from index.semantic.cache import Embedded

BEST_SHARE = 0.7
"""0.7 best passage + 0.3 whole was the best on topics and on stories (docs/quality.md)."""
LOOKED_AT = 2000
"""Rows whose passages are compared: 0.998 of the best 10 and 0.997 of the best 100 of 20,000 are
among them, with 500 0.998 and 0.982; a thousand rows more cost 1 ms."""
_LEAST = 1e-6
"""Square of a distance that counts as none: float32 cosines are no more exact."""
_BLOCK = 512
"""Passages made float32 at once, in one place: 1.3 ms for 13,000; in a new place each, 4.8."""
_BYTE = 127
_GATHERED = 0.25
"""Share of all rows up to which picking them out costs less than comparing all."""
_NOBODY = np.empty(0, np.int32)


class Nearest(NamedTuple):
    """A passage: its span of the body, (0, 0) for the headline; its cosine, and the mean's."""

    span: Span
    cosine: float
    whole: float


class VectorIndex:
    """Passage vectors of a generation, open for searching by many threads.

    Products are `np.vecdot`, on one core: `@` asks both for a matrix of this size, and waiting for
    each other costs them more than the product (93 against 51 ms for a whole query).

    Attributes:
        passages: (passages, dim) int8, in row order; times `scales`, (passages,) float32, they are
            of unit length.
        starts: (rows + 1,) int64; passages of row i are `starts[i]:starts[i + 1]`.
        spans: (passages, 2) int32, what each covers of the body, code points.
        means: (rows, dim) float32, unit length, mean of each row's passages.
    """

    def __init__(self, folder: Path) -> None:
        self.passages: NDArray[np.int8] = _mapped(folder / "passages.npy")
        self.scales: NDArray[np.float32] = _mapped(folder / "scales.npy")
        self.starts: NDArray[np.int64] = _mapped(folder / "starts.npy")
        self.spans: NDArray[np.int32] = _mapped(folder / "spans.npy")
        self.means: NDArray[np.float32] = _mapped(folder / "means.npy")

    def score(
        self,
        vector: NDArray[np.float32],
        permitted: NDArray[np.bool_] | None = None,
        *,
        also: NDArray[np.int32] = _NOBODY,
        enough: int = 0,
    ) -> NDArray[np.float32]:
        """Cosine of every row with a unit vector, (rows,): `BEST_SHARE` best, the rest mean.

        Of rows beyond the `LOOKED_AT` + `enough` permitted ones with the nearest means, and not
        among `also`, the mean alone; -inf where a row is not permitted.
        """
        if not len(self.means):
            return np.empty(0, np.float32)
        cosines = np.vecdot(self.means, vector)
        if permitted is not None:
            cosines[~permitted] = -np.inf
        compared = np.zeros(len(cosines), bool)
        compared[_highest(cosines, LOOKED_AT + enough)] = True
        compared[also] = True
        rows = np.flatnonzero(compared)
        best = self._best(rows, vector)
        cosines[rows] += BEST_SHARE * (best - cosines[rows])
        return np.asarray(cosines, np.float32)

    def _best(self, rows: NDArray[np.intp], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosine of the best passage of each row, (rows,)."""
        if not len(rows):
            return np.empty(0, np.float32)
        counts = self.starts[rows + 1] - self.starts[rows]
        ends = np.cumsum(counts)
        places = np.arange(ends[-1]) + np.repeat(self.starts[rows] - (ends - counts), counts)
        return np.asarray(np.maximum.reduceat(self._cosines(places, vector), ends - counts))

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

    def likeness(
        self,
        best: NDArray[np.int32],
        weights: NDArray[np.float32],
        rows: NDArray[np.int32],
    ) -> NDArray[np.float32]:
        """Weighted mean of the cosines of `rows` with some of the best, (rows,) float32.

        Whole articles are compared, by their means, and from the archive's middle: all articles of
        a wire are somewhat alike, which says nothing of these.
        """
        middle, lengths = self._centred
        wanted = (weights / lengths[best]) @ (self.means[best] - middle)
        few = len(rows) < _GATHERED * len(self.means)
        products = (
            np.vecdot(self.means[rows], wanted) if few else np.vecdot(self.means, wanted)[rows]
        )
        return np.asarray((products - middle @ wanted) / lengths[rows], np.float32)

    @cached_property
    def _centred(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The mean of all rows, (dim,), and how far each row is from it, (rows,), never 0."""
        middle = self.means.mean(axis=0)
        squares = 1 - 2 * np.vecdot(self.means, middle) + middle @ middle
        return middle, np.sqrt(np.maximum(squares, _LEAST))

    def nearest(self, row: int, vector: NDArray[np.float32]) -> Nearest:
        """The passage of a row that is nearest to a unit vector."""
        first, last = int(self.starts[row]), int(self.starts[row + 1])
        cosines = self._cosines(np.arange(first, last), vector)
        best = int(np.argmax(cosines))
        start, end = self.spans[first + best].tolist()
        return Nearest((start, end), float(cosines[best]), float(self.means[row] @ vector))


def write_vectors(folder: Path, rows: Iterable[Embedded]) -> int:
    """Write the vectors and spans of every row in order; return how many passages there are."""
    small, scales, spans, starts, means = [], [], [], [0], []
    for row in rows:
        rounded, scale = _in_bytes(row.vectors)
        small.append(rounded)
        scales.append(scale)
        spans.append(row.spans)
        means.append(unit(row.vectors.mean(axis=0)))
        starts.append(starts[-1] + len(row.vectors))
    _save(folder / "passages.npy", _joined(small, np.zeros((0, 0), np.int8)))
    _save(folder / "scales.npy", _joined(scales, np.zeros(0, np.float32)))
    _save(folder / "spans.npy", _joined(spans, np.zeros((0, 2), np.int32)))
    _save(folder / "starts.npy", np.array(starts, np.int64))
    _save(folder / "means.npy", np.stack(means) if means else np.zeros((0, 0), np.float32))
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


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at length 1; a zero vector stays zero."""
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _highest(values: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Places of the `count` highest values, in any order; those of -inf never."""
    places = np.flatnonzero(values > -np.inf)
    if len(places) <= count:
        return places
    return places[np.argpartition(-values[places], count)[:count]]


def _joined(parts: list[NDArray[Any]], nothing: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else nothing


def _save(path: Path, values: NDArray[np.generic]) -> None:
    np.save(path, values, allow_pickle=False)


def _mapped(path: Path) -> NDArray[Any]:
    values = np.load(path, mmap_mode="r", allow_pickle=False)
    return np.asarray(values)
