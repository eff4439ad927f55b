"""Writes one field's merged postings as arrays, a batch of terms at a time.

Responsibility: append each batch to the segment's array file.
Decision: the number of postings and positions is known before the merge, so every array gets its
room in the file first, and only the terms and their bounds stay in memory.
Must not depend on: Whoosh or how postings are searched.
"""

import numpy as np
from numpy.typing import NDArray

from index.arrays.string_table import StringTable
from index.lexical.build.merge import Batch, Merge
from index.lexical.segment_arrays import array_name
from index.storage.array_file import ArrayFileWriter


class PostingsWriter:
    """Writes the postings of one field."""

    def __init__(self, file: ArrayFileWriter, merge: Merge) -> None:
        """Reserve room for the postings that `merge` will give."""
        self._file, self._field, self._terms = file, merge.field, merge.terms
        self._starts = [np.zeros(1, np.int64)]
        self._position_count = 0
        position_ranges = merge.posting_count if merge.position_count else 0
        self._reserve("position_starts", np.int64, position_ranges + 1)
        self._reserve("rows", np.int32, merge.posting_count)
        self._reserve("weights", np.float32, merge.posting_count)
        self._reserve("positions", np.int32, merge.position_count)
        self._append("position_starts", self._starts[0])

    def add(self, batch: Batch) -> None:
        """Write the postings of the next terms."""
        self._starts.append(self._starts[-1][-1] + batch.starts[1:])
        self._append("rows", batch.rows)
        self._append("weights", batch.weights)
        if len(batch.positions):
            ends = self._position_count + np.cumsum(batch.counts, dtype=np.int64)
            self._append("position_starts", ends)
            self._append("positions", batch.positions)
            self._position_count += len(batch.positions)

    def finish(self, lengths: NDArray[np.float32], token_counts: NDArray[np.int64]) -> None:
        """Write the terms and the field's length in each row, after the last batch."""
        table = StringTable.of(self._terms)
        self._add("starts", np.concatenate(self._starts))
        self._add("term_ends", table.ends)
        self._add("term_text", table.text)
        self._add("lengths", lengths)
        self._add("token_counts", token_counts.astype(np.int32))

    def _reserve(self, part: str, dtype: type[np.generic], length: int) -> None:
        self._file.reserve(array_name(self._field, part), dtype, length)

    def _append(self, part: str, values: NDArray[np.generic]) -> None:
        self._file.append(array_name(self._field, part), values)

    def _add(self, part: str, values: NDArray[np.generic]) -> None:
        self._file.add(array_name(self._field, part), values)
