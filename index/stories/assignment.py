"""Assignment of new articles to existing stories.

Responsibility: assign rows one by one to the stories of the other rows, or to new stories.
Decision: an article is assigned to the story to which average linkage would have linked it first.
Existing stories are not merged or split until all rows are clustered again. So three numbers per
row are enough, and the terms of existing rows need not be stored.
Must not depend on: ids, or how all rows are clustered.
"""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.semantic.multi_vectors import MultiVectors
from index.storage.array_file import open_arrays, write_arrays
from index.storage.doc_values import UNDATED
from index.stories.clustering import COPY_CROWDING, cluster_rows, renumber
from index.stories.feature_space import (
    MAX_GAP,
    WITH_VECTORS,
    WITHOUT_VECTORS,
    compute_decay,
    compute_gaps,
)
from index.stories.linkage import CROWDING_WEIGHT
from index.stories.neighbours import COPY_COSINE, COPY_GAP, compute_crowding
from index.stories.term_weights import compute_norms, compute_rarity, saturate

_FILE = "statistics.safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class RowStatistics:
    """What assignment needs to know of existing rows, (rows,) float32 each.

    Attributes:
        crowding: The crowding around the row; `COPY_CROWDING` for a copy.
        norms: The length of the row's TF-IDF weights.
        sizes: The sum of the row's term weights.
    """

    crowding: NDArray[np.float32]
    norms: NDArray[np.float32]
    sizes: NDArray[np.float32]

    def write(self, folder: Path) -> None:
        """Write the statistics to the folder of a generation's stories."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        write_arrays(folder / _FILE, values)

    @classmethod
    def read(cls, folder: Path) -> "RowStatistics":
        """Read the statistics from the folder of a generation's stories."""
        return cls(**open_arrays(folder / _FILE))

    def select(self, rows: NDArray[np.intp]) -> "RowStatistics":
        """The statistics of some rows; zeros, to be filled in, for -1."""
        arrays = (self.crowding, self.norms, self.sizes)
        return RowStatistics(*(np.where(rows < 0, np.float32(0), a[rows]) for a in arrays))


def cluster_all(
    counts: sparse.csr_matrix,
    vectors: NDArray[np.float32] | None,
    published: NDArray[np.int64],
    *,
    heads: NDArray[np.int32] | None = None,
) -> tuple[NDArray[np.int32], RowStatistics]:
    """Cluster all rows with `cluster_rows`, and compute the statistics for later assignments.

    Args:
        heads: (rows,) int32, the latest row of each row's chain: only these are clustered, and the
            others are in their stories. None if every row is one.
    """
    rows = np.arange(counts.shape[0]) if heads is None else np.unique(heads)
    if heads is None or len(rows) == len(heads):
        labels, crowding = cluster_rows(counts, vectors, published)
    else:
        means = None if vectors is None else vectors[rows]
        some, some_crowding = cluster_rows(counts[rows], means, published[rows])
        labels = some[np.searchsorted(rows, heads)]
        crowding = np.full(counts.shape[0], COPY_CROWDING, np.float32)
        crowding[rows] = some_crowding
    norms = compute_norms(counts).astype(np.float32)
    sizes = np.asarray(counts.sum(axis=1), np.float32).ravel()
    return labels, RowStatistics(crowding, norms, sizes)


