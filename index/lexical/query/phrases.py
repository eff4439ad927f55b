"""Phrases: the rows in which some words occur together.

Responsibility: read the occurrences of words, and match phrases among them.
Decision: what is read of frequent words is remembered, and so is the result of words near each
other: phrases of stop words read the same occurrences again, and any order of the words is the
same.
Must not depend on: query trees or scoring.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.arrays.bounded_cache import BoundedCache
from index.arrays.ops import intersect, union
from index.lexical.postings import Postings
from index.lexical.query.positions import (
    Keys,
    Occurrences,
    Sections,
    find_adjacent,
    find_near,
    key_rows,
    merge_keys,
    separate_values,
)
from index.lexical.schema import EXACT, PHRASE_GAP

_REMEMBERED_WORDS = 8
"""Words whose occurrences in all rows are remembered; the most frequent one takes 40 MB at 106,495
articles."""
_REMEMBERED_PHRASES = 64
"""Phrases of words near each other whose rows are remembered, at 106,495 articles 0.4 MB each."""
_NO_POSITIONS = np.empty(0, np.int64)

Numbers = tuple[int, ...]
"""The numbers of the terms that count as one word in an index field."""


class PhraseMatcher:
    """Matches phrases in one index."""

    def __init__(self, fields: Mapping[str, Postings], sections: Sections) -> None:
        self._fields = fields
        self._sections = sections
        self._row_count = len(sections.headline_ends)
        self._all_occurrences = BoundedCache[tuple[str, Numbers], Occurrences](_REMEMBERED_WORDS)
        self._near_rows = BoundedCache[
            tuple[str, frozenset[tuple[Numbers, int]], int, int | None], NDArray[np.integer]
        ](_REMEMBERED_PHRASES)

    def find_phrase(
        self, source: str, words: Sequence[Numbers], slop: int, section: int | None
    ) -> NDArray[np.integer]:
        """The rows where all words occur together in the field `source`, with repeats.

        Args:
            words: In order, none without terms.
            section: The section of an article that the words are in; None for any.
        """
        if not slop:
            rows = self._intersect_rows(source, words)
            keys = {word: self._read(source, word, rows).keys for word in words}
            return key_rows(find_adjacent([keys[word] for word in words]), section)
        key = source, frozenset(Counter(words).items()), slop, section
        return self._near_rows.get(key, lambda: self._find_near(source, words, slop, section))

    def find_word(self, source: str, word: Numbers, section: int) -> NDArray[np.integer]:
        """The rows with a word in a section of the article, with repeats."""
        return key_rows(self._read(source, word).keys, section)

    def _find_near(
        self, source: str, words: Sequence[Numbers], slop: int, section: int | None
    ) -> NDArray[np.integer]:
        rows = self._intersect_rows(source, words)
        occurrences = [(count, self._read(source, w, rows)) for w, count in Counter(words).items()]
        return key_rows(find_near(occurrences, slop), section)

    def _intersect_rows(self, source: str, words: Sequence[Numbers]) -> NDArray[np.integer]:
        """The rows with all words: reading the positions of a frequent word is the most work."""
        return intersect([self._list_rows(source, word) for word in dict.fromkeys(words)])

    def _list_rows(self, source: str, word: Numbers) -> NDArray[np.integer]:
        """The rows with any of a word's terms, ascending."""
        rows = [self._fields[source].read(number)[0] for number in word]
        return rows[0] if len(rows) == 1 else union(rows, self._row_count)

    def _read(
        self, source: str, word: Numbers, rows: NDArray[np.integer] | None = None
    ) -> Occurrences:
        """The occurrences of a word, in all rows or in `rows`; others may be included.

        Reading all is as cheap when `rows` are most of the word's rows, and can be remembered.
        """
        if rows is not None and 2 * len(rows) > len(self._list_rows(source, word)):
            return self._all_occurrences.get((source, word), lambda: self._read(source, word))
        keys = merge_keys([self._read_term(source, number, rows) for number in word])
        return Occurrences(keys, self._sections.unit_count)

    def _read_term(self, source: str, number: int, rows: NDArray[np.integer] | None) -> Keys:
        occurrences = self._fields[source].read_positions(number, rows)
        if source == EXACT:
            return self._sections.to_keys(*occurrences)
        gap = self._fields[source].terms.find(PHRASE_GAP)
        if gap is None:
            return separate_values(*occurrences, _NO_POSITIONS, _NO_POSITIONS)
        return separate_values(*occurrences, *self._fields[source].read_positions(gap, rows))
