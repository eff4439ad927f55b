"""Words near each other are found where a search of every window finds them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.lexical.query.positions import Occurrences, find_near

UNITS, LENGTH, SHIFT = 4, 12, 32
PLACES = st.sets(st.tuples(st.integers(0, UNITS - 1), st.integers(0, LENGTH - 1)), min_size=1)
WORDS = st.lists(st.tuples(st.integers(1, 2), PLACES), min_size=1, max_size=3)


@given(WORDS, st.integers(0, 4))
def test_near_words_are_those_of_any_window(
    words: list[tuple[int, set[tuple[int, int]]]], slop: int
) -> None:
    occurrences = [
        (count, Occurrences(np.array(sorted((u << SHIFT) + p for u, p in places)), UNITS))
        for count, places in words
    ]
    found = {int(key) >> SHIFT for key in find_near(occurrences, slop)}
    width = sum(count for count, _ in words) + slop
    windows = [
        (unit, {(unit, place) for place in range(start, start + width)})
        for unit in range(UNITS)
        for start in range(LENGTH)
    ]
    assert found == {
        unit
        for unit, window in windows
        if all(len(places & window) >= count for count, places in words)
    }
