"""Retrieval on one machine: from a plan to candidates.

Responsibility: apply filters, run both retrievers over the rows that remain, and unite their rows.
Decision: every article that matches becomes a candidate, so that all counts are exact.
Must not depend on: the archive, fusion, snippets or pages.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.local.generation import OpenGeneration, SemanticIndex
from index.query import And, Not
from index.ranking.candidates import Candidates
from index.ranking.scores import Scores
from index.search.plan import SearchPlan
from index.semantic.multi_vectors import RESCORED_ROWS

_NO_ROWS = np.empty(0, np.int32)
_NO_SCORES = Scores(_NO_ROWS, np.empty(0, np.float32))
_EVERY_COSINE = -1.0


def find_candidates(
    generation: OpenGeneration, plan: SearchPlan, vector: NDArray[np.float32] | None
) -> Candidates:
    """Every row that answers a plan; `vector` is that of its embedding text, None without one."""
    mask = _mask(generation, plan)
    if not plan.uses_words and vector is None:
        rows = np.arange(len(generation.doc_values)) if mask is None else np.flatnonzero(mask)
        return _assemble(generation, plan, Scores(rows.astype(np.int32), _missing(len(rows))))
    words = _NO_SCORES
    if plan.uses_words:
        words = generation.lexical.score(plan.query, mask, enough=plan.enough)
    if vector is None or generation.semantic is None:
        return _assemble(generation, plan, words)
    cosines = _cosines(generation.semantic, plan, vector, mask, words)
    similar = _nearest(cosines, plan.enough, plan.floor)
    nearest = similar
    if len(similar.rows) < plan.enough:
        nearest = _nearest(cosines, plan.enough, _EVERY_COSINE)
    added = nearest if plan.includes_loose else similar
    return _assemble(generation, plan, words, added, nearest=nearest, cosines=cosines)


def _mask(generation: OpenGeneration, plan: SearchPlan) -> NDArray[np.bool_] | None:
    """Rows that pass the filters and every mandatory clause, (rows,); None where all do.

    Clauses do not count for a pasted headline: many of an agency's end with `-sources`.
    """
    allowed = generation.doc_values.match_filters(plan.filters)
    if allowed is not None and not plan.every_version:
        allowed = allowed[generation.chains.heads]
    if plan.query.is_empty:
        return allowed
    lexical = generation.lexical
    filters = generation.version_filters if plan.every_version else generation.filters
    mask = lexical.candidate_mask(plan.query, allowed, filters=filters)
    if mask is not None and not plan.every_version:
        mask &= _pass_exclusions(generation, plan)
    if mask is not None and plan.query.may_be_headline:
        rows = lexical.exact_headline_rows(plan.query)
        pasted = generation.doc_values.select_headline(rows, plan.query.input)
        mask[pasted] = True if allowed is None else allowed[pasted]
    return mask


def _pass_exclusions(generation: OpenGeneration, plan: SearchPlan) -> NDArray[np.bool_]:
    """Rows of chains whose latest version, which is shown, has nothing that the query excludes."""
    heads = generation.chains.heads
    excluded = tuple(node for node in plan.query.clauses if isinstance(node, Not))
    if not excluded or not generation.chains.has_links:
        return np.ones(len(heads), bool)
    query = replace(plan.query, tree=And(excluded) if len(excluded) > 1 else excluded[0])
    passing = generation.lexical.candidate_mask(query, None, filters=generation.filters)
    return np.ones(len(heads), bool) if passing is None else passing[heads]


def _assemble(
    generation: OpenGeneration,
    plan: SearchPlan,
    words: Scores,
    added: Scores = _NO_SCORES,
    *,
    nearest: Scores = _NO_SCORES,
    cosines: NDArray[np.float32] | None = None,
) -> Candidates:
    """Unite the rows of both retrievers; `nearest` are the most similar ones, however far."""
    rows, lexical = _unite(words, added.rows)
    semantic = _missing(len(rows))
    semantic[np.searchsorted(rows, added.rows)] = added.values
    doc_values = generation.doc_values
    chains = generation.chains
    heads = rows if plan.every_version else chains.heads[rows]
    far = nearest.rows if plan.every_version else chains.heads[nearest.rows]
    return Candidates(
        refs=rows,
        heads=heads,
        chain_place=chains.places[rows],
        killed=chains.killed[rows] > 0,
        lexical=lexical,
        semantic=semantic,
        cosine=cosines[rows] if cosines is not None and plan.mode == "hybrid" else None,
        complete=_is_in(rows, words.complete),
        exact_headline=_is_in(rows, _exact_headlines(generation, plan)),
        published=doc_values.published.take(heads),
        newest_rank=doc_values.newest_rank.take(heads),
        story=generation.stories.labels.take(rows),
        coverage=words.coverage,
        loosely_related=len(np.setdiff1d(far, heads)),
    )


def _exact_headlines(generation: OpenGeneration, plan: SearchPlan) -> NDArray[np.int32]:
    return _NO_ROWS if plan.query.is_empty else generation.lexical.exact_headline_rows(plan.query)


def _is_in(rows: NDArray[np.int32], others: NDArray[np.int32]) -> NDArray[np.bool_]:
    return np.isin(rows, others) if len(others) else np.zeros(len(rows), bool)


def _missing(count: int) -> NDArray[np.float32]:
    return np.full(count, np.nan, np.float32)


def _unite(
    scores: Scores, others: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The rows of both, ascending, and the score of each, NaN where there is none.

    NumPy's own union takes ten times as long for some thousand.
    """
    if not len(others):
        return scores.rows, scores.values
    places = np.searchsorted(scores.rows, others)
    new = np.ones(len(others), bool)
    within = places < len(scores.rows)
    new[within] = scores.rows[places[within]] != others[within]
    rows = np.insert(scores.rows, places[new], others[new])
    return rows, np.insert(scores.values, places[new], np.float32(np.nan))


def _cosines(
    semantic: SemanticIndex,
    plan: SearchPlan,
    vector: NDArray[np.float32],
    mask: NDArray[np.bool_] | None,
    words: Scores,
) -> NDArray[np.float32]:
    """Cosine of every row, (rows,) float32; -inf outside the mask."""
    best = _best(words, RESCORED_ROWS // 2 + plan.enough).rows
    return semantic.vectors.score(vector, mask, also=best, enough=plan.enough)


def _nearest(cosines: NDArray[np.float32], count: int, floor: float) -> Scores:
    """The `count` most similar rows at or above `floor`."""
    rows = np.flatnonzero(cosines >= floor).astype(np.int32)
    return _best(Scores(rows, cosines[rows]), count)


def _best(scores: Scores, count: int) -> Scores:
    """The `count` highest, rows ascending."""
    if len(scores.rows) <= count:
        return scores
    places = np.sort(np.argpartition(-scores.values, count - 1)[:count])
    return Scores(scores.rows[places], scores.values[places])
