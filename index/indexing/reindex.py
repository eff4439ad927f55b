"""Reindexing: builds a generation from the archive next to the live one, and switches to it.

Responsibility: find out whether a reindex is needed, and run it.
Decision: articles are indexed first. If semantic search is not available yet, a generation without
vectors goes live before embedding begins; otherwise the live generation is searched until the new
one is complete. New articles get a segment of their own, which takes seconds in an archive of any
size.
Must not depend on: search requests or pages.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from archive.database.store import ArticleStore
from archive.errors import DatelineError
from index.indexing.draft import Draft, Progress, open_previous
from index.indexing.reasons import Reasons, count_released
from index.indexing.vectors import EmbeddingReport, VectorBuilder
from index.lexical.ports import LexicalEngine
from index.semantic.passages import PassageScheme
from index.semantic.ports import Models
from index.storage.checksums import Checksums
from index.storage.generation import (
    Manifest,
    open_draft,
    publish,
)
from index.storage.layout import FORMAT

LOCK = "reindex.lock"

Announce = Callable[[str], None]


class ReindexRunningError(DatelineError):
    """Another reindex of the archive is running."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReindexReport:
    """The result of a reindex.

    Attributes:
        generation: The id of the live generation.
        articles, passages: How many it has.
        added: The number of articles that were indexed now.
        embedded: The number of passages that were embedded now.
        reason: Why the reindex was needed; empty if the index was up to date.
        model_problem: Why articles have no vectors; empty if the model was loaded.
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
    """Report progress to nobody."""


def ignore_reason(reason: str) -> None:
    """Announce a reindex to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One run of a reindex."""

    store: ArticleStore
    progress: Progress
    force: bool
    lexical_only: bool


class Reindexer:
    """Builds generations of one archive."""

    def __init__(
        self,
        home: Path,
        *,
        lexical: LexicalEngine,
        models: Models,
        embeddings: Path | None = None,
        passages: PassageScheme | None = None,
    ) -> None:
        """Prepare to reindex the archive in `home`.

        Args:
            embeddings: The folder of the embedding cache; by default `home`.
            passages: Which passages to embed; by default as before, and the first time all.
        """
        self._home = home
        self._lexical = lexical
        self._models = models
        self._embeddings = embeddings or home
        self._reasons = Reasons(home, engine=lexical.name, model=models.name, passages=passages)

    def find_reason(self) -> str:
        """Say why a reindex is needed; empty if it is not.

        Files are not read: `run` finds damage to them too.

        Raises:
            GenerationError: The system does not let this process read the live generation.
        """
        with ArticleStore.open(self._home) as store:
            live = self._reasons.examine(read_files=False, force=False)
            return self._reasons.find(store, live, lexical_only=False)

    def has_released(self) -> bool:
        """Whether the index lacks articles because of embargoes that have ended since.

        Raises:
            GenerationError: The system does not let this process read the live generation.
        """
        with ArticleStore.open(self._home, readonly=True) as store:
            live = self._reasons.examine(read_files=False, force=False).manifest
            return live is not None and count_released(store, live) > 0

    def run(
        self,
        *,
        force: bool = False,
        lexical_only: bool = False,
        progress: Progress = ignore_progress,
        announce: Announce = ignore_reason,
    ) -> ReindexReport:
        """Bring the index up to date with the archive; build it again if a file is damaged.

        Args:
            force: Rebuild everything, even if nothing has changed. Embeddings are reused.
            lexical_only: Index articles without embedding them; a later run adds the vectors.
            announce: Called with the reason before anything is built, if anything will be.

        Raises:
            ReindexRunningError: Another process is reindexing the archive.
            GenerationError: The system does not let this process read the live generation, and
                `force` is not set.
        """
        started = time.monotonic()
        lock = FileLock(self._home / LOCK)
        try:
            with lock.acquire(timeout=0), ArticleStore.open(self._home) as store:
                task = _Task(store=store, progress=progress, force=force, lexical_only=lexical_only)
                report = self._run(task, announce)
        except Timeout as error:
            raise ReindexRunningError(
                f"Another reindex of {self._home} is running. Wait until it has finished."
            ) from error
        return replace(report, seconds=round(time.monotonic() - started, 3))

    def _run(self, task: _Task, announce: Announce) -> ReindexReport:
        live = self._reasons.examine(read_files=True, force=task.force)
        manifest, added, embedded = live.manifest, 0, 0
        reason = self._reasons.find(task.store, live, lexical_only=task.lexical_only)
        if live.damage:
            task = replace(task, force=True)
        elif task.force:
            reason = "a complete rebuild was requested"
        if reason:
            announce(reason)
            manifest, added, embedded = self._update(task, manifest)
        assert manifest is not None
        return ReindexReport(
            generation=manifest.id,
            articles=manifest.articles,
            passages=manifest.passages,
            added=added,
            embedded=embedded,
            seconds=0,
            reason=reason,
            model_problem=manifest.model_problem,
        )

    def _update(self, task: _Task, live: Manifest | None) -> tuple[Manifest, int, int]:
        """Publish what is needed; the live manifest, articles indexed and passages embedded."""
        index = task.force or live is None or bool(self._reasons.find_lexical(task.store, live))
        added = 0
        # If there are vectors, semantic search stays available until the new ones are complete.
        is_foreign = self._reasons.compare(task.store, live) == "other"
        if index and (task.lexical_only or live is None or not live.model_key or is_foreign):
            live, added, _ = self._build(task, live, index=True, embed=False)
            index = False
        if task.lexical_only:
            assert live is not None
            return live, added, 0
        live, more, embedded = self._build(task, live, index=index, embed=True)
        return live, added + more, embedded

    def _build(
        self, task: _Task, live: Manifest | None, *, index: bool, embed: bool
    ) -> tuple[Manifest, int, int]:
        """Build and publish one generation.

        Args:
            index: Whether to index articles; otherwise they are linked from the live generation.
            embed: Whether to embed articles that are not cached.

        Returns:
            Its manifest, the articles that were indexed, and the passages that were embedded.
        """
        continuity, previous = self._reasons.compare(task.store, live), None
        if live and continuity in ("same", "incomplete"):
            previous = open_previous(self._home, live)
        checksums = Checksums()
        if previous:
            checksums.trust(previous.folder, previous.manifest.files)
        with open_draft(self._home) as folder:
            new = Draft(folder, previous, lexical=self._lexical, progress=task.progress)
            if index or previous is None:
                rebuild = task.force or continuity != "same"
                added = new.index_articles(task.store, rebuild=rebuild)
            else:
                added = new.link_articles()
            scheme = self._reasons.choose_scheme(live)
            if live and live.model_key and not embed:
                # Without embedding, the existing vectors and their scheme stay in use.
                scheme = PassageScheme.from_name(live.scheme)
            cache, models = self._embeddings, self._models
            builder = VectorBuilder(new, task.store, models=models, cache=cache, scheme=scheme)
            report = builder.add(embed=embed)
            vectors_id = (report.key, report.scheme.name)
            stories = new.cluster_stories(builder.open(), vectors_id=vectors_id)
            model = models.name if embed else previous.manifest.model if previous else ""
            manifest = self._describe(new, report, stories=stories, model=model)
            live = publish(self._home, folder, manifest, checksums=checksums)
            return live, added, report.embedded

    def _describe(
        self, draft: Draft, report: EmbeddingReport, *, stories: int, model: str
    ) -> Manifest:
        """The manifest of a draft, as far as it is known before it is published."""
        return Manifest(
            format=FORMAT,
            engine=self._lexical.name,
            archive=draft.checkpoint.archive,
            sequence=draft.checkpoint.sequence,
            versions=draft.checkpoint.versions,
            last_version=draft.checkpoint.digest,
            rows=len(draft.doc_values),
            articles=draft.articles,
            released=draft.released,
            segments=draft.segments,
            passages=report.passages,
            stories=stories,
            model=model,
            model_key=report.key,
            scheme=report.scheme.name,
            recall=report.recall,
            recall_rows=report.recall_rows,
            unread=report.unread,
            model_problem=report.problem,
        )
