"""Builds the Flask application over a search backend.

Decision: everything is hostile: templates escape all, undefined names are errors, and the headers
let a browser load nothing that is not ours.
Must not know which backend it serves, nor how it is run.
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
from web.pages.marks import marked
from web.pages.views import pages
from web.settings import Settings

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def create_app(backend: SearchBackend, settings: Settings | None = None) -> Flask:
    """The pages and the JSON API over `backend`."""
    app, settings = Flask(__name__), settings or Settings()
    attach_backend(app, backend)
    _watch(app, backend, settings)
    transport.install(app, settings)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.merge_slashes = False
    app.url_map.converters["id"] = IdConverter
    _prepare_templates(app)
    negotiation.install(app)
    app.register_blueprint(pages)
    app.register_blueprint(downloads)
    app.register_blueprint(crawling)
    app.register_blueprint(api)
    problems.install(app)
    etags.install(app)
    app.after_request(_secure)
    return app


def _watch(app: Flask, backend: SearchBackend, settings: Settings) -> None:
    watchers: list[access_log.Watcher] = [access_log.log_served] if settings.json_logs else []
    if settings.metrics:
        watchers.append(metrics.install(app, backend))
    access_log.install(app, watchers)


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["marked"] = marked
    app.jinja_env.tests["web_link"] = is_web_link
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    for word in (
        formatting.count,
        formatting.number,
        formatting.day,
        formatting.clock,
        formatting.period,
        formatting.language_name,
    ):
        app.jinja_env.globals[word.__name__] = word
    app.jinja_env.globals.update(
        foreign=formatting.foreign,
        formats=tuple(FORMATS.values()),
        headline_of=formatting.headline_of,
        gap_line=formatting.gap_line,
        notice_line=formatting.notice_line,
        seconds=formatting.seconds,
        source_name=formatting.source_name,
        title_of=formatting.title_of,
        totals_line=formatting.totals_line,
        describe_score=explanation_text.describe_score,
        describe_part=explanation_text.describe_part,
        describe_places=explanation_text.describe_places,
        describe_lead=explanation_text.describe_lead,
    )


def _secure(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers[name] = value
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache"
    return response
