"""Where the log goes and how it is written: words for people, or JSON for a collector.

Decision: standard error, for whatever runs the process keeps it; no files of our own.
Must not know what is logged.
"""

import logging
import sys

from pythonjsonlogger.json import JsonFormatter

from web.settings import Settings

_FIELDS = "{asctime}{levelname}{name}{message}"
_NAMES = {"asctime": "time", "levelname": "level", "name": "logger"}


def configure_logs(settings: Settings) -> None:
    """Log as the settings say; in words nothing changes, and requests are not logged."""
    if not settings.json_logs:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonFormatter(_FIELDS, style="{", rename_fields=_NAMES, json_ensure_ascii=False)
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
