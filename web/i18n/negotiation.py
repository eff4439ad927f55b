"""The language of each page.

Responsibility: choose it from the URL, the cookie or the browser.
Decision: `?ui=es` sets the language and a cookie; without either, the browser's `Accept-Language`
decides. The API, exports and feeds are always in English, so that programs get the same answer for
every reader.
Must not depend on: any text.
"""

from urllib.parse import urlencode

from babel import negotiate_locale
from flask import Flask, Response, request

from web.i18n.translation import LANGUAGES, current_language, set_language

_PARAMETER = _COOKIE = "ui"
_COOKIE_SECONDS = 365 * 24 * 3600
_ENGLISH_BLUEPRINTS = {"api", "downloads", "crawling"}


def install(app: Flask) -> None:
    """Set the language before each request, and declare it in the response."""

    @app.before_request
    def select_language() -> None:
        english = request.blueprint in _ENGLISH_BLUEPRINTS
        set_language("en" if english else _negotiate_language())

    @app.after_request
    def declare_language(response: Response) -> Response:
        if response.mimetype != "text/html":
            return response
        response.headers["Content-Language"] = current_language()
        response.vary.update(["Accept-Language", "Cookie"])
        if request.args.get(_PARAMETER) in LANGUAGES:
            response.set_cookie(
                _COOKIE,
                current_language(),
                max_age=_COOKIE_SECONDS,
                path=request.script_root or "/",
                secure=request.is_secure,
                httponly=True,
                samesite="Lax",
            )
        return response

    app.jinja_env.globals.update(
        current_language=current_language, other_languages=_list_other_languages
    )


def _negotiate_language() -> str:
    for choice in (request.args.get(_PARAMETER), request.cookies.get(_COOKIE)):
        if choice in LANGUAGES:
            return choice
    accepted = list(request.accept_languages.values())
    return negotiate_locale(accepted, LANGUAGES, sep="-") or "en"


def _list_other_languages() -> list[tuple[str, str, str]]:
    """Tag, name and URL of the current page in each other language."""
    parameters = [pair for pair in request.args.items(multi=True) if pair[0] != _PARAMETER]
    return [
        (tag, name, "?" + urlencode([*parameters, (_PARAMETER, tag)]))
        for tag, name in LANGUAGES.items()
        if tag != current_language()
    ]
