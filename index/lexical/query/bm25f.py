"""BM25F over arrays: what a word adds to the scores of the rows that have it.

Responsibility: add the scores of words and patterns to an accumulator.
Decision: Whoosh's own formula, checked against Whoosh's scorer in the tests. The stems of a word in
several languages, and the expansions of a pattern, have one document frequency together: a loan
word that one language has once, or 128 rare words of a pattern, do not outweigh the rest.
Must not depend on: which rows are candidates.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import union
from index.lexical.postings import Postings
from index.lexical.query.accumulator import ScoreAccumulator
from index.lexical.query.terms import TermLookup
from index.lexical.schema import EXACT, TEXT
from index.query import Word

K1, B = 1.2, 0.75
EXACT_SHARE = 0.5
"""Share of the exact form's score: nDCG@10 on `time` 0.736 -> 0.751
(docs/measurements/ranking.md)."""


class BM25FScorer:
    """Scores the words of queries over one index."""

    def __init__(self, fields: Mapping[str, Postings], terms: TermLookup) -> None:
        self._fields = fields
        self._terms = terms
        self._norms = {field: _norms(fields[field]) for field in (TEXT, EXACT)}
        self._rows = len(fields[TEXT].lengths)

    def add_word(
        self, word: Word, factor: float, to: ScoreAccumulator, *, count: bool = False
    ) -> None:
        """Add a word's scores, times `factor`.

        Args:
            count: Count the word for the candidates that have it in any form.
        """
        terms = self._terms.find(word)
        add = self._add_terms if terms.has_one_form else self._add_forms
        stem_slots = add(TEXT, terms.stems, factor, to)
        exact_slots = add(EXACT, terms.exact, EXACT_SHARE * factor, to)
        if count and terms.stems_are_complete:
            to.count_word(stem_slots)
        elif count:
            to.count_word(_unite((*stem_slots, *exact_slots), to))

    def add_pattern(self, numbers: Sequence[int], factor: float, to: ScoreAccumulator) -> None:
        """Add the scores of a pattern's expansions, terms of `exact`, as if they were one term."""
        if not numbers:
            return
        rows, weights = self._fields[EXACT].read_many(numbers)
        row_weights = np.bincount(rows, weights, minlength=self._rows).astype(np.float32)
        self._add_rows(EXACT, row_weights, factor, to)

    def _add_forms(
        self, field: str, numbers: Sequence[int], factor: float, to: ScoreAccumulator
    ) -> list[NDArray[np.integer]]:
        """As `_add_terms`, for forms of a word, of which an article may have several.

        An occurrence may have several, too, so that only the most frequent one counts.
        """
        if not numbers:
            return []
        rows, weights = self._fields[field].read_many(numbers)
        row_weights = np.zeros(self._rows, np.float32)
        np.maximum.at(row_weights, rows, weights)
        return [self._add_rows(field, row_weights, factor, to)]

    def _add_rows(
        self, field: str, row_weights: NDArray[np.float32], factor: float, to: ScoreAccumulator
    ) -> NDArray[np.integer]:
        """Add the scores of the rows with a weight, as those of one term; return their slots."""
        idf = self._idf(int(np.count_nonzero(row_weights)))
        slot_weights = to.select(row_weights)
        slots = np.flatnonzero(slot_weights)
        self._add(field, slots, slot_weights[slots], factor * idf, to)
        return slots

    def _add_terms(
        self, field: str, numbers: Sequence[int], factor: float, to: ScoreAccumulator
    ) -> list[NDArray[np.integer]]:
        """Add the scores of terms of which no article has two; return the slots of each."""
        if not numbers:
            return []
        postings = [self._fields[field].read(number) for number in numbers]
        factor *= self._idf(sum(len(rows) for rows, _ in postings))
        slots = []
        for rows, weights in postings:
            some, slot_weights = to.locate(rows, weights)
            if factor:
                self._add(field, some, slot_weights, factor, to)
            slots.append(some)
        return slots

    def _add(
        self,
        field: str,
        slots: NDArray[np.integer],
        weights: NDArray[np.float32],
        factor: float,
        to: ScoreAccumulator,
    ) -> None:
        """Add factor * weight * (K1 + 1) / (weight + norm), in place: a third of the time."""
        rows = slots if to.rows is None else to.rows.take(slots)
        # Every row is in range; "clip" only skips the check.
        added = self._norms[field].take(rows, mode="clip")
        added += weights
        np.divide(weights, added, out=added)
        added *= np.float32(factor * (K1 + 1))
        np.add.at(to.scores, slots, added)

    def _idf(self, document_frequency: int) -> float:
        """ln(N / (df + 1)) + 1."""
        return math.log(self._rows / (document_frequency + 1)) + 1


def _unite(
    slots: Sequence[NDArray[np.integer]], to: ScoreAccumulator
) -> tuple[NDArray[np.integer], ...]:
    """Arrays that may have slots in common as one."""
    return (union(slots, len(to.scores)),) if len(slots) > 1 else tuple(slots)


def _norms(postings: Postings) -> NDArray[np.float32]:
    """K1 * (1 - B + B * length / mean length) for each row, (rows,) float32."""
    lengths, mean = np.asarray(postings.lengths), postings.mean_length or 1.0
    return (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
