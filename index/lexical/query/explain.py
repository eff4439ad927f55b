"""Why an article has its BM25F score: what each word of a query adds, and where it occurs.

Responsibility: score each word and pattern of a query on its own for a few rows.
Decision: it calls the scorer and the matcher that searching uses, so that it cannot differ.
Must not depend on: fusion or pages.
"""

from collections.abc import Sequence

import numpy as np

from index.lexical.query.accumulator import ScoreAccumulator
from index.lexical.query.bm25f import BM25FScorer
from index.lexical.query.clauses import ClauseMatcher
from index.lexical.query.minimum_match import plan_scoring
from index.query import ParsedQuery, Pattern, Word
from index.query.render import render
from index.types.explanation import TermMatch

_PLACES = {"title": "headline", "body": "body", "labels": "labels"}


def explain_scores(
    query: ParsedQuery,
    rows: Sequence[int],
    languages: Sequence[str],
    *,
    scorer: BM25FScorer,
    matcher: ClauseMatcher,
) -> tuple[tuple[TermMatch, ...], ...]:
    """For each row, the words and patterns of the query that it has, in query order."""
    plan = plan_scoring(query, languages)
    candidates = np.zeros(matcher.row_count, bool)
    candidates[rows] = True
    matches: list[list[TermMatch]] = [[] for _ in rows]
    scored: list[tuple[str, Word | Pattern, float]] = [
        *((word.folded, word, factor) for word, factor in plan.words.items()),
        *((render(leaf, query.input), leaf, factor) for leaf, factor in plan.patterns.items()),
    ]
    for term, leaf, factor in scored:
        accumulator = ScoreAccumulator(matcher.row_count, candidates)
        if isinstance(leaf, Word):
            scorer.add_word(leaf, factor, accumulator)
        else:
            scorer.add_pattern(matcher.expand(leaf, None).terms, factor, accumulator)
        masks = {place: matcher.match(leaf, None, field) for field, place in _PLACES.items()}
        scores = accumulator.get_scores(rows)
        for row_matches, row, score in zip(matches, rows, scores, strict=True):
            places = tuple(place for place, mask in masks.items() if mask[row])
            if places:
                row_matches.append(TermMatch(term=term, places=places, score=score))
    return tuple(tuple(row_matches) for row_matches in matches)
