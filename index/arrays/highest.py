"""The highest of some values, and all that tie with the last of them.

Decision: ties are never cut, so that what comes after decides them and not the order of rows.
Must not know what the values are.
"""

import numpy as np
from numpy.typing import NDArray


def highest(values: NDArray[np.floating], count: int) -> NDArray[np.intp]:
    """The places, ascending, of the `count` highest and what ties with the last; all if fewer."""
    if len(values) <= count:
        return np.arange(len(values))
    return np.flatnonzero(values >= np.partition(values, -count)[-count])
