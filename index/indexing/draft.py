"""A draft: a generation while it is built.

Responsibility: write the files of a generation. What has not changed is linked from the previous
generation, what is new is indexed.
Decision: each step writes one kind of files and needs those of the steps before it. Of the previous
generation only small files with verified checksums are read.
Must not depend on: why the generation is built, or how it is published.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from archive.database.identity import Checkpoint
from archive.database.store import ArticleStore
from index.indexing.chain_links import ChainLinker
from index.lexical.ports import LexicalEngine, LexicalIndex
from index.semantic.multi_vectors import MultiVectors
from index.storage.articles import read_articles
from index.storage.chains import NONE, Chains, build_chains, open_chains, write_chains
from index.storage.columns import ColumnsBuilder
from index.storage.doc_values import DocValues, open_doc_values
from index.storage.filings import KILLING, Filings, open_filings
from index.storage.generation import GenerationError, Manifest, link_tree, verify
from index.storage.layout import COLUMNS, LEXICAL, STORIES
from index.storage.segments import (
    ROWS,
    count_kept_segments,
    list_segments,
    next_segment_name,
    read_live_rows,
    write_live_rows,
)
from index.stories.assignment import RowStatistics, StoryAssigner, cluster_all
from index.stories.ids import NO_PREVIOUS_STORIES
from index.stories.store import open_story_store, write_story_store
from index.text.analysis import analyzer_languages

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total); stages are "indexing", "loading", "embedding", "clustering"."""
_SMALL = frozenset({COLUMNS, ROWS, STORIES})
"""The folders whose files are read when the next generation is built from this one."""


@dataclass(frozen=True, slots=True, eq=False)
class PreviousGeneration:
    """The generation that a new one is built from.

    Attributes:
        live_rows: By segment, the rows that still count, ascending.
    """

    folder: Path
    manifest: Manifest
    doc_values: DocValues
    filings: Filings
    chains: Chains
    live_rows: dict[str, NDArray[np.int32]]


def open_previous(home: Path, manifest: Manifest) -> PreviousGeneration | None:
    """Open the generation of a manifest to build the next one from it; None if it is damaged."""
    try:
        folder = verify(home, manifest, needs_file=lambda path: path.split("/")[0] in _SMALL)
    except GenerationError:
        return None
    return PreviousGeneration(
        folder=folder,
        manifest=manifest,
        doc_values=open_doc_values(folder / COLUMNS),
        filings=open_filings(folder / COLUMNS),
        chains=open_chains(folder / COLUMNS),
        live_rows=read_live_rows(folder),
    )


