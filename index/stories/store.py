"""The stories of a generation, as files.

Responsibility: write and read the story of each row, the ids of stories and their central articles.
Decision: arrays, former ids included, so that no address of a story ever breaks.
Must not depend on: how stories are found.
"""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import expand_ranges
from index.arrays.string_table import StringTable
from index.semantic.multi_vectors import MeanVectors
from index.storage.array_file import open_arrays, write_arrays
from index.storage.chains import Chains
from index.storage.doc_values import UNDATED, DocValues
from index.stories.ids import NO_PREVIOUS_STORIES, PreviousStories, StoryIds, inherit_ids

_STORIES_PER_BLOCK = 4_096
"""Stories whose centres are computed together; one by one, those of 67,000 took 1.2 s."""
_FILE = "stories.safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class StoryStore:
    """The stories of n rows.

    Attributes:
        labels: (n,) int32, the story of each row.
        order: (articles,) int32, the latest row of each chain by story, oldest first within one.
        starts: (stories + 1,) int64; the rows of story i are `order[starts[i]:starts[i + 1]]`.
        centres: (stories,) int32, the row of the most central article of each story.
        ids: The id of each story.
        id_order: (stories,) int32, the stories in byte order of their ids.
        former: Ids that no story has any more, in byte order.
        former_to: (former,) int32, the story to which each former id leads, or `WITHDRAWN`.
    """

    labels: NDArray[np.int32]
    order: NDArray[np.int32]
    starts: NDArray[np.int64]
    centres: NDArray[np.int32]
    ids: StringTable
    id_order: NDArray[np.int32]
    former: StringTable
    former_to: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.centres)

    def rows(self, story: int) -> NDArray[np.int32]:
        """The rows of one story, oldest first."""
        return self.order[int(self.starts[story]) : int(self.starts[story + 1])]

    def find(self, story_id: str) -> int | None:
        """The number of the story with an id, or of the story to which a former id leads.

        None for an unknown id; `WITHDRAWN` if all articles of its story were withdrawn.
        """
        number = self.ids.find(story_id, self.id_order)
        if number is not None:
            return number
        former = self.former.find(story_id)
        return None if former is None else int(self.former_to[former])

    def to_previous(self, doc_values: DocValues) -> PreviousStories:
        """These stories as the previous ones of the next generation."""
        former = {self.former[n]: int(to) for n, to in enumerate(self.former_to)}
        ids = StoryIds(tuple(self.ids[number] for number in range(len(self))), former)
        labels = self.labels.tolist()
        return PreviousStories(
            {doc_values.uris[row]: labels[row] for row in range(len(doc_values))}, ids
        )


def write_story_store(
    folder: Path,
    labels: NDArray[np.int32],
    doc_values: DocValues,
    vectors: "MeanVectors | NDArray[np.float32] | None",
    *,
    previous: PreviousStories = NO_PREVIOUS_STORIES,
    chains: Chains | None = None,
) -> int:
    """Write stories with ids inherited from the previous ones; return the number of stories.

    Args:
        labels: (rows,) int32, the story of each row.
        vectors: The mean vector of each row, to find central articles; None without a model.
        chains: Only the latest row of each counts as an article of its story; None if every row
            does.
    """
    published = np.where(
        doc_values.published == UNDATED, np.iinfo(np.int64).max, doc_values.published
    )
    order = np.lexsort((doc_values.uri_rank, published, labels)).astype(np.int32)
    if chains is not None:
        order = order[chains.is_head[order]]
    count = int(labels.max(initial=-1)) + 1
    starts = np.searchsorted(labels[order], np.arange(count + 1)).astype(np.int64)
    members = [order[a:b] for a, b in pairwise(starts)]
    uris = [[doc_values.uris[int(row)] for row in rows] for rows in members]
    story_ids = inherit_ids(uris, previous)
    current = StringTable.of(story_ids.current)
    former_ids = sorted(story_ids.former, key=str.encode)
    former = StringTable.of(former_ids)
    arrays: dict[str, NDArray[np.generic]] = {
        "labels": labels,
        "order": order,
        "starts": starts,
        "centres": _find_centres(order, starts, vectors),
        "id_text": current.text,
        "id_ends": current.ends,
        "id_order": np.array(sorted(range(count), key=story_ids.current.__getitem__), np.int32),
        "former_text": former.text,
        "former_ends": former.ends,
        "former_to": np.array([story_ids.former[id_] for id_ in former_ids], np.int32),
    }
    write_arrays(folder / _FILE, arrays)
    return count


def open_story_store(folder: Path) -> StoryStore:
    """Open the stories in a folder."""
    arrays = open_arrays(folder / _FILE)
    ids = StringTable(arrays.pop("id_text"), arrays.pop("id_ends"))
    former = StringTable(arrays.pop("former_text"), arrays.pop("former_ends"))
    return StoryStore(ids=ids, former=former, **arrays)


def _find_centres(
    order: NDArray[np.int32],
    starts: NDArray[np.int64],
    vectors: "MeanVectors | NDArray[np.float32] | None",
) -> NDArray[np.int32]:
    """The row of each story that is most similar to the mean of its rows; the first of equal ones.

    Args:
        order, starts: As in `StoryStore`.
    """
    centres, sizes = order[starts[:-1]], np.diff(starts)
    large = np.flatnonzero(sizes >= 3) if vectors is not None else starts[:0]
    for first in range(0, len(large), _STORIES_PER_BLOCK):
        block = large[first : first + _STORIES_PER_BLOCK]
        offsets = np.cumsum(sizes[block]) - sizes[block]
        members = expand_ranges(starts[block], sizes[block])
        assert vectors is not None
        member_vectors = np.asarray(vectors[order[members]])
        sums = np.add.reduceat(member_vectors, offsets, axis=0)
        products = np.vecdot(member_vectors, np.repeat(sums, sizes[block], axis=0))
        highest = np.repeat(np.maximum.reduceat(products, offsets), sizes[block])
        nearest = np.flatnonzero(products == highest)
        centres[block] = order[members[nearest[np.searchsorted(nearest, offsets)]]]
    return centres
