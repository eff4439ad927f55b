"""The application for any WSGI server: `scripts.server.wsgi:application()`.

Responsibility: create the web application from the environment.
Decision: it serves the current index and never reindexes. Without one that can be searched it
starts too, and answers 503 until there is. Settings come from the environment or the settings
file; host, port and threads are the server's own.
Must not depend on: the server that runs it.
"""

import logging
import os
from wsgiref.types import WSGIApplication

from archive.errors import UnavailableError
from scripts import composition
from scripts.server.logs import configure_logs
from scripts.settings.loader import load_settings
from web.app import create_app

_log = logging.getLogger(__name__)


def application() -> WSGIApplication:
    """Create the pages and the API over the configured archive, with the index loaded."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    settings = load_settings(os.environ)
    configure_logs(settings.web)
    engine = composition.create_engine(settings)
    try:
        engine.warm_up()
    except UnavailableError as error:
        _log.error("%s Until then, every search is answered with status 503.", error)
    return create_app(engine, settings.web)
