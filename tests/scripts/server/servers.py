"""Servers for tests: any WSGI application on a free port of this machine.

Responsibility: start and stop a server in a thread.
Decision: waitress, which `dateline serve` uses too.
Must not depend on: what is served.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import waitress

Application = Callable[..., Any]


@contextmanager
def serving(application: Application) -> Iterator[str]:
    """Serve an application and yield its address."""
    server = waitress.create_server(
        application, host="127.0.0.1", port=0, threads=2, asyncore_use_poll=True
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.task_dispatcher.shutdown()  # finish requests, then close the sockets
        with suppress(OSError):  # already closed by an earlier trigger
            server.trigger.pull_trigger(server.close)
        thread.join(10)


def respond_with(status: str, body: bytes, *headers: tuple[str, str]) -> Application:
    """Return an application that sends the same response to every request."""

    def application(environ: Any, start: Any) -> list[bytes]:
        start(status, list(headers))
        return [body]

    return application
