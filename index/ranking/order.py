"""The order of what was found: by relevance or by date, total and the same in every process.

Decision: a number for each article tells the order, so that the first page, a place in it and the
best of each story are found without sorting all. An article whose headline is the query comes
first; no mix of scores can bury it.
Must not know pages or stories.
"""

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import select_highest
from index.ranking.fusion import Ranking
from index.storage.doc_values import DocValues
from index.types.search import Sort

Keys = NDArray[np.int64]


def order_keys(doc_values: DocValues, ranking: Ranking, sort: Sort) -> Keys:
    """A number for each place of `ranking`, (found,), lowest first, no two alike.

    By relevance: headline first, score down, date down, id up. By date: newest or oldest first,
    then id up; undated ones last.
    """
    if sort == "relevance":
        return doc_values.keys(ranking.rows, ranking.fused, ranking.exact_headline)
    if sort == "newest":
        return doc_values.keys(ranking.rows)
    return doc_values.oldest_keys(ranking.rows)


def best(
    doc_values: DocValues, ranking: Ranking, sort: Sort, limit: int | None = None
) -> NDArray[np.intp]:
    """The first `limit` places in order, or all; what cannot be among them has no key made."""
    if sort != "relevance" or limit is None or not 0 < limit < len(ranking.rows):
        return first(order_keys(doc_values, ranking, sort), limit)
    likely = select_highest(
        np.where(ranking.exact_headline, np.float32(np.inf), ranking.fused), limit
    )
    told = ranking.rows[likely], ranking.fused[likely], ranking.exact_headline[likely]
    return likely[first(doc_values.keys(*told), limit)]


def first(keys: Keys, limit: int | None = None) -> NDArray[np.intp]:
    """The places with the lowest keys, in order: `limit` of them, or all."""
    if limit is None or limit >= len(keys):
        return np.argsort(keys)
    if not limit:
        return np.empty(0, np.intp)
    places = np.flatnonzero(keys <= np.partition(keys, limit - 1)[limit - 1])
    return places[np.argsort(keys[places])]


def positions(keys: Keys, places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where some places stand in the order of all, from 1."""
    return np.sort(keys).searchsorted(keys[places]) + 1
