"""Which rows have a headline: a number for each row, made of the words of its own.

Decision: 64 bits of a hash, so that a pasted headline is found by halving, in 10 µs; by the places
of its words it took as long as all else of a search, since "and" stands in every row.
Must not know queries or postings.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_BETWEEN = "\x1f"
"""No word holds it."""
_BYTES = 8


def headline_number(words: Iterable[str]) -> int:
    """The number of a headline of these folded words: the same on every machine."""
    digest = hashlib.blake2b(_BETWEEN.join(words).encode(), digest_size=_BYTES)
    return int.from_bytes(digest.digest(), "big", signed=True)


class Headlines:
    """The headlines of the rows of an index."""

    def __init__(self, numbers: NDArray[np.int64]) -> None:
        """`numbers` are (rows,), each that of its headline."""
        self._order = np.argsort(numbers, kind="stable").astype(np.int32)
        self._sorted = numbers[self._order]

    def rows(self, words: Sequence[str]) -> NDArray[np.int32]:
        """Rows whose headline is these words and no others, ascending; none for no words."""
        if not words:
            return self._order[:0]
        number = headline_number(words)
        first = self._sorted.searchsorted(number)
        return self._order[first : self._sorted.searchsorted(number, side="right")]


def write_headlines(folder: Path, segment: str, numbers: NDArray[np.int64]) -> None:
    """Write the numbers of a segment's rows beside it: Whoosh deletes them with it."""
    np.save(_path(folder, segment), numbers, allow_pickle=False)


def read_headlines(folder: Path, segment: str | None) -> NDArray[np.int64]:
    """The numbers of a segment's rows; those of an index without articles are none."""
    if segment is None:
        return np.empty(0, np.int64)
    return np.asarray(np.load(_path(folder, segment), allow_pickle=False))


def _path(folder: Path, segment: str) -> Path:
    return folder / f"{segment}.headlines.npy"
