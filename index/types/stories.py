"""Stories: one with its timeline, and lists of many.

Responsibility: everything that pages, API and terminal show of a story, and what a list asks for.
Decision: frozen values only, as in `search`, so that pages, API and terminal share one answer.
Must not depend on: how a value is computed or shown.
"""

from dataclasses import dataclass
from datetime import date

from archive.article import Article
from index.types.search import FacetValue, Filters, Histogram, NameCount, Notice, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """What one article adds to its story, and why it belongs to the story.

    Attributes:
        added: The sentence with the most information that no earlier article contains; empty if
            there is none.
        repeats: Later articles that add nothing new.
        likeness: The cosine similarity to the mean of the other articles; 0 without a model.
        shared: Names that other articles of the story contain too.
        gap_days: Days to the nearest other article; None if a date is unknown.
    """

    article: Article
    added: str
    repeats: tuple[Article, ...]
    likeness: float
    shared: tuple[str, ...]
    gap_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """How a story developed, oldest first, and its names, places and sources."""

    developments: tuple[Development, ...]
    names: tuple[NameCount, ...]
    places: tuple[FacetValue, ...]
    sources: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story with all its articles, oldest first.

    Attributes:
        line: Its timeline.
        related: Similar stories, the most similar first.
        histogram: When its articles were published.
    """

    story: Story
    articles: tuple[Article, ...]
    line: Timeline
    related: tuple[Story, ...]
    histogram: Histogram


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryExcerpt:
    """The story of an article, with some other articles next to it in time, oldest first."""

    story: Story
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesRequest:
    """Which stories to list: those with most articles in a period first, then the latest.

    Attributes:
        date_from, date_to: Days, UTC, both included; None leaves that end open.
        least: How many articles a story must have in the period.
    """

    date_from: date | None = None
    date_to: date | None = None
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    least: int = 1
    offset: int = 0
    limit: int = 20

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
class StoryList:
    """One page of stories, each with its articles in the period; `total` counts all stories.

    Attributes:
        notices: Sources, languages and places of the request that no article has.
    """

    total: int
    stories: tuple[tuple[Story, int], ...]
    next_offset: int | None
    generation: str
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An article near another one.

    Attributes:
        similarity: Three quarters TF-IDF cosine, one quarter cosine of the vectors relative to the
            mean of the archive; the TF-IDF cosine alone without vectors.
    """

    article: Article
    similarity: float
    same_story: bool
