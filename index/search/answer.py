"""From a ranking to an answer: totals, facets, and one page of groups with their hits.

Responsibility: assemble `SearchResults`.
Decision: groups are ordered by their best article, and only the articles of the page are fetched.
Must not depend on: how articles are found, or which engine found them.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from archive.database.store import ArticleStore
from index.ranking.candidates import Refs
from index.ranking.fusion import SEMANTIC, Ranking
from index.ranking.grouping import Groups, group_by_story, group_none
from index.ranking.order import Keys, order_keys, positions, relevance_keys
from index.ranking.scores import NearestPassage
from index.search.explain import Explainer
from index.search.highlight import Highlighter
from index.search.hits import PageParts, build_hit
from index.search.plan import SearchPlan
from index.search.ports import Snapshot, StoryRecord, Vector
from index.search.story_views import story_from
from index.search.suggestions.corrections import did_you_mean
from index.types.explanation import Explanation
from index.types.search import (
    Notice,
    RetrieverMatch,
    SearchRequest,
    SearchResults,
    StoryHits,
    Totals,
)

HITS_PER_STORY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every step of assembling one answer reads."""

    snapshot: Snapshot
    archive: ArticleStore
    request: SearchRequest
    plan: SearchPlan
    ranking: Ranking
    vector: Vector | None
    keys: Keys


def build_answer(
    snapshot: Snapshot,
    archive: ArticleStore,
    request: SearchRequest,
    plan: SearchPlan,
    ranking: Ranking,
    vector: Vector | None,
    *,
    notices: tuple[Notice, ...],
    started: float,
) -> SearchResults:
    """Everything that the request asks for.

    Args:
        vector: Of the plan's embedding text; None without one.
        started: When the search began, a `time.perf_counter()`.
    """
    context = Context(
        snapshot=snapshot,
        archive=archive,
        request=request,
        plan=plan,
        ranking=ranking,
        vector=vector,
        keys=order_keys(ranking, request.sort),
    )
    last = request.offset + request.limit
    groups = _groups(context, request.offset, last + 1)
    places = groups.places
    following = places.pop() if len(places) > request.limit else None
    page = _page(context, places, following)
    counts = snapshot.counts(ranking.candidates.heads)
    return SearchResults(
        request=request,
        mode=plan.mode,
        notices=notices,
        totals=_totals(context, groups),
        groups=page,
        facets=counts.facets,
        histogram=counts.histogram,
        next_offset=last if last < groups.count else None,
        generation=snapshot.id,
        repaired=plan.query.repaired,
        did_you_mean=_suggest(context),
        weaker=ranking.candidates.loosely_related,
        took_ms=round((time.perf_counter() - started) * 1000, 1),
    )


def _suggest(context: Context) -> str | None:
    snapshot, request = context.snapshot, context.request
    return did_you_mean(
        context.plan.query,
        snapshot.vocabulary,
        snapshot.summary().languages,
        only=request.languages,
        preferred=request.reader_language,
    )


def _totals(context: Context, groups: Groups) -> Totals:
    candidates = context.ranking.candidates
    lexical = np.isfinite(candidates.lexical)
    by_story = context.request.group == "story"
    return Totals(
        articles=len(candidates),
        lexical=int(np.count_nonzero(lexical)),
        semantic_only=int(np.count_nonzero(np.isfinite(candidates.semantic) & ~lexical)),
        stories=groups.count if by_story else len(np.unique(candidates.story)),
    )


def _groups(context: Context, start: int, stop: int) -> Groups:
    """Groups from `start` up to `stop`: stories, or single articles."""
    if context.request.group == "none":
        return group_none(context.keys, start, stop)
    stories = context.ranking.candidates.story
    return group_by_story(context.keys, stories, len(context.snapshot.stories), start, stop)


def _page(
    context: Context, groups: list[NDArray[np.intp]], following: NDArray[np.intp] | None
) -> tuple[StoryHits, ...]:
    shown = [places[:HITS_PER_STORY] for places in groups]
    places = np.concatenate([*shown, np.empty(0, np.intp)]).astype(np.intp)
    stories = _stories(context, shown)
    articles, latest, titles = _articles(context, places, shown, stories)
    page = _describe(context, places, articles, latest, _next_places(shown, following))
    highlighter = Highlighter(context.plan.query, context.snapshot.languages)
    entries = []
    for number, (group, some) in enumerate(zip(groups, shown, strict=True)):
        hits = tuple(
            build_hit(context.ranking, place, page, highlighter) for place in some.tolist()
        )
        story = story_from(stories[number], titles[number]) if stories else None
        entries.append(StoryHits(story=story, matching=len(group), hits=hits))
    return tuple(entries)


