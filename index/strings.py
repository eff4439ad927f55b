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

    def only(self, kept: NDArray[np.bool_]) -> "StringTable":
        """A table of some of the strings: `kept` is (strings,)."""
        sizes = np.diff(self.ends, prepend=0)
        return StringTable(self.text[np.repeat(kept, sizes)], np.cumsum(sizes[kept]))

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


def joined_tables(tables: Sequence[StringTable]) -> tuple[StringTable, list[NDArray[np.int32]]]:
    """One sorted table of all strings of sorted tables; the number in it of each table's strings.

    The cost is that of looking up the strings of all tables but the first.
    """
    joined, numbers = tables[0], [np.arange(len(tables[0]), dtype=np.int32)]
    for table in tables[1:]:
        joined, moved, own = _with(joined, table)
        numbers = [*(moved[found] for found in numbers), own]
    return joined, numbers


def _with(
    table: StringTable, more: StringTable
) -> tuple[StringTable, NDArray[np.int32], NDArray[np.int32]]:
    """Both as one, and the new numbers of the strings of each."""
    strings = [more.bytes_at(number) for number in range(len(more))]
    places = np.array([table.lower_bound(string) for string in strings], np.int64)
    found = zip(places.tolist(), strings, strict=True)
    fresh = np.array([p == len(table) or table.bytes_at(p) != s for p, s in found], np.bool_)
    at, put = places[fresh], [s for s, new in zip(strings, fresh, strict=True) if new]
    moved = np.arange(len(table)) + np.searchsorted(at, np.arange(len(table)), side="right")
    own = places + np.cumsum(fresh) - fresh
    sizes = np.diff(table.ends, prepend=0)
    added = np.array([len(string) for string in put], np.int64)
    starts = np.concatenate([np.zeros(1, np.int64), table.ends])[at]
    text = np.insert(table.text, np.repeat(starts, added), np.frombuffer(b"".join(put), np.uint8))
    joined = StringTable(text, np.cumsum(np.insert(sizes, at, added)))
    return joined, moved.astype(np.int32), own.astype(np.int32)