class StoryAssigner:
    """Assigns the new rows of a generation to the stories of the others."""

    def __init__(
        self,
        labels: NDArray[np.int32],
        statistics: RowStatistics,
        counts: sparse.csr_matrix,
        *,
        vectors: MultiVectors | None,
        published: NDArray[np.int64],
        heads: NDArray[np.int32] | None = None,
    ) -> None:
        """Start from existing stories.

        Args:
            labels: (rows,) int32, the story of each row; -1 for new rows.
            statistics: Of all rows; filled in for new rows.
            counts: (rows, terms) term weights, of every term that a new row has.
            vectors: None without a model.
            published: (rows,) int64 seconds.
            heads: As in `cluster_all`.
        """
        self._labels = labels
        self._statistics = statistics
        self._new_rows = np.flatnonzero(labels < 0)
        self._heads = np.arange(len(labels)) if heads is None else heads
        self._vectors = vectors
        self._published = published
        self._tuning = WITHOUT_VECTORS if vectors is None else WITH_VECTORS
        self._terms = self._weigh(counts)

    def run(self) -> NDArray[np.int32]:
        """Assign the new rows in order of time; the story of every row, (rows,) int32.

        A new version stays in the story of the version that it replaces.
        """
        is_head = self._heads == np.arange(len(self._heads))
        stories = self._find_stories_of_chains()
        self._statistics.crowding[~is_head] = COPY_CROWDING
        order = np.argsort(self._published[self._new_rows], kind="stable")
        for row in self._new_rows[order].tolist():
            if is_head[row]:
                self._assign(row)
        known = stories[self._heads] >= 0
        self._labels = np.where(known, stories[self._heads], self._labels[self._heads])
        return renumber(self._labels.astype(np.int32))

    def _find_stories_of_chains(self) -> NDArray[np.int32]:
        """By head, the story that its chain was in before, (rows,); -1 for chains without one."""
        stories = np.full(len(self._labels), -1, np.int32)
        before = np.flatnonzero(self._labels >= 0)
        stories[self._heads[before]] = self._labels[before]
        return stories

    def _weigh(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """TF-IDF rows of the terms that new rows have; fills in the statistics of new rows."""
        sizes, norms, new_rows = self._statistics.sizes, self._statistics.norms, self._new_rows
        sizes[new_rows] = np.asarray(counts[new_rows].sum(axis=1)).ravel()
        weights = saturate(counts, sizes / (float(sizes.mean()) or 1.0))
        frequency = np.maximum(np.bincount(counts.indices, minlength=counts.shape[1]), 1)
        weights.data *= compute_rarity(counts.shape[0], frequency)[counts.indices]
        squares = np.asarray(weights[new_rows].multiply(weights[new_rows]).sum(axis=1)).ravel()
        norms[new_rows] = np.sqrt(squares)
        return sparse.diags(1 / np.where(norms > 0, norms, 1)) @ weights

    def _assign(self, row: int) -> None:
        cosines = (self._terms @ self._terms[row].T).toarray().ravel().astype(np.float32)
        gaps = compute_gaps(self._published, self._published[row])
        is_original = (self._labels >= 0) & (self._statistics.crowding != COPY_CROWDING)
        originals = np.flatnonzero(is_original)
        copied = originals[(cosines[originals] >= COPY_COSINE) & (gaps[originals] <= COPY_GAP)]
        if len(copied):
            self._labels[row] = self._labels[copied[0]]
            self._statistics.crowding[row] = COPY_CROWDING
            return
        similarities = self._tuning.lexical * cosines[originals]
        if self._vectors is not None:
            reference, weight = np.array([row], np.int32), np.ones(1, np.float32)
            others = originals.astype(np.int32)
            by_vectors = self._vectors.compute_similarity(reference, weight, others)
            similarities += (1 - self._tuning.lexical) * by_vectors
        decayed = similarities * compute_decay(gaps[originals])
        self._statistics.crowding[row] = compute_crowding(decayed)
        self._labels[row] = self._find_story(row, originals, similarities, decayed)

    def _find_story(
        self,
        row: int,
        originals: NDArray[np.intp],
        similarities: NDArray[np.float32],
        decayed: NDArray[np.float32],
    ) -> int:
        """The best story by average linkage; a new one if none reaches the threshold."""
        crowding, stories = self._statistics.crowding, self._labels[originals]
        links = decayed - CROWDING_WEIGHT / 2 * (crowding[row] + crowding[originals])
        best, best_story = self._tuning.threshold, int(self._labels.max(initial=-1)) + 1
        for story in np.unique(stories[links >= self._tuning.threshold]).tolist():
            members = stories == story
            gap = self._compute_gap(row, originals[members])
            total_crowding = crowding[row] + crowding[originals[members]].mean()
            value = similarities[members].mean() * compute_decay(gap)[0]
            value -= CROWDING_WEIGHT / 2 * total_crowding
            if gap[0] <= MAX_GAP and value >= best:
                best, best_story = float(value), story
        return best_story

    def _compute_gap(self, row: int, members: NDArray[np.intp]) -> NDArray[np.float32]:
        """Seconds between a row and the mean time of others, (1,); 0 if one has none."""
        published = self._published[members]
        dated = published[published != UNDATED]
        mean = np.array([dated.mean() if len(dated) else UNDATED]).astype(np.int64)
        return compute_gaps(mean, self._published[row])
