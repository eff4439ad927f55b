"""A lexical index that Whoosh searches.

Responsibility: answer the methods of `LexicalIndex` from Whoosh's files.
Decision: postings are read one by one, by Whoosh, which makes it slow and simple: a check on the
array engine, with the same matches and scores. Whoosh's readers share file positions, so one query
at a time has the index.
Must not depend on: the array engine's postings or vocabulary.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from threading import RLock

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.lexical.plain_whoosh.live_index import LiveIndex
from index.lexical.plain_whoosh.scoring import WordQuery
from index.lexical.plain_whoosh.translation import Translator, encode
from index.lexical.plain_whoosh.vocabulary import LiveVocabulary
from index.lexical.ports import FieldFilters
from index.lexical.query.accumulator import ScoreAccumulator
from index.lexical.query.bm25f import EXACT_SHARE
from index.lexical.query.collect import collect_matches
from index.lexical.query.minimum_match import plan_scoring
from index.lexical.query.notices import list_truncated_patterns
from index.lexical.schema import BY, EXACT, PLACE, TEXT
from index.query import And, Node, ParsedQuery, Pattern, Word
from index.query.forms import list_scored_terms, list_stems
from index.query.render import render
from index.ranking.scores import Scores, Similar
from index.text.analysis import is_further_form, strip_language, to_term
from index.text.tokens import tokenize
from index.types.explanation import TermMatch
from index.types.search import Notice

_PLACES = {"title": "headline", "body": "body", "labels": "labels"}
_NO_SPAN = (0, 0)


class PlainWhooshIndex:
    """One immutable lexical index; see `LexicalIndex`. Threads wait for each other."""

    def __init__(self, index: LiveIndex, languages: Sequence[str]) -> None:
        self._index = index
        self._languages = languages
        self._vocabulary = LiveVocabulary(index)
        self._translator = Translator(self._vocabulary, languages)
        self._lock = RLock()

    def score(self, query: ParsedQuery, mask: NDArray[np.bool_] | None, *, enough: int) -> Scores:
        """As in `LexicalIndex`."""
        if query.is_empty:
            return Scores(np.empty(0, np.int32), np.empty(0, np.float32))
        plan = plan_scoring(query, self._languages)
        accumulator = ScoreAccumulator(self._index.row_count, mask)
        with self._lock:
            for word, factor in plan.words.items():
                rows = self._add(self._word_queries(word, factor), accumulator)
                if word in plan.optional_words:
                    ones = np.ones(len(rows), np.float32)
                    accumulator.count_word([accumulator.locate(rows, ones)[0]])
            for pattern, factor in plan.patterns.items():
                self._add(self._pattern_queries(pattern, factor), accumulator)
        return collect_matches(accumulator, plan, enough)

    def candidate_mask(
        self,
        query: ParsedQuery,
        allowed: NDArray[np.bool_] | None,
        *,
        filters: FieldFilters | None = None,
    ) -> NDArray[np.bool_] | None:
        """As in `LexicalIndex`."""
        if not query.mandatory_clauses:
            return allowed
        mask = np.zeros(self._index.row_count, bool)
        with self._lock:
            translated = self._translator.translate(And(query.mandatory_clauses), filters)
            mask[self._index.find_rows(translated)] = True
        return mask if allowed is None else mask & allowed

    def exact_headline_rows(self, query: ParsedQuery) -> NDArray[np.int32]:
        """As in `LexicalIndex`."""
        words = [token.folded for token in tokenize(query.input)]
        if not words:
            return np.empty(0, np.int32)
        with self._lock:
            return self._index.find_rows(self._translator.match_headline(words))

    def explain(self, query: ParsedQuery, rows: Sequence[int]) -> tuple[tuple[TermMatch, ...], ...]:
        """As in `LexicalIndex`."""
        plan = plan_scoring(query, self._languages)
        scored: list[tuple[str, Word | Pattern, float]] = [
            *((word.folded, word, factor) for word, factor in plan.words.items()),
            *((render(leaf, query.input), leaf, factor) for leaf, factor in plan.patterns.items()),
        ]
        matches: list[list[TermMatch]] = [[] for _ in rows]
        with self._lock:
            for term, leaf, factor in scored:
                accumulator = ScoreAccumulator(self._index.row_count)
                if isinstance(leaf, Word):
                    self._add(self._word_queries(leaf, factor), accumulator)
                else:
                    self._add(self._pattern_queries(leaf, factor), accumulator)
                places = self._find_places(leaf)
                for row_matches, row in zip(matches, rows, strict=True):
                    in_row = tuple(place for place, matched in places.items() if row in matched)
                    if in_row:
                        score = float(accumulator.scores[row])
                        row_matches.append(TermMatch(term=term, places=in_row, score=score))
        return tuple(tuple(row_matches) for row_matches in matches)

    def notices(self, query: ParsedQuery) -> tuple[Notice, ...]:
        """As in `LexicalIndex`."""
        fields = {"by": BY, "place": PLACE}
        with self._lock:
            return list_truncated_patterns(
                query,
                lambda pattern, field: (
                    self._vocabulary.expand(pattern, fields.get(field or "", EXACT)).is_truncated
                ),
            )

    def count_articles(self, node: Node) -> int:
        """As in `LexicalIndex`."""
        with self._lock:
            return len(self._index.find_rows(self._translator.translate(node)))

    def count_by_language(self, folded: str) -> dict[str, int]:
        """As in `LexicalIndex`."""
        with self._lock:
            counts = {
                language: self._index.count_articles(TEXT, encode(to_term(folded, language)))
                for language in (*self._languages, "")
            }
        return {language: count for language, count in counts.items() if count}

    def similar_words(self, folded: str) -> tuple[Similar, ...]:
        """As in `LexicalIndex`."""
        with self._lock:
            return self._vocabulary.find_similar(folded)

    def words_with_prefix(self, folded: str, limit: int) -> tuple[str, ...]:
        """As in `LexicalIndex`."""
        with self._lock:
            return self._vocabulary.complete_prefix(folded, limit)

    def term_matrix(self, of: NDArray[np.integer] | None = None) -> sparse.csr_matrix:
        """As in `LexicalIndex`."""
        wanted = None if of is None else set(of.tolist())
        rows_by_stem: dict[bytes, dict[int, float]] = {}
        with self._lock:
            for term in self._index.iter_words(TEXT):
                if is_further_form(term):
                    continue
                postings = dict(self._index.iter_postings(TEXT, term))
                if postings:
                    stem_rows = rows_by_stem.setdefault(strip_language(term), {})
                    stem_rows.update(postings)
        columns = [r for r in rows_by_stem.values() if wanted is None or not wanted.isdisjoint(r)]
        cells = [(row, n, weight) for n, r in enumerate(columns) for row, weight in r.items()]
        weights = np.array([weight for _, _, weight in cells], np.float32)
        places = ([row for row, _, _ in cells], [number for _, number, _ in cells])
        shape = (self._index.row_count, len(columns))
        return sparse.csr_matrix((weights, places), shape)

    def stems_in_common(
        self, row: int, others: NDArray[np.integer]
    ) -> tuple[sparse.csr_matrix, NDArray[np.integer]]:
        """As in `LexicalIndex`; Whoosh cannot tell the terms of a row, so all are read once."""
        weights = self._all_weights
        stems = weights[row].indices
        frequency = np.bincount(weights.indices, minlength=weights.shape[1])
        return weights[[row, *others.tolist()]][:, stems], frequency[stems]

    @cached_property
    def _all_weights(self) -> sparse.csr_matrix:
        return self.term_matrix()

    def _word_queries(self, word: Word, factor: float) -> Iterator[WordQuery]:
        """The queries that score a word: its stems as one, and its exact forms as one."""
        stems = [encode(term) for term in list_stems(word, self._languages)]
        exact = [encode(term) for term in list_scored_terms(word, self._languages)]
        yield WordQuery(self._index, TEXT, stems, factor)
        yield WordQuery(self._index, EXACT, exact, factor * EXACT_SHARE)

    def _pattern_queries(self, pattern: Pattern, factor: float) -> Iterator[WordQuery]:
        words = self._vocabulary.expand(pattern).words
        yield WordQuery(self._index, EXACT, words, factor, adds=True)

    def _add(
        self, queries: Iterator[WordQuery], accumulator: ScoreAccumulator
    ) -> NDArray[np.int32]:
        """Add the scores of some queries; the rows that any of them matches, ascending."""
        matched = [np.empty(0, np.int32)]
        for query in queries:
            rows, scores = self._index.score_rows(query)
            slots, slot_scores = accumulator.locate(rows, scores)
            accumulator.scores[slots] += slot_scores
            matched.append(rows)
        return np.unique(np.concatenate(matched))

    def _find_places(self, leaf: Word | Pattern) -> dict[str, set[int]]:
        """The rows with a leaf in each place of an article."""
        return {
            place: set(
                self._index.find_rows(self._translator.translate(leaf, None, field)).tolist()
            )
            for field, place in _PLACES.items()
        }
