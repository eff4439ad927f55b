"""The postings of a field as NumPy arrays.

Responsibility: read the rows, weights and positions of terms.
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
    """The postings of one field of an index."""

    @property
    def terms(self) -> StringTable:
        """In byte order; a term's number is its place in this table."""
        ...

    @property
    def lengths(self) -> NDArray[np.float32]:
        """(rows,) float32, the field's length as Whoosh stores it, rounded to fit a byte."""
        ...

    @property
    def mean_length(self) -> float:
        """Mean of the exact lengths."""
        ...

    def read_document_frequencies(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """In how many articles each of some terms is, (numbers,)."""
        ...

    def read(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Rows, ascending, and weights of one term."""
        ...

    def read_many(self, numbers: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Rows and weights of terms, in ascending order of their numbers, one after another."""
        ...

    def read_positions(
        self, number: int, rows: NDArray[np.integer] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Row and position of each occurrence of one term, (occurrences,) each, in order.

        Args:
            rows: Only in these, ascending; None for all.
        """
        ...

    def read_all(self) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]:
        """Row, weight and term number of every posting, (postings,) each."""
        ...

    def find_terms(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """The numbers of the terms that any of some rows has, ascending."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class FieldPostings:
    """The postings of one field in one segment.

    Attributes:
        terms, lengths: As in `Postings`.
        starts: (terms + 1,) int64; postings of term i are `starts[i]:starts[i + 1]`.
        rows: (postings,) int32, ascending within a term.
        weights: (postings,) float32, occurrences times their weight.
        token_counts: (rows,) int32, the field's exact length.
        position_starts: (postings + 1,) int64; positions of posting i are
            `positions[position_starts[i]:position_starts[i + 1]]`; [0] without positions.
        positions: (occurrences,) int32.
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

    def read_document_frequencies(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """As in `Postings`."""
        return np.asarray(self.starts[numbers + 1] - self.starts[numbers])

    def read(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """As in `Postings`."""
        span = slice(int(self.starts[number]), int(self.starts[number + 1]))
        return self.rows[span], self.weights[span]

    def read_many(self, numbers: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """As in `Postings`; consecutive terms, such as those of a prefix, are read at once."""
        if not len(numbers):
            return self.rows[:0], self.weights[:0]
        terms = np.asarray(numbers)
        breaks = np.flatnonzero(np.diff(terms) != 1) + 1
        firsts = self.starts[terms[np.concatenate([[0], breaks])]].tolist()
        lasts = self.starts[terms[np.concatenate([breaks - 1, [-1]])] + 1].tolist()
        if len(firsts) == 1:
            return self.rows[firsts[0] : lasts[0]], self.weights[firsts[0] : lasts[0]]
        spans = [slice(*bounds) for bounds in zip(firsts, lasts, strict=True)]
        return (
            np.concatenate([self.rows[span] for span in spans]),
            np.concatenate([self.weights[span] for span in spans]),
        )

    def read_positions(
        self, number: int, rows: NDArray[np.integer] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """As in `Postings`."""
        first, last = int(self.starts[number]), int(self.starts[number + 1])
        if rows is None:
            bounds = self.position_starts[first : last + 1]
            repeated = np.repeat(self.rows[first:last].astype(np.int64), np.diff(bounds))
            return repeated, self.positions[int(bounds[0]) : int(bounds[-1])].astype(np.int64)
        places, postings = intersect_places(rows, self.rows[first:last])
        starts = self.position_starts[first + postings]
        counts = self.position_starts[first + postings + 1] - starts
        positions = self.positions[expand_ranges(starts, counts)]
        return np.repeat(rows[places].astype(np.int64), counts), positions.astype(np.int64)

    def read_all(self) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]:
        """As in `Postings`."""
        numbers = np.arange(len(self.terms), dtype=np.int32)
        return self.rows, self.weights, np.repeat(numbers, np.diff(self.starts))

    def find_terms(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """As in `Postings`."""
        is_wanted = np.zeros(len(self.lengths), bool)
        is_wanted[rows] = True
        postings = np.flatnonzero(is_wanted[self.rows])
        return np.unique(np.searchsorted(self.starts, postings, side="right") - 1)
