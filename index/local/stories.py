"""The stories of an open generation, as the shared search code asks for them.

Responsibility: implement `StoryIndex` over the story store, doc values and vectors.
Decision: what a page shows of a story is computed when it is requested; only which article is in
which story, and the story's id, is stored.
Must not depend on: the archive, or how stories are clustered.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from index.local.generation import OpenGeneration
from index.ports import StoryGoneError
from index.ranking.candidates import Refs
from index.search.ports import StoryRecord
from index.semantic.vectors import normalize
from index.storage.doc_values import UNDATED
from index.stories.ids import WITHDRAWN
from index.types.search import Filters


class LocalStories:
    """The stories of one generation; see `StoryIndex`."""

    def __init__(self, generation: OpenGeneration) -> None:
        self._store = generation.stories
        self._doc_values = generation.doc_values
        self._is_head = generation.chains.is_head
        self._means = generation.semantic.vectors.means if generation.semantic else None

    def __len__(self) -> int:
        return len(self._store)

    def records(self, numbers: Sequence[int]) -> tuple[StoryRecord, ...]:
        """Stories by number, in the given order."""
        return tuple(self._record(number) for number in numbers)

    def number_of(self, ref: int) -> int:
        """The number of the story that an article is in."""
        return int(self._store.labels[ref])

    def find(self, story_id: str) -> int | None:
        """The number of the story with an id, or of the one that took over its articles.

        Raises:
            StoryGoneError: All articles of the story have been withdrawn.
        """
        number = self._store.find(story_id)
        if number == WITHDRAWN:
            raise StoryGoneError(story_id)
        return number

    def members(self, number: int) -> Refs:
        """The articles of a story, oldest first, (size,)."""
        return self._store.rows(number)

    def cohesion(self, number: int) -> NDArray[np.float32]:
        """Cosine of each member with the mean of the others, (size,); zeros without vectors."""
        rows = self._store.rows(number)
        if self._means is None or len(rows) < 2:
            return np.zeros(len(rows), np.float32)
        vectors = np.asarray(self._means[rows])
        total = vectors.sum(axis=0)
        return np.array([vector @ normalize(total - vector) for vector in vectors], np.float32)

    def similar_stories(self, number: int, least: float, limit: int) -> list[int]:
        """Numbers of the most similar other stories, by the mean of their vectors."""
        if self._means is None:
            return []
        center = normalize(np.asarray(self._means[self._store.rows(number)]).mean(axis=0))
        cosines = self._means @ center
        near = np.flatnonzero(cosines >= least)
        ordered = near[np.argsort(-cosines[near], kind="stable")]
        others = dict.fromkeys(self._store.labels[ordered].tolist())
        return [other for other in others if other != number][:limit]

    def counts(self, filters: Filters) -> tuple[NDArray[np.integer], NDArray[np.int64]]:
        """For every story: its articles within the filters, and the latest date among them."""
        mask = self._doc_values.match_filters(filters)
        rows = np.flatnonzero(self._is_head if mask is None else self._is_head & mask)
        labels = self._store.labels[rows]
        latest = np.full(len(self), UNDATED)
        np.maximum.at(latest, labels, self._doc_values.published[rows])
        return np.bincount(labels, minlength=len(self)), latest

    def id_rank(self) -> NDArray[np.int32]:
        """Position of every story by id, (stories,)."""
        ranks = np.empty(len(self), np.int32)
        ranks[self._store.id_order] = np.arange(len(self), dtype=np.int32)
        return ranks

    def assignments(self) -> dict[str, str]:
        """The story id of every article, by article id."""
        uris, store = self._doc_values.uris, self._store
        return {uris[row]: store.ids[int(store.labels[row])] for row in range(len(store.labels))}

    def _record(self, number: int) -> StoryRecord:
        rows = self._store.rows(number)
        dates = self._doc_values.published[rows]
        dated = dates[dates != UNDATED]
        return StoryRecord(
            number=number,
            id=self._store.ids[number],
            size=len(rows),
            central=int(self._store.centres[number]),
            first_created=datetime.fromtimestamp(int(dated.min()), UTC) if len(dated) else None,
            last_created=datetime.fromtimestamp(int(dated.max()), UTC) if len(dated) else None,
        )
