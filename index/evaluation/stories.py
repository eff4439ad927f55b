"""Quality of stories: B-cubed measures, and baseline clusterings to compare with.

Responsibility: score stories against labels, and cluster articles with two simple methods.
Decision: all articles are clustered, and only labelled ones are scored. Each baseline has the one
setting that was best for it on all labelled sets together.
Must not depend on: how Dateline clusters stories.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from index.evaluation.labelled_folder import to_folder_id
from index.stories import compute_tfidf

_MIN_COSINE = 0.25
"""Cosine with the sum of a story from which the single pass assigns an article to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryScores:
    """B-cubed scores, which are means over labelled articles, 0..1.

    Attributes:
        largest: The number of articles in the largest story, of all articles.
        singletons: The share of all articles that are alone in their story.
    """

    precision: float
    recall: float
    f1: float
    largest: int
    singletons: float


def score_stories(stories: Mapping[str, str], labels: Mapping[str, str]) -> StoryScores:
    """Score stories by uri against labels by the folder's ids.

    Precision is, for each article, the share of its story that has its label; recall is the share
    of its label that is in its story. Source: Bagga and Baldwin, 1998.
    """
    found = {to_folder_id(uri): story for uri, story in stories.items()}
    pairs = [(found[name], label) for name, label in labels.items() if name in found]
    sizes = Counter(stories.values())
    precision, recall = _compute_bcubed(pairs)
    total = precision + recall
    return StoryScores(
        precision=round(precision, 4),
        recall=round(recall, 4),
        f1=round(2 * precision * recall / total, 4) if total else 0.0,
        largest=max(sizes.values(), default=0),
        singletons=round(sum(n == 1 for n in sizes.values()) / max(len(stories), 1), 4),
    )


def _compute_bcubed(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    if not pairs:
        return 0.0, 0.0
    common = Counter(pairs)
    stories = Counter(story for story, _ in pairs)
    labels = Counter(label for _, label in pairs)
    precision = sum(common[pair] / stories[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(common[pair] / labels[pair[1]] for pair in pairs) / len(pairs)
    return precision, recall


def cluster_in_one_pass(
    counts: sparse.csr_matrix, published: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Assign each article, in order of time, to the most similar story or to a new one.

    Args:
        counts: (rows, terms) term weights, compared by TF-IDF.
        published: (rows,) int64 seconds.

    Returns:
        The story of each row, (rows,) int32.

    Source: Allan et al., Topic Detection and Tracking Pilot Study, 1998.
    """
    terms = compute_tfidf(counts)
    labels = np.full(len(published), -1, np.int32)
    sums: list[sparse.csr_matrix] = []
    for row in np.argsort(published, kind="stable").tolist():
        story = _find_nearest(terms[row], sums)
        if story is None:
            story = len(sums)
            sums.append(terms[row])
        else:
            sums[story] = sums[story] + terms[row]
        labels[row] = story
    return labels


def cluster_by_density(vectors: NDArray[np.float32]) -> NDArray[np.int32]:
    """Cluster unit vectors with HDBSCAN; every article that it considers noise is a story.

    Returns:
        The story of each row, (rows,) int32.

    Source: Campello, Moulavi and Sander, 2013, as implemented by scikit-learn.
    """
    from sklearn.cluster import HDBSCAN  # it takes half a second

    model = HDBSCAN(min_cluster_size=2, copy=True)
    labels: NDArray[np.int32] = model.fit_predict(vectors).astype(np.int32)
    noise = np.flatnonzero(labels < 0)
    labels[noise] = labels.max(initial=-1) + 1 + np.arange(len(noise), dtype=np.int32)
    return labels


def _find_nearest(row: sparse.csr_matrix, sums: list[sparse.csr_matrix]) -> int | None:
    if not sums:
        return None
    stacked = sparse.vstack(sums, format="csr")
    lengths = np.sqrt(np.asarray(stacked.multiply(stacked).sum(axis=1)).ravel())
    cosines = (stacked @ row.T).toarray().ravel() / np.maximum(lengths, 1e-9)
    best = int(np.argmax(cosines))
    return best if cosines[best] >= _MIN_COSINE else None
