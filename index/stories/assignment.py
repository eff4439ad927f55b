"""New articles join the stories that are there, one by one, or open their own.

Decision: an article joins the story that average linkage would have joined it to first; no stories
are merged or split for it, which waits until all are found anew. So what must be known of each row
is three numbers, and no row's terms are kept.
Must not know ids or how stories are found anew.
"""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.semantic.multi_vectors import MultiVectors
from index.storage.array_file import open_arrays, write_arrays
from index.storage.doc_values import UNDATED
from index.stories.clustering import COPIES, cluster_rows, numbered
from index.stories.feature_space import REACH, WITH_VECTORS, WITHOUT_VECTORS, fading, gaps
from index.stories.linkage import CROWDING
from index.stories.neighbours import COPY, COPY_REACH, crowded
from index.stories.term_weights import TermStatistics, saturate

_FILE = "statistics.safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class RowStatistics:
    """What must be known of rows for others to join them, (rows,) float32 each.

    Attributes:
        crowding: How near others are, `COPIES` where the row repeats one.
        norms: Length of its TF-IDF weights.
        sizes: Sum of its term weights.
    """

    crowding: NDArray[np.float32]
    norms: NDArray[np.float32]
    sizes: NDArray[np.float32]

    def write(self, folder: Path) -> None:
        """Write them to the folder of stories."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        write_arrays(folder / _FILE, values)

    @classmethod
    def read(cls, folder: Path) -> "RowStatistics":
        """Read what was written."""
        return cls(**open_arrays(folder / _FILE))

    def of(self, rows: NDArray[np.intp]) -> "RowStatistics":
        """Those of some rows; zeros, to be filled in, for -1."""
        every = (self.crowding, self.norms, self.sizes)
        return RowStatistics(*(np.where(rows < 0, np.float32(0), v[rows]) for v in every))


def cluster_all(
    counts: sparse.csr_matrix,
    vectors: NDArray[np.float32] | None,
    published: NDArray[np.int64],
) -> tuple[NDArray[np.int32], RowStatistics]:
    """The stories of all rows from `cluster_rows`, and what later rows need to know of them."""
    labels, crowding = cluster_rows(counts, vectors, published)
    norms = TermStatistics.of(counts).norms(counts).astype(np.float32)
    sizes = np.asarray(counts.sum(axis=1), np.float32).ravel()
    return labels, RowStatistics(crowding, norms, sizes)


class StoryAssigner:
    """Lets some rows of a generation join the stories of the others."""

    def __init__(
        self,
        labels: NDArray[np.int32],
        around: RowStatistics,
        counts: sparse.csr_matrix,
        *,
        vectors: MultiVectors | None,
        published: NDArray[np.int64],
    ) -> None:
        """Take the stories that are there.

        Args:
            labels: The story of each row, -1 where it is to be told.
            around: Of all rows; filled in here for those.
            counts: (rows, terms) weights of every term that those have.
            vectors: None without a model.
            published: (rows,) int64 seconds.
        """
        self._labels = labels
        self._around = around
        self._fresh = np.flatnonzero(labels < 0)
        self._vectors = vectors
        self._published = published
        self._tuning = WITHOUT_VECTORS if vectors is None else WITH_VECTORS
        self._weigh(counts)

    def run(self) -> NDArray[np.int32]:
        """Join the rows in order of time; the story of every row, (rows,) int32."""
        for row in self._fresh[np.argsort(self._published[self._fresh], kind="stable")].tolist():
            self._join(row)
        return numbered(self._labels)

    def _weigh(self, counts: sparse.csr_matrix) -> None:
        sizes, norms, fresh = self._around.sizes, self._around.norms, self._fresh
        sizes[fresh] = np.asarray(counts[fresh].sum(axis=1)).ravel()
        weights = saturate(counts, sizes / (float(sizes.mean()) or 1.0))
        frequency = np.maximum(np.bincount(counts.indices, minlength=counts.shape[1]), 1)
        weights.data *= np.log(np.maximum(counts.shape[0] / frequency, 1))[counts.indices]
        squares = np.asarray(weights[fresh].multiply(weights[fresh]).sum(axis=1)).ravel()
        norms[fresh] = np.sqrt(squares)
        self._terms = sparse.diags(1 / np.where(norms > 0, norms, 1)) @ weights

    def _join(self, row: int) -> None:
        cosines = (self._terms @ self._terms[row].T).toarray().ravel().astype(np.float32)
        gap = gaps(self._published, self._published[row])
        heads = np.flatnonzero((self._labels >= 0) & (self._around.crowding != COPIES))
        same = heads[(cosines[heads] >= COPY) & (gap[heads] <= COPY_REACH)]
        if len(same):
            self._labels[row], self._around.crowding[row] = self._labels[same[0]], COPIES
            return
        near = self._tuning.lexical * cosines[heads]
        if self._vectors is not None:
            itself, all_of_it = np.array([row], np.int32), np.ones(1, np.float32)
            likeness = self._vectors.compute_similarity(itself, all_of_it, heads.astype(np.int32))
            near += (1 - self._tuning.lexical) * likeness
        faded = near * fading(gap[heads])
        self._around.crowding[row] = crowded(faded)
        self._labels[row] = self._nearest(row, heads, near, faded)

    def _nearest(
        self,
        row: int,
        heads: NDArray[np.intp],
        near: NDArray[np.float32],
        faded: NDArray[np.float32],
    ) -> int:
        """The story that is nearest, by average linkage; a new one where none is near enough."""
        crowding, stories = self._around.crowding, self._labels[heads]
        linked = faded - CROWDING / 2 * (crowding[row] + crowding[heads])
        best, found = self._tuning.threshold, int(self._labels.max(initial=-1)) + 1
        for story in np.unique(stories[linked >= self._tuning.threshold]).tolist():
            members = stories == story
            apart = self._apart(row, heads[members])
            around = crowding[row] + crowding[heads[members]].mean()
            value = near[members].mean() * fading(apart)[0] - CROWDING / 2 * around
            if apart[0] <= REACH and value >= best:
                best, found = float(value), story
        return found

    def _apart(self, row: int, members: NDArray[np.intp]) -> NDArray[np.float32]:
        """Seconds between a row and the mean time of others, (1,); 0 where one has none."""
        when = self._published[members]
        dated = when[when != UNDATED]
        mean = np.array([dated.mean() if len(dated) else UNDATED]).astype(np.int64)
        return gaps(mean, self._published[row])
