"""Stretches of an array: every place in some of them, one after another.

Decision: arrays in, one array out; nothing is looped over. Must not know what lies in the places.
"""

import numpy as np
from numpy.typing import NDArray


def every_place(starts: NDArray[np.integer], sizes: NDArray[np.integer]) -> NDArray[np.int64]:
    """Of stretches that start here and are so long: 5, 9 and 2, 3 are 5, 6, 9, 10, 11."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
