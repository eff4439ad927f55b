"""Runs: the postings of some thousand articles in term order, on disk until they are merged.

Responsibility: write the postings of a run, and read parts of them.
Decision: a folder for each run and a plain file for each array, opened for each part that is read.
An archive has more runs than a process may have open files, and none is ever read in full.
Must not depend on: how postings are built, or Whoosh.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class RunPostings:
    """The postings of one field in one run.

    Attributes:
        term_text, term_ends: Terms in byte order, as in a `StringTable`.
        starts: (terms + 1,) int64; postings of term i are `starts[i]:starts[i + 1]`.
        rows: (postings,) int32 from the run's first article, ascending within a term.
        weights: (postings,) float32, occurrences times their weight.
        counts: (postings,) int32, occurrences.
        positions: (occurrences,) int32, posting by posting; empty for stemmed fields.
        position_starts: (terms + 1,) int64, as `starts`, for `positions`.
    """

    term_text: NDArray[np.uint8]
    term_ends: NDArray[np.int64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    counts: NDArray[np.int32]
    positions: NDArray[np.int32]
    position_starts: NDArray[np.int64]


_DTYPES: dict[str, type[np.generic]] = {
    "term_text": np.uint8,
    "term_ends": np.int64,
    "starts": np.int64,
    "rows": np.int32,
    "weights": np.float32,
    "counts": np.int32,
    "positions": np.int32,
    "position_starts": np.int64,
}
Lengths = Mapping[str, NDArray[np.int64]]
"""The length of each field in each row: (rows,) int64 by field."""


@dataclass(frozen=True, slots=True)
class Run:
    """The `RunPostings` of one field on disk."""

    folder: Path
    field: str

    def write(self, postings: RunPostings) -> None:
        """Write every array."""
        for part in fields(RunPostings):
            dtype = _DTYPES[part.name]
            getattr(postings, part.name).astype(dtype, copy=False).tofile(self._path(part.name))

    def count(self, part: str) -> int:
        """How many values an array has."""
        return self._path(part).stat().st_size // np.dtype(_DTYPES[part]).itemsize

    def read(self, part: str, first: int, last: int) -> NDArray[Any]:
        """The values of an array from `first` up to `last`."""
        dtype = np.dtype(_DTYPES[part])
        return np.fromfile(self._path(part), dtype, last - first, offset=first * dtype.itemsize)

    def _path(self, part: str) -> Path:
        return self.folder / f"{self.field}.{part}"


@dataclass(frozen=True, slots=True, eq=False)
class InvertedRuns:
    """All runs of a build, in order.

    Attributes:
        sizes: How many articles each run has.
        lengths: The length of each field in each row.
        headlines: (rows,) int64, the hash of each row's headline.
    """

    folder: Path
    sizes: tuple[int, ...]
    lengths: Lengths
    headlines: NDArray[np.int64]

    def list_runs(self, field: str) -> Iterator[Run]:
        """One field of each run."""
        return (Run(self.folder / str(number), field) for number in range(len(self.sizes)))
