"""Builds the Flask application over a search backend.

Decision: everything is hostile: templates escape all, undefined names are errors, and the headers
let a browser load nothing that is not ours.
Must not know which backend it serves, nor how it is run.
"""

from flask import Flask, Response
from jinja2 import StrictUndefined

from index.ports import SearchBackend
from web import freshness, interface, metrics, problems, reasons, transport, watching, wording
from web.addresses import IdConverter, is_web_link
from web.api import api
from web.backend import attach
from web.crawling import crawling
from web.downloads import downloads
from web.exports.formats import FORMATS
from web.marks import marked
from web.pages import pages
from web.settings import Settings
from web.tongues import gettext, ngettext

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
    attach(app, backend)
    _watch(app, backend, settings)
    transport.install(app, settings)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.merge_slashes = False
    app.url_map.converters["id"] = IdConverter
    _prepare_templates(app)
    interface.install(app)
    app.register_blueprint(pages)
    app.register_blueprint(downloads)
    app.register_blueprint(crawling)
    app.register_blueprint(api)
    problems.install(app)
    freshness.install(app)
    app.after_request(_secure)
    return app


def _watch(app: Flask, backend: SearchBackend, settings: Settings) -> None:
    watchers: list[watching.Watcher] = [watching.log_served] if settings.json_logs else []
    if settings.metrics:
        watchers.append(metrics.install(app, backend))
    watching.install(app, watchers)


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["marked"] = marked
    app.jinja_env.tests["web_link"] = is_web_link
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    for word in (
        wording.count,
        wording.number,
        wording.day,
        wording.clock,
        wording.period,
        wording.language_name,
    ):
        app.jinja_env.globals[word.__name__] = word
    app.jinja_env.globals.update(
        foreign=wording.foreign,
        formats=tuple(FORMATS.values()),
        headline_of=wording.headline_of,
        gap_line=wording.gap_line,
        notice_line=wording.notice_line,
        seconds=wording.seconds,
        source_name=wording.source_name,
        title_of=wording.title_of,
        totals_line=wording.totals_line,
        sum_line=reasons.sum_line,
        part_line=reasons.part_line,
        places_line=reasons.places_line,
        above_line=reasons.above_line,
    )


def _secure(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers[name] = value
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache"
    return response
