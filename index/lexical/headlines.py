"""Exact headline matches: which rows have a given headline.

Responsibility: hash headlines, and find rows by the hash.
Decision: a 64-bit hash of each headline's words, found by binary search in 10 µs. Finding a
headline by the positions of its words took as long as all the rest of a search, because words such
as "and" occur in every row.
Must not depend on: queries or postings.
"""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

_SEPARATOR = "\x1f"
"""No word contains it."""
_BYTES = 8


def hash_headline(words: Iterable[str]) -> int:
    """A hash of a headline's folded words, the same on every machine; fits int64."""
    digest = hashlib.blake2b(_SEPARATOR.join(words).encode(), digest_size=_BYTES)
    return int.from_bytes(digest.digest(), "big", signed=True)


class HeadlineIndex:
    """Finds rows by headline."""

    def __init__(self, hashes: NDArray[np.int64]) -> None:
        """`hashes` are (rows,), one for each row's headline."""
        self._order = np.argsort(hashes, kind="stable").astype(np.int32)
        self._sorted = hashes[self._order]

    def find_rows(self, words: Sequence[str]) -> NDArray[np.int32]:
        """Rows whose headline has these words and no others, ascending; none for no words."""
        if not words:
            return self._order[:0]
        wanted = hash_headline(words)
        first = self._sorted.searchsorted(wanted)
        return self._order[first : self._sorted.searchsorted(wanted, side="right")]
