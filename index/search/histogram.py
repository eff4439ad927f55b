"""The date histogram: when the articles found were published.

Decision: days for a season, months for a decade, years beyond: some dozens of bars, none left out.
Must not know how rows are found.
"""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.storage.doc_values import UNDATED
from index.types.search import Bucket, Histogram, Interval

_MOST_DAYS, _MOST_MONTHS = 92, 120
_UNITS: tuple[tuple[Interval, str], ...] = (("day", "D"), ("month", "M"), ("year", "Y"))


def histogram(published: NDArray[np.int64]) -> Histogram:
    """Counts over (n,) int64 seconds since 1970; `UNDATED` ones are counted apart."""
    dated = published[published != UNDATED].astype("datetime64[s]")
    undated = len(published) - len(dated)
    if not len(dated):
        return Histogram(interval="day", buckets=(), undated=undated)
    interval, unit = _fitting(dated)
    bins = dated.astype(f"datetime64[{unit}]")
    first = bins.min()
    counts = np.bincount((bins - first).astype(np.int64))
    starts = np.arange(first, first + len(counts)).astype("datetime64[D]").astype(date)
    buckets = zip(starts.tolist(), counts.tolist(), strict=True)
    return Histogram(
        interval=interval,
        buckets=tuple(Bucket(start=start, count=count) for start, count in buckets),
        undated=undated,
    )


def _fitting(dated: NDArray[np.datetime64]) -> tuple[Interval, str]:
    """The shortest interval that the articles do not fill with too many bars."""
    for (interval, unit), most in zip(_UNITS, (_MOST_DAYS, _MOST_MONTHS), strict=False):
        first, last = (each.astype(f"datetime64[{unit}]") for each in (dated.min(), dated.max()))
        if (last - first).astype(int) < most:
            return interval, unit
    return _UNITS[-1]
