"""Segments: articles that were indexed together, in folders that never change, and their live rows.

Responsibility: which rows of each segment are live, how they map to the generation's rows, and
which segments the next generation keeps.
Decision: the rows of a generation are the live rows of its segments, one segment after another
and without gaps: the rows that a build from nothing would give, so no other code knows of segments.
A new segment absorbs the latest ones unless they are far larger: the number of segments grows with
the logarithm of the archive, and each article is indexed again only a few times.
Must not depend on: what the folders hold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A built folder; `places` are its rows that count, (n,) int32 ascending, None for all."""

    folder: Path
    places: NDArray[np.int32] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RowMap:
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


def placed(places: Sequence[NDArray[np.int32] | None], sizes: Sequence[int]) -> tuple[RowMap, ...]:
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


def _placed(first: int, places: NDArray[np.int32] | None, size: int) -> RowMap:
    if places is None or len(places) == size:
        return RowMap(first, None, None)
    rows = np.full(size, -1, np.int32)
    rows[places] = np.arange(first, first + len(places), dtype=np.int32)
    return RowMap(first, places, rows)


ROWS = "rows"
FAR_LARGER = 8
"""A segment stays while it has more than 8 times the articles of what comes after it.

So an archive is built anew when an eighth of it is new; one at a time, 2 to 5 segments are there.
"""


def kept(sizes: Sequence[int], fresh: int) -> int:
    """How many of the first segments stay as they are when `fresh` articles come."""
    count = len(sizes)
    while count and sizes[count - 1] <= FAR_LARGER * fresh:
        fresh += sizes[count - 1]
        count -= 1
    return count


def next_name(names: Mapping[str, int]) -> str:
    """A name that sorts after all of these."""
    return f"{max(map(int, names), default=0) + 1:06d}"


def write_rows(folder: Path, name: str, places: NDArray[np.int32]) -> None:
    """Write which rows of a segment count."""
    np.save(folder / ROWS / f"{name}.npy", places, allow_pickle=False)


def read_rows(folder: Path, names: Mapping[str, int]) -> dict[str, NDArray[np.int32]]:
    """Which rows of each segment count, in order of the segments."""
    return {
        name: np.load(folder / ROWS / f"{name}.npy", allow_pickle=False) for name in sorted(names)
    }


def parts(folder: Path, kind: str, rows: Mapping[str, NDArray[np.int32]]) -> list[Segment]:
    """The parts of one kind, in order of the segments."""
    return [Segment(folder / kind / name, places) for name, places in rows.items()]
