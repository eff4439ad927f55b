"""Reindex: build a generation from the archive beside the live one, and switch to it.

Decision: words first. Where nothing can be searched by meaning yet, a lexical generation goes live
before embedding begins; otherwise the live one answers until the new one is whole. What is new gets
a segment of its own: seconds, however large the archive is.
Must not know requests or pages.
"""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from archive.database.store import ArticleStore
from index.indexing.draft import Draft, Progress, open_previous
from index.indexing.vectors import VectorBuilder
from index.lexical.ports import LexicalEngine
from index.semantic.passages import PassageScheme
from index.semantic.ports import Models
from index.storage.checksums import Checksums
from index.storage.generation import (
    GenerationError,
    Manifest,
    open_draft,
    publish,
    read_current_id,
    read_manifest,
)
from index.storage.layout import FORMAT

LOCK = "reindex.lock"


class ReindexRunningError(Exception):
    """Another reindex of this archive is under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReindexReport:
    """What a reindex did; `reason` is empty where nothing was needed.

    Attributes:
        added: How many articles' words were indexed; of the others they were kept.
    """

    generation: str
    articles: int
    passages: int
    added: int
    embedded: int
    seconds: float
    reason: str
    model_problem: str = ""


def ignore_progress(stage: str, done: int, total: int) -> None:
    """Progress for whoever does not watch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What is asked of one run."""

    store: ArticleStore
    progress: Progress
    words_only: bool


class Reindexer:
    """Builds generations for one archive folder."""

    def __init__(
        self,
        home: Path,
        *,
        lexical: LexicalEngine,
        models: Models,
        embeddings: Path | None = None,
        passages: PassageScheme | None = None,
    ) -> None:
        """An archive's own choices hold for what is not told.

        Args:
            embeddings: The folder whose cache is used, `home` unless told.
            passages: Which are embedded; unless told as before, and all the first time.
        """
        self._home = home
        self._lexical = lexical
        self._models = models
        self._embeddings = embeddings or home
        self._passages = passages

    def find_reason(self) -> str:
        """Why a reindex is needed, in words; empty where it is not."""
        with ArticleStore.open(self._home) as store:
            return self._reason(store, self._live(), words_only=False)

    def run(
        self, *, force: bool = False, words_only: bool = False, progress: Progress = ignore_progress
    ) -> ReindexReport:
        """Bring the index up to date with the archive.

        Args:
            force: Build all of it again even where nothing has changed; embeddings are reused.
            words_only: Stop once the words are indexed; a later run adds the vectors.

        Raises:
            ReindexRunningError: Another process is at it.
        """
        started = time.monotonic()
        lock = FileLock(self._home / LOCK)
        try:
            with lock.acquire(timeout=0), ArticleStore.open(self._home) as store:
                task = _Task(store=store, progress=progress, words_only=words_only)
                report = self._run(task, force)
        except Timeout as error:
            raise ReindexRunningError(
                f"Another reindex of {self._home} is running; wait until it has ended."
            ) from error
        return replace(report, seconds=round(time.monotonic() - started, 3))

    def _run(self, task: _Task, force: bool) -> ReindexReport:
        live, added, embedded = self._live(), 0, 0
        reason = self._reason(task.store, live, words_only=task.words_only)
        reason = "it was asked for" if force else reason
        if reason:
            live, added, embedded = self._renew(task, live, force)
        assert live is not None
        return ReindexReport(
            generation=live.id,
            articles=live.rows,
            passages=live.passages,
            added=added,
            embedded=embedded,
            seconds=0,
            reason=reason,
            model_problem=live.model_problem,
        )

    def _renew(self, task: _Task, live: Manifest | None, force: bool) -> tuple[Manifest, int, int]:
        """Publish what is needed; the live manifest, articles indexed, passages embedded."""
        words = force or live is None or bool(self._words_reason(task.store, live))
        added = 0
        # Readers who can search by meaning keep that until the new vectors are there.
        if words and (task.words_only or live is None or not live.model_key):
            live, added, _ = self._make(task, live, words=True, anew=force, meaning=False)
            words = False
        if task.words_only:
            assert live is not None
            return live, added, 0
        live, more, embedded = self._make(task, live, words=words, anew=force, meaning=True)
        return live, added + more, embedded

    def _live(self) -> Manifest | None:
        name = read_current_id(self._home)
        if name is None:
            return None
        try:
            return read_manifest(self._home, name)
        except GenerationError:
            return None

    def _reason(self, store: ArticleStore, live: Manifest | None, *, words_only: bool) -> str:
        if live is None:
            return "there is no index yet"
        words = self._words_reason(store, live)
        return words if words or words_only else self._meaning_reason(live)

    def _words_reason(self, store: ArticleStore, live: Manifest) -> str:
        if not self._fits(live):
            return "the index was built by another version"
        if live.sequence == store.last_sequence():
            return ""
        return f"{store.count_pending(live.sequence)} articles are new or changed"

    def _meaning_reason(self, live: Manifest) -> str:
        if live.model != self._models.name:
            return f"the model {self._models.name} has not read the articles yet"
        # A model that could not be loaded is not tried at every start, only when it is asked for.
        scheme, before = self._scheme(live), PassageScheme.from_name(live.scheme)
        if scheme != before and (self._passages or not live.model_problem):
            if scheme.chunking != before.chunking:
                return "passages are cut in another way now"
            return f"meaning is now read from {scheme} of an article, and no more from {before}"
        unread = 0 if live.model_problem else sum(live.unread.values())
        return f"the model {live.model} has not read {unread} articles yet" if unread else ""

    def _scheme(self, live: Manifest | None) -> PassageScheme:
        """Which passages are to be embedded: those asked for, else as many as before."""
        return self._passages or PassageScheme(
            PassageScheme.from_name(live.scheme).limit if live else None
        )

    def _fits(self, live: Manifest) -> bool:
        return (live.format, live.engine) == (FORMAT, self._lexical.name)

    def _make(
        self, task: _Task, live: Manifest | None, *, words: bool, anew: bool, meaning: bool
    ) -> tuple[Manifest, int, int]:
        """Make and publish one generation; articles indexed, passages embedded."""
        base = open_previous(self._home, live) if live and self._fits(live) else None
        checksums = Checksums()
        if base:
            checksums.trust(base.folder, base.manifest.files)
        with open_draft(self._home) as folder:
            made = Draft(folder, base, lexical=self._lexical, progress=task.progress)
            if words or base is None:
                added = made.add_words(task.store, anew=anew)
            else:
                added = made.keep_words()
            scheme = self._scheme(live)
            if live and live.model_key and not meaning:
                # What is not embedded now is not cut either: its readers keep what they have.
                scheme = PassageScheme.from_name(live.scheme)
            cache, models = self._embeddings, self._models
            vectors = VectorBuilder(made, task.store, models=models, cache=cache, scheme=scheme)
            read = vectors.add(embed=meaning)
            found = vectors.vectors
            stories = made.add_stories(found, of=(read.key, read.scheme.name))
            manifest = Manifest(
                format=FORMAT,
                engine=self._lexical.name,
                sequence=max(made.segments.values()),
                rows=len(made.doc_values),
                segments=made.segments,
                passages=read.passages,
                stories=stories,
                model=self._models.name if meaning else base.manifest.model if base else "",
                model_key=read.key,
                scheme=read.scheme.name,
                recall=read.recall,
                recall_rows=read.recall_rows,
                unread=read.unread,
                model_problem=read.problem,
            )
            return publish(self._home, folder, manifest, checksums=checksums), added, read.embedded
