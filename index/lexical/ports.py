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
from index.query import Leaf, Node, ParsedQuery
from index.ranking.scores import Scores, Similar
from index.storage.segments import Segment
from index.types.explanation import TermMatch
from index.types.search import Notice


class FieldFilters(Protocol):
    """Filters on what is known of rows besides their words: source, language, date, name, story."""

    def rows(self, field: str, leaf: Leaf) -> NDArray[np.bool_]:
        """Rows whose `field` (source, lang, date, name, ...) matches `leaf`, (rows,) bool."""
        ...


class LexicalIndex(Protocol):
    """An open lexical index over rows 0..n-1 of a generation; safe for many threads.

    A search takes two steps: `candidate_mask` finds the rows that match the mandatory clauses, and
    `score` scores those that match the optional words as well.
    """

    def score(self, query: ParsedQuery, mask: NDArray[np.bool_] | None, *, enough: int) -> Scores:
        """Rows of the query's `candidate_mask` that match it, with their BM25F scores.

        A match should have every optional word. If fewer than `enough` rows do, rows without one
        of them match too, and so on; stop words and patterns are never needed for a match.
        """
        ...

    def candidate_mask(
        self,
        query: ParsedQuery,
        allowed: NDArray[np.bool_] | None,
        *,
        filters: FieldFilters | None = None,
    ) -> NDArray[np.bool_] | None:
        """The rows of `allowed` that match the query's mandatory clauses; None for all rows.

        Args:
            filters: Clauses on fields that these know match nothing if it is None.
        """
        ...

    def exact_headline_rows(self, query: ParsedQuery) -> NDArray[np.int32]:
        """Rows whose headline is the query as typed, (n,) ascending; operators do not count."""
        ...

    def explain(self, query: ParsedQuery, rows: Sequence[int]) -> tuple[tuple[TermMatch, ...], ...]:
        """For each of some rows, what each word and pattern of the query adds to its score."""
        ...

    def notices(self, query: ParsedQuery) -> tuple[Notice, ...]:
        """Notices about patterns that match more words than are searched for."""
        ...

    def count_articles(self, node: Node) -> int:
        """How many rows a node of a query matches, without filters on other fields."""
        ...

    def count_by_language(self, folded: str) -> dict[str, int]:
        """How many rows of each language have a word in any form, where any has.

        The analyzer's languages; `""` is all languages without a stemmer. Stop words have none.
        """
        ...

    def similar_words(self, folded: str) -> tuple[Similar, ...]:
        """Words within one edit of a word, or within two if they share its first letter.

        In byte order; never the word itself, nor one that begins with a letter of another script.
        """
        ...

    def words_with_prefix(self, folded: str, limit: int) -> tuple[str, ...]:
        """The most frequent words that begin with a prefix, ties in byte order; never itself."""
        ...

    def term_matrix(self, of: NDArray[np.integer] | None = None) -> sparse.csr_matrix:
        """(rows, stems) float32 weights, headline terms weighted; all stems, or those of some rows.

        A stem that several languages share is one column.
        """
        ...

    def stems_in_common(
        self, row: int, others: NDArray[np.integer]
    ) -> tuple[sparse.csr_matrix, NDArray[np.integer]]:
        """Compare the stems of a row with those of some others, ascending.

        Returns:
            (1 + others, stems) float32 weights, of the row first, of the stems that the row has;
            and how many of all rows have each, (stems,).
        """
        ...


class LexicalEngine(Protocol):
    """Builds and opens lexical indexes.

    Attributes:
        name: The kind of index that it builds and opens, as the manifest of a generation has it.
    """

    name: str

    def needs_file(self, path: str) -> bool:
        """Whether a file is opened for searching, by its path in a generation."""
        ...

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """Index articles in order into an empty folder; row n is the n-th article."""
        ...

    def open(self, segments: Sequence[Segment], languages: Sequence[str]) -> LexicalIndex:
        """Open built folders as one index; queries are analysed in each of `languages`."""
        ...
