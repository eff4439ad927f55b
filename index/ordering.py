"""The order of what was found: by relevance or by date, total and the same in every process.

Decision: an article whose headline is the query comes first; no mix of scores can bury it.
Must not know pages or stories.
"""

import numpy as np
from numpy.typing import NDArray

from index.columns import Columns
from index.fusion import Ranking
from index.types import Sort


def in_order(columns: Columns, ranking: Ranking, sort: Sort) -> NDArray[np.intp]:
    """Places of `ranking`, (found,): headline first, score down, date down, id up.

    By date: newest or oldest first, then id up; undated ones last.
    """
    if sort == "relevance":
        return columns.ordered(ranking.rows, ranking.fused, ranking.headed)
    if sort == "newest":
        return columns.ordered(ranking.rows)
    return columns.oldest_first(ranking.rows)
