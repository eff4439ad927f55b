"""Stories: articles about one event and its developments, found by average linkage.

Decision: similarity is linear in its vectors, so the average between two clusters is the product of
their sums: exact average linkage over near neighbours only, without a matrix of all pairs.
Must not know the archive, queries or pages.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.columns import UNDATED

FADE = 30 * 86_400
"""Seconds between two articles after which their similarity counts half."""
NEIGHBOURS = 20
_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Tuning:
    """Weights and threshold of one representation; each representation needs its own threshold."""

    lexical: float
    threshold: float


WITH_VECTORS = Tuning(lexical=0.75, threshold=0.295)
WITHOUT_VECTORS = Tuning(lexical=1.0, threshold=0.20)


def tfidf(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Unit TF-IDF rows, (rows, terms) float32, from term weights: (1 + ln tf) * ln(N / df)."""
    rows = counts.shape[0]
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log(rows / np.maximum(frequency, 1)).astype(np.float32)
    values = (1 + np.log(np.maximum(counts.data, 1))) * idf[counts.indices]
    weighted = sparse.csr_matrix((values, counts.indices, counts.indptr), counts.shape)
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    return sparse.diags(1 / lengths).astype(np.float32) @ weighted


def cluster(
    counts: sparse.csr_matrix,
    vectors: NDArray[np.float32] | None,
    published: NDArray[np.int64],
) -> NDArray[np.int32]:
    """The story of each row, numbered 0.. in order of first row, (rows,) int32.

    Args:
        counts: (rows, terms) term weights.
        vectors: (rows, dim) float32, unit length; None without a model.
        published: (rows,) int64 seconds; `UNDATED` links to any date.
    """
    tuning = WITHOUT_VECTORS if vectors is None else WITH_VECTORS
    space = _Space(tfidf(counts), _centred(vectors, counts.shape[0]), tuning.lexical)
    linkage = _Linkage(space, published, tuning.threshold)
    for row, others, values in _neighbours(space, published, tuning.threshold):
        linkage.add(row, others, values)
    return linkage.run()


def _centred(vectors: NDArray[np.float32] | None, rows: int) -> NDArray[np.float32]:
    """Unit vectors around the archive's mean, so that one threshold fits every encoder."""
    if vectors is None or not rows:
        return np.zeros((rows, 1), np.float32)
    moved = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), np.float32)


class _Space:
    """Rows whose similarity is `lexical` * TF-IDF cosine + (1 - `lexical`) * vector cosine."""

    def __init__(
        self, terms: sparse.csr_matrix, vectors: NDArray[np.float32], lexical: float
    ) -> None:
        self.terms = terms * np.float32(np.sqrt(lexical))
        self.vectors = vectors * np.float32(np.sqrt(1 - lexical))

    def __len__(self) -> int:
        return len(self.vectors)

    def block(self, rows: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float32]:
        """Similarity of some rows with others, (len(rows), len(others)) float32."""
        lexical = (self.terms[rows] @ self.terms[others].T).toarray()
        return np.asarray(lexical + self.vectors[rows] @ self.vectors[others].T, np.float32)

    def row(self, number: int) -> "_Sum":
        """One row as a sum over one member."""
        first, last = self.terms.indptr[number : number + 2]
        keys = self.terms.indices[first:last].tolist()
        values = self.terms.data[first:last].tolist()
        return _Sum(dict(zip(keys, values, strict=True)), self.vectors[number])


@dataclass(frozen=True, slots=True, eq=False)
class _Sum:
    """The sum of some rows of a space; products of sums are sums of similarities."""

    terms: dict[int, float]
    vector: NDArray[np.float32]

    def __add__(self, other: "_Sum") -> "_Sum":
        total = dict(self.terms)
        for key, value in other.terms.items():
            total[key] = total.get(key, 0.0) + value
        return _Sum(total, self.vector + other.vector)

    def __matmul__(self, other: "_Sum") -> float:
        few, many = sorted((self.terms, other.terms), key=len)
        lexical = sum(value * many[key] for key, value in few.items() if key in many)
        return lexical + float(self.vector @ other.vector)


def _neighbours(
    space: _Space, published: NDArray[np.int64], threshold: float
) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.float32]]]:
    """Each row with the rows nearest to it in meaning and time, and their faded similarities."""
    for rows, others in _blocks(published, threshold):
        for row, values in zip(rows.tolist(), space.block(rows, others), strict=True):
            values *= _fading(_gaps(published[others], published[row]))
            values[others == row] = -1
            count = min(NEIGHBOURS, len(others))
            best = np.argpartition(-values, count - 1)[:count]
            yield row, others[best], values[best]


