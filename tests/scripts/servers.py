"""Real servers for tests: any application on a free port of this machine, while it is asked.

Decision: waitress, as `dateline serve` runs it. Must not know what is served.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import waitress

Application = Callable[..., Any]


@contextmanager
def serving(application: Application) -> Iterator[str]:
    """Serve an application; gives its address."""
    server = waitress.create_server(
        application, host="127.0.0.1", port=0, threads=2, asyncore_use_poll=True
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.task_dispatcher.shutdown()  # first what is being answered, then the sockets
        with suppress(OSError):  # closed already, by an earlier pull that it came in time for
            server.trigger.pull_trigger(server.close)
        thread.join(10)


def matching_rows(status: str, body: bytes, *headers: tuple[str, str]) -> Application:
    """An application with one answer to everything."""

    def application(environ: Any, start: Any) -> list[bytes]:
        start(status, list(headers))
        return [body]

    return application
