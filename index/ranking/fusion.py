"""Fusion: one score from keyword relevance, similarity in meaning, completeness and centrality.

Responsibility: turn candidates into a ranking whose score is a sum of named components.
Decision: a weighted sum of components, each scaled on its own, so that any hit can be explained.
Cosines count as they are: stretched to the best of their query they outweigh words where the model
knows little (docs/measurements/ranking.md).
Must not depend on: the engine that scored the candidates.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import select_highest
from index.ranking.candidates import Candidates, Refs

LEXICAL_WEIGHT, SEMANTIC_WEIGHT, LIKENESS_WEIGHT = 0.23, 0.39, 0.30
"""Compared with half words, half stretched cosines: nDCG@10 on a wire that nothing was tuned on
0.626 -> 0.667, MAP of its topics 0.450 -> 0.475; scifact 0.740 -> 0.750, time 0.816 -> 0.805."""
COMPLETE_WEIGHT = 0.08
"""Shared by the articles that have every word of a sentence, so that a single one gets all of it:
on that wire nDCG@10 of eight words from late in a body 0.863 -> 0.945, of all kinds 0.667 -> 0.681.
"""
BEST = 20
"""Top articles that others are compared with: 5 to 50 give the same, because few weigh much."""
FALL = 0.018
"""An article that far below the first weighs a third of it: 0.01 to 0.03 alike, 0.04 is worse."""
LIKENED = 2000
"""How many of the best by the other components are compared with the top articles: as many as have
their passages compared. Comparing 34,000 of 106,000 took 4 ms of a page's 30."""
LEXICAL, SEMANTIC, COMPLETE, LIKENESS = "lexical", "semantic", "complete", "likeness"

Similarity = Callable[[Refs, NDArray[np.float32], Refs], NDArray[np.float32]]
"""Takes some refs with weights, and (n,) other refs; gives the weighted mean similarity of each of
the others to the former, (n,) float32."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoreComponent:
    """One summand of the fused score.

    Attributes:
        values: (n,) float32 in `unit`; NaN counts as 0.
        low, high: The values that count as 0 and as 1; values beyond are clipped.
    """

    name: str
    unit: str
    values: NDArray[np.float32]
    low: float
    high: float
    weight: float

    def scaled(self, places: Sequence[int] | None = None) -> NDArray[np.float32]:
        """The values from `low` to `high` as 0..1, float32: of some places, or (n,) of all."""
        values = self.values if places is None else self.values[list(places)]
        scaled = (values - self.low) / (self.high - self.low)
        # fmax takes the number where the other operand is NaN.
        return np.asarray(np.minimum(np.fmax(scaled, 0), 1), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Candidates with their fused scores.

    Attributes:
        components: Their weighted, scaled values add up to `scores`; empty where a query is
            answered by filters alone.
        scores: (n,) float32, 0..1.
    """

    candidates: Candidates
    components: tuple[ScoreComponent, ...]
    scores: NDArray[np.float32]

    def has(self, component: str) -> bool:
        """Whether a component of this name is part of the score."""
        return any(each.name == component for each in self.components)


def fuse(candidates: Candidates, similarity: Similarity | None = None) -> Ranking:
    """Score candidates from what each retriever says of them.

    Args:
        similarity: Compares candidates with the best of them; used when both retrievers answer.
    """
    components = _single(candidates) if candidates.cosine is None else _both(candidates)
    if candidates.cosine is not None and similarity is not None and len(candidates):
        like = _likeness(candidates.refs, _sum(components, len(candidates)), similarity)
        components = (*components, _cosine_component(LIKENESS, like, LIKENESS_WEIGHT))
    return Ranking(candidates, components, _sum(components, len(candidates)))


def _single(candidates: Candidates) -> tuple[ScoreComponent, ...]:
    """The component of the one retriever that answers; none where only filters do."""
    if np.isfinite(candidates.lexical).any():
        return (_lexical_component(candidates.lexical, 1.0),)
    if np.isfinite(candidates.semantic).any():
        return (_cosine_component(SEMANTIC, candidates.semantic, 1.0),)
    return ()


def _both(candidates: Candidates) -> tuple[ScoreComponent, ...]:
    assert candidates.cosine is not None
    return (
        _lexical_component(candidates.lexical, LEXICAL_WEIGHT),
        _cosine_component(SEMANTIC, candidates.cosine, SEMANTIC_WEIGHT),
        *_completeness(candidates.complete),
    )


def _sum(components: tuple[ScoreComponent, ...], count: int) -> NDArray[np.float32]:
    if not components:
        return np.zeros(count, np.float32)
    first, *rest = (each.weight * each.scaled() for each in components)
    return np.asarray(sum(rest, first), np.float32)


def _likeness(
    refs: Refs, scores: NDArray[np.float32], similarity: Similarity
) -> NDArray[np.float32]:
    """How similar the best `LIKENED` are to the top articles, (n,); NaN for the others."""
    compared = select_highest(scores, LIKENED)
    like = np.full(len(refs), np.nan, np.float32)
    like[compared] = similarity(*_top(refs[compared], scores[compared]), refs[compared])
    return like


def _top(refs: Refs, scores: NDArray[np.float32]) -> tuple[Refs, NDArray[np.float32]]:
    """The top refs, ties to the earlier one, and their weights: falling with the score, sum 1."""
    likely = select_highest(scores, BEST)
    refs, scores = refs[likely], scores[likely]
    order = np.argsort(-scores, kind="stable")[:BEST]
    weights = np.exp((scores[order] - scores.max(initial=0)) / FALL)
    return refs[order], np.asarray(weights / (weights.sum() or 1), np.float32)


def _lexical_component(values: NDArray[np.float32], weight: float) -> ScoreComponent:
    """BM25F scores, scaled from 0 to the best of them."""
    top = float(np.fmax.reduce(values, initial=0))
    return ScoreComponent(LEXICAL, "BM25F", values, 0.0, top or 1.0, weight)


def _completeness(complete: NDArray[np.bool_]) -> tuple[ScoreComponent, ...]:
    """Every complete article's equal share; no component where no article is complete.

    A reader who pastes a sentence means the one article that has it; where many articles have all
    the words, these words often occur together, and similarity in meaning decides better.
    """
    count = int(np.count_nonzero(complete))
    if not count:
        return ()
    shares = complete.astype(np.float32) / np.float32(count)
    return (ScoreComponent(COMPLETE, "share", shares, 0.0, 1.0, COMPLETE_WEIGHT),)


def _cosine_component(name: str, values: NDArray[np.float32], weight: float) -> ScoreComponent:
    """Cosines, unscaled: a cosine of 1 counts as 1."""
    return ScoreComponent(name, "cosine", values, 0.0, 1.0, weight)
