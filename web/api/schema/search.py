"""Search results in the API.

Responsibility: the shape of a page of results, and its conversion from and to `SearchResults`.
Decision: each type converts both ways, so that a change of shape is made in one place.
Must not depend on: Flask, requests or routes.
"""

from collections.abc import Callable, Iterable
from typing import Literal, Self, get_args

import msgspec
from msgspec import UNSET, UnsetType

import index.types.search as values
from archive.article import Article
from index.types.fields import Count
from index.types.search import (
    Facet,
    FacetValue,
    Histogram,
    LocationCount,
    Mode,
    NameCount,
    SearchRequest,
    SearchResults,
    Snippet,
    Sort,
    Story,
    StoryHits,
    Totals,
)
from web.api.cursor import write_cursor
from web.api.schema.answer import Answer, attributes, converted
from web.api.schema.articles import ArticleHit, ChainEntry, version_entries
from web.api.schema.explanations import Explanation
from web.api.schema.notices import Notice
from web.api.schema.stories import MatchingStory

VersionsOf = Callable[[Article], Iterable[Article]]
PermalinkOf = Callable[[str], str]
FacetName = Literal["source", "language", "place", "location", "name"]
FACETS: tuple[FacetName, ...] = get_args(FacetName)


class Query(Answer, frozen=True, kw_only=True):
    """The query and how it was interpreted.

    Attributes:
        input: As sent.
        mode: The mode used; not the one requested while semantic search is unavailable.
        repaired: As interpreted, if that differs from the input; it can be sent as a query.
        did_you_mean: With misspelt words as the archive spells them; not searched for.
    """

    input: str
    mode: Mode
    sort: Sort
    repaired: str | None
    did_you_mean: str | None
    notices: tuple[Notice, ...]


class Hit(Answer, frozen=True, kw_only=True):
    """An article that matches the query.

    Attributes:
        permalink: The address of the article's page; only in the answer of a server.
        matched: The version that matches, if that is not the one shown, which is the latest.
        version_count: How many versions its chain has.
        killed: Whether the source has withdrawn what the article said.
        score: 0..1; orders the hits of one response by relevance, and says nothing across queries.
            Null if the query only filters, so that nothing ranks the hits.
        explain: Only with `explain=1`.
    """

    article: ArticleHit
    permalink: str | UnsetType = UNSET
    headline: Snippet
    snippet: Snippet
    score: float | None
    matched: ChainEntry | None
    version_count: Count
    killed: bool
    explain: Explanation | UnsetType = UNSET

    @classmethod
    def from_hit(
        cls, hit: values.Hit, versions_of: VersionsOf | None, permalink_of: PermalinkOf | None
    ) -> Self:
        """A hit, with its versions and its explanation where they are wanted."""
        article = converted(ArticleHit, hit.article)
        if versions_of:
            versions = version_entries(versions_of(hit.article))
            article = msgspec.structs.replace(article, versions=versions)
        explain: Explanation | UnsetType = UNSET
        if hit.explanation:
            explain = Explanation.from_explanation(
                hit.explanation, lexical=hit.lexical, semantic=hit.semantic
            )
        return cls(
            article=article,
            permalink=permalink_of(hit.article.uri) if permalink_of else UNSET,
            headline=hit.headline,
            snippet=hit.snippet,
            score=hit.score,
            matched=ChainEntry.from_version(hit.matched) if hit.matched else None,
            version_count=hit.version_count,
            killed=hit.killed,
            explain=explain,
        )

    def to_hit(self) -> values.Hit:
        """The hit, without a body; with matches only if it is explained."""
        explain = self.explain or None
        return values.Hit(
            article=self.article.to_article(),
            score=self.score,
            headline=self.headline,
            snippet=self.snippet,
            matched=self.matched.to_version() if self.matched else None,
            version_count=self.version_count,
            killed=self.killed,
            lexical=explain.lexical if explain else None,
            semantic=explain.semantic if explain else None,
            explanation=explain.to_explanation() if explain else None,
        )


