"""Reindex: build a generation from the archive beside the live one, and switch to it.

Decision: words first. Where nothing can be searched by meaning yet, a lexical generation goes live
before embedding begins; otherwise the live one answers until the new one is whole.
Must not know requests or pages.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from archive.article import Article
from archive.store import ArticleStore
from index.columns import Columns, ColumnsBuilder, open_columns
from index.generation import (
    FOLDER,
    GenerationError,
    Manifest,
    current_id,
    draft,
    link_tree,
    publish,
    read_manifest,
    verified,
)
from index.live import COLUMNS, FORMAT, LEXICAL, SEMANTIC, STORIES, analysed
from index.parts import Part
from index.ports import LexicalEngine, Models, ModelUnavailableError
from index.semantic.cache import Embedded, EmbeddingCache
from index.semantic.embed import embed_missing
from index.semantic.passages import SCHEME
from index.semantic.vectors import VectorIndex, write_vectors
from index.stories import cluster
from index.storybook import open_stories, write_stories
from index.storyids import NOTHING_BEFORE, Before

LOCK = "reindex.lock"
_FETCH = 500

Progress = Callable[[str, int, int], None]
"""Told (stage, done, of how many); stages are "words", "meaning" and "stories"."""


class ReindexRunningError(Exception):
    """Another reindex of this archive is under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReindexReport:
    """What a reindex did; `reason` is empty where nothing was needed."""

    generation: str
    articles: int
    passages: int
    embedded: int
    seconds: float
    reason: str
    model_problem: str = ""


def silent(stage: str, done: int, total: int) -> None:
    """Progress for whoever does not watch."""


