"""Error responses.

Responsibility: turn errors into a page for readers or RFC 9457 problem+json for programs.
Decision: the API, the exports and the health checks answer with JSON, everything else with a page;
each kind of problem has a stable `type`. What an operator must mend is said in the words that the
terminal uses too, with status 503.
Must not depend on: which view raised the error.
"""

from flask import Flask, Response, json, render_template, request
from msgspec import UNSET
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from archive.errors import UnavailableError
from index.ports import (
    NOTHING_INDEXED,
    IndexUnavailableError,
    InvalidQueryError,
    NoGenerationError,
)
from index.types.fields import Span
from web.api.schema.answer import encode
from web.api.schema.problems import Problem
from web.http.parameters import ParameterError
from web.i18n.translation import gettext, gettext_noop

_TYPE_PREFIX = "urn:dateline:problem:"
_JSON_PATHS = ("/api/", "/search.", "/healthz", "/readyz")
_TITLES = {
    400: gettext_noop("Invalid request"),
    403: gettext_noop("Not available"),
    404: gettext_noop("Not found"),
    405: gettext_noop("Method not allowed"),
    410: gettext_noop("Withdrawn"),
    500: gettext_noop("Something went wrong"),
    503: gettext_noop("Nothing to search yet"),
}

_UNAVAILABLE = gettext_noop("Search is not available")
_DETAILS = {
    400: gettext_noop(
        "The server could not understand this request. Check the address and try again."
    ),
    404: gettext_noop("This page does not exist. Check that the address is correct and complete."),
    405: gettext_noop("This page can only be read (GET); it does not accept data."),
    413: gettext_noop("The request is too large. Shorten it and try again."),
    500: gettext_noop("The error is on our side; it has been logged. Try again in a moment."),
}
"""Replace Werkzeug's own descriptions on pages; those exist in English only."""


class ExpiredCursorError(Exception):
    """The cursor belongs to a generation that is no longer live."""


def problem_response(
    status: int, kind: str, *, title: str, detail: str, span: Span | None = None
) -> Response:
    """A problem+json response; `span` points into the query's text."""
    problem = Problem(
        type=_TYPE_PREFIX + kind,
        title=title,
        status=status,
        detail=detail,
        span=UNSET if span is None else span,
    )
    return Response(json.dumps(encode(problem)), status, mimetype="application/problem+json")


def install(app: Flask) -> None:
    """Register a handler for every error that a view may raise."""
    app.register_error_handler(ParameterError, _handle_parameter_error)
    app.register_error_handler(InvalidQueryError, _handle_invalid_query)
    app.register_error_handler(ExpiredCursorError, _handle_expired_cursor)
    app.register_error_handler(NoGenerationError, _handle_no_generation)
    app.register_error_handler(UnavailableError, _handle_unavailable)
    app.register_error_handler(HTTPException, _handle_http_error)


def _handle_parameter_error(error: ParameterError) -> BaseResponse:
    return _respond(
        400, "bad-parameter", title="Invalid parameter", detail=str(error), span=error.span
    )


def _handle_invalid_query(error: InvalidQueryError) -> BaseResponse:
    return _respond(400, "invalid-query", title="Invalid query", detail=str(error), span=error.span)


def _handle_expired_cursor(error: ExpiredCursorError) -> BaseResponse:
    return _respond(410, "expired-cursor", title="The results have changed", detail=str(error))


def _handle_no_generation(error: NoGenerationError) -> BaseResponse:
    # Only pages have a language.
    detail = str(error) if _wants_json() else gettext(NOTHING_INDEXED, home=error.home)
    return _respond(503, "nothing-indexed", title="Nothing is indexed yet", detail=detail)


def _handle_unavailable(error: UnavailableError) -> BaseResponse:
    part = "index" if isinstance(error, IndexUnavailableError) else "archive"
    return _respond(503, f"{part}-unavailable", title=_UNAVAILABLE, detail=str(error))


def _handle_http_error(error: HTTPException) -> BaseResponse:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()
    kind = error.name.lower().replace(" ", "-")
    detail = error.description or ""
    if detail == type(error).description and status in _DETAILS and not _wants_json():
        detail = gettext(_DETAILS[status])
    response = _respond(status, kind, title=error.name, detail=detail)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _wants_json() -> bool:
    return request.path.startswith(_JSON_PATHS)


def _respond(
    status: int, kind: str, *, title: str, detail: str, span: Span | None = None
) -> Response:
    if _wants_json():
        return problem_response(status, kind, title=title, detail=detail, span=span)
    heading = gettext(title if title == _UNAVAILABLE else _TITLES.get(status, title))
    return Response(render_template("message.html", title=heading, detail=detail), status)
