"""Scoring only the rows that may answer gives what scoring all of them gives, to the bit."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import index.lexical.query.accumulator as candidates_module
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


def asked(
    index: ArrayIndex, text: str, allowed: Sequence[bool] | None, enough: int, few: float
) -> Scores:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates_module, "_FEW", few)
        mask = None if allowed is None else np.array(allowed)
        return search(index, parse(text), mask, enough=enough)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(VOCABULARY), max_size=6),
    CLAUSES,
    st.one_of(st.none(), st.lists(st.booleans(), min_size=COUNT, max_size=COUNT)),
    st.integers(0, COUNT),
)
def test_a_few_are_scored_as_all_are(
    index: ArrayIndex, words: list[str], more: str, allowed: list[bool] | None, enough: int
) -> None:
    text = " ".join([*words, more])
    some, every = (asked(index, text, allowed, enough, few) for few in (2.0, 0.0))
    assert some.rows.tolist() == every.rows.tolist()
    assert some.values.tolist() == every.values.tolist()
    assert some.coverage == every.coverage
    assert some.complete.tolist() == every.complete.tolist()


def test_places_are_rows_where_all_may_answer_and_numbers_of_rows_where_few_may() -> None:
    having, weights = np.array([1, 5, 7], np.int32), np.array([1.0, 2.0, 3.0], np.float32)
    every = ScoreAccumulator(400)
    assert every.locate(having, weights)[0].tolist() == [1, 5, 7]
    permitted = np.zeros(400, bool)
    permitted[[5, 9]] = True
    few = ScoreAccumulator(400, permitted)
    places, met = few.locate(having, weights)
    assert (places.tolist(), met.tolist()) == ([0], [2.0])
    assert few.to_rows(np.array([0, 1])).tolist() == [5, 9]
    few.count_word([places])
    assert (few.count_matches(1), few.count_matches(0), few.find_matches(1).tolist()) == (1, 2, [0])


@given(ROWS, ROWS)
def test_what_two_have_in_common(ours: list[int], theirs: list[int]) -> None:
    here, there = intersect_places(np.array(ours, np.int32), np.array(theirs, np.int32))
    both = sorted(set(ours) & set(theirs))
    assert [ours[place] for place in here] == both
    assert [theirs[place] for place in there] == both


@given(st.lists(ROWS, min_size=1, max_size=4))
def test_what_all_share_and_what_any_has(sets: list[list[int]]) -> None:
    arrays = [np.array(rows, np.int32) for rows in sets]
    assert intersect(arrays).tolist() == sorted(set.intersection(*map(set, sets)))
    assert union(arrays, 41).tolist() == sorted(set.union(*map(set, sets)))
