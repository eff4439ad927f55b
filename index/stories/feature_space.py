"""The features by which articles are compared: their terms, vectors and dates.

Responsibility: compute similarities between rows.
Decision: the similarity is linear in terms and vectors, so that the average similarity of two
clusters is the product of their sums. It decays with the time between two articles, or between the
mean times of two clusters.
Must not depend on: neighbours or clusters.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.storage.doc_values import UNDATED
from index.stories.term_weights import compute_tfidf

DECAY_SECONDS = 7 * 86_400
"""Seconds after which a similarity has decayed to 0.71; after three times as many, to half.

3, 7 and 14 days gave 0.863, 0.866 and 0.860 on wikinews_events; a sample of stories that last for
weeks gave 0.840, 0.886 and 0.937.
"""
MAX_GAP = 30 * 86_400
"""Seconds between two articles from which they are not compared: 45 days and no limit gave the same
within 0.002."""


@dataclass(frozen=True, slots=True)
class SimilarityTuning:
    """How similarities are computed and used.

    Attributes:
        lexical: The share of the terms in a similarity; the rest is the share of the vectors.
        threshold: How much a similarity must exceed the crowding for a link.
    """

    lexical: float
    threshold: float


WITH_VECTORS = SimilarityTuning(lexical=0.75, threshold=0.14)
WITHOUT_VECTORS = SimilarityTuning(lexical=1.0, threshold=0.09)
"""Each kind of features needs its own threshold; both were the best, or nearly, on every set."""


class FeatureSpace:
    """Rows whose similarity is `lexical` * TF-IDF cosine + the rest * vector cosine, with decay.

    Vectors are compared relative to the mean of the archive: one threshold then fits every encoder.
    """

    def __init__(
        self,
        counts: sparse.csr_matrix,
        vectors: NDArray[np.float32] | None,
        published: NDArray[np.int64],
    ) -> None:
        self.tuning = WITHOUT_VECTORS if vectors is None else WITH_VECTORS
        self.terms = compute_tfidf(counts)
        self.vectors = _centre(vectors, len(published))
        self.published = published

    def __len__(self) -> int:
        return len(self.published)

    def compute_similarities(
        self, rows: NDArray[np.int64], others: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Compute the similarity of rows with others, (len(rows), len(others)) float32."""
        lexical, rest = np.float32(self.tuning.lexical), np.float32(1 - self.tuning.lexical)
        values = (self.terms[rows] @ self.terms[others].T).toarray()
        values *= lexical
        values += rest * (self.vectors[rows] @ self.vectors[others].T)
        gaps = compute_gaps(self.published[rows][:, None], self.published[others][None, :])
        values *= compute_decay(gaps)
        return np.asarray(values, np.float32)

    def compute_term_cosines(
        self, rows: NDArray[np.int64], others: NDArray[np.int64]
    ) -> sparse.csr_matrix:
        """Compute TF-IDF cosines without vectors and decay, (len(rows), len(others))."""
        return self.terms[rows] @ self.terms[others].T


def _centre(vectors: NDArray[np.float32] | None, rows: int) -> NDArray[np.float32]:
    """Unit vectors relative to their mean, (rows, dim); zeros for rows without a vector."""
    if vectors is None or not len(vectors):
        return np.zeros((rows, 1), np.float32)
    without = ~vectors.any(axis=1)
    mean = vectors.sum(axis=0) / max(len(vectors) - int(without.sum()), 1)
    centred = vectors - mean
    centred[without] = 0
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(centred / np.maximum(lengths, 1e-9), np.float32)


def compute_gaps(
    times: NDArray[np.int64], others: NDArray[np.int64] | np.int64
) -> NDArray[np.float32]:
    """Compute the seconds between times; 0 if one of them is `UNDATED`."""
    gaps = np.abs(np.subtract(times, others, dtype=np.float64)).astype(np.float32)
    gaps[np.broadcast_to((times == UNDATED) | (others == UNDATED), gaps.shape)] = 0
    return gaps


def compute_decay(gaps: NDArray[np.float32]) -> NDArray[np.float32]:
    """Compute the factor by which similarities decay over gaps in seconds.

    It is (1 + gap / DECAY_SECONDS)^-1/2, and 0 beyond MAX_GAP.
    """
    decay = 1 / np.sqrt(1 + gaps / np.float32(DECAY_SECONDS))
    decay[gaps > MAX_GAP] = 0
    return np.asarray(decay, np.float32)
