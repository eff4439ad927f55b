"""A second lexical engine, which keeps the words of each article in memory.

Responsibility: implement `LexicalEngine` and `LexicalIndex` without Whoosh.
Decision: it matches by reading every article, so that it is slow and simple.
Must not depend on: Whoosh, or what is tested.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from archive.article import Article
from index.lexical.ports import FieldFilters
from index.lexical.query.minimum_match import (
    ScoringPlan,
    find_complete,
    measure_coverage,
    plan_scoring,
    relax,
)
from index.query import And, Node, ParsedQuery, Word
from index.query.forms import list_forms, list_stems
from index.query.patterns import compile_pattern
from index.query.render import render
from index.ranking.scores import Scores, Similar
from index.storage.segments import Segment
from index.text.analysis import is_stopword, strip_language, to_term
from index.text.tokens import tokenize
from index.types.explanation import TermMatch
from index.types.search import Notice
from tests.reference_matcher import (
    Forms,
    ReferenceMatcher,
    Words,
    compute_edit_distance,
    extract_words,
)


class InMemoryLexicalEngine:
    """A second `LexicalEngine`: each article's words in one JSON file, read one by one."""

    name = "memory"

    def needs_file(self, path: str) -> bool:
        return True

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        rows = [asdict(extract_words(row, article)) for row, article in enumerate(articles)]
        (folder / "words.json").write_text(json.dumps(rows))

    def open(self, segments: Sequence[Segment], languages: Sequence[str]) -> "InMemoryLexicalIndex":
        rows = []
        for segment in segments:
            stored = json.loads((segment.folder / "words.json").read_text())
            live = range(len(stored)) if segment.live_rows is None else segment.live_rows
            rows += [_parse_words(stored[row]) for row in live]
        numbered = [replace(words, row=row) for row, words in enumerate(rows)]
        return InMemoryLexicalIndex(numbered, languages)


def _parse_words(values: dict[str, Any]) -> Words:
    places = tuple(_parse_forms(place) for place in values.pop("places"))
    lists = {key: _parse_forms(value) for key, value in values.items() if isinstance(value, list)}
    return Words(**values | lists, places=places)


def _parse_forms(value: list[list[str]]) -> Forms:
    return tuple(tuple(forms) for forms in value)


