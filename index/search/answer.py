"""From a ranking to an answer: order, stories, counts, facets, snippets, one page of hits.

Decision: stories are ordered by their best article; only the page that is shown is fetched.
Must not know how articles are found.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from archive.database.store import ArticleStore
from index.query import ParsedQuery
from index.ranking.fusion import SEMANTIC, Ranking
from index.ranking.grouping import Groups, group_by_story, group_none
from index.ranking.order import order_keys, positions
from index.search.explain import Explainer
from index.search.highlight import Highlighter
from index.search.histogram import histogram
from index.search.snapshot import OpenGeneration
from index.search.suggest import did_you_mean
from index.semantic.vectors import NearestPassage
from index.storage.doc_values import UNDATED, DocValues
from index.types.explanation import Explanation
from index.types.search import (
    Facet,
    FacetValue,
    Hit,
    Mode,
    Notice,
    RetrieverMatch,
    SearchRequest,
    SearchResults,
    Story,
    StoryHits,
    Totals,
)

HITS_PER_STORY = 5
_FACET_VALUES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is known of the places that are shown, by place."""

    articles: Mapping[int, Article]
    nearest: Mapping[int, NearestPassage]
    lexical: Mapping[int, RetrieverMatch]
    semantic: Mapping[int, RetrieverMatch]
    why: Mapping[int, Explanation]


class Answer:
    """One request's results over one generation."""

    def __init__(
        self,
        live: OpenGeneration,
        store: ArticleStore,
        request: SearchRequest,
        query: ParsedQuery,
        ranking: Ranking,
    ) -> None:
        self._live = live
        self._store = store
        self._request = request
        self._query = query
        self._ranking = ranking
        self._columns = live.retrievers.doc_values
        self._keys = order_keys(self._columns, ranking, request.sort)

    def results(self, mode: Mode, notices: tuple[Notice, ...], started: float) -> SearchResults:
        """Everything that the request asked for; `started` is a `time.perf_counter()`."""
        first, last = self._request.offset, self._request.offset + self._request.limit
        found = self._groups(first, last + 1)
        groups = found.places
        following = groups.pop() if len(groups) > self._request.limit else None
        return SearchResults(
            request=self._request,
            mode=mode,
            notices=notices,
            totals=self._totals(found),
            groups=self._page(groups, following),
            facets=(
                facet("source", self._columns, self._ranking.rows),
                facet("language", self._columns, self._ranking.rows),
                facet("place", self._columns, self._ranking.rows),
                name_facet(self._columns, self._ranking.rows),
            ),
            histogram=histogram(self._columns.published[self._ranking.rows]),
            next_offset=last if last < found.count else None,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
            generation=self._live.manifest.id,
            repaired=self._query.repaired,
            did_you_mean=did_you_mean(self._query, self._live.retrievers.lexical),
            weaker=self._ranking.weaker,
        )

    def _totals(self, groups: Groups) -> Totals:
        found = len(self._ranking.rows)
        lexical = int(np.isfinite(self._ranking.lexical).sum())
        labels = self._live.story_store.labels[self._ranking.rows]
        grouped = self._request.group == "story"
        return Totals(
            articles=found,
            lexical=lexical,
            semantic_only=found - lexical,
            stories=groups.count if grouped else int(np.count_nonzero(np.bincount(labels))),
        )

    def _groups(self, start: int, stop: int) -> Groups:
        """Groups from `start` up to `stop`: stories, or articles alone."""
        if self._request.group == "none":
            return group_none(self._keys, start, stop)
        book = self._live.story_store
        return group_by_story(self._keys, book.labels[self._ranking.rows], len(book), start, stop)

    def _page(
        self, groups: list[NDArray[np.intp]], following: NDArray[np.intp] | None
    ) -> tuple[StoryHits, ...]:
        shown = [places[:HITS_PER_STORY] for places in groups]
        places = [int(place) for group in shown for place in group]
        centres = [int(self._centre(group)) for group in shown]
        keys = {row: self._columns.key(row) for row in (*self._rows(places), *centres)}
        articles = self._store.get_many(list(set(keys.values())))
        highlighter = Highlighter(self._query, self._live.languages)
        nearest = self._nearest(places)
        at = {p: articles[keys[row]] for p, row in zip(places, self._rows(places), strict=True)}
        told = _Told(
            articles=at,
            nearest=nearest,
            lexical=self._matches(self._ranking.lexical, "BM25F", places),
            semantic=self._matches(self._ranking.semantic, "cosine", places),
            why=self._explanations(shown, following, at, nearest),
        )
        page = []
        for some, group, centre in zip(shown, groups, centres, strict=True):
            hits = tuple(self._hit(place, told, highlighter) for place in some.tolist())
            story = None
            if self._request.group == "story":
                number = int(self._live.story_store.labels[centre])
                story = make_story(self._live, number, articles[keys[centre]].headline)
            page.append(StoryHits(story=story, matching=len(group), hits=hits))
        return tuple(page)

    def _rows(self, places: list[int]) -> list[int]:
        return [int(row) for row in self._ranking.rows[places]]

    def _centre(self, places: NDArray[np.intp]) -> int:
        book = self._live.story_store
        return int(book.centres[book.labels[self._ranking.rows[places[0]]]])

    def _nearest(self, places: list[int]) -> dict[int, NearestPassage]:
        """The passage nearest to the query in each article, where meaning was asked."""
        encoder, vectors = self._live.retrievers.encoder, self._live.retrievers.vectors
        asked = self._query.embedding_text and any(p.name == SEMANTIC for p in self._ranking.parts)
        if encoder is None or vectors is None or not asked or not places:
            return {}
        vector = encoder.encode_query(self._query.embedding_text)
        rows = self._rows(places)
        return {p: vectors.find_nearest(row, vector) for p, row in zip(places, rows, strict=True)}

    def _explanations(
        self,
        shown: list[NDArray[np.intp]],
        following: NDArray[np.intp] | None,
        articles: Mapping[int, Article],
        nearest: Mapping[int, NearestPassage],
    ) -> dict[int, Explanation]:
        if not self._request.explain:
            return {}
        explainer = Explainer(self._columns, self._ranking, self._keys, self._request.sort)
        return explainer.explanations(
            _shown_after(shown, following),
            articles,
            nearest,
            query=self._query,
            words=self._live.retrievers.lexical,
        )

    def _hit(self, place: int, told: _Told, highlighter: Highlighter) -> Hit:
        article, nearest = told.articles[place], told.nearest.get(place)
        return Hit(
            article=article,
            score=round(float(self._ranking.fused[place]), 6),
            headline=highlighter.headline(article),
            snippet=highlighter.snippet(article, nearest.span if nearest else None),
            lexical=told.lexical.get(place),
            semantic=told.semantic.get(place),
            explanation=told.why.get(place),
        )

    def _matches(
        self, scores: NDArray[np.float32], unit: str, places: list[int]
    ) -> dict[int, RetrieverMatch]:
        """Where one retriever put those of some places that it found."""
        found = np.flatnonzero(np.isfinite(scores))
        keys = self._columns.keys(self._ranking.rows[found], scores[found])
        shown = [place for place in places if np.isfinite(scores[place])]
        ranks = positions(keys, np.searchsorted(found, shown)).tolist()
        return {
            place: RetrieverMatch(rank=rank, score=round(float(scores[place]), 6), unit=unit)
            for place, rank in zip(shown, ranks, strict=True)
        }


