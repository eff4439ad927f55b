"""Fusion: one ranking from lexical scores and cosines.

Decision: a convex mix of normalised scores; plain RRF with k=60 falls below lexical search alone on
one of two collections (docs/quality.md). A mix is a sum, so that any hit can be explained.
Must not know where scores come from.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.ports import Coverage, Scores

SEMANTIC_SHARE = 0.5
DEPTH = 300
"""Cosines are scaled between the best and the one at this rank."""
LEXICAL, SEMANTIC = "lexical", "semantic"


@dataclass(frozen=True, slots=True, eq=False)
class Part:
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
        return np.asarray(np.clip(np.nan_to_num(scaled), 0, 1), np.float32)


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
    parts: tuple[Part, ...]
    headed: NDArray[np.bool_]
    coverage: Coverage | None = None
    weaker: int = 0


def fuse(lexical: Scores, semantic: Scores, cosines: NDArray[np.float32] | None) -> Ranking:
    """Mix both retrievers' scores over the union of what they found.

    Args:
        lexical, semantic: What each found; either may be empty.
        cosines: (all rows,) float32, so that rows found by words only still count by meaning; None
            where only one retriever was asked: its order then stands as it is.
    """
    rows = np.union1d(lexical.rows, semantic.rows).astype(np.int32)
    words, meaning = _spread(rows, lexical), _spread(rows, semantic)
    if cosines is None:
        alone = _by_maximum(words, 1.0), Part(SEMANTIC, "cosine", meaning, 0.0, 1.0, 1.0)
        parts: tuple[Part, ...] = alone[:1] if len(lexical.rows) else alone[1:]
    elif not len(lexical.rows):
        parts = (_by_depth(cosines[rows], cosines, 1.0),)
    else:
        parts = (
            _by_maximum(words, 1 - SEMANTIC_SHARE),
            _by_depth(cosines[rows], cosines, SEMANTIC_SHARE),
        )
    fused = sum((part.weight * part.scaled() for part in parts), np.zeros(len(rows), np.float32))
    headed = np.zeros(len(rows), bool)
    return Ranking(rows, fused.astype(np.float32), words, meaning, parts, headed, lexical.coverage)


def _spread(rows: NDArray[np.int32], scores: Scores) -> NDArray[np.float32]:
    values = np.full(len(rows), np.nan, np.float32)
    values[np.searchsorted(rows, scores.rows)] = scores.values
    return values


def _by_maximum(values: NDArray[np.float32], weight: float) -> Part:
    """Scores between nothing and the best of them."""
    top = float(np.nan_to_num(values).max(initial=0))
    return Part(LEXICAL, "BM25F", values, 0.0, top or 1.0, weight)


def _by_depth(values: NDArray[np.float32], cosines: NDArray[np.float32], weight: float) -> Part:
    """Cosines between the one at rank `DEPTH` of all of them and the best."""
    usable = cosines[np.isfinite(cosines)]
    high = float(usable.max(initial=-1))
    place = max(len(usable) - DEPTH, 0)
    low = float(np.partition(usable, place)[place]) if len(usable) else high
    # Where all are alike each of them is the best.
    return Part(SEMANTIC, "cosine", values, low if low < high else high - 1, high, weight)
