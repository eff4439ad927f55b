"""Average linkage over near neighbours, each link measured against the surroundings of its ends.

Decision: sums of rows stand for clusters: exact averages without a matrix of all pairs.
Must not know how neighbours are found.
"""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.storage.doc_values import UNDATED
from index.stories.feature_space import FADE, REACH, FeatureSpace
from index.stories.neighbours import Neighbours

CROWDING = 0.4
"""Share of the crowding on both sides that a link must exceed: without, no threshold fits two
sets (docs/measurements/stories.md); 0.3 and 0.5, each with its threshold, lost up to 0.004."""


@dataclass(frozen=True, slots=True, eq=False)
class _Cluster:
    """Some rows as one: their sums, and the sum of their crowding and of their known times."""

    members: list[int]
    terms: dict[int, float]
    vector: NDArray[np.float32]
    crowding: float
    time: float
    dated: int

    def joined(self, other: "_Cluster") -> "_Cluster":
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

    def gap(self, other: "_Cluster") -> float:
        """Seconds between the mean times; 0 where one has none."""
        if not self.dated or not other.dated:
            return 0.0
        return abs(self.time / self.dated - other.time / other.dated)


class Linkage:
    """Merges some rows of a space for as long as two clusters are nearer than their crowds."""

    def __init__(
        self, space: FeatureSpace, neighbours: Neighbours, rows: NDArray[np.int64]
    ) -> None:
        self._space = space
        self._crowding = neighbours.crowding()
        self._clusters: dict[int, _Cluster] = {}
        self._alive = set(rows.tolist())
        self._near: dict[int, set[int]] = {row: set() for row in rows.tolist()}
        self._heap: list[tuple[float, int, int]] = []
        self._next = len(space)
        for row in rows.tolist():
            self._link(row, neighbours)

    def run(self) -> list[list[int]]:
        """Merge the nearest two until none are near enough; the rows of every cluster."""
        while self._heap:
            _, one, other = heapq.heappop(self._heap)
            if one in self._alive and other in self._alive:
                self._merge(one, other)
        alone = self._alive - self._clusters.keys()
        return [[row] for row in alone] + [self._clusters[n].members for n in self._alive - alone]

    def _link(self, row: int, neighbours: Neighbours) -> None:
        others = neighbours.rows[row]
        values = neighbours.values[row] - CROWDING / 2 * (
            self._crowding[row] + self._crowding[others]
        )
        near = (others >= 0) & (values >= self._space.tuning.threshold)
        for other, value in zip(others[near].tolist(), values[near].tolist(), strict=True):
            if other in self._alive and other not in self._near[row]:
                self._near[row].add(other)
                self._near[other].add(row)
                heapq.heappush(self._heap, (-value, min(row, other), max(row, other)))

    def _merge(self, one: int, other: int) -> None:
        number, self._next = self._next, self._next + 1
        total = self._cluster(one).joined(self._cluster(other))
        self._alive -= {one, other}
        del self._clusters[one], self._clusters[other]
        near = (self._near.pop(one) | self._near.pop(other)) & self._alive
        self._alive.add(number)
        self._clusters[number], self._near[number] = total, near
        for neighbour in sorted(near):
            self._near[neighbour].add(number)
            value = self._nearness(total, self._cluster(neighbour))
            if value >= self._space.tuning.threshold:
                heapq.heappush(self._heap, (-value, neighbour, number))

    def _nearness(self, one: _Cluster, other: _Cluster) -> float:
        """Average faded similarity, less the share of both clusters' average crowding."""
        gap = one.gap(other)
        if gap > REACH:
            return 0.0
        few, many = sorted((one.terms, other.terms), key=len)
        similarity = sum(value * many[key] for key, value in few.items() if key in many)
        similarity += float(one.vector @ other.vector)
        similarity /= len(one.members) * len(other.members) * (1 + gap / FADE) ** 0.5
        crowded = one.crowding / len(one.members) + other.crowding / len(other.members)
        return float(similarity - CROWDING / 2 * crowded)

    def _cluster(self, number: int) -> _Cluster:
        if number not in self._clusters:
            self._clusters[number] = self._single(number)
        return self._clusters[number]

    def _single(self, row: int) -> _Cluster:
        terms, lexical = self._space.terms, self._space.tuning.lexical
        part = slice(terms.indptr[row], terms.indptr[row + 1])
        weights = (terms.data[part] * np.float32(lexical**0.5)).tolist()
        when = int(self._space.published[row])
        return _Cluster(
            members=[row],
            terms=dict(zip(terms.indices[part].tolist(), weights, strict=True)),
            vector=self._space.vectors[row] * np.float32((1 - lexical) ** 0.5),
            crowding=float(self._crowding[row]),
            time=0.0 if when == UNDATED else float(when),
            dated=int(when != UNDATED),
        )
