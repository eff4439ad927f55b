"""Fusion: one ranking from lexical scores and cosines.

Decision: a convex mix of normalised scores; plain RRF with k=60 falls below lexical search alone on
one of two collections (docs/quality.md).
Must not know where scores come from.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.ports import Scores

SEMANTIC_SHARE = 0.5
DEPTH = 300
"""Cosines are scaled between the best and the one at this rank."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Everything that was found, in row order; all arrays are (found,).

    Attributes:
        rows: int32, ascending.
        fused: float32, 0..1.
        lexical: float32 BM25F; NaN where lexical search did not find the row.
        semantic: float32 cosine; NaN where semantic search did not find the row.
    """

    rows: NDArray[np.int32]
    fused: NDArray[np.float32]
    lexical: NDArray[np.float32]
    semantic: NDArray[np.float32]


def fuse(lexical: Scores, semantic: Scores, cosines: NDArray[np.float32] | None) -> Ranking:
    """Mix both retrievers' scores over the union of what they found.

    Args:
        lexical, semantic: What each found; either may be empty.
        cosines: (all rows,) float32, so that rows found by words only still count by meaning; None
            where only one retriever was asked: its order then stands as it is.
    """
    rows = np.union1d(lexical.rows, semantic.rows).astype(np.int32)
    words, meaning = _spread(rows, lexical), _spread(rows, semantic)
    lexical_part = _by_maximum(words)
    if cosines is None:
        fused = lexical_part if len(lexical.rows) else np.clip(np.nan_to_num(meaning), 0, 1)
    elif not len(lexical.rows):
        fused = _between(cosines[rows], cosines)
    else:
        semantic_part = _between(cosines[rows], cosines)
        fused = (1 - SEMANTIC_SHARE) * lexical_part + SEMANTIC_SHARE * semantic_part
    return Ranking(rows, fused.astype(np.float32), words, meaning)


def _spread(rows: NDArray[np.int32], scores: Scores) -> NDArray[np.float32]:
    values = np.full(len(rows), np.nan, np.float32)
    values[np.searchsorted(rows, scores.rows)] = scores.values
    return values


def _by_maximum(values: NDArray[np.float32]) -> NDArray[np.float32]:
    known = np.nan_to_num(values)
    top = known.max(initial=0)
    return known / top if top > 0 else known


def _between(values: NDArray[np.float32], cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Values scaled so that the best cosine is 1 and the one at `DEPTH` is 0, clipped."""
    usable = cosines[np.isfinite(cosines)]
    if not len(usable):
        return np.zeros_like(values)
    place = max(len(usable) - DEPTH, 0)
    low, high = float(np.partition(usable, place)[place]), float(usable.max())
    if high <= low:
        return np.ones_like(values)
    return np.asarray(np.clip((values - low) / (high - low), 0, 1), np.float32)
