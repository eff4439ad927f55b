"""The application for a WSGI server of one's own choice: `gunicorn 'scripts.wsgi:application()'`.

Decision: it serves what is indexed and indexes nothing; every setting comes from the environment.
Must not know which server runs it.
"""

import contextlib
import os
from pathlib import Path
from wsgiref.types import WSGIApplication

from index.engine import SearchEngine
from index.ports import NoGenerationError
from scripts.logs import configure_logs
from web.app import create_app
from web.settings import read_settings


def application() -> WSGIApplication:
    """The pages and the API over the archive in DATELINE_HOME, ready for the first reader."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    settings = read_settings(os.environ)
    configure_logs(settings)
    engine = SearchEngine(Path(os.environ.get("DATELINE_HOME", ".dateline")))
    with contextlib.suppress(NoGenerationError):
        engine.warm()
    return create_app(engine, settings)
