"""Positions of words: in which section of an article they are, and which occur together.

Responsibility: turn positions into sortable keys, and find phrases among keys.
Decision: sections of an article (headline, body, labels) are distinguished by position in `exact`.
So no phrase crosses from one into the next, and `title:` and `body:` need no fields of their own.
Must not depend on: queries or scoring.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import expand_ranges, intersect_places

HEADLINE, BODY, LABEL = 0, 1, 2
_SECTION_COUNT = 3
_FAR_APART = 1 << 16
"""More positions than any phrase spans, slop included."""
_SHIFT = 32
_POSITION_COUNT = 1 << _SHIFT
"""Section and position share one int64 key; no article has so many words."""
_MUCH_LONGER = 16
"""Merging two arrays of like length takes two thirds of the time of looking one up."""
_LAST = np.iinfo(np.int64).max
Keys = NDArray[np.int64]
"""Occurrences as `(row * _SECTION_COUNT + section) * _POSITION_COUNT + position`, ascending."""


@dataclass(frozen=True, eq=False)
class Occurrences:
    """The occurrences of one word.

    Attributes:
        keys: Ascending.
        unit_count: How many units, sections of rows, there are.
    """

    keys: Keys
    unit_count: int

    @cached_property
    def firsts(self) -> NDArray[np.int32]:
        """The place of the first key of each unit and after the last, (unit_count + 1,).

        A unit without the word has the place of the next one's.
        """
        counts = np.bincount(self.keys >> _SHIFT, minlength=self.unit_count)
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)

    def select(self, units: NDArray[np.integer]) -> Keys:
        """The keys of some units."""
        starts = self.firsts[units]
        return self.keys[expand_ranges(starts, self.firsts[units + 1] - starts)]


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """The positions in `exact` where each row's headline and body end: (rows,) int64 each."""

    headline_ends: NDArray[np.int64]
    body_ends: NDArray[np.int64]

    @property
    def unit_count(self) -> int:
        """How many sections all rows have together."""
        return _SECTION_COUNT * len(self.headline_ends)

    def to_keys(self, rows: NDArray[np.integer], positions: NDArray[np.int64]) -> Keys:
        """The keys of one term's occurrences, which are in order."""
        # In place: these are millions of occurrences of a stop word.
        keys = rows.astype(np.int64)
        keys *= _SECTION_COUNT
        keys += positions >= self.headline_ends[rows]
        keys += positions >= self.body_ends[rows]
        keys <<= _SHIFT
        keys += positions
        return keys


def separate_values(
    rows: NDArray[np.int64],
    positions: NDArray[np.int64],
    gap_rows: NDArray[np.int64],
    gap_positions: NDArray[np.int64],
) -> Keys:
    """The keys of a term's occurrences in a field of several values, with gaps between values.

    Values are moved so far apart that no phrase reaches from one into the next.
    """
    keys, gaps = rows * _POSITION_COUNT + positions, gap_rows * _POSITION_COUNT + gap_positions
    gaps_before = np.searchsorted(gaps, keys) - np.searchsorted(gaps, rows * _POSITION_COUNT)
    units = rows * _SECTION_COUNT
    return np.asarray(units * _POSITION_COUNT + positions + gaps_before * _FAR_APART)


def key_rows(keys: Keys, section: int | None = None) -> NDArray[np.int64]:
    """The rows of some occurrences, only those in `section` if it is given; with repeats."""
    units = keys >> _SHIFT
    if section is not None:
        units = units[units % _SECTION_COUNT == section]
    return units // _SECTION_COUNT


def find_adjacent(words: Sequence[Keys]) -> Keys:
    """Where words are next to each other, in order: keys of the first word.

    Starts with the rarest word and looks the others up only where a match is still possible.
    """
    offsets = sorted(range(len(words)), key=lambda offset: len(words[offset]))
    starts = words[offsets[0]] - offsets[0]
    for offset in offsets[1:]:
        starts = _intersect(starts + offset, words[offset]) - offset
    return starts


def _intersect(keys: Keys, others: Keys) -> Keys:
    """The common values of two ascending arrays without repeats."""
    if _MUCH_LONGER * len(keys) < len(others):
        return keys[intersect_places(keys, others)[0]]
    merged = np.sort(np.concatenate([keys, others]), kind="stable")
    return np.asarray(merged[1:][merged[1:] == merged[:-1]])


def find_near(words: Sequence[tuple[int, Occurrences]], slop: int) -> Keys:
    """Where words occur within a window, in any order: keys of some of them.

    One window in each section is enough. Where the words are frequent, most sections have one that
    begins with the first of them, so only the others are searched to the end.

    Args:
        words: Each with how often it must occur; the window has that many positions, and `slop`.
    """
    width = sum(count for count, _ in words) + slop
    has_all = np.ones(words[0][1].unit_count, bool)
    for count, occurrences in words:
        has_all &= occurrences.firsts[1:] - occurrences.firsts[:-1] >= count
    shared = has_all.nonzero()[0]
    firsts = [occurrences.firsts[shared] for _, occurrences in words]
    first_keys = [each.keys[at] for (_, each), at in zip(words, firsts, strict=True)]
    starts = np.min(first_keys, axis=0)
    is_match = np.ones(len(shared), bool)
    for (count, occurrences), at in zip(words, firsts, strict=True):
        is_match &= occurrences.keys[at + count - 1] < starts + width
    matches = [starts[is_match]]
    # Elsewhere, most have one that ends with the word that occurs last for the first time.
    others, ends = shared[~is_match], np.max(first_keys, axis=0)[~is_match]
    is_end = np.ones(len(ends), bool)
    for count, occurrences in words:
        places = np.searchsorted(occurrences.keys, ends, side="right") - count
        is_end &= (places >= 0) & (ends < occurrences.keys[places] + width)
    matches.append(ends[is_end])
    near = [(count, occurrences.select(others[~is_end])) for count, occurrences in words]
    near.sort(key=lambda item: len(item[1]))
    return np.concatenate([*matches, _find_windows(near, width)])


def _find_windows(words: Sequence[tuple[int, Keys]], width: int) -> Keys:
    """The starts of windows that have every word as often as its count."""
    starts = merge_keys([keys for _, keys in words])
    for count, keys in words:
        # Positions are far fewer than _POSITION_COUNT: no window reaches into the next section.
        starts = starts[_take(keys, np.searchsorted(keys, starts) + count - 1) < starts + width]
    return starts


def _take(keys: Keys, places: NDArray[np.intp]) -> Keys:
    """The keys at some places; a key after all others for places after the last."""
    taken = keys.take(places, mode="clip") if len(keys) else np.full(len(places), _LAST)
    taken[places >= len(keys)] = _LAST
    return taken


def merge_keys(parts: Sequence[Keys]) -> Keys:
    """Several ascending arrays as one without repeats."""
    if len(parts) == 1:
        return parts[0]
    # A stable sort merges parts that are sorted; np.unique takes ten times as long.
    keys = np.sort(np.concatenate(parts), kind="stable")
    is_new = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
    return keys[is_new]
