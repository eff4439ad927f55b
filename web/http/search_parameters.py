"""The parameters of a search that its page and the API share.

Responsibility: declare each parameter once, with its limits and its description.
Decision: fields are named as in `SearchRequest`, so that one conversion makes the request.
Must not depend on: Flask; pages or the API.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta, field

from index.types.search import Grouping, Mode, SearchRequest, Sort
from web.http.parameters import ParameterError, Parameters
from web.i18n.translation import gettext

MAX_QUERY_LENGTH = 2_000
"""Code points."""
QueryText = Annotated[
    str,
    Meta(
        max_length=MAX_QUERY_LENGTH,
        description="The query. An empty query returns every article, newest first.",
    ),
]
FirstDay = Annotated[date, Meta(description="First day in UTC.")]
LastDay = Annotated[date, Meta(description="Last day in UTC, included.")]
Sources = Annotated[tuple[str, ...], Meta(description="Only articles from this source.")]
Languages = Annotated[tuple[str, ...], Meta(description="Only articles in this language.")]
Places = Annotated[tuple[str, ...], Meta(description="Only articles filed from this place.")]
VersionNumber = Annotated[int, Meta(ge=1, le=1_000_000, description="An earlier version.")]


class QueryParameters(Parameters, frozen=True, kw_only=True):
    """The query alone."""

    text: QueryText = field(name="q", default="")


class FilterParameters(QueryParameters, frozen=True, kw_only=True):
    """What a search matches."""

    mode: Annotated[Mode, Meta(description="Hybrid, keyword or semantic search.")] = "hybrid"
    date_from: FirstDay | None = field(name="from", default=None)
    date_to: LastDay | None = field(name="to", default=None)
    sources: Sources = field(name="source", default=())
    languages: Languages = field(name="lang", default=())
    places: Places = field(name="place", default=())
    weaker: Annotated[
        bool, Meta(description="`1` adds the most similar articles below the similarity floor.")
    ] = False
    every_version: Annotated[
        bool,
        Meta(
            description="`1` makes every version that matches a result of its own, instead of only"
            " the latest version of each text."
        ),
    ] = False

    def contradictions(self) -> Iterator[ParameterError]:
        """Yield an error for each set of parameters that do not fit together."""
        yield from check_period(self.date_from, self.date_to)


class SearchParameters(FilterParameters, frozen=True, kw_only=True):
    """A search and the order of its results."""

    sort: Annotated[Sort, Meta(description="Order; undated articles come last.")] = "relevance"
    group: Annotated[Grouping, Meta(description="One result per story, or one per article.")] = (
        "story"
    )
    explain: Annotated[
        bool, Meta(description="`1` adds to each hit an explanation of its rank.")
    ] = False


def search_request(parameters: FilterParameters) -> SearchRequest:
    """The search that the parameters ask for."""
    return msgspec.convert(parameters, SearchRequest, from_attributes=True)


def check_period(first: date | None, last: date | None) -> Iterator[ParameterError]:
    """An error if a period ends before it starts."""
    if first and last and first > last:
        message = gettext(
            "The end date, %(last)s, is before the start date, %(first)s. Swap them or change one.",
            last=last,
            first=first,
        )
        yield ParameterError("to", message)
