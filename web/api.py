"""The JSON API and the two health checks.

Decision: strict where the pages are kind: an unknown parameter is an error, never ignored.
Must not know how anything is found; presenters make the JSON.
"""

from dataclasses import replace

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from web import chronicle, presenters
from web.backend import backend
from web.cursor import BadCursorError, read_cursor
from web.parameters import ParameterError, check_names, read_search, read_stories
from web.problems import ExpiredCursorError
from web.reading import choose_version, read_story, read_versions

api = Blueprint("api", __name__)
_RELATED = "/related"


@api.get("/api/v1/search")
def search() -> Response:
    """One page of results."""
    asked = read_search(request.args)
    generation, offset = _position()
    results = backend().search(replace(asked, offset=offset))
    _check_generation(generation, results.generation)
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


@api.get("/api/v1/stories")
def stories() -> Response:
    """Stories with articles in a period, those with most of them first."""
    asked = read_stories(request.args)
    generation, offset = _position()
    found = backend().stories(replace(asked, offset=offset))
    _check_generation(generation, found.generation)
    return jsonify(chronicle.stories_json(found))


@api.get("/api/v1/stories/<id:story_id>")
def story(story_id: str) -> ResponseReturnValue:
    """A story with its articles, oldest first; an id that it took over leads to its own."""
    check_names(request.args)
    view = read_story(story_id)
    if view.story.id != story_id:
        return redirect(url_for("api.story", story_id=view.story.id), 301)
    return jsonify(chronicle.story_view_json(view))


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
