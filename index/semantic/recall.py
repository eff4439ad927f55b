"""Recall of semantic search, measured on the archive itself.

Responsibility: measure how many of the exact best articles two-stage search finds.
Decision: passages of the archive are the queries, so that nothing has to be embedded. A passage's
own article does not count, because it is always found. Articles that lexical search adds do not
count either.
Must not depend on: encoders, articles or generations.
"""

import numpy as np

from index.semantic.multi_vectors import RESCORED_ROWS, Floats, MultiVectors

TOP = 10
SAMPLE_QUERIES = 16
"""Passages that are used as queries."""
_TOLERANCE = 1e-5
"""Cosines that differ by less are equal: articles with the same text may swap ranks."""


def measure_recall(vectors: MultiVectors) -> float:
    """Measure the share of the exact best `TOP` rows that two-stage search finds, 0..1."""
    rows = np.flatnonzero(vectors.means.has_vectors)
    if is_exact(len(vectors.means)) or len(rows) <= TOP:
        return 1.0
    sample = rows[np.linspace(0, len(rows) - 1, SAMPLE_QUERIES).astype(np.intp)].tolist()
    queries = np.stack([vectors.get_passage_vector(row, n) for n, row in enumerate(sample)])
    exact = vectors.score_exhaustively(queries)
    shares = [
        _compute_share(exact[number], vectors.score(vector), sample[number])
        for number, vector in enumerate(queries)
    ]
    return float(np.mean(shares))


def is_exact(rows: int) -> bool:
    """Whether all passages are compared in an archive of `rows` rows, so that recall is 1."""
    return rows <= RESCORED_ROWS


def _compute_share(exact: Floats, approximate: Floats, row: int) -> float:
    """The share of the approximate best rows that are exact best rows, without `row` itself."""
    exact[row] = approximate[row] = -np.inf
    least = np.partition(exact, -TOP)[-TOP] - _TOLERANCE
    best = np.argpartition(approximate, -TOP)[-TOP:]
    return float(np.mean(exact[best] >= least))
