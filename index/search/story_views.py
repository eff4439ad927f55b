"""Stories and related articles as readers see them.

Responsibility: assemble `StoryView`, `StoryExcerpt`, `StoryList` and lists of `Related`.
Decision: the timeline of a story is computed from its articles when it is requested.
Must not depend on: how stories are clustered, or which engine holds them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from archive.article import Article
from archive.database.store import ArticleStore
from index.search.left_out import find_unknown_values
from index.search.ports import RelatedRef, Snapshot, StoryRecord
from index.stories.repeats import SeenTexts
from index.stories.timeline import build_timeline
from index.types.search import Story
from index.types.stories import Related, StoriesRequest, StoryExcerpt, StoryList, StoryView

_SIMILAR_STORIES = 5
_LEAST_SIMILARITY = 0.6
"""A story is similar to another at this share of the story's own cohesion or above."""
_READ_AT_ONCE = 20
"""Related articles that are read together: most lists are full after the first few."""
_CONSIDERED = 4
"""Members of a story that are read for each that is listed: some have the same text."""
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


def build_story_view(snapshot: Snapshot, archive: ArticleStore, number: int) -> StoryView | None:
    """A story with all its articles, its timeline and the stories similar to it.

    Articles that the archive lacks are left out; None if it lacks all of them.
    """
    (record,) = snapshot.stories.records([number])
    refs, cohesion = snapshot.stories.members(number), snapshot.stories.cohesion(number)
    keys = snapshot.keys(refs)
    by_key = archive.get_many(keys)
    if not by_key:
        return None
    held = np.fromiter((key in by_key for key in keys), bool, len(keys))
    articles = tuple(by_key[key] for key in keys if key in by_key)
    least = _LEAST_SIMILARITY * (float(cohesion.mean()) or 1)
    similar = snapshot.stories.similar_stories(number, least, _SIMILAR_STORIES)
    (central,) = snapshot.keys(np.array([record.central], np.int32))
    title = by_key.get(central, articles[0]).headline
    return StoryView(
        story=replace(story_from(record, title), size=len(articles)),
        articles=articles,
        line=build_timeline(articles, cohesion[held]),
        related=tuple(_titled(snapshot, archive, similar).values()),
        histogram=snapshot.counts(refs[held]).histogram,
    )


def story_excerpt(snapshot: Snapshot, archive: ArticleStore, ref: int, around: int) -> StoryExcerpt:
    """The story of an article, with `around` other members near to it in time, each text once."""
    number = snapshot.stories.number_of(ref)
    (record,) = snapshot.stories.records([number])
    members = snapshot.stories.members(number)
    distances = np.abs(np.arange(len(members)) - np.flatnonzero(members == ref)[0])
    nearest = members[np.argsort(distances, kind="stable")][: 1 + _CONSIDERED * around]
    own, *keys = snapshot.keys(nearest)
    (central,) = snapshot.keys(np.array([record.central], np.int32))
    by_key = archive.get_many(list(dict.fromkeys([own, central, *keys])))
    titled, seen = by_key.get(central) or by_key.get(own), SeenTexts()
    if own in by_key:
        seen.add(by_key[own])
    distinct = (key for key in keys if key in by_key and seen.add(by_key[key]))
    listed = set(islice(distinct, around))
    return StoryExcerpt(
        story=story_from(record, titled.headline if titled else ""),
        articles=tuple(by_key[key] for key in snapshot.keys(members) if key in listed),
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
        stories=tuple((story, int(counts[number])) for number, story in stories.items()),
        next_offset=last if last < len(numbers) else None,
        generation=snapshot.id,
        notices=tuple(find_unknown_values(snapshot, request.filters)),
    )


def _titled(snapshot: Snapshot, archive: ArticleStore, numbers: list[int]) -> dict[int, Story]:
    """Stories by number, in order, each with the headline of its central article as title.

    If the archive lacks that article, the title is that of another; a story of which it lacks all
    articles is left out.
    """
    records = snapshot.stories.records(numbers)
    keys = snapshot.keys(np.array([record.central for record in records], np.int32))
    by_key = archive.get_many(keys)
    stories = {}
    for record, key in zip(records, keys, strict=True):
        article = by_key.get(key)
        if article is None:
            members = archive.get_many(snapshot.keys(snapshot.stories.members(record.number)))
            article = next(iter(members.values()), None)
        if article is not None:
            stories[record.number] = story_from(record, article.headline)
    return stories


def read_chain(
    snapshot: Snapshot, archive: ArticleStore, ref: int, own: tuple[Article, ...]
) -> tuple[Article, ...]:
    """The versions of a chain, oldest first.

    Args:
        own: All versions of one article of it; those that are not indexed yet come last.
    """
    keys = snapshot.keys(snapshot.chain(ref))
    others = list({uri for uri, _ in keys if uri != own[0].uri})
    newest = archive.find_newest_versions(others)
    statuses = archive.get_many(list(newest.items()))
    shown = {uri for (uri, _), article in statuses.items() if article.pub_status == "usable"}
    by_key = archive.get_many(keys)
    known = [by_key[key] for key in keys if key in by_key and key[0] in {*shown, own[0].uri}]
    return (*known, *(article for article in own if (article.uri, article.version) not in by_key))


def find_distinct(
    snapshot: Snapshot, archive: ArticleStore, shown: Sequence[int], near: Sequence[RelatedRef]
) -> Iterator[Related]:
    """Yield the articles of `near` whose texts differ from each other and from those `shown`.

    Articles that the archive lacks are left out; there are none if it lacks the first of `shown`.
    """
    seen, keys = SeenTexts(), snapshot.keys(np.array(shown, np.int32))
    articles = archive.get_many(keys)
    if keys[0] not in articles:
        return
    for key in keys:
        if key in articles:
            seen.add(articles[key])
    for start in range(0, len(near), _READ_AT_ONCE):
        block = near[start : start + _READ_AT_ONCE]
        keys = snapshot.keys(np.array([each.ref for each in block], np.int32))
        articles = archive.get_many(keys)
        for key, each in zip(keys, block, strict=True):
            if key in articles and seen.add(articles[key]):
                yield Related(
                    article=articles[key],
                    similarity=each.similarity,
                    same_story=each.same_story,
                )
