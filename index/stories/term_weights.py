"""Term weights: how much each word says about the topic of an article.

Responsibility: compute TF-IDF vectors from term counts.
Decision: BM25's saturation and length normalization, times ln((N + 10) / df), at unit length. The
ten keep a word that every article has from weighing nothing: in an archive that consists of copies
of one text, that is every word.
Must not depend on: what is compared, or why.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

K1 = 1.2
B = 0.75
UNSEEN = 10
"""Articles with none of the words that are counted as if the archive had them. 0, 1, 3 and 10 give
the same F1 on all labelled stories (docs/measurements/stories.md)."""


def compute_tfidf(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Compute unit TF-IDF rows, (rows, terms) float32, from (rows, terms) term weights."""
    weights = _weigh(counts)
    norms = _compute_lengths(weights)
    norms[norms == 0] = 1
    return sparse.diags(1 / norms).astype(np.float32) @ weights


def compute_norms(counts: sparse.csr_matrix) -> NDArray[np.float32]:
    """Compute the length of each TF-IDF row before it is scaled to unit length, (rows,)."""
    return _compute_lengths(_weigh(counts))


def saturate(counts: sparse.csr_matrix, lengths: NDArray[np.floating]) -> sparse.csr_matrix:
    """Apply BM25's saturation to term weights.

    Args:
        counts: (rows, terms) term weights.
        lengths: (rows,) sum of each row, divided by the mean sum of all rows.
    """
    lengths = np.repeat(lengths, np.diff(counts.indptr))
    values = counts.data * (K1 + 1) / (counts.data + K1 * (1 - B + B * lengths))
    return sparse.csr_matrix((values, counts.indices, counts.indptr), counts.shape)


def compute_rarity(rows: int, frequency: NDArray[np.integer]) -> NDArray[np.float64]:
    """Compute how much (terms,) terms say, from how many of the rows have each; never 0."""
    return np.log((rows + UNSEEN) / frequency)


def _weigh(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    rows, terms = counts.shape
    frequency = np.maximum(np.bincount(counts.indices, minlength=terms), 1)
    mean_sum = float(counts.data.sum()) / max(rows, 1) or 1.0
    weights = saturate(counts, np.asarray(counts.sum(axis=1)).ravel() / mean_sum)
    weights.data *= compute_rarity(rows, frequency)[counts.indices]
    return weights.astype(np.float32)


def _compute_lengths(weights: sparse.csr_matrix) -> NDArray[np.float32]:
    squares = np.asarray(weights.multiply(weights).sum(axis=1), np.float32).ravel()
    return np.asarray(np.sqrt(squares))
