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

HEADLINE, BODY, LABELS = 0, 1, 2
_SECTIONS = 3
_FAR = 1 << 16
"""Farther than any phrase reaches with its slop."""
_PLACES = 1 << 32
"""Section and place share one int64 key; no article has so many words."""
Keys = NDArray[np.int64]
"""Occurrences as `(row * _SECTIONS + section) * _PLACES + place`, ascending."""


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """Where each row's headline and body end in `exact`: (rows,) int64 each."""

    headline_ends: NDArray[np.int64]
    body_ends: NDArray[np.int64]

    def keys(self, rows: NDArray[np.int64], places: NDArray[np.int64]) -> Keys:
        """The keys of occurrences of one or several terms, sorted."""
        section = (places >= self.headline_ends[rows]).astype(np.int64)
        section += places >= self.body_ends[rows]
        return np.sort((rows * _SECTIONS + section) * _PLACES + places)


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
    units = keys // _PLACES
    if section is not None:
        units = units[units % _SECTIONS == section]
    return units // _SECTIONS


def in_order(words: Sequence[Keys]) -> Keys:
    """Where the words stand side by side: keys of the first one."""
    found = words[0]
    for offset, keys in enumerate(words[1:], start=1):
        found = np.intersect1d(found, keys - offset, assume_unique=True)
    return found


def together(words: Sequence[tuple[str, Keys]], slop: int) -> Keys:
    """Where the words stand within len(words) + slop places, in any order: keys of one of them.

    A word asked for twice must stand there twice.
    """
    width = len(words) + slop
    found = np.unique(np.concatenate([keys for _, keys in words]))
    occurrences = dict(words)
    for word, count in Counter(word for word, _ in words).items():
        keys = occurrences[word]
        # Places are far fewer than _PLACES: a window never reaches into the next section.
        inside = np.searchsorted(keys, found + width) - np.searchsorted(keys, found)
        found = found[inside >= count]
    return found
