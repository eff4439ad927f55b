"""What is shown of stories: one with its course, and lists of many.

Decision: frozen values only, as in `search`, so that pages, API and terminal share one answer.
Must not know how anything is computed or shown.
"""

from dataclasses import dataclass
from datetime import date

from archive.article import Article
from index.types.search import FacetValue, Filters, Histogram, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """An article's part in its story, and why it is in it.

    Attributes:
        added: The sentence with the most that no earlier article says; empty where there is none.
        repeats: Later articles that say nothing that this one does not.
        likeness: How near it is to the rest of the story: a cosine, 0 without a model.
        shared: Names that other articles of the story have too.
        gap_days: Days to the nearest other article; None where a date is not known.
    """

    article: Article
    added: str
    repeats: tuple[Article, ...]
    likeness: float
    shared: tuple[str, ...]
    gap_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The course of a story, oldest first, and who, where and which sources are in it."""

    developments: tuple[Development, ...]
    names: tuple[FacetValue, ...]
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
        date_from, date_to: Days, UTC, both included; None where the period is open.
        least: Articles that a story must have in it.
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
    """One page of stories, each with its articles in the period; `total` counts all stories."""

    total: int
    stories: tuple[tuple[Story, int], ...]
    next_offset: int | None
    generation: str
