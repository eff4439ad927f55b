"""Rows that more rows can be put after without copying those before.

Decision: arrays with room to spare, doubled when full; a matrix over them is a view.
Must not know what the rows mean.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


class Lengthening:
    """An array that grows at its end; `values` is what it holds, (n, ...) as the first part."""

    def __init__(self, first: NDArray[Any]) -> None:
        self._room = first
        self._count = len(first)

    @property
    def values(self) -> NDArray[Any]:
        """What has been put in so far, as a view."""
        return self._room[: self._count]

    def extend(self, more: NDArray[Any]) -> None:
        """Put values behind the others."""
        total = self._count + len(more)
        if total > len(self._room):
            room = np.empty((2 * total, *self._room.shape[1:]), self._room.dtype)
            room[: self._count] = self.values
            self._room = room
        self._room[self._count : total] = more
        self._count = total


class SparseRows:
    """A sparse matrix that grows at its end, in rows and in columns."""

    def __init__(self, first: sparse.csr_matrix) -> None:
        self._data = Lengthening(first.data)
        self._indices = Lengthening(first.indices)
        self._ends = Lengthening(first.indptr.astype(np.int64))
        self._width = first.shape[1]

    @property
    def matrix(self) -> sparse.csr_matrix:
        """All rows, as a view."""
        ends = self._ends.values
        parts = (self._data.values, self._indices.values, ends)
        return sparse.csr_matrix(parts, (len(ends) - 1, self._width), copy=False)

    def extend(self, more: sparse.csr_matrix) -> None:
        """Put rows behind the others; they may have more columns."""
        self._ends.extend(self._ends.values[-1] + more.indptr[1:])
        self._data.extend(more.data)
        self._indices.extend(more.indices)
        self._width = max(self._width, more.shape[1])
