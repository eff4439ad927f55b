"""The date histogram counts every article once, in intervals that fit the period."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.local.counts import histogram
from index.storage.doc_values import UNDATED
from index.types.search import Histogram

MOMENTS = st.lists(
    st.one_of(
        st.none(),
        st.datetimes(datetime(1850, 1, 1), datetime(2040, 12, 31)),
        st.datetimes(datetime(2023, 7, 1), datetime(2023, 9, 15)),
    ),
    max_size=20,
)


def histogram_of(*moments: datetime | None) -> Histogram:
    seconds = [m.replace(tzinfo=UTC).timestamp() // 1 if m else UNDATED for m in moments]
    return histogram(np.array(seconds, np.int64))


def start_of(moment: datetime, interval: str) -> date:
    day = {"day": moment.day, "month": 1, "year": 1}[interval]
    return date(moment.year, 1 if interval == "year" else moment.month, day)


@given(MOMENTS)
def test_every_article_is_counted_once_in_its_own_interval(moments: list[datetime | None]) -> None:
    counted = histogram_of(*moments)
    assert counted.undated == moments.count(None)
    assert sum(bucket.count for bucket in counted.buckets) + counted.undated == len(moments)
    for bucket in counted.buckets:
        inside = [m for m in moments if m and start_of(m, counted.interval) == bucket.start]
        assert len(inside) == bucket.count
    starts = [bucket.start for bucket in counted.buckets]
    assert starts == sorted(set(starts))
    if starts:
        assert counted.buckets[0].count > 0
        assert counted.buckets[-1].count > 0


def test_intervals_fit_the_period() -> None:
    first = datetime(2023, 1, 30, 23, 59, tzinfo=UTC)
    for days, interval, bars in ((0, "day", 1), (91, "day", 92), (92, "month", 5)):
        counted = histogram_of(first, first + timedelta(days=days))
        assert (counted.interval, len(counted.buckets)) == (interval, bars)
    counted = histogram_of(datetime(1963, 5, 1, tzinfo=UTC), datetime(2023, 5, 1, tzinfo=UTC))
    assert (counted.interval, len(counted.buckets)) == ("year", 61)
    assert counted.buckets[1].start == date(1964, 1, 1)