def _stories(context: Context, shown: list[NDArray[np.intp]]) -> tuple[StoryRecord, ...]:
    """The story of each group; none where articles are not grouped."""
    if context.request.group == "none":
        return ()
    leads = [int(places[0]) for places in shown]
    return context.snapshot.stories.records(context.ranking.candidates.story[leads].tolist())


def _articles(
    context: Context,
    places: NDArray[np.intp],
    groups: list[NDArray[np.intp]],
    stories: Sequence[StoryRecord],
) -> tuple[dict[int, Article], dict[int, Article], list[str]]:
    """The article of each place as it answers and as it is shown, and the title of each story.

    All in one read of the archive. A story whose central article is missing from the archive has
    the headline of its first hit.
    """
    candidates = context.ranking.candidates
    refs = candidates.refs[places]
    central = np.array([story.central for story in stories], np.int32)
    keys = context.snapshot.keys(np.concatenate([refs, candidates.heads[places], central]))
    articles = context.archive.get_many(list(dict.fromkeys(keys)))
    count = len(places)
    by_place = dict(zip(places.tolist(), (articles[key] for key in keys[:count]), strict=True))
    latest = {
        place: articles[key] if key in articles else by_place[place]
        for place, key in zip(places.tolist(), keys[count : 2 * count], strict=True)
    }
    leads = [latest[int(group[0])] for group in groups]
    titled = [
        articles[key] if key in articles else leads[n] for n, key in enumerate(keys[2 * count :])
    ]
    return by_place, latest, [article.headline for article in titled]


def _describe(
    context: Context,
    places: NDArray[np.intp],
    articles: Mapping[int, Article],
    latest: Mapping[int, Article],
    following: Mapping[int, int | None],
) -> PageParts:
    passages = _passages(context, places)
    candidates = context.ranking.candidates
    explanations: Mapping[int, Explanation] = {}
    if context.request.explain:
        explainer = Explainer(
            snapshot=context.snapshot,
            query=context.plan.query,
            ranking=context.ranking,
            keys=context.keys,
            sort=context.request.sort,
        )
        explanations = explainer.explain(following, articles, passages)
    refs = candidates.refs[places].tolist()
    sizes = [len(context.snapshot.chain(ref)) for ref in refs]
    return PageParts(
        articles=articles,
        latest=latest,
        versions=dict(zip(places.tolist(), sizes, strict=True)),
        passages=passages,
        lexical=_matches(candidates.lexical, candidates.newest_rank, "BM25F", places),
        semantic=_matches(candidates.semantic, candidates.newest_rank, "cosine", places),
        explanations=explanations,
    )


def _passages(context: Context, places: NDArray[np.intp]) -> dict[int, NearestPassage]:
    """The passage of each article most similar to the query; none where meaning is not scored."""
    semantic, vector = context.snapshot.semantic, context.vector
    if semantic is None or vector is None or not context.ranking.has(SEMANTIC):
        return {}
    refs: Refs = context.ranking.candidates.refs[places]
    return dict(zip(places.tolist(), semantic.nearest_passages(refs, vector), strict=True))


def _matches(
    scores: NDArray[np.float32],
    newest_rank: NDArray[np.int32],
    unit: str,
    places: NDArray[np.intp],
) -> dict[int, RetrieverMatch]:
    """Where one retriever ranked those of some places that it found."""
    found = np.flatnonzero(np.isfinite(scores))
    keys = relevance_keys(newest_rank[found], scores[found])
    shown = [place for place in places.tolist() if np.isfinite(scores[place])]
    ranks = positions(keys, np.searchsorted(found, shown)).tolist()
    return {
        place: RetrieverMatch(rank=rank, score=round(float(scores[place]), 6), unit=unit)
        for place, rank in zip(shown, ranks, strict=True)
    }


def _next_places(
    shown: list[NDArray[np.intp]], following: NDArray[np.intp] | None
) -> dict[int, int | None]:
    """Each place on the page with the next one: after a lead comes the next lead."""
    after: dict[int, int | None] = {}
    for places in shown:
        after |= dict(zip_longest(places.tolist(), places[1:].tolist()))
    leads = [int(places[0]) for places in shown]
    last = None if following is None else int(following[0])
    return after | dict(zip(leads, [*leads[1:], last], strict=True) if leads else ())
