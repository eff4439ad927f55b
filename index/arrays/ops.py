"""Operations on arrays of rows and places that several parts of the index share.

Responsibility: intersect and unite sets of rows, expand ranges, and select the highest values.
Decision: sets of rows are ascending arrays, and the shorter is looked up in the longer, so that a
rare term costs little beside a frequent one.
Must not depend on: anything that says what the rows or values are.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.integer]


def intersect_places(first: Rows, second: Rows) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of common values in each of two ascending arrays, in order."""
    if len(first) > len(second):
        in_second, in_first = intersect_places(second, first)
        return in_first, in_second
    if not len(first):
        nothing = np.empty(0, np.intp)
        return nothing, nothing
    # Methods, because NumPy's functions of the same names take twice as long on short arrays.
    places = second.searchsorted(first)
    np.minimum(places, len(second) - 1, out=places)
    in_first = (second.take(places) == first).nonzero()[0]
    return in_first, places.take(in_first)


def intersect(sets: Iterable[Rows]) -> Rows:
    """The values that several ascending arrays have in common, starting with the shortest."""
    first, *others = sorted(sets, key=len)
    for rows in others:
        if not len(first):
            break
        first = first[intersect_places(first, rows)[0]]
    return first


def union(sets: Iterable[Rows], size: int) -> NDArray[np.intp]:
    """The rows below `size` that are in any of the sets, ascending.

    np.unique takes five times as long.
    """
    mask = np.zeros(size, bool)
    for rows in sets:
        mask[rows] = True
    return mask.nonzero()[0]


def expand_ranges(starts: NDArray[np.integer], sizes: NDArray[np.integer]) -> NDArray[np.int64]:
    """All numbers in some ranges: starts 5, 9 and sizes 2, 3 give 5, 6, 9, 10, 11."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))


def select_highest(values: NDArray[np.floating], count: int) -> NDArray[np.intp]:
    """The places, ascending, of the `count` highest values; all if there are fewer.

    Ties with the last one are all included, so that a later key decides and not the row order.
    """
    if len(values) <= count:
        return np.arange(len(values))
    return np.flatnonzero(values >= np.partition(values, -count)[-count])
