"""Groups of a ranking: stories, or single articles, in order of the best article of each.

Responsibility: find the groups of one page, and count them all.
Decision: the best of each story is found by comparing keys, and only the articles of the stories on
the page are sorted: a ranking has tens of thousands of articles, a page has ten stories.
Must not depend on: articles, scores or pages.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.ranking.order import Keys, first_places

_NONE = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """A page of groups: how many groups there are in all, and the places of each, best first."""

    count: int
    places: list[NDArray[np.intp]]


def group_none(keys: Keys, start: int, stop: int) -> Groups:
    """Articles from `start` up to `stop`, each a group of its own."""
    return Groups(len(keys), list(first_places(keys, stop)[start:].reshape(-1, 1)))


def group_by_story(
    keys: Keys, labels: NDArray[np.int32], stories: int, start: int, stop: int
) -> Groups:
    """Stories from `start` up to `stop`.

    Args:
        keys, labels: (n,) the order and the story number of each place.
        stories: How many stories there are; labels are below it.
    """
    best = np.full(stories, _NONE)
    np.minimum.at(best, labels, keys)
    matching = np.flatnonzero(best != _NONE)
    page = matching[first_places(best[matching], stop)[start:]]
    position = np.full(stories, -1, np.int32)
    position[page] = np.arange(len(page), dtype=np.int32)
    group = position[labels]
    members = np.flatnonzero(group >= 0)
    members = members[np.lexsort((keys[members], group[members]))]
    bounds = np.searchsorted(group[members], np.arange(1, len(page)))
    return Groups(len(matching), np.split(members, bounds) if len(page) else [])
