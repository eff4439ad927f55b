"""Runs to whole postings: one field at a time, some terms at a time.

Decision: runs are sorted by term, so each batch of terms is one stretch of every run and is copied
to its place by arrays; only a batch is ever in memory, however large the archive is.
Must not know where postings go.
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

POSTINGS_AT_ONCE = 500_000
"""A batch's postings as Python objects are 100 MB while Whoosh's blocks are made of them."""
_READ = 1_000
"""Terms of a run that are in memory while terms are merged."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Whole postings of some terms of one field.

    Attributes:
        terms: UTF-8, in byte order.
        starts: (terms + 1,) int64 within this batch.
        rows, weights, counts: (postings,) as in a `Run`, rows of the whole index.
        places: (occurrences,) int32 for the postings in turn; empty for stemmed fields.
    """

    terms: Sequence[bytes]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    counts: NDArray[np.int32]
    places: NDArray[np.int32]


class Merge:
    """One field of all runs.

    Attributes:
        terms: Every term once, UTF-8, in byte order.
    """

    def __init__(
        self, gathered: InvertedRuns, field: str, *, at_once: int = POSTINGS_AT_ONCE
    ) -> None:
        self.field = field
        self._runs = list(gathered.runs(field))
        self._bases = np.concatenate([[0], np.cumsum(gathered.articles)]).tolist()
        self._at_once = at_once
        self.terms, self._numbers = _numbered(self._runs)

    @property
    def postings(self) -> int:
        """Of all terms."""
        return sum(run.size("rows") for run in self._runs)

    @property
    def places(self) -> int:
        """Occurrences whose place is kept."""
        return sum(run.size("places") for run in self._runs)

    def batches(self) -> Iterator[Batch]:
        """All terms in order, each whole, in batches of about `at_once` postings."""
        sizes = np.zeros(len(self.terms), np.int64)
        for run, numbers in zip(self._runs, self._numbers, strict=True):
            sizes[numbers] += np.diff(run.read("starts", 0, len(numbers) + 1))
        ends = np.cumsum(sizes)
        first = 0
        while first < len(sizes):
            before = int(ends[first - 1]) if first else 0
            last = max(first + 1, int(np.searchsorted(ends, before + self._at_once, "right")))
            yield self._batch(first, last, sizes[first:last])
            first = last

    def _batch(self, first: int, last: int, sizes: NDArray[np.int64]) -> Batch:
        starts = np.concatenate([[0], np.cumsum(sizes)])
        free = starts[:-1].copy()
        rows = np.empty(starts[-1], np.int32)
        weights, counts = np.empty_like(rows, np.float32), np.empty_like(rows)
        taken: list[tuple[NDArray[np.int32], NDArray[np.int64]]] = []
        for run, numbers, base in zip(self._runs, self._numbers, self._bases, strict=False):
            from_, to = np.searchsorted(numbers, (first, last)).tolist()
            bounds = run.read("starts", from_, to + 1)
            terms, part = numbers[from_:to] - first, (int(bounds[0]), int(bounds[-1]))
            target = expand_ranges(free[terms], np.diff(bounds))
            free[terms] += np.diff(bounds)
            rows[target] = run.read("rows", *part) + base
            weights[target] = run.read("weights", *part)
            counts[target] = run.read("counts", *part)
            ends = run.read("place_starts", from_, to + 1)[[0, -1]]
            if self.places:
                taken.append((run.read("places", *ends.tolist()), target))
        places = _places(taken, counts)
        return Batch(self.terms[first:last], starts, rows, weights, counts, places)


def _numbered(runs: Sequence[Run]) -> tuple[list[bytes], list[NDArray[np.int32]]]:
    """All terms of runs in byte order, and the number among them of each run's terms."""
    terms: list[bytes] = []
    numbers = [array("i") for _ in runs]
    for term, run in heapq.merge(*(_told(run, number) for number, run in enumerate(runs))):
        if not terms or terms[-1] != term:
            terms.append(term)
        numbers[run].append(len(terms) - 1)
    return terms, [np.array(each, np.int32) for each in numbers]


def _told(run: Run, number: int) -> Iterator[tuple[bytes, int]]:
    """A run's terms, each with the run's number; few in memory at a time, as runs are many."""
    before = 0
    for first in range(0, run.size("ends"), _READ):
        ends = run.read("ends", first, first + _READ)
        text = run.read("text", before, int(ends[-1])).tobytes()
        yield from ((text[a:b], number) for a, b in pairwise([0, *(ends - before).tolist()]))
        before = int(ends[-1])


def _places(
    taken: Sequence[tuple[NDArray[np.int32], NDArray[np.int64]]], counts: NDArray[np.int32]
) -> NDArray[np.int32]:
    """The places of a batch's postings; `taken` is places of a run, and of which postings."""
    places = np.empty(int(counts.sum()) if taken else 0, np.int32)
    starts = np.cumsum(counts, dtype=np.int64) - counts
    for read, target in taken:
        places[expand_ranges(starts[target], counts[target].astype(np.int64))] = read
    return places
