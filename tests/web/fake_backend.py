"""A search backend in memory.

Responsibility: search the invented newsroom.
Decision: keyword search needs every word; semantic search is a table from queries to articles,
written by hand, so that a test can name each hit.
Must not depend on: Flask or HTML.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from archive.article import Article
from index.local.counts import histogram
from index.ports import InvalidQueryError, NoGenerationError
from index.storage.doc_values import UNDATED
from index.stories.timeline import build_timeline
from index.text.names import extract_names
from index.types.explanation import (
    Comparison,
    Explanation,
    PassageMatch,
    ScorePart,
    TermMatch,
)
from index.types.notices import make_notice
from index.types.search import (
    Facet,
    FacetValue,
    Histogram,
    Hit,
    LocationCount,
    Mode,
    NameCount,
    Notice,
    RetrieverMatch,
    SearchRequest,
    SearchResults,
    Snippet,
    Story,
    StoryHits,
    Totals,
)
from index.types.status import Status, Vectors
from index.types.stories import Related, StoriesRequest, StoryExcerpt, StoryList, StoryView
from index.types.versions import Chain, make_chain
from tests.web import newsroom

_ALL = tuple(article for _, articles in newsroom.STORIES.values() for article in articles)
_STORY_OF = {
    article.uri: key for key, (_, articles) in newsroom.STORIES.items() for article in articles
}
NO_DAY = "2023-02-30"
"""A query that names this day is refused."""
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(kw_only=True)
class FakeBackend:
    """A backend whose `requests` records every search."""

    generation: str | None = "g7"
    modes: tuple[Mode, ...] = ("hybrid", "lexical", "semantic")
    model: str | None = "all-MiniLM-L6-v2"
    model_problem: str = ""
    index_problem: str = ""
    version_count: int = len(_ALL) + 1
    extra: tuple[Article, ...] = ()
    requests: list[SearchRequest] = field(default_factory=list)

    def search(self, request: SearchRequest) -> SearchResults:
        self.requests.append(request)
        self._check()
        if NO_DAY in request.text:
            place = request.text.index(NO_DAY)
            span = (place, place + len(NO_DAY))
            raise InvalidQueryError(make_notice("date/calendar", span, NO_DAY))
        mode = request.mode if request.mode in self.modes else self.modes[0]
        matches = [_hit(article, request, mode) for article in self._filter(request)]
        hits = [hit for hit in matches if hit is not None]
        hits.sort(key=lambda hit: (hit.score, _date(hit.article), hit.article.uri), reverse=True)
        if request.explain:
            hits = [_explain(hits, place, _words(request)) for place in range(len(hits))]
        groups = _group_hits(hits, request)
        end = request.offset + request.limit
        return SearchResults(
            request=request,
            mode=mode,
            notices=_notices(request),
            histogram=_histogram(hit.article for hit in hits),
            totals=_totals(hits, len(_group_hits(hits, SearchRequest()))),
            groups=tuple(groups[request.offset : end]),
            facets=(
                _facet("source", [hit.article.source for hit in hits]),
                _facet("language", [hit.article.language for hit in hits]),
                _facet("place", [hit.article.located for hit in hits if hit.article.located]),
                _facet_locations([hit.article for hit in hits]),
                _facet_names([hit.article for hit in hits]),
            ),
            next_offset=end if end < len(groups) else None,
            took_ms=31.4,
            generation=self.generation or "",
            repaired=request.text.replace("*", "") if "*" in request.text else "",
            did_you_mean=request.text.replace("brigde", "bridge")
            if "brigde" in request.text
            else None,
        )

    def matches(self, request: SearchRequest) -> Iterator[Article]:
        unlimited = replace(request, group="none", offset=0, limit=1_000_000)
        matches = [group.hits[0].article for group in self.search(unlimited).groups]
        ordered = sorted(matches, key=_date, reverse=True) if request.sort == "newest" else matches
        return iter(ordered[request.offset :])

    def rank(self, request: SearchRequest) -> tuple[str, ...]:
        articles = list(self.matches(request))
        return tuple(article.uri for article in articles[: request.limit])

    def stories_by_article(self) -> dict[str, str]:
        return dict(_STORY_OF)

    def warm_up(self) -> None:
        self._check()

    def close(self) -> None:
        """Nothing is open."""

    def completions(self, text: str) -> tuple[str, ...]:
        self._check()
        return (text + "ge",) if text.endswith("brid") else ()

    def article(self, uri: str, version: int | None = None) -> Article | None:
        versions = [each for each in self.versions(uri) if version in {None, each.version}]
        return versions[-1] if versions else None

    def versions(self, uri: str) -> tuple[Article, ...]:
        articles = (*newsroom.EARLIER_VERSIONS, *_ALL, *newsroom.UNSEARCHED, *self.extra)
        return tuple(article for article in articles if article.uri == uri)

    def related(
        self, uri: str, limit: int = 8, *, besides: Collection[str] = ()
    ) -> tuple[Related, ...]:
        self._check()
        shown = {uri, *besides}
        near = [each for each in _ALL if each.uri not in shown and each.language == "en"]
        scored = [
            Related(
                article=each,
                similarity=0.9 if _same_story(each.uri, uri) else 0.4,
                same_story=_same_story(each.uri, uri),
            )
            for each in near
        ]
        return tuple(sorted(scored, key=lambda each: -each.similarity))[:limit]

    def names(self, uri: str) -> tuple[str, ...]:
        article = self.article(uri)
        names = extract_names(article).most_common(12) if article else ()
        return tuple(name.text for name, _ in names)

    def chain(self, uri: str) -> Chain:
        return make_chain(self.versions(uri))

    def story_of(self, uri: str, around: int = 8) -> StoryExcerpt | None:
        view = self.story(_STORY_OF[uri]) if uri in _STORY_OF else None
        if view is None:
            return None
        others = tuple(article for article in view.articles if article.uri != uri)
        return StoryExcerpt(story=view.story, articles=others[:around])

    def story(self, story_id: str) -> StoryView | None:
        if story_id not in newsroom.STORIES:
            return None
        articles = tuple(sorted(newsroom.STORIES[story_id][1], key=_date))
        line = build_timeline(articles, np.full(len(articles), 0.5, np.float32))
        related = tuple(_story(key) for key in newsroom.STORIES if key != story_id)[:2]
        return StoryView(
            story=_story(story_id),
            articles=articles,
            line=line,
            related=related,
            histogram=_histogram(articles),
        )

    def stories(self, request: StoriesRequest) -> StoryList:
        self._check()
        search = SearchRequest(
            date_from=request.date_from,
            date_to=request.date_to,
            sources=request.sources,
            languages=request.languages,
            places=request.places,
        )
        counts = Counter(_STORY_OF[article.uri] for article in self._filter(search))
        stories = [(_story(key), n) for key, n in counts.most_common() if n >= request.least]
        last = request.offset + request.limit
        return StoryList(
            total=len(stories),
            stories=tuple(stories[request.offset : last]),
            next_offset=last if last < len(stories) else None,
            generation=self.generation or "",
        )

    def status(self) -> Status:
        dates = [article.first_created for article in _ALL if article.first_created]
        return Status(
            articles=len(_ALL),
            versions=self.version_count,
            indexed=len(_ALL) if self.generation else 0,
            pending=2,
            passages=61,
            vectors=_VECTORS if self.model else None,
            stories=len(newsroom.STORIES),
            generation=self.generation,
            built=newsroom.at(19) if self.generation else None,
            index_problem=self.index_problem,
            model=self.model,
            model_problem=self.model_problem,
            modes=self.modes,
            languages=_facet("language", [article.language for article in _ALL]).values,
            sources=_facet("source", [article.source for article in _ALL]).values,
            first_created=min(dates),
            last_created=max(dates),
        )

    def _check(self) -> None:
        if self.generation is None:
            raise NoGenerationError(Path("fake"))

    def _filter(self, request: SearchRequest) -> list[Article]:
        return [article for article in (*_ALL, *self.extra) if _passes(article, request)]


_VECTORS = Vectors(first_passages=None, exact=False, recall=0.99, recall_articles=2500)


def _date(article: Article) -> datetime:
    return article.first_created or _LONG_AGO


def _same_story(one: str, other: str) -> bool:
    return one in _STORY_OF and _STORY_OF[one] == _STORY_OF.get(other)


def _passes(article: Article, request: SearchRequest) -> bool:
    day = article.first_created.date() if article.first_created else None
    return (
        (not request.sources or article.source in request.sources)
        and (not request.languages or article.language in request.languages)
        and (not request.places or article.located in request.places)
        and (request.date_from is None or (day is not None and day >= request.date_from))
        and (request.date_to is None or (day is not None and day <= request.date_to))
    )


def _words(request: SearchRequest) -> list[str]:
    return re.findall(r"\w+", request.text.casefold())


def _hit(article: Article, request: SearchRequest, mode: Mode) -> Hit | None:
    words = _words(request)
    text = f"{article.headline} {article.body}".casefold()
    near = newsroom.MEANINGS.get(request.text.casefold(), ())
    lexical = semantic = None
    if mode != "semantic" and all(word in text for word in words):
        count = sum(text.count(word) for word in words)
        lexical = RetrieverMatch(rank=1, score=float(count), unit="BM25F")
    if mode != "lexical" and article in near:
        rank = near.index(article) + 1
        semantic = RetrieverMatch(rank=rank, score=1 - rank / 10, unit="cosine")
    if lexical is None and semantic is None:
        return None
    fused = (lexical.score / 10 if lexical else 0) + (semantic.score / 2 if semantic else 0)
    return Hit(
        article=article,
        score=min(1.0, fused),
        headline=_mark(article.headline, words),
        snippet=_mark(article.paragraphs[0], words),
        lexical=lexical,
        semantic=semantic,
    )


def _explain(hits: list[Hit], place: int, words: list[str]) -> Hit:
    """The hit at a place, with an explanation of every kind of figure."""
    hit, following = hits[place], hits[place + 1 : place + 2]
    found = {"lexical": hit.lexical, "semantic": hit.semantic}
    parts = [
        ScorePart(
            name=name,
            unit=match.unit,
            score=match.score,
            low=0.0,
            high=10.0,
            scaled=match.score / 10,
            weight=1 / 3,
            points=match.score / 30,
        )
        for name, match in found.items()
        if match
    ]
    explanation = Explanation(
        place=place + 1,
        headline=False,
        terms=tuple(TermMatch(term=word, places=("body",), score=1 / 3) for word in words),
        parts=tuple(parts),
        passage=PassageMatch(text=hit.snippet.text, span=(0, 9), cosine=0.64, whole=1 / 3)
        if hit.semantic
        else None,
        above=Comparison(
            uri=following[0].article.uri,
            by="score",
            difference=(hit.score or 0) - (following[0].score or 0),
            parts=tuple((part.name, part.points) for part in parts),
        )
        if following
        else None,
    )
    return replace(hit, explanation=explanation)


def _mark(text: str, words: list[str]) -> Snippet:
    if not words:
        return Snippet(text=text)
    pattern = "|".join(re.escape(word) for word in words)
    marks = tuple(match.span() for match in re.finditer(pattern, text, re.IGNORECASE))
    return Snippet(text=text, marks=marks)


def _story(key: str) -> Story:
    title, articles = newsroom.STORIES[key]
    dates = [article.first_created for article in articles if article.first_created]
    return Story(
        id=key,
        title=title,
        size=len(articles),
        first_created=min(dates, default=None),
        last_created=max(dates, default=None),
    )


def _group_hits(hits: list[Hit], request: SearchRequest) -> list[StoryHits]:
    if request.group == "none":
        return [StoryHits(story=None, matching=1, hits=(hit,)) for hit in hits]
    stories: dict[str, list[Hit]] = {}
    for hit in hits:
        stories.setdefault(_STORY_OF.get(hit.article.uri, "orchestra"), []).append(hit)
    return [
        StoryHits(story=_story(key), matching=len(members), hits=tuple(members[:4]))
        for key, members in stories.items()
    ]


def _totals(hits: list[Hit], stories: int) -> Totals:
    lexical = sum(hit.lexical is not None for hit in hits)
    return Totals(
        articles=len(hits), lexical=lexical, semantic_only=len(hits) - lexical, stories=stories
    )


def _notices(request: SearchRequest) -> tuple[Notice, ...]:
    if "*" not in request.text:
        return ()
    place = request.text.index("*")
    return (Notice(code="ignored", text="The * was ignored.", span=(place, place + 1)),)


def _histogram(articles: Iterable[Article]) -> Histogram:
    when = [article.first_created for article in articles]
    return histogram(
        np.array([UNDATED if each is None else each.timestamp() for each in when], int)
    )


def _facet_locations(articles: Iterable[Article]) -> Facet:
    count = sum(article.located == "Istanbul" for article in articles)
    values = LocationCount(
        value="Istanbul, Türkiye", count=count, country="TR", latitude=41.01, longitude=28.95
    )
    return Facet(field="location", values=(values,) if count else ())


def _facet_names(articles: Iterable[Article]) -> Facet:
    counts = Counter(name for article in articles for name in extract_names(article))
    counted = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].text))
    values = (NameCount(value=name.text, count=n, kind=name.kind) for name, n in counted)
    return Facet(field="name", values=tuple(values))


def _facet(name: str, values: list[str]) -> Facet:
    counted = sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
    return Facet(field=name, values=tuple(FacetValue(value=v, count=n) for v, n in counted))
