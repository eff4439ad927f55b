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


def intersect_places(ours: Rows, theirs: Rows) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places, in each of two ascending arrays, of the values that both hold, in order."""
    if len(ours) > len(theirs):
        there, here = intersect_places(theirs, ours)
        return here, there
    if not len(ours):
        nothing = np.empty(0, np.intp)
        return nothing, nothing
    # Methods: NumPy's functions of the same names cost as much again as a short array does.
    places = theirs.searchsorted(ours)
    np.minimum(places, len(theirs) - 1, out=places)
    here = (theirs.take(places) == ours).nonzero()[0]
    return here, places.take(here)


def intersect(sets: Iterable[Rows]) -> Rows:
    """The values that every one of several ascending arrays holds; starts with the shortest."""
    first, *others = sorted(sets, key=len)
    for rows in others:
        if not len(first):
            break
        first = first[intersect_places(first, rows)[0]]
    return first


def union(sets: Iterable[Rows], size: int) -> NDArray[np.intp]:
    """The rows below `size` that any of the sets holds, ascending.

    np.unique takes five times as long.
    """
    having = np.zeros(size, bool)
    for rows in sets:
        having[rows] = True
    return having.nonzero()[0]


def expand_ranges(starts: NDArray[np.integer], sizes: NDArray[np.integer]) -> NDArray[np.int64]:
    """Every place in some ranges: starts 5, 9 and sizes 2, 3 give 5, 6, 9, 10, 11."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))


def select_highest(values: NDArray[np.floating], count: int) -> NDArray[np.intp]:
    """The places, ascending, of the `count` highest values; all if there are fewer.

    Ties with the last one are all included, so that a later key decides and not the row order.
    """
    if len(values) <= count:
        return np.arange(len(values))
    return np.flatnonzero(values >= np.partition(values, -count)[-count])
