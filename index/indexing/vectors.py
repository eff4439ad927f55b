"""The vectors of a draft: those of the generation before are linked, what has none is embedded.

Decision: vectors are taken over by segment where model and cutting are the same; a row that is gone
keeps its place, so that words and vectors of a segment have the same rows.
Must not know queries, stories or what is published.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from archive.database.store import ArticleStore
from index.indexing.draft import Draft
from index.ports import ModelUnavailableError
from index.semantic.cache import EmbeddingCache, PassageEmbeddings
from index.semantic.embed import embed_missing
from index.semantic.multi_vectors import MultiVectors
from index.semantic.passages import PassageScheme
from index.semantic.ports import Models
from index.semantic.recall import is_exact, measure_recall
from index.semantic.vectors import write_vectors
from index.storage.articles import read_articles
from index.storage.generation import link_tree
from index.storage.layout import SEMANTIC
from index.storage.segments import list_segments

FEW = 24
"""Articles that are embedded without loading the model: loading it costs what they do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingReport:
    """What a model has read of a generation.

    Attributes:
        key: Of the vectors; empty where there are none.
        scheme: Which passages the vectors are of.
        passages: How many there are.
        recall, recall_rows: As in `Manifest`.
        embedded: How many passages were embedded now.
        unread: How many articles of which segments have no vectors.
        problem: Why there are none for all.
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
    """Adds vectors to a draft that has words."""

    def __init__(
        self,
        draft: Draft,
        store: ArticleStore,
        *,
        models: Models,
        cache: Path,
        scheme: PassageScheme,
    ) -> None:
        """`cache` is the folder of the embeddings that are kept, `scheme` what is asked for."""
        self._draft = draft
        self._store = store
        self._models = models
        self._cache = cache
        self._scheme = scheme

    @property
    def vectors(self) -> MultiVectors | None:
        """What was added; None where that is nothing."""
        folder = self._draft.folder
        if not (folder / SEMANTIC).is_dir():
            return None
        return MultiVectors(list_segments(folder, SEMANTIC, self._draft.rows))

    def add(self, *, embed: bool) -> EmbeddingReport:
        """Add the vectors of every segment: linked, from the cache, or embedded now.

        Args:
            embed: Whether what is not cached is to be embedded; it stays unread otherwise.
        """
        base, problem, embedded = self._draft.base, "", 0
        key = base.manifest.model_key if base else ""
        if embed:
            try:
                key, embedded = self._embed()
            except ModelUnavailableError as error:
                problem = str(error)
                if key and base:  # Who can search by meaning keeps what there is.
                    self._scheme = PassageScheme.from_name(base.manifest.scheme)
                key = key or self._models.get_known_key() or ""
        unread = self._write(key) if key else {}
        if unread and sum(unread.values()) == len(self._draft.doc_values):
            (self._draft.folder / SEMANTIC).rmdir()
            key, unread = "", {}
        share, rows = self._recall(key)
        return EmbeddingReport(
            key=key,
            scheme=self._scheme,
            passages=self._passages(unread),
            recall=share,
            recall_rows=rows,
            embedded=embedded,
            unread=unread,
            problem=problem,
        )

    def _recall(self, key: str) -> tuple[float | None, int]:
        """Measured where most vectors are new; else as it was with those that are kept."""
        base, vectors, rows = self._draft.base, self.vectors, len(self._draft.doc_values)
        if vectors is None:
            return None, 0
        if base and base.manifest.recall is not None and not self._draft.anew:
            kept = (base.manifest.model_key, base.manifest.scheme) == (key, self._scheme.name)
            if kept and not is_exact(min(rows, base.manifest.recall_rows)):
                return base.manifest.recall, base.manifest.recall_rows
        return measure_recall(vectors), rows

    def _passages(self, unread: dict[str, int]) -> int:
        """How many passages have vectors; an unread article's place holds one that has none."""
        held = self._draft.folder / SEMANTIC
        blank = sum(count for name, count in unread.items() if (held / name).is_dir())
        return self.vectors.passages - blank if self.vectors else 0

    def _write(self, key: str) -> dict[str, int]:
        """Link or write every segment's vectors; how many articles of which have none."""
        base, folder = self._draft.base, self._draft.folder / SEMANTIC
        folder.mkdir()
        unread: dict[str, int] = {}
        missing = self._without(key)
        with closing(self._kept(key)) as cache:
            for name in self._draft.segments:
                if name not in missing:
                    assert base is not None
                    link_tree(base.folder / SEMANTIC / name, folder / name)
                    continue
                rows = [cache.get(a.content_hash) for a in self._articles([name])]
                if lacking := sum(row is None for row in rows):
                    unread[name] = lacking
                if lacking < len(rows) or not rows:
                    (folder / name).mkdir()
                    write_vectors(folder / name, _in_places(rows, self._draft.rows[name]))
        return unread

    def _without(self, key: str) -> list[str]:
        """The segments for which no vectors of this key can be taken over as they are."""
        base, names = self._draft.base, self._draft.segments
        wanted = (key, self._scheme.name)
        if base is None or (base.manifest.model_key, base.manifest.scheme) != wanted:
            return list(names)
        held = base.folder / SEMANTIC
        return [n for n in names if n in base.manifest.unread or not (held / n).is_dir()]

    def _embed(self) -> tuple[str, int]:
        """Embed what is not cached; the model's key, and how many passages were embedded."""
        key, light = self._models.get_known_key(), None
        if key:
            with closing(self._kept(key)) as cache:
                hashes = [article.content_hash for article in self._articles(self._without(key))]
                missing = cache.find_missing(hashes)
            if not missing:
                return key, 0
            light = self._models.load_light_document_encoder(key) if len(missing) <= FEW else None
        encoder = light or self._models.load_document_encoder()
        names = self._without(encoder.key)
        with closing(self._kept(encoder.key)) as cache:
            count = embed_missing(
                lambda: self._articles(names),
                encoder,
                cache,
                progress=lambda done, total: self._draft.progress("meaning", done, total),
            )
        return encoder.key, count

    def _kept(self, key: str) -> EmbeddingCache:
        """The embeddings of one model."""
        scheme = self._scheme
        return EmbeddingCache(self._cache, model=key, chunking=scheme.chunking, limit=scheme.limit)

    def _articles(self, names: list[str]) -> Iterator[Article]:
        """The articles of these segments that count, however the archive has changed since."""
        first = 0
        for name, places in self._draft.rows.items():
            if name in names:
                rows = np.arange(first, first + len(places), dtype=np.int32)
                yield from read_articles(self._store, rows, self._draft.doc_values.get_keys)
            first += len(places)


def _in_places(
    rows: Sequence[PassageEmbeddings | None], places: NDArray[np.int32]
) -> Iterator[PassageEmbeddings]:
    """What is to be written for each row of a segment; zeros where it is gone or unread."""
    dim = next((row.vectors.shape[1] for row in rows if row), 0)
    nothing = PassageEmbeddings(np.zeros((1, dim), np.float32), np.zeros((1, 2), np.int32))
    place = 0
    for row, wanted in zip(rows, places.tolist(), strict=True):
        yield from [nothing] * (wanted - place)
        yield row or nothing
        place = wanted + 1
