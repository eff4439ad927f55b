"""Projected means: approximate for all rows, and exact for the rows that are compared."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import index.semantic.multi_vectors as multi_vectors_module
import index.semantic.projection as projection_module
from index.semantic.cache import PassageEmbeddings
from index.semantic.multi_vectors import MultiVectors
from index.semantic.projection import project
from index.semantic.vectors import VectorIndex, write_vectors
from index.storage.segments import Segment

ROWS, DIM, PROJECTED = 400, 48, 12


def make_rows(count: int, seed: int) -> NDArray[np.float32]:
    """Unit vectors with most of their variance in the first `count` directions."""
    random = np.random.default_rng(seed)
    spread = np.where(np.arange(DIM) < count, 1.0, 0.1)
    rotation = np.linalg.qr(np.random.default_rng(1).normal(size=(DIM, DIM)))[0]
    values = (random.normal(size=(ROWS, DIM)) * spread) @ rotation
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True), np.float32)


def open_vectors(folder: Path, *, min_rows: int, seed: int = 2) -> MultiVectors:
    folder.mkdir()
    vectors = make_rows(PROJECTED, seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(projection_module, "MIN_ROWS", min_rows)
        patch.setattr(projection_module, "DIMENSIONS", PROJECTED)
        write_vectors(
            folder, [PassageEmbeddings(v[None], np.zeros((1, 2), np.int32)) for v in vectors]
        )
    return MultiVectors([Segment(folder)])


def test_few_rows_are_not_projected(tmp_path: Path) -> None:
    index = open_vectors(tmp_path / "few", min_rows=ROWS + 1)
    vector = make_rows(PROJECTED, 3)[0]
    assert not index.means.is_projected
    assert VectorIndex(tmp_path / "few").projection is None
    assert index.means.approximate_products(vector).tolist() == (index.means @ vector).tolist()


def test_many_rows_are_approximated_well(tmp_path: Path) -> None:
    index = open_vectors(tmp_path / "many", min_rows=ROWS)
    assert index.means.is_projected
    for vector in make_rows(PROJECTED, 3)[:20]:
        rough, exact = index.means.approximate_products(vector), index.means @ vector
        assert 0 < np.abs(rough - exact).max() < 0.1
        assert np.corrcoef(rough, exact)[0, 1] > 0.99
    projection = VectorIndex(tmp_path / "many").projection
    assert projection is not None
    assert projection.rows.shape == (ROWS, PROJECTED)
    assert np.allclose(projection.basis.T @ projection.basis, np.eye(PROJECTED), atol=1e-5)


def test_the_compared_rows_have_the_same_scores_as_without_a_projection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multi_vectors_module, "RESCORED_ROWS", 60)
    rough, exact = (
        open_vectors(tmp_path / "a", min_rows=ROWS),
        open_vectors(tmp_path / "b", min_rows=ROWS + 1),
    )
    permitted = np.arange(ROWS) % 3 > 0
    also = np.array([1, 4], np.int32)
    for vector in make_rows(PROJECTED, 4)[:20]:
        scores, expected = (i.score(vector, permitted, also=also) for i in (rough, exact))
        best = np.argsort(-expected)[:10]
        assert np.allclose(scores[best], expected[best], atol=1e-6)
        assert np.allclose(scores[also], expected[also], atol=1e-6)
        assert np.isneginf(scores[~permitted]).all()


def test_vectors_with_few_dimensions_are_not_projected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(projection_module, "MIN_ROWS", 1)
    assert project(make_rows(PROJECTED, 5)) is None
