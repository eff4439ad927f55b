"""Articles near an article: its own story, newest first, then the nearest of each other story.

Decision: the mean of the passages compares articles best (0.923 against 0.915 for the whole text)
and costs nothing; without vectors, TF-IDF stands in.
Must not know the archive or pages.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.arrays.ops import select_highest
from index.lexical.ports import LexicalIndex
from index.search.snapshot import OpenGeneration
from index.stories import compute_tfidf

_LOOKED_AT = 1_000
"""Rows among which one of each story is looked for; sorting all 106,495 took 60 ms of a page."""


@dataclass(frozen=True, slots=True)
class Near:
    """A row near another: its similarity, and whether they share a story."""

    row: int
    similarity: float
    same_story: bool


def related_rows(live: OpenGeneration, row: int, limit: int) -> tuple[Near, ...]:
    """Rows of its own story, newest first, then the nearest row of each other; never itself."""
    similarity = _similarities(live, row)
    doc_values, labels = live.retrievers.doc_values, live.story_store.labels
    mine = live.story_store.rows(int(labels[row]))
    own = mine[doc_values.ordered(mine)]
    others = np.flatnonzero(labels != labels[row])
    near = others[select_highest(similarity[others], _LOOKED_AT)]
    nearest = _first_of_each(near, similarity, live)
    if len(nearest) < limit:
        nearest = _first_of_each(others, similarity, live)
    rows = np.concatenate([own[own != row], nearest])[:limit]
    return tuple(
        Near(int(other), float(similarity[other]), bool(labels[other] == labels[row]))
        for other in rows
    )


def _first_of_each(
    rows: NDArray[np.intp], similarity: NDArray[np.float32], live: OpenGeneration
) -> NDArray[np.intp]:
    """Of each story the nearest of some rows, the nearest first."""
    ranks, labels = live.retrievers.doc_values.uri_rank, live.story_store.labels
    ordered = rows[np.lexsort((ranks[rows], -similarity[rows]))]
    _, first = np.unique(labels[ordered], return_index=True)
    return ordered[np.sort(first)]


def _similarities(live: OpenGeneration, row: int) -> NDArray[np.float32]:
    vectors = live.retrievers.vectors
    if vectors is not None:
        return np.asarray(vectors.means @ vectors.means[row], np.float32)
    terms = _terms(live.retrievers.lexical)
    return np.asarray((terms @ terms[row].T).toarray().ravel(), np.float32)


@lru_cache(maxsize=1)
def _terms(lexical: LexicalIndex) -> sparse.csr_matrix:
    return compute_tfidf(lexical.term_matrix())
