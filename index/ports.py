"""The seams: what a search backend must answer, and the parts that one machine's is made of.

Decision: Protocols, so that a second engine needs no base class and no change here.
Must not know any implementation.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from archive.article import Article
from index.query import Leaf, ParsedQuery
from index.ranking.scores import Scores, Similar
from index.storage.segments import Segment
from index.types.explanation import Span, TermMatch
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


class FieldFilters(Protocol):
    """What is known of rows besides their words: source, language, date, name, story, id."""

    def rows(self, field: str, leaf: Leaf) -> NDArray[np.bool_]:
        """Rows whose `field` (source, lang, date, name, ...) is what `leaf` asks, (n,) bool."""
        ...


class LexicalIndex(Protocol):
    """An open lexical index over rows 0..n-1 of a generation.

    Clauses on fields that `filters` knows match nothing where it is None.
    """

    def __hash__(self) -> int: ...

    def score(
        self,
        query: ParsedQuery,
        allowed: NDArray[np.bool_] | None,
        *,
        enough: int,
        filters: FieldFilters | None = None,
    ) -> Scores:
        """Rows that match within `allowed` (n,) bool, None for all, with BM25F scores.

        Articles that lack a word of the query match only where fewer than `enough` have them all.
        """
        ...

    def candidate_mask(
        self,
        query: ParsedQuery,
        allowed: NDArray[np.bool_] | None,
        *,
        filters: FieldFilters | None = None,
    ) -> NDArray[np.bool_] | None:
        """`allowed` narrowed by the query's hard clauses; None where all may match.

        Rows whose headline is the query meet it whatever its signs would mean.
        """
        ...

    def exact_headline_rows(self, query: ParsedQuery) -> NDArray[np.int32]:
        """Rows whose headline is the query as it was typed, (n,) ascending; signs do not count."""
        ...

    def explain(self, query: ParsedQuery, rows: Sequence[int]) -> tuple[tuple[TermMatch, ...], ...]:
        """For each of these rows, what each word and pattern of the query adds to its score."""
        ...

    def notices(self, query: ParsedQuery) -> tuple[Notice, ...]:
        """What only the index knows about a query: patterns that stand for too many words."""
        ...

    def document_frequency(self, folded: str) -> int:
        """How many articles have a word in any form."""
        ...

    def similar_words(self, folded: str) -> tuple[Similar, ...]:
        """Words spelt almost as this one: within one edit, or two with the same first letter."""
        ...

    def words_with_prefix(self, folded: str, limit: int) -> tuple[str, ...]:
        """The words that begin so, in most articles first, then in byte order; never itself."""
        ...

    def term_matrix(self, of: NDArray[np.integer] | None = None) -> sparse.csr_matrix:
        """(rows, terms) float32 weights of stems: all, or all that the rows `of` have."""
        ...


class LexicalEngine(Protocol):
    """Builds and opens lexical indexes."""

    name: str

    def needs_file(self, path: str) -> bool:
        """Whether a file of a generation is opened for searching; false for its own others."""
        ...

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """Index articles in order into an empty folder; row n is the n-th article."""
        ...

    def open(self, parts: Sequence[Segment], languages: Sequence[str]) -> LexicalIndex:
        """Open built folders as if they were one; queries are analysed in each of `languages`."""
        ...


class QueryEncoder(Protocol):
    """Turns queries into unit vectors.

    Attributes:
        name: As a reader knows the model.
        key: Changes whenever the vectors would; embeddings are cached under it.
    """

    name: str
    key: str

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """Embed one query, (dim,) float32."""
        ...


class Encoder(QueryEncoder, Protocol):
    """Turns articles' passages into unit vectors as well."""

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts as documents, (len(texts), dim) float32."""
        ...

    def pieces(self, text: str) -> Sequence[Span]:
        """Spans of the word pieces that the model reads, in order."""
        ...


class Models(Protocol):
    """Where encoders come from; `name` is the model that a reindex would use."""

    name: str

    def document_encoder(self) -> Encoder:
        """The encoder for articles.

        Raises:
            ModelUnavailableError: There is none.
        """
        ...

    def known_key(self) -> str | None:
        """The key of the model if that is known without loading it."""
        ...

    def light_document_encoder(self, key: str) -> Encoder | None:
        """The encoder of this key for a few articles, if it need not be loaded first."""
        ...

    def query_encoder(self, key: str) -> QueryEncoder:
        """The encoder for queries against vectors made under `key`.

        Raises:
            ModelUnavailableError: There is none.
        """
        ...
