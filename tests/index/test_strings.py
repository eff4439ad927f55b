"""String tables: every string is found at its number, and nothing else is found."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import index.strings as strings_module
from index.strings import StringTable

STRINGS = st.lists(st.text(max_size=8), max_size=20, unique=True)


def in_byte_order(strings: list[str]) -> list[str]:
    return sorted(strings, key=str.encode)


@given(STRINGS, st.text(max_size=8))
@example(["", "\x00", "\x00\x00"], "\x00\x00\x00")
@example(["a", "a\x00", "é", "\U0001f6a2", "￿"], "a\x00\x00")
def test_find_in_a_sorted_table(strings: list[str], other: str) -> None:
    ordered = in_byte_order(strings)
    table = StringTable.of(ordered)
    assert [table.find(string) for string in ordered] == list(range(len(ordered)))
    assert table.find(other) == (ordered.index(other) if other in ordered else None)


@given(st.lists(st.sampled_from("abcdefgh"), max_size=30))
def test_what_is_remembered_is_what_was_found(asked: list[str]) -> None:
    table = StringTable.of("bdfh")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strings_module, "_REMEMBERED", 3)
        for string in asked:
            assert table.find(string) == ("bdfh".index(string) if string in "bdfh" else None)


@given(STRINGS, st.text(max_size=8))
def test_find_through_an_order(strings: list[str], other: str) -> None:
    table = StringTable.of(strings)
    order = np.array([strings.index(s) for s in in_byte_order(strings)], np.int32)
    assert [table.find(string, order) for string in strings] == list(range(len(strings)))
    assert table.find(other, order) == (strings.index(other) if other in strings else None)


@given(STRINGS)
def test_strings_come_back(strings: list[str]) -> None:
    table = StringTable.of(strings)
    assert [table[number] for number in range(len(table))] == strings


@given(STRINGS, st.text(max_size=8))
def test_lower_bound_counts_what_is_below(strings: list[str], wanted: str) -> None:
    table = StringTable.of(in_byte_order(strings))
    below = sum(string.encode() < wanted.encode() for string in strings)
    assert table.lower_bound(wanted.encode()) == below
