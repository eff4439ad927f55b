"""The application for a WSGI server of one's own choice: `scripts.wsgi:application()`.

Decision: it serves what is indexed and indexes nothing; every setting comes from the environment or
the settings file; host, port and threads are the server's own.
Must not know which server runs it.
"""

import contextlib
import os
from wsgiref.types import WSGIApplication

from index.ports import NoGenerationError
from scripts import composition
from scripts.logs import configure_logs
from scripts.settings.loader import load_settings
from web.app import create_app


def application() -> WSGIApplication:
    """The pages and the API over the archive in force, ready for the first reader."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    settings = load_settings(os.environ)
    configure_logs(settings.web)
    engine = composition.engine(settings)
    with contextlib.suppress(NoGenerationError):
        engine.warm_up()
    return create_app(engine, settings.web)
