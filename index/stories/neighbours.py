"""Neighbours of rows: copies of a text, the most similar rows, and the crowding around a row.

Responsibility: find copies and nearest neighbours, and compute crowding.
Decision: rows are compared in order of time, only with rows that are near enough in time. The cost
grows with the articles of some weeks, not with the archive.
Must not depend on: clusters.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.storage.doc_values import UNDATED
from index.stories.feature_space import MAX_GAP, FeatureSpace, compute_gaps

COPY_COSINE = 0.8
"""TF-IDF cosine from which two articles of the same days are copies of one text, edited or cut.

With edited copies added to ecbplus, 0.9 lost 0.09 of F1 and no detection 0.11; 0.7 gained nothing.
"""
COPY_GAP = 3 * 86_400
"""Seconds within which two articles can be copies."""
NEIGHBOURS = 64
RANKS = (1, 2, 4, 8, 16, 32, 64)
"""Ranks of the neighbours whose mean similarity is the crowding.

With doubling ranks, stories of ten and of a hundred articles have similar values. With the stories
of ecbplus as they are, 3 and 8 times as large, they gave 0.907, 0.902 and 0.894; the 15 nearest
neighbours gave 0.920, 0.856 and 0.798.
"""
MIN_CROWDING, MAX_CROWDING = 0.15, 0.45
"""Below, two articles without other neighbours would be linked by little; above, a story of near
copies would break apart."""
_BLOCK = 512


def find_copies(space: FeatureSpace) -> NDArray[np.int32]:
    """Find, for each row, the row whose text it repeats, or itself, (rows,) int32."""
    all_rows = np.arange(len(space))
    originals = all_rows.astype(np.int32)
    pending = np.ones(len(space), np.bool_)
    for rows, others in iter_blocks(space.published, all_rows, COPY_GAP):
        cosines = space.compute_term_cosines(rows, others)
        for number, row in enumerate(rows.tolist()):
            part = slice(cosines.indptr[number], cosines.indptr[number + 1])
            similar = others[cosines.indices[part][cosines.data[part] >= COPY_COSINE]]
            gaps = compute_gaps(space.published[similar], space.published[row])
            similar = similar[gaps <= COPY_GAP]
            candidates = [n for n in similar.tolist() if originals[n] == n and not pending[n]]
            originals[row] = min(candidates, default=row)
            pending[row] = False
    return originals


def compute_crowding(similarities: NDArray[np.float32]) -> float:
    """Compute the crowding around one row from its similarities to others, in any order."""
    nearest = np.zeros(max(NEIGHBOURS, len(similarities)), np.float32)
    nearest[: len(similarities)] = similarities
    nearest = np.sort(np.partition(nearest, -NEIGHBOURS)[-NEIGHBOURS:])[::-1]
    return float(np.clip(nearest[np.array(RANKS) - 1].mean(), MIN_CROWDING, MAX_CROWDING))


class Neighbours:
    """The most similar rows of each row.

    Attributes:
        rows: (rows, NEIGHBOURS) int32, most similar first; -1 if there are no more.
        similarities: (rows, NEIGHBOURS) float32; 0 if there are no more.
    """

    def __init__(self, space: FeatureSpace, among: NDArray[np.int64]) -> None:
        """Find the neighbours of the rows `among` each other; other rows have none."""
        self.rows = np.full((len(space), NEIGHBOURS), -1, np.int32)
        self.similarities = np.zeros((len(space), NEIGHBOURS), np.float32)
        for rows, others in iter_blocks(space.published, among, MAX_GAP):
            similarities = space.compute_similarities(rows, others)
            similarities[rows[:, None] == others[None, :]] = 0
            self._store_nearest(rows, others, similarities)

    def compute_crowding(self) -> NDArray[np.float32]:
        """Compute the mean similarity at `RANKS`, within bounds, (rows,) float32."""
        means = self.similarities[:, np.array(RANKS) - 1].mean(axis=1)
        return np.asarray(np.clip(means, MIN_CROWDING, MAX_CROWDING), np.float32)

    def _store_nearest(
        self, rows: NDArray[np.int64], others: NDArray[np.int64], similarities: NDArray[np.float32]
    ) -> None:
        count = min(NEIGHBOURS, len(others))
        best = np.argpartition(-similarities, count - 1, axis=1)[:, :count]
        values = np.take_along_axis(similarities, best, axis=1)
        order = np.argsort(-values, axis=1, kind="stable")
        values = np.take_along_axis(values, order, axis=1)
        nearest = others[np.take_along_axis(best, order, axis=1)]
        self.rows[rows, :count] = np.where(values > 0, nearest, -1)
        self.similarities[rows, :count] = np.maximum(values, 0)


def iter_blocks(
    published: NDArray[np.int64], among: NDArray[np.int64], max_gap: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield blocks of rows in order of time, each with all rows that can be within `max_gap`."""
    order = among[np.argsort(published[among], kind="stable")]
    times = published[order]
    undated = order[times == UNDATED]
    split = len(undated)
    for start in range(0, split, _BLOCK):
        yield order[start : min(start + _BLOCK, split)], order
    for start in range(split, len(order), _BLOCK):
        block = order[start : start + _BLOCK]
        first, last = published[block[0]] - max_gap, published[block[-1]] + max_gap
        low, high = np.searchsorted(times, [first, last + 1])
        yield block, np.concatenate((undated, order[max(low, len(undated)) : high]))
