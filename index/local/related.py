"""Related articles: an article's own story, newest first, then the nearest of each other story.

Responsibility: rank rows by similarity to one row, and leave out those that are not similar enough.
Decision: articles are compared as clustering compares them, by their terms and by their vectors
relative to the mean of the archive, but without regard for time. The floor is then the same for
every encoder and for archives of any size; an article that stands alone has no related articles.
Must not depend on: the archive or pages.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.arrays.ops import select_highest
from index.local.generation import OpenGeneration
from index.search.ports import RelatedRef
from index.stories.feature_space import WITH_VECTORS
from index.stories.term_weights import compute_rarity, compute_tfidf, saturate

FLOOR, FLOOR_WITHOUT_VECTORS = 0.2, 0.12
"""Similarity from which an article of another story is related (docs/measurements/related.md)."""
_COMPARED = 200
"""Rows with the most similar vectors, whose terms are compared (docs/measurements/related.md)."""
_BLANK_ROWS = 2
"""Rows without a vector that are added to the mean: without them, the only two articles of an
archive would be opposites, however similar they are."""


class RelatedArticles:
    """The related articles of each row of one generation."""

    def __init__(self, generation: OpenGeneration) -> None:
        self._generation = generation

    def find(self, row: int, limit: int) -> tuple[RelatedRef, ...]:
        """Rows of its own story, newest first, then the nearest row of each other; never itself."""
        generation = self._generation
        labels = generation.stories.labels
        own = generation.stories.rows(int(labels[row]))
        own = own[np.argsort(generation.doc_values.newest_rank[own])]
        rows, similarity = self.compare(row, also=own)
        near = (similarity >= self.get_floor(row)) & (labels[rows] != labels[row])
        near &= generation.chains.is_head[rows]
        others, values = self._first_of_each_story(rows[near], similarity[near])
        own = own[own != row]
        found = np.concatenate([own, others])[:limit]
        values = np.concatenate([similarity[np.searchsorted(rows, own)], values])[:limit]
        return tuple(
            RelatedRef(int(other), float(value), bool(labels[other] == labels[row]))
            for other, value in zip(found, values, strict=True)
        )

    def get_floor(self, row: int) -> float:
        """The least similarity of an article of another story."""
        return FLOOR if self._has_vector(row) else FLOOR_WITHOUT_VECTORS

    def compare(
        self, row: int, *, also: NDArray[np.int32]
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The rows that can be related to a row, and those of `also`, with their similarity.

        Returns:
            Rows, ascending, without the row itself; and their similarity, float32: of the terms
            alone where the row has no vector.
        """
        if not self._has_vector(row):
            weights = self._term_weights
            similarity = (weights @ weights[row].T).toarray().ravel().astype(np.float32)
            rows = np.arange(len(similarity), dtype=np.int32)
            return rows[rows != row], similarity[rows != row]
        cosines = self._compare_vectors(row)
        rows = np.union1d(select_highest(cosines, _COMPARED), also).astype(np.int32)
        rows = rows[rows != row]
        share = np.float32(WITH_VECTORS.lexical)
        return rows, share * self._compare_terms(row, rows) + (1 - share) * cosines[rows]

    def _has_vector(self, row: int) -> bool:
        semantic = self._generation.semantic
        return semantic is not None and bool(semantic.vectors.means.has_vectors[row])

    def _compare_vectors(self, row: int) -> NDArray[np.float32]:
        """Cosines with every row, relative to the mean, (rows,); 0 for rows without a vector."""
        assert self._generation.semantic is not None
        means = self._generation.semantic.vectors.means
        centre, projections, lengths = self._centred
        products = means @ means[row] - projections - projections[row] + centre @ centre
        cosines = products / (lengths * lengths[row])
        return np.where(means.has_vectors, cosines, 0).astype(np.float32)

    @cached_property
    def _centred(self) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """The mean, the product of each row with it, and the length of each row relative to it."""
        assert self._generation.semantic is not None
        means = self._generation.semantic.vectors.means
        count = int(means.has_vectors.sum())
        centre = (means.compute_centroid() * (count / (count + _BLANK_ROWS))).astype(np.float32)
        projections = means @ centre
        squares = 1 - 2 * projections + centre @ centre
        return centre, projections, np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32)

    def _compare_terms(self, row: int, others: NDArray[np.int32]) -> NDArray[np.float32]:
        """TF-IDF cosines with some rows, ascending, (others,)."""
        statistics, lexical = self._generation.statistics, self._generation.lexical
        counts, frequency = lexical.stems_in_common(row, others)
        rows = np.concatenate(([row], others))
        mean_size = float(statistics.sizes.mean()) or 1.0
        weights = saturate(counts, statistics.sizes[rows] / mean_size)
        weights.data *= compute_rarity(len(statistics.sizes), frequency)[weights.indices]
        products = (weights[1:] @ weights[0].T).toarray().ravel()
        norms = statistics.norms[others] * statistics.norms[row]
        return np.asarray(products / np.where(norms > 0, norms, 1), np.float32)

    @cached_property
    def _term_weights(self) -> sparse.csr_matrix:
        return compute_tfidf(self._generation.lexical.term_matrix())

    def _first_of_each_story(
        self, rows: NDArray[np.int32], similarity: NDArray[np.float32]
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The nearest row of each story among some rows, the nearest first, and its similarity."""
        ranks, labels = self._generation.doc_values.uri_rank, self._generation.stories.labels
        order = np.lexsort((ranks[rows], -similarity))
        _, first = np.unique(labels[rows[order]], return_index=True)
        places = order[np.sort(first)]
        return rows[places], similarity[places]
