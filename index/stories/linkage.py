"""Average linkage of neighbours, with every link measured against the crowding around its ends.

Responsibility: merge rows into clusters.
Decision: a cluster is represented by the sums of its rows, which gives exact averages without a
matrix of all pairs.
Must not depend on: how neighbours are found.
"""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.storage.doc_values import UNDATED
from index.stories.feature_space import DECAY_SECONDS, MAX_GAP, FeatureSpace
from index.stories.neighbours import Neighbours

CROWDING_WEIGHT = 0.4
"""Share of the crowding on both sides that a link must exceed. Without it, no threshold fits two
sets (docs/measurements/stories.md); 0.3 and 0.5, each with its threshold, lost up to 0.004."""


@dataclass(frozen=True, slots=True, eq=False)
class _Cluster:
    """Rows as one cluster: the sums of their features, crowding and known times.

    Attributes:
        time, dated: The sum of the known times, and how many rows have one.
    """

    members: list[int]
    terms: dict[int, float]
    vector: NDArray[np.float32]
    crowding: float
    time: float
    dated: int

    def merge(self, other: "_Cluster") -> "_Cluster":
        terms = dict(self.terms)
        for key, value in other.terms.items():
            terms[key] = terms.get(key, 0.0) + value
        return _Cluster(
            members=self.members + other.members,
            terms=terms,
            vector=self.vector + other.vector,
            crowding=self.crowding + other.crowding,
            time=self.time + other.time,
            dated=self.dated + other.dated,
        )

    def compute_gap(self, other: "_Cluster") -> float:
        """Seconds between the mean times; 0 if one has none."""
        if not self.dated or not other.dated:
            return 0.0
        return abs(self.time / self.dated - other.time / other.dated)


class AverageLinkage:
    """Merges rows for as long as two clusters are more similar than the crowding around them."""

    def __init__(
        self, space: FeatureSpace, neighbours: Neighbours, rows: NDArray[np.int64]
    ) -> None:
        self._space = space
        self._crowding = neighbours.compute_crowding()
        self._clusters: dict[int, _Cluster] = {}
        self._active = set(rows.tolist())
        self._linked: dict[int, set[int]] = {row: set() for row in rows.tolist()}
        self._heap: list[tuple[float, int, int]] = []
        self._next_number = len(space)
        for row in rows.tolist():
            self._link(row, neighbours)

    def run(self) -> list[list[int]]:
        """Merge the two most similar clusters until no link is left; the rows of each cluster."""
        while self._heap:
            _, one, other = heapq.heappop(self._heap)
            if one in self._active and other in self._active:
                self._merge(one, other)
        singles = self._active - self._clusters.keys()
        merged = [self._clusters[number].members for number in self._active - singles]
        return [[row] for row in singles] + merged

    def _link(self, row: int, neighbours: Neighbours) -> None:
        others = neighbours.rows[row]
        values = neighbours.similarities[row] - CROWDING_WEIGHT / 2 * (
            self._crowding[row] + self._crowding[others]
        )
        linked = (others >= 0) & (values >= self._space.tuning.threshold)
        for other, value in zip(others[linked].tolist(), values[linked].tolist(), strict=True):
            if other in self._active and other not in self._linked[row]:
                self._linked[row].add(other)
                self._linked[other].add(row)
                heapq.heappush(self._heap, (-value, min(row, other), max(row, other)))

    def _merge(self, one: int, other: int) -> None:
        number, self._next_number = self._next_number, self._next_number + 1
        merged = self._get_cluster(one).merge(self._get_cluster(other))
        self._active -= {one, other}
        del self._clusters[one], self._clusters[other]
        linked = (self._linked.pop(one) | self._linked.pop(other)) & self._active
        self._active.add(number)
        self._clusters[number], self._linked[number] = merged, linked
        for neighbour in sorted(linked):
            self._linked[neighbour].add(number)
            value = self._score_link(merged, self._get_cluster(neighbour))
            if value >= self._space.tuning.threshold:
                heapq.heappush(self._heap, (-value, neighbour, number))

    def _score_link(self, one: _Cluster, other: _Cluster) -> float:
        """The average similarity with decay, minus the share of both average crowdings."""
        gap = one.compute_gap(other)
        if gap > MAX_GAP:
            return 0.0
        few, many = sorted((one.terms, other.terms), key=len)
        similarity = sum(value * many[key] for key, value in few.items() if key in many)
        similarity += float(one.vector @ other.vector)
        similarity /= len(one.members) * len(other.members) * (1 + gap / DECAY_SECONDS) ** 0.5
        crowding = one.crowding / len(one.members) + other.crowding / len(other.members)
        return float(similarity - CROWDING_WEIGHT / 2 * crowding)

    def _get_cluster(self, number: int) -> _Cluster:
        if number not in self._clusters:
            self._clusters[number] = self._make_cluster(number)
        return self._clusters[number]

    def _make_cluster(self, row: int) -> _Cluster:
        terms, lexical = self._space.terms, self._space.tuning.lexical
        part = slice(terms.indptr[row], terms.indptr[row + 1])
        weights = (terms.data[part] * np.float32(lexical**0.5)).tolist()
        published = int(self._space.published[row])
        return _Cluster(
            members=[row],
            terms=dict(zip(terms.indices[part].tolist(), weights, strict=True)),
            vector=self._space.vectors[row] * np.float32((1 - lexical) ** 0.5),
            crowding=float(self._crowding[row]),
            time=0.0 if published == UNDATED else float(published),
            dated=int(published != UNDATED),
        )
