"""The postings of a field as NumPy arrays.

Responsibility: give the rows, weights and positions of terms.
Decision: the arrays hold exactly what Whoosh's postings hold; reading them costs a fiftieth of
stepping through Whoosh's.
Must not depend on: queries, scoring or how arrays are stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import expand_ranges, intersect_places
from index.arrays.string_table import StringTable


class Postings(Protocol):
    """Postings of one field of an index.

    Attributes:
        terms: In byte order; a term's number is its place.
        lengths: (articles,) float32, field length as Whoosh stores it (quantised to a byte).
        mean_length: Mean of the true field lengths.
    """

    @property
    def terms(self) -> StringTable: ...
    @property
    def lengths(self) -> NDArray[np.float32]: ...
    @property
    def mean_length(self) -> float: ...

    def articles(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """In how many articles each of these terms is."""
        ...

    def postings(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Rows, ascending, and weights of one term."""
        ...

    def postings_of(self, numbers: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Rows and weights of terms, ascending numbers, one after another."""
        ...

    def places(
        self, number: int, rows: NDArray[np.integer] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Row and position of each occurrence of one term, (occurrences,) each, in order.

        Args:
            rows: Only in these, ascending; None for all.
        """
        ...

    def everything(self) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]:
        """Row, weight and number of the term of every posting, (postings,) each."""
        ...

    def terms_of(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """The numbers of the terms that any of these rows has, ascending."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class FieldPostings:
    """Postings of one field in one segment, mapped.

    Attributes:
        terms, lengths: As in `Postings`.
        starts: (terms + 1,) int64; postings of term i are `starts[i]:starts[i + 1]`.
        rows: (postings,) int32, ascending within a term.
        weights: (postings,) float32, occurrences times their weight.
        token_counts: (articles,) int32, the true field length.
        position_starts, positions: as `starts`, for each posting; empty without positions.
    """

    terms: StringTable
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    lengths: NDArray[np.float32]
    token_counts: NDArray[np.int32]
    position_starts: NDArray[np.int64]
    positions: NDArray[np.int32]

    @property
    def mean_length(self) -> float:
        """As in `Postings`."""
        return float(self.token_counts.mean()) if len(self.token_counts) else 0.0

    def articles(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """As in `Postings`."""
        return np.asarray(self.starts[numbers + 1] - self.starts[numbers])

    def postings(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """As in `Postings`."""
        part = slice(int(self.starts[number]), int(self.starts[number + 1]))
        return self.rows[part], self.weights[part]

    def postings_of(self, numbers: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """As in `Postings`; terms side by side, as those of a prefix are, are read at one go."""
        if not len(numbers):
            return self.rows[:0], self.weights[:0]
        told = np.asarray(numbers)
        breaks = np.flatnonzero(np.diff(told) != 1) + 1
        firsts = self.starts[told[np.concatenate([[0], breaks])]].tolist()
        lasts = self.starts[told[np.concatenate([breaks - 1, [-1]])] + 1].tolist()
        if len(firsts) == 1:
            return self.rows[firsts[0] : lasts[0]], self.weights[firsts[0] : lasts[0]]
        parts = [slice(*bounds) for bounds in zip(firsts, lasts, strict=True)]
        return (
            np.concatenate([self.rows[part] for part in parts]),
            np.concatenate([self.weights[part] for part in parts]),
        )

    def places(
        self, number: int, rows: NDArray[np.integer] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """As in `Postings`."""
        first, last = int(self.starts[number]), int(self.starts[number + 1])
        if rows is None:
            bounds = self.position_starts[first : last + 1]
            told = np.repeat(self.rows[first:last].astype(np.int64), np.diff(bounds))
            return told, self.positions[int(bounds[0]) : int(bounds[-1])].astype(np.int64)
        here, there = intersect_places(rows, self.rows[first:last])
        starts = self.position_starts[first + there]
        sizes = self.position_starts[first + there + 1] - starts
        every = expand_ranges(starts, sizes)
        return np.repeat(rows[here].astype(np.int64), sizes), self.positions[every].astype(np.int64)

    def everything(self) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]:
        """As in `Postings`."""
        numbers = np.arange(len(self.terms), dtype=np.int32)
        return self.rows, self.weights, np.repeat(numbers, np.diff(self.starts))

    def terms_of(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """As in `Postings`."""
        wanted = np.zeros(len(self.lengths), bool)
        wanted[rows] = True
        having = np.flatnonzero(wanted[self.rows])
        return np.unique(np.searchsorted(self.starts, having, side="right") - 1)
