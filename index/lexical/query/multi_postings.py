"""The postings of one field over several segments, as if they had been built as one.

Responsibility: merge the terms of segments, and read a term's postings from all of them.
Decision: terms are merged when an index is opened, and postings when a term is read. A term without
live rows is dropped, so that every number is the same as after a build from nothing.
Must not depend on: queries or scoring.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays.string_table import merge_tables
from index.lexical.postings import FieldPostings, Postings
from index.storage.segments import RowMap

_Pair = tuple[NDArray[Any], NDArray[Any]]


def merge_postings(fields: Sequence[FieldPostings], row_maps: Sequence[RowMap]) -> Postings:
    """The postings of segments as one; those of a single segment without dead rows unchanged."""
    if len(fields) == 1 and row_maps[0].live_rows is None:
        return fields[0]
    return MultiPostings(fields, row_maps)


class MultiPostings:
    """`Postings` of several segments.

    Attributes:
        terms, lengths, mean_length: As in `Postings`.
    """

    def __init__(self, fields: Sequence[FieldPostings], row_maps: Sequence[RowMap]) -> None:
        self._segments = tuple(zip(fields, row_maps, strict=True))
        terms, merged_numbers = merge_tables([field.terms for field in fields])
        frequencies = np.zeros(len(terms), np.int64)
        for (field, row_map), numbers in zip(self._segments, merged_numbers, strict=True):
            frequencies[numbers] += _count_live(field, row_map)
        is_live = frequencies > 0
        self.terms = terms if is_live.all() else terms.select(is_live)
        self._frequencies = frequencies[is_live]
        self._local_numbers = [_invert(numbers, is_live) for numbers in merged_numbers]
        self.lengths = np.concatenate([m.select_live(f.lengths) for f, m in self._segments])
        token_counts = [m.select_live(f.token_counts) for f, m in self._segments]
        self._token_counts = np.concatenate(token_counts)

    @property
    def mean_length(self) -> float:
        """As in `Postings`."""
        return float(self._token_counts.mean()) if len(self._token_counts) else 0.0

    def read_document_frequencies(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """As in `Postings`."""
        return np.asarray(self._frequencies[numbers])

    def read(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """As in `Postings`."""
        pairs = []
        for field, row_map, local in self._find_term(number):
            local_rows, weights = field.read(local)
            rows, is_live = _to_generation(local_rows, row_map)
            pairs.append((rows, weights[is_live]))
        return _concatenate(pairs)

    def read_many(self, numbers: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """As in `Postings`."""
        if not len(numbers):
            return np.empty(0, np.int32), np.empty(0, np.float32)
        return _concatenate([self.read(number) for number in numbers])

    def read_positions(
        self, number: int, rows: NDArray[np.integer] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """As in `Postings`."""
        pairs = []
        for field, row_map, local in self._find_term(number):
            wanted = None if rows is None else row_map.to_segment(rows, len(field.lengths))
            local_rows, positions = field.read_positions(local, wanted)
            found_rows, is_live = _to_generation(local_rows, row_map)
            pairs.append((found_rows, positions[is_live]))
        return _concatenate(pairs)

    def read_all(self) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]:
        """As in `Postings`."""
        triples = []
        for (field, row_map), local in zip(self._segments, self._local_numbers, strict=True):
            local_rows, weights, local_terms = field.read_all()
            merged = np.full(len(field.terms), -1, np.int32)
            merged[local[local >= 0]] = np.flatnonzero(local >= 0)
            rows, is_live = _to_generation(local_rows, row_map)
            triples.append((rows, weights[is_live], merged[local_terms[is_live]]))
        rows, weights, terms = (np.concatenate(arrays) for arrays in zip(*triples, strict=True))
        return rows, weights, terms

    def find_terms(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """As in `Postings`; only segments with these rows are read."""
        numbers = [np.empty(0, np.int64)]
        for (field, row_map), local in zip(self._segments, self._local_numbers, strict=True):
            local_rows = row_map.to_segment(rows, len(field.lengths))
            if len(local_rows):
                has_rows = np.zeros(len(field.terms), bool)
                has_rows[field.find_terms(local_rows)] = True
                merged = np.flatnonzero(local >= 0)
                numbers.append(merged[has_rows[local[merged]]])
        return np.unique(np.concatenate(numbers))

    def _find_term(self, number: int) -> Iterator[tuple[FieldPostings, RowMap, int]]:
        """The segments that have a term, and its number there."""
        for (field, row_map), numbers in zip(self._segments, self._local_numbers, strict=True):
            local = int(numbers[number])
            if local >= 0:
                yield field, row_map, local


def _to_generation(
    rows: NDArray[Any], row_map: RowMap
) -> tuple[NDArray[Any], NDArray[np.bool_] | slice]:
    """The live ones of a segment's rows as rows of the generation, and which of them are live."""
    if row_map.generation_rows is None:
        # Most postings are in the first segment, whose rows are the generation's.
        first = row_map.first_row
        return rows + rows.dtype.type(first) if first else rows, slice(None)
    generation_rows = row_map.generation_rows[rows]
    is_live = generation_rows >= 0
    return generation_rows[is_live].astype(rows.dtype, copy=False), is_live


def _concatenate(pairs: list[_Pair]) -> _Pair:
    if len(pairs) == 1:
        return pairs[0]
    return (
        np.concatenate([rows for rows, _ in pairs]),
        np.concatenate([values for _, values in pairs]),
    )


def _count_live(field: FieldPostings, row_map: RowMap) -> NDArray[np.int64]:
    """In how many live rows each term is, (terms,)."""
    counts = np.diff(field.starts)
    if row_map.generation_rows is not None:
        dead_postings = np.flatnonzero((row_map.generation_rows < 0)[field.rows])
        numbers = np.searchsorted(field.starts, dead_postings, side="right") - 1
        counts = counts - np.bincount(numbers, minlength=len(counts))
    return counts


def _invert(numbers: NDArray[np.int32], is_live: NDArray[np.bool_]) -> NDArray[np.int32]:
    """For each live merged term its number in a segment, or -1; `numbers` are the reverse."""
    local = np.full(len(is_live), -1, np.int32)
    local[numbers] = np.arange(len(numbers), dtype=np.int32)
    return local[is_live]
