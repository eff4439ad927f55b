"""Histograms as bars.

Responsibility: turn a histogram of dates into rectangles in a picture, with labels and dates.
Decision: a bar is a link to the search of its dates, so that it works without a script.
Must not depend on: Flask or HTML.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from index.types.search import Bucket, Histogram, Interval
from web.i18n.formatting import format_bucket, format_count

WIDTH, HEIGHT = 720, 64
_MAX_BAR_WIDTH = 40
"""So that the bars of a few days do not fill the picture."""
_MIN_BAR_HEIGHT = 2
"""Of a bar with at least one article, so that it can be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its dates, its label, and its rectangle in a picture of `WIDTH` × `HEIGHT`.

    Attributes:
        first, last: First and last day, both included.
        slot_x, slot_width: The part of the picture's width that belongs to the bar.
    """

    first: date
    last: date
    label: str
    count: int
    x: float
    y: float
    width: float
    height: float
    slot_x: float
    slot_width: float


def build_bars(histogram: Histogram) -> tuple[Bar, ...]:
    """One bar per bucket, oldest first; empty if there are fewer than two buckets."""
    if len(histogram.buckets) < 2:
        return ()
    largest = max(bucket.count for bucket in histogram.buckets)
    slot_width = WIDTH / len(histogram.buckets)
    return tuple(
        _build_bar(bucket, histogram.interval, number * slot_width, slot_width, largest)
        for number, bucket in enumerate(histogram.buckets)
    )


def _build_bar(
    bucket: Bucket, interval: Interval, slot_x: float, slot_width: float, largest: int
) -> Bar:
    width = min(slot_width * 0.86, _MAX_BAR_WIDTH)
    height = max(HEIGHT * bucket.count / largest, _MIN_BAR_HEIGHT) if bucket.count else 0.0
    return Bar(
        first=bucket.start,
        last=_last_day(bucket.start, interval),
        label=f"{format_bucket(bucket.start, interval)}: {format_count(bucket.count, 'article')}",
        count=bucket.count,
        x=round(slot_x + (slot_width - width) / 2, 2),
        y=round(HEIGHT - height, 2),
        width=round(width, 2),
        height=round(height, 2),
        slot_x=round(slot_x, 2),
        slot_width=round(slot_width, 2),
    )


def _last_day(start: date, interval: Interval) -> date:
    if interval == "day":
        return start
    month = 12 if interval == "year" else start.month
    return date(start.year, month, monthrange(start.year, month)[1])
