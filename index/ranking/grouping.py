"""Groups of what was found: stories, or articles alone, in order of the best article of each.

Decision: the best of each story is found by comparing, and only the articles of those that are
shown are sorted: what is found is ten thousands, a page holds ten stories.
Must not know articles, scores or pages.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.ranking.order import Keys, first

_NONE = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Some groups of all; `places` are each one's, best first."""

    count: int
    places: list[NDArray[np.intp]]


def group_none(keys: Keys, start: int, stop: int) -> Groups:
    """Articles from `start` up to `stop`, each a group."""
    return Groups(len(keys), list(first(keys, stop)[start:].reshape(-1, 1)))


def group_by_story(
    keys: Keys, labels: NDArray[np.int32], stories: int, start: int, stop: int
) -> Groups:
    """Stories from `start` up to `stop`.

    Args:
        keys, labels: (found,) the order and the story of each place.
        stories: How many stories there are; labels are below it.
    """
    best = np.full(stories, _NONE)
    np.minimum.at(best, labels, keys)
    found = np.flatnonzero(best != _NONE)
    chosen = found[first(best[found], stop)[start:]]
    wanted = np.full(stories, -1, np.int32)
    wanted[chosen] = np.arange(len(chosen), dtype=np.int32)
    number = wanted[labels]
    members = np.flatnonzero(number >= 0)
    members = members[np.lexsort((keys[members], number[members]))]
    bounds = np.searchsorted(number[members], np.arange(1, len(chosen)))
    return Groups(len(found), np.split(members, bounds) if len(chosen) else [])
