"""Why an article has its BM25F score: what each word of a query adds, and where it stands.

Decision: asked of the scorer and the masks that searching uses: what is told is what counted.
Must not know fusion or pages.
"""

from collections.abc import Sequence

import numpy as np

from index.lexical.query.accumulator import ScoreAccumulator
from index.lexical.query.bm25f import BM25FScorer
from index.lexical.query.clauses import Clauses
from index.lexical.query.minimum_match import plan_scoring
from index.query import ParsedQuery, Pattern, Word
from index.query.render import render
from index.types.explanation import TermMatch

_PLACES = {"title": "headline", "body": "body", "labels": "labels"}


def term_matches(
    query: ParsedQuery,
    rows: Sequence[int],
    languages: Sequence[str],
    *,
    scorer: BM25FScorer,
    clauses: Clauses,
) -> tuple[tuple[TermMatch, ...], ...]:
    """For each row, the words and patterns of the query that it has, in order of the query."""
    plan = plan_scoring(query, languages)
    permitted = np.zeros(clauses.rows, bool)
    permitted[rows] = True
    found: list[list[TermMatch]] = [[] for _ in rows]
    wanted: list[tuple[str, Word | Pattern, float]] = [
        *((folded, Word(folded, (0, 0)), factor) for folded, factor in plan.words.items()),
        *((render(leaf, query.input), leaf, factor) for leaf, factor in plan.patterns.items()),
    ]
    for term, leaf, factor in wanted:
        added = ScoreAccumulator(clauses.rows, permitted)
        if isinstance(leaf, Word):
            scorer.add_word(leaf.folded, factor, added)
        else:
            scorer.add_terms(clauses.expansion(leaf, None).terms, factor, added)
        masks = {place: clauses.mask(leaf, None, field) for field, place in _PLACES.items()}
        for matches, row, score in zip(found, rows, added.scores_of(rows), strict=True):
            places = tuple(place for place, mask in masks.items() if mask[row])
            if places:
                matches.append(TermMatch(term=term, places=places, score=score))
    return tuple(tuple(matches) for matches in found)
