"""String tables: every string is table_numbers by its number, and no other string is."""

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
def test_find_in_a_table_larger_than_the_stride(count: int) -> None:
    present = [f"{2 * number:05}" for number in range(count)]
    table = StringTable.of(present)
    assert [table.find(string) for string in present] == list(range(count))
    wanted_strings = [f"{number:05}" for number in range(2 * count + 1)]
    bounds = [table.lower_bound(string.encode()) for string in wanted_strings]
    assert bounds == [(number + 1) // 2 for number in range(2 * count + 1)]
    assert table.find("00001") is None


@given(STRINGS, st.text(max_size=8))
def test_find_through_an_order(strings: list[str], other: str) -> None:
    table = StringTable.of(strings)
    order = np.array([strings.index(s) for s in in_byte_order(strings)], np.int32)
    assert [table.find(string, order) for string in strings] == list(range(len(strings)))
    assert table.find(other, order) == (strings.index(other) if other in strings else None)


@given(STRINGS)
def test_strings_are_read_back(strings: list[str]) -> None:
    table = StringTable.of(strings)
    assert [table[number] for number in range(len(table))] == strings


@given(STRINGS, st.text(max_size=8))
def test_lower_bound_is_the_number_of_lower_strings(strings: list[str], wanted: str) -> None:
    table = StringTable.of(in_byte_order(strings))
    below = sum(string.encode() < wanted.encode() for string in strings)
    assert table.lower_bound(wanted.encode()) == below


@given(st.lists(STRINGS, min_size=1, max_size=4))
@example([["b"], ["a", "c"], ["", "b"]])
def test_sorted_tables_are_merged(lists: list[list[str]]) -> None:
    ordered = [in_byte_order(strings) for strings in lists]
    table, numbers = merge_tables([StringTable.of(strings) for strings in ordered])
    everything = in_byte_order(list({string for strings in lists for string in strings}))
    assert [table[number] for number in range(len(table))] == everything
    assert [[table[int(n)] for n in table_numbers] for table_numbers in numbers] == ordered


@given(st.lists(st.tuples(st.text(max_size=4), st.booleans()), max_size=9))
def test_some_strings_of_a_table(strings: list[tuple[str, bool]]) -> None:
    table = StringTable.of([string for string, _ in strings])
    selected = table.select(np.array([is_kept for _, is_kept in strings], np.bool_))
    assert [selected[n] for n in range(len(selected))] == [
        string for string, is_kept in strings if is_kept
    ]
