"""Sets of rows as ascending arrays: what two have in common, and all that any has.

Decision: the shorter array is looked up in the longer, so that a rare term costs little beside a
frequent one.
Must not know what the rows are.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.integer]


def common(ours: Rows, theirs: Rows) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places in each of two ascending arrays of what both hold, in order."""
    if len(ours) > len(theirs):
        there, here = common(theirs, ours)
        return here, there
    if not len(ours):
        nothing = np.empty(0, np.intp)
        return nothing, nothing
    # Methods: NumPy's functions of the same names cost as much again as a short array does.
    places = theirs.searchsorted(ours)
    np.minimum(places, len(theirs) - 1, out=places)
    here = (theirs.take(places) == ours).nonzero()[0]
    return here, places.take(here)


def shared(sets: Iterable[Rows]) -> Rows:
    """What all of some ascending arrays hold; the shortest is looked at first."""
    first, *others = sorted(sets, key=len)
    for rows in others:
        if not len(first):
            break
        first = first[common(first, rows)[0]]
    return first


def united(sets: Iterable[Rows], size: int) -> NDArray[np.intp]:
    """The rows below `size` that any has, ascending; np.unique takes five times as long."""
    having = np.zeros(size, bool)
    for rows in sets:
        having[rows] = True
    return having.nonzero()[0]
