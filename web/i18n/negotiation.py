"""Chooses the language of the pages: what the reader chose, else what the browser asks for.

Decision: `?ui=es` chooses and is kept in a cookie; the API, exports and feeds stay in English, so
that a program reads the same whoever asks.
Must not know any text.
"""

from urllib.parse import urlencode

from babel import negotiate_locale
from flask import Flask, Response, request

from web.i18n.translation import LANGUAGES, current_language, set_language

_PARAMETER = _COOKIE = "ui"
_A_YEAR = 365 * 24 * 3600
_FOR_PROGRAMS = {"api", "downloads", "crawling"}


def install(app: Flask) -> None:
    """Speak the reader's language while a page is made, and say which it is."""

    @app.before_request
    def choose() -> None:
        set_language("en" if request.blueprint in _FOR_PROGRAMS else _chosen())

    @app.after_request
    def say(response: Response) -> Response:
        if response.mimetype != "text/html":
            return response
        response.headers["Content-Language"] = current_language()
        response.vary.update(["Accept-Language", "Cookie"])
        if request.args.get(_PARAMETER) in LANGUAGES:
            response.set_cookie(
                _COOKIE,
                current_language(),
                max_age=_A_YEAR,
                path=request.script_root or "/",
                secure=request.is_secure,
                httponly=True,
                samesite="Lax",
            )
        return response

    app.jinja_env.globals.update(current_language=current_language, other_tongues=_others)


def _chosen() -> str:
    for choice in (request.args.get(_PARAMETER), request.cookies.get(_COOKIE)):
        if choice in LANGUAGES:
            return choice
    asked = list(request.accept_languages.values())
    return negotiate_locale(asked, LANGUAGES, sep="-") or "en"


def _others() -> list[tuple[str, str, str]]:
    """Tag, name and address of this page in each other language."""
    here = [pair for pair in request.args.items(multi=True) if pair[0] != _PARAMETER]
    return [
        (tag, name, "?" + urlencode([*here, (_PARAMETER, tag)]))
        for tag, name in LANGUAGES.items()
        if tag != current_language()
    ]
