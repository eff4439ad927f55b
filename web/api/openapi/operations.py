"""The routes of the API: what each takes, and what it answers with.

Decision: the names that a route takes are read from here by the route itself, so that it cannot
take what is not described.
Must not know how a route does its work.
"""

from dataclasses import dataclass
from typing import get_args

from index.types.search import Grouping, Mode, Sort
from web.api.openapi.schemas import DAY, TEXT, one_of
from web.api.presenters import FACETS, Json
from web.http.parameters import (
    DEFAULT_PAGE_SIZE,
    MAX_PAGE_SIZE,
    MAX_QUERY_LENGTH,
    NO_FACETS,
    VERSIONS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a query string."""

    name: str
    schema: Json
    description: str
    repeatable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One route.

    Attributes:
        name: Of the function that answers it.
        path: As OpenAPI writes it, `{id}` for an id.
        schema: Of the answer.
        problems: The statuses of what can go wrong.
        also: Other statuses that answer with `schema`.
        moves: Whether a former id leads on to another.
        changes: Whether its answers have a tag.
    """

    name: str
    path: str
    summary: str
    schema: str
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[int, ...] = ()
    also: tuple[int, ...] = ()
    moves: bool = False
    changes: bool = True


_SWITCH: Json = one_of("0", "1") | {"default": "0"}
_FILTERS = (
    Parameter(
        name="q",
        schema=TEXT | {"maxLength": MAX_QUERY_LENGTH, "default": ""},
        description="The query; empty gives every article, newest first.",
    ),
    Parameter(
        name="mode",
        schema=one_of(*get_args(Mode)) | {"default": "hybrid"},
        description="By words and meaning, by words, or by meaning.",
    ),
    Parameter(name="from", schema=DAY, description="First day, UTC."),
    Parameter(name="to", schema=DAY, description="Last day, UTC, included."),
    Parameter(name="source", schema=TEXT, description="Keep this source.", repeatable=True),
    Parameter(name="lang", schema=TEXT, description="Keep this language.", repeatable=True),
    Parameter(
        name="place",
        schema=TEXT,
        description="Keep what was filed from this place.",
        repeatable=True,
    ),
    Parameter(
        name="weaker",
        schema=_SWITCH,
        description="`1` adds what is nearest in meaning but not near.",
    ),
    Parameter(
        name="facets",
        schema=one_of(*FACETS, NO_FACETS),
        description="Count by this, and by nothing else that is not named; all without one.",
        repeatable=True,
    ),
)
_PAGING = (
    Parameter(
        name="sort",
        schema=one_of(*get_args(Sort)) | {"default": "relevance"},
        description="Order; undated articles come last.",
    ),
    Parameter(
        name="group",
        schema=one_of(*get_args(Grouping)) | {"default": "story"},
        description="One entry a story, or one an article.",
    ),
    Parameter(
        name="page_size",
        schema={
            "type": "integer",
            "minimum": 1,
            "maximum": MAX_PAGE_SIZE,
            "default": DEFAULT_PAGE_SIZE,
        },
        description="Entries on a page.",
    ),
    Parameter(
        name="cursor",
        schema=TEXT,
        description="`next` of the page before, with the same other parameters.",
    ),
    Parameter(
        name="versions",
        schema=one_of(*VERSIONS) | {"default": VERSIONS[0]},
        description="`list` adds to each article the list of its versions; the newest is searched.",
    ),
    Parameter(name="explain", schema=_SWITCH, description="`1` adds to each hit why it is there."),
)
_LEAST = Parameter(
    name="least",
    schema={"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": 1},
    description="Articles that a story must have in the period.",
)
_VERSION = Parameter(
    name="version",
    schema={"type": "integer", "minimum": 1},
    description="An earlier version.",
)


def _named(parameters: tuple[Parameter, ...], *names: str) -> tuple[Parameter, ...]:
    return tuple(each for each in parameters if each.name in names)


_MISSING = (400, 403, 404, 410)

OPERATIONS = (
    Operation(
        name="search",
        path="/api/v1/search",
        summary="One page of a search",
        schema="Results",
        parameters=(*_FILTERS, *_PAGING),
        problems=(400, 410, 503),
    ),
    Operation(
        name="facets",
        path="/api/v1/facets",
        summary="The counts of a search, by source, language, place, name and date",
        schema="FacetCounts",
        parameters=_FILTERS,
        problems=(400, 503),
    ),
    Operation(
        name="suggest",
        path="/api/v1/suggest",
        summary="The query with its last word completed by words of the archive",
        schema="Suggestions",
        parameters=_named(_FILTERS, "q"),
        problems=(400, 503),
    ),
    Operation(
        name="article",
        path="/api/v1/articles/{id}",
        summary="A whole article",
        schema="Article",
        parameters=(_VERSION,),
        problems=(*_MISSING, 503),
    ),
    Operation(
        name="versions",
        path="/api/v1/articles/{id}/versions",
        summary="Every version of an article, with its text",
        schema="Versions",
        problems=_MISSING,
    ),
    Operation(
        name="related",
        path="/api/v1/articles/{id}/related",
        summary="Articles near one: its own story first",
        schema="RelatedList",
        problems=(*_MISSING, 503),
    ),
    Operation(
        name="stories",
        path="/api/v1/stories",
        summary="Stories with articles in a period, those with most of them first",
        schema="Stories",
        parameters=(
            *_named(_FILTERS, "from", "to", "source", "lang", "place"),
            _LEAST,
            *_named(_PAGING, "page_size", "cursor"),
        ),
        problems=(400, 410, 503),
    ),
    Operation(
        name="story",
        path="/api/v1/stories/{id}",
        summary="A story with its articles and its course",
        schema="StoryView",
        problems=(400, 404, 410, 503),
        moves=True,
    ),
    Operation(
        name="status",
        path="/api/v1/status",
        summary="What the archive holds and what answers",
        schema="Status",
        problems=(400,),
    ),
    Operation(
        name="healthz",
        path="/healthz",
        summary="Whether this process answers",
        schema="Health",
        changes=False,
    ),
    Operation(
        name="readyz",
        path="/readyz",
        summary="Whether there is something to search",
        schema="Readiness",
        also=(503,),
        changes=False,
    ),
)
_PARAMETERS = {operation.name: operation.parameters for operation in OPERATIONS}


def single_names(operation: str) -> frozenset[str]:
    """The parameters that a route takes once."""
    return frozenset(each.name for each in _PARAMETERS[operation] if not each.repeatable)


def repeatable_names(operation: str) -> frozenset[str]:
    """The parameters that a route takes any number of times."""
    return frozenset(each.name for each in _PARAMETERS[operation] if each.repeatable)
