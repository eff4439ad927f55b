"""Who is near whom: copies of one text, each row's nearest rows, and how crowded it is there.

Decision: rows are compared in order of time with those within reach only; the cost grows with the
articles of some weeks, not with the archive.
Must not know clusters.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.storage.doc_values import UNDATED
from index.stories.feature_space import REACH, FeatureSpace, gaps

COPY = 0.8
"""TF-IDF cosine from which two articles of the same days are one text, edited or cut.

With edited copies added to ecbplus, 0.9 lost 0.09 of F1 and none at all 0.11; 0.7 gained none.
"""
COPY_REACH = 3 * 86_400
NEIGHBOURS = 64
RANKS = (1, 2, 4, 8, 16, 32, 64)
"""Ranks of the neighbours whose mean similarity says how crowded it is.

Doubling ranks see a story of ten and one of a hundred alike. As if the stories of ecbplus were 1, 3
and 8 times as large they gave 0.907, 0.902 and 0.894, the 15 nearest 0.920, 0.856 and 0.798.
"""
LEAST_CROWDED, MOST_CROWDED = 0.15, 0.45
"""Below, two articles that no others are near would link on little; above, a story of near copies
would break apart."""
_BLOCK = 512


def find_copies(space: FeatureSpace) -> NDArray[np.int32]:
    """For each row the row whose text it repeats, or itself, (rows,) int32."""
    every = np.arange(len(space))
    told = every.astype(np.int32)
    waiting = np.ones(len(space), np.bool_)
    for rows, others in blocks(space.published, every, COPY_REACH):
        cosines = space.shared_words(rows, others)
        for place, row in enumerate(rows.tolist()):
            part = slice(cosines.indptr[place], cosines.indptr[place + 1])
            near = others[cosines.indices[part][cosines.data[part] >= COPY]]
            near = near[gaps(space.published[near], space.published[row]) <= COPY_REACH]
            heads = [n for n in near.tolist() if told[n] == n and not waiting[n]]
            told[row] = min(heads, default=row)
            waiting[row] = False
    return told


def crowded(values: NDArray[np.float32]) -> float:
    """How crowded it is around one row, from its similarity to others in any order."""
    nearest = np.zeros(max(NEIGHBOURS, len(values)), np.float32)
    nearest[: len(values)] = values
    nearest = np.sort(np.partition(nearest, -NEIGHBOURS)[-NEIGHBOURS:])[::-1]
    return float(np.clip(nearest[np.array(RANKS) - 1].mean(), LEAST_CROWDED, MOST_CROWDED))


class Neighbours:
    """The nearest rows of each row, and how near.

    Attributes:
        rows: (rows, NEIGHBOURS) int32, nearest first; -1 where there are no more.
        values: (rows, NEIGHBOURS) float32 similarities, 0 where there are no more.
    """

    def __init__(self, space: FeatureSpace, among: NDArray[np.int64]) -> None:
        """Find the neighbours of some rows among themselves; the others have none."""
        self.rows = np.full((len(space), NEIGHBOURS), -1, np.int32)
        self.values = np.zeros((len(space), NEIGHBOURS), np.float32)
        for rows, others in blocks(space.published, among, REACH):
            values = space.block(rows, others)
            values[rows[:, None] == others[None, :]] = 0
            self._keep_nearest(rows, others, values)

    def crowding(self) -> NDArray[np.float32]:
        """Mean similarity to the neighbours at `RANKS`, within bounds, (rows,) float32."""
        nearest = self.values[:, np.array(RANKS) - 1].mean(axis=1)
        return np.asarray(np.clip(nearest, LEAST_CROWDED, MOST_CROWDED), np.float32)

    def _keep_nearest(
        self, rows: NDArray[np.int64], others: NDArray[np.int64], values: NDArray[np.float32]
    ) -> None:
        count = min(NEIGHBOURS, len(others))
        best = np.argpartition(-values, count - 1, axis=1)[:, :count]
        found = np.take_along_axis(values, best, axis=1)
        order = np.argsort(-found, axis=1, kind="stable")
        found = np.take_along_axis(found, order, axis=1)
        names = others[np.take_along_axis(best, order, axis=1)]
        self.rows[rows, :count] = np.where(found > 0, names, -1)
        self.values[rows, :count] = np.maximum(found, 0)


def blocks(
    published: NDArray[np.int64], among: NDArray[np.int64], reach: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Rows in order of time, some at once, with all of them that may be within `reach`."""
    order = among[np.argsort(published[among], kind="stable")]
    times = published[order]
    undated = order[times == UNDATED]
    split = len(undated)
    for start in range(0, split, _BLOCK):
        yield order[start : min(start + _BLOCK, split)], order
    for start in range(split, len(order), _BLOCK):
        part = order[start : start + _BLOCK]
        first, last = published[part[0]] - reach, published[part[-1]] + reach
        low, high = np.searchsorted(times, [first, last + 1])
        yield part, np.concatenate((undated, order[max(low, len(undated)) : high]))
