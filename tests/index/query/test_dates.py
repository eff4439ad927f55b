"""Dates in a query: every notation, and errors with their spans for impossible dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import DateRange, parse
from index.query.dates import DateError, parse_period
from tests.index.query.clauses import list_required

TODAY = date(2031, 4, 2)
"""A Wednesday."""
Days = tuple[str | None, str | None]

PERIODS: dict[str, Days] = {
    "2020": ("2020-01-01", "2020-12-31"),
    "2020-06": ("2020-06-01", "2020-06-30"),
    "2020-02": ("2020-02-01", "2020-02-29"),
    "9999-12": ("9999-12-01", "9999-12-31"),
    "2020-06-15": ("2020-06-15", "2020-06-15"),
    "2020-6-5": ("2020-06-05", "2020-06-05"),
    "[2020-06-15 TO 2020-06-20]": ("2020-06-15", "2020-06-20"),
    "[2020-06 to 2021]": ("2020-06-01", "2021-12-31"),
    "[* TO 2020]": (None, "2020-12-31"),
    "[2020 TO *]": ("2020-01-01", None),
    "[2020 TO ]": ("2020-01-01", None),
    "[ TO 2020]": (None, "2020-12-31"),
    "[* TO *]": (None, None),
    "[yesterday TO today]": ("2031-04-01", "2031-04-02"),
    ">2020-06-01": ("2020-06-02", None),
    ">2020": ("2021-01-01", None),
    ">=2020": ("2020-01-01", None),
    "<2020": (None, "2019-12-31"),
    "<=2020": (None, "2020-12-31"),
    "=2020-06": ("2020-06-01", "2020-06-30"),
    "today": ("2031-04-02", "2031-04-02"),
    "Yesterday": ("2031-04-01", "2031-04-01"),
    "this-week": ("2031-03-31", "2031-04-06"),
    "last-week": ("2031-03-24", "2031-03-30"),
    "this-month": ("2031-04-01", "2031-04-30"),
    "last-month": ("2031-03-01", "2031-03-31"),
    "this-year": ("2031-01-01", "2031-12-31"),
    "last-year": ("2030-01-01", "2030-12-31"),
    "last-1-day": ("2031-04-02", "2031-04-02"),
    "last-7-days": ("2031-03-27", "2031-04-02"),
    "last-2-weeks": ("2031-03-20", "2031-04-02"),
    "last-1-month": ("2031-03-03", "2031-04-02"),
    "last-2-years": ("2029-04-03", "2031-04-02"),
}


def days(text: str, today: date = TODAY) -> Days:
    first, last = parse_period(text, today)
    return first.isoformat() if first else None, last.isoformat() if last else None


@pytest.mark.parametrize("text", PERIODS)
def test_a_date_is_parsed_to_its_first_and_last_day(text: str) -> None:
    assert days(text) == PERIODS[text]
    query = parse(f"ferry date:{text} fog", TODAY)
    assert query.error is None
    (clause,) = list_required(query)
    assert isinstance(clause, DateRange)
    assert query.input[slice(*clause.span)] == text
    assert len(query.optional_words) == 2


IMPOSSIBLE = [
    "2020-02-31",
    "2021-02-29",
    "2020-13",
    "0000",
    "2020-00-10",
    "20200615",
    "15/06/2020",
    "june",
    "tomorrowish",
    "last-0-days",
    "last-9999-years",
    "[2020-06-20 TO 2020-06-15]",
    "[2020]",
    "[2020 TO 2021",
    "[",
    "[a to z]",
    "[2020 TO 2021 TO 2022]",
    ">9999",
    ">9999-12-31",
    "<0001",
    ">",
    "*",
]


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_an_impossible_date_is_an_error_and_never_widened(text: str) -> None:
    with pytest.raises(DateError):
        parse_period(text, TODAY)
    query = parse(f"ferry date:{text}", TODAY)
    assert query.error is not None
    assert query.error.span is not None
    assert query.input[slice(*query.error.span)] == text
    quoted = query.error.values[0]
    assert quoted in text
    assert f"“{quoted}”" in query.error.message
    assert query.repaired == ""


def test_the_first_of_several_errors_is_reported() -> None:
    query = parse("date:junk date:2020-02-31")
    assert query.error is not None
    assert query.error.span == (5, 9)


def test_a_month_back_from_a_longer_month_ends_with_the_shorter_one() -> None:
    assert days("last-1-month", date(2031, 3, 31)) == ("2031-03-01", "2031-03-31")
    assert days("last-month", date(2031, 1, 31)) == ("2030-12-01", "2030-12-31")
    assert days("last-1-year", date(2032, 2, 29)) == ("2031-03-01", "2032-02-29")


@given(st.dates(), st.sampled_from(sorted({"today", "last-week", "this-month", "last-7-days"})))
def test_periods_are_relative_to_any_day(today: date, text: str) -> None:
    try:
        first, last = parse_period(text, today)
    except DateError:
        assert today < date(1, 1, 20) or today > date(9999, 12, 20)
        return
    assert first is not None
    assert last is not None
    assert first <= last
    assert (last - today).days <= 31


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_an_error(text: str) -> None:
    try:
        first, last = parse_period(text, TODAY)
    except DateError:
        return
    assert first is None or last is None or first <= last
