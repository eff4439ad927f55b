"""Reports of requests.

Responsibility: report every request, once its response is sent, to the log and the metrics.
Decision: the path is reported, but neither the query string nor the client: what people search for
is private.
Must not depend on: what the listeners do with a request.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, g, request

_log = logging.getLogger("dateline.access")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """One request and the status of its response.

    Attributes:
        route: Name of the view; `none` if no route matched.
        seconds: From the request to the end of the response.
    """

    route: str
    method: str
    path: str
    status: int
    seconds: float


RequestListener = Callable[[RequestRecord], None]


def install(app: Flask, listeners: list[RequestListener]) -> None:
    """Call every listener after each response; after a streamed one, at its end."""
    if not listeners:
        return

    @app.before_request
    def start_timer() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def report_on_close(response: Response) -> Response:
        started, route = g.get("started", time.perf_counter()), request.endpoint or "none"
        method, path, status = request.method, request.path, response.status_code

        def report() -> None:
            seconds = time.perf_counter() - started
            record = RequestRecord(
                route=route, method=method, path=path, status=status, seconds=seconds
            )
            for listener in listeners:
                listener(record)

        response.call_on_close(report)
        return response


def log_request(record: RequestRecord) -> None:
    """Log one line, with its parts as fields for the JSON formatter."""
    _log.info(
        "%s %s %s",
        record.method,
        record.path,
        record.status,
        extra={
            "method": record.method,
            "path": record.path,
            "status": record.status,
            "route": record.route,
            "ms": round(record.seconds * 1000, 1),
        },
    )
