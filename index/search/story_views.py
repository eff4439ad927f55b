"""Stories as readers see them: one with its course and its neighbours, and the top of a period.

Decision: the course of a story is worked out when it is asked for, from its articles; what is kept
is only which article is in which story.
Must not know how stories are found, nor pages.
"""

import numpy as np
from numpy.typing import NDArray

from archive.database.store import ArticleStore
from index.search.answer import make_story
from index.search.histogram import histogram
from index.search.snapshot import OpenGeneration
from index.semantic.vectors import normalize
from index.storage.doc_values import UNDATED
from index.stories.timeline import build_timeline
from index.types.search import SearchRequest, Story
from index.types.stories import StoriesRequest, StoryList, StoryView

_NEIGHBOURS = 5
_NEAR_ENOUGH = 0.6
"""A story is next to another where it is at least so near as a share of how near its own are."""


def story_view(live: OpenGeneration, store: ArticleStore, number: int, *, whole: bool) -> StoryView:
    """A story with its articles; with its course and its neighbours where `whole`."""
    doc_values = live.retrievers.doc_values
    rows = live.story_store.rows(number)
    keys = [doc_values.key(int(row)) for row in rows]
    held = store.get_many(keys)
    articles = tuple(held[key] for key in keys)
    centre = held[doc_values.key(int(live.story_store.centres[number]))]
    story = make_story(live, number, centre.headline)
    if not whole:
        return StoryView(story=story, articles=articles)
    likeness = _likeness(live, rows)
    line = build_timeline(articles, likeness)
    related = _titled(live, store, _next_to(live, number, float(likeness.mean())))
    return StoryView(
        story=story,
        articles=articles,
        line=line,
        related=related,
        histogram=histogram(doc_values.published[rows]),
    )


def list_stories(live: OpenGeneration, store: ArticleStore, request: StoriesRequest) -> StoryList:
    """Stories by their articles in a period, then by the latest of these, then by id."""
    doc_values, book = live.retrievers.doc_values, live.story_store
    filters = SearchRequest(
        date_from=request.date_from,
        date_to=request.date_to,
        sources=request.sources,
        languages=request.languages,
        places=request.places,
    )
    allowed = doc_values.allowed(filters)
    rows = np.arange(len(doc_values)) if allowed is None else np.flatnonzero(allowed)
    counts = np.bincount(book.labels[rows], minlength=len(book))
    latest = np.full(len(book), UNDATED)
    np.maximum.at(latest, book.labels[rows], doc_values.published[rows])
    found = np.flatnonzero(counts >= max(request.least, 1))
    id_rank = np.empty(len(book), np.int32)
    id_rank[book.id_order] = np.arange(len(book), dtype=np.int32)
    # Undated stories last: the smallest integer has no negative.
    when = -latest[found].clip(UNDATED + 1)
    found = found[np.lexsort((id_rank[found], when, -counts[found]))]
    last = request.offset + request.limit
    shown = found[request.offset : last].tolist()
    stories = _titled(live, store, shown)
    return StoryList(
        total=len(found),
        stories=tuple((s, int(counts[n])) for s, n in zip(stories, shown, strict=True)),
        next_offset=last if last < len(found) else None,
        generation=live.manifest.id,
    )


def _titled(live: OpenGeneration, store: ArticleStore, numbers: list[int]) -> tuple[Story, ...]:
    """Stories by number, each named by its most central article."""
    doc_values = live.retrievers.doc_values
    keys = [doc_values.key(int(live.story_store.centres[number])) for number in numbers]
    held = store.get_many(keys)
    return tuple(
        make_story(live, number, held[key].headline)
        for number, key in zip(numbers, keys, strict=True)
    )


def _likeness(live: OpenGeneration, rows: NDArray[np.int32]) -> NDArray[np.float32]:
    """Cosine of each article with the mean of the story's others, (rows,); 0 without vectors."""
    vectors = live.retrievers.vectors
    if vectors is None or len(rows) < 2:
        return np.zeros(len(rows), np.float32)
    ours = np.asarray(vectors.means[rows])
    total = ours.sum(axis=0)
    return np.array([one @ normalize(total - one) for one in ours], np.float32)


def _next_to(live: OpenGeneration, number: int, cohesion: float) -> list[int]:
    """The nearest other stories by the mean of their vectors; none without vectors."""
    vectors, book = live.retrievers.vectors, live.story_store
    if vectors is None:
        return []
    cosines = vectors.means @ normalize(np.asarray(vectors.means[book.rows(number)]).mean(axis=0))
    near = np.flatnonzero(cosines >= _NEAR_ENOUGH * (cohesion or 1))
    ordered = near[np.argsort(-cosines[near], kind="stable")]
    others = dict.fromkeys(book.labels[ordered].tolist())
    return [other for other in others if other != number][:_NEIGHBOURS]
