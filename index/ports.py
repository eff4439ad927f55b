"""What pages, API and terminal need of a search engine: its interface and its errors.

Responsibility: the `SearchBackend` protocol and the errors that callers handle.
Decision: a Protocol, so that a second engine needs no base class and no change here.
Must not depend on: any implementation, NumPy or SciPy.
"""

from collections.abc import Iterator
from typing import Protocol

from archive.article import Article
from index.types.search import Notice, Related, SearchRequest, SearchResults, Status
from index.types.stories import StoriesRequest, StoryList, StoryView


class NoGenerationError(Exception):
    """Nothing is indexed yet; the message says which command to run."""


class ModelUnavailableError(Exception):
    """No encoder can be loaded; the message says why and what to set."""


class StoryGoneError(Exception):
    """There was a story with this id, and all its articles have been withdrawn."""


class InvalidQueryError(Exception):
    """A value in the query has only one honest answer: that there is none; `told` says why."""

    def __init__(self, told: Notice) -> None:
        super().__init__(told.message)
        self.told, self.span = told, told.span


class SearchBackend(Protocol):
    """All that pages, API and terminal ask of a search engine.

    What needs an index raises `NoGenerationError` where nothing is indexed yet.
    """

    def search(self, request: SearchRequest) -> SearchResults:
        """Answer one request.

        Raises:
            NoGenerationError: Nothing is indexed yet.
            InvalidQueryError: The query names something that cannot be, such as 30 February.
        """
        ...

    def matches(self, request: SearchRequest) -> Iterator[Article]:
        """Every article that answers, ungrouped, in the request's order.

        They start at `offset`, in articles, and do not end at `limit`. What is wrong is raised by
        the call, not by the iterator, which reads as it goes and holds one block of articles.

        Raises:
            NoGenerationError, InvalidQueryError: As with `search`.
        """
        ...

    def completions(self, text: str) -> tuple[str, ...]:
        """The query with its last word completed by words of the archive, likeliest first."""
        ...

    def article(self, uri: str, version: int | None = None) -> Article | None:
        """One article, its newest version unless told; None where there is none."""
        ...

    def versions(self, uri: str) -> tuple[Article, ...]:
        """Every version of one article, oldest first; empty where there is none."""
        ...

    def related(self, uri: str, limit: int = 8) -> tuple[Related, ...]:
        """Its own story, newest first, then one of each story near; never the same text."""
        ...

    def named(self, uri: str) -> tuple[str, ...]:
        """Whom an article names, those it names most first; empty where it is not indexed."""
        ...

    def story_of(self, uri: str) -> StoryView | None:
        """The story that this article is in, None where it is not indexed."""
        ...

    def story(self, story_id: str) -> StoryView | None:
        """One story with its course, by its id or one that led to it; None where there is none.

        Raises:
            StoryGoneError: There was one, of which nothing is left.
        """
        ...

    def stories(self, request: StoriesRequest) -> StoryList:
        """Stories with articles in a period, those with most of them first."""
        ...

    def status(self) -> Status:
        """What is held and what can be answered; never raises for an empty archive."""
        ...
