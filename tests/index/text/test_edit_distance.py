"""Edit distance, for one pair and for many words, against its definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.edit_distance import compute_edit_distance, compute_edit_distances
from tests.reference_matcher import compute_edit_distance as compute_by_definition

WORD = st.text(alphabet="abcé北🚢", max_size=7)


@given(WORD, WORD, st.integers(0, 3))
def test_the_distance_is_as_defined_up_to_its_limit(one: str, other: str, limit: int) -> None:
    assert compute_edit_distance(one, other, limit) == min(
        compute_by_definition(one, other), limit + 1
    )


@given(WORD, st.lists(WORD, min_size=1, max_size=6), st.integers(1, 2))
def test_distances_to_many_words_equal_those_pair_by_pair(
    word: str, others: list[str], limit: int
) -> None:
    similar = [other for other in others if abs(len(other) - len(word)) <= limit]
    longest = len(word) + limit
    letters = np.zeros((longest, len(similar)), np.uint32)
    for column, other in enumerate(similar):
        letters[: len(other), column] = [ord(c) for c in other]
    lengths = np.array([len(other) for other in similar], np.int64)
    distances = compute_edit_distances(word, letters, lengths, limit)
    assert distances.tolist() == [compute_edit_distance(word, other, limit) for other in similar]


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("ferry", "ferry", 0),
        ("ferry", "fery", 1),
        ("ferry", "ferrry", 1),
        ("ferry", "fevry", 1),
        ("ferry", "frery", 1),
        ("ferry", "freyr", 2),
        ("ca", "abc", 3),
    ],
)
def test_examples(one: str, other: str, edits: int) -> None:
    assert compute_edit_distance(one, other, 3) == edits
