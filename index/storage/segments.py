"""Segments of a generation: parts with a number, their rows that count, and which of them to keep.

Decision: what is new takes the latest segments in with it where they are not far larger: their
number grows with the logarithm of the archive, and every article is indexed again a few times only.
Must not know what is indexed.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.storage.parts import Part

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


def parts(folder: Path, kind: str, rows: Mapping[str, NDArray[np.int32]]) -> list[Part]:
    """The parts of one kind, in order of the segments."""
    return [Part(folder / kind / name, places) for name, places in rows.items()]
