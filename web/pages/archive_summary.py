"""What the archive holds, for the front page: by day, source and language.

Decision: counts by day are always there: of the whole archive while its days are few enough for one
picture, else of its last days beside the whole by month or year.
Must not know Flask or HTML.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from index.types.search import FacetValue, Histogram, SearchResults
from index.types.status import Status
from web.i18n.formatting import language_name, source_name
from web.pages.facets import FacetLink
from web.pages.histogram_bars import Bar, bars

_MOST = 24
"""Sources, or languages, on the front page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSummary:
    """What is held.

    Attributes:
        bars: Of everything.
        recent: Of the last days; empty where `bars` are days.
        sources, languages: With most articles first.
        language_count: How many languages there are, whatever the country.
    """

    bars: tuple[Bar, ...]
    recent: tuple[Bar, ...]
    sources: tuple[FacetLink, ...]
    languages: tuple[FacetLink, ...]
    language_count: int


def summarize_archive(
    status: Status, everything: Histogram, last_days: SearchResults | None
) -> ArchiveSummary:
    """What is held; `last_days` is a search of the last days, where one was needed."""
    return ArchiveSummary(
        bars=bars(everything),
        recent=bars(last_days.histogram) if last_days else (),
        sources=_shelf(status.sources, "source", source_name),
        languages=_shelf(status.languages, "lang", language_name),
        language_count=len({value.value.split("-")[0].casefold() for value in status.languages}),
    )


def _shelf(
    values: tuple[FacetValue, ...], parameter: str, told: Callable[[str], str]
) -> tuple[FacetLink, ...]:
    return tuple(
        FacetLink(
            value=value.value,
            name=told(value.value),
            count=value.count,
            only={parameter: [value.value]},
        )
        for value in islice(values, _MOST)
    )
