"""Stories in the API: in a list, and one with its timeline.

Responsibility: the shape of a story in each place, and how it is made from `index.types`.
Decision: an answer about a story has the story's own keys first, so its type extends `Story`.
Must not depend on: Flask, requests or routes.
"""

from dataclasses import dataclass
from typing import Self

import index.types.stories as values
from index.types.fields import Count
from index.types.search import FacetValue, NameCount, Story
from web.api.cursor import write_cursor
from web.api.schema.answer import Answer, attributes, converted
from web.api.schema.articles import ArticleSummary
from web.api.schema.notices import Notice

_DECIMALS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingStory(Story):
    """A story in a list.

    Attributes:
        matching: How many of its articles match the request.
    """

    matching: Count

    @classmethod
    def from_story(cls, story: Story, matching: int) -> Self:
        """A story with a count of articles."""
        return cls(**attributes(story), matching=matching)


class Stories(Answer, frozen=True, kw_only=True):
    """One page of stories, those with the most articles first.

    Attributes:
        total: How many stories there are on all pages.
        next: The cursor of the next page; null on the last one.
    """

    total: Count
    results: tuple[MatchingStory, ...]
    next: str | None
    notices: tuple[Notice, ...]
    generation: str

    @classmethod
    def from_list(cls, page: values.StoryList) -> Self:
        """One page."""
        offset = page.next_offset
        return cls(
            total=page.total,
            results=tuple(MatchingStory.from_story(story, n) for story, n in page.stories),
            next=None if offset is None else write_cursor(page.generation, offset),
            notices=tuple(converted(Notice, notice) for notice in page.notices),
            generation=page.generation,
        )


class Development(Answer, frozen=True, kw_only=True):
    """What one article adds to its story, and why it belongs to the story.

    Attributes:
        id: The article's.
        added: The sentence with the most information that no earlier article contains.
        repeats: The ids of later articles that add nothing new.
        likeness: The cosine similarity to the mean of the other articles; 0 without a model.
        shared: Names that other articles of the story contain too.
        gap_days: Days to the nearest other article; null if a date is unknown.
    """

    id: str
    added: str
    repeats: tuple[str, ...]
    likeness: float
    shared: tuple[str, ...]
    gap_days: float | None

    @classmethod
    def from_development(cls, development: values.Development) -> Self:
        """With ids in place of articles."""
        return cls(
            id=development.article.uri,
            added=development.added,
            repeats=tuple(article.uri for article in development.repeats),
            likeness=round(development.likeness, _DECIMALS),
            shared=development.shared,
            gap_days=development.gap_days,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView(Story):
    """A story with its articles and its timeline, oldest first.

    Attributes:
        developments: What each article adds; one that repeats an earlier one has none of its own.
        names, places, sources: With how many of the articles have each, most frequent first.
        related: Related stories, most similar first.
    """

    articles: tuple[ArticleSummary, ...]
    developments: tuple[Development, ...]
    names: tuple[NameCount, ...]
    places: tuple[FacetValue, ...]
    sources: tuple[FacetValue, ...]
    related: tuple[Story, ...]

    @classmethod
    def from_view(cls, view: values.StoryView) -> Self:
        """The story, its articles and its timeline."""
        line = view.line
        return cls(
            **attributes(view.story),
            articles=tuple(converted(ArticleSummary, article) for article in view.articles),
            developments=tuple(map(Development.from_development, line.developments)),
            names=line.names,
            places=line.places,
            sources=line.sources,
            related=view.related,
        )