class InMemoryLexicalIndex:
    """Words by row; an article's score is the number of occurrences of the query's words."""

    def __init__(self, rows: list[Words], languages: Sequence[str]) -> None:
        self._rows = rows
        self._languages = languages
        self._folded = [
            Counter(form for forms in (*row.title, *row.body, *row.labels) for form in forms)
            for row in rows
        ]
        self._own = [
            Counter(forms[0] for forms in (*row.title, *row.body, *row.labels)) for row in rows
        ]
        self._terms = [
            Counter(to_term(w, row.language) for w in counts.elements() if _is_content(w, row))
            for row, counts in zip(rows, self._folded, strict=True)
        ]

    def score(
        self,
        query: ParsedQuery,
        mask: NDArray[np.bool_] | None,
        *,
        enough: int,
    ) -> Scores:
        if query.is_empty:
            mask = np.zeros(len(self._rows), bool)
        plan = plan_scoring(query, self._languages)
        counts = np.zeros(len(self._rows), np.float32)
        covered = np.zeros(len(self._rows), np.uint8)
        for word, factor in plan.words.items():
            word_counts = np.array([self._count(row, word) for row in range(len(self._rows))])
            counts += factor * word_counts
            covered += (word_counts > 0) & (word in plan.optional_words)
        for pattern in plan.patterns:
            accepts = compile_pattern(pattern)
            counts += [sum(n for w, n in row.items() if accepts(w)) for row in self._own]
        rows = np.flatnonzero(np.ones(len(self._rows), bool) if mask is None else mask)
        minimum = relax(lambda count: int((covered[rows] >= count).sum()), plan, enough)
        rows = rows[covered[rows] >= minimum]
        coverage = measure_coverage(covered[rows], plan, minimum)
        complete = rows[find_complete(covered[rows], plan)].astype(np.int32)
        return Scores(rows.astype(np.int32), counts[rows].astype(np.float32), coverage, complete)

    def candidate_mask(
        self,
        query: ParsedQuery,
        allowed: NDArray[np.bool_] | None,
        *,
        filters: FieldFilters | None = None,
    ) -> NDArray[np.bool_] | None:
        if not query.mandatory_clauses:
            return allowed
        matcher = ReferenceMatcher(self._languages, filters)
        mask = np.array(
            [matcher.matches(And(query.mandatory_clauses), row) for row in self._rows], bool
        )
        return mask if allowed is None else mask & allowed

    def exact_headline_rows(self, query: ParsedQuery) -> NDArray[np.int32]:
        typed = [token.folded for token in tokenize(query.input)]
        titles = [[forms[0] for forms in words.title] for words in self._rows]
        rows = [row for row, title in enumerate(titles) if typed and title == typed]
        return np.array(rows, np.int32)

    def explain(self, query: ParsedQuery, rows: Sequence[int]) -> tuple[tuple[TermMatch, ...], ...]:
        plan = plan_scoring(query, self._languages)
        return tuple(
            tuple(
                TermMatch(term=term, places=places, score=score)
                for term, score, accepts in self._score_terms(plan, query, row)
                if (places := self._find_places(row, accepts))
            )
            for row in rows
        )

    def _score_terms(
        self, plan: ScoringPlan, query: ParsedQuery, row: int
    ) -> Iterator[tuple[str, float, Callable[[str], bool]]]:
        """Yield each word and pattern with its score in a row and a test for its words."""
        for word, factor in plan.words.items():
            score = factor * self._count(row, word)
            yield word.folded, score, self._create_form_test(word, row)
        for pattern in plan.patterns:
            accepts = compile_pattern(pattern)
            count = sum(n for word, n in self._own[row].items() if accepts(word))
            yield render(pattern, query.input), float(count), accepts

    def _create_form_test(self, word: Word, row: int) -> Callable[[str], bool]:
        stems, language = {*list_stems(word, self._languages)}, self._rows[row].language
        forms = list_forms(word, self._languages)
        return lambda other: other in forms or to_term(other, language) in stems

    def _find_places(self, row: int, accepts: Callable[[str], bool]) -> tuple[str, ...]:
        words = self._rows[row]
        sections = (("headline", words.title), ("body", words.body), ("labels", words.labels))
        return tuple(
            name
            for name, some in sections
            if any(accepts(form) for forms in some for form in forms)
        )

    def notices(self, query: ParsedQuery) -> tuple[Notice, ...]:
        return ()

    def count_articles(self, node: Node) -> int:
        matcher = ReferenceMatcher(self._languages)
        return sum(matcher.matches(node, row) for row in self._rows)

    def count_by_language(self, folded: str) -> dict[str, int]:
        languages = [row.language if row.language in self._languages else "" for row in self._rows]
        rows = zip(languages, self._terms, strict=True)
        return dict(Counter(lang for lang, terms in rows if to_term(folded, lang) in terms))

    def similar_words(self, folded: str) -> tuple[Similar, ...]:
        articles = Counter(word for row in self._own for word in row)
        near = ((word, compute_edit_distance(folded, word)) for word in sorted(articles))
        return tuple(
            Similar(word, edits, articles[word])
            for word, edits in near
            if 1 <= edits <= (2 if word[0] == folded[0] else 1)
        )

    def words_with_prefix(self, folded: str, limit: int) -> tuple[str, ...]:
        articles = Counter(word for row in self._own for word in set(row))
        completions = [w for w in articles if w.startswith(folded) and w != folded]
        return tuple(sorted(completions, key=lambda word: (-articles[word], word.encode()))[:limit])

    def term_matrix(self, of: NDArray[np.integer] | None = None) -> sparse.csr_matrix:
        numbers: dict[bytes, int] = {}
        values, rows, columns = [], [], []
        for row in range(len(self._rows)) if of is None else of.tolist():
            for form in self._terms[row]:
                numbers.setdefault(strip_language(form.encode()), len(numbers))
        for row, counted in enumerate(self._terms):
            for form, count in counted.items():
                shared = strip_language(form.encode())
                if shared in numbers:
                    values.append(float(count))
                    rows.append(row)
                    columns.append(numbers[shared])
        shape = (len(self._rows), len(numbers))
        return sparse.csr_matrix((np.array(values, np.float32), (rows, columns)), shape)

    def stems_in_common(
        self, row: int, others: NDArray[np.integer]
    ) -> tuple[sparse.csr_matrix, NDArray[np.integer]]:
        weights = self.term_matrix(np.array([row]))
        frequency = np.bincount(weights.indices, minlength=weights.shape[1])
        return weights[[row, *others.tolist()]], frequency

    def _count(self, row: int, word: Word) -> int:
        stems = sum(self._terms[row][stem] for stem in list_stems(word, self._languages))
        exact = sum(self._folded[row][form] for form in list_forms(word, self._languages))
        return max(exact, stems)


def _is_content(word: str, row: Words) -> bool:
    return not is_stopword(word, (row.language,))
