"""The postings of one field over several parts, as if they had been built as one.

Decision: terms are merged when an index is opened and postings when a term is asked for; a term
that only rows have which are gone is none, so that every number is that of a build from nothing.
Must not know queries or scoring.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays.string_table import merge_tables
from index.lexical.postings import FieldPostings, Postings
from index.storage.segments import RowMap

_Pair = tuple[NDArray[Any], NDArray[Any]]


def joined(fields: Sequence[FieldPostings], placed: Sequence[RowMap]) -> Postings:
    """The postings of parts as one; those of a single whole part as they are."""
    if len(fields) == 1 and placed[0].live_rows is None:
        return fields[0]
    return MultiPostings(fields, placed)


class MultiPostings:
    """`Postings` of several parts.

    Attributes:
        terms, lengths, mean_length: As in `Postings`.
    """

    def __init__(self, fields: Sequence[FieldPostings], placed: Sequence[RowMap]) -> None:
        self._parts = tuple(zip(fields, placed, strict=True))
        counts = [_counts(field, place) for field, place in self._parts]
        terms, numbers = merge_tables([field.terms for field in fields])
        total = np.zeros(len(terms), np.int64)
        for count, found in zip(counts, numbers, strict=True):
            total[found] += count
        held = total > 0
        self.terms = terms if held.all() else terms.only(held)
        self._articles = total[held]
        self._numbers = [_inverse(found, held) for found in numbers]
        self.lengths = np.concatenate([p.select_live(f.lengths) for f, p in self._parts])
        self._token_counts = np.concatenate([p.select_live(f.token_counts) for f, p in self._parts])

    @property
    def mean_length(self) -> float:
        """As in `Postings`."""
        return float(self._token_counts.mean()) if len(self._token_counts) else 0.0

    def articles(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """As in `Postings`."""
        return np.asarray(self._articles[numbers])

    def postings(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """As in `Postings`."""
        found = []
        for field, place, local in self._having(number):
            rows, weights = field.postings(local)
            told, kept = _moved(rows, place)
            found.append((told, weights[kept]))
        return _concatenated(found)

    def postings_of(self, numbers: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """As in `Postings`."""
        if not len(numbers):
            return np.empty(0, np.int32), np.empty(0, np.float32)
        return _concatenated([self.postings(number) for number in numbers])

    def places(
        self, number: int, rows: NDArray[np.integer] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """As in `Postings`."""
        found = []
        for field, place, local in self._having(number):
            here = None if rows is None else place.to_segment(rows, len(field.lengths))
            having, positions = field.places(local, here)
            told, kept = _moved(having, place)
            found.append((told, positions[kept]))
        return _concatenated(found)

    def everything(self) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]:
        """As in `Postings`."""
        found = []
        for (field, place), own in zip(self._parts, self._numbers, strict=True):
            rows, weights, numbers = field.everything()
            joined = np.full(len(field.terms), -1, np.int32)
            joined[own[own >= 0]] = np.flatnonzero(own >= 0)
            told, kept = _moved(rows, place)
            found.append((told, weights[kept], joined[numbers[kept]]))
        rows, weights, numbers = (np.concatenate(each) for each in zip(*found, strict=True))
        return rows, weights, numbers

    def terms_of(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """As in `Postings`; only parts with these rows are read."""
        found = [np.empty(0, np.int64)]
        for (field, place), own in zip(self._parts, self._numbers, strict=True):
            here = place.to_segment(rows, len(field.lengths))
            if len(here):
                held = np.zeros(len(field.terms), bool)
                held[field.terms_of(here)] = True
                numbers = np.flatnonzero(own >= 0)
                found.append(numbers[held[own[numbers]]])
        return np.unique(np.concatenate(found))

    def _having(self, number: int) -> Iterator[tuple[FieldPostings, RowMap, int]]:
        """The parts that have a term, and its number there."""
        for (field, place), own in zip(self._parts, self._numbers, strict=True):
            local = int(own[number])
            if local >= 0:
                yield field, place, local


def _moved(rows: NDArray[Any], place: RowMap) -> tuple[NDArray[Any], NDArray[np.bool_] | slice]:
    """Rows of a part as rows of the generation, and which of them count."""
    if place.generation_rows is None:
        # Most postings are those of the first part, whose rows are the generation's.
        return rows + rows.dtype.type(place.first_row) if place.first_row else rows, slice(None)
    told = place.generation_rows[rows]
    kept = told >= 0
    return told[kept].astype(rows.dtype, copy=False), kept


def _concatenated(pairs: list[_Pair]) -> _Pair:
    if len(pairs) == 1:
        return pairs[0]
    return (
        np.concatenate([rows for rows, _ in pairs]),
        np.concatenate([values for _, values in pairs]),
    )


def _counts(field: FieldPostings, place: RowMap) -> NDArray[np.int64]:
    """In how many of the rows that count each term is, (terms,)."""
    counts = np.diff(field.starts)
    if place.generation_rows is not None:
        gone = np.flatnonzero((place.generation_rows < 0)[field.rows])
        numbers = np.searchsorted(field.starts, gone, side="right") - 1
        counts = counts - np.bincount(numbers, minlength=len(counts))
    return counts


def _inverse(found: NDArray[np.int32], held: NDArray[np.bool_]) -> NDArray[np.int32]:
    """For each joined term that is held its number in a part, or -1."""
    own = np.full(len(held), -1, np.int32)
    own[found] = np.arange(len(found), dtype=np.int32)
    return own[held]
