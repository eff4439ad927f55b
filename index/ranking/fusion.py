"""Fusion: one ranking of words, meaning, having every word, and likeness to the best answers.

Decision: a weighted sum of parts, each scaled on its own, so that any hit can be explained. Cosines
count as they are: stretched to the best of their query they outweigh words where meaning knows
little (docs/measurements/ranking.md).
Must not know where scores come from.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import select_highest
from index.ranking.scores import Coverage, Scores

LEXICAL_WEIGHT, SEMANTIC_WEIGHT, LIKENESS_WEIGHT = 0.23, 0.39, 0.30
"""Against half words, half stretched cosines: nDCG@10 of a wire that nothing was tuned on 0.626 ->
0.667, MAP of its topics 0.450 -> 0.475; scifact 0.740 -> 0.750, time 0.816 -> 0.805."""
COMPLETE_WEIGHT = 0.08
"""Shared by the articles that have every word of a sentence, so that one alone has all of it: on
that wire nDCG@10 of eight words from late in a body 0.863 -> 0.945, of all kinds 0.667 -> 0.681."""
BEST = 20
"""Answers that others are compared with: 5 to 50 alike, because few weigh much."""
FALL = 0.018
"""An answer that much below the first weighs a third of it: 0.01 to 0.03 alike, 0.04 is worse."""
LIKENED = 2000
"""How many of the best by the other parts are compared with the best answers: as many as have
their passages compared. Comparing 34,000 of 106,000 took 4 ms of a page's 30."""
LEXICAL, SEMANTIC, COMPLETE, LIKENESS = "lexical", "semantic", "complete", "likeness"

Likeness = Callable[
    [NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]], NDArray[np.float32]
]
"""From some rows, their weights, and (found,) rows to the mean similarity of each of the latter
with the former, (found,)."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoreComponent:
    """One summand of the fused score.

    Attributes:
        values: (found,) float32 in `unit`; what no score is known of counts as 0.
        low, high: What counts as 0 and as 1; what lies beyond is cut.
    """

    name: str
    unit: str
    values: NDArray[np.float32]
    low: float
    high: float
    weight: float

    def scaled(self) -> NDArray[np.float32]:
        """The values between `low` and `high` as 0..1, (found,) float32."""
        scaled = (self.values - self.low) / (self.high - self.low)
        # fmax takes the number where the other is none.
        return np.asarray(np.minimum(np.fmax(scaled, 0), 1), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Everything that was found, in row order; all arrays are (found,).

    Attributes:
        rows: int32, ascending.
        fused: float32, 0..1: the sum of `parts`, each scaled and weighed.
        lexical: float32 BM25F; NaN where lexical search did not find the row.
        semantic: float32 cosine; NaN where semantic search did not find the row.
        headed: bool, rows whose headline is the query: they come first.
        coverage: How many of the query's words answers have; None where it has none.
        weaker: How many more rows are nearest in meaning, but not near.
    """

    rows: NDArray[np.int32]
    fused: NDArray[np.float32]
    lexical: NDArray[np.float32]
    semantic: NDArray[np.float32]
    parts: tuple[ScoreComponent, ...]
    exact_headline: NDArray[np.bool_]
    coverage: Coverage | None = None
    weaker: int = 0


def fuse(
    lexical: Scores,
    semantic: Scores,
    cosines: NDArray[np.float32] | None,
    likeness: Likeness | None = None,
) -> Ranking:
    """Mix both retrievers' scores over the union of what they found.

    Args:
        lexical, semantic: What each found; either may be empty.
        cosines: (all rows,) float32, so that rows found by words only still count by meaning; None
            where only one retriever was asked: its order then stands as it is.
        likeness: Told the best answers, says how like them each is; asked with `cosines` only.
    """
    rows, words = _united(lexical, semantic.rows)
    meaning = np.full(len(rows), np.nan, np.float32)
    meaning[np.searchsorted(rows, semantic.rows)] = semantic.values
    if cosines is None:
        by_words = bool(len(lexical.rows))
        part = _by_maximum(words, 1.0) if by_words else _as_it_is(SEMANTIC, meaning, 1.0)
        parts: tuple[ScoreComponent, ...] = (part,)
    else:
        parts = (
            _by_maximum(words, LEXICAL_WEIGHT),
            _as_it_is(SEMANTIC, cosines[rows], SEMANTIC_WEIGHT),
            *_complete(rows, lexical.complete),
        )
        if likeness is not None and len(rows):
            like = _likeness(rows, _sum(parts), likeness)
            parts = (*parts, _as_it_is(LIKENESS, like, LIKENESS_WEIGHT))
    exact_headline = np.zeros(len(rows), bool)
    return Ranking(rows, _sum(parts), words, meaning, parts, exact_headline, lexical.coverage)


def _sum(parts: tuple[ScoreComponent, ...]) -> NDArray[np.float32]:
    first, *rest = (part.weight * part.scaled() for part in parts)
    return np.asarray(sum(rest, first), np.float32)


def _likeness(
    rows: NDArray[np.int32], scores: NDArray[np.float32], likeness: Likeness
) -> NDArray[np.float32]:
    """How like the best answers each of the best `LIKENED` is, (rows,); NaN for the others."""
    chosen = select_highest(scores, LIKENED)
    like = np.full(len(rows), np.nan, np.float32)
    like[chosen] = likeness(*_best(rows[chosen], scores[chosen]), rows[chosen])
    return like


def _best(
    rows: NDArray[np.int32], scores: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The best rows, ties to the lower, and what each weighs: 1 in sum, falling with its score."""
    likely = select_highest(scores, BEST)
    rows, scores = rows[likely], scores[likely]
    order = np.argsort(-scores, kind="stable")[:BEST]
    weights = np.exp((scores[order] - scores.max(initial=0)) / FALL)
    return rows[order], np.asarray(weights / (weights.sum() or 1), np.float32)


def _united(
    scores: Scores, few: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The rows of both, ascending, and the scores of each, NaN where there is none.

    NumPy's own union takes ten times as long for some thousand.
    """
    if not len(few):
        return scores.rows, scores.values
    places = np.searchsorted(scores.rows, few)
    new = np.ones(len(few), bool)
    within = places < len(scores.rows)
    new[within] = scores.rows[places[within]] != few[within]
    rows = np.insert(scores.rows, places[new], few[new])
    return rows, np.insert(scores.values, places[new], np.float32(np.nan))


def _by_maximum(values: NDArray[np.float32], weight: float) -> ScoreComponent:
    """Scores between nothing and the best of them."""
    top = float(np.fmax.reduce(values, initial=0))
    return ScoreComponent(LEXICAL, "BM25F", values, 0.0, top or 1.0, weight)


def _complete(rows: NDArray[np.int32], having: NDArray[np.int32]) -> tuple[ScoreComponent, ...]:
    """For each article that has every word, its share in being that; no part where none has.

    Who copies out a sentence means the one article that has it; where many have all the words,
    they are words that go together, and meaning knows better.
    """
    if not len(having):
        return ()
    shares = np.isin(rows, having).astype(np.float32) / np.float32(len(having))
    return (ScoreComponent(COMPLETE, "share", shares, 0.0, 1.0, COMPLETE_WEIGHT),)


def _as_it_is(name: str, values: NDArray[np.float32], weight: float) -> ScoreComponent:
    """Cosines, of which 1 counts as 1."""
    return ScoreComponent(name, "cosine", values, 0.0, 1.0, weight)
