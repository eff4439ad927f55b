import pytest

from archive.values.dates import parse_datetime
from archive.values.zones import replace_zone


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Sun, 02 Mar 2031 08:00:00 CEST", "2031-03-02 06:00:00+00:00"),
        ("Sun, 02 Mar 2031 08:00:00 EST", "2031-03-02 13:00:00+00:00"),
        ("Sun, 02 Mar 2031 08:00:00 JST", "2031-03-01 23:00:00+00:00"),
        ("Sun, 02 Mar 2031 08:00:00 GMT", "2031-03-02 08:00:00+00:00"),
        ("Sun, 02 Mar 2031 08:00:00 +0100", "2031-03-02 07:00:00+00:00"),
    ],
)
def test_the_name_of_a_zone_is_an_offset(date: str, expected: str) -> None:
    assert str(parse_datetime(replace_zone(date))) == expected


@pytest.mark.parametrize(
    "date", ["", "2031-03-02", "2031-03-02T08:00:00Z", "Sun, 02 Mar 2031 08:00:00 IST", "2 MAR"]
)
def test_other_dates_stay_as_they_are(date: str) -> None:
    assert replace_zone(date) == date
