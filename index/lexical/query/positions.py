"""Positions of words: in which section of an article they are, and which occur together.

Responsibility: turn positions into sortable keys, and find phrases among keys.
Decision: sections of an article (headline, body, labels) are distinguished by position in `exact`.
So no phrase crosses from one into the next, and `title:` and `body:` need no fields of their own.
Must not depend on: queries or scoring.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import intersect_places

HEADLINE, BODY, LABEL = 0, 1, 2
_SECTION_COUNT = 3
_FIRST_WINDOWS = 4
"""Windows of a section that are checked before the others: 3 s for stop words become 1 s."""
_FAR_APART = 1 << 16
"""More positions than any phrase spans, slop included."""
_SHIFT = 32
_POSITION_COUNT = 1 << _SHIFT
"""Section and position share one int64 key; no article has so many words."""
Keys = NDArray[np.int64]
"""Occurrences as `(row * _SECTION_COUNT + section) * _POSITION_COUNT + position`, ascending."""


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """The positions in `exact` where each row's headline and body end: (rows,) int64 each."""

    headline_ends: NDArray[np.int64]
    body_ends: NDArray[np.int64]

    def to_keys(self, rows: NDArray[np.integer], positions: NDArray[np.int64]) -> Keys:
        """The keys of one term's occurrences, which are in order."""
        section = (positions >= self.headline_ends[rows]).astype(np.int64)
        section += positions >= self.body_ends[rows]
        units = rows.astype(np.int64) * _SECTION_COUNT + section
        return np.asarray(units * _POSITION_COUNT + positions)


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
        starts = starts[intersect_places(starts + offset, words[offset])[0]]
    return starts


def find_near(words: Sequence[tuple[Hashable, Keys]], slop: int) -> Keys:
    """Where words occur within len(words) + slop positions, in any order: keys of some of them.

    A repeated word must occur as often. One window in each section is enough, and most sections
    that have one have it early, so only the others are searched to the end.
    """
    width = len(words) + slop
    counts = Counter(word for word, _ in words)
    by_frequency = sorted(dict(words).items(), key=lambda item: len(item[1]))
    is_open = _find_shared_units([keys for _, keys in by_frequency])
    near = [(counts[word], keys[is_open[keys >> _SHIFT]]) for word, keys in by_frequency]
    # A stable sort merges parts that are sorted.
    starts = np.sort(np.concatenate([keys for _, keys in near]), kind="stable")
    units = starts >> _SHIFT
    is_first = np.ones(len(starts), bool)
    is_first[_FIRST_WINDOWS:] = units[_FIRST_WINDOWS:] != units[:-_FIRST_WINDOWS]
    matches = _find_windows(starts[is_first], near, width)
    is_open[matches >> _SHIFT] = False
    near = [(count, keys[is_open[keys >> _SHIFT]]) for count, keys in near]
    return np.concatenate([matches, _find_windows(starts[is_open[units]], near, width)])


def _find_windows(starts: Keys, words: Sequence[tuple[int, Keys]], width: int) -> Keys:
    """The starts of windows that have every word as often as its count."""
    for count, keys in words:
        # Positions are far fewer than _POSITION_COUNT: no window reaches into the next section.
        last = np.searchsorted(keys, starts) + count - 1
        starts, last = starts[last < len(keys)], last[last < len(keys)]
        starts = starts[keys[last] < starts + width]
    return starts


def _find_shared_units(words: Sequence[Keys]) -> NDArray[np.bool_]:
    """Which units, sections of rows, have every word."""
    count = max((int(keys[-1] >> _SHIFT) + 1 for keys in words if len(keys)), default=0)
    is_shared = np.ones(count, bool)
    for keys in words:
        has_word = np.zeros(count, bool)
        has_word[keys >> _SHIFT] = True
        is_shared &= has_word
    return is_shared
