"""Scoring only the candidates gives the same scores as scoring all rows, to the bit."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import index.lexical.query.accumulator as accumulator_module
from index.arrays.ops import intersect, intersect_places, union
from index.lexical.array_index import ArrayIndex
from index.lexical.engine import ArrayEngine
from index.lexical.query.accumulator import ScoreAccumulator
from index.query import parse
from index.ranking.scores import Scores
from index.storage.segments import Segment
from tests.index.lexical.indexed import search
from tests.index.library import VOCABULARY, generated

COUNT = 90
ROWS = st.lists(st.integers(0, 40), unique=True, max_size=20).map(sorted)
CLAUSES = st.sampled_from(["", "ferry*", "-storm", "storm OR ferry", '"the ferry"', "st?rm", "e*"])


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ArrayIndex:
    folder = tmp_path_factory.mktemp("candidates")
    engine = ArrayEngine()
    engine.build(folder, generated(COUNT, seed=5, longest=25))
    return engine.open([Segment(folder)], ("en", "es"))


def search_with(
    index: ArrayIndex, text: str, allowed: Sequence[bool] | None, enough: int, few: float
) -> Scores:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accumulator_module, "_FEW", few)
        mask = None if allowed is None else np.array(allowed)
        return search(index, parse(text), mask, enough=enough)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(VOCABULARY), max_size=6),
    CLAUSES,
    st.one_of(st.none(), st.lists(st.booleans(), min_size=COUNT, max_size=COUNT)),
    st.integers(0, COUNT),
)
def test_few_candidates_are_scored_as_all_rows_are(
    index: ArrayIndex, words: list[str], more: str, allowed: list[bool] | None, enough: int
) -> None:
    text = " ".join([*words, more])
    few, every = (search_with(index, text, allowed, enough, share) for share in (2.0, 0.0))
    assert few.rows.tolist() == every.rows.tolist()
    assert few.values.tolist() == every.values.tolist()
    assert few.coverage == every.coverage
    assert few.complete.tolist() == every.complete.tolist()


def test_slots_are_rows_or_one_for_each_of_few_candidates() -> None:
    rows, weights = np.array([1, 5, 7], np.int32), np.array([1.0, 2.0, 3.0], np.float32)
    every = ScoreAccumulator(400)
    assert every.locate(rows, weights)[0].tolist() == [1, 5, 7]
    candidates = np.zeros(400, bool)
    candidates[[5, 9]] = True
    few = ScoreAccumulator(400, candidates)
    slots, slot_weights = few.locate(rows, weights)
    assert (slots.tolist(), slot_weights.tolist()) == ([0], [2.0])
    assert few.to_rows(np.array([0, 1])).tolist() == [5, 9]
    few.count_word([slots])
    assert (few.count_matches(1), few.count_matches(0), few.find_matches(1).tolist()) == (1, 2, [0])


@given(ROWS, ROWS)
def test_places_of_common_values(first: list[int], second: list[int]) -> None:
    places = intersect_places(np.array(first, np.int32), np.array(second, np.int32))
    common = sorted(set(first) & set(second))
    assert [first[place] for place in places[0]] == common
    assert [second[place] for place in places[1]] == common


@given(st.lists(ROWS, min_size=1, max_size=4))
def test_intersections_and_unions(sets: list[list[int]]) -> None:
    arrays = [np.array(rows, np.int32) for rows in sets]
    assert intersect(arrays).tolist() == sorted(set.intersection(*map(set, sets)))
    assert union(arrays, 41).tolist() == sorted(set.union(*map(set, sets)))
