"""The seam of a search engine: what the shared search code asks of an index.

Responsibility: the protocols `Snapshot`, `StoryIndex` and `Vocabulary`, and the values they return.
Decision: an index answers with arrays over opaque refs; parsing, planning, fusion, ordering,
snippets, explanations, suggestions and the assembly of answers are the same for every engine.
Must not depend on: any implementation, files or the archive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from archive.database.identity import Checkpoint
from index.query import Node, ParsedQuery
from index.ranking.candidates import Candidates, Refs
from index.ranking.scores import NearestPassage, Similar
from index.search.plan import SearchPlan
from index.types.explanation import TermMatch
from index.types.search import Facet, FacetValue, Filters, Histogram, Mode, Notice
from index.types.status import Vectors

Vector = NDArray[np.float32]
"""(dim,) float32, unit length."""


@dataclass(frozen=True, slots=True)
class RelatedRef:
    """An article similar to another one, and whether they share a story."""

    ref: int
    similarity: float
    same_story: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Exact counts over all candidates."""

    facets: tuple[Facet, ...]
    histogram: Histogram


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRecord:
    """A story of a snapshot.

    Attributes:
        number: As in `Candidates.story`; means nothing to another snapshot.
        central: The most central article, whose headline names the story.
        first_created, last_created: Of its dated articles; None where no article is dated.
    """

    number: int
    id: str
    size: int
    central: int
    first_created: datetime | None
    last_created: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSummary:
    """What an index holds, for `Status`.

    Attributes:
        sequence: The archive's last sequence number that was indexed.
        problem: Why semantic search is unavailable or incomplete; empty otherwise.
    """

    articles: int
    sequence: int
    passages: int
    vectors: Vectors | None
    stories: int
    built: datetime
    model: str | None
    problem: str
    languages: tuple[FacetValue, ...]
    sources: tuple[FacetValue, ...]
    first_created: datetime | None
    last_created: datetime | None


class Vocabulary(Protocol):
    """The words of all indexed articles, as written, folded."""

    def count_articles(self, node: Node) -> int:
        """How many articles a node of a query matches: for a word, those with any form of it."""
        ...

    def count_by_language(self, folded: str) -> dict[str, int]:
        """How many articles of each language have a word in any form, where any has.

        The analyzer's languages; `""` is all languages without a stemmer. Stop words have none.
        """
        ...

    def similar_words(self, folded: str) -> tuple[Similar, ...]:
        """Words with a similar spelling: one edit, or two edits and the same first letter."""
        ...

    def words_with_prefix(self, folded: str, limit: int) -> tuple[str, ...]:
        """Words with a prefix, most frequent first, then in byte order; never the prefix itself."""
        ...


class SemanticSearch(Protocol):
    """What compares articles with a query, and with each other, by meaning."""

    def encode(self, text: str) -> Vector | None:
        """The vector of a query; None if the model cannot read it."""
        ...

    def similarity(
        self, best: Refs, weights: NDArray[np.float32], refs: Refs
    ) -> NDArray[np.float32]:
        """Weighted mean similarity of `refs` to the `best` articles, (refs,) float32."""
        ...

    def nearest_passages(self, refs: Refs, vector: Vector) -> tuple[NearestPassage, ...]:
        """For each article its passage that is most similar to a query."""
        ...


class StoryIndex(Protocol):
    """The stories of a snapshot."""

    def __len__(self) -> int: ...

    def records(self, numbers: Sequence[int]) -> tuple[StoryRecord, ...]:
        """Stories by number, in the given order."""
        ...

    def number_of(self, ref: int) -> int:
        """The number of the story that an article is in."""
        ...

    def find(self, story_id: str) -> int | None:
        """The number of the story with an id, or of the one that took over its articles.

        None where no story ever had this id.

        Raises:
            StoryGoneError: All articles of the story have been withdrawn.
        """
        ...

    def members(self, number: int) -> Refs:
        """The articles of a story, oldest first, (size,)."""
        ...

    def cohesion(self, number: int) -> NDArray[np.float32]:
        """Cosine of each member with the mean of the others, (size,); zeros without vectors."""
        ...

    def similar_stories(self, number: int, least: float, limit: int) -> list[int]:
        """Numbers of the most similar other stories; `least` is the lowest cosine."""
        ...

    def counts(self, filters: Filters) -> tuple[NDArray[np.integer], NDArray[np.int64]]:
        """For every story: its articles within the filters, and the latest date among them.

        Both (stories,); dates are seconds since 1970 UTC, the smallest number where none is known.
        """
        ...

    def id_rank(self) -> NDArray[np.int32]:
        """Position of every story by id, (stories,)."""
        ...

    def assignments(self) -> dict[str, str]:
        """The story id of every article, by article id."""
        ...


class Snapshot(Protocol):
    """One immutable state of an index, safe to search from many threads."""

    @property
    def id(self) -> str:
        """Name of the generation."""
        ...

    @property
    def checkpoint(self) -> Checkpoint:
        """What the archive held when it was indexed."""
        ...

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The search modes it supports."""
        ...

    @property
    def problem(self) -> str:
        """Why semantic search is not available; empty if it is, or soon will be."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages whose analyzers are applied to a query."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """Its words."""
        ...

    @property
    def stories(self) -> StoryIndex:
        """Its stories."""
        ...

    @property
    def semantic(self) -> SemanticSearch | None:
        """Its vectors; None if it has none, or no encoder for them."""
        ...

    def summary(self) -> IndexSummary:
        """What the index holds."""
        ...

    def candidates(self, plan: SearchPlan, vector: Vector | None) -> Candidates:
        """Every article that answers a plan.

        Args:
            vector: Of the plan's embedding text; None where it has none.
        """
        ...

    def counts(self, refs: Refs) -> Counts:
        """Facets and date histogram of these articles."""
        ...

    def explain(self, query: ParsedQuery, refs: Refs) -> tuple[tuple[TermMatch, ...], ...]:
        """For each article, what each word and pattern of the query adds to its BM25F score."""
        ...

    def notices(self, query: ParsedQuery) -> tuple[Notice, ...]:
        """What only the index knows about a query: patterns that match too many words."""
        ...

    def find_unknown(self, filters: Filters) -> Filters:
        """Those of the sources, languages and places that no article has."""
        ...

    def keys(self, refs: Refs) -> list[tuple[str, int]]:
        """Id and version of each article, as the archive knows them."""
        ...

    def find(self, uri: str) -> int | None:
        """The latest ref of an article's chain; None where the article is not indexed."""
        ...

    def chain(self, ref: int) -> Refs:
        """The versions of the chain that a ref is in, oldest first, (size,)."""
        ...

    def names(self, ref: int) -> tuple[str, ...]:
        """The names that an article mentions, most frequent first."""
        ...

    def related(self, ref: int, limit: int) -> tuple[RelatedRef, ...]:
        """Its own story newest first, then the most similar article of each similar story."""
        ...


class Index(Protocol):
    """Where snapshots come from."""

    def snapshot(self) -> Snapshot | None:
        """The current snapshot; None where nothing is indexed yet.

        Raises:
            IndexUnavailableError: There is an index, and it cannot be opened.
        """
        ...
