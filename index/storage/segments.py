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

from index.storage.array_file import open_arrays, write_arrays

ROWS = "rows"
_FILE = "live_rows.safetensors"
FAR_LARGER = 8
"""A segment is kept if it has more than 8 times as many articles as those that come after it.

So an archive is indexed again in full when an eighth of it is new. Where articles arrive one at a
time, there are 2 to 5 segments.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A built folder, and its live rows: (n,) int32 ascending, None where all are."""

    folder: Path
    live_rows: NDArray[np.int32] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RowMap:
    """How the rows of a segment map to rows of the generation.

    Attributes:
        first_row: The generation's row of the segment's first live row.
        live_rows: As in `Segment`; None where every row is live.
        generation_rows: (rows of the segment,) int32, each one's row in the generation, -1 where
            it is not live; None where every row is live.
    """

    first_row: int
    live_rows: NDArray[np.int32] | None
    generation_rows: NDArray[np.int32] | None

    def select_live(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """The values of live rows, given one value for each row of the segment."""
        return values if self.live_rows is None else values[self.live_rows]

    def to_segment(self, rows: NDArray[np.integer], size: int) -> NDArray[np.integer]:
        """The rows of this segment, which has `size` rows, among rows of the generation."""
        if self.live_rows is None:
            return rows[(rows >= self.first_row) & (rows < self.first_row + size)] - self.first_row
        last = self.first_row + len(self.live_rows)
        inside = rows[(rows >= self.first_row) & (rows < last)]
        return np.asarray(self.live_rows[inside - self.first_row])


def map_rows(
    live_rows: Sequence[NDArray[np.int32] | None], sizes: Sequence[int]
) -> tuple[RowMap, ...]:
    """The map of each segment, in order.

    Args:
        live_rows: Those of each segment, None where all are.
        sizes: How many rows each segment was built with.
    """
    counts = [s if r is None else len(r) for r, s in zip(live_rows, sizes, strict=True)]
    first_rows = accumulate(counts, initial=0)
    return tuple(map(_map_segment, first_rows, live_rows, sizes))


def _map_segment(first_row: int, live_rows: NDArray[np.int32] | None, size: int) -> RowMap:
    if live_rows is None or len(live_rows) == size:
        return RowMap(first_row, None, None)
    generation_rows = np.full(size, -1, np.int32)
    generation_rows[live_rows] = np.arange(first_row, first_row + len(live_rows), dtype=np.int32)
    return RowMap(first_row, live_rows, generation_rows)


def count_kept_segments(sizes: Sequence[int], new_count: int) -> int:
    """How many of the first segments, of these sizes, stay when `new_count` articles are added."""
    count = len(sizes)
    while count and sizes[count - 1] <= FAR_LARGER * new_count:
        new_count += sizes[count - 1]
        count -= 1
    return count


def next_segment_name(names: Mapping[str, int]) -> str:
    """A name that sorts after all of `names`."""
    return f"{max(map(int, names), default=0) + 1:06d}"


def write_live_rows(folder: Path, live_rows: Mapping[str, NDArray[np.int32]]) -> None:
    """Write the live rows of every segment of a generation."""
    write_arrays(folder / ROWS / _FILE, live_rows)


def read_live_rows(folder: Path) -> dict[str, NDArray[np.int32]]:
    """The live rows of each segment by name, in the order of the segments."""
    return dict(sorted(open_arrays(folder / ROWS / _FILE).items()))


def list_segments(
    folder: Path, kind: str, live_rows: Mapping[str, NDArray[np.int32]]
) -> list[Segment]:
    """The segments' folders of one kind, such as "lexical", in the order of `live_rows`."""
    return [Segment(folder / kind / name, rows) for name, rows in live_rows.items()]