def _blocks(
    published: NDArray[np.int64], threshold: float
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Rows in order of time, some at once, with all rows that could be linked to them.

    Where the gap is so long that even equal texts fade below the threshold nothing is compared:
    the cost grows with the articles of some weeks, not with the archive.
    """
    reach = FADE * (1 / threshold - 1)
    undated = np.flatnonzero(published == UNDATED)
    order = np.argsort(published, kind="stable")[len(undated) :]
    times = published[order]
    for start in range(0, len(order), _BLOCK):
        rows = order[start : start + _BLOCK]
        near = np.searchsorted(times, [times[start] - reach, published[rows[-1]] + reach])
        yield rows, np.concatenate((order[near[0] : near[1]], undated))
    everything = np.arange(len(published))
    for start in range(0, len(undated), _BLOCK):
        yield undated[start : start + _BLOCK], everything


def _gaps(published: NDArray[np.int64], when: np.int64) -> NDArray[np.float64]:
    """Seconds between a time and each of others; 0 where one of them is undated."""
    if when == UNDATED:
        return np.zeros(len(published))
    return np.where(published == UNDATED, 0.0, np.abs(published.astype(np.float64) - when))


def _fading(gap: NDArray[np.float64]) -> NDArray[np.float64]:
    """What is left of a similarity over gaps in seconds: 1 / (1 + gap / `FADE`)."""
    return 1 / (1 + gap / FADE)


class _Linkage:
    """Average linkage over a sparse graph of near neighbours."""

    def __init__(self, space: _Space, published: NDArray[np.int64], threshold: float) -> None:
        self._threshold = threshold
        self._space = space
        self._spans = {row: _span(when) for row, when in enumerate(published.tolist())}
        self._members = {row: [row] for row in range(len(space))}
        self._near: dict[int, set[int]] = {row: set() for row in range(len(space))}
        self._sums: dict[int, _Sum] = {}
        self._heap: list[tuple[float, int, int]] = []

    def add(self, row: int, others: NDArray[np.int64], values: NDArray[np.float32]) -> None:
        """Note which rows may be merged with this one."""
        for other, value in zip(others.tolist(), values.tolist(), strict=True):
            if value >= self._threshold and other not in self._near[row]:
                self._near[row].add(other)
                self._near[other].add(row)
                heapq.heappush(self._heap, (-value, min(row, other), max(row, other)))

    def run(self) -> NDArray[np.int32]:
        """Merge the most similar pair until none reaches the threshold; label every row."""
        fresh = len(self._space)
        while self._heap:
            _, one, other = heapq.heappop(self._heap)
            if one in self._members and other in self._members:
                self._merge(one, other, fresh)
                fresh += 1
        labels = np.empty(len(self._space), np.int32)
        for number, members in enumerate(sorted(self._members.values(), key=min)):
            labels[members] = number
        return labels

    def _merge(self, one: int, other: int, fresh: int) -> None:
        total = self._sum(one) + self._sum(other)
        members = self._members.pop(one) + self._members.pop(other)
        near = self._near.pop(one) | self._near.pop(other)
        near = {number for number in near if number in self._members}
        self._sums.pop(one), self._sums.pop(other)
        span = self._spans[fresh] = _joined(self._spans.pop(one), self._spans.pop(other))
        self._sums[fresh], self._members[fresh], self._near[fresh] = total, members, near
        for neighbour in sorted(near):
            self._near[neighbour].add(fresh)
            pairs = len(members) * len(self._members[neighbour])
            value = (total @ self._sum(neighbour)) / pairs
            value *= _fading_between(span, self._spans[neighbour])
            if value >= self._threshold:
                heapq.heappush(self._heap, (-value, neighbour, fresh))

    def _sum(self, number: int) -> _Sum:
        if number not in self._sums:
            self._sums[number] = self._space.row(number)
        return self._sums[number]


_Span = tuple[float, float] | None
"""First and last known second of a cluster; None where no member is dated."""


def _span(when: int) -> _Span:
    return None if when == UNDATED else (float(when), float(when))


def _joined(one: _Span, other: _Span) -> _Span:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _fading_between(one: _Span, other: _Span) -> float:
    """What is left of a similarity between two clusters, by the time that lies between them."""
    if one is None or other is None:
        return 1.0
    return 1 / (1 + max(0.0, one[0] - other[1], other[0] - one[1]) / FADE)
