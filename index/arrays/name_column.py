"""A column of names: the number of each row's name.

Responsibility: collect the names of rows, and copy them from other columns.
Decision: names are numbered in the order of their first use, so that a copy needs no sorting.
Must not depend on: what the names are.
"""

from array import array

import numpy as np
from numpy.typing import NDArray


class NameColumn:
    """A column of names: the names in order of first use, and the number of each row's."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.values = array("i")

    def add(self, name: str) -> None:
        """Add the name of the next row."""
        self.values.append(self.names.setdefault(name, len(self.names)))

    def copy(self, numbers: NDArray[np.int32], names: tuple[str, ...]) -> None:
        """Add rows of another column: their numbers, and the names that these are of."""
        used, first = np.unique(numbers, return_index=True)
        table = np.zeros(len(names), np.int32)
        for number in used[np.argsort(first)].tolist():
            table[number] = self.names.setdefault(names[number], len(self.names))
        self.values.extend(table[numbers].tolist())

    def extend(self, more: "NameColumn") -> None:
        """Add all rows of another column."""
        self.copy(np.array(more.values, np.int32), tuple(more.names))
