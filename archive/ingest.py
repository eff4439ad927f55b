"""Ingest: articles from files and folders into the store.

Responsibility: read every path, store its articles in batches and report every rejection.
Decision: a bad record costs only itself; a path that is missing or not readable stops the run
before anything is stored.
Must not depend on: file formats or SQLite.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from stat import S_ISDIR
from typing import Protocol

from archive.article import Article
from archive.article_builder import build_article
from archive.database.store import ArticleStore
from archive.database.versioning import DryRun, Outcome, VersionLookup, decide_outcome
from archive.dating import Dated, FileDating, FileDay
from archive.errors import DatelineError
from archive.ingest_types import (
    FileKind,
    FoundFile,
    IngestOptions,
    IngestReport,
    RawRecord,
    RawText,
    Rejection,
    Remark,
    RemarkCode,
    RemarkCount,
)
from archive.sources.discovery import find_files, make_file_key, read_day_written, read_file
from archive.values.dates import parse_day_in_name

__all__ = ["IngestError", "IngestOptions", "IngestReport", "Rejection", "ingest"]

EXAMPLES = 3
"""Articles that a report names for each remark; their number is always complete."""
BATCH_SIZE = 500
"""Articles in one transaction: a crash loses at most these, and each commit costs an fsync."""

Progress = Callable[[int, str], None]
_Result = Article | Rejection | Remark | FileKind
_Results = Iterator[tuple[str, _Result]]


class IngestError(DatelineError):
    """A path does not exist or is not readable; nothing was stored."""


class _Sink(VersionLookup, Protocol):
    def put(self, article: Article) -> Outcome: ...
    def restore(self, uri: str, fingerprint: bytes) -> None: ...
    def mark_read(self, file_keys: Iterable[bytes]) -> None: ...


def ingest(
    store: ArticleStore,
    paths: Sequence[Path],
    options: IngestOptions,
    *,
    progress: Progress | None = None,
) -> IngestReport:
    """Store the articles of files and folders.

    Commits every 500 articles. A folder is read in the order of its file names; see
    `archive.sources.discovery` for which files are read, and `build_article` for how dates, sources
    and languages are determined. If the last text that the files have of an article is an older
    version of it, that version becomes the newest again, unless the file was read before.
    `progress` is called with the number of articles and rejections so far, and the current path.

    Raises:
        IngestError: A path does not exist or is not readable; nothing was stored.
        StoreError: The archive cannot be written; earlier batches stay stored.

    An error or an interruption on the way has a note that says how much is stored.
    """
    for path in paths:
        _require_readable(path)
    counter = _Counter(DryRun(store) if options.dry_run else store, progress)
    results = _read_articles(paths, options)
    more, stored = True, 0
    try:
        while more:
            with nullcontext() if options.dry_run else store.transaction():
                more = counter.store_batch(results)
                if not more:
                    counter.finish()
            stored = 0 if options.dry_run else counter.count_stored()
    except (KeyboardInterrupt, DatelineError, OSError) as error:
        error.add_note(_describe_stored(stored))
        raise
    return counter.report()


def _describe_stored(count: int) -> str:
    if not count:
        return "Nothing was stored."
    articles = "1 article is" if count == 1 else f"{count:,} articles are"
    return f"{articles} stored. Ingest the same paths again to add the rest."


def _require_readable(path: Path) -> None:
    """Raise `IngestError` unless the path exists and is readable."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IngestError(f"{path} does not exist. Nothing was stored.") from error
    except OSError as error:
        reason = f"{path} cannot be read ({error.strerror}). Nothing was stored."
        raise IngestError(reason) from error
    if not os.access(path, os.R_OK | (os.X_OK if S_ISDIR(mode) else 0)):
        raise IngestError(f"{path} is not readable. Check its permissions. Nothing was stored.")


def _read_articles(paths: Sequence[Path], options: IngestOptions) -> _Results:
    """Every article and rejection of the paths, each with the path it came from."""
    for file in find_files(paths):
        if isinstance(file, Rejection | FileKind):
            yield file.where, file
        else:
            yield from _read_file(file, options)


