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
from web.api.openapi.operations import repeatable_names, single_names
from web.api.presenters import Json
from web.api.stories import stories_json, story_view_json
from web.backend import current_backend, current_status, load_story, load_versions, select_version
from web.http.parameters import (
    VERSIONS,
    ParameterError,
    check_names,
    read_facets,
    read_search,
    read_stories,
    read_text,
    read_versions,
)
from web.http.problems import ExpiredCursorError

api = Blueprint("api", __name__)
_RELATED, _VERSIONS = "/related", "/versions"


@api.get("/api/v1/search")
def search() -> Response:
    """One page of results."""
    _check("search")
    asked, counted = read_search(request.args), _counted()
    with_versions = read_versions(request.args.get("versions", VERSIONS[0]))
    generation, offset = _position()
    results = current_backend().search(replace(asked, offset=offset))
    _check_generation(generation, results.generation)
    told = presenters.results_json(
        results, facets=counted, versions_of=_versions_of if with_versions else None
    )
    return _paged(told)


@api.get("/api/v1/facets")
def facets() -> Response:
    """The counts of a search, without its articles."""
    _check("facets")
    asked, counted = read_search(request.args), _counted()
    results = current_backend().search(replace(asked, limit=1))
    return jsonify(presenters.facets_json(results, facets=counted))


@api.get("/api/v1/suggest")
def suggest() -> Response:
    """The query with its last word completed."""
    _check("suggest")
    text = read_text(request.args.get("q", ""))
    return jsonify({"query": text, "suggestions": list(current_backend().completions(text))})


@api.get("/api/v1/articles/<id:uri>")
def article(uri: str) -> Response:
    """A whole article; `version` names one that is not the newest."""
    _check("article")
    held = load_versions(uri)
    shown = select_version(held, request.args)
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
    _check("versions")
    return jsonify(presenters.versions_json(held))


@api.get("/api/v1/articles/<id:uri>/related")
def related(uri: str) -> Response:
    """Articles near one; an article whose own id ends in `/related` is still found."""
    try:
        load_versions(uri)
    except NotFound:
        return article(uri + _RELATED)
    _check("related")
    return jsonify(presenters.related_json(current_backend().related(uri)))


@api.get("/api/v1/stories")
def stories() -> Response:
    """Stories with articles in a period, those with most of them first."""
    _check("stories")
    asked = read_stories(request.args)
    generation, offset = _position()
    found = current_backend().stories(replace(asked, offset=offset))
    _check_generation(generation, found.generation)
    return _paged(stories_json(found))


@api.get("/api/v1/stories/<id:story_id>")
def story(story_id: str) -> ResponseReturnValue:
    """A story with its articles, oldest first; an id that it took over leads to its own."""
    _check("story")
    view = load_story(story_id)
    if view.story.id != story_id:
        return redirect(url_for("api.story", story_id=view.story.id), 301)
    return jsonify(story_view_json(view))


@api.get("/api/v1/status")
def status() -> Response:
    """What the archive holds and can answer."""
    _check("status")
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


def _check(operation: str) -> None:
    """Refuse the parameters that the description of a route does not have."""
    check_names(
        request.args, single=single_names(operation), repeatable=repeatable_names(operation)
    )


def _counted() -> tuple[str, ...]:
    """What the request wants counted."""
    return read_facets(request.args.getlist("facets"), presenters.FACETS)


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


def _position() -> tuple[str | None, int]:
    """The generation and the offset of the request's cursor; (None, 0) without one."""
    if "cursor" not in request.args:
        return None, 0
    try:
        return read_cursor(request.args["cursor"])
    except BadCursorError as error:
        raise ParameterError("cursor", "This cursor is not one that a search gave.") from error


def _check_generation(asked: str | None, answered: str) -> None:
    if asked not in {None, answered}:
        raise ExpiredCursorError("The index has changed since this cursor was given; search again.")
