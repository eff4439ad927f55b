"""Phrases: the rows in which some words occur together.

Responsibility: read the occurrences of words, and match phrases among them.
Decision: only rows with all words are read, since the positions of a frequent word are the most
work. What is read of frequent words is remembered: phrases of stop words read the same again.
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

    def find_phrase(
        self,
        source: str,
        words: Sequence[Numbers],
        slop: int,
        section: int | None,
        within: NDArray[np.bool_] | None,
    ) -> NDArray[np.integer]:
        """The rows where all words occur together in the field `source`, with repeats.

        Args:
            words: In order, none without terms.
            section: The section of an article that the words are in; None for any.
            within: (rows,) the rows that are asked for; None for all.
        """
        rows = intersect([self._list_rows(source, word) for word in dict.fromkeys(words)])
        if within is not None:
            rows = rows[within[rows]]
        if not len(rows):
            return rows
        occurrences = {word: self._read(source, word, rows) for word in dict.fromkeys(words)}
        if not slop:
            return key_rows(find_adjacent([occurrences[word].keys for word in words]), section)
        counts = Counter(words)
        near = [(counts[word], found) for word, found in occurrences.items()]
        return key_rows(find_near(near, slop), section)

    def find_word(self, source: str, word: Numbers, section: int) -> NDArray[np.integer]:
        """The rows with a word in a section of the article, with repeats."""
        return key_rows(self._read(source, word).keys, section)

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
