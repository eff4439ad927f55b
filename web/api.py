"""The JSON API and the two health checks.

Decision: strict where the pages are kind: an unknown parameter is an error, never ignored.
Must not know how anything is found; presenters make the JSON.
"""

from dataclasses import replace

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from index.types import SearchRequest
from web import presenters
from web.backend import backend
from web.cursor import BadCursorError, read_cursor
from web.parameters import ParameterError, check_names, read_search
from web.problems import ExpiredCursorError
from web.reading import choose_version, read_story, read_versions

api = Blueprint("api", __name__)
_RELATED = "/related"


@api.get("/api/v1/search")
def search() -> Response:
    """One page of results."""
    asked = read_search(request.args)
    generation, asked = _from_cursor(asked)
    results = backend().search(asked)
    if generation not in {None, results.generation}:
        raise ExpiredCursorError("The index has changed since this cursor was given; search again.")
    return jsonify(presenters.results_json(results))


@api.get("/api/v1/articles/<id:uri>")
def article(uri: str) -> Response:
    """A whole article; `version` names one that is not the newest."""
    check_names(request.args, single=frozenset({"version"}))
    versions = read_versions(uri)
    shown = choose_version(versions, request.args)
    view = backend().story_of(uri)
    story = view.story if view else None
    return jsonify(presenters.article_json(shown, versions, story=story))


@api.get("/api/v1/articles/<id:uri>/related")
def related(uri: str) -> Response:
    """Articles near one; an article whose own id ends in `/related` is still found."""
    try:
        read_versions(uri)
    except NotFound:
        return article(uri + _RELATED)
    check_names(request.args)
    return jsonify(presenters.related_json(backend().related(uri)))


@api.get("/api/v1/stories/<id:story_id>")
def story(story_id: str) -> ResponseReturnValue:
    """A story with its articles, oldest first; an id that it took over leads to its own."""
    check_names(request.args)
    view = read_story(story_id)
    if view.story.id != story_id:
        return redirect(url_for("api.story", story_id=view.story.id), 301)
    return jsonify(presenters.story_view_json(view))


@api.get("/api/v1/status")
def status() -> Response:
    """What the archive holds and can answer."""
    check_names(request.args)
    return jsonify(presenters.status_json(backend().status()))


@api.get("/healthz")
def healthz() -> Response:
    """This process answers."""
    return jsonify({"status": "ok"})


@api.get("/readyz")
def readyz() -> tuple[Response, int]:
    """There is something to search, 503 until then."""
    now = backend().status()
    ready = now.generation is not None
    told = {"ready": ready, "modes": list(now.modes), "generation": now.generation}
    return jsonify(told), 200 if ready else 503


def _from_cursor(asked: SearchRequest) -> tuple[str | None, SearchRequest]:
    if "cursor" not in request.args:
        return None, asked
    try:
        generation, offset = read_cursor(request.args["cursor"])
    except BadCursorError as error:
        raise ParameterError("cursor", "This cursor is not one that a search gave.") from error
    return generation, replace(asked, offset=offset)
