"""Reindexing: builds a generation from the archive next to the live one, and switches to it.

Responsibility: find out whether a reindex is needed, and run it.
Decision: articles are indexed first. If semantic search is not available yet, a generation without
vectors goes live before embedding begins; otherwise the live generation is searched until the new
one is complete. New articles get a segment of their own, which takes seconds in an archive of any
size.
Must not depend on: search requests or pages.
"""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from archive.database.identity import Continuity
from archive.database.store import ArticleStore
from index.indexing.draft import Draft, Progress, open_previous
from index.indexing.vectors import EmbeddingReport, VectorBuilder
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
_BROKEN_CONTINUITY: dict[Continuity, str] = {
    "other": "the index was built from another archive",
    "incomplete": "the archive lacks articles that are indexed",
}
"""Why everything is indexed again although the format is the same."""


class ReindexRunningError(Exception):
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
        self._passages = passages

    def find_reason(self) -> str:
        """Say why a reindex is needed; empty if it is not."""
        with ArticleStore.open(self._home) as store:
            return self._find_reason(store, self._read_live_manifest(), lexical_only=False)

    def run(
        self,
        *,
        force: bool = False,
        lexical_only: bool = False,
        progress: Progress = ignore_progress,
    ) -> ReindexReport:
        """Bring the index up to date with the archive.

        Args:
            force: Rebuild everything, even if nothing has changed. Embeddings are reused.
            lexical_only: Index articles without embedding them; a later run adds the vectors.

        Raises:
            ReindexRunningError: Another process is reindexing the archive.
        """
        started = time.monotonic()
        lock = FileLock(self._home / LOCK)
        try:
            with lock.acquire(timeout=0), ArticleStore.open(self._home) as store:
                task = _Task(store=store, progress=progress, force=force, lexical_only=lexical_only)
                report = self._run(task)
        except Timeout as error:
            raise ReindexRunningError(
                f"Another reindex of {self._home} is running. Wait until it has finished."
            ) from error
        return replace(report, seconds=round(time.monotonic() - started, 3))

    def _run(self, task: _Task) -> ReindexReport:
        live, added, embedded = self._read_live_manifest(), 0, 0
        reason = self._find_reason(task.store, live, lexical_only=task.lexical_only)
        if task.force:
            reason = "a complete rebuild was requested"
        if reason:
            live, added, embedded = self._update(task, live)
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

    def _update(self, task: _Task, live: Manifest | None) -> tuple[Manifest, int, int]:
        """Publish what is needed; the live manifest, articles indexed and passages embedded."""
        index = task.force or live is None or bool(self._find_lexical_reason(task.store, live))
        added = 0
        # If there are vectors, semantic search stays available until the new ones are complete.
        is_foreign = self._compare(task.store, live) == "other"
        if index and (task.lexical_only or live is None or not live.model_key or is_foreign):
            live, added, _ = self._build(task, live, index=True, embed=False)
            index = False
        if task.lexical_only:
            assert live is not None
            return live, added, 0
        live, more, embedded = self._build(task, live, index=index, embed=True)
        return live, added + more, embedded

    def _read_live_manifest(self) -> Manifest | None:
        name = read_current_id(self._home)
        if name is None:
            return None
        try:
            return read_manifest(self._home, name)
        except GenerationError:
            return None

    def _find_reason(
        self, store: ArticleStore, live: Manifest | None, *, lexical_only: bool
    ) -> str:
        if live is None:
            return "there is no index yet"
        reason = self._find_lexical_reason(store, live)
        return reason if reason or lexical_only else self._find_embedding_reason(live)

    def _find_lexical_reason(self, store: ArticleStore, live: Manifest) -> str:
        if not self._is_compatible(live):
            return "the index was built by another version of Dateline"
        continuity = store.compare(live.checkpoint)
        if continuity != "same":
            return _BROKEN_CONTINUITY[continuity]
        pending = store.count_pending(live.sequence)
        if not pending:
            return ""
        return f"{_count_articles(pending)} {'is' if pending == 1 else 'are'} new or changed"

    def _find_embedding_reason(self, live: Manifest) -> str:
        if live.model != self._models.name:
            return f"the articles are not embedded with the model {self._models.name} yet"
        # A model that could not be loaded is not tried at every start, only on request.
        scheme, previous = self._choose_scheme(live), PassageScheme.from_name(live.scheme)
        if scheme != previous and (self._passages or not live.model_problem):
            if scheme.chunking != previous.chunking:
                return "articles are split into passages differently now"
            return f"embeddings now cover {scheme} of each article instead of {previous}"
        count = 0 if live.model_problem else sum(live.unread.values())
        if not count:
            return ""
        verb = "is" if count == 1 else "are"
        return f"{_count_articles(count)} {verb} not embedded with the model {live.model} yet"

    def _choose_scheme(self, live: Manifest | None) -> PassageScheme:
        """Which passages to embed: those of the setting, otherwise as many as before."""
        if self._passages:
            return self._passages
        return PassageScheme(PassageScheme.from_name(live.scheme).limit if live else None)

    def _is_compatible(self, live: Manifest) -> bool:
        return (live.format, live.engine) == (FORMAT, self._lexical.name)

    def _compare(self, store: ArticleStore, live: Manifest | None) -> Continuity | None:
        """How the archive follows on from a generation; None if that cannot be opened."""
        return store.compare(live.checkpoint) if live and self._is_compatible(live) else None

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
        continuity, previous = self._compare(task.store, live), None
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
            scheme = self._choose_scheme(live)
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


def _count_articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"
