"""Logging: text for people, or JSON for a log collector.

Responsibility: configure the log's format and destination.
Decision: everything goes to standard error, which the process manager stores; there are no log
files.
Must not depend on: what is logged.
"""

import logging.config
from typing import Any

from web.settings import Settings

_FORMAT = "{levelname}{name}{message}"
_NAMES = {"levelname": "level", "name": "logger"}


def configure_logs(settings: Settings) -> None:
    """Configure JSON if the settings ask for it; a text log has no lines for requests."""
    if settings.json_logs:
        logging.config.dictConfig(build_json_log_config())


def build_json_log_config(
    *, propagated: tuple[str, ...] = (), silenced: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return a `logging.config` dictionary for a log in JSON.

    Args:
        propagated: Loggers whose own handlers are replaced by the JSON one.
        silenced: Loggers to turn off, because they log client addresses and queries.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "fmt": _FORMAT,
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
            name: {"level": "INFO", "handlers": [], "propagate": name in propagated}
            for name in (*propagated, *silenced)
        },
    }
