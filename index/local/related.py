"""Related articles: an article's own story, newest first, then the nearest of each other story.

Responsibility: rank all rows by similarity to one row.
Decision: the mean of an article's passages compares articles best (0.923, against 0.915 for the
whole text) and costs nothing more; without vectors, TF-IDF is used instead.
Must not depend on: the archive or pages.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.arrays.ops import select_highest
from index.local.generation import OpenGeneration
from index.search.ports import RelatedRef

_COMPARED = 1_000
"""Rows among which one of each story is looked for; sorting all 106,495 took 60 ms of a page."""


def related_rows(
    generation: OpenGeneration, row: int, limit: int, term_weights: Callable[[], sparse.csr_matrix]
) -> tuple[RelatedRef, ...]:
    """Rows of its own story, newest first, then the nearest row of each other; never itself.

    `term_weights` gives the (rows, terms) TF-IDF weights; it is called without vectors only.
    """
    similarity = _similarities(generation, row, term_weights)
    labels = generation.stories.labels
    members = generation.stories.rows(int(labels[row]))
    own = members[np.argsort(generation.doc_values.newest_rank[members])]
    others = np.flatnonzero(labels != labels[row])
    near = others[select_highest(similarity[others], _COMPARED)]
    nearest = _first_of_each_story(near, similarity, generation)
    if len(nearest) < limit:
        nearest = _first_of_each_story(others, similarity, generation)
    rows = np.concatenate([own[own != row], nearest])[:limit]
    return tuple(
        RelatedRef(int(other), float(similarity[other]), bool(labels[other] == labels[row]))
        for other in rows
    )


def _first_of_each_story(
    rows: NDArray[np.intp], similarity: NDArray[np.float32], generation: OpenGeneration
) -> NDArray[np.intp]:
    """The nearest row of each story among some rows, the nearest first."""
    ranks, labels = generation.doc_values.uri_rank, generation.stories.labels
    ordered = rows[np.lexsort((ranks[rows], -similarity[rows]))]
    _, first = np.unique(labels[ordered], return_index=True)
    return ordered[np.sort(first)]


def _similarities(
    generation: OpenGeneration, row: int, term_weights: Callable[[], sparse.csr_matrix]
) -> NDArray[np.float32]:
    if generation.semantic is not None:
        means = generation.semantic.vectors.means
        return np.asarray(means @ means[row], np.float32)
    weights = term_weights()
    return np.asarray((weights @ weights[row].T).toarray().ravel(), np.float32)
