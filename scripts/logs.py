"""Where the log goes and how it is written: words for people, or JSON for a collector.

Decision: standard error, for whatever runs the process keeps it; no files of our own.
Must not know what is logged.
"""

import logging.config
from typing import Any

from web.settings import Settings

_FIELDS = "{levelname}{name}{message}"
_NAMES = {"levelname": "level", "name": "logger"}


def configure_logs(settings: Settings) -> None:
    """Log as the settings say; in words nothing changes, and requests are not logged."""
    if settings.json_logs:
        logging.config.dictConfig(json_logging())


def json_logging(*, apart: tuple[str, ...] = (), silent: tuple[str, ...] = ()) -> dict[str, Any]:
    """The configuration of a log in JSON.

    Args:
        apart: Loggers that would write by themselves.
        silent: Loggers that would tell what we do not: who asked, and for what.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "fmt": _FIELDS,
                "style": "{",
                "rename_fields": _NAMES,
                "timestamp": "time",
                "json_ensure_ascii": False,
            }
        },
        "handlers": {
            "error": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"level": "INFO", "handlers": ["error"]},
        "loggers": {
            name: {"level": "INFO", "handlers": [], "propagate": name in apart}
            for name in (*apart, *silent)
        },
    }
