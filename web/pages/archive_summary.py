"""The contents of the archive, for the home page.

Responsibility: count them by date, source and language.
Decision: counts by day are always shown: of the complete archive if its days fit one histogram,
else of its last days, next to the complete archive by month or year.
Must not depend on: Flask or HTML.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from index.types.search import FacetValue, Histogram, SearchResults
from index.types.status import Status
from web.i18n.formatting import format_language, format_source
from web.pages.facets import FacetLink
from web.pages.histogram_bars import Bar, build_bars

_MAX_VALUES = 24
"""Sources, and languages, on the home page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSummary:
    """The contents of the archive.

    Attributes:
        bars: Histogram of the complete archive.
        recent_bars: Histogram of the last days; empty if `bars` are days.
        sources, languages: By number of articles, most first.
        language_count: Number of languages, not counting regional variants.
    """

    bars: tuple[Bar, ...]
    recent_bars: tuple[Bar, ...]
    sources: tuple[FacetLink, ...]
    languages: tuple[FacetLink, ...]
    language_count: int


def summarize_archive(
    status: Status, histogram: Histogram, last_days: SearchResults | None
) -> ArchiveSummary:
    """The summary; `last_days` is a search of the last days, None if `histogram` counts days."""
    return ArchiveSummary(
        bars=build_bars(histogram),
        recent_bars=build_bars(last_days.histogram) if last_days else (),
        sources=_link_values(status.sources, "source", format_source),
        languages=_link_values(status.languages, "lang", format_language),
        language_count=len({value.value.split("-")[0].casefold() for value in status.languages}),
    )


def _link_values(
    values: tuple[FacetValue, ...], parameter: str, format_value: Callable[[str], str]
) -> tuple[FacetLink, ...]:
    return tuple(
        FacetLink(
            value=value.value,
            name=format_value(value.value),
            count=value.count,
            only={parameter: [value.value]},
        )
        for value in islice(values, _MAX_VALUES)
    )
