"""Ids of stories that stay: from the generation before to the next, over merges and splits.

Decision: an id goes to the story that holds most of its articles; the rest of a split gets a new
id, and an id that is left over leads to where most of its articles went. No id is used twice.
Must not know files, queries or how stories are found.
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
    """Ids of stories, numbered from 0, and where former ids lead.

    Attributes:
        names: Id of each story.
        former: Number of a story, or `WITHDRAWN`, by an id that no story has any more.
    """

    current: tuple[str, ...]
    former: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class PreviousStories:
    """The stories of the generation before: `story_of` gives each article's, by uri."""

    story_of: dict[str, int]
    ids: StoryIds


NO_PREVIOUS_STORIES = PreviousStories({}, StoryIds(()))


def inherit_ids(members: Sequence[Sequence[str]], before: PreviousStories) -> StoryIds:
    """Ids for stories given by the uris of their articles, oldest first.

    A story with no id to take gets one from its oldest article: the same in every archive that is
    built from nothing.
    """
    shared = _shared(members, before.story_of)
    given: dict[int, int] = {}
    taken: set[int] = set()
    for old, new in shared:
        if old not in taken and new not in given:
            given[new] = old
            taken.add(old)
    leads: dict[int, int] = {}
    for old, new in shared:
        leads.setdefault(old, new)
    former = {name: leads.get(old, WITHDRAWN) for old, name in enumerate(before.ids.current)}
    former |= {name: leads.get(old, WITHDRAWN) for name, old in before.ids.former.items()}
    names = [before.ids.current[given[n]] if n in given else "" for n in range(len(members))]
    used = {*former, *names}
    for number, uris in enumerate(members):
        if not names[number]:
            names[number] = _fresh(uris[0], used)
            used.add(names[number])
    held = set(names)
    return StoryIds(tuple(names), {k: v for k, v in former.items() if k not in held})


def _shared(members: Sequence[Sequence[str]], story_of: dict[str, int]) -> list[tuple[int, int]]:
    """Pairs of an old and a new story that share articles: most first, then by number."""
    pairs = np.array(
        [
            (story_of[uri], number)
            for number, uris in enumerate(members)
            for uri in uris
            if uri in story_of
        ],
        np.int64,
    ).reshape(-1, 2)
    found, counts = np.unique(pairs, axis=0, return_counts=True)
    order: NDArray[np.intp] = np.lexsort((found[:, 1], found[:, 0], -counts))
    return [(old, new) for old, new in found[order].tolist()]


def _fresh(uri: str, used: Iterable[str]) -> str:
    salt = ""
    while (name := "s" + hashlib.sha256((uri + salt).encode()).hexdigest()[:12]) in used:
        salt += "\n"
    return name
