"""Stories of all rows at once: copies put aside, near rows found, links made by average linkage.

Decision: a copy is in the story of what it repeats and is not linked itself, so that ten outlets
with one agency's text weigh as one.
Must not know the archive, files or what comes later.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.stories.feature_space import FeatureSpace
from index.stories.linkage import Linkage
from index.stories.neighbours import Neighbours, find_copies

COPIES = -1.0
"""The crowding of a row that repeats another: nothing is linked to it."""


def cluster_rows(
    counts: sparse.csr_matrix,
    vectors: NDArray[np.float32] | None,
    published: NDArray[np.int64],
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The story of each row, numbered 0.. in order of first row, and how crowded it is around it.

    Args:
        counts: (rows, terms) term weights.
        vectors: (rows, dim) float32, unit length; None without a model.
        published: (rows,) int64 seconds; `UNDATED` links to any date.

    Returns:
        (rows,) int32, and (rows,) float32, `COPIES` where the row repeats another.
    """
    space = FeatureSpace(counts, vectors, published)
    rows = np.arange(len(space), dtype=np.int32)
    leaders = find_copies(space)
    heads = np.flatnonzero(leaders == rows)
    neighbours = Neighbours(space, heads)
    stories = rows.copy()
    for members in Linkage(space, neighbours, heads).run():
        stories[members] = min(members)
    crowding = np.where(leaders == rows, neighbours.crowding(), np.float32(COPIES))
    return numbered(stories[leaders]), crowding


def numbered(stories: NDArray[np.int32]) -> NDArray[np.int32]:
    """Stories numbered 0.. in order of first row, whatever their numbers were, (rows,) int32."""
    _, first, place = np.unique(stories, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int32)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[place]
