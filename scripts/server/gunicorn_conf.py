"""Configuration of gunicorn: `gunicorn --workers 2 -c python:scripts.server.gunicorn_conf`.

Responsibility: give gunicorn the values of Dateline's settings.
Decision: only what has a setting is set here; everything else is configured in gunicorn's own ways.
The names of variables are those that gunicorn reads.
Must not depend on: gunicorn.
"""

import os
import sys

from archive.errors import DatelineError
from scripts.errors import describe_error
from scripts.server.logs import build_json_log_config
from scripts.settings.loader import load_settings

try:
    _settings = load_settings(os.environ)
except (DatelineError, OSError) as error:
    sys.exit(f"Error: {describe_error(error) or error}")
_host, _port = _settings.address

wsgi_app = "scripts.server.wsgi:application()"
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
threads = _settings.threads
worker_class = "gthread"
"""A worker that streams a long export still reports to gunicorn that it is alive."""
logconfig_dict = (
    build_json_log_config(propagated=("gunicorn.error",), silenced=("gunicorn.access",))
    if _settings.web.json_logs
    else {}
)
