"""Ids of stories that last: from one generation to the next, over merges and splits.

Responsibility: give every story an id, inherited from the previous generation if possible.
Decision: an id goes to the story that has most of its articles. The rest of a split gets a new id.
An id that no story has any more leads to the story that has most of its articles. No id is reused.
Must not depend on: files, queries, or how stories are found.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

WITHDRAWN = -1
"""Where an id leads whose articles have all been withdrawn."""


@dataclass(frozen=True, slots=True)
class StoryIds:
    """Ids of stories, which are numbered from 0.

    Attributes:
        current: The id of each story.
        former: For each id that no story has any more, the number of the story to which it leads,
            or `WITHDRAWN`.
    """

    current: tuple[str, ...]
    former: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class PreviousStories:
    """The stories of the previous generation.

    Attributes:
        story_of: The number of the story of each article, by uri.
        ids: The ids of the stories.
    """

    story_of: dict[str, int]
    ids: StoryIds


NO_PREVIOUS_STORIES = PreviousStories({}, StoryIds(()))


def inherit_ids(members: Sequence[Sequence[str]], previous: PreviousStories) -> StoryIds:
    """Give ids to stories.

    A story that inherits no id gets one from its oldest article, so that every archive that is
    indexed from the beginning has the same ids.

    Args:
        members: The uris of the articles of each story, oldest first.
        previous: The stories of the previous generation.
    """
    overlaps = _count_overlaps(members, previous.story_of)
    heirs: dict[int, int] = {}
    inherited: set[int] = set()
    for old, new in overlaps:
        if old not in inherited and new not in heirs:
            heirs[new] = old
            inherited.add(old)
    successors: dict[int, int] = {}
    for old, new in overlaps:
        successors.setdefault(old, new)
    former = {id_: successors.get(old, WITHDRAWN) for old, id_ in enumerate(previous.ids.current)}
    former |= {id_: successors.get(old, WITHDRAWN) for id_, old in previous.ids.former.items()}
    current = [previous.ids.current[heirs[n]] if n in heirs else "" for n in range(len(members))]
    used = {*former, *current}
    for number, uris in enumerate(members):
        if not current[number]:
            current[number] = _make_id(uris[0], used)
            used.add(current[number])
    in_use = set(current)
    return StoryIds(tuple(current), {id_: n for id_, n in former.items() if id_ not in in_use})


def _count_overlaps(
    members: Sequence[Sequence[str]], story_of: dict[str, int]
) -> list[tuple[int, int]]:
    """Pairs of an old and a new story with common articles: most articles first, then by number."""
    pairs = np.array(
        [
            (story_of[uri], number)
            for number, uris in enumerate(members)
            for uri in uris
            if uri in story_of
        ],
        np.int64,
    ).reshape(-1, 2)
    distinct, counts = np.unique(pairs, axis=0, return_counts=True)
    order: NDArray[np.intp] = np.lexsort((distinct[:, 1], distinct[:, 0], -counts))
    return [(old, new) for old, new in distinct[order].tolist()]


def _make_id(uri: str, used: Iterable[str]) -> str:
    salt = ""
    while (id_ := "s" + hashlib.sha256((uri + salt).encode()).hexdigest()[:12]) in used:
        salt += "\n"
    return id_
