"""How answers travel: compressed, and to whose pages.

Decision: libraries do both; what is ours is which formats are worth compressing and that pages from
elsewhere may read the API and the exports only where the operator says so.
Must not know what is sent.
"""

from flask import Flask
from flask_compress import Compress
from flask_cors import CORS

from web.exports.formats import FORMATS
from web.settings import Settings

_ALGORITHMS = ["zstd", "br", "gzip"]
_OTHERS = (
    *("text/html", "text/css", "text/plain", "image/svg+xml", "application/xml"),
    *("application/problem+json", "application/opensearchdescription+xml"),
)


def install(app: Flask, settings: Settings) -> None:
    """Compress what a client takes compressed, and answer browsers that ask for another origin."""
    app.config["COMPRESS_MIMETYPES"] = [*_OTHERS, *{each.content_type for each in FORMATS.values()}]
    app.config["COMPRESS_ALGORITHM"] = _ALGORITHMS
    app.config["COMPRESS_ALGORITHM_STREAMING"] = _ALGORITHMS
    Compress(app)
    if settings.cors_origins:
        CORS(
            app,
            resources={r"/(api/|search\.).*": {"origins": list(settings.cors_origins)}},
            methods=["GET", "HEAD"],
            send_wildcard=True,
            expose_headers=["ETag", "Link", "Content-Disposition"],
        )
