"""Chains in a ranking: of each chain one version, the one that answers the query.

Responsibility: choose the version of each chain that stands for it.
Decision: the latest version that answers nearly as well as any other, so that a reader sees the
latest wherever that has what was asked for, and an older one only where it alone does.
Must not depend on: how candidates are found or scored.
"""

import numpy as np
from numpy.typing import NDArray

from index.ranking.candidates import Candidates

NEARLY = 0.75
"""Share of the best score of the chain that a later version must have. A word of four that it lacks
takes more; the length of another version changes a score by less."""


def collapse_chains(candidates: Candidates) -> Candidates:
    """The candidates with one version of each chain; an exact headline counts for its chain."""
    chains, numbers = np.unique(candidates.heads, return_inverse=True)
    if len(chains) == len(candidates):
        return candidates
    best = _find_best(candidates, numbers, len(chains))
    order = np.lexsort((candidates.chain_place, best, numbers))
    chosen = order[np.flatnonzero(np.diff(numbers[order], append=-1))]
    mask = np.zeros(len(candidates), bool)
    mask[chosen] = True
    return candidates.select(mask)


def _find_best(candidates: Candidates, numbers: NDArray[np.intp], count: int) -> NDArray[np.bool_]:
    """Versions that answer nearly as well as the best of their chain, (n,)."""
    has_headline = np.zeros(count, bool)
    np.logical_or.at(has_headline, numbers, candidates.exact_headline)
    suits: NDArray[np.bool_] = candidates.exact_headline == has_headline[numbers]
    for scores in (candidates.lexical, candidates.semantic):
        values = np.where(np.isfinite(scores) & suits, scores, np.float32(0))
        highest = np.zeros(count, np.float32)
        np.maximum.at(highest, numbers, values)
        near = values >= NEARLY * highest[numbers]
        if scores is candidates.lexical:
            suits &= near
        else:
            suits &= near | (candidates.lexical >= 0)
    return suits
