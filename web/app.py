"""The Flask application.

Responsibility: build it over a search backend.
Decision: all text is hostile: templates escape everything, undefined names are errors, and the
security headers allow a browser to load resources from this site only.
Must not depend on: which backend it serves, or which server runs it.
"""

from flask import Flask, Response
from jinja2 import StrictUndefined

from index.ports import SearchBackend
from web.api.views import api
from web.backend import attach_backend
from web.exports.formats import FORMATS
from web.exports.views import downloads
from web.http import access_log, etags, metrics, problems, transport
from web.http.crawlers import crawling
from web.http.urls import IdConverter, is_web_link
from web.i18n import formatting, negotiation
from web.i18n.translation import gettext, ngettext
from web.pages import explanation_text
from web.pages.rendering import render_snippet
from web.pages.views import pages
from web.settings import Settings

_SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_TEMPLATE_FUNCTIONS = (
    formatting.format_count,
    formatting.format_day,
    formatting.format_duration,
    formatting.format_gap,
    formatting.format_headline,
    formatting.format_language,
    formatting.format_notice,
    formatting.format_number,
    formatting.format_period,
    formatting.format_source,
    formatting.format_story_title,
    formatting.format_time,
    formatting.format_totals,
    formatting.is_foreign,
    explanation_text.describe_comparison,
    explanation_text.describe_part,
    explanation_text.describe_score,
    explanation_text.describe_term,
)


def create_app(backend: SearchBackend, settings: Settings | None = None) -> Flask:
    """The application with the pages, the exports and the JSON API over `backend`."""
    app, settings = Flask(__name__), settings or Settings()
    attach_backend(app, backend)
    _install_listeners(app, backend, settings)
    transport.install(app, settings)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.merge_slashes = False
    app.url_map.converters["id"] = IdConverter
    _configure_templates(app)
    negotiation.install(app)
    app.register_blueprint(pages)
    app.register_blueprint(downloads)
    app.register_blueprint(crawling)
    app.register_blueprint(api)
    problems.install(app)
    etags.install(app)
    app.after_request(_add_security_headers)
    return app


def _install_listeners(app: Flask, backend: SearchBackend, settings: Settings) -> None:
    listeners: list[access_log.RequestListener] = []
    if settings.json_logs:
        listeners.append(access_log.log_request)
    if settings.metrics:
        listeners.append(metrics.install(app, backend))
    access_log.install(app, listeners)


def _configure_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["marked"] = render_snippet
    app.jinja_env.tests["web_link"] = is_web_link
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["formats"] = tuple(FORMATS.values())
    for function in _TEMPLATE_FUNCTIONS:
        app.jinja_env.globals[function.__name__] = function


def _add_security_headers(response: Response) -> Response:
    for name, value in _SECURITY_HEADERS.items():
        response.headers[name] = value
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache"
    return response
