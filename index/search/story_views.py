"""Stories as readers see them: one with its timeline, an excerpt of one, and the top of a period.

Responsibility: assemble `StoryView`, `StoryExcerpt` and `StoryList`.
Decision: the timeline of a story is computed from its articles when it is requested.
Must not depend on: how stories are clustered, or which engine holds them.
"""

import numpy as np

from archive.database.store import ArticleStore
from index.search.ports import Snapshot, StoryRecord
from index.stories.timeline import build_timeline
from index.types.search import Story
from index.types.stories import StoriesRequest, StoryExcerpt, StoryList, StoryView

_SIMILAR_STORIES = 5
_LEAST_SIMILARITY = 0.6
"""A story is similar to another at this share of the story's own cohesion or above."""
_UNDATED = np.iinfo(np.int64).min


def story_from(record: StoryRecord, title: str) -> Story:
    """A story as it is shown; `title` is the headline of its central article."""
    return Story(
        id=record.id,
        title=title,
        size=record.size,
        first_created=record.first_created,
        last_created=record.last_created,
    )


def build_story_view(snapshot: Snapshot, archive: ArticleStore, number: int) -> StoryView:
    """A story with all its articles, its timeline and the stories similar to it."""
    (record,) = snapshot.stories.records([number])
    refs = snapshot.stories.members(number)
    keys = snapshot.keys(np.append(refs, np.int32(record.central)))
    by_key = archive.get_many(list(dict.fromkeys(keys)))
    articles = tuple(by_key[key] for key in keys[:-1])
    cohesion = snapshot.stories.cohesion(number)
    least = _LEAST_SIMILARITY * (float(cohesion.mean()) or 1)
    similar = snapshot.stories.similar_stories(number, least, _SIMILAR_STORIES)
    return StoryView(
        story=story_from(record, by_key[keys[-1]].headline),
        articles=articles,
        line=build_timeline(articles, cohesion),
        related=_titled(snapshot, archive, similar),
        histogram=snapshot.counts(refs).histogram,
    )


def story_excerpt(snapshot: Snapshot, archive: ArticleStore, ref: int, around: int) -> StoryExcerpt:
    """The story of an article, with the `around` other members next to it in time."""
    number = snapshot.stories.number_of(ref)
    (record,) = snapshot.stories.records([number])
    members = snapshot.stories.members(number)
    place = int(np.flatnonzero(members == ref)[0])
    start = min(max(0, place - around // 2), max(0, len(members) - around - 1))
    window = members[start : start + around + 1]
    others = window[window != ref][:around]
    keys = snapshot.keys(np.append(others, np.int32(record.central)))
    by_key = archive.get_many(list(dict.fromkeys(keys)))
    return StoryExcerpt(
        story=story_from(record, by_key[keys[-1]].headline),
        articles=tuple(by_key[key] for key in keys[:-1]),
    )


def list_stories(snapshot: Snapshot, archive: ArticleStore, request: StoriesRequest) -> StoryList:
    """Stories by their articles in a period, then by the latest of these, then by id."""
    counts, latest = snapshot.stories.counts(request.filters)
    numbers = np.flatnonzero(counts >= max(request.least, 1))
    # The smallest integer has no negative: stories without a date in the period come last.
    when = -latest[numbers].clip(_UNDATED + 1)
    order = np.lexsort((snapshot.stories.id_rank()[numbers], when, -counts[numbers]))
    last = request.offset + request.limit
    shown = numbers[order][request.offset : last].tolist()
    stories = _titled(snapshot, archive, shown)
    return StoryList(
        total=len(numbers),
        stories=tuple((s, int(counts[n])) for s, n in zip(stories, shown, strict=True)),
        next_offset=last if last < len(numbers) else None,
        generation=snapshot.id,
    )


def _titled(snapshot: Snapshot, archive: ArticleStore, numbers: list[int]) -> tuple[Story, ...]:
    """Stories by number, each with the headline of its central article as title."""
    records = snapshot.stories.records(numbers)
    keys = snapshot.keys(np.array([record.central for record in records], np.int32))
    by_key = archive.get_many(keys)
    return tuple(
        story_from(record, by_key[key].headline) for record, key in zip(records, keys, strict=True)
    )
