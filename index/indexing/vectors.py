"""The vectors of a draft.

Responsibility: link the vectors of unchanged segments, and embed the articles of the others.
Decision: the vectors of a segment are linked if model and chunking are the same. A removed row
keeps its vectors, so that the lexical files and the vectors of a segment have the same rows.
Must not depend on: queries, stories, or how a generation is published.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from archive.database.store import ArticleStore, StoreError
from index.indexing.draft import Draft
from index.ports import ModelUnavailableError
from index.semantic.cache import EmbeddingCache, PassageEmbeddings
from index.semantic.embed import embed_missing
from index.semantic.multi_vectors import MultiVectors
from index.semantic.passages import PassageScheme
from index.semantic.ports import Encoder, Models
from index.semantic.recall import is_exact, measure_recall
from index.semantic.vectors import write_vectors
from index.storage.articles import read_articles
from index.storage.generation import link_tree
from index.storage.layout import SEMANTIC
from index.storage.segments import list_segments

LIGHT_ENCODER_ARTICLES = 24
"""Up to so many articles are embedded without loading the model, which takes as long as they do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingReport:
    """The embeddings of a generation.

    Attributes:
        key: The key of the model of the vectors; empty if there are none.
        scheme: Which passages have vectors.
        passages: The number of passages with vectors.
        recall, recall_rows: As in `Manifest`.
        embedded: The number of passages that were embedded now.
        unread: By segment, the number of articles without vectors.
        problem: Why there are articles without vectors; empty if the model was loaded.
    """

    key: str
    scheme: PassageScheme
    passages: int
    recall: float | None
    recall_rows: int
    embedded: int
    unread: dict[str, int]
    problem: str


