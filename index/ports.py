"""What pages, API and terminal need of a search engine: its interface and its errors.

Responsibility: the `SearchBackend` protocol and the errors that callers handle.
Decision: a Protocol, so that another engine needs no base class and no change here; every backend
is held to it by the contract tests.
Must not depend on: any implementation, NumPy or SciPy.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from archive.article import Article
from archive.errors import DatelineError, UnavailableError
from index.types.search import Notice, SearchRequest, SearchResults
from index.types.status import Status
from index.types.stories import Related, StoriesRequest, StoryExcerpt, StoryList, StoryView
from index.types.versions import Chain

NOTHING_INDEXED = (
    "Nothing is indexed yet in %(home)s. Run `dateline ingest PATH` and then `dateline reindex`."
)


class NoGenerationError(UnavailableError):
    """Nothing is indexed yet; the message says where, and which command to run.

    Attributes:
        home: The archive's folder.
    """

    def __init__(self, home: Path) -> None:
        super().__init__(NOTHING_INDEXED % {"home": home})
        self.home = home


class IndexUnavailableError(UnavailableError):
    """There is an index, and it cannot be opened; the message says why and what to do."""


class ModelUnavailableError(DatelineError):
    """No encoder can be loaded; the message says why and what to set."""


class StoryGoneError(DatelineError):
    """There was a story with this id, and all its articles have been withdrawn."""


class InvalidQueryError(DatelineError):
    """The query names something that does not exist, such as 30 February.

    Attributes:
        notice: What is wrong.
        span: The part of the query that it is about.
    """

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.message)
        self.notice, self.span = notice, notice.span


class SearchBackend(Protocol):
    """All that pages, API, terminal and measurements ask of a search engine.

    A method that needs an index raises `NoGenerationError` if nothing is indexed yet, and
    `IndexUnavailableError` if the index cannot be opened.
    """

    def search(self, request: SearchRequest) -> SearchResults:
        """Answer one request.

        Raises:
            InvalidQueryError: The query names something that cannot be, such as 30 February.
        """
        ...

    def rank(self, request: SearchRequest) -> tuple[str, ...]:
        """Ids of the articles that answer a request, best first, ungrouped.

        They start at `offset`, in articles, and are at most `limit`.

        Raises:
            InvalidQueryError: As with `search`.
        """
        ...

    def matches(self, request: SearchRequest) -> Iterator[Article]:
        """Every article that answers, ungrouped, in the request's order.

        They start at `offset`, in articles, and do not end at `limit`. Errors are raised by the
        call, not by the iterator, which reads as it goes and holds one block of articles.

        Raises:
            InvalidQueryError: As with `search`.
        """
        ...

    def completions(self, text: str) -> tuple[str, ...]:
        """The query with its last word completed by words of the archive, likeliest first."""
        ...

    def article(self, uri: str, version: int | None = None) -> Article | None:
        """One article, by default its newest version; None if the archive has none."""
        ...

    def versions(self, uri: str) -> tuple[Article, ...]:
        """Every version of one article, oldest first; empty if the archive has none."""
        ...

    def chain(self, uri: str) -> Chain:
        """Every version of one text that may be shown, oldest first, under this and other ids.

        The versions of one article alone if it is not indexed, or if nothing replaces it; no
        versions if the archive has none.
        """
        ...

    def related(
        self, uri: str, limit: int = 8, *, besides: Collection[str] = ()
    ) -> tuple[Related, ...]:
        """Its own story, newest first, then the most similar article of each similar story.

        Empty if no other article is similar, or if the article is not indexed. No text is listed
        twice: neither that of the article, nor that of an article in `besides`, by id.
        """
        ...

    def names(self, uri: str) -> tuple[str, ...]:
        """The names that an article mentions, most frequent first; empty if it is not indexed."""
        ...

    def story_of(self, uri: str, around: int = 8) -> StoryExcerpt | None:
        """The story that an article is in, with the `around` articles next to it in time.

        Each text is listed once, and not that of the article itself. None if the article is not
        indexed.
        """
        ...

    def story(self, story_id: str) -> StoryView | None:
        """One story with its timeline, by its id or an id that it took over; None if unknown.

        Raises:
            StoryGoneError: All its articles have been withdrawn.
        """
        ...

    def stories(self, request: StoriesRequest) -> StoryList:
        """Stories with articles in a period, those with most of them first."""
        ...

    def stories_by_article(self) -> Mapping[str, str]:
        """The story id of every indexed article, by article id."""
        ...

    def status(self) -> Status:
        """What the archive holds and what can be answered, also for an empty archive.

        Raises:
            UnavailableError: The archive cannot be read, or the index cannot be opened.
        """
        ...

    def warm_up(self) -> None:
        """Open the index and answer one query, so that the first reader does not wait."""
        ...

    def close(self) -> None:
        """Close what is open; the backend must not be used afterwards."""
        ...
