"""The lexical engine that searches arrays; the default.

Responsibility: build segments, and open them as one index.
Decision: the segments have a Whoosh index as well, which this engine never opens; the plain Whoosh
engine reads the same folders.
Must not depend on: embeddings, stories or the query syntax.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from archive.article import Article
from index.lexical.array_index import ArrayIndex
from index.lexical.build.segment import build_segment
from index.lexical.headlines import HeadlineIndex
from index.lexical.query.multi_postings import merge_postings
from index.lexical.schema import FIELDS
from index.lexical.segment_arrays import open_segment
from index.storage.segments import Segment, map_rows

INDEX_KIND = "whoosh"
"""In the manifest of a generation: what its lexical folders contain. Both engines read it."""
_WHOOSH_FILES = (".pst", ".trm", ".col", ".toc", "_WRITELOCK")
"""How the names of Whoosh's own files end; they are half of an index."""


class ArrayEngine:
    """A `LexicalEngine` that scores all matching articles at once, as arrays."""

    name = INDEX_KIND

    def needs_file(self, path: str) -> bool:
        """As in `LexicalEngine`: all files but Whoosh's own."""
        return not path.endswith(_WHOOSH_FILES)

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """As in `LexicalEngine`."""
        build_segment(folder, articles)

    def open(self, segments: Sequence[Segment], languages: Sequence[str]) -> ArrayIndex:
        """As in `LexicalEngine`."""
        opened = [open_segment(segment.folder) for segment in segments]
        sizes = [len(arrays.headlines) for arrays in opened]
        row_maps = map_rows([segment.live_rows for segment in segments], sizes)
        fields = {
            field: merge_postings([arrays.fields[field] for arrays in opened], row_maps)
            for field in FIELDS
        }
        headlines = np.concatenate(
            [
                row_map.select_live(arrays.headlines)
                for row_map, arrays in zip(row_maps, opened, strict=True)
            ]
        )
        return ArrayIndex(fields, HeadlineIndex(headlines), tuple(languages))
