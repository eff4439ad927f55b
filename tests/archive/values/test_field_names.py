import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.values.field_aliases import ALIASES
from archive.values.field_names import normalize_name, pick_fields, recognize_fields
from archive.values.flattening import to_text, to_texts


@pytest.mark.parametrize(
    ("field", "alias"), [(field, alias) for field, aliases in ALIASES.items() for alias in aliases]
)
def test_every_alias_is_known_in_any_spelling(field: str, alias: str) -> None:
    for name in (alias, alias.upper(), alias.replace("_", "-"), alias.replace("_", " ")):
        assert pick_fields({name: "x"}) == {"body" if field == "summary" else field: "x"}


def test_no_alias_is_of_two_fields() -> None:
    names = [normalize_name(alias) for aliases in ALIASES.values() for alias in set(aliases)]
    folded = {(normalize_name(a), field) for field, aliases in ALIASES.items() for a in aliases}
    assert len({name for name, _ in folded}) == len(folded)
    assert set(names) == {name for name, _ in folded}


def test_story_is_not_a_body() -> None:
    assert pick_fields({"story": "s-1"}) == {}


def test_the_first_name_with_a_value_wins() -> None:
    assert pick_fields({"text": "b", "body": "a"}) == {"body": "a"}
    assert pick_fields({"text": "b", "body": None}) == {"body": "b"}
    assert pick_fields({"text": "b", "body": ""}) == {"body": "b"}


def test_fields_are_recognised() -> None:
    assert recognize_fields(["Title", "x"]) == {"headline"}


@pytest.mark.parametrize(
    ("value", "text"),
    [("a ", "a"), (7, "7"), (True, ""), (None, ""), ({"name": "A"}, "A"), ({"x": 1}, ""),
     ([{"name": "A"}, "B"], "A, B"), ([[["A"]]], "")],
)  # fmt: skip
def test_values_become_text(value: object, text: str) -> None:
    assert to_text(value) == text


def test_values_become_texts() -> None:
    assert to_texts("a, b;c|a,") == ("a", "b", "c")
    assert to_texts(["a, b", {"name": "c"}, 7, None]) == ("a, b", "c", "7")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(JSON)
def test_any_value_is_flattened_without_an_error(value: object) -> None:
    assert isinstance(to_text(value), str)
    assert all(to_texts(value))
