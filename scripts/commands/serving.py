"""`dateline serve`: take in, index the words, open the pages, add the meaning meanwhile.

Decision: embedding runs in a process of its own beside the server, so that pages stay quick and the
memory that it needs is given back.
"""

import signal
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
from archive.ingest import IngestOptions
from archive.store import ArticleStore
from index.engine import SearchEngine
from index.generation import GenerationError
from index.ports import NoGenerationError
from scripts.commands.ingesting import say_rejections, summary, take_in
from scripts.commands.reindexing import reindexer
from scripts.terminal import errors_explained, print_json, say, stage_progress
from web.app import create_app

SAMPLE = Path(archive.__file__).parent / "sample"
THREADS = 8


def run(
    home: Path,
    *,
    paths: tuple[Path, ...],
    host: str,
    port: int,
    date: datetime | None,
    as_json: bool,
) -> None:
    """Prepare and serve until interrupted."""
    signal.signal(signal.SIGTERM, _stop)
    with errors_explained():
        _take_in(home, paths, IngestOptions(date=date.date() if date else None))
        _index_words(home)
        engine = SearchEngine(home)
        engine.warm()
        server = _server(engine, host, port)
        meaning = _index_meaning(home)
    address = f"http://{server.effective_host}:{server.effective_port}"
    if as_json:
        print_json({"address": address, "modes": engine.status().modes})
    else:
        click.echo(f"Dateline is at {address} - Ctrl-C stops it")
        if meaning:
            click.echo(
                "Search by words is open; search by meaning joins when its vectors are done."
            )
    try:
        with suppress(KeyboardInterrupt):
            server.run()
    finally:
        if meaning and meaning.poll() is None:
            meaning.terminate()
            meaning.wait()
        engine.close()


def _take_in(home: Path, paths: tuple[Path, ...], options: IngestOptions) -> None:
    if not paths:
        with ArticleStore.open(home) as store:
            if store.count():
                return
        say("The archive is empty: taking in the sample articles.")
        paths = (SAMPLE,)
    report = take_in(home, paths, options, quiet=False)
    say(summary(report))
    say_rejections(report)


def _index_words(home: Path) -> None:
    """Make sure that something answers; a damaged index is built again from the archive."""
    builder = reindexer(home)
    try:
        engine = SearchEngine(home)
        engine.live()
    except NoGenerationError:
        force = False
    except GenerationError as error:
        say(str(error))
        say("Building it again.")
        force = True
    else:
        return
    with stage_progress() as progress:
        builder.run(words_only=True, force=force, progress=progress)


def _index_meaning(home: Path) -> "subprocess.Popen[bytes] | None":
    """Start a reindex beside the server where anything is new; it shows its own progress."""
    if not reindexer(home).reason():
        return None
    command = [sys.executable, "-m", "scripts", "--home", str(home), "reindex"]
    return subprocess.Popen(command, stdout=sys.stderr)


def _server(engine: SearchEngine, host: str, port: int) -> Any:
    try:
        return waitress.create_server(create_app(engine), host=host, port=port, threads=THREADS)
    except OSError as error:
        raise click.ClickException(
            f"Cannot listen on {host}:{port} ({error.strerror or error})."
            " Choose another port with --port, or PORT for scripts/serve."
        ) from error


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