class Reindexer:
    """Builds generations for one archive folder."""

    def __init__(
        self,
        home: Path,
        *,
        lexical: LexicalEngine,
        models: Models,
        embeddings: Path | None = None,
    ) -> None:
        """`embeddings` is the folder whose cache is used, `home` unless told."""
        self._home = home
        self._lexical = lexical
        self._models = models
        self._embeddings = embeddings or home

    def reason(self) -> str:
        """Why a reindex is needed, in words; empty where it is not."""
        live = self._live()
        if live is None:
            return "there is no index yet"
        return self._words_reason(live) or self._meaning_reason(live)

    def run(
        self, *, force: bool = False, words_only: bool = False, progress: Progress = silent
    ) -> ReindexReport:
        """Bring the index up to date with the archive.

        Args:
            force: Build again even where nothing has changed; embeddings are still reused.
            words_only: Stop once the words are indexed; a later run adds the vectors.

        Raises:
            ReindexRunningError: Another process is at it.
        """
        started = time.monotonic()
        lock = FileLock(self._home / LOCK)
        try:
            with lock.acquire(timeout=0), ArticleStore.open(self._home) as store:
                return self._run(store, force, words_only, progress, started)
        except Timeout as error:
            raise ReindexRunningError(
                f"Another reindex of {self._home} is running; wait until it has ended."
            ) from error

    def _run(
        self,
        store: ArticleStore,
        force: bool,
        words_only: bool,
        progress: Progress,
        started: float,
    ) -> ReindexReport:
        live, embedded = self._live(), 0
        reason = "it was asked for" if force else self.reason()
        base = live
        if live is None or force or self._words_reason(live):
            # Readers who can search by meaning keep that until the new vectors are there.
            switch = words_only or live is None or not live.model_key
            base = self._build_words(store, progress, switch=switch)
        assert base is not None
        if not words_only and (base is not live or self._meaning_reason(base)):
            base, embedded = self._build_meaning(store, base, progress)
        return ReindexReport(
            generation=base.id,
            articles=base.rows,
            passages=base.passages,
            embedded=embedded,
            seconds=round(time.monotonic() - started, 3),
            reason=reason,
            model_problem=base.model_problem,
        )

    def _live(self) -> Manifest | None:
        name = current_id(self._home)
        if name is None:
            return None
        try:
            return read_manifest(self._home, name)
        except GenerationError:
            return None

    def _words_reason(self, live: Manifest) -> str:
        if (live.format, live.engine) != (FORMAT, self._lexical.name):
            return "the index was built by another version"
        with ArticleStore.open(self._home) as store:
            if live.sequence == store.last_sequence():
                return ""
            return f"{store.count_pending(live.sequence)} articles are new or changed"

    def _meaning_reason(self, live: Manifest) -> str:
        if live.model != self._models.name:
            return f"the model {self._models.name} has not read the articles yet"
        # A model that could not be loaded is not tried at every start, only on --force.
        changed = live.model_key and live.scheme != SCHEME
        return "passages are cut in another way now" if changed else ""

    def _build_words(self, store: ArticleStore, progress: Progress, *, switch: bool) -> Manifest:
        sequence, total = store.last_sequence(), store.count()
        with draft(self._home) as folder:
            for part in (COLUMNS, LEXICAL, STORIES):
                (folder / part).mkdir()
            builder = ColumnsBuilder()
            self._lexical.build(folder / LEXICAL, _collected(store, builder, total, progress))
            builder.write(folder / COLUMNS)
            columns = open_columns(folder / COLUMNS)
            count = self._build_stories(folder, columns, None, progress)
            manifest = Manifest(
                format=FORMAT,
                engine=self._lexical.name,
                sequence=sequence,
                rows=len(columns),
                stories=count,
            )
            return publish(self._home, folder, manifest, switch=switch)

    def _build_meaning(
        self, store: ArticleStore, base: Manifest, progress: Progress
    ) -> tuple[Manifest, int]:
        source = self._home / FOLDER / base.id
        with draft(self._home) as folder:
            for part in (COLUMNS, LEXICAL):
                link_tree(source / part, folder / part)
            columns = open_columns(folder / COLUMNS)
            try:
                key, embedded = self._embed(store, columns, progress)
            except ModelUnavailableError as error:
                link_tree(source / STORIES, folder / STORIES)
                manifest = replace(
                    base,
                    passages=0,
                    model=self._models.name,
                    model_key="",
                    scheme="",
                    model_problem=str(error),
                )
                return publish(self._home, folder, manifest, switch=True), 0
            (folder / SEMANTIC).mkdir()
            (folder / STORIES).mkdir()
            with closing(EmbeddingCache(self._embeddings, model=key, scheme=SCHEME)) as cache:
                rows = _embedded(_in_rows(store, columns), cache)
                passages = write_vectors(folder / SEMANTIC, rows)
            means = VectorIndex(folder / SEMANTIC).means
            manifest = replace(
                base,
                passages=passages,
                stories=self._build_stories(folder, columns, means, progress),
                model=self._models.name,
                model_key=key,
                scheme=SCHEME,
                model_problem="",
            )
            return publish(self._home, folder, manifest, switch=True), embedded

    def _embed(self, store: ArticleStore, columns: Columns, progress: Progress) -> tuple[str, int]:
        """Embed what is not cached; the model's key, and how many passages were embedded."""
        key = self._models.known_key()
        if key:
            with closing(EmbeddingCache(self._embeddings, model=key, scheme=SCHEME)) as cache:
                if not cache.missing([a.content_hash for a in _in_rows(store, columns)]):
                    return key, 0
        encoder = self._models.documents()
        with closing(EmbeddingCache(self._embeddings, model=encoder.key, scheme=SCHEME)) as cache:
            count = embed_missing(
                lambda: _in_rows(store, columns),
                encoder,
                cache,
                progress=lambda done, total: progress("meaning", done, total),
            )
        return encoder.key, count

    def _build_stories(
        self,
        folder: Path,
        columns: Columns,
        means: NDArray[np.float32] | None,
        progress: Progress,
    ) -> int:
        index = self._lexical.open([Part(folder / LEXICAL)], analysed(columns.language_names))
        progress("stories", 0, len(columns))
        labels = cluster(index.term_counts(), means, columns.published)
        progress("stories", len(columns), len(columns))
        return write_stories(folder / STORIES, labels, columns, means, before=self._before())

    def _before(self) -> Before:
        """The stories that readers have addresses of."""
        name = current_id(self._home)
        try:
            folder, _ = verified(self._home, name or "", parts=(COLUMNS, STORIES))
            return open_stories(folder / STORIES).before(open_columns(folder / COLUMNS))
        except (GenerationError, OSError, KeyError, ValueError):
            # None yet, damaged, or of a version that wrote other files: ids begin anew.
            return NOTHING_BEFORE


def _collected(
    store: ArticleStore, builder: ColumnsBuilder, total: int, progress: Progress
) -> Iterator[Article]:
    """The newest version of every article that may be shown, noted in columns as it passes."""
    for done, (_, article) in enumerate(store.newest(), start=1):
        if article.pub_status == "usable":
            builder.add(article)
            yield article
        if done % 50 == 0 or done == total:
            progress("words", done, total)


def _in_rows(store: ArticleStore, columns: Columns) -> Iterator[Article]:
    """The articles of a generation in row order, however the archive has changed since."""
    for start in range(0, len(columns), _FETCH):
        keys = [columns.key(row) for row in range(start, min(start + _FETCH, len(columns)))]
        found = store.get_many(keys)
        yield from (found[key] for key in keys)


def _embedded(articles: Iterable[Article], cache: EmbeddingCache) -> Iterator[Embedded]:
    for article in articles:
        row = cache.get(article.content_hash)
        assert row is not None, f"{article.uri} was embedded a moment ago"
        yield row
