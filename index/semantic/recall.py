"""How much of the exact answer the search in two steps gives, measured on the archive itself.

Decision: passages of the archive are the queries, so that nothing is embedded for it; a passage's
own article is not counted, for it is always found. Words, which find some more, are left out.
Must not know encoders, articles or generations.
"""

import numpy as np

from index.semantic.multi_vectors import RESCORED_ROWS, Floats, MultiVectors

TOP = 10
SAMPLE_QUERIES = 16
"""Passages that are asked for."""
_SAME = 1e-5
"""Cosines that differ by less are the same: articles with the same text may change places."""


def measure_recall(vectors: MultiVectors) -> float:
    """Of the best `TOP` by all passages, how many are among those by two steps, 0 to 1."""
    rows = np.flatnonzero(vectors.means.has_vectors)
    if is_exact(len(vectors.means)) or len(rows) <= TOP:
        return 1.0
    asked = rows[np.linspace(0, len(rows) - 1, SAMPLE_QUERIES).astype(np.intp)].tolist()
    wanted = np.stack([vectors.get_passage_vector(row, number) for number, row in enumerate(asked)])
    by_all = vectors.score_exhaustively(wanted)
    shares = [
        _found(by_all[number], vectors.score(vector), asked[number])
        for number, vector in enumerate(wanted)
    ]
    return float(np.mean(shares))


def is_exact(rows: int) -> bool:
    """Whether the passages of so many articles are all compared, so that nothing is missed."""
    return rows <= RESCORED_ROWS


def _found(by_all: Floats, by_two: Floats, row: int) -> float:
    """Share of the best by two steps that are the best by all, but for the row itself."""
    by_all[row] = by_two[row] = -np.inf
    least = np.partition(by_all, -TOP)[-TOP] - _SAME
    best = np.argpartition(by_two, -TOP)[-TOP:]
    return float(np.mean(by_all[best] >= least))
