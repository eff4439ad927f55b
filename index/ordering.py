"""The order of what was found: by relevance or by date, total and the same in every process.

Decision: an article whose headline is the query comes first; no mix of scores can bury it.
Must not know pages or stories.
"""

import numpy as np
from numpy.typing import NDArray

from index.columns import Columns
from index.fusion import Ranking
from index.types import Sort


def in_order(
    columns: Columns, ranking: Ranking, sort: Sort, limit: int | None = None
) -> NDArray[np.intp]:
    """Places of `ranking`, (found,): headline first, score down, date down, id up.

    By date: newest or oldest first, then id up; undated ones last. With a `limit` only the first
    so many, at a part of the cost.
    """
    if sort == "relevance":
        best = _best(ranking, limit)
        told = ranking.rows[best], ranking.fused[best], ranking.headed[best]
        return best[columns.ordered(*told)][:limit]
    if sort == "newest":
        return columns.ordered(ranking.rows)[:limit]
    return columns.oldest_first(ranking.rows)[:limit]


def _best(ranking: Ranking, limit: int | None) -> NDArray[np.intp]:
    """The places among which the first `limit` are, ascending: all that tie with the last too."""
    count = len(ranking.rows)
    if limit is None or limit >= count:
        return np.arange(count)
    least = np.partition(ranking.fused, count - limit)[count - limit] if limit else np.inf
    return np.flatnonzero((ranking.fused >= least) | ranking.headed)
