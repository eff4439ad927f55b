import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.values.field_names import (
    ALIASES,
    as_text,
    as_texts,
    fold_name,
    known_fields,
    pick_fields,
)


@pytest.mark.parametrize(
    ("field", "alias"), [(field, alias) for field, aliases in ALIASES.items() for alias in aliases]
)
def test_every_alias_is_known_in_any_spelling(field: str, alias: str) -> None:
    for name in (alias, alias.upper(), alias.replace("_", "-"), alias.replace("_", " ")):
        assert pick_fields({name: "x"}) == {field: "x"}


def test_no_alias_stands_for_two_fields() -> None:
    names = [fold_name(alias) for aliases in ALIASES.values() for alias in set(aliases)]
    folded = {(fold_name(a), field) for field, aliases in ALIASES.items() for a in aliases}
    assert len({name for name, _ in folded}) == len(folded)
    assert set(names) == {name for name, _ in folded}


def test_story_is_no_body() -> None:
    assert pick_fields({"story": "s-1"}) == {}


def test_the_first_name_with_a_value_wins() -> None:
    assert pick_fields({"text": "b", "body": "a"}) == {"body": "a"}
    assert pick_fields({"text": "b", "body": None}) == {"body": "b"}
    assert pick_fields({"text": "b", "body": ""}) == {"body": "b"}


def test_known_fields() -> None:
    assert known_fields(["Title", "x"]) == {"headline"}


@pytest.mark.parametrize(
    ("value", "text"),
    [("a ", "a"), (7, "7"), (True, ""), (None, ""), ({"name": "A"}, "A"), ({"x": 1}, ""),
     ([{"name": "A"}, "B"], "A, B"), ([[["A"]]], "")],
)  # fmt: skip
def test_values_as_text(value: object, text: str) -> None:
    assert as_text(value) == text


def test_values_as_texts() -> None:
    assert as_texts("a, b;c|a,") == ("a", "b", "c")
    assert as_texts(["a, b", {"name": "c"}, 7, None]) == ("a, b", "c", "7")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(JSON)
def test_any_value_can_be_asked(value: object) -> None:
    assert isinstance(as_text(value), str)
    assert all(as_texts(value))