def _read_file(file: FoundFile, options: IngestOptions) -> _Results:
    path = file.path
    named = parse_day_in_name(path.name) or options.date
    dating = FileDating(FileDay(named=named, written=read_day_written(path)))
    empty = True
    for item in read_file(file, options):
        empty = empty and isinstance(item, FileKind)
        built = build_article(item, options) if isinstance(item, RawRecord | RawText) else item
        if isinstance(built, Rejection | Remark | FileKind):
            yield str(path), built
        else:
            yield from _name_path(path, dating.add(built))
    yield from _name_path(path, dating.finish())
    if empty:
        yield str(path), Rejection(where=str(path), reason="the file has no articles")


def _name_path(path: Path, dated: Iterator[Dated]) -> _Results:
    for article, remarks in dated:
        yield str(path), article
        yield from ((str(path), remark) for remark in remarks)


class _Counter:
    """Stores articles and counts the outcomes of one ingest."""

    def __init__(self, sink: _Sink, progress: Progress | None) -> None:
        self._sink = sink
        self._progress = progress
        self._counts: Counter[str] = Counter()
        self._rejections: list[Rejection] = []
        self._remarks: dict[RemarkCode, list[Remark]] = {}
        self._remark_counts: Counter[RemarkCode] = Counter()
        self._seen: set[int] = set()
        self._path = ""
        self._file_keys: list[bytes] = []
        self._is_reread = False
        self._superseded: dict[str, tuple[bytes, str]] = {}

    def store_batch(self, results: _Results) -> bool:
        """Store the next articles, at most one batch; return False when there are no more."""
        for number, (path, result) in enumerate(results, start=1):
            if path != self._path:
                self._enter_file(path)
            self._store(result)
            if number == BATCH_SIZE:
                self._report_progress()
                return True
        self._report_progress()
        return False

    def finish(self) -> None:
        """Restore the versions that the files end with, and remember which files were read."""
        for uri, (fingerprint, outcome) in self._superseded.items():
            self._sink.restore(uri, fingerprint)
            self._counts[outcome] -= 1
            self._counts["updated"] += 1
        self._sink.mark_read(self._file_keys)

    def count_stored(self) -> int:
        """Return how many articles were added or updated so far."""
        return self._counts["added"] + self._counts["updated"]

    def report(self) -> IngestReport:
        """Return the counts so far."""
        return IngestReport(
            added=self._counts["added"],
            updated=self._counts["updated"],
            unchanged=self._counts["unchanged"],
            duplicate=self._counts["duplicate"],
            rejected=tuple(self._rejections),
            remarks=tuple(
                RemarkCount(code=code, count=count, examples=tuple(self._remarks[code]))
                for code, count in self._remark_counts.items()
            ),
        )

    def _enter_file(self, path: str) -> None:
        self._path = path
        key = make_file_key(Path(path))
        self._is_reread = key is not None and self._sink.has_read(key)
        if key and not self._is_reread:
            self._file_keys.append(key)

    def _add_remark(self, remark: Remark) -> None:
        self._remark_counts[remark.code] += 1
        examples = self._remarks.setdefault(remark.code, [])
        if len(examples) < EXAMPLES:
            examples.append(remark)

    def _store(self, result: _Result) -> None:
        if isinstance(result, FileKind):
            return
        if isinstance(result, Rejection):
            self._rejections.append(result)
            return
        if isinstance(result, Remark):
            self._add_remark(result)
            return
        outcome = self._sink.put(result)
        # One integer per article, only to tell `duplicate` from `unchanged`; the sink decides what
        # is stored.
        key = hash(
            (
                result.uri,
                result.source,
                result.headline,
                result.body,
                result.by,
                result.first_created,
            )
        )
        counted: str = outcome
        if outcome in ("unchanged", "superseded"):
            counted = "duplicate" if key in self._seen else "unchanged"
        self._counts[counted] += 1
        self._seen.add(key)
        if outcome in ("added", "updated") and result.pub_status != "usable":
            self._add_remark(Remark(code="withdrawn", where=result.uri))
        self._note_superseded(result, outcome, counted)

    def _note_superseded(self, article: Article, outcome: Outcome, counted: str) -> None:
        """Remember an older version that these files have, until they have a newer one."""
        is_superseded = outcome == "superseded" and not self._is_reread
        if is_superseded or (self._superseded and outcome != "superseded"):
            decision = decide_outcome(self._sink, article)
            self._superseded.pop(decision.uri, None)
            if is_superseded:
                self._superseded[decision.uri] = decision.fingerprint, counted

    def _report_progress(self) -> None:
        if self._progress and self._path:
            self._progress(self._counts.total() + len(self._rejections), self._path)
