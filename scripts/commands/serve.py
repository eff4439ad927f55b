"""`dateline serve`: ingest, index the text, start the web server, and embed in the background.

Responsibility: prepare the archive and its index, and run the server until it is stopped.
Decision: embedding runs in a separate process, so that pages stay fast and its memory is freed.
Must not depend on: what the pages show.
"""

import errno
import logging
import socket
import sys
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
import waitress

import archive
from archive.database.store import ArticleStore
from archive.ingest import IngestOptions
from index.ports import IndexUnavailableError, SearchBackend
from scripts import composition
from scripts.commands.ingest import format_counts, ingest_paths, print_details
from scripts.commands.reindex import describe_kept_index, require_articles
from scripts.errors import saying_what_is_kept
from scripts.progress import stage_progress
from scripts.server.background import Background
from scripts.server.logs import configure_logs
from scripts.settings.loader import LoadedSettings
from scripts.terminal import print_json, print_message
from web.app import create_app

SAMPLE = Path(archive.__file__).parent / "sample"


def run(
    settings: LoadedSettings,
    *,
    paths: tuple[Path, ...],
    date: datetime | None,
    as_json: bool,
) -> None:
    """Prepare and serve until interrupted."""
    # Waitress warns each time a request waits for a thread, which needs no action.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    configure_logs(settings.web)
    _require_free_port(*settings.address)
    engine, background = composition.create_engine(settings), Background(settings)
    try:
        _ingest(settings.home, paths, IngestOptions(date=date.date() if date else None))
        _ensure_index(settings, engine)
        engine.warm_up()
        server = _create_server(engine, settings)
        is_reindexing = background.start()
        with suppress(KeyboardInterrupt):
            _announce(server, engine, embedding=is_reindexing, as_json=as_json)
            server.run()
    finally:
        background.stop()
        engine.close()


def _announce(server: Any, engine: SearchBackend, *, embedding: bool, as_json: bool) -> None:
    """Print the address and the search modes; flushed, for programs that read it from a pipe."""
    # Several sockets if a name such as localhost has several addresses.
    host, port, *_ = getattr(server, "effective_listen", [(None, None)])[0]
    address = _format_address(host or server.effective_host, port or server.effective_port)
    if as_json:
        print_json({"address": address, "modes": engine.status().modes})
    else:
        click.echo(f"Dateline is running at {address} (press Ctrl+C to stop)")
        if embedding:
            print_message(
                "Keyword search is ready. Semantic search will follow when embedding is complete."
            )
    sys.stdout.flush()


def _format_address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _ingest(home: Path, paths: tuple[Path, ...], options: IngestOptions) -> None:
    if not paths:
        with ArticleStore.open(home) as store:
            if store.count():
                return
        print_message("The archive is empty; ingesting the sample articles.")
        paths = (SAMPLE,)
    report = ingest_paths(home, paths, options, quiet=False)
    print_message(format_counts(report))
    print_details(report)


def _ensure_index(settings: LoadedSettings, engine: SearchBackend) -> None:
    """Build a text index if there is none, or if it is damaged or of another archive."""
    with suppress(IndexUnavailableError):
        if engine.status().modes:
            return
    require_articles(settings.home)
    with (
        saying_what_is_kept(partial(describe_kept_index, settings.home)),
        stage_progress() as progress,
    ):
        composition.create_reindexer(settings).run(
            lexical_only=True,
            progress=progress,
            announce=lambda reason: print_message(f"Building the index: {reason}."),
        )


def _require_free_port(host: str, port: int) -> None:
    """Check the address before indexing, which can take an hour.

    Raises:
        ClickException: The server cannot listen on the address.
    """
    try:
        with socket.create_server((host, port), family=_address_family(host)):
            pass
    except OSError as error:
        raise _create_listen_error(host, port, error) from error


def _address_family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _create_server(engine: SearchBackend, settings: LoadedSettings) -> Any:
    host, port = settings.address
    try:
        return waitress.create_server(
            create_app(engine, settings.web),
            host=host,
            port=port,
            threads=settings.threads,
            # select() fails above file descriptor 1,023, and each memory-mapped array has one.
            asyncore_use_poll=True,
            # Waitress would remove the headers that ProxyFix reads.
            clear_untrusted_proxy_headers=not settings.web.proxies,
        )
    except (OSError, ValueError) as error:
        raise _create_listen_error(host, port, error) from error


def _create_listen_error(host: str, port: int, error: Exception) -> click.ClickException:
    reason = str(getattr(error, "strerror", None) or error).partition(" (while")[0]
    if getattr(error, "errno", None) in {errno.EADDRINUSE, errno.EACCES}:
        advice = "Choose another port with --port (with scripts/serve: the PORT variable)."
    else:
        advice = "Choose another address with --host, or another port with --port."
    return click.ClickException(f"Cannot listen on {host}:{port} ({reason}). {advice}")
