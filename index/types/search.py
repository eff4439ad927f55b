"""A search and its results.

Responsibility: what a search asks for, and everything that its results contain.
Decision: frozen values only, no dicts or arrays, so that pages, API and terminal share one answer.
Must not depend on: how a value is computed or shown.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from archive.article import Article
from index.types.explanation import Explanation
from index.types.fields import Count, Moment, Ordinal, Span
from index.types.versions import Version

Mode = Literal["hybrid", "lexical", "semantic"]
Grouping = Literal["story", "none"]
Sort = Literal["relevance", "newest", "oldest"]
Interval = Literal["year", "month", "day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles count at all.

    Attributes:
        date_from, date_to: Days, UTC, both included; None leaves that end open.
        sources, languages, places: Keep articles with any of these; empty keeps all.
    """

    date_from: date | None = None
    date_to: date | None = None
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One search.

    Attributes:
        text: The query; empty means every article, newest first.
        date_from, date_to: Days, UTC, both included.
        sources, languages, places: Only articles with any of these; all for empty. A place is
            where an article was filed from.
        reader_language: Of the interface, for suggestions; empty where it is not known.
        sort: Order of articles, and of stories by their first article; undated ones come last.
        weaker: Add the loosely related articles, below the similarity floor.
        every_version: List each version that matches, not only the latest of its chain.
        offset, limit: Which groups (stories, or articles with `group="none"`) to return.
        explain: Explain the rank of every hit.
    """

    text: str = ""
    mode: Mode = "hybrid"
    date_from: date | None = None
    date_to: date | None = None
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    reader_language: str = ""
    group: Grouping = "story"
    sort: Sort = "relevance"
    weaker: bool = False
    every_version: bool = False
    offset: int = 0
    limit: int = 10
    explain: bool = False

    @property
    def filters(self) -> Filters:
        """The filters of this request."""
        return Filters(
            date_from=self.date_from,
            date_to=self.date_to,
            sources=self.sources,
            languages=self.languages,
            places=self.places,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A message about how the query was interpreted.

    Attributes:
        text: The message, with `{0}`, `{1}` in place of `values`.
        span: The part of the query that it is about; None if it is about all of it.
    """

    code: str
    text: str
    values: tuple[str, ...] = ()
    span: Span | None = None

    @property
    def message(self) -> str:
        """The message in English."""
        return self.text.format(*self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Text with the matched words marked.

    Attributes:
        marks: The matched words, in order, without overlaps.
    """

    text: str
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrieverMatch:
    """The rank and score of an article by one retriever.

    Attributes:
        rank: From 1.
        score: In `unit`.
        unit: `BM25F` or `cosine`.
    """

    rank: Ordinal
    score: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article that matches the query, in its latest version.

    Attributes:
        article: The latest version of the chain, or with `every_version` the one that matches.
        matched: The version that matches; None if it is that of `article`.
        version_count: How many versions its chain has.
        killed: Whether the source has withdrawn what the article said.
        score: Fused score, 0..1; scores of different queries are not comparable. None if nothing
            in the query ranks articles.
        lexical, semantic: None if this retriever did not find the article.
        explanation: None unless the request asks for it.
    """

    article: Article
    score: float | None
    headline: Snippet
    snippet: Snippet
    lexical: RetrieverMatch | None = None
    semantic: RetrieverMatch | None = None
    explanation: Explanation | None = None
    matched: Version | None = None
    version_count: Count = 1
    killed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A cluster of articles about one event and its developments.

    Attributes:
        size: How many articles it has.
        first_created, last_created: Of its articles; null if none has a date.
    """

    id: str
    title: str
    size: Count
    first_created: Moment | None = None
    last_created: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHits:
    """One result: the lead article first, then other matching articles of the same story.

    Attributes:
        story: None if results are not grouped.
        matching: How many articles of the story match; `hits` has the best few of them.
    """

    story: Story | None
    matching: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value and how many articles have it."""

    value: str
    count: Count


NameKind = Literal["person", "organisation", "place"]
"""What a name is the name of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCount(FacetValue):
    """A name, what it is the name of, and how many articles mention it."""

    kind: NameKind


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationCount(FacetValue):
    """A place that articles were filed from: `Moscow, Russia`, its ISO country, and degrees.

    North and east are positive; both are null if only the country is known.
    """

    country: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Counts of one field over all matching articles, most frequent first."""

    field: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A period and how many matching articles were published in it.

    Attributes:
        start: Its first day, UTC.
    """

    start: date
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """All matching articles by date of publication.

    Attributes:
        buckets: One for each interval, in order, from the first article to the last; empty ones
            are included.
        undated: How many articles have no date; with them the counts add up to the total.
    """

    interval: Interval
    buckets: tuple[Bucket, ...]
    undated: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Exact counts of all matching articles.

    Attributes:
        lexical: Articles that keyword search found.
        semantic_only: Articles that semantic search alone found. With `lexical` they add up to
            `articles`, except if a query has nothing to score: filters alone find the articles
            then, and both are 0.
    """

    articles: Count
    lexical: Count
    semantic_only: Count
    stories: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResults:
    """One page of the results of a request.

    Attributes:
        mode: The mode used; not the one requested while semantic search is unavailable.
        next_offset: None on the last page.
        repaired: The query as interpreted, if that differs from the text; else empty.
        did_you_mean: The query with misspelt words as the archive spells them, which has not been
            searched for; None without one.
        weaker: How many more articles `weaker` would add.
    """

    request: SearchRequest
    mode: Mode
    notices: tuple[Notice, ...]
    totals: Totals
    groups: tuple[StoryHits, ...]
    facets: tuple[Facet, ...]
    histogram: Histogram
    next_offset: int | None
    took_ms: float
    generation: str
    repaired: str = ""
    did_you_mean: str | None = None
    weaker: int = 0
