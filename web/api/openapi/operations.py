"""The routes of the API: the parameters and the answer of each.

Responsibility: list every route with its parameters, its answer and its errors.
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
from web.api.schema.articles import Article, RelatedList, Versions
from web.api.schema.search import FacetCounts, Results, Suggestions
from web.api.schema.status import Health, Readiness, Status
from web.api.schema.stories import Stories, StoryView
from web.http.parameters import Parameters
from web.http.search_parameters import QueryParameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One route.

    Attributes:
        name: The name of its function.
        path: As OpenAPI writes it, with `{id}` for an id.
        answer: The type of its answer.
        problems: The statuses of its errors.
        also: Statuses besides 200 with an `answer`.
        redirects: Whether a former id redirects to the current one.
        cacheable: Whether its answers have an `ETag`.
    """

    name: str
    path: str
    summary: str
    answer: type
    parameters: type[Parameters] = Parameters
    problems: tuple[int, ...] = ()
    also: tuple[int, ...] = ()
    redirects: bool = False
    cacheable: bool = True


_MISSING = (400, 403, 404, 410)

OPERATIONS = (
    Operation(
        name="search",
        path="/api/v1/search",
        summary="One page of a search",
        answer=Results,
        parameters=SearchRouteParameters,
        problems=(400, 410, 503),
    ),
    Operation(
        name="facets",
        path="/api/v1/facets",
        summary="The counts of a search, by source, language, place, name and date",
        answer=FacetCounts,
        parameters=FacetParameters,
        problems=(400, 503),
    ),
    Operation(
        name="suggest",
        path="/api/v1/suggest",
        summary="The query with its last word completed from the words of the archive",
        answer=Suggestions,
        parameters=QueryParameters,
        problems=(400, 503),
    ),
    Operation(
        name="article",
        path="/api/v1/articles/{id}",
        summary="An article with its text",
        answer=Article,
        parameters=ArticleParameters,
        problems=(*_MISSING, 503),
    ),
    Operation(
        name="versions",
        path="/api/v1/articles/{id}/versions",
        summary="Every version of an article, with its text",
        answer=Versions,
        problems=(*_MISSING, 503),
    ),
    Operation(
        name="related",
        path="/api/v1/articles/{id}/related",
        summary="Related articles, those of the same story first",
        answer=RelatedList,
        problems=(*_MISSING, 503),
    ),
    Operation(
        name="stories",
        path="/api/v1/stories",
        summary="Stories with articles in a period, those with the most articles first",
        answer=Stories,
        parameters=StoriesParameters,
        problems=(400, 410, 503),
    ),
    Operation(
        name="story",
        path="/api/v1/stories/{id}",
        summary="A story with its articles and its timeline",
        answer=StoryView,
        problems=(400, 404, 410, 503),
        redirects=True,
    ),
    Operation(
        name="status",
        path="/api/v1/status",
        summary="The state of the archive and of its search",
        answer=Status,
        problems=(400, 503),
    ),
    Operation(
        name="healthz",
        path="/healthz",
        summary="Whether this process responds",
        answer=Health,
        cacheable=False,
    ),
    Operation(
        name="readyz",
        path="/readyz",
        summary="Whether there is something to search",
        answer=Readiness,
        also=(503,),
        cacheable=False,
    ),
)
