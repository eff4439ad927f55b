"""Means in fewer dimensions: nearly right for all rows, and exact where it counts."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import index.semantic.multi_vectors as joined_module
import index.semantic.projection as projection_module
from index.semantic.cache import PassageEmbeddings
from index.semantic.multi_vectors import MultiVectors
from index.semantic.projection import project
from index.semantic.vectors import VectorIndex, write_vectors
from index.storage.segments import Segment

ROWS, DIM, LIKELY = 400, 48, 12


def rows_that_lie_mostly_in(count: int, seed: int) -> NDArray[np.float32]:
    """Unit vectors of which the first `count` directions hold most."""
    chance = np.random.default_rng(seed)
    spread = np.where(np.arange(DIM) < count, 1.0, 0.1)
    turned = np.linalg.qr(np.random.default_rng(1).normal(size=(DIM, DIM)))[0]
    values = (chance.normal(size=(ROWS, DIM)) * spread) @ turned
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True), np.float32)


def opened(folder: Path, *, many: int, seed: int = 2) -> MultiVectors:
    folder.mkdir()
    vectors = rows_that_lie_mostly_in(LIKELY, seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(projection_module, "MIN_ROWS", many)
        patch.setattr(projection_module, "DIMENSIONS", LIKELY)
        write_vectors(
            folder, [PassageEmbeddings(v[None], np.zeros((1, 2), np.int32)) for v in vectors]
        )
    return MultiVectors([Segment(folder)])


def test_few_rows_are_not_projected(tmp_path: Path) -> None:
    index = opened(tmp_path / "few", many=ROWS + 1)
    vector = rows_that_lie_mostly_in(LIKELY, 3)[0]
    assert not index.means.is_projected
    assert VectorIndex(tmp_path / "few").projection is None
    assert index.means.approximate_products(vector).tolist() == (index.means @ vector).tolist()


def test_many_are_nearly_right_and_by_the_best_directions_there_are(tmp_path: Path) -> None:
    index = opened(tmp_path / "many", many=ROWS)
    assert index.means.is_projected
    for vector in rows_that_lie_mostly_in(LIKELY, 3)[:20]:
        rough, exact = index.means.approximate_products(vector), index.means @ vector
        assert 0 < np.abs(rough - exact).max() < 0.1
        assert np.corrcoef(rough, exact)[0, 1] > 0.99
    found = VectorIndex(tmp_path / "many").projection
    assert found is not None
    assert found.rows.shape == (ROWS, LIKELY)
    assert np.allclose(found.basis.T @ found.basis, np.eye(LIKELY), atol=1e-5)


def test_what_is_compared_in_full_is_as_without_a_projection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joined_module, "RESCORED_ROWS", 60)
    rough, exact = opened(tmp_path / "a", many=ROWS), opened(tmp_path / "b", many=ROWS + 1)
    permitted = np.arange(ROWS) % 3 > 0
    also = np.array([1, 4], np.int32)
    for vector in rows_that_lie_mostly_in(LIKELY, 4)[:20]:
        found, expected = (i.score(vector, permitted, also=also) for i in (rough, exact))
        best = np.argsort(-expected)[:10]
        assert np.allclose(found[best], expected[best], atol=1e-6)
        assert np.allclose(found[also], expected[also], atol=1e-6)
        assert np.isneginf(found[~permitted]).all()


def test_nothing_is_projected_to_more_dimensions_than_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(projection_module, "MIN_ROWS", 1)
    assert project(rows_that_lie_mostly_in(LIKELY, 5)) is None
