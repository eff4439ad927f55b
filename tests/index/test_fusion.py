"""Fusion: the laws of the mixed score, and the order where one retriever is silent."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.fusion import DEPTH, SEMANTIC_SHARE, fuse
from index.ports import Scores

NOTHING = Scores(np.empty(0, np.int32), np.empty(0, np.float32))
ROWS = 30


def scores(found: dict[int, float]) -> Scores:
    rows = sorted(found)
    return Scores(np.array(rows, np.int32), np.array([found[row] for row in rows], np.float32))


def cosines(found: dict[int, float]) -> NDArray[np.float32]:
    values = np.full(ROWS, 0.01, np.float32)
    values[list(found)] = list(found.values())
    return values


def order(lexical: Scores, semantic: Scores, every: NDArray[np.float32] | None) -> list[int]:
    ranking = fuse(lexical, semantic, every)
    return [int(ranking.rows[place]) for place in np.argsort(-ranking.fused, kind="stable")]


FOUND = st.dictionaries(st.integers(0, ROWS - 1), st.floats(0.0625, 30, width=32), max_size=12)
COSINES = st.dictionaries(st.integers(0, ROWS - 1), st.floats(0.25, 1, width=32), max_size=12)


@given(FOUND, COSINES, st.booleans())
def test_laws(by_words: dict[int, float], by_meaning: dict[int, float], mixed: bool) -> None:
    every = cosines(by_meaning) if mixed else None
    ranking = fuse(scores(by_words), scores(by_meaning), every)
    assert ranking.rows.tolist() == sorted({*by_words, *by_meaning})
    assert np.all((ranking.fused >= 0) & (ranking.fused <= 1))
    for place, row in enumerate(ranking.rows.tolist()):
        for kept, found in ((ranking.lexical, by_words), (ranking.semantic, by_meaning)):
            assert np.isnan(kept[place]) if row not in found else kept[place] == found[row]


@given(FOUND)
def test_words_alone_keep_their_order(found: dict[int, float]) -> None:
    expected = sorted(found, key=lambda row: (-found[row], row))
    assert order(scores(found), NOTHING, None) == expected


@given(COSINES)
def test_meaning_alone_keeps_its_order(found: dict[int, float]) -> None:
    expected = sorted(found, key=lambda row: (-found[row], row))
    assert order(NOTHING, scores(found), None) == expected


@given(COSINES)
def test_no_words_found_leaves_the_order_to_meaning(found: dict[int, float]) -> None:
    assert order(NOTHING, scores(found), cosines(found)) == order(NOTHING, scores(found), None)


def test_best_of_both_scores_one() -> None:
    by_meaning = {3: 0.9, 4: 0.5}
    ranking = fuse(scores({3: 12.0, 5: 6.0}), scores(by_meaning), cosines(by_meaning))
    assert ranking.fused[0] == 1.0


def test_half_of_each_by_a_hand_computed_example() -> None:
    every = np.linspace(0, 1, ROWS, dtype=np.float32)
    ranking = fuse(scores({10: 8.0, 29: 2.0}), NOTHING, every)
    expected = [
        (1 - SEMANTIC_SHARE) * 1.0 + SEMANTIC_SHARE * 10 / 29,
        (1 - SEMANTIC_SHARE) * 0.25 + SEMANTIC_SHARE * 1.0,
    ]
    assert np.allclose(ranking.fused, expected, atol=1e-6)


def test_cosines_are_scaled_from_the_one_at_depth() -> None:
    every = np.linspace(1, 0, DEPTH * 2, dtype=np.float32)
    ranking = fuse(scores({0: 1.0, DEPTH - 1: 1.0, DEPTH + 50: 1.0}), NOTHING, every)
    assert np.allclose(ranking.fused, [1.0, 0.5, 0.5], atol=1e-6)


def test_rows_that_are_not_permitted_do_not_set_the_scale() -> None:
    every = np.array([-np.inf, 0.4, 0.6, -np.inf], np.float32)
    ranking = fuse(scores({1: 1.0, 2: 1.0}), scores({2: 0.6}), every)
    assert np.allclose(ranking.fused, [0.5, 1.0])


def test_nothing_found_at_all() -> None:
    for every in (None, np.empty(0, np.float32), np.full(3, -np.inf, np.float32)):
        assert len(fuse(NOTHING, NOTHING, every).rows) == 0
