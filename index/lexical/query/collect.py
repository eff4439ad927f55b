"""From an accumulator to the result of a lexical search.

Responsibility: relax the query, and collect the matching rows with their scores and coverage.
Decision: one function for every engine that fills an accumulator.
Must not depend on: how scores were computed.
"""

from index.lexical.query.accumulator import ScoreAccumulator
from index.lexical.query.minimum_match import (
    ScoringPlan,
    find_complete,
    measure_coverage,
    relax,
)
from index.ranking.scores import Scores


def collect_matches(accumulator: ScoreAccumulator, plan: ScoringPlan, enough: int) -> Scores:
    """The candidates that match a plan, relaxed until `enough` do."""
    minimum = relax(accumulator.count_matches, plan, enough)
    slots = accumulator.find_matches(minimum)
    rows, scores = accumulator.to_rows(slots), accumulator.scores.take(slots, mode="clip")
    if not plan.optional_words:
        return Scores(rows, scores)
    matched_words = accumulator.matched_words.take(slots, mode="clip")
    coverage = measure_coverage(matched_words, plan, minimum)
    return Scores(rows, scores, coverage, rows[find_complete(matched_words, plan)])
