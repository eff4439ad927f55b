"""The stories of a generation, as files: which row is in which, and what each is called.

Decision: plain arrays, former ids among them, so that no address of a story ever breaks.
Must not know how stories are found.
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
from index.storage.doc_values import UNDATED, DocValues
from index.stories.ids import NO_PREVIOUS_STORIES, PreviousStories, StoryIds, inherit_ids

_AT_ONCE = 4_096
"""Stories whose centres are found together; one by one, those of 67,000 took 1.2 s."""
_FILE = "stories.safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class StoryStore:
    """Stories of n rows.

    Attributes:
        labels: (n,) int32, the story of each row.
        order: (n,) int32, rows by story, oldest first within one.
        starts: (stories + 1,) int64; rows of story i are `order[starts[i]:starts[i + 1]]`.
        centres: (stories,) int32, the row that stands for each: its most central article.
        ids, id_order: Id of each story; (stories,) int32, stories in byte order of their ids.
        former, former_to: Ids that were, in byte order; (former,) int32, the story that each leads
            to, or `WITHDRAWN`.
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
        """The number of the story that has an id or took over its articles; None for neither.

        `WITHDRAWN` where the story was, and all its articles were withdrawn.
        """
        found = self.ids.find(story_id, self.id_order)
        if found is not None:
            return found
        place = self.former.find(story_id)
        return None if place is None else int(self.former_to[place])

    def to_previous(self, doc_values: DocValues) -> PreviousStories:
        """These stories as those before the next generation's."""
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
    before: PreviousStories = NO_PREVIOUS_STORIES,
) -> int:
    """Write the stories that `labels` tell, with ids from those before; return how many."""
    when = np.where(doc_values.published == UNDATED, np.iinfo(np.int64).max, doc_values.published)
    order = np.lexsort((doc_values.uri_rank, when, labels)).astype(np.int32)
    count = int(labels.max(initial=-1)) + 1
    starts = np.searchsorted(labels[order], np.arange(count + 1)).astype(np.int64)
    members = [order[a:b] for a, b in pairwise(starts)]
    named = inherit_ids([[doc_values.uris[int(row)] for row in rows] for rows in members], before)
    ids, former = StringTable.of(named.current), sorted(named.former, key=str.encode)
    were = StringTable.of(former)
    arrays: dict[str, NDArray[np.generic]] = {
        "labels": labels,
        "order": order,
        "starts": starts,
        "centres": _centres(order, starts, vectors),
        "id_text": ids.text,
        "id_ends": ids.ends,
        "id_order": np.array(sorted(range(count), key=named.current.__getitem__), np.int32),
        "former_text": were.text,
        "former_ends": were.ends,
        "former_to": np.array([named.former[name] for name in former], np.int32),
    }
    write_arrays(folder / _FILE, arrays)
    return count


def open_story_store(folder: Path) -> StoryStore:
    """Open written stories."""
    read = open_arrays(folder / _FILE)
    table = StringTable(read.pop("id_text"), read.pop("id_ends"))
    were = StringTable(read.pop("former_text"), read.pop("former_ends"))
    return StoryStore(ids=table, former=were, **read)


def _centres(
    order: NDArray[np.int32],
    starts: NDArray[np.int64],
    vectors: "MeanVectors | NDArray[np.float32] | None",
) -> NDArray[np.int32]:
    """For each story the row nearest to the mean of all; the first where nothing tells them apart.

    `order` and `starts` are those of a `StoryStore`.
    """
    centres, sizes = order[starts[:-1]], np.diff(starts)
    several = np.flatnonzero(sizes >= 3) if vectors is not None else starts[:0]
    for first in range(0, len(several), _AT_ONCE):
        some = several[first : first + _AT_ONCE]
        begins = np.cumsum(sizes[some]) - sizes[some]
        places = expand_ranges(starts[some], sizes[some])
        assert vectors is not None
        found = np.asarray(vectors[order[places]])
        sums = np.add.reduceat(found, begins, axis=0)
        near = np.vecdot(found, np.repeat(sums, sizes[some], axis=0))
        nearest = np.flatnonzero(near == np.repeat(np.maximum.reduceat(near, begins), sizes[some]))
        centres[some] = order[places[nearest[np.searchsorted(nearest, begins)]]]
    return centres