class Draft:
    """Builds one generation in an empty folder.

    Attributes:
        folder: The folder of the draft.
        previous: The generation that it is built from; None to build everything.
        progress: Reports the progress of every step.
        segments: As in `Manifest`, once the articles are indexed.
        checkpoint: What the archive held when they were indexed.
        released: The time until which embargoes are over.
        articles: How many articles it has; some have several rows, one for each version.
        is_rebuilt: Whether no segment of the previous generation is reused.
        previous_rows: (rows,) for each row, its row in the previous generation; -1 for versions
            that are new.
    """

    def __init__(
        self,
        folder: Path,
        previous: PreviousGeneration | None,
        *,
        lexical: LexicalEngine,
        progress: Progress,
    ) -> None:
        self.folder = folder
        self.previous = previous
        self.progress = progress
        self._lexical = lexical
        self.segments: dict[str, int] = dict(previous.manifest.segments) if previous else {}
        self.checkpoint = previous.manifest.checkpoint if previous else Checkpoint()
        self.released = datetime.now(UTC).isoformat()
        self.articles = previous.manifest.articles if previous else 0
        self.is_rebuilt = previous is None
        self.previous_rows = np.arange(len(previous.doc_values) if previous else 0)
        for part in (COLUMNS, LEXICAL, ROWS, STORIES):
            (folder / part).mkdir()

    @cached_property
    def doc_values(self) -> DocValues:
        """The doc values of all rows, once the articles are indexed."""
        return open_doc_values(self.folder / COLUMNS)

    @cached_property
    def chains(self) -> Chains:
        """The chains of all rows, once the articles are indexed."""
        return open_chains(self.folder / COLUMNS)

    @cached_property
    def live_rows(self) -> dict[str, NDArray[np.int32]]:
        """The live rows of each segment, once the articles are indexed."""
        return read_live_rows(self.folder)

    @cached_property
    def lexical_index(self) -> LexicalIndex:
        """The lexical index, once the articles are indexed."""
        segments = list_segments(self.folder, LEXICAL, self.live_rows)
        return self._lexical.open(segments, analyzer_languages(self.doc_values.language_names))

    def link_articles(self) -> int:
        """Link doc values and lexical index from the previous generation; 0 articles indexed."""
        assert self.previous is not None
        self.released = self.previous.manifest.released or self.released
        for part in (COLUMNS, LEXICAL, ROWS):
            (self.folder / part).rmdir()
            link_tree(self.previous.folder / part, self.folder / part)
        return 0

    def index_articles(self, store: ArticleStore, *, rebuild: bool) -> int:
        """Index new versions in a new segment; return of how many articles.

        Args:
            rebuild: Index all articles, and reuse no segment.
        """
        reused, after = ({}, 0) if rebuild else self._select_reused_segments(store)
        name = next_segment_name(self.segments)
        self.checkpoint = store.read_checkpoint()
        self.segments = {**reused, name: self.checkpoint.sequence}
        self.is_rebuilt = not reused
        builder = ColumnsBuilder()
        (self.folder / LEXICAL / name).mkdir()
        articles = self._read_articles(store, after, builder)
        self._lexical.build(self.folder / LEXICAL / name, articles)
        columns, previous_rows = ColumnsBuilder(), [np.empty(0, np.intp)]
        live_rows = {}
        for segment, rows, live in self._find_live_rows(reused, store):
            assert self.previous is not None
            link_tree(self.previous.folder / LEXICAL / segment, self.folder / LEXICAL / segment)
            live_rows[segment] = live
            columns.copy_rows(self.previous.doc_values, self.previous.filings, rows)
            previous_rows.append(rows)
        live_rows[name] = np.arange(len(builder), dtype=np.int32)
        write_live_rows(self.folder, live_rows)
        columns.extend(builder)
        previous_rows.append(self._find_previous_rows(builder))
        self.previous_rows = np.concatenate(previous_rows)
        columns.write(self.folder / COLUMNS)
        self._link_chains(store, columns)
        return len({uri for uri, _ in builder.keys})

    def _link_chains(self, store: ArticleStore, columns: ColumnsBuilder) -> None:
        """Write which rows are versions of one text."""
        older = columns.find_older(store.find_newest_versions(columns.list_repeated()))
        self.articles = int(np.count_nonzero(older == NONE))
        doc_values, filings = self.doc_values, open_filings(self.folder / COLUMNS)
        linker = ChainLinker(
            filings=filings,
            ranks=doc_values.uri_rank,
            linkable=older == NONE,
            read=lambda rows: read_articles(store, rows, doc_values.get_keys),
            previous=self.previous.chains if self.previous else None,
            previous_rows=self.previous_rows,
        )
        chains = build_chains(
            linker.link(),
            older,
            filed=filings.filed,
            ranks=doc_values.uri_rank,
            kills=(filings.signals & KILLING) > 0,
        )
        write_chains(self.folder / COLUMNS, chains)

    def _select_reused_segments(self, store: ArticleStore) -> tuple[dict[str, int], int]:
        """The segments to reuse, and the archive's last sequence number that they include."""
        if self.previous is None:
            return {}, 0
        pending = store.count_pending(self.previous.manifest.sequence)
        sizes = [len(rows) for rows in self.previous.live_rows.values()]
        names = list(self.previous.live_rows)[: count_kept_segments(sizes, pending)]
        segments = {name: self.previous.manifest.segments[name] for name in names}
        return segments, max(segments.values(), default=0)

    def _find_live_rows(
        self, names: dict[str, int], store: ArticleStore
    ) -> Iterator[tuple[str, NDArray[np.intp], NDArray[np.int32]]]:
        """Yield each reused segment with its live rows, numbered in the generation and in it."""
        if not names or self.previous is None:
            return
        doc_values, first = self.previous.doc_values, 0
        withdrawn = store.find_withdrawn(after=self.previous.manifest.sequence)
        gone = [row for uri in withdrawn for row in doc_values.find_rows(uri).tolist()]
        for name in names:
            live = self.previous.live_rows[name]
            rows = np.setdiff1d(np.arange(first, first + len(live)), gone)
            yield name, rows, live[rows - first]
            first += len(live)

    def _find_previous_rows(self, builder: ColumnsBuilder) -> NDArray[np.intp]:
        """The previous rows of the versions of the new segment; -1 for new ones."""
        doc_values = self.previous.doc_values if self.previous else None
        rows = (doc_values.find_version(*key) if doc_values else None for key in builder.keys)
        return np.array([-1 if row is None else row for row in rows], np.intp)

    def _read_articles(
        self, store: ArticleStore, after: int, builder: ColumnsBuilder
    ) -> Iterator[Article]:
        """Yield the searchable versions, and add them to the columns."""
        total = store.count_pending(after)
        released = self.previous.manifest.released if self.previous else ""
        found = store.searchable(after=after, now=self.released, released=released)
        for done, (_, article) in enumerate(found, start=1):
            builder.add(article)
            yield article
            if done % 50 == 0:
                self.progress("indexing", done, max(done, total))
        self.progress("indexing", total, total)

    def cluster_stories(self, vectors: MultiVectors | None, *, vectors_id: tuple[str, str]) -> int:
        """Cluster all rows into stories, or assign new rows to them; return how many there are.

        Args:
            vectors: None without a model.
            vectors_id: The key and the scheme of the vectors. Stories that were found with other
                vectors are not reused.
        """
        doc_values, previous = self.doc_values, self.previous
        store = open_story_store(previous.folder / STORIES) if previous else None
        previous_stories = NO_PREVIOUS_STORIES
        if store and previous:
            previous_stories = store.to_previous(previous.doc_values)
        self.progress("clustering", 0, len(doc_values))
        if store and previous and not self.is_rebuilt and _get_vectors_id(previous) == vectors_id:
            labels, statistics = self._assign_stories(previous, store.labels, vectors)
        else:
            means = vectors.means.to_array() if vectors else None
            counts = self.lexical_index.term_matrix()
            heads = self.chains.heads
            labels, statistics = cluster_all(counts, means, doc_values.published, heads=heads)
        self.progress("clustering", len(doc_values), len(doc_values))
        folder = self.folder / STORIES
        statistics.write(folder)
        mean_vectors = vectors.means if vectors else None
        return write_story_store(
            folder, labels, doc_values, mean_vectors, previous=previous_stories, chains=self.chains
        )

    def _assign_stories(
        self,
        previous: PreviousGeneration,
        labels: NDArray[np.int32],
        vectors: MultiVectors | None,
    ) -> tuple[NDArray[np.int32], RowStatistics]:
        """Assign new and changed articles to the stories of the previous generation."""
        rows = self.previous_rows
        statistics = RowStatistics.read(previous.folder / STORIES).select(rows)
        assigner = StoryAssigner(
            np.where(rows < 0, np.int32(-1), labels[rows]),
            statistics,
            self.lexical_index.term_matrix(np.flatnonzero(rows < 0)),
            vectors=vectors,
            published=self.doc_values.published,
            heads=self.chains.heads,
        )
        return assigner.run(), statistics


def _get_vectors_id(generation: PreviousGeneration) -> tuple[str, str]:
    return generation.manifest.model_key, generation.manifest.scheme
