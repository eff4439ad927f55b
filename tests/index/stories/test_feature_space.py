"""Similarities of articles, some of which have no vector."""

import numpy as np
from scipy import sparse

from index.stories.feature_space import FeatureSpace

ROWS = np.arange(4)


def test_articles_without_a_vector_are_similar_by_their_words_alone() -> None:
    words = sparse.csr_matrix(np.eye(4, dtype=np.float32))
    vectors = np.array([[1, 0], [0.6, 0.8], [0, 0], [0, 0]], np.float32)
    published = np.zeros(4, np.int64)
    similarities = FeatureSpace(words, vectors, published).compute_similarities(ROWS, ROWS)
    assert (similarities[2:] - np.diag(similarities.diagonal())[2:] == 0).all()
    alone = FeatureSpace(words[:2, :2], vectors[:2], published[:2])
    rows = ROWS[:2]
    assert np.array_equal(similarities[0, 1], alone.compute_similarities(rows, rows)[0, 1])
