"""Weights of terms: unit rows, rare words first, and the same for what comes later."""

import numpy as np
import pytest
from scipy import sparse

from index.stories.term_weights import K1, B, TermStatistics, compute_tfidf
from tests.index.stories.texts import counted

TEXTS = ["ferry fog fog", "ferry strike", "ferry", ""]


def test_rows_are_unit_and_weigh_rare_words_more() -> None:
    weights = compute_tfidf(counted(TEXTS)).toarray()
    assert weights.dtype == np.float32
    assert np.linalg.norm(weights, axis=1) == pytest.approx([1, 1, 1, 0])
    ferry, _, strike = range(3)
    assert weights[1, strike] > weights[1, ferry] > 0


def test_a_hand_computed_row() -> None:
    length = 3 / 1.5

    def saturated(count: float) -> float:
        return count * (K1 + 1) / (count + K1 * (1 - B + B * length))

    ferry, fog = saturated(1) * np.log(4 / 3), saturated(2) * np.log(4)
    expected = np.array([ferry, fog, 0]) / np.hypot(ferry, fog)
    assert compute_tfidf(counted(TEXTS)).toarray()[0] == pytest.approx(expected, rel=1e-5)


def test_later_rows_weigh_as_those_before_and_new_words_as_the_rarest() -> None:
    counts = counted(TEXTS)
    statistics = TermStatistics.of(counts)
    before = statistics.weigh(counts).toarray()
    wider = sparse.csr_matrix((counts.data, counts.indices, counts.indptr), (len(TEXTS), 5))
    again = statistics.weigh(wider).toarray()
    assert again[:, :3] == pytest.approx(before)
    unseen = sparse.csr_matrix(np.array([[1.0, 0, 0, 0, 1.0]], np.float32))
    ferry, new = statistics.weigh(unseen).toarray()[0, [0, 4]]
    assert new / ferry == pytest.approx(np.log(4) / np.log(4 / 3))


def test_nothing_weighs_nothing() -> None:
    assert compute_tfidf(sparse.csr_matrix((0, 0), dtype=np.float32)).shape == (0, 0)
    assert compute_tfidf(sparse.csr_matrix((2, 0), dtype=np.float32)).nnz == 0
