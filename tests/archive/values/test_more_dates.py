"""Dates as mail, programs and languages write them."""

import pytest

from archive.values.dates import parse_datetime


@pytest.mark.parametrize(
    ("stated", "utc"),
    [
        ("Fri, 19 Nov 2021 01:45:08 +02:00", "2021-11-18T23:45:08"),
        ("Thu, 30 Apr 2015 08:57:00 CEST", "2015-04-30T06:57:00"),
        ("Mon, 30 Sep 19 10:00:00 GMT", "2019-09-30T10:00:00"),
        ("2031-03-05 14:30:00 UTC", "2031-03-05T14:30:00"),
        ("2031-03-05 14:30:00 EST", "2031-03-05T19:30:00"),
        ("7/25/2031 10:37:05 PM", "2031-07-25T22:37:05"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01"),
        ("2023-7-5", "2023-07-05T00:00:00"),
        ("15-07-2031", "2031-07-15T00:00:00"),
        ("Sat Jul 15 10:30:00 +0000 2023", "2023-07-15T10:30:00"),
        ("Sat Jul 15 10:30:00 2023", "2023-07-15T10:30:00"),
        ("15 July 2023, 10:30 CST", "2023-07-15T16:30:00"),
        ("Sat, 15 Jul 2023 10:30:00 IST", "2023-07-15T10:30:00"),
        ("July 15, 2023 10:30 p.m. EDT", "2023-07-16T02:30:00"),
        ("2031年3月5日", "2031-03-05T00:00:00"),
        ("2023年07月15日 10:30", "2023-07-15T10:30:00"),
        ("15 июля 2023", "2023-07-15T00:00:00"),
        ("15 يوليو 2023", "2023-07-15T00:00:00"),
        ("15 juillet 2023 à 10h30", "2023-07-15T10:30:00"),
        ("2023-07-15T10:30:00+02:00[Europe/Madrid]", "2023-07-15T08:30:00"),
        ("/Date(1689417000000)/", "2023-07-15T10:30:00"),
        ({"$date": {"$numberLong": "1689417000000"}}, "2023-07-15T10:30:00"),
        (["2023-07-15"], "2023-07-15T00:00:00"),
        ("20230715103015", "2023-07-15T10:30:15"),
    ],
)
def test_dates_of_mail_and_programs(stated: object, utc: str) -> None:
    parsed = parse_datetime(stated)
    assert parsed is not None
    assert parsed.isoformat()[:19] == utc


@pytest.mark.parametrize(
    "stated",
    ["0001-01-01T00:00:00", "Mon, 30 Sep 2019 10:00:00 QQT", "2023-02-30", "13:99, 1 May 2031",
     "25/25/2031", "July 15, 2023 13:30 p.m.", "2 hours ago", "7/8/31"],
)  # fmt: skip
def test_what_is_no_date_or_could_be_several_is_not_read(stated: str) -> None:
    assert parse_datetime(stated) is None
