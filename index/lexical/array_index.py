"""A lexical index over arrays, open for searching.

Responsibility: answer the methods of `LexicalIndex`.
Decision: a query scores every matching article at once, so that counts, facets and fusion are
exact.
Must not depend on: embeddings, stories or the query syntax.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.arrays.bounded_cache import BoundedCache
from index.arrays.ops import union
from index.lexical.headlines import HeadlineIndex
from index.lexical.ports import FieldFilters
from index.lexical.postings import Postings
from index.lexical.query.accumulator import ScoreAccumulator
from index.lexical.query.bm25f import BM25FScorer
from index.lexical.query.clauses import ClauseMatcher
from index.lexical.query.collect import collect_matches
from index.lexical.query.explain import explain_scores
from index.lexical.query.minimum_match import ScoringPlan, plan_scoring
from index.lexical.query.notices import list_truncated_patterns
from index.lexical.query.term_matrix import build_matrix, build_matrix_among, build_matrix_of
from index.lexical.query.terms import TermLookup
from index.lexical.schema import TEXT
from index.query import And, Node, ParsedQuery, Word
from index.ranking.scores import Scores, Similar
from index.text.analysis import to_term
from index.text.tokens import tokenize
from index.types.explanation import TermMatch
from index.types.search import Notice

_REMEMBERED = 8
"""Queries whose masks and headlines are remembered: readers turn pages."""


class ArrayIndex:
    """One immutable lexical index, open for searching by many threads; see `LexicalIndex`."""

    def __init__(
        self, fields: Mapping[str, Postings], headlines: HeadlineIndex, languages: tuple[str, ...]
    ) -> None:
        self._fields = fields
        self._headlines = headlines
        self._languages = languages
        self._terms = TermLookup(fields, languages)
        self._matcher = ClauseMatcher(fields, self._terms, languages)
        self._scorer = BM25FScorer(fields, self._terms)
        self._row_count = len(fields[TEXT].lengths)
        self._masks = BoundedCache[
            tuple[ParsedQuery, FieldFilters | None], NDArray[np.bool_] | None
        ](_REMEMBERED)
        self._headline_rows = BoundedCache[str, NDArray[np.int32]](_REMEMBERED)

    def score(self, query: ParsedQuery, mask: NDArray[np.bool_] | None, *, enough: int) -> Scores:
        """As in `LexicalIndex`."""
        if query.is_empty:
            return Scores(np.empty(0, np.int32), np.empty(0, np.float32))
        plan = plan_scoring(query, self._languages)
        accumulator = ScoreAccumulator(self._row_count, mask)
        self._add_scores(plan, accumulator)
        return collect_matches(accumulator, plan, enough)

    def candidate_mask(
        self,
        query: ParsedQuery,
        allowed: NDArray[np.bool_] | None,
        *,
        filters: FieldFilters | None = None,
    ) -> NDArray[np.bool_] | None:
        """As in `LexicalIndex`."""
        mandatory = self._masks.get((query, filters), lambda: self._match_mandatory(query, filters))
        if mandatory is None or allowed is None:
            return allowed if mandatory is None else mandatory.copy()
        return np.asarray(mandatory & allowed)

    def exact_headline_rows(self, query: ParsedQuery) -> NDArray[np.int32]:
        """As in `LexicalIndex`."""
        return self._headline_rows.get(query.input, lambda: self._find_headline(query.input))

    def explain(self, query: ParsedQuery, rows: Sequence[int]) -> tuple[tuple[TermMatch, ...], ...]:
        """As in `LexicalIndex`."""
        return explain_scores(
            query, rows, self._languages, scorer=self._scorer, matcher=self._matcher
        )

    def notices(self, query: ParsedQuery) -> tuple[Notice, ...]:
        """As in `LexicalIndex`."""
        return list_truncated_patterns(
            query, lambda pattern, field: self._matcher.expand(pattern, field).is_truncated
        )

    def count_articles(self, node: Node) -> int:
        """As in `LexicalIndex`."""
        if isinstance(node, Word):
            return len(union(self._terms.list_rows(node), self._row_count))
        return int(np.count_nonzero(self._matcher.match(node, None)))

    def count_by_language(self, folded: str) -> dict[str, int]:
        """As in `LexicalIndex`."""
        text, languages = self._fields[TEXT], (*self._languages, "")
        numbers = {each: text.terms.find(to_term(folded, each)) for each in languages}
        return {
            language: int(text.read_document_frequencies(np.array([number]))[0])
            for language, number in numbers.items()
            if number is not None
        }

    def similar_words(self, folded: str) -> tuple[Similar, ...]:
        """As in `LexicalIndex`."""
        return self._matcher.get_vocabulary().find_similar(folded)

    def words_with_prefix(self, folded: str, limit: int) -> tuple[str, ...]:
        """As in `LexicalIndex`."""
        return self._matcher.get_vocabulary().complete_prefix(folded, limit)

    def term_matrix(self, of: NDArray[np.integer] | None = None) -> sparse.csr_matrix:
        """As in `LexicalIndex`."""
        postings = self._fields[TEXT]
        if of is None:
            return build_matrix(postings, self._row_count)
        return build_matrix_of(postings, of, self._row_count, self._languages)

    def stems_in_common(
        self, row: int, others: NDArray[np.integer]
    ) -> tuple[sparse.csr_matrix, NDArray[np.integer]]:
        """As in `LexicalIndex`."""
        return build_matrix_among(self._fields[TEXT], row, others, self._languages)

    def _find_headline(self, text: str) -> NDArray[np.int32]:
        return self._headlines.find_rows([token.folded for token in tokenize(text)])

    def _match_mandatory(
        self, query: ParsedQuery, filters: FieldFilters | None
    ) -> NDArray[np.bool_] | None:
        """Rows that match all mandatory clauses; None for all rows."""
        if not query.mandatory_clauses:
            return None
        return self._matcher.match(And(query.mandatory_clauses), filters)

    def _add_scores(self, plan: ScoringPlan, to: ScoreAccumulator) -> None:
        """Add the scores of every word and pattern, and count the optional words."""
        for word, factor in plan.words.items():
            self._scorer.add_word(word, factor, to, count=word in plan.optional_words)
        for pattern, factor in plan.patterns.items():
            self._scorer.add_pattern(self._matcher.expand(pattern, None).terms, factor, to)
