"""Counting: what became of every file and article of one ingest.

Responsibility: store articles one after another, and count outcomes, kinds, remarks and rejections.
Decision: counts are complete and examples are few, so that the report of a million articles is
short; only a dry run keeps the first articles of each file.
Must not depend on: files, formats or SQLite.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from archive.article import Article
from archive.database.versioning import Outcome, VersionLookup, decide_outcome
from archive.errors import DatelineError
from archive.ingest_types import (
    FileKind,
    FileOutcome,
    FilePreview,
    IngestReport,
    KindCount,
    RefusedPath,
    Rejection,
    Remark,
    RemarkCode,
    RemarkCount,
)
from archive.sources.discovery import make_file_key

EXAMPLES = 3
"""Articles and files that a report names for each remark and kind; counts are always complete."""
NOTICES: frozenset[RemarkCode] = frozenset({"withdrawn", "embargoed"})
"""Remarks on what a source says itself; nothing was assumed, lost or left out."""

Key = TypeVar("Key")
Example = TypeVar("Example")
Result = Article | Rejection | Remark | FileKind


class StrictIngestError(DatelineError):
    """A strict ingest met something that a report would name; nothing was stored.

    Attributes:
        problem: What it met.
    """

    def __init__(self, problem: Rejection | Remark) -> None:
        what = problem.reason if isinstance(problem, Rejection) else problem.code
        super().__init__(f"{problem.where}: {what}")
        self.problem = problem


class Sink(VersionLookup, Protocol):
    """What takes the articles: the store, or a dry run over it."""

    def put(self, article: Article) -> Outcome:
        """Store an article."""

    def restore(self, uri: str, fingerprint: bytes) -> None:
        """Make an older version the newest one."""

    def mark_read(self, file_keys: Iterable[bytes]) -> None:
        """Remember files that were read to the end."""


class IngestCounter:
    """Stores the articles of one ingest and counts what becomes of them."""

    def __init__(self, sink: Sink, *, is_strict: bool = False, keep_previews: bool = False) -> None:
        self._rejections: list[Rejection] = []
        self._sink = sink
        self._is_strict = is_strict
        self._keep_previews = keep_previews
        self._counts: Counter[str] = Counter()
        self._remarks = _Examples[RemarkCode, Remark]()
        self._remark_files: dict[RemarkCode, Counter[str]] = {}
        self._kinds = _Examples[tuple[str, FileOutcome], str]()
        self._previews: dict[str, FilePreview] = {}
        self._refused: dict[str, RefusedPath] = {}
        self._seen: set[int] = set()
        self._file_keys: list[bytes] = []
        self._is_reread = False
        self._superseded: dict[str, tuple[bytes, str]] = {}
        self._path = ""
        self._where = ""

    def add(self, path: str, result: Result) -> None:
        """Store an article of a file, or note what happened instead.

        Raises:
            StrictIngestError: The ingest is strict, and this is not an article read in full.
        """
        if path != self._path:
            self._enter_file(path)
        if isinstance(result, Article):
            self._store(result)
        elif isinstance(result, FileKind):
            self._note_kind(result)
        else:
            self._note_problem(result)

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

    def count_items(self) -> int:
        """Return how many articles and rejections there were so far."""
        return self._counts.total() + len(self._rejections)

    def report(self) -> IngestReport:
        """Return the counts so far."""
        return IngestReport(
            added=self._counts["added"],
            updated=self._counts["updated"],
            unchanged=self._counts["unchanged"],
            duplicate=self._counts["duplicate"],
            rejected=tuple(self._rejections),
            remarks=tuple(
                RemarkCount(
                    code=code,
                    count=count,
                    examples=examples,
                    files=tuple(self._remark_files[code].items()),
                )
                for code, count, examples in self._remarks.list()
            ),
            files=tuple(
                KindCount(kind=kind, outcome=outcome, count=count, examples=examples)
                for (kind, outcome), count, examples in self._kinds.list()
            ),
            previews=tuple(self._previews.values()),
            refused=tuple(self._refused.values()),
        )

    def _enter_file(self, path: str) -> None:
        self._path = path
        key = make_file_key(Path(path))
        self._is_reread = key is not None and self._sink.has_read(key)
        if key and not self._is_reread:
            self._file_keys.append(key)

    def _note_problem(self, problem: Rejection | Remark) -> None:
        is_notice = isinstance(problem, Remark) and problem.code in NOTICES
        if self._is_strict and not is_notice:
            raise StrictIngestError(problem)
        if isinstance(problem, Rejection):
            self._rejections.append(problem)
            refused = self._refused.setdefault(self._path, RefusedPath(path=self._path))
            refused.count += 1
            if len(refused.first) < EXAMPLES:
                refused.first.append(problem)
        else:
            self._remarks.add(problem.code, problem)
            self._remark_files.setdefault(problem.code, Counter())[self._where] += 1

    def _note_kind(self, file: FileKind) -> None:
        self._where = file.where
        self._kinds.add((file.kind, file.outcome), file.where)
        if self._keep_previews and file.outcome != "skipped":
            self._previews[file.where] = FilePreview(file=file)

    def _store(self, article: Article) -> None:
        outcome = self._sink.put(article)
        # One integer per article, only to tell `duplicate` from `unchanged`; the sink decides what
        # is stored.
        key = hash(
            (
                article.uri,
                article.source,
                article.headline,
                article.body,
                article.by,
                article.first_created,
            )
        )
        counted: str = outcome
        if outcome in ("unchanged", "superseded"):
            counted = "duplicate" if key in self._seen else "unchanged"
        self._counts[counted] += 1
        self._seen.add(key)
        if outcome in ("added", "updated") and article.pub_status != "usable":
            self._note_problem(Remark(code="withdrawn", where=article.uri))
        elif outcome in ("added", "updated") and article.is_embargoed(datetime.now(UTC)):
            until = f"{article.embargoed:%Y-%m-%dT%H:%MZ}"
            self._note_problem(Remark(code="embargoed", where=article.uri, value=until))
        self._note_superseded(article, outcome, counted)
        if preview := self._previews.get(self._where):
            preview.count += 1
            if len(preview.first) < EXAMPLES:
                preview.first.append(replace(article, raw=""))

    def _note_superseded(self, article: Article, outcome: Outcome, counted: str) -> None:
        """Remember an older version that these files have, until they have a newer one."""
        is_superseded = outcome == "superseded" and not self._is_reread
        if is_superseded or (self._superseded and outcome != "superseded"):
            decision = decide_outcome(self._sink, article)
            self._superseded.pop(decision.uri, None)
            if is_superseded:
                self._superseded[decision.uri] = decision.fingerprint, counted


class _Examples(Generic[Key, Example]):
    """How often each key occurred, in the order of the first time, with the first examples."""

    def __init__(self) -> None:
        self._counts: Counter[Key] = Counter()
        self._first: dict[Key, list[Example]] = {}

    def add(self, key: Key, example: Example) -> None:
        self._counts[key] += 1
        first = self._first.setdefault(key, [])
        if len(first) < EXAMPLES:
            first.append(example)

    def list(self) -> list[tuple[Key, int, tuple[Example, ...]]]:
        return [(key, count, tuple(self._first[key])) for key, count in self._counts.items()]
