"""Tells whoever watches what was served: one record for each answer, when it has been sent.

Decision: the path is told and the query string is not, nor who asked: what people search for is
theirs.
Must not know what the watchers do with it.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, g, request

_log = logging.getLogger("dateline.access")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One answer; `route` is the view's name, `none` where no view was asked."""

    route: str
    method: str
    path: str
    status: int
    seconds: float


Watcher = Callable[[Served], None]


def install(app: Flask, watchers: list[Watcher]) -> None:
    """Call every watcher after each answer, streamed ones at their end."""
    if not watchers:
        return

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def watch(response: Response) -> Response:
        started, route = g.get("started", time.perf_counter()), request.endpoint or "none"
        method, path, status = request.method, request.path, response.status_code

        def told() -> None:
            seconds = time.perf_counter() - started
            served = Served(route=route, method=method, path=path, status=status, seconds=seconds)
            for watcher in watchers:
                watcher(served)

        response.call_on_close(told)
        return response


def log_served(served: Served) -> None:
    """A line in the log, with its parts as fields."""
    _log.info(
        "%s %s %s",
        served.method,
        served.path,
        served.status,
        extra={
            "method": served.method,
            "path": served.path,
            "status": served.status,
            "route": served.route,
            "ms": round(served.seconds * 1000, 1),
        },
    )
