"""From a request to a ranking: filters, both retrievers, fusion.

Decision: every article that matches is in the ranking, so that whatever is counted is exact.
Must not know the archive, stories or snippets.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.lexical.ports import FieldFilters, LexicalIndex
from index.query import ParsedQuery
from index.ranking.fusion import Ranking, fuse
from index.ranking.order import best
from index.ranking.scores import Scores
from index.semantic.multi_vectors import RESCORED_ROWS, MultiVectors
from index.semantic.ports import QueryEncoder
from index.storage.doc_values import DocValues
from index.types.search import Mode, SearchRequest

ENOUGH = 100
"""Matches that fill the first pages; below it, articles that lack a word of the query match too."""
FLOOR = 0.30
"""Cosines below this are no answer: see docs/measurements/vectors.md."""
_NOTHING = Scores(np.empty(0, np.int32), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Retrievers:
    """What a generation is searched with; `vectors` and `encoder` come together or not at all."""

    doc_values: DocValues
    lexical: LexicalIndex
    vectors: MultiVectors | None
    encoder: QueryEncoder | None
    filters: FieldFilters | None = None


def retrieve(parts: Retrievers, request: SearchRequest, query: ParsedQuery, mode: Mode) -> Ranking:
    """Everything that answers a request in one mode."""
    allowed = parts.doc_values.allowed(request)
    enough = max(ENOUGH, request.limit)
    if query.is_empty:
        return _everything(len(parts.doc_values), allowed)
    words = _NOTHING
    # What has no words to embed is answered by its filters, whatever the mode.
    if mode != "semantic" or not query.embedding_text:
        words = parts.lexical.score(query, allowed, enough=enough, filters=parts.filters)
    if mode == "lexical" or not query.embedding_text:
        return _with_exact_headlines(parts, query, fuse(words, _NOTHING, None))
    permitted = parts.lexical.candidate_mask(query, allowed, filters=parts.filters)
    cosines = _cosines(parts, query, permitted, words=words, enough=enough)
    near = _nearest(cosines, enough, FLOOR)
    nearest = near if len(near.rows) == enough else _nearest(cosines, enough, -1.0)
    meaning = nearest if request.weaker else near
    if mode == "semantic":
        fused = fuse(words, meaning, None)
    else:
        assert parts.vectors is not None
        fused = fuse(words, meaning, cosines, parts.vectors.compute_similarity)
    ranking = _with_exact_headlines(parts, query, fused)
    weaker = len(np.setdiff1d(nearest.rows, ranking.rows, assume_unique=True))
    return replace(ranking, weaker=weaker)


def matching_rows(
    parts: Retrievers, request: SearchRequest, query: ParsedQuery, mode: Mode, limit: int | None
) -> NDArray[np.int32]:
    """Rows that answer a request from its `offset` on, in its order: `limit` of them, or all."""
    ranking = retrieve(parts, request, query, mode)
    last = None if limit is None else request.offset + limit
    places = best(parts.doc_values, ranking, request.sort, last)
    return ranking.rows[places[request.offset :]]


def _with_exact_headlines(parts: Retrievers, query: ParsedQuery, ranking: Ranking) -> Ranking:
    headed = parts.lexical.exact_headline_rows(query)
    return (
        replace(ranking, exact_headline=np.isin(ranking.rows, headed)) if len(headed) else ranking
    )


def _everything(rows: int, allowed: NDArray[np.bool_] | None) -> Ranking:
    found = np.arange(rows, dtype=np.int32) if allowed is None else np.flatnonzero(allowed)
    level = np.zeros(len(found), np.float32)
    return fuse(Scores(found.astype(np.int32), level), _NOTHING, None)


def _cosines(
    parts: Retrievers,
    query: ParsedQuery,
    permitted: NDArray[np.bool_] | None,
    *,
    words: Scores,
    enough: int,
) -> NDArray[np.float32]:
    """Cosine of every row, (rows,) float32; -inf where a row is not permitted."""
    assert parts.vectors is not None
    assert parts.encoder is not None
    vector = parts.encoder.encode_query(query.embedding_text)
    best = _best(words, RESCORED_ROWS // 2 + enough).rows
    return parts.vectors.score(vector, permitted, also=best, enough=enough)


def _nearest(cosines: NDArray[np.float32], count: int, floor: float) -> Scores:
    """The nearest `count` rows at or above `floor`."""
    rows = np.flatnonzero(cosines >= floor).astype(np.int32)
    return _best(Scores(rows, cosines[rows]), count)


def _best(scores: Scores, count: int) -> Scores:
    """The `count` highest, rows ascending."""
    if len(scores.rows) <= count:
        return scores
    places = np.sort(np.argpartition(-scores.values, count - 1)[:count])
    return Scores(scores.rows[places], scores.values[places])
