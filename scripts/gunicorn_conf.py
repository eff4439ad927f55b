"""Dateline under gunicorn: `gunicorn --workers 2 -c python:scripts.gunicorn_conf`.

Decision: what Dateline has a setting for comes from its settings; all else is gunicorn's own, given
on its command line or as it documents. Names here are those that gunicorn reads.
Must not know gunicorn.
"""

import os

from scripts.logs import json_logging
from scripts.settings.loader import load_settings

_settings = load_settings(os.environ)
_host, _port = _settings.place

wsgi_app = "scripts.wsgi:application()"
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
threads = _settings.threads
worker_class = "gthread"
"""A process that answers a long export still tells gunicorn that it lives."""
logconfig_dict = (
    json_logging(apart=("gunicorn.error",), silent=("gunicorn.access",))
    if _settings.web.json_logs
    else {}
)
