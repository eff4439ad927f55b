"""Runs: the postings of some thousand articles in order of terms, on disk until they are merged.

Decision: one small folder a run and one plain file an array, opened for each stretch that is read:
an archive has more runs than a process may have files open, and none is ever held whole.
Must not know how postings are made, nor Whoosh.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """One field's postings in one run.

    Attributes:
        text, ends: Terms in byte order, as in a `StringTable`.
        starts: (terms + 1,) int64; postings of term i are `starts[i]:starts[i + 1]`.
        rows: (postings,) int32 from the run's first article, ascending within a term.
        weights: (postings,) float32, occurrences times their weight.
        counts: (postings,) int32, occurrences.
        places: (occurrences,) int32 for the postings in turn; empty for stemmed fields.
        place_starts: (terms + 1,) int64, as `starts`, for `places`.
    """

    text: NDArray[np.uint8]
    ends: NDArray[np.int64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    counts: NDArray[np.int32]
    places: NDArray[np.int32]
    place_starts: NDArray[np.int64]


_KINDS: dict[str, type[np.generic]] = {
    "text": np.uint8,
    "weights": np.float32,
    "rows": np.int32,
    "counts": np.int32,
    "places": np.int32,
    "ends": np.int64,
    "starts": np.int64,
    "place_starts": np.int64,
}
Lengths = Mapping[str, NDArray[np.int64]]
"""Occurrences in each row by field, (rows,) int64 each."""


@dataclass(frozen=True, slots=True)
class Run:
    """One field's `Postings` on disk."""

    folder: Path
    field: str

    def write(self, postings: Postings) -> None:
        """Write every array."""
        for part in fields(Postings):
            kind = _KINDS[part.name]
            getattr(postings, part.name).astype(kind, copy=False).tofile(self._path(part.name))

    def size(self, part: str) -> int:
        """How many values an array has."""
        return self._path(part).stat().st_size // np.dtype(_KINDS[part]).itemsize

    def read(self, part: str, first: int, last: int) -> NDArray[Any]:
        """The values of an array from `first` up to `last`."""
        kind = np.dtype(_KINDS[part])
        return np.fromfile(self._path(part), kind, last - first, offset=first * kind.itemsize)

    def _path(self, part: str) -> Path:
        return self.folder / f"{self.field}.{part}"


@dataclass(frozen=True, slots=True, eq=False)
class InvertedRuns:
    """Runs in order: how many articles each has; lengths and headlines of all, (rows,) int64."""

    folder: Path
    articles: tuple[int, ...]
    lengths: Lengths
    headlines: NDArray[np.int64]

    def runs(self, field: str) -> Iterator[Run]:
        """One field of each run."""
        return (Run(self.folder / str(number), field) for number in range(len(self.articles)))