class Group(Answer, frozen=True, kw_only=True):
    """One result: a story with its best hits, or one hit with `group=none`.

    Attributes:
        story: Null with `group=none`.
        hits: The lead article first.
    """

    story: MatchingStory | None
    hits: tuple[Hit, ...]

    @classmethod
    def from_hits(
        cls, group: StoryHits, versions_of: VersionsOf | None, permalink_of: PermalinkOf | None
    ) -> Self:
        """A group of hits."""
        hits = tuple(Hit.from_hit(hit, versions_of, permalink_of) for hit in group.hits)
        if group.story is None:
            return cls(story=None, hits=hits)
        return cls(story=MatchingStory.from_story(group.story, group.matching), hits=hits)

    def to_hits(self) -> StoryHits:
        """The group; one article matches where there is no story."""
        hits = tuple(hit.to_hit() for hit in self.hits)
        if self.story is None:
            return StoryHits(story=None, matching=1, hits=hits)
        return StoryHits(
            story=converted(Story, self.story), matching=self.story.matching, hits=hits
        )


class Facets(Answer, frozen=True, kw_only=True):
    """How many matching articles have each value, most frequent first; null if left out.

    Attributes:
        place: Where articles were filed from, as printed.
        location: What these places are: with their country, and coordinates where they are known.
        name: People, places and organisations that articles name.
    """

    source: tuple[FacetValue, ...] | None
    language: tuple[FacetValue, ...] | None
    place: tuple[FacetValue, ...] | None
    location: tuple[LocationCount, ...] | None
    name: tuple[NameCount, ...] | None

    @classmethod
    def from_facets(cls, facets: Iterable[Facet], wanted: Iterable[FacetName]) -> Self:
        """Those that are wanted, empty where nothing was counted."""
        counted = {facet.field: facet.values for facet in facets}
        return cls(**dict.fromkeys(FACETS) | {name: counted.get(name, ()) for name in wanted})

    def to_facets(self) -> tuple[Facet, ...]:
        """Those that are not null."""
        counts = attributes(self)
        return tuple(
            Facet(field=name, values=counts[name]) for name in FACETS if counts[name] is not None
        )


class FacetCounts(Answer, frozen=True, kw_only=True):
    """The counts of a search, without its articles."""

    total: Totals
    facets: Facets
    histogram: Histogram
    generation: str

    @classmethod
    def from_results(cls, results: SearchResults, facets: Iterable[FacetName] = FACETS) -> Self:
        """The counts, with the facets that are wanted."""
        return cls(
            total=results.totals,
            facets=Facets.from_facets(results.facets, facets),
            histogram=results.histogram,
            generation=results.generation,
        )


class Suggestions(Answer, frozen=True, kw_only=True):
    """Queries with the last word completed, the most frequent word first."""

    query: str
    suggestions: tuple[str, ...]


class Results(Answer, frozen=True, kw_only=True):
    """One page of search results.

    Attributes:
        weaker: How many more articles `weaker=1` would return.
        next: The cursor of the next page; null on the last one.
        took_ms: How long the search took, in milliseconds.
        generation: The generation that was searched.
    """

    query: Query
    total: Totals
    results: tuple[Group, ...]
    facets: Facets
    histogram: Histogram
    weaker: Count
    next: str | None
    took_ms: float
    generation: str

    @classmethod
    def from_results(
        cls,
        results: SearchResults,
        *,
        facets: Iterable[FacetName] = FACETS,
        versions_of: VersionsOf | None = None,
        permalink_of: PermalinkOf | None = None,
    ) -> Self:
        """A page, with the facets and the lists of versions that are wanted."""
        offset = results.next_offset
        return cls(
            query=Query(
                input=results.request.text,
                mode=results.mode,
                sort=results.request.sort,
                repaired=results.repaired or None,
                did_you_mean=results.did_you_mean,
                notices=tuple(converted(Notice, notice) for notice in results.notices),
            ),
            total=results.totals,
            results=tuple(
                Group.from_hits(group, versions_of, permalink_of) for group in results.groups
            ),
            facets=Facets.from_facets(results.facets, facets),
            histogram=results.histogram,
            weaker=results.weaker,
            next=None if offset is None else write_cursor(results.generation, offset),
            took_ms=round(results.took_ms, 3),
            generation=results.generation,
        )

    def to_results(self, request: SearchRequest) -> SearchResults:
        """The results of `request`; without `next_offset`, which only the cursor says."""
        return SearchResults(
            request=request,
            mode=self.query.mode,
            notices=tuple(notice.to_notice() for notice in self.query.notices),
            totals=self.total,
            groups=tuple(group.to_hits() for group in self.results),
            facets=self.facets.to_facets(),
            histogram=self.histogram,
            next_offset=None,
            took_ms=self.took_ms,
            generation=self.generation,
            repaired=self.query.repaired or "",
            did_you_mean=self.query.did_you_mean,
            weaker=self.weaker,
        )
