"""Parameters are read as their types declare; a wrong one is an error that says what to write."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

import pytest
from msgspec import Meta, field
from werkzeug.datastructures import MultiDict

from web.http.parameters import ParameterError, Parameters, declared, read, read_valid


class Example(Parameters, frozen=True, kw_only=True):
    text: Annotated[str, Meta(max_length=5, description="A text.")] = field(name="q", default="")
    size: Annotated[int, Meta(ge=1, le=1_000)] = 10
    first: date | None = field(name="from", default=None)
    kind: Literal["small", "big"] = "small"
    sources: tuple[str, ...] = field(name="source", default=())
    colours: tuple[Literal["red", "blue"], ...] = ()
    explain: bool = False

    def contradictions(self) -> Iterator[ParameterError]:
        if self.kind == "big" and self.size < 10:
            yield ParameterError("size", "A big one has a size of 10 or more.")


RIGHT: dict[str, str | list[str]] = {
    "q": "ferry",
    "size": "1000",
    "from": "2023-07-15",
    "kind": "big",
    "source": ["null", "b"],
    "colours": ["blue"],
    "explain": "1",
}


def test_every_kind_of_value_is_read() -> None:
    assert read(Example, MultiDict(RIGHT)) == Example(
        text="ferry",
        size=1_000,
        first=date(2023, 7, 15),
        kind="big",
        sources=("null", "b"),
        colours=("blue",),
        explain=True,
    )
    assert read(Example, MultiDict()) == Example()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("q", "x" * 1_006, "The text has 1,006 characters; the limit is 5."),
        *(
            ("size", value, "size must be a whole number between 1 and 1,000.")
            for value in ["0", "1001", "", "x", "-1", "+5", " 5", "5.0", "1e1", "1_0", "²", "٣"]
        ),
        ("size", "9" * 5_000, "size must be a whole number between 1 and 1,000."),
        ("from", "2023-02-30", "The date “2023-02-30” does not exist."),
        *(
            (
                "from",
                value,
                f"“{value}” is not a date. Use YYYY-MM-DD, for example 2023-07-15.",
            )
            for value in ["", "null", "20230715", "2023-W01-1", "2023-07-15T00:00:00Z"]
        ),
        ("kind", "Big", "kind must be one of: small, big."),
        ("kind", "null", "kind must be one of: small, big."),
        ("colours", "green", "colours must be one of: red, blue."),
        *(("explain", value, "explain must be 0 or 1.") for value in ["", "2", "true", "null"]),
        ("colour", "x", "There is no parameter “colour” here; use q, size, from, kind, source,"),
    ],
)
def test_the_error_of_an_invalid_value_says_what_to_use(
    name: str, value: str, message: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        read(Example, MultiDict({name: value}))
    assert caught.value.name == name
    assert str(caught.value).startswith(message)


class Search(Parameters, frozen=True, kw_only=True):
    text: str = field(name="q", default="")
    languages: tuple[str, ...] = field(name="lang", default=())
    first: date | None = field(name="from", default=None)
    limit: int = field(name="page_size", default=10)
    cursor: str | None = None
    sort: str = ""


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(("language", "lang"), ("Languages", "lang"), ("LANG", "lang")),
        *(("limit", "page_size"), ("size", "page_size"), ("per_page", "page_size")),
        *(("pageSize", "page_size"), ("rows", "page_size")),
        *(("page", "cursor with"), ("offset", "cursor with")),
        *(("query", "q"), ("search", "q"), ("Q", "q"), ("sort-by", "sort"), ("orderBy", "sort")),
        *(("start_date", "from"), ("since", "from")),
    ],
)
def test_a_name_that_parameters_have_elsewhere_is_corrected(name: str, meant: str) -> None:
    with pytest.raises(ParameterError) as caught:
        read(Search, MultiDict({name: "1"}))
    assert str(caught.value).startswith(f"There is no parameter “{name}” here; use {meant}")
    with pytest.raises(ParameterError, match="this address takes none"):
        read(Parameters, MultiDict({name: "1"}))


def test_the_error_of_a_long_text_has_the_excess_span() -> None:
    with pytest.raises(ParameterError) as caught:
        read(Example, MultiDict({"q": "x" * 8}))
    assert caught.value.span == (5, 8)


def test_only_repeatable_parameters_can_be_repeated() -> None:
    with pytest.raises(ParameterError, match="“size” may be given only once"):
        read(Example, MultiDict([("size", "1"), ("size", "1")]))
    with pytest.raises(ParameterError, match="this address takes none"):
        read(Parameters, MultiDict({"q": "x"}))


def test_values_that_contradict_each_other_are_an_error() -> None:
    with pytest.raises(ParameterError, match="10 or more"):
        read(Example, MultiDict({"kind": "big", "size": "9"}))


def test_all_errors_are_reported_with_the_valid_values() -> None:
    args = MultiDict([("size", "x"), ("from", "y"), ("kind", "big"), ("kind", "?"), ("z", "1")])
    parameters, errors = read_valid(Example, args)
    assert parameters == Example(kind="big")
    assert list(errors) == ["size", "from"]
    parameters, errors = read_valid(Example, MultiDict({"kind": "big", "size": "9"}))
    assert parameters == Example(kind="big", size=9)
    assert [str(error) for error in errors.values()] == ["A big one has a size of 10 or more."]


def test_a_declaration_has_its_name_type_and_description() -> None:
    first, *_, sources, colours, explain = declared(Example)
    assert (first.attribute, first.name, first.default) == ("text", "q", "")
    assert first.description == "A text."
    assert (sources.type, sources.repeatable) == (str, True)
    assert (colours.type, colours.repeatable) == (Literal["red", "blue"], True)
    assert (explain.type, explain.repeatable) == (bool, False)
