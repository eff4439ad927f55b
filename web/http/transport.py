"""How answers travel: compressed, to whose pages, and through which proxies.

Decision: libraries do it all; what is ours is which formats are worth compressing, and that neither
other pages nor X-Forwarded headers are trusted unless the operator says so.
Must not know what is sent.
"""

from flask import Flask
from flask_compress import Compress
from flask_cors import CORS
from werkzeug.middleware.proxy_fix import ProxyFix

from web.exports.formats import FORMATS
from web.settings import Settings

_FOR_PAGES = ["br", "zstd", "gzip"]
_FOR_STREAMS = ["zstd", "br", "gzip"]
"""What is chosen where a client takes several alike: for pages the smallest, for exports, which are
long, the quickest. docs/measurements/serving.md has the figures, and those of the levels."""
_LEVELS = {"COMPRESS_BR_LEVEL": 5, "COMPRESS_ZSTD_LEVEL": 3, "COMPRESS_LEVEL": 4}
_OTHERS = (
    *("text/html", "text/css", "text/javascript", "text/plain", "image/svg+xml", "application/xml"),
    *("application/problem+json", "application/opensearchdescription+xml"),
)


def install(app: Flask, settings: Settings) -> None:
    """Compress, answer browsers that ask for another origin, and believe the proxies in front."""
    if count := settings.proxies:
        fixed = ProxyFix(
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_port=count, x_prefix=count
        )
        app.wsgi_app = fixed  # type: ignore[method-assign]
    app.config["COMPRESS_MIMETYPES"] = [*_OTHERS, *{each.content_type for each in FORMATS.values()}]
    app.config["COMPRESS_ALGORITHM"] = _FOR_PAGES
    app.config["COMPRESS_ALGORITHM_STREAMING"] = _FOR_STREAMS
    app.config.update(_LEVELS)
    Compress(app)
    if settings.cors_origins:
        CORS(
            app,
            resources={r"/(api/|search\.).*": {"origins": list(settings.cors_origins)}},
            methods=["GET", "HEAD"],
            send_wildcard=True,
            expose_headers=["ETag", "Link", "Content-Disposition"],
        )
