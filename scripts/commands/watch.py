"""`dateline watch`: read and index what arrives, until interrupted.

Responsibility: look, ingest and reindex in turn, and say what was read.
Decision: one process does all three, one after another, so that nothing is indexed half. Many new
articles are indexed without vectors first, because embedding them takes longer than a reader waits.
Must not depend on: file formats, or how an index is built.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from filelock import FileLock, Timeout

from archive.database.store import ArticleStore
from archive.ingest import IngestOptions, IngestReport
from archive.ingest_types import FoundFile
from archive.sources.arrivals import FolderArrivals
from index.indexing.reindex import Reindexer, ReindexRunningError
from scripts.commands.ingest import ingest_paths, print_details
from scripts.composition import create_reindexer
from scripts.settings.loader import LoadedSettings
from scripts.terminal import format_count, print_json, print_message

LOCK = "watch.lock"
SECONDS_BETWEEN_LOOKS = 1.0
_LOOKING_SHARE = 4
"""After a look that took long, as in a folder of many files, wait four times as long."""
_TEXT_FIRST = 25
"""From so many new articles on, words first: embedding 100 articles takes 17 seconds
(docs/measurements/indexing.md#new-articles), and their words about one."""

Sleep = Callable[[float], None]


@dataclass(slots=True)
class _Totals:
    """What was read since the start."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def add(self, report: IngestReport) -> None:
        self.added += report.added
        self.updated += report.updated
        self.unchanged += report.unchanged + report.duplicate
        self.rejected += len(report.rejected)

    def describe(self) -> str:
        return (
            f"{self.added:,} added, {self.updated:,} updated, {self.unchanged:,} unchanged,"
            f" {self.rejected:,} rejected"
        )


def run(
    settings: LoadedSettings, *, folders: tuple[Path, ...], as_json: bool, **options: Any
) -> None:
    """Watch until interrupted, and print the totals."""
    _require_folders(folders)
    home = settings.home
    with ArticleStore.open(home) as store, _lock(home):
        watch = Watch(
            home,
            arrivals=FolderArrivals(folders, store.has_read),
            reindexer=create_reindexer(settings),
            options=IngestOptions(**options),
            quiet=as_json,
        )
        print_message(
            f"Watching {format_count(len(folders), 'folder')} for the archive in {home}"
            " (press Ctrl+C to stop)."
        )
        watch.is_pending = store.count() > 0
        try:
            watch.run(time.sleep)
        except KeyboardInterrupt:
            watch.stop()
    if as_json:
        totals = watch.totals
        print_json({name: getattr(totals, name) for name in _Totals.__slots__})
    else:
        click.echo(f"Since the start: {watch.totals.describe()}")


class Watch:
    """Reads and indexes what arrives for one archive.

    Attributes:
        is_pending: The archive may have articles that the index lacks.
        totals: What was read so far.
    """

    def __init__(
        self,
        home: Path,
        *,
        arrivals: FolderArrivals,
        reindexer: Reindexer,
        options: IngestOptions,
        quiet: bool,
    ) -> None:
        """Prepare; nothing is read before `run`."""
        self.is_pending = False
        self.totals = _Totals()
        self._home = home
        self._arrivals = arrivals
        self._reindexer = reindexer
        self._options = options
        self._quiet = quiet
        self._changed = 0
        self._said = ""
        self._is_busy = False

    def run(self, sleep: Sleep) -> None:
        """Look, ingest and reindex until `sleep` raises `KeyboardInterrupt`."""
        while True:
            started = time.monotonic()
            self._is_busy = True
            arrived = self._arrivals.look(started)
            took = time.monotonic() - started
            for problem in arrived.problems:
                print_message(f"Rejected {problem.where}: {problem.reason}")
            if arrived.files:
                self._ingest(arrived.files)
            if self.is_pending:
                self._reindex()
            self._is_busy = False
            sleep(max(SECONDS_BETWEEN_LOOKS, _LOOKING_SHARE * took))

    def stop(self) -> None:
        """Say what an interruption leaves undone, if anything."""
        if self._is_busy or self.is_pending:
            print_message(
                "Stopped. Files that were being read, and articles that are not indexed yet, are"
                " taken up at the next start."
            )
        elif waiting := self._arrivals.count_waiting():
            files = format_count(waiting, "file")
            print_message(f"Stopped. At the next start: {files} that may not have been complete.")

    def _ingest(self, files: Sequence[FoundFile]) -> None:
        report = ingest_paths(self._home, files, self._options, quiet=True)
        self.totals.add(report)
        changed = report.added + report.updated
        self._changed += changed
        self.is_pending = self.is_pending or changed > 0
        self._say(
            f"{format_count(len(files), 'file')}: {report.added:,} added, {report.updated:,}"
            f" updated, {report.unchanged + report.duplicate:,} unchanged,"
            f" {len(report.rejected):,} rejected"
        )
        if not self._quiet:
            print_details(report)

    def _reindex(self) -> None:
        try:
            if self._changed >= _TEXT_FIRST:
                self._reindexer.run(lexical_only=True)
                self._say(f"{format_count(self._changed, 'article')} can be found by keyword")
                self._changed = 0
            report = self._reindexer.run()
        except ReindexRunningError:
            self._say_once("Another reindex is running; new articles are indexed after it.")
            return
        self.is_pending, self._changed = False, 0
        if report.reason:
            total = format_count(report.articles, "article")
            self._say(f"Generation {report.generation}: {total} can be found")
        if report.model_problem:
            self._say_once(f"New articles are found by keyword only: {report.model_problem}")

    def _say(self, text: str) -> None:
        """Print a line with the time; it is written at once, for a log."""
        if not self._quiet:
            click.echo(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {text}")
            sys.stdout.flush()
        self._said = ""

    def _say_once(self, text: str) -> None:
        """Print a message unless it was the last one."""
        if text != self._said:
            print_message(text)
            self._said = text


def _require_folders(folders: Sequence[Path]) -> None:
    if not folders:
        raise click.UsageError("Missing argument 'FOLDERS...'.")
    for folder in folders:
        if not folder.is_dir():
            raise click.ClickException(
                f"{folder} is not a folder. Name a folder to watch, or read a file with"
                " `dateline ingest`."
            )


def _lock(home: Path) -> FileLock:
    """The lock of the only watch of an archive, acquired.

    Raises:
        ClickException: Another watch has it.
    """
    lock = FileLock(home / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise click.ClickException(
            f"Another `dateline watch` adds articles to {home}. Stop it first, or name all"
            " folders in one command."
        ) from error
    return lock
