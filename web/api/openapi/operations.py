"""The routes of the API: what each takes, and what it answers with.

Responsibility: list every route with its parameters, its answer and its problems.
Decision: a route reads its parameters with the class that is listed here, so that it cannot take
what is not described.
Must not depend on: how a route does its work.
"""

from dataclasses import dataclass

from web.api.parameters import (
    ArticleParameters,
    FacetParameters,
    SearchRouteParameters,
    StoriesParameters,
)
from web.http.parameters import Parameters
from web.http.search_parameters import QueryParameters


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
    parameters: type[Parameters] = Parameters
    problems: tuple[int, ...] = ()
    also: tuple[int, ...] = ()
    moves: bool = False
    changes: bool = True


_MISSING = (400, 403, 404, 410)

OPERATIONS = (
    Operation(
        name="search",
        path="/api/v1/search",
        summary="One page of a search",
        schema="Results",
        parameters=SearchRouteParameters,
        problems=(400, 410, 503),
    ),
    Operation(
        name="facets",
        path="/api/v1/facets",
        summary="The counts of a search, by source, language, place, name and date",
        schema="FacetCounts",
        parameters=FacetParameters,
        problems=(400, 503),
    ),
    Operation(
        name="suggest",
        path="/api/v1/suggest",
        summary="The query with its last word completed by words of the archive",
        schema="Suggestions",
        parameters=QueryParameters,
        problems=(400, 503),
    ),
    Operation(
        name="article",
        path="/api/v1/articles/{id}",
        summary="A whole article",
        schema="Article",
        parameters=ArticleParameters,
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
        parameters=StoriesParameters,
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
