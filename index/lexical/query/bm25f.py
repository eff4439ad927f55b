"""BM25F over arrays: what a word adds to the scores of the rows that have it.

Decision: Whoosh's own formula, checked against Whoosh's scorer in the tests; a word in several
languages and a pattern count as one word with many forms, whose df is that of them all: a loan that
one language has once, or 128 rare words of a pattern, do not outweigh the rest of a query.
Must not know which rows a query permits.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import union
from index.lexical.postings import Postings
from index.lexical.query.accumulator import ScoreAccumulator
from index.lexical.query.terms import Words
from index.lexical.schema import EXACT, TEXT

K1, B = 1.2, 0.75
EXACT_SHARE = 0.5
"""Share of the unstemmed form's score: nDCG@10 on `time` 0.736 -> 0.751
(docs/measurements/ranking.md)."""


class BM25FScorer:
    """Scores the words of queries over one index."""

    def __init__(self, fields: Mapping[str, Postings], words: Words) -> None:
        self._fields = fields
        self._words = words
        self._norms = {field: _norms(fields[field]) for field in (TEXT, EXACT)}
        self._rows = len(fields[TEXT].lengths)

    def add_word(
        self, folded: str, factor: float, to: ScoreAccumulator, *, counts: bool = False
    ) -> None:
        """Add one word's scores, `factor` times; it `counts` for rows that have it in any form."""
        forms = self._words.forms(folded)
        stemmed = self._add_forms(TEXT, forms.stems, factor, to)
        written = self._add_forms(EXACT, forms.written, EXACT_SHARE * factor, to)
        if counts:
            to.cover(stemmed if forms.everywhere else _united((*stemmed, *written), to))

    def add_terms(self, numbers: Sequence[int], factor: float, to: ScoreAccumulator) -> None:
        """Add the scores of unstemmed terms as if they were one."""
        if not numbers:
            return
        rows, weights = self._fields[EXACT].postings_of(numbers)
        counts = np.bincount(rows, weights, minlength=self._rows).astype(np.float32)
        idf = self._idf(int(np.count_nonzero(counts)))
        having = np.flatnonzero(to.of(counts))
        self._add(EXACT, having, to.of(counts)[having], factor * idf, to)

    def _add_forms(
        self, field: str, numbers: Sequence[int], share: float, to: ScoreAccumulator
    ) -> list[NDArray[np.integer]]:
        """Add the scores of terms that no article has two of; return the places of each."""
        if not numbers:
            return []
        parts = [self._fields[field].postings(number) for number in numbers]
        factor = share * self._idf(sum(len(rows) for rows, _ in parts))
        found = []
        for rows, weights in parts:
            places, having = to.meeting(rows, weights)
            if share:
                self._add(field, places, having, factor, to)
            found.append(places)
        return found

    def _add(
        self,
        field: str,
        places: NDArray[np.integer],
        weights: NDArray[np.float32],
        factor: float,
        to: ScoreAccumulator,
    ) -> None:
        """Add factor * weight * (K1 + 1) / (weight + norm), in place: a third of the time."""
        rows = places if to.rows is None else to.rows.take(places)
        # All rows are there; "clip" only leaves out looking.
        added = self._norms[field].take(rows, mode="clip")
        added += weights
        np.divide(weights, added, out=added)
        added *= np.float32(factor * (K1 + 1))
        np.add.at(to.scores, places, added)

    def _idf(self, articles: int) -> float:
        """ln(N / (df + 1)) + 1, where `articles` is df."""
        return math.log(self._rows / (articles + 1)) + 1


def _united(
    parts: Sequence[NDArray[np.integer]], to: ScoreAccumulator
) -> tuple[NDArray[np.integer], ...]:
    """Parts with places in common as one."""
    return (union(parts, len(to.scores)),) if len(parts) > 1 else tuple(parts)


def _norms(postings: Postings) -> NDArray[np.float32]:
    """K1 * (1 - B + B * length / mean length) for each row, (articles,) float32."""
    lengths, mean = np.asarray(postings.lengths), postings.mean_length or 1.0
    return (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