class VectorBuilder:
    """Adds vectors to a draft whose articles are indexed."""

    def __init__(
        self,
        draft: Draft,
        store: ArticleStore,
        *,
        models: Models,
        cache: Path,
        scheme: PassageScheme,
    ) -> None:
        """Prepare to embed.

        Args:
            cache: The folder of the embedding cache.
            scheme: Which passages to embed.
        """
        self._draft = draft
        self._store = store
        self._models = models
        self._cache = cache
        self._scheme = scheme

    def open(self) -> MultiVectors | None:
        """Open the vectors that were added; None if there are none."""
        folder = self._draft.folder
        if not (folder / SEMANTIC).is_dir():
            return None
        return MultiVectors(list_segments(folder, SEMANTIC, self._draft.live_rows))

    def add(self, *, embed: bool) -> EmbeddingReport:
        """Add the vectors of every segment: linked, from the cache, or embedded now.

        Args:
            embed: Whether to embed articles that are not cached; otherwise they have no vectors.
        """
        previous, problem, embedded = self._draft.previous, "", 0
        key = previous.manifest.model_key if previous else ""
        if embed:
            try:
                key, embedded = self._embed()
            except ModelUnavailableError as error:
                problem = str(error)
                if key and previous:  # The vectors that exist stay searchable.
                    self._scheme = PassageScheme.from_name(previous.manifest.scheme)
                key = key or self._models.get_known_key() or ""
        unread = self._write(key) if key else {}
        if unread and sum(unread.values()) == len(self._draft.doc_values):
            (self._draft.folder / SEMANTIC).rmdir()
            key, unread = "", {}
        recall, rows = self._measure_recall(key)
        return EmbeddingReport(
            key=key,
            scheme=self._scheme,
            passages=self._count_passages(unread),
            recall=recall,
            recall_rows=rows,
            embedded=embedded,
            unread=unread,
            problem=problem,
        )

    def _measure_recall(self, key: str) -> tuple[float | None, int]:
        """Measure recall, unless most vectors are those with which it was measured before."""
        previous, vectors, rows = self._draft.previous, self.open(), len(self._draft.doc_values)
        if vectors is None:
            return None, 0
        if previous and previous.manifest.recall is not None and not self._draft.is_rebuilt:
            manifest = previous.manifest
            unchanged = (manifest.model_key, manifest.scheme) == (key, self._scheme.name)
            if unchanged and not is_exact(min(rows, manifest.recall_rows)):
                return manifest.recall, manifest.recall_rows
        return measure_recall(vectors), rows

    def _count_passages(self, unread: dict[str, int]) -> int:
        """Count the passages with vectors; an article without vectors has one blank passage."""
        folder, vectors = self._draft.folder / SEMANTIC, self.open()
        blank = sum(count for name, count in unread.items() if (folder / name).is_dir())
        return vectors.passages - blank if vectors else 0

    def _write(self, key: str) -> dict[str, int]:
        """Link or write the vectors of every segment; by segment, the articles without vectors."""
        previous, folder = self._draft.previous, self._draft.folder / SEMANTIC
        folder.mkdir()
        unread: dict[str, int] = {}
        incomplete = self._find_incomplete_segments(key)
        with closing(self._open_cache(key)) as cache:
            for name in self._draft.segments:
                if name not in incomplete:
                    assert previous is not None
                    link_tree(previous.folder / SEMANTIC / name, folder / name)
                    continue
                rows = [cache.get(a.content_hash) for a in self._read_articles([name])]
                if len(rows) != len(self._draft.live_rows[name]):
                    raise StoreError(
                        "articles were deleted from the archive while it was indexed;"
                        " run `dateline reindex` again"
                    )
                if missing := sum(row is None for row in rows):
                    unread[name] = missing
                if missing < len(rows) or not rows:
                    (folder / name).mkdir()
                    live_rows = self._draft.live_rows[name]
                    write_vectors(folder / name, _fill_removed_rows(rows, live_rows))
        return unread

    def _find_incomplete_segments(self, key: str) -> list[str]:
        """The segments whose vectors of this key cannot be linked from the previous generation."""
        previous, names = self._draft.previous, self._draft.segments
        if previous is None:
            return list(names)
        manifest = previous.manifest
        if (manifest.model_key, manifest.scheme) != (key, self._scheme.name):
            return list(names)
        folder = previous.folder / SEMANTIC
        return [n for n in names if n in manifest.unread or not (folder / n).is_dir()]

    def _embed(self) -> tuple[str, int]:
        """Embed what is not cached; the key of the model, and the number of embedded passages."""
        key, light = self._models.get_known_key(), None
        if key:
            names = self._find_incomplete_segments(key)
            with closing(self._open_cache(key)) as cache:
                missing = cache.find_missing([a.content_hash for a in self._read_articles(names)])
            if not missing:
                return key, 0
            if len(missing) <= LIGHT_ENCODER_ARTICLES:
                light = self._models.load_light_document_encoder(key)
        encoder = light or self._load_encoder()
        names = self._find_incomplete_segments(encoder.key)
        with closing(self._open_cache(encoder.key)) as cache:
            count = embed_missing(
                lambda: self._read_articles(names),
                encoder,
                cache,
                progress=lambda done, total: self._draft.progress("embedding", done, total),
            )
        return encoder.key, count

    def _load_encoder(self) -> Encoder:
        self._draft.progress("loading", 0, 1)
        encoder = self._models.load_document_encoder()
        self._draft.progress("loading", 1, 1)
        return encoder

    def _open_cache(self, key: str) -> EmbeddingCache:
        """Open the embedding cache for one model."""
        scheme = self._scheme
        return EmbeddingCache(self._cache, model=key, chunking=scheme.chunking, limit=scheme.limit)

    def _read_articles(self, names: list[str]) -> Iterator[Article]:
        """Yield the articles of the live rows of some segments, in the indexed version."""
        first = 0
        for name, live_rows in self._draft.live_rows.items():
            if name in names:
                rows = np.arange(first, first + len(live_rows), dtype=np.int32)
                yield from read_articles(self._store, rows, self._draft.doc_values.get_keys)
            first += len(live_rows)


def _fill_removed_rows(
    rows: Sequence[PassageEmbeddings | None], live_rows: NDArray[np.int32]
) -> Iterator[PassageEmbeddings]:
    """Yield embeddings for every row of a segment; zeros for removed rows and missing ones."""
    dim = next((row.vectors.shape[1] for row in rows if row), 0)
    blank = PassageEmbeddings(np.zeros((1, dim), np.float32), np.zeros((1, 2), np.int32))
    next_row = 0
    for row, number in zip(rows, live_rows.tolist(), strict=True):
        yield from [blank] * (number - next_row)
        yield row or blank
        next_row = number + 1
