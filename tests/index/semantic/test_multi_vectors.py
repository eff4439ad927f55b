"""The vectors of several segments give the same results as one segment of the live rows."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.semantic.multi_vectors import MultiVectors
from index.semantic.vectors import normalize, write_vectors
from index.storage.segments import Segment
from tests.fakes import fake_embed
from tests.index.semantic.test_vectors import ARTICLES, embedded

ROWS: list[tuple[str, ...]] = [*ARTICLES, *(texts[::-1] for texts in ARTICLES[:3])]
QUERY = fake_embed("a ferry on strike")


def write(folder: Path, texts: list[tuple[str, ...]]) -> Path:
    folder.mkdir()
    write_vectors(folder, map(embedded, texts))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All rows as one segment, as two around an empty one, and the live rows of the two."""
    folder = tmp_path_factory.mktemp("parts")
    write(folder / "all", ROWS)
    write(folder / "first", ROWS[:4])
    write(folder / "none", [])
    write(folder / "last", ROWS[4:])
    write(folder / "live", [*ROWS[1:4], ROWS[4], ROWS[6]])
    return folder


@pytest.fixture(scope="module")
def index(folder: Path) -> MultiVectors:
    return MultiVectors([Segment(folder / "all")])


def pairs(folder: Path) -> list[tuple[MultiVectors, MultiVectors]]:
    complete = [Segment(folder / name) for name in ("first", "none", "last")]
    live = [
        Segment(folder / "first", np.array([1, 2, 3], np.int32)),
        Segment(folder / "last", np.array([0, 2], np.int32)),
    ]
    single = MultiVectors([Segment(folder / "all")]), MultiVectors([Segment(folder / "live")])
    return [(MultiVectors(complete), single[0]), (MultiVectors(live), single[1])]


@pytest.mark.parametrize("number", [0, 1])
def test_several_segments_equal_one(folder: Path, number: int) -> None:
    several, one = pairs(folder)[number]
    assert len(several.means) == len(one.means)
    assert np.allclose(several.score(QUERY), one.score(QUERY), atol=1e-6)
    assert np.allclose(several.means.to_array(), one.means.to_array())
    assert np.allclose(several.means @ QUERY, one.means @ QUERY, atol=1e-6)
    for row in range(len(one.means)):
        assert several.find_nearest(row, QUERY) == one.find_nearest(row, QUERY)
        assert np.array_equal(several.means[row], one.means[row])
    rows, weights = np.array([3, 0], np.int32), np.array([0.75, 0.25], np.float32)
    every = np.arange(len(one.means), dtype=np.int32)
    for selected in (every, every[1:2]):
        similarities = several.compute_similarity(rows, weights, selected)
        assert np.allclose(similarities, one.compute_similarity(rows, weights, selected), atol=1e-4)
    assert np.array_equal(several.means[rows], one.means[rows])


def test_rows_without_vectors_have_no_similarity(folder: Path) -> None:
    missing = Segment(folder / "not made", np.arange(2, dtype=np.int32))
    several = MultiVectors([Segment(folder / "first"), missing])
    single = MultiVectors([Segment(folder / "first")])
    assert np.allclose(several.score(QUERY), [*single.score(QUERY), 0, 0])
    assert several.find_nearest(5, QUERY) == ((0, 0), 0, 0)
    assert not several.means[np.array([4, 5])].any()
    assert several.means.has_vectors.tolist() == [True] * 4 + [False] * 2
    weights = np.array([0.5, 0.5], np.float32)
    every = np.arange(6, dtype=np.int32)
    similarity = several.compute_similarity(np.array([1, 4], np.int32), weights, every)
    expected = single.compute_similarity(np.array([1], np.int32), weights[:1], every[:4])
    assert np.allclose(similarity, [*expected, 0, 0], atol=1e-4)


@given(
    st.lists(st.integers(0, len(ROWS) - 1), min_size=1, unique=True),
    st.lists(st.floats(0.125, 1, width=32), min_size=7, max_size=7),
)
def test_similarity_is_the_mean_cosine_relative_to_the_centroid(
    index: MultiVectors, rows: list[int], weights: list[float]
) -> None:
    centred = [normalize(mean - index.means.compute_centroid()) for mean in index.means.to_array()]
    chosen = list(zip(rows, weights, strict=False))
    expected = [sum(w * float(mean @ centred[row]) for row, w in chosen) for mean in centred]
    given_weights = np.array([weight for _, weight in chosen], np.float32)
    for selected in (np.arange(len(ROWS)), np.array([3]), np.empty(0, np.int64)):
        similarities = index.compute_similarity(
            np.array(rows, np.int32), given_weights, selected.astype(np.int32)
        )
        assert similarities.dtype == np.float32
        assert np.allclose(similarities, np.array(expected)[selected], atol=1e-4)


def test_a_single_article_has_no_similarity_to_itself(tmp_path: Path) -> None:
    write_vectors(tmp_path, [embedded(ARTICLES[1])])
    row = np.zeros(1, np.int32)
    similarities = MultiVectors([Segment(tmp_path)]).compute_similarity(
        row, np.ones(1, np.float32), row
    )
    assert np.allclose(similarities, 0, atol=1e-3)
