"""Weights of terms: how much each word tells of what an article is about.

Decision: BM25's saturation and length, times ln(N / df), at unit length; statistics can be kept, so
that an article that comes later is weighed as those before it were.
Must not know what is compared or why.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

K1 = 1.2
B = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class TermStatistics:
    """What an archive says of its terms.

    Attributes:
        rows: How many articles were counted.
        frequency: (terms,) in how many of them each term is.
        length: The mean sum of an article's weights.
    """

    rows: int
    frequency: NDArray[np.int64]
    length: float

    @classmethod
    def of(cls, counts: sparse.csr_matrix) -> "TermStatistics":
        """Count the terms of (rows, terms) term weights."""
        rows, terms = counts.shape
        frequency = np.bincount(counts.indices, minlength=terms)
        return cls(rows, frequency, float(counts.data.sum()) / max(rows, 1) or 1.0)

    def weigh(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """Unit TF-IDF rows, (rows, terms) float32; a term never counted weighs as one seen once."""
        return _unit(self._weighed(counts))

    def norms(self, counts: sparse.csr_matrix) -> NDArray[np.float32]:
        """Lengths that rows have before they are unit rows, (rows,)."""
        return _norms(self._weighed(counts))

    def _weighed(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        frequency = np.ones(counts.shape[1], np.int64)
        frequency[: len(self.frequency)] = np.maximum(self.frequency, 1)
        idf = np.log(np.maximum(self.rows / frequency, 1))
        weights = saturate(counts, np.asarray(counts.sum(axis=1)).ravel() / self.length)
        weights.data *= idf[counts.indices]
        return weights.astype(np.float32)


def saturate(counts: sparse.csr_matrix, lengths: NDArray[np.floating]) -> sparse.csr_matrix:
    """BM25's share of each count; `lengths` are (rows,) sums of counts, of the mean row's."""
    lengths = np.repeat(lengths, np.diff(counts.indptr))
    values = counts.data * (K1 + 1) / (counts.data + K1 * (1 - B + B * lengths))
    return sparse.csr_matrix((values, counts.indices, counts.indptr), counts.shape)


def compute_tfidf(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Unit TF-IDF rows, (rows, terms) float32, weighed by their own statistics."""
    return TermStatistics.of(counts).weigh(counts)


def _unit(weighted: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = _norms(weighted)
    lengths[lengths == 0] = 1
    return sparse.diags(1 / lengths).astype(np.float32) @ weighted


def _norms(weighted: sparse.csr_matrix) -> NDArray[np.float32]:
    squares = np.asarray(weighted.multiply(weighted).sum(axis=1), np.float32).ravel()
    return np.asarray(np.sqrt(squares))
