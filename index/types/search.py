"""The values that cross between index and whoever shows them: request, hit, story, results.

Decision: frozen values only, no dicts or arrays, so that pages, API and terminal share one answer.
Must not know how anything is computed or shown.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from archive.article import Article
from index.types.explanation import Explanation
from index.types.explanation import Span as Span

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
    """One search, as a reader asked for it.

    Attributes:
        text: The query; empty means every article, newest first.
        date_from, date_to: Days, UTC, both included.
        sources, languages, places: Keep articles with any of these; empty keeps all. A place is
            where an article was filed from.
        sort: Order of articles, and of stories by the first of theirs; undated ones come last.
        weaker: Take what is nearest in meaning even where it is hardly near at all.
        offset, limit: Which groups (stories, or articles with `group="none"`) to return.
        explain: Say of every hit why it is there.
    """

    text: str = ""
    mode: Mode = "hybrid"
    date_from: date | None = None
    date_to: date | None = None
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    group: Grouping = "story"
    sort: Sort = "relevance"
    weaker: bool = False
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
    """Something the reader should know about how the query was taken.

    Attributes:
        text: What is said, with `{0}`, `{1}` where `values` go.
        span: The part of the query that it is about.
    """

    code: str
    text: str
    values: tuple[str, ...] = ()
    span: Span | None = None

    @property
    def message(self) -> str:
        """What is said, in English."""
        return self.text.format(*self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of text with the matched words in it; `marks` are ordered and do not overlap."""

    text: str
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrieverMatch:
    """Where one retriever put an article: rank from 1, score in `unit` (BM25F or cosine)."""

    rank: int
    score: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article that answers the query, with the reasons why.

    Attributes:
        score: Fused score, 0..1 within one query; not comparable between queries.
        lexical, semantic: None where that retriever did not find the article.
        explanation: None unless it was asked for.
    """

    article: Article
    score: float
    headline: Snippet
    snippet: Snippet
    lexical: RetrieverMatch | None = None
    semantic: RetrieverMatch | None = None
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A cluster of articles about one event and its developments; `size` counts all of them."""

    id: str
    title: str
    size: int
    first_created: datetime | None = None
    last_created: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHits:
    """One entry of a result list: the lead first, then others of the same story that match.

    Attributes:
        story: None when results are not grouped.
        matching: How many articles of the story match; `hits` holds the best few of them.
    """

    story: Story | None
    matching: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value and how many of the articles found have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Counts of one field over the whole result set, most frequent first."""

    field: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A stretch of time by its first day, UTC, and how many of the articles found lie in it."""

    start: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """When the articles found were published: counts of the whole result set.

    Attributes:
        buckets: One an interval, in order, without gaps, from the first to the last article.
        undated: How many have no date; with them the counts add up to the total.
    """

    interval: Interval
    buckets: tuple[Bucket, ...]
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Exact counts over the whole result set.

    Attributes:
        lexical: Articles that keyword search found.
        semantic_only: Articles that semantic search alone found. With `lexical` they add up to
            `articles`, except where a query has nothing to score: filters alone find the articles
            then, and both are 0.
    """

    articles: int
    lexical: int
    semantic_only: int
    stories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResults:
    """The answer to one request.

    Attributes:
        next_offset: None on the last page.
        repaired: The query as it was taken, where that is not as it was typed; else empty.
        did_you_mean: The query in another spelling, which was not searched for; None without one.
        weaker: How many more articles `weaker` would show.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An article near another one; `similarity` is a cosine, or lexical overlap without a model."""

    article: Article
    similarity: float
    same_story: bool
