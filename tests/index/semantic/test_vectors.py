"""Vector search: its scores are those of a straightforward computation."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

import index.semantic.multi_vectors as joined_module
from index.semantic.cache import PassageEmbeddings
from index.semantic.multi_vectors import BEST_PASSAGE_WEIGHT, MultiVectors
from index.semantic.vectors import normalize, write_vectors
from index.storage.segments import Segment
from tests.fakes import DIM, meaning_of

ARTICLES = (
    ("A ferry in the fog", "The captain waits", "A ship leaks fuel"),
    ("Nurses on strike",),
    ("Kestria raises rates", "The bank met on Monday", "Loans are dearer", "Bees and honey"),
    ("Mercenaries train soldiers", "Nobody was hurt"),
)
ROUNDED = 5e-3
"""A byte for each number moves the cosines of these short texts by less."""
WORDS = "ferry ship strike soldiers bank loans bees honey captain monday".split()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> MultiVectors:
    folder = tmp_path_factory.mktemp("vectors")
    assert write_vectors(folder, map(embedded, ARTICLES)) == sum(map(len, ARTICLES))
    return MultiVectors([Segment(folder)])


def embedded(texts: tuple[str, ...]) -> PassageEmbeddings:
    starts = [sum(map(len, texts[:number])) for number in range(len(texts))]
    spans = [(start, start + len(text)) for start, text in zip(starts, texts, strict=True)]
    return PassageEmbeddings(np.stack([meaning_of(t) for t in texts]), np.array(spans, np.int32))


@given(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join))
def test_score_is_best_passage_and_mean(index: MultiVectors, query: str) -> None:
    vector = meaning_of(query)
    expected = []
    for texts in ARTICLES:
        vectors = [meaning_of(text) for text in texts]
        mean = sum(vectors[1:], start=vectors[0]) / len(vectors)
        best = max(float(v @ vector) for v in vectors)
        centre = float(mean @ vector) / float(np.linalg.norm(mean))
        expected.append(BEST_PASSAGE_WEIGHT * best + (1 - BEST_PASSAGE_WEIGHT) * centre)
    scores = index.score(vector)
    assert scores.dtype == np.float32
    assert np.allclose(scores, expected, atol=ROUNDED)


@pytest.mark.parametrize(
    ("row", "query", "best"), [(0, "ferry fog", 0), (0, "fuel leaks", 2), (2, "honey", 3)]
)
def test_best_span_is_the_nearest_passage(
    index: MultiVectors, row: int, query: str, best: int
) -> None:
    (first, last), *_ = index.find_nearest(row, meaning_of(query))
    assert "".join(ARTICLES[row])[first:last] == ARTICLES[row][best]


MANY = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def crowd(
    folder: Path, chance: np.random.Generator
) -> tuple[MultiVectors, list[PassageEmbeddings]]:
    """Ten articles of one to five passages in any directions."""
    texts = [unit_rows(chance.normal(size=(int(chance.integers(1, 6)), 24))) for _ in range(10)]
    rows = [PassageEmbeddings(vectors, np.zeros((len(vectors), 2), np.int32)) for vectors in texts]
    write_vectors(folder, rows)
    return MultiVectors([Segment(folder)]), rows


def unit_rows(values: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True), np.float32)


@given(MANY, st.integers(0, 12), st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_passages_are_compared_of_the_nearest_and_of_those_named(
    tmp_path_factory: pytest.TempPathFactory,
    chance: np.random.Generator,
    nearest: int,
    named: set[int],
    barred: set[int],
) -> None:
    index, rows = crowd(tmp_path_factory.mktemp("crowd"), chance)
    vector = unit_rows(chance.normal(size=(1, 24)))[0]
    permitted = np.array([row not in barred for row in range(10)])
    also = np.array(sorted(named - barred), np.int32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joined_module, "RESCORED_ROWS", 0)
        found = index.score(vector, permitted, also=also, enough=nearest)
    means = index.means @ vector
    whole = np.array([max(row.vectors @ vector) for row in rows])
    within = [row for row in np.argsort(-means).tolist() if permitted[row]]
    compared = {*within[:nearest], *also.tolist()}
    for row in range(10):
        mixed = BEST_PASSAGE_WEIGHT * whole[row] + (1 - BEST_PASSAGE_WEIGHT) * means[row]
        expected = mixed if row in compared else means[row]
        assert np.isclose(found[row], expected if permitted[row] else -np.inf, atol=ROUNDED)


@given(MANY)
def test_a_passage_is_its_own_best_at_a_cosine_of_one(
    tmp_path_factory: pytest.TempPathFactory, chance: np.random.Generator
) -> None:
    index, rows = crowd(tmp_path_factory.mktemp("crowd"), chance)
    for number, row in enumerate(rows):
        assert index.find_nearest(number, row.vectors[-1]).cosine == pytest.approx(1, abs=1e-3)


def test_an_empty_text_is_near_nothing(tmp_path: Path) -> None:
    nothing = PassageEmbeddings(np.zeros((1, DIM), np.float32), np.zeros((1, 2), np.int32))
    write_vectors(tmp_path, [nothing, embedded(ARTICLES[0])])
    assert MultiVectors([Segment(tmp_path)]).score(meaning_of("ferry"))[0] == 0


def test_means_are_unit_vectors(index: MultiVectors) -> None:
    assert np.allclose(np.linalg.norm(index.means.to_array(), axis=1), 1, atol=1e-6)


def test_no_rows_at_all(tmp_path: Path) -> None:
    assert write_vectors(tmp_path, []) == 0
    assert len(MultiVectors([Segment(tmp_path)]).score(np.ones(DIM, np.float32))) == 0


def test_a_zero_vector_stays_zero() -> None:
    assert normalize(np.zeros(3, np.float32)).tolist() == [0, 0, 0]
    assert normalize(np.array([3, 4], np.float32)) == pytest.approx([0.6, 0.8])
