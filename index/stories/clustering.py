"""Clustering of all rows at once.

Responsibility: cluster all rows into stories: find copies and neighbours, and link the others.
Decision: a copy belongs to the story of its original and is not linked itself, so that one agency
text in ten outlets counts once.
Must not depend on: the archive, files, or articles that arrive later.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.stories.feature_space import FeatureSpace
from index.stories.linkage import AverageLinkage
from index.stories.neighbours import Neighbours, find_copies

COPY_CROWDING = -1.0
"""The crowding of a row that is a copy, to which nothing is linked."""


def cluster_rows(
    counts: sparse.csr_matrix,
    vectors: NDArray[np.float32] | None,
    published: NDArray[np.int64],
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Cluster rows into stories.

    Args:
        counts: (rows, terms) term weights.
        vectors: (rows, dim) float32, unit length; None without a model.
        published: (rows,) int64 seconds; `UNDATED` can be linked to any date.

    Returns:
        The story of each row, (rows,) int32, numbered from 0 in order of the first rows; and the
        crowding around each row, (rows,) float32, `COPY_CROWDING` for a copy.
    """
    space = FeatureSpace(counts, vectors, published)
    rows = np.arange(len(space), dtype=np.int32)
    originals = find_copies(space)
    linked_rows = np.flatnonzero(originals == rows)
    neighbours = Neighbours(space, linked_rows)
    stories = rows.copy()
    for members in AverageLinkage(space, neighbours, linked_rows).run():
        stories[members] = min(members)
    crowding = np.where(originals == rows, neighbours.compute_crowding(), np.float32(COPY_CROWDING))
    return renumber(stories[originals]), crowding


def renumber(stories: NDArray[np.int32]) -> NDArray[np.int32]:
    """Renumber stories from 0 in order of their first rows, (rows,) int32."""
    _, first, number = np.unique(stories, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int32)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[number]
