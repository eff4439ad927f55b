"""String tables: many strings as two arrays, one of bytes and one of ends.

Responsibility: read strings by number, find them, and merge sorted tables.
Decision: a sorted table is searched by binary search, first in a list of every 64th string, then
between two of them. A million names take a megabyte for this, and one is found in 2 µs.
Must not depend on: what the strings are.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

_STRIDE = 64
"""One of so many strings is in the list: 3 µs to find one of 600,000, 45 µs without the list."""


@dataclass(frozen=True, slots=True, eq=False)
class StringTable:
    """Strings as UTF-8; string i ends at `ends[i]`.

    Attributes:
        text: (bytes,) uint8, all strings end to end.
        ends: (strings,) int64.
    """

    text: NDArray[np.uint8]
    ends: NDArray[np.int64]
    _views: tuple[memoryview, memoryview] = field(init=False, repr=False)
    _every_64th: list[bytes] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        # Reading a number from a view takes a third of the time that it takes from an array.
        object.__setattr__(self, "_views", (self.text.data, self.ends.data))

    @classmethod
    def of(cls, strings: Sequence[str | bytes]) -> "StringTable":
        """A table of some strings in their order."""
        encoded = [s.encode() if isinstance(s, str) else s for s in strings]
        ends = np.fromiter(accumulate(map(len, encoded)), np.int64, len(encoded))
        return cls(np.frombuffer(b"".join(encoded), np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def get_bytes(self, number: int) -> bytes:
        """The bytes of one string."""
        text, ends = self._views
        return text[ends[number - 1] if number else 0 : ends[number]].tobytes()

    def __getitem__(self, number: int) -> str:
        return self.get_bytes(number).decode()

    def select(self, mask: NDArray[np.bool_]) -> "StringTable":
        """A table of the strings where `mask`, (strings,), is true."""
        sizes = np.diff(self.ends, prepend=0)
        return StringTable(self.text[np.repeat(mask, sizes)], np.cumsum(sizes[mask]))

    def lower_bound(self, wanted: bytes, order: NDArray[np.int32] | None = None) -> int:
        """The first place, in byte order, of a string that is not below `wanted`.

        Args:
            order: The numbers of the strings in byte order; None if the table itself is sorted.
        """
        if order is not None:
            return bisect_left(order, wanted, key=lambda number: self.get_bytes(int(number)))
        listed = self._every_64th
        if listed is None:
            listed = [self.get_bytes(number) for number in range(0, len(self), _STRIDE)]
            object.__setattr__(self, "_every_64th", listed)
        place = bisect_left(listed, wanted)
        first, last = max(place - 1, 0) * _STRIDE, min(place * _STRIDE, len(self))
        return bisect_left(range(len(self)), wanted, first, last, key=self.get_bytes)

    def find(self, string: str, order: NDArray[np.int32] | None = None) -> int | None:
        """The number of a string, None if the table does not have it.

        Args:
            order: As in `lower_bound`.
        """
        wanted = string.encode(errors="surrogatepass")
        place = self.lower_bound(wanted, order)
        if place == len(self):
            return None
        number = int(order[place]) if order is not None else place
        return number if self.get_bytes(number) == wanted else None


def merge_tables(tables: Sequence[StringTable]) -> tuple[StringTable, list[NDArray[np.int32]]]:
    """One sorted table of all strings of sorted tables, and the numbers in it of each table's.

    The work is looking up the strings of all tables but the first.
    """
    merged, numbers = tables[0], [np.arange(len(tables[0]), dtype=np.int32)]
    for table in tables[1:]:
        merged, moved, inserted = _merge_two(merged, table)
        numbers = [*(moved[previous] for previous in numbers), inserted]
    return merged, numbers


def _merge_two(
    table: StringTable, more: StringTable
) -> tuple[StringTable, NDArray[np.int32], NDArray[np.int32]]:
    """Both tables as one, and the new numbers of the strings of each."""
    strings = [more.get_bytes(number) for number in range(len(more))]
    places = np.array([table.lower_bound(string) for string in strings], np.int64)
    is_new = np.array(
        [
            place == len(table) or table.get_bytes(place) != string
            for place, string in zip(places.tolist(), strings, strict=True)
        ],
        np.bool_,
    )
    new_places = places[is_new]
    new_strings = [string for string, new in zip(strings, is_new, strict=True) if new]
    old = np.arange(len(table))
    moved = old + np.searchsorted(new_places, old, side="right")
    inserted = places + np.cumsum(is_new) - is_new
    sizes = np.diff(table.ends, prepend=0)
    new_sizes = np.array([len(string) for string in new_strings], np.int64)
    starts = np.concatenate([np.zeros(1, np.int64), table.ends])[new_places]
    new_text = np.frombuffer(b"".join(new_strings), np.uint8)
    text = np.insert(table.text, np.repeat(starts, new_sizes), new_text)
    merged = StringTable(text, np.cumsum(np.insert(sizes, new_places, new_sizes)))
    return merged, moved.astype(np.int32), inserted.astype(np.int32)
