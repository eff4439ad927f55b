"""Where in an article a word stands: headline, body or labels; and which words stand together.

Decision: the three are kept apart by the places of `exact`, so that no phrase runs from one into
the next and `title:` and `body:` need no positions of their own.
Must not know queries or scoring.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import intersect_places

HEADLINE, BODY, REST = 0, 1, 2
_SECTIONS = 3
_EARLY = 4
"""Windows of a section that are looked at before the rest: 3 s of stop words become 1."""
_FAR = 1 << 16
"""Farther than any phrase reaches with its slop."""
_SHIFT = 32
_PLACES = 1 << _SHIFT
"""Section and place share one int64 key; no article has so many words."""
Keys = NDArray[np.int64]
"""Occurrences as `(row * _SECTIONS + section) * _PLACES + place`, ascending."""


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """Where each row's headline and body end in `exact`: (rows,) int64 each."""

    headline_ends: NDArray[np.int64]
    body_ends: NDArray[np.int64]

    def keys(self, rows: NDArray[np.integer], places: NDArray[np.int64]) -> Keys:
        """The keys of one term's occurrences, which are in order."""
        section = (places >= self.headline_ends[rows]).astype(np.int64)
        section += places >= self.body_ends[rows]
        return np.asarray((rows.astype(np.int64) * _SECTIONS + section) * _PLACES + places)


def apart(
    rows: NDArray[np.int64],
    places: NDArray[np.int64],
    gap_rows: NDArray[np.int64],
    gap_places: NDArray[np.int64],
) -> Keys:
    """The keys of occurrences in a field of its own, pushed far apart by gaps."""
    keys, gaps = rows * _PLACES + places, gap_rows * _PLACES + gap_places
    before = np.searchsorted(gaps, keys) - np.searchsorted(gaps, rows * _PLACES)
    return np.asarray(rows * _SECTIONS * _PLACES + places + before * _FAR)


def rows_of(keys: Keys, section: int | None = None) -> NDArray[np.int64]:
    """The rows of these occurrences, of one section only where it is told; with repeats."""
    units = keys >> _SHIFT
    if section is not None:
        units = units[units % _SECTIONS == section]
    return units // _SECTIONS


def in_order(words: Sequence[Keys]) -> Keys:
    """Where the words stand side by side: keys of the first one.

    The rarest word is looked at first, and every other only where it still can be.
    """
    by_number = sorted(range(len(words)), key=lambda offset: len(words[offset]))
    found = words[by_number[0]] - by_number[0]
    for offset in by_number[1:]:
        found = found[intersect_places(found + offset, words[offset])[0]]
    return found


def together(words: Sequence[tuple[str, Keys]], slop: int) -> Keys:
    """Where the words stand within len(words) + slop places, in any order: keys of some of them.

    A word asked for twice must stand there twice. One place a section is enough: most that have
    any have it early, and only the others are looked through.
    """
    width = len(words) + slop
    counts = Counter(word for word, _ in words)
    distinct = sorted(dict(words).items(), key=lambda each: len(each[1]))
    shared = _shared_units([keys for _, keys in distinct])
    near = [(counts[word], keys[shared[keys >> _SHIFT]]) for word, keys in distinct]
    # Stable: merges what is sorted in parts.
    starts = np.sort(np.concatenate([keys for _, keys in near]), kind="stable")
    units = starts >> _SHIFT
    early = np.ones(len(starts), bool)
    early[_EARLY:] = units[_EARLY:] != units[:-_EARLY]
    found = _complete(starts[early], near, width)
    shared[found >> _SHIFT] = False
    near = [(count, keys[shared[keys >> _SHIFT]]) for count, keys in near]
    return np.concatenate([found, _complete(starts[shared[units]], near, width)])


def _complete(starts: Keys, words: Sequence[tuple[int, Keys]], width: int) -> Keys:
    """The starts of windows that hold every word as often as is asked."""
    for count, keys in words:
        # Places are far fewer than _PLACES: a window never reaches into the next section.
        last = np.searchsorted(keys, starts) + count - 1
        starts, last = starts[last < len(keys)], last[last < len(keys)]
        starts = starts[keys[last] < starts + width]
    return starts


def _shared_units(words: Sequence[Keys]) -> NDArray[np.bool_]:
    """Which row's sections have every word."""
    count = max((int(keys[-1] >> _SHIFT) + 1 for keys in words if len(keys)), default=0)
    shared = np.ones(count, bool)
    for keys in words:
        having = np.zeros(count, bool)
        having[keys >> _SHIFT] = True
        shared &= having
    return shared
