"""The Whoosh indexes of all segments of a generation, searched as one.

Responsibility: open the segments, run Whoosh queries on them, and count over live rows.
Decision: each segment has a Whoosh searcher of its own, and its results are mapped to rows of the
generation. Whoosh counts deleted documents in its statistics, so N, document frequency and mean
length are counted here, over live rows, as in an index that was built from nothing.
Must not depend on: our queries, or how they are translated.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray
from whoosh.index import open_dir
from whoosh.searching import Searcher

from index.lexical.schema import FIELDS
from index.lexical.segment_arrays import open_segment
from index.storage.segments import RowMap, Segment, map_rows

Rows = NDArray[np.int32]


class SegmentSearcher(Searcher):  # type: ignore[misc]
    """A Whoosh searcher of one segment.

    Attributes:
        rows: (documents,) int32, the row of each document in the generation; -1 if it is not live.
    """

    rows: Rows


class LiveIndex:
    """The segments of a generation; only live rows count.

    It also is the source of global statistics for Whoosh's scorer, which asks a parent searcher.

    Attributes:
        row_count: How many rows are live.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Open the Whoosh index in the folder of each segment."""
        arrays = [open_segment(segment.folder) for segment in segments]
        sizes = [len(each.headlines) for each in arrays]
        row_maps = map_rows([segment.live_rows for segment in segments], sizes)
        self._searchers = [
            _open_searcher(segment.folder, row_map, size)
            for segment, row_map, size in zip(segments, row_maps, sizes, strict=True)
        ]
        self._close = finalize(self, _close_all, self._searchers)
        self._all_live = all(row_map.live_rows is None for row_map in row_maps)
        self.row_count = sum(int((searcher.rows >= 0).sum()) for searcher in self._searchers)
        # Whoosh stores the exact length of a field for all documents together, but not for each.
        self._mean_lengths = {
            field: _mean(
                row_map.select_live(each.fields[field].token_counts)
                for row_map, each in zip(row_maps, arrays, strict=True)
            )
            for field in FIELDS
        }

    def find_rows(self, query: Any) -> Rows:
        """The live rows that a Whoosh query matches, ascending."""
        return self.score_rows(query, scored=False)[0]

    def score_rows(self, query: Any, *, scored: bool = True) -> tuple[Rows, NDArray[np.float32]]:
        """The live rows that a Whoosh query matches, ascending, and their scores."""
        rows, scores = [], []
        for searcher in self._searchers:
            context = searcher.context() if scored else searcher.boolean_context()
            matcher = query.matcher(searcher, context)
            while matcher.is_active():
                row = int(searcher.rows[matcher.id()])
                if row >= 0:
                    rows.append(row)
                    scores.append(matcher.score() if scored else 0.0)
                matcher.next()
        return np.array(rows, np.int32), np.array(scores, np.float32)

    def iter_words(self, field: str, prefix: str = "") -> Iterator[bytes]:
        """The terms of a field that begin with a prefix, in byte order; also those of dead rows."""
        encoded, words = prefix.encode(errors="surrogatepass"), set[bytes]()
        for searcher in self._searchers:
            if searcher.doc_count_all():
                words.update(searcher.reader().expand_prefix(field, encoded))
        yield from sorted(words)

    def iter_postings(self, field: str, word: bytes) -> Iterator[tuple[int, float]]:
        """The live rows with a term, ascending, and its weight in each."""
        for searcher in self._searchers:
            reader = searcher.reader()
            if (field, word) in reader:
                matcher = reader.postings(field, word)
                while matcher.is_active():
                    row = int(searcher.rows[matcher.id()])
                    if row >= 0:
                        yield row, float(matcher.weight())
                    matcher.next()

    def count_articles(self, field: str, word: bytes) -> int:
        """In how many live rows a term is."""
        if not self._all_live:
            return sum(1 for _ in self.iter_postings(field, word))
        return sum(int(s.doc_frequency(field, word)) for s in self._searchers if s.doc_count_all())

    def get_parent(self) -> "LiveIndex":
        """As in Whoosh's `Searcher`: where the scorer finds global statistics."""
        return self

    def doc_count_all(self) -> int:
        """As in Whoosh's `Searcher`: N of the inverse document frequency."""
        return self.row_count

    def doc_frequency(self, field: str, words: Sequence[bytes]) -> int:
        """As in Whoosh's `Searcher`, of several terms that count as one word."""
        if len(words) == 1:
            return self.count_articles(field, words[0])
        return len({row for word in words for row, _ in self.iter_postings(field, word)})

    def avg_field_length(self, field: str) -> float:
        """As in Whoosh's `Searcher`."""
        return self._mean_lengths[field]


def _open_searcher(folder: Path, row_map: RowMap, size: int) -> SegmentSearcher:
    index = open_dir(str(folder), readonly=True)
    searcher = SegmentSearcher(index.reader(), fromindex=index)
    all_live = np.arange(row_map.first_row, row_map.first_row + size, dtype=np.int32)
    mapped = row_map.generation_rows
    searcher.rows = all_live if mapped is None else mapped
    return searcher


def _close_all(searchers: Iterable[SegmentSearcher]) -> None:
    for searcher in searchers:
        searcher.close()


def _mean(parts: Iterable[NDArray[Any]]) -> float:
    counts = np.concatenate([*parts])
    return float(counts.mean()) if len(counts) else 0.0
