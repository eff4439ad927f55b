"""Stories of all rows at once, or of rows that come later: both by the same steps.

Decision: a new row has only the stories that it is near to linked again, with it in them; when the
archive has grown by half, all is weighed and linked anew, for words have other weights by then.
Must not know the archive or files.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.stories.linkage import CROWDING, Linkage
from index.stories.neighbours import Neighbours, find_copies
from index.stories.space import Space
from index.stories.weights import widened

ANEW = 1.5
"""Growth since the last weighing after which all is linked anew."""


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
    return Grouping(counts, vectors, published).labels()


class Grouping:
    """Rows in stories; rows can be added."""

    def __init__(
        self,
        counts: sparse.csr_matrix,
        vectors: NDArray[np.float32] | None,
        published: NDArray[np.int64],
    ) -> None:
        self._taken = [(counts, vectors, published)]
        self._begin()

    def add(
        self,
        counts: sparse.csr_matrix,
        vectors: NDArray[np.float32] | None,
        published: NDArray[np.int64],
    ) -> None:
        """Let new rows join stories or open some.

        Args:
            counts: (rows, terms), of the same terms, to which others may have been added.
            vectors: As those before: None without a model.
            published: (rows,) int64 seconds.
        """
        self._taken.append((counts, vectors, published))
        if len(self._space) + len(published) > ANEW * self._weighed:
            self._begin()
            return
        self._space.append(counts, vectors, published)
        self._group(np.arange(len(self._leaders), len(self._space)))

    def labels(self) -> NDArray[np.int32]:
        """The story of each row, numbered 0.. in order of first row, (rows,) int32."""
        return numbered(self._stories[self._leaders])

    def crowding(self) -> NDArray[np.float32]:
        """How crowded it is around each row, -1 where the row repeats another, (rows,) float32."""
        alone = self._leaders == np.arange(len(self._space))
        return np.where(alone, self._neighbours.crowding(), np.float32(-1))

    def _begin(self) -> None:
        """Weigh and group all rows taken so far."""
        self._taken = [_stacked(self._taken)]
        self._space = Space(*self._taken[0])
        self._weighed = len(self._space)
        self._leaders = np.empty(0, np.int32)
        self._stories = np.empty(0, np.int32)
        self._neighbours = Neighbours()
        self._group(np.arange(len(self._space)))

    def _group(self, fresh: NDArray[np.int64]) -> None:
        self._leaders = find_copies(self._space, self._leaders, fresh)
        alone = self._leaders == np.arange(len(self._space))
        heads = fresh[alone[fresh]]
        self._neighbours.extend(self._space, heads, np.flatnonzero(alone))
        # A story is named by one of its rows; copies have their leader's.
        self._stories = np.concatenate((self._stories, fresh.astype(np.int32)))
        rows = self._concerned(heads, alone)
        for members in Linkage(self._space, self._neighbours, rows).run():
            self._stories[members] = min(members)

    def _concerned(self, heads: NDArray[np.int64], alone: NDArray[np.bool_]) -> NDArray[np.int64]:
        """New rows with all rows of the stories that they are near enough to."""
        others, values = self._neighbours.rows[heads], self._neighbours.values[heads]
        crowding = self._neighbours.crowding()
        needed = CROWDING / 2 * (crowding[heads][:, None] + crowding[others])
        near = (others >= 0) & (values - needed >= self._space.tuning.threshold)
        stories = np.unique(np.concatenate((self._stories[others[near]], heads)))
        return np.flatnonzero(np.isin(self._stories, stories) & alone)


def numbered(stories: NDArray[np.int32]) -> NDArray[np.int32]:
    """Stories numbered 0.. in order of first row, whatever their numbers were, (rows,) int32."""
    _, first, place = np.unique(stories, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int32)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[place]


_Rows = tuple[sparse.csr_matrix, NDArray[np.float32] | None, NDArray[np.int64]]


def _stacked(parts: list[_Rows]) -> _Rows:
    if len(parts) == 1:
        return parts[0]
    width = max(counts.shape[1] for counts, _, _ in parts)
    vectors = [found for _, found, _ in parts if found is not None]
    return (
        sparse.vstack([widened(counts, width) for counts, _, _ in parts], format="csr"),
        np.concatenate(vectors) if vectors else None,
        np.concatenate([published for _, _, published in parts]),
    )
