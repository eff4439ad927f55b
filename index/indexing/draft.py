"""A generation in the making: what stays of the one before is linked, what is new is built.

Decision: each step writes one kind of files into the draft and needs those before it; nothing is
read of the generation before but small files, whose checksums were checked.
Must not know why it is made, nor what is published.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from archive.database.store import ArticleStore
from index.lexical.ports import LexicalEngine, LexicalIndex
from index.semantic.multi_vectors import MultiVectors
from index.storage.doc_values import DocValues, DocValuesBuilder, open_doc_values
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
"""Told (stage, done, of how many); stages are "words", "meaning" and "stories"."""


def _is_small(path: str) -> bool:
    """Whether a file is read to make the next generation from it."""
    return path.split("/")[0] in {COLUMNS, ROWS, STORIES}


@dataclass(frozen=True, slots=True, eq=False)
class PreviousGeneration:
    """The generation before: its folder, manifest and columns, and which rows of segments count."""

    folder: Path
    manifest: Manifest
    doc_values: DocValues
    rows: dict[str, NDArray[np.int32]]


def open_previous(home: Path, manifest: Manifest) -> PreviousGeneration | None:
    """What the next generation is made from; None where it is damaged."""
    try:
        folder = verify(home, manifest, needs_file=_is_small)
    except GenerationError:
        return None
    doc_values = open_doc_values(folder / COLUMNS)
    return PreviousGeneration(folder, manifest, doc_values, read_live_rows(folder))


class Draft:
    """Builds one generation in an empty folder.

    Attributes:
        folder, base, progress: What it is made in, from and told to.
        segments: As in `Manifest`, once there are words.
        anew: Whether no segment of the generation before was kept.
        known: (n,) for each row its row in the generation before; -1 for what is new or changed.
    """

    def __init__(
        self,
        folder: Path,
        base: PreviousGeneration | None,
        *,
        lexical: LexicalEngine,
        progress: Progress,
    ) -> None:
        self.folder = folder
        self.base = base
        self._lexical = lexical
        self.progress = progress
        self.segments: dict[str, int] = dict(base.manifest.segments) if base else {}
        self.anew = base is None
        self.known = np.arange(len(base.doc_values) if base else 0)
        for part in (COLUMNS, LEXICAL, ROWS, STORIES):
            (folder / part).mkdir()

    @cached_property
    def doc_values(self) -> DocValues:
        """The columns, once there are words."""
        return open_doc_values(self.folder / COLUMNS)

    @cached_property
    def rows(self) -> dict[str, NDArray[np.int32]]:
        """Which rows of each segment count, once there are words."""
        return read_live_rows(self.folder)

    @cached_property
    def words(self) -> LexicalIndex:
        """The lexical index, once there are words."""
        found = list_segments(self.folder, LEXICAL, self.rows)
        return self._lexical.open(found, analyzer_languages(self.doc_values.language_names))

    def keep_words(self) -> int:
        """Take over columns and words as they are; 0 articles are indexed."""
        assert self.base is not None
        for part in (COLUMNS, LEXICAL, ROWS):
            (self.folder / part).rmdir()
            link_tree(self.base.folder / part, self.folder / part)
        return 0

    def add_words(self, store: ArticleStore, *, anew: bool) -> int:
        """Index articles that are new or changed in a segment of their own; return how many.

        Args:
            anew: Index all of them and keep no segment.
        """
        before, after = ({}, 0) if anew else self._kept_segments(store)
        name = next_segment_name(self.segments)
        self.segments = {**before, name: store.last_sequence()}
        self.anew = not before
        builder, changed = DocValuesBuilder(), set[str]()
        (self.folder / LEXICAL / name).mkdir()
        articles = self._collected(store, after, builder, changed)
        self._lexical.build(self.folder / LEXICAL / name, articles)
        whole, stayed = DocValuesBuilder(), [np.empty(0, np.intp)]
        live_rows = {}
        for segment, rows, places in self._staying(before, changed):
            assert self.base is not None
            link_tree(self.base.folder / LEXICAL / segment, self.folder / LEXICAL / segment)
            live_rows[segment] = places
            whole.copy_rows(self.base.doc_values, rows)
            stayed.append(rows)
        live_rows[name] = np.arange(len(builder), dtype=np.int32)
        write_live_rows(self.folder, live_rows)
        whole.extend(builder)
        self.known = np.concatenate([*stayed, self._taken_in(builder, changed)])
        whole.write(self.folder / COLUMNS)
        return len(builder)

    def _kept_segments(self, store: ArticleStore) -> tuple[dict[str, int], int]:
        """The segments that stay, and the archive's sequence number up to which they go."""
        if self.base is None:
            return {}, 0
        pending = store.count_pending(self.base.manifest.sequence)
        sizes = [len(places) for places in self.base.rows.values()]
        names = list(self.base.rows)[: count_kept_segments(sizes, pending)]
        segments = {name: self.base.manifest.segments[name] for name in names}
        return segments, max(segments.values(), default=0)

    def _staying(
        self, names: dict[str, int], changed: set[str]
    ) -> Iterator[tuple[str, NDArray[np.intp], NDArray[np.int32]]]:
        """Of each segment that stays: its rows that still count, before and within it."""
        first = 0
        for name in names:
            assert self.base is not None
            places, doc_values = self.base.rows[name], self.base.doc_values
            found = (doc_values.find_row(uri) for uri in changed)
            gone = [row for row in found if row is not None]
            rows = np.setdiff1d(np.arange(first, first + len(places)), gone)
            yield name, rows, places[rows - first]
            first += len(places)

    def _taken_in(self, builder: DocValuesBuilder, changed: set[str]) -> NDArray[np.intp]:
        """Rows before of the articles of the new segment; -1 for what is new or changed."""
        doc_values = self.base.doc_values if self.base else None
        found = (
            None if doc_values is None or uri in changed else doc_values.find_row(uri)
            for uri in builder.uris
        )
        return np.array([-1 if row is None else row for row in found], np.intp)

    def _collected(
        self, store: ArticleStore, after: int, builder: DocValuesBuilder, changed: set[str]
    ) -> Iterator[Article]:
        """The newest versions that may be shown, noted in columns as they pass.

        Whatever the generation before may hold another version of is noted as changed.
        """
        before = self.base.manifest.sequence if self.base else 0
        total = store.count_pending(after)
        for done, (sequence, article) in enumerate(store.newest(after=after), start=1):
            if sequence > before:
                changed.add(article.uri)
            if article.pub_status == "usable":
                builder.add(article)
                yield article
            if done % 50 == 0 or done >= total:
                self.progress("words", done, max(done, total))

    def add_stories(self, vectors: MultiVectors | None, *, of: tuple[str, str]) -> int:
        """Find the stories of all rows, or let new ones join; return how many there are.

        Args:
            of: Key and scheme of the vectors; stories that others were used for are found anew.
        """
        doc_values, base = self.doc_values, self.base
        book = open_story_store(base.folder / STORIES) if base else None
        before = book.to_previous(base.doc_values) if book and base else NO_PREVIOUS_STORIES
        self.progress("stories", 0, len(doc_values))
        same = base is not None and (base.manifest.model_key, base.manifest.scheme) == of
        if book and base and not self.anew and same:
            labels, around = self._joined(base, book.labels, vectors)
        else:
            means = vectors.means.to_array() if vectors else None
            labels, around = cluster_all(self.words.term_matrix(), means, doc_values.published)
        self.progress("stories", len(doc_values), len(doc_values))
        around.write(self.folder / STORIES)
        centred = vectors.means if vectors else None
        return write_story_store(self.folder / STORIES, labels, doc_values, centred, before=before)

    def _joined(
        self, base: PreviousGeneration, labels: NDArray[np.int32], vectors: MultiVectors | None
    ) -> tuple[NDArray[np.int32], RowStatistics]:
        """Let what is new or changed join the stories before."""
        around = RowStatistics.read(base.folder / STORIES).of(self.known)
        joining = StoryAssigner(
            np.where(self.known < 0, np.int32(-1), labels[self.known]),
            around,
            self.words.term_matrix(np.flatnonzero(self.known < 0)),
            vectors=vectors,
            published=self.doc_values.published,
        )
        return joining.run(), around
