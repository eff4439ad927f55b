"""The parameters of the API's routes.

Responsibility: declare what each route takes beyond the parameters of a search page.
Decision: strict where pages are lenient: an unknown parameter is an error, never ignored.
Must not depend on: Flask, or how a route does its work.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, field

from index.types.search import SearchRequest
from index.types.stories import StoriesRequest
from web.api.schema.answer import attributes
from web.api.schema.search import FACETS, FacetName
from web.http.parameters import ParameterError, Parameters
from web.http.search_parameters import (
    FilterParameters,
    FirstDay,
    Languages,
    LastDay,
    Places,
    SearchParameters,
    Sources,
    VersionNumber,
    check_period,
)

MAX_PAGE_SIZE = 100
_NONE = "none"
_Facets = Annotated[
    tuple[Literal[FacetName, "none"], ...],
    Meta(description="The facet to return, all by default; `none` for no facets."),
]
_PageSize = Annotated[int, Meta(ge=1, le=MAX_PAGE_SIZE, description="Results per page.")]
_Cursor = Annotated[
    str,
    Meta(description="`next` of the previous page; only `page_size` may differ from its request."),
]


class FacetParameters(FilterParameters, frozen=True, kw_only=True):
    """Of `/api/v1/facets`."""

    facets: _Facets = ()

    def contradictions(self) -> Iterator[ParameterError]:
        """Yield an error for each set of parameters that do not fit together."""
        yield from super().contradictions()
        yield from _check_facets(self.facets)


class SearchRouteParameters(SearchParameters, frozen=True, kw_only=True):
    """Of `/api/v1/search`."""

    facets: _Facets = ()
    limit: _PageSize = field(name="page_size", default=10)
    cursor: _Cursor | None = None
    versions: Annotated[
        Literal["newest", "list"],
        Meta(description="`list` adds to each article the list of its versions."),
    ] = "newest"

    def contradictions(self) -> Iterator[ParameterError]:
        """Yield an error for each set of parameters that do not fit together."""
        yield from super().contradictions()
        yield from _check_facets(self.facets)


class StoriesParameters(Parameters, frozen=True, kw_only=True):
    """Of `/api/v1/stories`."""

    date_from: FirstDay | None = field(name="from", default=None)
    date_to: LastDay | None = field(name="to", default=None)
    sources: Sources = field(name="source", default=())
    languages: Languages = field(name="lang", default=())
    places: Places = field(name="place", default=())
    least: Annotated[
        int,
        Meta(ge=1, le=100, description="How many articles a story must have in the period."),
    ] = 1
    limit: _PageSize = field(name="page_size", default=10)
    cursor: _Cursor | None = None

    def contradictions(self) -> Iterator[ParameterError]:
        """Yield an error for each set of parameters that do not fit together."""
        yield from check_period(self.date_from, self.date_to)


class ArticleParameters(Parameters, frozen=True, kw_only=True):
    """Of `/api/v1/articles/{id}`."""

    version: VersionNumber | None = None


def stories_request(parameters: StoriesParameters) -> StoriesRequest:
    """The list of stories that the parameters ask for."""
    return msgspec.convert(parameters, StoriesRequest, from_attributes=True)


def request_parameters(request: SearchRequest) -> SearchRouteParameters:
    """The parameters that ask a server for a search; the server checks them."""
    values = attributes(request)
    names = values.keys() & set(SearchRouteParameters.__struct_fields__)
    return SearchRouteParameters(**{name: values[name] for name in names})


def counted_facets(facets: tuple[str, ...]) -> tuple[FacetName, ...]:
    """What to count by: every facet by default."""
    return tuple(name for name in FACETS if name in facets or not facets)


def _check_facets(facets: tuple[str, ...]) -> Iterator[ParameterError]:
    if _NONE in facets and len(set(facets)) > 1:
        yield ParameterError("facets", f"facets={_NONE} excludes every other facet.")
