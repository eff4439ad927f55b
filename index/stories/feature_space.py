"""The space in which articles are compared: their terms, their vectors and their dates.

Decision: similarity is linear in terms and vectors, so that the average between two clusters is the
product of their sums; time fades it by how far apart two articles, or two clusters' means, are.
Must not know neighbours or clusters.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.storage.doc_values import UNDATED
from index.stories.term_weights import compute_tfidf

FADE = 7 * 86_400
"""Seconds after which similarity has faded to 0.71, and after three times as many to half.

3, 7 and 14 days gave 0.863, 0.866 and 0.860 on wikinews_events; a sample of stories that go on for
weeks gave 0.840, 0.886 and 0.937.
"""
REACH = 30 * 86_400
"""Seconds after which nothing is compared: 45 days and no bound gave the same within 0.002."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """Share of the words in a similarity, and what a link needs beyond its surroundings."""

    lexical: float
    threshold: float


WITH_VECTORS = Tuning(lexical=0.75, threshold=0.14)
WITHOUT_VECTORS = Tuning(lexical=1.0, threshold=0.09)
"""Each representation needs its own threshold; both were the best or near it on every set."""


class FeatureSpace:
    """Rows whose similarity is `lexical` * TF-IDF cosine + the rest * vector cosine, faded by time.

    Vectors are compared around the archive's mean: one threshold then fits every encoder.
    """

    def __init__(
        self,
        counts: sparse.csr_matrix,
        vectors: NDArray[np.float32] | None,
        published: NDArray[np.int64],
    ) -> None:
        self.tuning = WITHOUT_VECTORS if vectors is None else WITH_VECTORS
        self.terms = compute_tfidf(counts)
        self.vectors = _centred(vectors, len(published))
        self.published = published

    def __len__(self) -> int:
        return len(self.published)

    def block(self, rows: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float32]:
        """Similarity of some rows with others, (len(rows), len(others)) float32."""
        lexical, rest = np.float32(self.tuning.lexical), np.float32(1 - self.tuning.lexical)
        values = (self.terms[rows] @ self.terms[others].T).toarray()
        values *= lexical
        values += rest * (self.vectors[rows] @ self.vectors[others].T)
        values *= fading(gaps(self.published[rows][:, None], self.published[others][None, :]))
        return np.asarray(values, np.float32)

    def shared_words(self, rows: NDArray[np.int64], others: NDArray[np.int64]) -> sparse.csr_matrix:
        """TF-IDF cosines alone, whatever the dates, (len(rows), len(others))."""
        return self.terms[rows] @ self.terms[others].T


def _centred(vectors: NDArray[np.float32] | None, rows: int) -> NDArray[np.float32]:
    """Unit vectors around their mean, (rows, dim); zeros without vectors."""
    if vectors is None or not len(vectors):
        return np.zeros((rows, 1), np.float32)
    moved = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), np.float32)


def gaps(one: NDArray[np.int64], other: NDArray[np.int64] | np.int64) -> NDArray[np.float32]:
    """Seconds between times; 0 where one of them is undated."""
    apart = np.abs(np.subtract(one, other, dtype=np.float64)).astype(np.float32)
    apart[np.broadcast_to((one == UNDATED) | (other == UNDATED), apart.shape)] = 0
    return apart


def fading(gap: NDArray[np.float32]) -> NDArray[np.float32]:
    """What is left of a similarity over gaps in seconds: (1 + gap / FADE)^-1/2, 0 beyond REACH."""
    left = 1 / np.sqrt(1 + gap / np.float32(FADE))
    left[gap > REACH] = 0
    return np.asarray(left, np.float32)
