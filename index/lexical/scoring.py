"""BM25F over arrays: what a word adds to the scores of the rows that have it.

Decision: Whoosh's own formula, checked against Whoosh's scorer in the tests; a word in several
languages and a pattern count as one word with many forms, whose df is that of them all: a loan that
one language has once, or 128 rare words of a pattern, do not outweigh the rest of a query.
Must not know which rows a query permits.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import terms
from index.lexical.postings import Postings, united
from index.lexical.schema import EXACT, TEXT

K1, B = 1.2, 0.75
EXACT_SHARE = 0.5
"""Share of the unstemmed form's score: nDCG@10 on `time` 0.736 -> 0.751 (docs/quality.md)."""


class Scorer:
    """Scores the words of queries over one index."""

    def __init__(self, fields: Mapping[str, Postings], languages: Sequence[str]) -> None:
        self._fields = fields
        self._languages = languages
        self._norms = {field: _norms(fields[field]) for field in (TEXT, EXACT)}
        self._rows = len(fields[TEXT].lengths)

    def add_word(
        self, folded: str, factor: float, scores: NDArray[np.float32]
    ) -> NDArray[np.int64]:
        """Add one word's scores, `factor` times; return the rows that have it in any form."""
        stemmed = self._add_forms(TEXT, terms(folded, self._languages), factor, scores)
        written = self._add_forms(EXACT, (folded,), EXACT_SHARE * factor, scores)
        return united((*stemmed, *written), self._rows)

    def add_terms(self, numbers: Sequence[int], factor: float, scores: NDArray[np.float32]) -> None:
        """Add the scores of unstemmed terms as if they were one."""
        if not numbers:
            return
        parts = [self._fields[EXACT].postings(number) for number in numbers]
        counts = np.bincount(
            np.concatenate([rows for rows, _ in parts]),
            np.concatenate([weights for _, weights in parts]),
            minlength=self._rows,
        )
        rows = np.flatnonzero(counts)
        scores[rows] += self._bm25(EXACT, rows, counts[rows], factor * self._idf(len(rows)))

    def _add_forms(
        self, field: str, forms: Sequence[str], share: float, scores: NDArray[np.float32]
    ) -> list[NDArray[np.int32]]:
        """Add the scores of forms that no article has two of; return the rows of each."""
        postings = self._fields[field]
        numbers = (postings.terms.find(form) for form in forms)
        parts = [postings.postings(number) for number in numbers if number is not None]
        if not parts:
            return []
        factor = share * self._idf(sum(len(rows) for rows, _ in parts))
        for rows, weights in parts if share else ():
            scores[rows] += self._bm25(field, rows, weights, factor)
        return [rows for rows, _ in parts]

    def _bm25(
        self, field: str, rows: NDArray[Any], weights: NDArray[Any], factor: np.float64
    ) -> NDArray[np.floating]:
        """factor * weight * (K1 + 1) / (weight + norm)."""
        norm = self._norms[field][rows]
        return np.asarray(factor * (weights * (K1 + 1) / (weights + norm)))

    def _idf(self, articles: int) -> np.float64:
        """ln(N / (df + 1)) + 1, where `articles` is df."""
        return np.float64(np.log(self._rows / (articles + 1)) + 1)


def _norms(postings: Postings) -> NDArray[np.float32]:
    """K1 * (1 - B + B * length / mean length) for each row, (articles,) float32."""
    lengths, mean = np.asarray(postings.lengths), postings.mean_length or 1.0
    return (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
