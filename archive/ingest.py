"""Ingest: articles from files and folders into the store.

Responsibility: read every path, store its articles in batches and report every rejection.
Decision: a bad record costs only itself; a path that is missing or not readable stops the run
before anything is stored.
Must not depend on: file formats or SQLite.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import islice
from pathlib import Path, PurePath
from stat import S_ISDIR

from archive.article_builder import build_article
from archive.database.store import ArticleStore
from archive.database.versioning import DryRun
from archive.dating import Dated, FileDating, FileDay
from archive.errors import DatelineError
from archive.ingest_counter import IngestCounter, Result
from archive.ingest_types import (
    FileKind,
    FoundFile,
    IngestOptions,
    IngestReport,
    RawRecord,
    RawText,
    Rejection,
    Remark,
)
from archive.limits import MAX_REJECTIONS
from archive.sources.discovery import find_files, read_day_written
from archive.sources.opening.streams import STANDARD_INPUT
from archive.sources.reading import read_file
from archive.values.dates import parse_day_in_name

__all__ = ["IngestError", "IngestOptions", "IngestReport", "Rejection", "ingest"]

BATCH_SIZE = 500
"""Articles in one transaction: a crash loses at most these, and each commit costs an fsync."""

Progress = Callable[[int, str], None]
_TOO_MANY = f"more than {MAX_REJECTIONS:,} rejections; the rest of the file was not read"
_Results = Iterator[tuple[str, Result]]


class IngestError(DatelineError):
    """A path does not exist or is not readable; nothing was stored."""


def ingest(
    store: ArticleStore,
    paths: Sequence[Path | FoundFile],
    options: IngestOptions,
    *,
    progress: Progress | None = None,
) -> IngestReport:
    """Store the articles of files and folders.

    Commits every 500 articles. A folder is read in the order of its file names; see
    `archive.sources.discovery` for which files are read, and `build_article` for how dates, sources
    and languages are determined. If the last text that the files have of an article is an older
    version of it, that version becomes the newest again, unless the file was read before.
    A strict ingest stores nothing if anything would be remarked on or rejected.
    `progress` is called with the number of articles and rejections so far, and the current path.

    Raises:
        IngestError: A path does not exist or is not readable; nothing was stored.
        StrictIngestError: The ingest is strict, and something was not read in full.
        StoreError: The archive cannot be written; earlier batches stay stored.

    An error or an interruption on the way has a note that says how much is stored.
    """
    for path in paths:
        if isinstance(path, Path):
            _require_readable(path)
    counter = IngestCounter(
        DryRun(store) if options.dry_run else store,
        is_strict=options.is_strict,
        keep_previews=options.dry_run,
    )
    results = _read_articles(paths, options)
    # A strict ingest is one batch, so that the first problem leaves the archive as it was.
    size = None if options.is_strict else BATCH_SIZE
    more, stored = True, 0
    try:
        while more:
            with nullcontext() if options.dry_run else store.transaction():
                more = _store_batch(counter, islice(results, size), progress)
                if not more:
                    counter.finish()
            stored = 0 if options.dry_run else counter.count_stored()
    except (KeyboardInterrupt, DatelineError, OSError) as error:
        error.add_note(_describe_stored(stored))
        raise
    return counter.report()


def _store_batch(
    counter: IngestCounter, results: Iterable[tuple[str, Result]], progress: Progress | None
) -> bool:
    """Store the next articles; return False when there are no more."""
    path, number = "", 0
    for number, (path, result) in enumerate(results, start=1):
        counter.add(path, result)
        if progress and number % BATCH_SIZE == 0:
            progress(counter.count_items(), path)
    if progress and number % BATCH_SIZE:
        progress(counter.count_items(), path)
    return number == BATCH_SIZE


def _describe_stored(count: int) -> str:
    if not count:
        return "Nothing was stored."
    articles = "1 article is" if count == 1 else f"{count:,} articles are"
    return f"{articles} stored. Ingest the same paths again to add the rest."


def _require_readable(path: Path) -> None:
    """Raise `IngestError` unless the path exists and is readable."""
    if path == STANDARD_INPUT:
        return
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IngestError(f"{path} does not exist. Nothing was stored.") from error
    except OSError as error:
        reason = f"{path} cannot be read ({error.strerror}). Nothing was stored."
        raise IngestError(reason) from error
    if not os.access(path, os.R_OK | (os.X_OK if S_ISDIR(mode) else 0)):
        raise IngestError(f"{path} is not readable. Check its permissions. Nothing was stored.")


def _read_articles(paths: Sequence[Path | FoundFile], options: IngestOptions) -> _Results:
    """Every article and rejection of the paths, each with the path it came from."""
    for file in find_files(paths):
        if isinstance(file, Rejection | FileKind):
            yield file.where, file
        else:
            yield from _read_file(file, options)


def _read_file(file: FoundFile, options: IngestOptions) -> _Results:
    """The articles of a file; those of an archive are dated for each file in it."""
    path = str(file.path)
    dating = _begin_dating(file.path, "", options)
    empty, balance = "", 0
    for item in read_file(file, options):
        if isinstance(item, FileKind):
            yield from _name_path(path, dating.finish())
            if empty and not item.where.startswith(f"{empty}/"):
                yield path, _reject_empty(empty)
            empty = item.where if item.outcome == "read" else ""
            dating = _begin_dating(file.path, item.where, options)
            yield path, item
            continue
        empty = ""
        built = build_article(item, options) if isinstance(item, RawRecord | RawText) else item
        if isinstance(built, Rejection | Remark):
            balance += isinstance(built, Rejection)
            yield path, built
        else:
            balance -= 1
            yield from _name_path(path, dating.add(built))
        if balance > MAX_REJECTIONS:
            yield path, Rejection(where=path, reason=_TOO_MANY)
            break
    yield from _name_path(path, dating.finish())
    if empty:
        yield path, _reject_empty(empty)


def _begin_dating(path: Path, where: str, options: IngestOptions) -> FileDating:
    """The dating of a file, or of the file at `where` in it."""
    inner = parse_day_in_name(PurePath(where).name)
    named = inner or parse_day_in_name(path.name) or options.date
    return FileDating(
        FileDay(named=named, written=read_day_written(path), day_first=options.day_first)
    )


def _reject_empty(where: str) -> Rejection:
    return Rejection(where=where, reason="the file has no articles")


def _name_path(path: str, dated: Iterator[Dated]) -> _Results:
    for article, remarks in dated:
        yield path, article
        yield from ((path, remark) for remark in remarks)
