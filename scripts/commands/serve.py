"""`dateline serve`: take in, index the words, open the pages, add the meaning meanwhile.

Decision: embedding runs in a process of its own beside the server, so that pages stay quick and the
memory that it needs is given back.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

import click
import waitress

import archive
from archive.database.store import ArticleStore
from archive.ingest import IngestOptions
from index.ports import IndexUnavailableError, SearchBackend
from scripts import composition
from scripts.commands.ingest import ingest_paths, print_rejections, summary
from scripts.commands.reindex import require_articles
from scripts.logs import configure_logs
from scripts.settings.loader import LoadedSettings
from scripts.terminal import errors_explained, print_json, say, stage_progress
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
    signal.signal(signal.SIGTERM, _stop)
    # A request that waits a moment for a thread is no event for the operator.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    configure_logs(settings.web)
    _require_free(*settings.place)
    engine, meaning = composition.engine(settings), None
    try:
        with errors_explained():
            _take_in(settings.home, paths, IngestOptions(date=date.date() if date else None))
            _index_words(settings, engine)
            engine.warm_up()
            server = _server(engine, settings)
            meaning = _index_meaning(settings)
        with suppress(KeyboardInterrupt):
            _announce(server, engine, joining=meaning is not None, as_json=as_json)
            server.run()
    finally:
        if meaning and meaning.poll() is None:
            meaning.terminate()
            meaning.wait()
        engine.close()


def _announce(server: Any, engine: SearchBackend, *, joining: bool, as_json: bool) -> None:
    """Print the address and what can be searched; flushed, for whoever waits for it in a pipe."""
    # Several sockets, where a name such as localhost has several addresses.
    host, port, *_ = getattr(server, "effective_listen", [(None, None)])[0]
    address = _address(host or server.effective_host, port or server.effective_port)
    if as_json:
        print_json({"address": address, "modes": engine.status().modes})
    else:
        click.echo(f"Dateline is at {address} - Ctrl-C stops it")
        if joining:
            say("Search by words is open; search by meaning joins when its vectors are done.")
    sys.stdout.flush()


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _take_in(home: Path, paths: tuple[Path, ...], options: IngestOptions) -> None:
    if not paths:
        with ArticleStore.open(home) as store:
            if store.count():
                return
        say("The archive is empty: taking in the sample articles.")
        paths = (SAMPLE,)
    report = ingest_paths(home, paths, options, quiet=False)
    say(summary(report))
    print_rejections(report)


def _index_words(settings: LoadedSettings, engine: SearchBackend) -> None:
    """Make sure that something answers; a damaged index is built again from the archive."""
    try:
        if engine.status().generation is not None:
            return
        force = False
    except IndexUnavailableError as error:
        say(f"{error}\nBuilding it again.")
        force = True
    require_articles(settings.home)
    with stage_progress() as progress:
        composition.reindexer(settings).run(words_only=True, force=force, progress=progress)


def _index_meaning(settings: LoadedSettings) -> "subprocess.Popen[bytes] | None":
    """Start a reindex beside the server where anything is new; it shows its own progress."""
    if not composition.reindexer(settings).find_reason():
        return None
    named = ["--config", str(settings.file)] if settings.named else []
    command = [sys.executable, "-m", "scripts", *named, "--home", str(settings.home), "reindex"]
    command += ["--passages", str(settings.passages)]
    return subprocess.Popen(command, stdout=sys.stderr)


def _require_free(host: str, port: int) -> None:
    """Fail now, and not after an hour of indexing, if another program listens there.

    Raises:
        ClickException: The address cannot be listened on.
    """
    try:
        with socket.create_server((host, port), family=_family(host)):
            pass
    except OSError as error:
        raise _cannot_listen(host, port, error) from error


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _server(engine: SearchBackend, settings: LoadedSettings) -> Any:
    host, port = settings.place
    try:
        return waitress.create_server(
            create_app(engine, settings.web),
            host=host,
            port=port,
            threads=settings.threads,
            # select() knows no file above number 1,023, and each mapped array is one.
            asyncore_use_poll=True,
            # Waitress would drop what ProxyFix is to read.
            clear_untrusted_proxy_headers=not settings.web.proxies,
        )
    except (OSError, ValueError) as error:
        raise _cannot_listen(host, port, error) from error


def _cannot_listen(host: str, port: int, error: Exception) -> click.ClickException:
    number = getattr(error, "errno", None)
    reason = os.strerror(number) if isinstance(number, int) and number > 0 else error
    return click.ClickException(
        f"Cannot listen on {host}:{port} ({reason})."
        " Choose another port with --port, or PORT for scripts/serve."
    )


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
