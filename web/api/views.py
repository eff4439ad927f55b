"""The routes of the JSON API, and the two health checks.

Responsibility: read the parameters, ask the backend, respond with an answer of `web.api.schema`.
Decision: an unknown parameter is an error here; pages ignore it.
Must not depend on: how results are computed, or the shape of an answer.
"""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from archive.article import Article as ArchivedArticle
from archive.errors import UnavailableError
from web.api.cursor import BadCursorError, read_cursor
from web.api.openapi.document import openapi_json
from web.api.parameters import (
    ArticleParameters,
    FacetParameters,
    SearchRouteParameters,
    StoriesParameters,
    counted_facets,
    stories_request,
)
from web.api.schema.answer import encode
from web.api.schema.articles import Article, RelatedList, Versions
from web.api.schema.search import FacetCounts, Results, Suggestions
from web.api.schema.status import Health, Readiness, Status
from web.api.schema.stories import Stories, StoryView
from web.backend import current_backend, current_status, load_story, load_versions, select_version
from web.http.parameters import ParameterError, Parameters, read
from web.http.problems import ExpiredCursorError
from web.http.search_parameters import QueryParameters, search_request

api = Blueprint("api", __name__)
_RELATED, _VERSIONS = "/related", "/versions"


@api.get("/api/v1/search")
def search() -> Response:
    """One page of results."""
    parameters = read(SearchRouteParameters, request.args)
    generation, offset = _position(parameters.cursor)
    results = current_backend().search(replace(search_request(parameters), offset=offset))
    _check_generation(generation, results.generation)
    page = Results.from_results(
        results,
        facets=counted_facets(parameters.facets),
        versions_of=_versions_of if parameters.versions == "list" else None,
        permalink_of=lambda uri: url_for("pages.article", uri=uri, _external=True),
    )
    return _paged(page)


@api.get("/api/v1/facets")
def facets() -> Response:
    """The counts of a search, without its articles."""
    parameters = read(FacetParameters, request.args)
    results = current_backend().search(replace(search_request(parameters), limit=1))
    return _respond(FacetCounts.from_results(results, counted_facets(parameters.facets)))


@api.get("/api/v1/suggest")
def suggest() -> Response:
    """The query with its last word completed."""
    text = read(QueryParameters, request.args).text
    return _respond(Suggestions(query=text, suggestions=current_backend().completions(text)))


@api.get("/api/v1/articles/<id:uri>")
def article(uri: str) -> Response:
    """An article with its text; `version` selects an older one."""
    number = read(ArticleParameters, request.args).version
    versions = load_versions(uri)
    excerpt = current_backend().story_of(uri, around=0)
    shown = select_version(versions, number)
    story = excerpt.story if excerpt else None
    chain = current_backend().chain(uri)
    return _respond(Article.from_version(shown, versions, story, chain=chain))


@api.get("/api/v1/articles/<id:uri>/versions")
def versions(uri: str) -> Response:
    """Every version with its text; also the article whose own id ends in `/versions`."""
    try:
        versions = load_versions(uri)
    except NotFound:
        return article(uri + _VERSIONS)
    read(Parameters, request.args)
    return _respond(Versions.from_versions(versions))


@api.get("/api/v1/articles/<id:uri>/related")
def related(uri: str) -> Response:
    """Related articles; also the article whose own id ends in `/related`."""
    try:
        load_versions(uri)
    except NotFound:
        return article(uri + _RELATED)
    read(Parameters, request.args)
    return _respond(RelatedList.from_related(current_backend().related(uri)))


@api.get("/api/v1/stories")
def stories() -> Response:
    """Stories with articles in a period, those with the most articles first."""
    parameters = read(StoriesParameters, request.args)
    generation, offset = _position(parameters.cursor)
    page = current_backend().stories(replace(stories_request(parameters), offset=offset))
    _check_generation(generation, page.generation)
    return _paged(Stories.from_list(page))


@api.get("/api/v1/stories/<id:story_id>")
def story(story_id: str) -> ResponseReturnValue:
    """A story with its timeline; a former id redirects to the current one."""
    read(Parameters, request.args)
    view = load_story(story_id)
    if view.story.id != story_id:
        return redirect(url_for("api.story", story_id=view.story.id), 301)
    return _respond(StoryView.from_view(view))


@api.get("/api/v1/status")
def status() -> Response:
    """The state of the archive and of its search."""
    read(Parameters, request.args)
    return _respond(Status.from_status(current_status()))


@api.get("/api/v1/openapi.json")
def description() -> Response:
    """The OpenAPI description of this API."""
    return jsonify(openapi_json(url_for("pages.home", _external=True).rstrip("/")))


@api.get("/healthz")
def healthz() -> Response:
    """Whether this process responds."""
    return _respond(Health(status="ok"))


@api.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Whether there is something to search; 503 until then."""
    try:
        status = current_status()
    except UnavailableError as error:
        return _respond(Readiness(ready=False, modes=(), generation=None, problem=str(error))), 503
    # Before the first index, it is the reason why there is no model.
    problem = status.model_problem if status.generation is None else status.index_problem
    readiness = Readiness(
        ready=bool(status.modes),
        modes=status.modes,
        generation=status.generation,
        problem=problem,
    )
    return _respond(readiness), 200 if readiness.ready else 503


def _versions_of(hit: ArchivedArticle) -> tuple[ArchivedArticle, ...]:
    """The versions of an article, the newest last, which is not always the last to arrive."""
    return current_backend().versions(hit.uri) or (hit,)


def _respond(answer: object) -> Response:
    return jsonify(encode(answer))


def _paged(page: Results | Stories) -> Response:
    """A page, with the address of the next one in a `Link` header."""
    response = _respond(page)
    if page.next:
        others = [pair for pair in request.args.items(multi=True) if pair[0] != "cursor"]
        query = urlencode([*others, ("cursor", page.next)])
        here = url_for(str(request.endpoint), _external=True)
        response.headers["Link"] = f'<{here}?{query}>; rel="next"'
    return response


def _position(cursor: str | None) -> tuple[str | None, int]:
    """The generation and the offset of a cursor; (None, 0) without one."""
    if cursor is None:
        return None, 0
    try:
        return read_cursor(cursor)
    except BadCursorError as error:
        message = "This cursor does not come from an answer of this API."
        raise ParameterError("cursor", message) from error


def _check_generation(requested: str | None, live: str) -> None:
    if requested not in {None, live}:
        raise ExpiredCursorError(
            "The index has changed since this cursor was issued; search again."
        )
