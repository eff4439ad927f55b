"""String tables: every string is found at its number, and nothing else is found."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.arrays.string_table import StringTable, merge_tables

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


@pytest.mark.parametrize("count", [63, 64, 65, 128, 1000])
def test_find_in_a_table_with_many_signposts(count: int) -> None:
    held = [f"{2 * number:05}" for number in range(count)]
    table = StringTable.of(held)
    assert [table.find(string) for string in held] == list(range(count))
    asked = [f"{number:05}" for number in range(2 * count + 1)]
    bounds = [table.lower_bound(string.encode()) for string in asked]
    assert bounds == [(number + 1) // 2 for number in range(2 * count + 1)]
    assert table.find("00001") is None


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


@given(st.lists(STRINGS, min_size=1, max_size=4))
@example([["b"], ["a", "c"], ["", "b"]])
def test_sorted_tables_are_joined_to_one(lists: list[list[str]]) -> None:
    ordered = [in_byte_order(strings) for strings in lists]
    table, numbers = merge_tables([StringTable.of(strings) for strings in ordered])
    everything = in_byte_order(list({string for strings in lists for string in strings}))
    assert [table[number] for number in range(len(table))] == everything
    assert [[table[int(n)] for n in found] for found in numbers] == ordered


@given(st.lists(st.tuples(st.text(max_size=4), st.booleans()), max_size=9))
def test_some_strings_of_a_table(strings: list[tuple[str, bool]]) -> None:
    table = StringTable.of([string for string, _ in strings])
    only = table.select(np.array([kept for _, kept in strings], np.bool_))
    assert [only[n] for n in range(len(only))] == [string for string, kept in strings if kept]
