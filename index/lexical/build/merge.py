"""Merges the postings of runs, one field at a time, some terms at a time.

Responsibility: merge the terms of runs, and give complete postings in batches.
Decision: runs are sorted by term, so the terms of a batch are one contiguous part of every run,
which array operations copy to its place. Only one batch is in memory, however large the archive is.
Must not depend on: where postings are written.
"""

import heapq
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import expand_ranges
from index.lexical.build.runs import InvertedRuns, Run

BATCH_POSTINGS = 500_000
"""A batch's postings as Python objects take 100 MB while Whoosh's blocks are made of them."""
_TERMS_READ = 1_000
"""Terms of a run that are in memory while terms are merged."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """The complete postings of some terms of one field.

    Attributes:
        terms: UTF-8, in byte order.
        starts: (terms + 1,) int64 within this batch.
        rows, weights, counts: (postings,) as in `RunPostings`, but rows of the index.
        positions: (occurrences,) int32, posting by posting; empty for stemmed fields.
    """

    terms: Sequence[bytes]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    counts: NDArray[np.int32]
    positions: NDArray[np.int32]


class Merge:
    """The merge of one field of all runs.

    Attributes:
        terms: Every term once, UTF-8, in byte order.
    """

    def __init__(
        self, inverted: InvertedRuns, field: str, *, batch_postings: int = BATCH_POSTINGS
    ) -> None:
        self.field = field
        self._runs = list(inverted.list_runs(field))
        self._first_rows = np.concatenate([[0], np.cumsum(inverted.sizes)]).tolist()
        self._batch_postings = batch_postings
        self.terms, self._numbers = _merge_terms(self._runs)

    @property
    def posting_count(self) -> int:
        """How many postings all terms have."""
        return sum(run.count("rows") for run in self._runs)

    @property
    def position_count(self) -> int:
        """How many positions all terms have."""
        return sum(run.count("positions") for run in self._runs)

    def iter_batches(self) -> Iterator[Batch]:
        """All terms in order, in batches of about `batch_postings` postings."""
        sizes = np.zeros(len(self.terms), np.int64)
        for run, numbers in zip(self._runs, self._numbers, strict=True):
            sizes[numbers] += np.diff(run.read("starts", 0, len(numbers) + 1))
        ends = np.cumsum(sizes)
        first = 0
        while first < len(sizes):
            before = int(ends[first - 1]) if first else 0
            limit = int(np.searchsorted(ends, before + self._batch_postings, "right"))
            last = max(first + 1, limit)
            yield self._merge_batch(first, last, sizes[first:last])
            first = last

    def _merge_batch(self, first: int, last: int, sizes: NDArray[np.int64]) -> Batch:
        starts = np.concatenate([[0], np.cumsum(sizes)])
        free = starts[:-1].copy()
        rows = np.empty(starts[-1], np.int32)
        weights, counts = np.empty_like(rows, np.float32), np.empty_like(rows)
        positions: list[tuple[NDArray[np.int32], NDArray[np.int64]]] = []
        for run, numbers, first_row in zip(
            self._runs, self._numbers, self._first_rows, strict=False
        ):
            begin, end = np.searchsorted(numbers, (first, last)).tolist()
            bounds = run.read("starts", begin, end + 1)
            terms, span = numbers[begin:end] - first, (int(bounds[0]), int(bounds[-1]))
            target = expand_ranges(free[terms], np.diff(bounds))
            free[terms] += np.diff(bounds)
            rows[target] = run.read("rows", *span) + first_row
            weights[target] = run.read("weights", *span)
            counts[target] = run.read("counts", *span)
            position_span = run.read("position_starts", begin, end + 1)[[0, -1]]
            if self.position_count:
                positions.append((run.read("positions", *position_span.tolist()), target))
        merged = _merge_positions(positions, counts)
        return Batch(self.terms[first:last], starts, rows, weights, counts, merged)


def _merge_terms(runs: Sequence[Run]) -> tuple[list[bytes], list[NDArray[np.int32]]]:
    """All terms of runs in byte order, and the number among them of each run's terms."""
    terms: list[bytes] = []
    numbers = [array("i") for _ in runs]
    for term, run in heapq.merge(*(_iter_terms(run, number) for number, run in enumerate(runs))):
        if not terms or terms[-1] != term:
            terms.append(term)
        numbers[run].append(len(terms) - 1)
    return terms, [np.array(each, np.int32) for each in numbers]


def _iter_terms(run: Run, number: int) -> Iterator[tuple[bytes, int]]:
    """A run's terms, each with the run's number; few in memory at a time, as runs are many."""
    before = 0
    for first in range(0, run.count("term_ends"), _TERMS_READ):
        ends = run.read("term_ends", first, first + _TERMS_READ)
        text = run.read("term_text", before, int(ends[-1])).tobytes()
        yield from ((text[a:b], number) for a, b in pairwise([0, *(ends - before).tolist()]))
        before = int(ends[-1])


def _merge_positions(
    parts: Sequence[tuple[NDArray[np.int32], NDArray[np.int64]]], counts: NDArray[np.int32]
) -> NDArray[np.int32]:
    """The positions of a batch's postings.

    Args:
        parts: The positions of each run, and which postings of the batch they belong to.
        counts: (postings,) how many positions each posting has.
    """
    positions = np.empty(int(counts.sum()) if parts else 0, np.int32)
    starts = np.cumsum(counts, dtype=np.int64) - counts
    for values, target in parts:
        positions[expand_ranges(starts[target], counts[target].astype(np.int64))] = values
    return positions
