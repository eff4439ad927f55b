"""Vector search: its scores are those of a straightforward computation."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.semantic.cache import Embedded
from index.semantic.vectors import BEST_SHARE, VectorIndex, unit, write_vectors
from tests.fakes import DIM, meaning_of

ARTICLES = (
    ("A ferry in the fog", "The captain waits", "A ship leaks fuel"),
    ("Nurses on strike",),
    ("Kestria raises rates", "The bank met on Monday", "Loans are dearer", "Bees and honey"),
    ("Mercenaries train soldiers", "Nobody was hurt"),
)
WORDS = "ferry ship strike soldiers bank loans bees honey captain monday".split()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> VectorIndex:
    folder = tmp_path_factory.mktemp("vectors")
    assert write_vectors(folder, map(embedded, ARTICLES)) == sum(map(len, ARTICLES))
    return VectorIndex(folder)


def embedded(texts: tuple[str, ...]) -> Embedded:
    starts = [sum(map(len, texts[:number])) for number in range(len(texts))]
    spans = [(start, start + len(text)) for start, text in zip(starts, texts, strict=True)]
    return Embedded(np.stack([meaning_of(t) for t in texts]), np.array(spans, np.int32))


@given(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join))
def test_score_is_best_passage_and_mean(index: VectorIndex, query: str) -> None:
    vector = meaning_of(query)
    expected = []
    for texts in ARTICLES:
        vectors = [meaning_of(text) for text in texts]
        mean = sum(vectors[1:], start=vectors[0]) / len(vectors)
        best = max(float(v @ vector) for v in vectors)
        centre = float(mean @ vector) / float(np.linalg.norm(mean))
        expected.append(BEST_SHARE * best + (1 - BEST_SHARE) * centre)
    scores = index.score(vector)
    assert scores.dtype == np.float32
    assert np.allclose(scores, expected, atol=1e-5)


@pytest.mark.parametrize(
    ("row", "query", "best"), [(0, "ferry fog", 0), (0, "fuel leaks", 2), (2, "honey", 3)]
)
def test_best_span_is_the_nearest_passage(
    index: VectorIndex, row: int, query: str, best: int
) -> None:
    (first, last), *_ = index.nearest(row, meaning_of(query))
    assert "".join(ARTICLES[row])[first:last] == ARTICLES[row][best]


def test_means_are_unit_vectors(index: VectorIndex) -> None:
    assert np.allclose(np.linalg.norm(index.means, axis=1), 1, atol=1e-6)


def test_no_rows_at_all(tmp_path: Path) -> None:
    assert write_vectors(tmp_path, []) == 0
    assert len(VectorIndex(tmp_path).score(np.ones(DIM, np.float32))) == 0


def test_a_zero_vector_stays_zero() -> None:
    assert unit(np.zeros(3, np.float32)).tolist() == [0, 0, 0]
    assert unit(np.array([3, 4], np.float32)) == pytest.approx([0.6, 0.8])
