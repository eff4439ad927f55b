"""Vector search: its scores equal those of a straightforward computation."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

import index.semantic.multi_vectors as multi_vectors_module
from index.semantic.cache import PassageEmbeddings
from index.semantic.multi_vectors import BEST_PASSAGE_WEIGHT, MultiVectors
from index.semantic.vectors import normalize, write_vectors
from index.storage.segments import Segment
from tests.fakes import DIM, fake_embed

ARTICLES = (
    ("A ferry in the fog", "The captain waits", "A ship leaks fuel"),
    ("Nurses on strike",),
    ("Kestria raises rates", "The bank met on Monday", "Loans are dearer", "Bees and honey"),
    ("Mercenaries train soldiers", "Nobody was hurt"),
)
QUANTIZED = 5e-3
"""Quantization to bytes changes the cosines of these short texts by less."""
WORDS = "ferry ship strike soldiers bank loans bees honey captain monday".split()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> MultiVectors:
    folder = tmp_path_factory.mktemp("vectors")
    assert write_vectors(folder, map(embedded, ARTICLES)) == sum(map(len, ARTICLES))
    return MultiVectors([Segment(folder)])


def embedded(texts: tuple[str, ...]) -> PassageEmbeddings:
    starts = [sum(map(len, texts[:number])) for number in range(len(texts))]
    spans = [(start, start + len(text)) for start, text in zip(starts, texts, strict=True)]
    return PassageEmbeddings(np.stack([fake_embed(t) for t in texts]), np.array(spans, np.int32))


@given(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join))
def test_a_score_combines_the_best_passage_and_the_mean(index: MultiVectors, query: str) -> None:
    vector = fake_embed(query)
    expected = []
    for texts in ARTICLES:
        vectors = [fake_embed(text) for text in texts]
        mean = sum(vectors[1:], start=vectors[0]) / len(vectors)
        best = max(float(v @ vector) for v in vectors)
        centre = float(mean @ vector) / float(np.linalg.norm(mean))
        expected.append(BEST_PASSAGE_WEIGHT * best + (1 - BEST_PASSAGE_WEIGHT) * centre)
    scores = index.score(vector)
    assert scores.dtype == np.float32
    assert np.allclose(scores, expected, atol=QUANTIZED)


@pytest.mark.parametrize(
    ("row", "query", "best"), [(0, "ferry fog", 0), (0, "fuel leaks", 2), (2, "honey", 3)]
)
def test_the_nearest_passage_has_its_span(
    index: MultiVectors, row: int, query: str, best: int
) -> None:
    (first, last), *_ = index.find_nearest(row, fake_embed(query))
    assert "".join(ARTICLES[row])[first:last] == ARTICLES[row][best]


RANDOM = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def write_random(
    folder: Path, random: np.random.Generator
) -> tuple[MultiVectors, list[PassageEmbeddings]]:
    """Write ten articles of one to five random passages."""
    texts = [unit_rows(random.normal(size=(int(random.integers(1, 6)), 24))) for _ in range(10)]
    rows = [PassageEmbeddings(vectors, np.zeros((len(vectors), 2), np.int32)) for vectors in texts]
    write_vectors(folder, rows)
    return MultiVectors([Segment(folder)]), rows


def unit_rows(values: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True), np.float32)


@given(RANDOM, st.integers(0, 12), st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_passages_of_the_best_and_of_the_given_rows_are_compared(
    tmp_path_factory: pytest.TempPathFactory,
    random: np.random.Generator,
    nearest: int,
    given: set[int],
    excluded: set[int],
) -> None:
    index, rows = write_random(tmp_path_factory.mktemp("random"), random)
    vector = unit_rows(random.normal(size=(1, 24)))[0]
    permitted = np.array([row not in excluded for row in range(10)])
    also = np.array(sorted(given - excluded), np.int32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(multi_vectors_module, "RESCORED_ROWS", 0)
        scores = index.score(vector, permitted, also=also, enough=nearest)
    means = index.means @ vector
    best = np.array([max(row.vectors @ vector) for row in rows])
    within = [row for row in np.argsort(-means).tolist() if permitted[row]]
    compared = {*within[:nearest], *also.tolist()}
    for row in range(10):
        mixed = BEST_PASSAGE_WEIGHT * best[row] + (1 - BEST_PASSAGE_WEIGHT) * means[row]
        expected = mixed if row in compared else means[row]
        assert np.isclose(scores[row], expected if permitted[row] else -np.inf, atol=QUANTIZED)


@given(RANDOM)
def test_the_nearest_passage_to_a_passage_is_itself(
    tmp_path_factory: pytest.TempPathFactory, random: np.random.Generator
) -> None:
    index, rows = write_random(tmp_path_factory.mktemp("random"), random)
    for number, row in enumerate(rows):
        assert index.find_nearest(number, row.vectors[-1]).cosine == pytest.approx(1, abs=1e-3)


def test_an_empty_text_has_no_similarity(tmp_path: Path) -> None:
    nothing = PassageEmbeddings(np.zeros((1, DIM), np.float32), np.zeros((1, 2), np.int32))
    write_vectors(tmp_path, [nothing, embedded(ARTICLES[0])])
    assert MultiVectors([Segment(tmp_path)]).score(fake_embed("ferry"))[0] == 0


def test_means_are_unit_vectors(index: MultiVectors) -> None:
    assert np.allclose(np.linalg.norm(index.means.to_array(), axis=1), 1, atol=1e-6)


def test_an_index_without_rows(tmp_path: Path) -> None:
    assert write_vectors(tmp_path, []) == 0
    assert len(MultiVectors([Segment(tmp_path)]).score(np.ones(DIM, np.float32))) == 0


def test_a_zero_vector_stays_zero() -> None:
    assert normalize(np.zeros(3, np.float32)).tolist() == [0, 0, 0]
    assert normalize(np.array([3, 4], np.float32)) == pytest.approx([0.6, 0.8])
