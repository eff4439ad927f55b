"""The order of a ranking, by relevance or by date: total, and the same in every process.

Responsibility: sort keys, the first places of an order, and positions in it.
Decision: one integer per article defines the order, so that the first page, a position and the best
article of each story are found without sorting everything. An article whose headline is the query
comes first; no combination of scores can bury it.
Must not depend on: pages, stories, or how scores are made.
"""

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import select_highest
from index.ranking.candidates import Candidates
from index.ranking.fusion import Ranking
from index.types.search import Sort

Keys = NDArray[np.int64]
_RANK_BITS = 30
"""Room for `newest_rank` below the score: a thousand million articles."""
_LAST = 1 << 61
_UNDATED = np.iinfo(np.int64).min


def order_keys(ranking: Ranking, sort: Sort) -> Keys:
    """A key for each candidate, (n,), lowest first, no two alike.

    By relevance: exact headline first, score descending, newest first, then id. By date: newest or
    oldest first, then id; undated articles last. Articles that their source killed come after all
    others, so that none leads a story that has another article.
    """
    candidates = ranking.candidates
    if sort == "relevance":
        first = candidates.exact_headline & ~candidates.killed
        keys = relevance_keys(candidates.newest_rank, ranking.scores, first)
    elif sort == "newest":
        keys = candidates.newest_rank.astype(np.int64)
    else:
        keys = _oldest_keys(candidates)
    keys[candidates.killed] += _LAST
    return keys


def relevance_keys(
    newest_rank: NDArray[np.int32],
    scores: NDArray[np.float32],
    first: NDArray[np.bool_] | None = None,
) -> Keys:
    """Keys by score descending, then newest first; articles in `first` precede all others.

    `scores` must be finite; all arrays are (n,).
    """
    # One integer holds all keys: 0.13 ms for 10,000 articles; sorting by each of four takes 1.8.
    keys = newest_rank.astype(np.int64)
    keys -= _as_ordered_integers(scores) << _RANK_BITS
    if first is not None:
        keys[first] -= 1 << 62
    return keys


def best_places(ranking: Ranking, sort: Sort, limit: int | None = None) -> NDArray[np.intp]:
    """The first `limit` places in order, or all; places that cannot be first get no key."""
    candidates = ranking.candidates
    if sort != "relevance" or limit is None or not 0 < limit < len(candidates):
        return first_places(order_keys(ranking, sort), limit)
    if candidates.killed.any():
        return first_places(order_keys(ranking, sort), limit)
    lifted = np.where(candidates.exact_headline, np.float32(np.inf), ranking.scores)
    likely = select_highest(lifted, limit)
    keys = relevance_keys(
        candidates.newest_rank[likely], ranking.scores[likely], candidates.exact_headline[likely]
    )
    return likely[first_places(keys, limit)]


def first_places(keys: Keys, limit: int | None = None) -> NDArray[np.intp]:
    """The places with the lowest keys, in order: `limit` of them, or all."""
    if limit is None or limit >= len(keys):
        return np.argsort(keys)
    if not limit:
        return np.empty(0, np.intp)
    places = np.flatnonzero(keys <= np.partition(keys, limit - 1)[limit - 1])
    return places[np.argsort(keys[places])]


def positions(keys: Keys, places: NDArray[np.intp]) -> NDArray[np.intp]:
    """The position of some places in the order of all, counted from 1."""
    return np.sort(keys).searchsorted(keys[places]) + 1


def _oldest_keys(candidates: Candidates) -> Keys:
    # Among articles of one date, `newest_rank` ascends with the id.
    when = candidates.published
    order = np.lexsort((candidates.newest_rank, when, when == _UNDATED))
    keys = np.empty(len(order), np.int64)
    keys[order] = np.arange(len(order))
    return keys


def _as_ordered_integers(values: NDArray[np.float32]) -> NDArray[np.int64]:
    """32-bit integers in the order of finite float32 values: their own bits, mirrored below 0."""
    bits = (values + np.float32(0)).view(np.int32).astype(np.int64)
    return np.where(bits < 0, bits ^ np.iinfo(np.int32).max, bits)
