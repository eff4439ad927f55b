"""Compression, cross-origin requests and proxies.

Responsibility: configure how responses travel.
Decision: libraries do the work. Nothing is trusted by default: other origins and X-Forwarded
headers count only if the operator allows them.
Must not depend on: the content of any response.
"""

from flask import Flask
from flask_compress import Compress
from flask_cors import CORS
from werkzeug.middleware.proxy_fix import ProxyFix

from web.exports.formats import FORMATS
from web.settings import Settings

_PAGE_ENCODINGS = ["br", "zstd", "gzip"]
_STREAM_ENCODINGS = ["zstd", "br", "gzip"]
"""Order of preference among the encodings that a client accepts equally: for pages the smallest
first, for exports, which are long, the fastest. Figures for these and for the levels are in
docs/measurements/serving.md."""
_LEVELS = {"COMPRESS_BR_LEVEL": 5, "COMPRESS_ZSTD_LEVEL": 3, "COMPRESS_LEVEL": 4}
_COMPRESSED_TYPES = (
    *("text/html", "text/css", "text/javascript", "text/plain", "image/svg+xml", "application/xml"),
    *("application/problem+json", "application/opensearchdescription+xml"),
)


def install(app: Flask, settings: Settings) -> None:
    """Apply the settings to `app`."""
    if count := settings.proxies:
        fixed = ProxyFix(
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_port=count, x_prefix=count
        )
        app.wsgi_app = fixed  # type: ignore[method-assign]
    export_types = {each.content_type for each in FORMATS.values()}
    app.config["COMPRESS_MIMETYPES"] = [*_COMPRESSED_TYPES, *export_types]
    app.config["COMPRESS_ALGORITHM"] = _PAGE_ENCODINGS
    app.config["COMPRESS_ALGORITHM_STREAMING"] = _STREAM_ENCODINGS
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
