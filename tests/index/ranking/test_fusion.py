"""Fusion: laws of the fused score, and the order if one retriever finds nothing."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

import index.ranking.fusion as fusion_module
from index.ranking.candidates import Candidates
from index.ranking.fusion import (
    BEST,
    COMPLETE,
    COMPLETE_WEIGHT,
    FALL,
    LEXICAL_WEIGHT,
    LIKENESS,
    LIKENESS_WEIGHT,
    SEMANTIC_WEIGHT,
    fuse,
)

ROWS = 30
NOTHING: dict[int, float] = {}


def candidates(
    lexical: dict[int, float],
    semantic: dict[int, float],
    every: NDArray[np.float32] | None,
    complete: Sequence[int] = (),
) -> Candidates:
    """Rows found by words or by meaning; `every` are the cosines of all rows, for both at once."""
    rows = np.array(sorted({*lexical, *semantic}), np.int32)

    def scores(found: dict[int, float]) -> NDArray[np.float32]:
        return np.array([found.get(row, np.nan) for row in rows.tolist()], np.float32)

    return Candidates(
        refs=rows,
        heads=rows,
        chain_place=rows,
        killed=np.zeros(len(rows), bool),
        lexical=scores(lexical),
        semantic=scores(semantic),
        cosine=None if every is None else every[rows],
        complete=np.isin(rows, list(complete)),
        exact_headline=np.zeros(len(rows), bool),
        published=np.zeros(len(rows), np.int64),
        newest_rank=rows,
        story=rows,
    )


def cosines(found: dict[int, float]) -> NDArray[np.float32]:
    values = np.full(ROWS, 0.01, np.float32)
    values[list(found)] = list(found.values())
    return values


def order(
    lexical: dict[int, float], semantic: dict[int, float], every: NDArray[np.float32] | None
) -> list[int]:
    found = candidates(lexical, semantic, every)
    places = np.argsort(-fuse(found).scores, kind="stable")
    return [int(row) for row in found.refs[places]]


FOUND = st.dictionaries(st.integers(0, ROWS - 1), st.floats(0.0625, 30, width=32), max_size=12)
COSINES = st.dictionaries(st.integers(0, ROWS - 1), st.floats(0.25, 1, width=32), max_size=12)


@given(FOUND, COSINES, st.booleans())
def test_every_candidate_is_scored_once_from_0_to_1(
    lexical: dict[int, float], semantic: dict[int, float], mixed: bool
) -> None:
    every = cosines(semantic) if mixed else None
    ranking = fuse(candidates(lexical, semantic, every))
    assert ranking.candidates.refs.tolist() == sorted({*lexical, *semantic})
    assert np.all((ranking.scores >= 0) & (ranking.scores <= 1))
    for place, row in enumerate(ranking.candidates.refs.tolist()):
        for kept, found in (
            (ranking.candidates.lexical, lexical),
            (ranking.candidates.semantic, semantic),
        ):
            assert np.isnan(kept[place]) if row not in found else kept[place] == found[row]


@given(FOUND)
def test_lexical_search_alone_keeps_its_order(found: dict[int, float]) -> None:
    expected = sorted(found, key=lambda row: (-found[row], row))
    assert order(found, NOTHING, None) == expected


@given(COSINES)
def test_semantic_search_alone_keeps_its_order(found: dict[int, float]) -> None:
    expected = sorted(found, key=lambda row: (-found[row], row))
    assert order(NOTHING, found, None) == expected


@given(COSINES)
def test_without_lexical_matches_similarity_decides(found: dict[int, float]) -> None:
    assert order(NOTHING, found, cosines(found)) == order(NOTHING, found, None)


def test_the_best_of_both_retrievers_gets_both_weights() -> None:
    semantic = {3: 1.0, 4: 0.5}
    ranking = fuse(candidates({3: 12.0, 5: 6.0}, semantic, cosines(semantic)))
    assert np.isclose(ranking.scores[0], LEXICAL_WEIGHT + SEMANTIC_WEIGHT)


def test_a_hand_computed_example() -> None:
    every = np.linspace(0, 1, ROWS, dtype=np.float32)
    ranking = fuse(candidates({10: 8.0, 29: 2.0}, NOTHING, every))
    expected = [
        LEXICAL_WEIGHT * 1.0 + SEMANTIC_WEIGHT * 10 / 29,
        LEXICAL_WEIGHT * 0.25 + SEMANTIC_WEIGHT * 1.0,
    ]
    assert np.allclose(ranking.scores, expected, atol=1e-6)


def test_the_weights_add_up_to_one() -> None:
    weights = (LEXICAL_WEIGHT, SEMANTIC_WEIGHT, COMPLETE_WEIGHT, LIKENESS_WEIGHT)
    assert np.isclose(sum(weights), 1)


@given(FOUND, COSINES, st.data())
def test_complete_articles_share_the_weight_of_completeness(
    lexical: dict[int, float], semantic: dict[int, float], data: st.DataObject
) -> None:
    complete = sorted(
        data.draw(st.sets(st.sampled_from(sorted(lexical))) if lexical else st.just(set()))
    )
    every, semantic = cosines(semantic), semantic
    plain = fuse(candidates(lexical, semantic, every))
    ranking = fuse(candidates(lexical, semantic, every, complete))
    gained = ranking.scores - plain.scores
    assert np.all(ranking.scores <= 1)
    for row, more in zip(ranking.candidates.refs.tolist(), gained.tolist(), strict=True):
        expected = COMPLETE_WEIGHT / len(complete) if row in complete else 0.0
        assert np.isclose(more, expected, atol=1e-6)
    assert any(part.name == COMPLETE for part in ranking.components) == bool(complete)


def test_the_only_complete_article_passes_a_more_similar_one() -> None:
    every = np.zeros(ROWS, np.float32)
    every[[2, 5]] = 0.3, 0.5
    lexical, calls = {2: 10.0, 5: 9.0}, []

    def likeness(
        best: NDArray[np.int32], weights: NDArray[np.float32], rows: NDArray[np.int32]
    ) -> NDArray[np.float32]:
        calls.append(int(best[0]))
        return np.zeros(len(rows), np.float32)

    for complete in ((), (2, 5), (2,)):
        fuse(candidates(lexical, NOTHING, every, complete), likeness)
    assert calls == [5, 5, 2]


def test_candidates_score_by_their_similarity_to_the_best() -> None:
    every, alike = np.zeros(ROWS, np.float32), np.full(ROWS, -0.5, np.float32)
    every[[2, 5, 7]] = 0.8, 0.8 - FALL / SEMANTIC_WEIGHT, 0.3
    alike[7] = 0.4
    calls: list[tuple[NDArray[np.int32], NDArray[np.float32]]] = []

    def likeness(
        best: NDArray[np.int32], weights: NDArray[np.float32], rows: NDArray[np.int32]
    ) -> NDArray[np.float32]:
        calls.append((best, weights))
        return alike[rows]

    ranking = fuse(candidates(NOTHING, {2: 0.8, 5: 0.7, 7: 0.3}, every), likeness)
    ((rows, weights),) = calls
    assert rows.tolist() == [2, 5, 7]
    assert np.isclose(weights.sum(), 1)
    assert np.isclose(weights[1] / weights[0], np.exp(-1), atol=1e-5)
    # What is unlike the best loses nothing by it.
    assert np.isclose(ranking.scores[0], SEMANTIC_WEIGHT * 0.8)
    assert np.isclose(ranking.scores[2], SEMANTIC_WEIGHT * 0.3 + LIKENESS_WEIGHT * 0.4)
    assert [part.name for part in ranking.components] == ["lexical", "semantic", LIKENESS]


@given(COSINES, FOUND)
def test_candidates_are_compared_with_the_best_only(
    semantic: dict[int, float], lexical: dict[int, float]
) -> None:
    calls: list[list[int]] = []

    def likeness(
        best: NDArray[np.int32], weights: NDArray[np.float32], rows: NDArray[np.int32]
    ) -> NDArray[np.float32]:
        calls.append(best.tolist())
        assert np.isclose(weights.sum(), 1, atol=1e-5)
        assert np.all(np.diff(weights) <= 0)
        return np.zeros(len(rows), np.float32)

    plain = order(lexical, semantic, cosines(semantic))
    fuse(candidates(lexical, semantic, cosines(semantic)), likeness)
    assert calls == ([plain[:BEST]] if plain else [])


def test_rows_outside_the_mask_do_not_matter() -> None:
    every = np.array([-np.inf, 0.4, 0.6, -np.inf], np.float32)
    ranking = fuse(candidates({1: 1.0, 2: 1.0}, {2: 0.6}, every))
    words = np.full(2, LEXICAL_WEIGHT)
    assert np.allclose(ranking.scores, words + SEMANTIC_WEIGHT * np.array([0.4, 0.6]))


@given(FOUND, FOUND)
def test_candidates_are_unique_and_ascending(
    lexical: dict[int, float], semantic: dict[int, float]
) -> None:
    ranking = fuse(candidates(lexical, semantic, np.zeros(ROWS, np.float32)))
    assert ranking.candidates.refs.tolist() == sorted({*lexical, *semantic})
    assert ranking.candidates.refs.dtype == np.int32


def test_no_candidates_at_all() -> None:
    for every in (None, np.empty(0, np.float32), np.full(3, -np.inf, np.float32)):
        assert len(fuse(candidates(NOTHING, NOTHING, every)).scores) == 0


def test_only_the_best_by_the_other_components_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[list[int]] = []

    def likeness(
        best: NDArray[np.int32], weights: NDArray[np.float32], rows: NDArray[np.int32]
    ) -> NDArray[np.float32]:
        calls.append(rows.tolist())
        return np.full(len(rows), 0.5, np.float32)

    monkeypatch.setattr(fusion_module, "LIKENED", 3)
    semantic = {row: 0.9 - row / 100 for row in range(6)}
    semantic[4] = semantic[2]
    ranking = fuse(candidates(NOTHING, semantic, cosines(semantic)), likeness)
    # The fifth ties with the third, so both are: no order of rows decides it.
    assert calls == [[0, 1, 2, 4]]
    part = ranking.components[-1]
    assert part.name == LIKENESS
    assert np.isnan(part.values).tolist() == [False, False, False, True, False, True]
    alone = [SEMANTIC_WEIGHT * semantic[row] for row in range(6)]
    expected = [
        points + (0 if row in (3, 5) else LIKENESS_WEIGHT * 0.5) for row, points in enumerate(alone)
    ]
    assert np.allclose(ranking.scores, expected)