def _shown_after(
    shown: list[NDArray[np.intp]], following: NDArray[np.intp] | None
) -> dict[int, int | None]:
    """Each place that is shown with the next: a lead's is the next lead, not one beneath it."""
    after: dict[int, int | None] = {}
    for places in shown:
        after |= dict(zip_longest(places.tolist(), places[1:].tolist()))
    leads = [int(places[0]) for places in shown]
    last = None if following is None else int(following[0])
    return after | dict(zip(leads, [*leads[1:], last], strict=True) if leads else ())


def facet(
    field: str, doc_values: DocValues, rows: NDArray[np.int32], *, most: int | None = _FACET_VALUES
) -> Facet:
    """Counts of `source`, `language` or `place` over rows, most frequent first, then by name."""
    numbers, names = {
        "source": (doc_values.sources, doc_values.source_names),
        "language": (doc_values.languages, doc_values.language_names),
        "place": (doc_values.places, doc_values.place_names),
    }[field]
    counts = np.bincount(numbers[rows], minlength=len(names))
    values = sorted(
        ((int(c), n) for c, n in zip(counts, names, strict=True) if c and n), key=_order
    )
    shown = tuple(FacetValue(value=name, count=count) for count, name in values[:most])
    return Facet(field=field, values=shown)


def name_facet(doc_values: DocValues, rows: NDArray[np.int32]) -> Facet:
    """Counts of the names that rows name most, most frequent first, then by name."""
    counts = doc_values.mentions.counts(rows)
    found = np.flatnonzero(counts)
    if len(found) > _FACET_VALUES:
        least = np.partition(counts[found], -_FACET_VALUES)[-_FACET_VALUES]
        found = found[counts[found] >= max(least, 2)]
    values = sorted(
        ((int(counts[n]), doc_values.mentions.name(n)) for n in found.tolist()), key=_order
    )
    shown = tuple(FacetValue(value=name, count=count) for count, name in values[:_FACET_VALUES])
    return Facet(field="name", values=shown)


def make_story(live: OpenGeneration, number: int, title: str) -> Story:
    """A story by its number; `title` is the headline of its centre."""
    rows = live.story_store.rows(number)
    when = live.retrievers.doc_values.published[rows]
    dated = when[when != UNDATED]
    return Story(
        id=live.story_store.ids[number],
        title=title,
        size=len(rows),
        first_created=datetime.fromtimestamp(int(dated.min()), UTC) if len(dated) else None,
        last_created=datetime.fromtimestamp(int(dated.max()), UTC) if len(dated) else None,
    )


def _order(value: tuple[int, str]) -> tuple[int, str]:
    return -value[0], value[1]
