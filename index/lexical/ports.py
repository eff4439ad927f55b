"""What the search engine needs of a lexical index.

Responsibility: the protocols of a lexical engine, its open index, and filters on other fields.
Decision: Protocols, so that another engine needs no base class and no change here.
Must not depend on: any implementation.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from archive.article import Article
from index.query import Leaf, ParsedQuery
from index.ranking.scores import Scores, Similar
from index.storage.segments import Segment
from index.types.explanation import TermMatch
from index.types.search import Notice


class FieldFilters(Protocol):
    """What is known of rows besides their words: source, language, date, name, story, id."""

    def rows(self, field: str, leaf: Leaf) -> NDArray[np.bool_]:
        """Rows whose `field` (source, lang, date, name, ...) is what `leaf` asks, (n,) bool."""
        ...


class LexicalIndex(Protocol):
    """An open lexical index over rows 0..n-1 of a generation.

    Clauses on fields that `filters` knows match nothing where it is None.
    """

    def score(
        self,
        query: ParsedQuery,
        mask: NDArray[np.bool_] | None,
        *,
        enough: int,
    ) -> Scores:
        """Rows of a query's `candidate_mask` that match, with their BM25F scores.

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
