"""Plain ways to find stories, to measure ours against on the same articles.

Decision: each with the one setting that was best for it on the labelled sets together.
Must not know labels or measures.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.stories import compute_tfidf

JOINS = 0.25
"""Cosine to the sum of a story from which the single pass joins it."""


def cluster_in_one_pass(
    counts: sparse.csr_matrix, published: NDArray[np.int64]
) -> NDArray[np.int32]:
    """In order of time each article joins the story nearest by TF-IDF or opens one, (rows,) int32.

    Source: Allan et al., Topic Detection and Tracking Pilot Study, 1998.
    """
    terms = compute_tfidf(counts)
    labels = np.full(len(published), -1, np.int32)
    sums: list[sparse.csr_matrix] = []
    for row in np.argsort(published, kind="stable").tolist():
        story = _nearest(terms[row], sums)
        if story is None:
            story = len(sums)
            sums.append(terms[row])
        else:
            sums[story] = sums[story] + terms[row]
        labels[row] = story
    return labels


def cluster_by_density(vectors: NDArray[np.float32]) -> NDArray[np.int32]:
    """HDBSCAN over unit vectors; what it takes for noise is alone, (rows,) int32.

    Source: Campello, Moulavi and Sander, 2013; scikit-learn's.
    """
    from sklearn.cluster import HDBSCAN  # half a second that no other command should wait for

    found = HDBSCAN(min_cluster_size=2, copy=True)
    labels: NDArray[np.int32] = found.fit_predict(vectors).astype(np.int32)
    noise = np.flatnonzero(labels < 0)
    labels[noise] = labels.max(initial=-1) + 1 + np.arange(len(noise), dtype=np.int32)
    return labels


def _nearest(row: sparse.csr_matrix, sums: list[sparse.csr_matrix]) -> int | None:
    if not sums:
        return None
    stacked = sparse.vstack(sums, format="csr")
    lengths = np.sqrt(np.asarray(stacked.multiply(stacked).sum(axis=1)).ravel())
    cosines = (stacked @ row.T).toarray().ravel() / np.maximum(lengths, 1e-9)
    best = int(np.argmax(cosines))
    return best if cosines[best] >= JOINS else None
