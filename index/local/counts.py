"""Facets and the date histogram: exact counts over rows.

Responsibility: count rows by source, language, place, name and date.
Decision: days for a season, months for a decade, years beyond: a few dozen bars, with no gaps.
Must not depend on: how rows are selected.
"""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.storage.doc_values import UNDATED, DocValues
from index.types.search import (
    Bucket,
    Facet,
    FacetValue,
    Histogram,
    Interval,
    LocationCount,
    NameCount,
)

_FACET_VALUES = 50
_LOCATIONS = 100
"""Places on a map of the results: more would cover each other."""
_MOST_DAYS, _MOST_MONTHS = 92, 120
_UNITS: tuple[tuple[Interval, str], ...] = (("day", "D"), ("month", "M"), ("year", "Y"))


def count_facets(doc_values: DocValues, rows: NDArray[np.int32]) -> tuple[Facet, ...]:
    """The facets of rows: source, language, place, location and name."""
    return (
        Facet(field="source", values=count_values(doc_values, "source", rows)[:_FACET_VALUES]),
        Facet(field="language", values=count_values(doc_values, "language", rows)[:_FACET_VALUES]),
        Facet(field="place", values=count_values(doc_values, "place", rows)[:_FACET_VALUES]),
        Facet(field="location", values=_count_locations(doc_values, rows)),
        Facet(field="name", values=_count_names(doc_values, rows)),
    )


def count_values(
    doc_values: DocValues, field: str, rows: NDArray[np.int32]
) -> tuple[FacetValue, ...]:
    """Counts of `source`, `language` or `place` over rows, most frequent first, then by name."""
    numbers, names = {
        "source": (doc_values.sources, doc_values.source_names),
        "language": (doc_values.languages, doc_values.language_names),
        "place": (doc_values.places, doc_values.place_names),
    }[field]
    counts = np.bincount(numbers[rows], minlength=len(names))
    values = [(int(c), name) for c, name in zip(counts, names, strict=True) if c and name]
    return _facet_values(values)


def _count_locations(doc_values: DocValues, rows: NDArray[np.int32]) -> tuple[LocationCount, ...]:
    """Counts of the places that rows were filed from, most frequent first, then by label."""
    return tuple(
        LocationCount(
            value=location.label,
            count=count,
            country=location.country,
            latitude=location.latitude,
            longitude=location.longitude,
        )
        for location, count in doc_values.locations.count(rows)[:_LOCATIONS]
    )


def _count_names(doc_values: DocValues, rows: NDArray[np.int32]) -> tuple[NameCount, ...]:
    """Counts of the names that rows mention, most frequent first, then by name."""
    mentions = doc_values.mentions
    counts = mentions.count(rows)
    numbers = np.flatnonzero(counts)
    if len(numbers) > _FACET_VALUES:
        least = np.partition(counts[numbers], -_FACET_VALUES)[-_FACET_VALUES]
        numbers = numbers[counts[numbers] >= max(least, 2)]
    values = [
        NameCount(
            value=mentions.get_name(number),
            count=int(counts[number]),
            kind=mentions.get_kind(number),
        )
        for number in numbers.tolist()
    ]
    return tuple(sorted(values, key=lambda value: (-value.count, value.value))[:_FACET_VALUES])


def _facet_values(counted: list[tuple[int, str]]) -> tuple[FacetValue, ...]:
    ordered = sorted(counted, key=lambda value: (-value[0], value[1]))
    return tuple(FacetValue(value=name, count=count) for count, name in ordered)


def histogram(published: NDArray[np.int64]) -> Histogram:
    """Counts of (n,) int64 seconds since 1970; `UNDATED` ones are counted apart."""
    dated = published[published != UNDATED].astype("datetime64[s]")
    undated = len(published) - len(dated)
    if not len(dated):
        return Histogram(interval="day", buckets=(), undated=undated)
    interval, unit = _fitting_interval(dated)
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


def _fitting_interval(dated: NDArray[np.datetime64]) -> tuple[Interval, str]:
    """The shortest interval that does not make too many bars."""
    for (interval, unit), most in zip(_UNITS, (_MOST_DAYS, _MOST_MONTHS), strict=False):
        first, last = (each.astype(f"datetime64[{unit}]") for each in (dated.min(), dated.max()))
        if (last - first).astype(int) < most:
            return interval, unit
    return _UNITS[-1]
