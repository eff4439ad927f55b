"""Ingest: files and folders into the store, with a report of everything that was not taken.

Decision: a bad record costs itself and nothing else; only a path that cannot be read at all stops
the run, and it does so before anything is stored. Must not know formats or SQLite.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Protocol

from archive.article import Article
from archive.compose import compose
from archive.database.ledger import Outcome, Rehearsal
from archive.database.store import ArticleStore
from archive.report import IngestOptions, IngestReport, Rejection
from archive.sources.discovery import FoundFile, find_files, read_file
from archive.values.dates import day_in_name

__all__ = ["IngestError", "IngestOptions", "IngestReport", "Rejection", "ingest"]

# Articles in one commit: a crash loses at most these, and one commit costs an fsync.
BATCH = 500

Progress = Callable[[int, str], None]
_Taken = Iterator[tuple[str, Article | Rejection]]


class IngestError(Exception):
    """A path does not exist or cannot be read; nothing was stored."""


class _Sink(Protocol):
    def put(self, article: Article) -> Outcome: ...


def ingest(
    store: ArticleStore,
    paths: Sequence[Path],
    options: IngestOptions,
    *,
    progress: Progress | None = None,
) -> IngestReport:
    """Read the articles of these files and folders into the store.

    Committed every 500 articles. A folder is walked in the order of names; see `archive.sources`
    for what is read and `archive.compose.compose` for how dates, sources and languages are found.
    `progress` is called with the number of articles and rejections so far, and the current path.

    Raises:
        IngestError: A path does not exist or cannot be read; nothing was stored.
        StoreError: The store cannot be written; the batches before are kept.
    """
    for path in paths:
        _check(path)
    tally = _Tally(Rehearsal(store) if options.dry_run else store, progress)
    taken = _taken(paths, options)
    more = True
    while more:
        with nullcontext() if options.dry_run else store.transaction():
            more = tally.take_batch(taken)
    return tally.report()


def _check(path: Path) -> None:
    """Raise unless the path is there and may be read."""
    if not path.exists():
        raise IngestError(f"{path} does not exist")
    if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
        raise IngestError(f"{path} cannot be read; check its permissions")


def _taken(paths: Sequence[Path], options: IngestOptions) -> _Taken:
    """Every article and rejection of the paths, each with the path that it came from."""
    for found in find_files(paths):
        if isinstance(found, Rejection):
            yield found.where, found
        else:
            yield from _taken_from(found, options)


def _taken_from(found: FoundFile, options: IngestOptions) -> _Taken:
    name, day = str(found.path), day_in_name(found.path.name)
    empty = True
    for piece in read_file(found.path):
        empty = False
        taken = piece if isinstance(piece, Rejection) else compose(piece, options, file_day=day)
        yield name, taken
    if empty:
        yield name, Rejection(where=name, reason="nothing in this file")


class _Tally:
    """The counts of one ingest, while it goes on."""

    def __init__(self, sink: _Sink, progress: Progress | None) -> None:
        self._sink = sink
        self._progress = progress
        self._counts: Counter[str] = Counter()
        self._rejected: list[Rejection] = []
        self._met: set[int] = set()
        self._path = ""

    def take_batch(self, taken: _Taken) -> bool:
        """Store up to a batch of what is taken; False when there is no more."""
        for number, (self._path, one) in enumerate(taken, start=1):
            self._take(one)
            if number == BATCH:
                self._tell()
                return True
        self._tell()
        return False

    def report(self) -> IngestReport:
        """The counts so far."""
        return IngestReport(
            added=self._counts["added"],
            updated=self._counts["updated"],
            unchanged=self._counts["unchanged"],
            duplicate=self._counts["duplicate"],
            rejected=tuple(self._rejected),
        )

    def _take(self, one: Article | Rejection) -> None:
        if isinstance(one, Rejection):
            self._rejected.append(one)
            return
        outcome = self._sink.put(one)
        # A number an article, for the name of the count alone: whether it is stored is the sink's.
        mark = hash((one.uri, one.source, one.headline, one.body, one.by, one.first_created))
        self._counts["duplicate" if outcome == "unchanged" and mark in self._met else outcome] += 1
        self._met.add(mark)

    def _tell(self) -> None:
        if self._progress and self._path:
            self._progress(self._counts.total() + len(self._rejected), self._path)
