"""The JSON API and the two health checks.

Decision: strict where the pages are kind: an unknown parameter is an error, never ignored.
Must not know how anything is found; presenters make the JSON.
"""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from archive.article import Article
from web.api import presenters
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
from web.api.presenters import Json
from web.api.stories import stories_json, story_view_json
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
    told = presenters.results_json(
        results,
        facets=counted_facets(parameters.facets),
        versions_of=_versions_of if parameters.versions == "list" else None,
    )
    return _paged(told)


@api.get("/api/v1/facets")
def facets() -> Response:
    """The counts of a search, without its articles."""
    parameters = read(FacetParameters, request.args)
    results = current_backend().search(replace(search_request(parameters), limit=1))
    return jsonify(presenters.facets_json(results, facets=counted_facets(parameters.facets)))


@api.get("/api/v1/suggest")
def suggest() -> Response:
    """The query with its last word completed."""
    text = read(QueryParameters, request.args).text
    return jsonify({"query": text, "suggestions": list(current_backend().completions(text))})


@api.get("/api/v1/articles/<id:uri>")
def article(uri: str) -> Response:
    """A whole article; `version` names one that is not the newest."""
    number = read(ArticleParameters, request.args).version
    held = load_versions(uri)
    shown = select_version(held, number)
    view = current_backend().story_of(uri, around=0)
    story = view.story if view else None
    return jsonify(presenters.article_json(shown, held, story=story))


@api.get("/api/v1/articles/<id:uri>/versions")
def versions(uri: str) -> Response:
    """Every version with its text; an article whose own id ends in `/versions` is still found."""
    try:
        held = load_versions(uri)
    except NotFound:
        return article(uri + _VERSIONS)
    read(Parameters, request.args)
    return jsonify(presenters.versions_json(held))


@api.get("/api/v1/articles/<id:uri>/related")
def related(uri: str) -> Response:
    """Articles near one; an article whose own id ends in `/related` is still found."""
    try:
        load_versions(uri)
    except NotFound:
        return article(uri + _RELATED)
    read(Parameters, request.args)
    return jsonify(presenters.related_json(current_backend().related(uri)))


@api.get("/api/v1/stories")
def stories() -> Response:
    """Stories with articles in a period, those with most of them first."""
    parameters = read(StoriesParameters, request.args)
    generation, offset = _position(parameters.cursor)
    found = current_backend().stories(replace(stories_request(parameters), offset=offset))
    _check_generation(generation, found.generation)
    return _paged(stories_json(found))


@api.get("/api/v1/stories/<id:story_id>")
def story(story_id: str) -> ResponseReturnValue:
    """A story with its articles, oldest first; an id that it took over leads to its own."""
    read(Parameters, request.args)
    view = load_story(story_id)
    if view.story.id != story_id:
        return redirect(url_for("api.story", story_id=view.story.id), 301)
    return jsonify(story_view_json(view))


@api.get("/api/v1/status")
def status() -> Response:
    """What the archive holds and can answer."""
    read(Parameters, request.args)
    return jsonify(presenters.status_json(current_status()))


@api.get("/api/v1/openapi.json")
def description() -> Response:
    """This API, described for machines."""
    return jsonify(openapi_json(url_for("pages.home", _external=True).rstrip("/")))


@api.get("/healthz")
def healthz() -> Response:
    """This process answers."""
    return jsonify({"status": "ok"})


@api.get("/readyz")
def readyz() -> tuple[Response, int]:
    """There is something to search, 503 until then."""
    now = current_status()
    ready = now.generation is not None
    told = {"ready": ready, "modes": list(now.modes), "generation": now.generation}
    return jsonify(told), 200 if ready else 503


def _versions_of(article: Article) -> tuple[Article, ...]:
    """The versions of an article that was found; a first version is the only one."""
    return current_backend().versions(article.uri) if article.version > 1 else (article,)


def _paged(told: Json) -> Response:
    """The answer, with the address of the next page in a `Link` header."""
    answer = jsonify(told)
    if told["next"]:
        others = [pair for pair in request.args.items(multi=True) if pair[0] != "cursor"]
        query = urlencode([*others, ("cursor", str(told["next"]))])
        here = url_for(str(request.endpoint), _external=True)
        answer.headers["Link"] = f'<{here}?{query}>; rel="next"'
    return answer


def _position(cursor: str | None) -> tuple[str | None, int]:
    """The generation and the offset of a cursor; (None, 0) without one."""
    if cursor is None:
        return None, 0
    try:
        return read_cursor(cursor)
    except BadCursorError as error:
        message = "This cursor does not come from an answer of this API."
        raise ParameterError("cursor", message) from error


def _check_generation(asked: str | None, answered: str) -> None:
    if asked not in {None, answered}:
        raise ExpiredCursorError("The index has changed since this cursor was given; search again.")
