"""Parts: rows that were indexed together, in a folder that is never changed, and which still count.

Decision: the rows of a generation are those of its parts that count, part after part and without
gaps: the very rows that a build from nothing would give, so that nothing else knows of parts.
Must not know what a folder holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A built folder; `places` are its rows that count, (n,) int32 ascending, None for all."""

    folder: Path
    places: NDArray[np.int32] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """How rows of one part become rows of the generation.

    Attributes:
        first: The first row of it in the generation.
        places: As in `Part`; None where every row counts.
        rows: (rows of the part,) int32, each one's row in the generation, -1 where it is gone;
            None where every row counts.
    """

    first: int
    places: NDArray[np.int32] | None
    rows: NDArray[np.int32] | None

    def kept(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """Of values for each row of the part, those of rows that count."""
        return values if self.places is None else values[self.places]

    def own(self, rows: NDArray[np.integer], size: int) -> NDArray[np.integer]:
        """Of rows of the generation, those of this part of `size` rows, as its own."""
        if self.places is None:
            return rows[(rows >= self.first) & (rows < self.first + size)] - self.first
        inside = rows[(rows >= self.first) & (rows < self.first + len(self.places))]
        return np.asarray(self.places[inside - self.first])


def placed(places: Sequence[NDArray[np.int32] | None], sizes: Sequence[int]) -> tuple[Placed, ...]:
    """How the rows of parts, of which `places` count, follow each other.

    Args:
        sizes: How many rows each part was built with.
    """
    counts = [s if p is None else len(p) for p, s in zip(places, sizes, strict=True)]
    firsts = accumulate(counts, initial=0)
    return tuple(
        _placed(first, found, size)
        for first, found, size in zip(firsts, places, sizes, strict=False)
    )


def _placed(first: int, places: NDArray[np.int32] | None, size: int) -> Placed:
    if places is None or len(places) == size:
        return Placed(first, None, None)
    rows = np.full(size, -1, np.int32)
    rows[places] = np.arange(first, first + len(places), dtype=np.int32)
    return Placed(first, places, rows)
