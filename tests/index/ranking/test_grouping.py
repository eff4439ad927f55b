"""Groups equal the result of sorting everything first and grouping then."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.ranking.grouping import group_by_story, group_none
from index.ranking.order import first_places, positions

KEYS = st.lists(st.integers(-(1 << 62), 1 << 62), unique=True, max_size=30)


@given(KEYS, st.data())
def test_stories_equal_grouping_after_a_full_sort(keys: list[int], data: st.DataObject) -> None:
    labels = data.draw(st.lists(st.integers(0, 7), min_size=len(keys), max_size=len(keys)))
    start, more = data.draw(st.integers(0, 9)), data.draw(st.integers(0, 9))
    expected: dict[int, list[int]] = {}
    for place in sorted(range(len(keys)), key=keys.__getitem__):
        expected.setdefault(labels[place], []).append(place)
    made = group_by_story(
        np.array(keys, np.int64), np.array(labels, np.int32), 8, start, start + more
    )
    assert made.count == len(expected)
    found = [places.tolist() for places in made.places]
    assert found == list(expected.values())[start : start + more]


@given(KEYS, st.integers(0, 9), st.integers(0, 9))
def test_ungrouped_articles_are_groups_of_one(keys: list[int], start: int, more: int) -> None:
    made = group_none(np.array(keys, np.int64), start, start + more)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    assert made.count == len(keys)
    assert [places.tolist() for places in made.places] == [[p] for p in order[start : start + more]]


@given(KEYS, st.one_of(st.none(), st.integers(0, 40)))
def test_the_first_places_equal_a_slice_of_a_full_sort(keys: list[int], limit: int | None) -> None:
    order = sorted(range(len(keys)), key=keys.__getitem__)
    array = np.array(keys, np.int64)
    assert first_places(array, limit).tolist() == order[:limit]
    stands = positions(array, np.array(order, np.intp))
    assert stands.tolist() == list(range(1, len(keys) + 1))
