"""The plan of a search: which retrievers answer, and by which rules.

Responsibility: decide, from a request and its parsed query alone, how a snapshot is asked.
Decision: a plan is computed before anything is read, so that every engine follows the same rules.
Must not depend on: any index or engine.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from index.query import ParsedQuery
from index.types.search import Filters, Mode, SearchRequest

ENOUGH = 100
"""Matches that fill the first pages; below it, articles that lack a word of the query match too."""
SIMILARITY_FLOOR = 0.30
"""Articles with a lower cosine are only loosely related (docs/measurements/vectors.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlan:
    """How one request is answered.

    Attributes:
        mode: The mode that answers: the one requested if the snapshot has it, else lexical.
        filters: Applied before both retrievers.
        uses_words: Whether lexical search answers.
        embedding_text: The text that semantic search compares articles with; empty where semantic
            search does not answer. Where neither retriever answers, filters alone do.
        enough: Matches below which optional words may be missing; also how many of the most
            similar articles semantic search adds.
        floor: Lowest cosine of an article that semantic search adds.
        every_version: Whether each version is a result of its own, not only the latest of a chain.
        includes_loose: Whether loosely related articles, below `floor`, are added as well.
        is_unread: Whether the query has text to embed that the model cannot read.
    """

    query: ParsedQuery
    mode: Mode
    filters: Filters
    uses_words: bool
    embedding_text: str
    enough: int
    floor: float = SIMILARITY_FLOOR
    includes_loose: bool = False
    every_version: bool = False
    is_unread: bool = False

    def without_meaning(self) -> "SearchPlan":
        """The plan where the model cannot read the query: its words answer in every mode."""
        return replace(
            self, uses_words=bool(self.query.ranked_leaves), embedding_text="", is_unread=True
        )


def make_plan(request: SearchRequest, query: ParsedQuery, modes: Collection[Mode]) -> SearchPlan:
    """The plan of a request for a snapshot that answers `modes`.

    A query without text to embed is answered by its words in every mode; a query with nothing to
    score (empty, or only filters and exclusions) by its filters alone.
    """
    mode: Mode = request.mode if request.mode in modes else "lexical"
    embedding_text = "" if mode == "lexical" else query.embedding_text
    return SearchPlan(
        query=query,
        mode=mode,
        filters=request.filters,
        uses_words=bool(query.ranked_leaves) and not (mode == "semantic" and embedding_text),
        embedding_text=embedding_text,
        enough=max(ENOUGH, request.limit),
        includes_loose=request.weaker,
        every_version=request.every_version,
    )
