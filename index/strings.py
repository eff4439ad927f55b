"""Many strings as two arrays: one mapped file of bytes and one of ends.

Decision: a sorted table is searched by halving, so that a million names cost no memory.
Must not know what the strings are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

_REMEMBERED = 4096
"""Strings whose places are kept: a search looks up each of its words seven times, 45 µs each."""


@dataclass(frozen=True, slots=True, eq=False)
class StringTable:
    """Strings as UTF-8; string i ends at `ends[i]`.

    Attributes:
        text: (bytes,) uint8, all strings end to end.
        ends: (strings,) int64.
    """

    text: NDArray[np.uint8]
    ends: NDArray[np.int64]
    _found: dict[str, int] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, strings: Sequence[str | bytes]) -> "StringTable":
        """A table of these strings in this order."""
        encoded = [s.encode() if isinstance(s, str) else s for s in strings]
        ends = np.fromiter(accumulate(map(len, encoded)), np.int64, len(encoded))
        return cls(np.frombuffer(b"".join(encoded), np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def bytes_at(self, number: int) -> bytes:
        """The bytes of one string."""
        start = int(self.ends[number - 1]) if number else 0
        return self.text[start : int(self.ends[number])].tobytes()

    def __getitem__(self, number: int) -> str:
        return self.bytes_at(number).decode()

    def lower_bound(self, wanted: bytes, order: NDArray[np.int32] | None = None) -> int:
        """The first place, in byte order, whose string is not below `wanted`.

        Args:
            order: Numbers of the strings in byte order; None where the table itself is sorted.
        """
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.bytes_at(int(order[middle]) if order is not None else middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, string: str, order: NDArray[np.int32] | None = None) -> int | None:
        """The number of a string, None where the table does not hold it.

        Args:
            order: As in `lower_bound`; one table is asked with the same one always.
        """
        number = self._found.get(string)
        if number is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            number = self._found[string] = self._searched(string, order)
        return number if number >= 0 else None

    def _searched(self, string: str, order: NDArray[np.int32] | None) -> int:
        """The number of a string, -1 where the table does not hold it."""
        wanted = string.encode(errors="surrogatepass")
        place = self.lower_bound(wanted, order)
        if place == len(self):
            return -1
        number = int(order[place]) if order is not None else place
        return number if self.bytes_at(number) == wanted else -1
