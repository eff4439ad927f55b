"""The stories of a generation, as files: which row is in which, and what each is called.

Decision: an id comes from the story's earliest article, so that a rebuild gives the same ids.
Must not know how stories are found.
"""

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.columns import UNDATED, Columns
from index.strings import StringTable


@dataclass(frozen=True, slots=True, eq=False)
class Storybook:
    """Stories of n rows.

    Attributes:
        labels: (n,) int32, the story of each row.
        order: (n,) int32, rows by story, oldest first within one.
        starts: (stories + 1,) int64; rows of story i are `order[starts[i]:starts[i + 1]]`.
        centres: (stories,) int32, the row that stands for each: its most central article.
        ids, id_order: Id of each story; (stories,) int32, stories in byte order of their ids.
    """

    labels: NDArray[np.int32]
    order: NDArray[np.int32]
    starts: NDArray[np.int64]
    centres: NDArray[np.int32]
    ids: StringTable
    id_order: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.centres)

    def rows(self, story: int) -> NDArray[np.int32]:
        """The rows of one story, oldest first."""
        return self.order[int(self.starts[story]) : int(self.starts[story + 1])]

    def find(self, story_id: str) -> int | None:
        """The number of a story, None where there is none with this id."""
        return self.ids.find(story_id, self.id_order)


def write_stories(
    folder: Path,
    labels: NDArray[np.int32],
    columns: Columns,
    vectors: NDArray[np.float32] | None,
) -> int:
    """Write the stories that `labels` tell; return how many there are."""
    when = np.where(columns.published == UNDATED, np.iinfo(np.int64).max, columns.published)
    order = np.lexsort((columns.uri_rank, when, labels)).astype(np.int32)
    count = int(labels.max(initial=-1)) + 1
    starts = np.searchsorted(labels[order], np.arange(count + 1)).astype(np.int64)
    members = [order[a:b] for a, b in pairwise(starts)]
    names = [_story_id(columns.uris[int(rows[0])]) for rows in members]
    ids = StringTable.of(names)
    arrays: dict[str, NDArray[np.generic]] = {
        "labels": labels,
        "order": order,
        "starts": starts,
        "centres": np.array([_centre(rows, vectors) for rows in members], np.int32),
        "id_text": ids.text,
        "id_ends": ids.ends,
        "id_order": np.array(sorted(range(count), key=names.__getitem__), np.int32),
    }
    for name, values in arrays.items():
        np.save(folder / f"{name}.npy", values, allow_pickle=False)
    return count


def open_stories(folder: Path) -> Storybook:
    """Open written stories."""
    names = ("labels", "order", "starts", "centres", "id_text", "id_ends", "id_order")
    read = {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in names}
    table = StringTable(read.pop("id_text"), read.pop("id_ends"))
    return Storybook(ids=table, **read)


def _story_id(uri: str) -> str:
    return "s" + hashlib.sha256(uri.encode()).hexdigest()[:12]


def _centre(rows: NDArray[np.int32], vectors: NDArray[np.float32] | None) -> int:
    """The row nearest to the mean of all; the first where nothing tells them apart."""
    if vectors is None or len(rows) < 3:
        return int(rows[0])
    return int(rows[int(np.argmax(vectors[rows] @ vectors[rows].mean(axis=0)))])
