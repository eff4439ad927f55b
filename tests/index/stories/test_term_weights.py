"""Term weights: unit rows, with higher weights for rare words."""

import numpy as np
import pytest
from scipy import sparse

from index.stories.term_weights import K1, B, compute_norms, compute_tfidf
from tests.index.stories.texts import count_terms

TEXTS = ["ferry fog fog", "ferry strike", "ferry", ""]


def test_rows_have_unit_length_and_rare_words_weigh_more() -> None:
    weights = compute_tfidf(count_terms(TEXTS)).toarray()
    assert weights.dtype == np.float32
    assert np.linalg.norm(weights, axis=1) == pytest.approx([1, 1, 1, 0])
    ferry, _, strike = range(3)
    assert weights[1, strike] > weights[1, ferry] > 0


def test_a_row_computed_by_hand() -> None:
    length = 3 / 1.5

    def saturated(count: float) -> float:
        return count * (K1 + 1) / (count + K1 * (1 - B + B * length))

    ferry, fog = saturated(1) * np.log(14 / 3), saturated(2) * np.log(14)
    expected = np.array([ferry, fog, 0]) / np.hypot(ferry, fog)
    assert compute_tfidf(count_terms(TEXTS)).toarray()[0] == pytest.approx(expected, rel=1e-5)


def test_norms_are_the_lengths_before_scaling() -> None:
    counts = count_terms(["ferry fog", "ferry fog", "ferry", ""])
    expected = np.hypot(np.log(14 / 3), np.log(14 / 2))
    saturation = (K1 + 1) / (1 + K1 * (1 - B + B * 2 / (5 / 4)))
    assert compute_norms(counts)[0] == pytest.approx(saturation * expected, rel=1e-5)
    assert compute_norms(counts)[3] == 0


def test_a_word_that_every_article_has_weighs_something() -> None:
    weights = compute_tfidf(count_terms(["ferry fog", "ferry fog"])).toarray()
    assert np.linalg.norm(weights, axis=1) == pytest.approx([1, 1])
    assert (weights > 0).all()


def test_empty_counts_have_no_weights() -> None:
    assert compute_tfidf(sparse.csr_matrix((0, 0), dtype=np.float32)).shape == (0, 0)
    assert compute_tfidf(sparse.csr_matrix((2, 0), dtype=np.float32)).nnz == 0
