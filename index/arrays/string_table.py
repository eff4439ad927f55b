"""Many strings as two arrays: one mapped file of bytes and one of ends.

Decision: a sorted table is searched by halving: first a list of every 64th string, then between two
of them. A million names cost a megabyte, and one is found in 2 µs.
Must not know what the strings are.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

_APART = 64
"""From one string of the list to the next: 3 µs to find one of 600,000, 45 without the list."""


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
    _posts: list[bytes] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        # One number out of a view costs a third of one out of an array.
        object.__setattr__(self, "_views", (self.text.data, self.ends.data))

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
        text, ends = self._views
        return text[ends[number - 1] if number else 0 : ends[number]].tobytes()

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
        if order is not None:
            return bisect_left(order, wanted, key=lambda number: self.bytes_at(int(number)))
        posts = self._posts
        if posts is None:
            posts = [self.bytes_at(number) for number in range(0, len(self), _APART)]
            object.__setattr__(self, "_posts", posts)
        post = bisect_left(posts, wanted)
        first, last = max(post - 1, 0) * _APART, min(post * _APART, len(self))
        return bisect_left(range(len(self)), wanted, first, last, key=self.bytes_at)

    def find(self, string: str, order: NDArray[np.int32] | None = None) -> int | None:
        """The number of a string, None where the table does not hold it.

        Args:
            order: As in `lower_bound`.
        """
        wanted = string.encode(errors="surrogatepass")
        place = self.lower_bound(wanted, order)
        if place == len(self):
            return None
        number = int(order[place]) if order is not None else place
        return number if self.bytes_at(number) == wanted else None


def merge_tables(tables: Sequence[StringTable]) -> tuple[StringTable, list[NDArray[np.int32]]]:
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
