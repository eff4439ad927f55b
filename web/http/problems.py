"""Says what went wrong: a page for readers, RFC 9457 problem+json for programs.

Decision: what stands under `/api/`, the exports and the health checks answer JSON, all else a page;
each kind of problem has a stable `type`.
Must not know which view raised.
"""

from flask import Flask, Response, json, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from index.ports import InvalidQueryError, NoGenerationError
from index.types.search import Span
from web.http.parameters import ParameterError
from web.i18n.translation import gettext, later

_TYPE = "urn:dateline:problem:"
_FOR_PROGRAMS = ("/api/", "/search.", "/healthz", "/readyz")
_PAGES = {
    400: later("This address cannot be read"),
    403: later("Not to be shown"),
    404: later("Not found"),
    405: later("Not possible here"),
    410: later("Withdrawn"),
    500: later("Something went wrong here"),
    503: later("Nothing to search yet"),
}

_SAID = {
    400: later("What the address asks for cannot be understood."),
    404: later("There is no such page here. The address may be mistyped, or only a part of it."),
    405: later("This address is there to be read; nothing can be sent to it."),
    413: later("That is more than can be taken at once."),
    500: later("It is not your doing, and it has been noted. Trying once more may help."),
}
"""What a page says where a library would say it in its own words, and in English only."""


class ExpiredCursorError(Exception):
    """A cursor of a generation that no longer answers."""


def problem(
    status: int, kind: str, *, title: str, detail: str, span: Span | None = None
) -> Response:
    """A problem+json response; `span` points into the query's text."""
    told: dict[str, object] = {"type": _TYPE + kind, "title": title, "status": status}
    told["detail"] = detail
    if span is not None:
        told["span"] = list(span)
    return Response(json.dumps(told), status, mimetype="application/problem+json")


def install(app: Flask) -> None:
    """Register the handlers of everything that can go wrong."""
    app.register_error_handler(ParameterError, _bad_parameter)
    app.register_error_handler(InvalidQueryError, _invalid_query)
    app.register_error_handler(ExpiredCursorError, _expired_cursor)
    app.register_error_handler(NoGenerationError, _nothing_indexed)
    app.register_error_handler(HTTPException, _refused)


def _bad_parameter(error: ParameterError) -> BaseResponse:
    return _answer(
        400,
        "bad-parameter",
        title="A parameter cannot be taken",
        detail=str(error),
        span=error.span,
    )


def _invalid_query(error: InvalidQueryError) -> BaseResponse:
    return _answer(
        400,
        "invalid-query",
        title="The query cannot be answered",
        detail=str(error),
        span=error.span,
    )


def _expired_cursor(error: ExpiredCursorError) -> BaseResponse:
    return _answer(410, "expired-cursor", title="The results have changed", detail=str(error))


def _nothing_indexed(error: NoGenerationError) -> BaseResponse:
    return _answer(
        503, "nothing-indexed", title="Nothing is indexed yet", detail=gettext(str(error))
    )


def _refused(error: HTTPException) -> BaseResponse:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()
    kind = error.name.lower().replace(" ", "-")
    detail = error.description or ""
    if detail == type(error).description and status in _SAID and not _is_for_programs():
        detail = gettext(_SAID[status])
    answer = _answer(status, kind, title=error.name, detail=detail)
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def _is_for_programs() -> bool:
    return request.path.startswith(_FOR_PROGRAMS)


def _answer(
    status: int, kind: str, *, title: str, detail: str, span: Span | None = None
) -> Response:
    if _is_for_programs():
        return problem(status, kind, title=title, detail=detail, span=span)
    heading = gettext(_PAGES.get(status, title))
    return Response(render_template("message.html", title=heading, detail=detail), status)
