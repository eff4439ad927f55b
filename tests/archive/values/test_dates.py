from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.values.dates import parse_datetime, parse_day_in_name
from archive.values.months import find_nearest_date, parse_month


@pytest.mark.parametrize(
    "value",
    [
        "2023-07-15", "20230715", 20230715, "July 15, 2023", "Jul. 15 2023", "15 July 2023",
        "15 de julio de 2023", "15. Juli 2023", "15 juillet 2023", "15 luglio 2023",
        "15 de julho de 2023", "Saturday, July 15, 2023", "2023/07/15", "15.07.2023", "15/07/2023",
        "07/15/2023", 1689379200, "1689379200", 1689379200000, "1689379200000000",
        "2023-07-15T00:00:00Z", "2023-07-15 00:00", "2023-07-15T02:00:00+02:00", "20230715000000",
        "Sat, 15 Jul 2023 00:00:00 GMT", "15 Jul 2023 02:00:00 +0200", 1689379200.0,
    ],
)  # fmt: skip
def test_a_day_in_every_supported_form(value: object) -> None:
    assert parse_datetime(value) == datetime(2023, 7, 15, tzinfo=UTC)


def test_times_are_parsed() -> None:
    assert parse_datetime("2023-07-15 10:30") == datetime(2023, 7, 15, 10, 30, tzinfo=UTC)
    assert parse_datetime("July 15, 2023 10:30") == datetime(2023, 7, 15, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    ["", "2023-02-30", "yesterday", "2023", "05/06/2023", None, True, [], "February 30, 2023",
     "99999999", "1e400", float("nan"), float("inf"), "0001-01-01T00:00:00+14:00", "x" * 200],
)  # fmt: skip
def test_other_values_are_none(value: object) -> None:
    assert parse_datetime(value) is None


@given(st.text() | st.integers() | st.floats() | st.none())
def test_any_value_is_parsed_without_an_error(value: object) -> None:
    parsed = parse_datetime(value)
    assert parsed is None or parsed.tzinfo is UTC


@given(st.datetimes(min_value=datetime(1400, 1, 2), timezones=st.just(UTC)))
def test_iso_8601_round_trip(moment: datetime) -> None:
    assert parse_datetime(moment.isoformat()) == moment


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("efe-2023-07-15-bridge.txt", date(2023, 7, 15)),
        ("20230715.txt", date(2023, 7, 15)),
        ("a-2023-13-15-2023-07-15.txt", date(2023, 7, 15)),
        ("1202307159.txt", None),
        ("2023-0715.txt", None),
        ("bridge.txt", None),
    ],
)
def test_a_day_in_a_file_name(name: str, day: date | None) -> None:
    assert parse_day_in_name(name) == day


@pytest.mark.parametrize(
    ("names", "number"),
    [("January enero janv. Jänner janeiro GENNAIO", 1), ("août Aug. agosto aout Ago", 8),
     ("März mars Mrz. março mar marzo", 3), ("déc. Dez dic dezembro dicembre", 12)],
)  # fmt: skip
def test_months_in_six_languages(names: str, number: int) -> None:
    assert {parse_month(name) for name in names.split()} == {number}


def test_other_words_are_not_months() -> None:
    assert parse_month("Monday") is None


@pytest.mark.parametrize(
    ("month", "day", "reference", "nearest"),
    [
        (7, 15, date(2023, 7, 20), date(2023, 7, 15)),
        (12, 31, date(2024, 1, 2), date(2023, 12, 31)),
        (1, 1, date(2023, 12, 30), date(2024, 1, 1)),
        (9, 1, date(2023, 1, 2), date(2023, 9, 1)),
        (2, 29, date(2023, 3, 1), date(2024, 2, 29)),
        (2, 30, date(2023, 3, 1), None),
        (12, 31, date(1, 1, 2), date(1, 12, 31)),
        (1, 1, date(9999, 12, 31), date(9999, 1, 1)),
    ],
)
def test_the_nearest_date(month: int, day: int, reference: date, nearest: date | None) -> None:
    assert find_nearest_date(month, day, reference=reference) == nearest
