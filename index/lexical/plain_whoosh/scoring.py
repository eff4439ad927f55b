"""BM25F of several terms that count as one word, by Whoosh's scorer.

Responsibility: the Whoosh query that scores a word or a pattern.
Decision: Whoosh's own formula and idf, with statistics over live rows. Its own `Or` would give each
stem of a word and each expansion of a pattern a document frequency of its own.
Must not depend on: how a query is parsed or matched.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from whoosh.matching import NullMatcher, UnionMatcher, WrappingMatcher
from whoosh.query import Query
from whoosh.scoring import BM25F, BM25FScorer
from whoosh.util import make_binary_tree

from index.lexical.plain_whoosh.live_index import LiveIndex
from index.lexical.query.bm25f import K1, B

_WEIGHTING = BM25F(B=B, K1=K1)


class WordQuery(Query):  # type: ignore[misc]
    """Matches documents with any of some terms of a field, and scores them as one term."""

    def __init__(
        self,
        index: LiveIndex,
        field: str,
        words: Sequence[bytes],
        factor: float,
        *,
        adds: bool = False,
    ) -> None:
        """Score some terms as one.

        Args:
            adds: Whether all of a document's terms count, as for a pattern; of the forms of a word
                only the most frequent one does, because an occurrence may have several.
        """
        self._index = index
        self._field = field
        self._words = words
        self._factor = factor
        self._union = UnionMatcher if adds else _MostFrequentMatcher

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """As in Whoosh's `Query`."""
        reader = searcher.reader()
        matchers = [
            reader.postings(self._field, word)
            for word in self._words
            if (self._field, word) in reader
        ]
        if not matchers:
            return NullMatcher()
        union = make_binary_tree(self._union, matchers)
        mean_length = self._index.avg_field_length(self._field)
        scorer = _WordScorer(searcher, self._field, idf=self._idf, mean_length=mean_length)
        return _ScoredMatcher(union, scorer, self._factor)

    @cached_property
    def _idf(self) -> float:
        return float(_WEIGHTING.idf(self._index, self._field, self._words))


class _MostFrequentMatcher(UnionMatcher):  # type: ignore[misc]
    """A union in which the higher weight counts, where Whoosh's own adds both."""

    def weight(self) -> float:
        """As in Whoosh's `Matcher`."""
        active = [matcher for matcher in (self.a, self.b) if matcher.is_active()]
        document = self.id()
        return max(float(each.weight()) for each in active if each.id() == document)


class _WordScorer(BM25FScorer):  # type: ignore[misc]
    """Whoosh's scorer with statistics that are given instead of looked up."""

    def __init__(self, searcher: Any, field: str, *, idf: float, mean_length: float) -> None:
        self.idf, self.avgfl = idf, mean_length or 1
        self.B, self.K1 = B, K1
        self.dfl = lambda document: searcher.doc_field_length(document, field, 1)


class _ScoredMatcher(WrappingMatcher):  # type: ignore[misc]
    """A matcher whose weights a scorer turns into scores."""

    def __init__(self, child: Any, scorer: _WordScorer, factor: float) -> None:
        super().__init__(child)
        self._scorer = scorer
        self._factor = factor

    def score(self) -> float:
        """As in Whoosh's `Matcher`."""
        return float(self._scorer.score(self.child) * self._factor)
