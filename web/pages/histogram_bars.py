"""The date histogram as bars: places and heights in a picture, and where each bar leads.

Decision: a bar is a link to the search of its days, so that it works without a script.
Must not know Flask or HTML.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from index.types.search import Bucket, Histogram, Interval
from web.i18n.formatting import count, day_name

WIDTH, HEIGHT = 720, 64
_WIDEST = 40
"""Of a bar: two days are no two walls."""
_LEAST = 2
"""Height of a bar that has any article at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: first and last day, words for it, and its rectangle in `WIDTH` by `HEIGHT`.

    Attributes:
        room, room_width: The stretch of the picture that belongs to it.
    """

    first: date
    last: date
    label: str
    count: int
    x: float
    y: float
    width: float
    height: float
    room: float
    room_width: float


def bars(histogram: Histogram) -> tuple[Bar, ...]:
    """A bar for each bucket; none where there is but one moment to tell apart."""
    if len(histogram.buckets) < 2:
        return ()
    most = max(bucket.count for bucket in histogram.buckets)
    step = WIDTH / len(histogram.buckets)
    return tuple(
        _bar(bucket, histogram.interval, number * step, step, most)
        for number, bucket in enumerate(histogram.buckets)
    )


def _bar(bucket: Bucket, interval: Interval, x: float, step: float, most: int) -> Bar:
    width = min(step * 0.86, _WIDEST)
    height = max(HEIGHT * bucket.count / most, _LEAST) if bucket.count else 0.0
    return Bar(
        first=bucket.start,
        last=_last_day(bucket.start, interval),
        label=f"{day_name(bucket.start, interval)}: {count(bucket.count, 'article')}",
        count=bucket.count,
        x=round(x + (step - width) / 2, 2),
        y=round(HEIGHT - height, 2),
        width=round(width, 2),
        height=round(height, 2),
        room=round(x, 2),
        room_width=round(step, 2),
    )


def _last_day(start: date, interval: Interval) -> date:
    if interval == "day":
        return start
    month = 12 if interval == "year" else start.month
    return date(start.year, month, monthrange(start.year, month)[1])
