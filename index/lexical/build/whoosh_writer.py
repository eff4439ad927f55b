"""Writes a Whoosh index from finished postings, a block at a time.

Responsibility: write the segment and table of contents that Whoosh's own writer would write.
Decision: the files differ from those of Whoosh's writer in one way: small blocks are not
compressed. 11 s for 20,000 articles where its commit took 64 s, arrays included. The tests read
every posting back with Whoosh's reader.
Must not depend on: articles, runs or our arrays.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from pickle import dumps
from struct import Struct
from typing import Any
from zlib import compress

import numpy as np
from numpy.typing import NDArray
from whoosh import index
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.util.numeric import byte_to_length, length_to_byte

from index.lexical.build.merge import Batch
from index.lexical.build.runs import Lengths
from index.lexical.schema import FIELDS, WITH_POSITIONS, whoosh_schema

_BLOCK = 128
"""Postings in a block, as in Whoosh's own files."""
_PICKLE_PROTOCOL = 2
_COMPRESSION_LEVEL = 3
_COMPRESS_FROM = 256
"""Smaller blocks, in bytes, are not compressed: 4 % of a build's time for 1 % of its size."""
_INT, _UINT, _EXTENT, _FIELD = Struct("!i"), Struct("!I"), Struct("!qi"), Struct("!H")
_TERM_INFO = W3TermInfo._struct
_INDEX_NAME = "MAIN"


class WhooshSegmentWriter:
    """Writes the only segment of a new index; each field's postings are added in term order."""

    def __init__(self, folder: Path, lengths: Lengths) -> None:
        """Create the index in an empty folder; `lengths` are those of its rows."""
        self._folder = folder
        self._index = index.create_in(str(folder), whoosh_schema())
        # With compound=True opening a searcher costs 230 ms and 300 MB at 100,000 articles.
        self._writer = self._index.writer(compound=False)
        self._lengths = {field: _to_bytes(values) for field, values in lengths.items()}
        self._add_documents(lengths)

    @property
    def name(self) -> str:
        """The beginning of the names of its files."""
        return str(self._writer.newsegment.segment_id())

    def read_lengths(self, field: str) -> NDArray[np.float32]:
        """Each row's length as Whoosh stores it, rounded to fit a byte, (rows,) float32."""
        table = np.array([byte_to_length(byte) for byte in range(256)], np.float32)
        return table[self._lengths[field]]

    def add_field(self, field: str, batches: Iterable[Batch]) -> None:
        """Write one field's postings."""
        writer = self._writer.fieldwriter
        writer.start_field(field, self._writer.schema[field])
        for batch in batches:
            has_positions = field in WITH_POSITIONS
            _write_terms(writer, batch, self._lengths[field], has_positions=has_positions)
        writer.finish_field()

    def commit(self) -> None:
        """Finish the segment and the index's table of contents."""
        self._writer.commit(merge=False)
        self._index.close()
        # Only writers need Whoosh's lock file, which it makes executable.
        (self._folder / f"{_INDEX_NAME}_WRITELOCK").unlink(missing_ok=True)

    def cancel(self) -> None:
        """Give up; the folder has no usable index."""
        self._writer.cancel()
        self._index.close()

    def _add_documents(self, lengths: Lengths) -> None:
        documents = self._writer.perdocwriter
        schema = self._writer.schema
        fields = [(name, schema[name], lengths[name].tolist()) for name in FIELDS]
        for number in range(len(lengths[FIELDS[0]])):
            documents.start_doc(number)
            for name, field, field_lengths in fields:
                documents.add_field(name, field, None, field_lengths[number])
            documents.finish_doc()
            self._writer.docnum += 1
            self._writer._added = True


def _to_bytes(lengths: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Lengths as Whoosh stores them: rounded up to fit a byte, (rows,) uint8."""
    longest = int(lengths.max(initial=0))
    table = np.array([length_to_byte(length) for length in range(longest + 1)], np.uint8)
    return table[lengths]


def _write_terms(
    writer: Any, batch: Batch, lengths: NDArray[np.uint8], *, has_positions: bool
) -> None:
    """Write the blocks of each term to the postings file, and its statistics to the term index."""
    file, terms = writer._postfile, writer._tindex
    field = _FIELD.pack(writer._fieldid)
    blocks = _pack_blocks(batch, lengths, has_positions=has_positions)
    spans = pairwise(batch.starts.tolist())
    infos = _pack_term_infos(batch, lengths)
    for term, (first, last), info in zip(batch.terms, spans, infos, strict=True):
        begin = file.tell()
        file.write(WHOOSH3_HEADER_MAGIC)
        for start in range(first, last, _BLOCK):
            head, body = next(blocks)
            size = len(head) + len(body)
            file.write(_INT.pack(size if start + _BLOCK < last else -size) + head + body)
        terms.add(field + term, info + _EXTENT.pack(begin, file.tell() - begin))


def _pack_term_infos(batch: Batch, lengths: NDArray[np.uint8]) -> Iterator[bytes]:
    """Each term's statistics, as Whoosh packs them."""
    starts, ends = batch.starts[:-1], batch.starts[1:]
    row_lengths = lengths[batch.rows]
    columns = (
        np.zeros(len(starts), np.uint8),
        np.add.reduceat(batch.weights, starts, dtype=np.float64),
        np.diff(batch.starts),
        np.minimum.reduceat(row_lengths, starts),
        np.maximum.reduceat(row_lengths, starts),
        np.maximum.reduceat(batch.weights, starts),
        batch.rows[starts],
        batch.rows[ends - 1],
    )
    return (
        _TERM_INFO.pack(*values)
        for values in zip(*(column.tolist() for column in columns), strict=True)
    )


def _pack_blocks(
    batch: Batch, lengths: NDArray[np.uint8], *, has_positions: bool
) -> Iterator[tuple[bytes, bytes]]:
    """Head and body of every block of a batch, in order."""
    starts = _find_block_starts(batch.starts)
    deltas = np.diff(batch.rows, prepend=0)
    deltas[starts] = batch.rows[starts]
    row_lengths = lengths[batch.rows]
    values = _pack_positions(batch) if has_positions else batch.counts.astype(">u4").tobytes()
    width = 1 if has_positions else _UINT.size
    ids, weights = deltas.tolist(), batch.weights.tolist()
    ends = [*starts[1:].tolist(), len(ids)]
    columns = (
        starts,
        np.minimum.reduceat(batch.weights, starts),
        np.maximum.reduceat(batch.weights, starts),
        batch.rows[np.array(ends) - 1],
        np.minimum.reduceat(row_lengths, starts),
        np.maximum.reduceat(row_lengths, starts),
    )
    for end, first, least, most, last, shortest, longest in zip(
        ends, *(column.tolist() for column in columns), strict=True
    ):
        same_weight = None if most == 1 else most
        block_weights = same_weight if least == most else tuple(weights[first:end])
        block_values = values[first * width : end * width]
        body = dumps((tuple(ids[first:end]), block_weights, block_values), _PICKLE_PROTOCOL)
        level = _COMPRESSION_LEVEL if len(body) >= _COMPRESS_FROM else 0
        head = dumps((end - first, last, most, level, shortest, longest), _PICKLE_PROTOCOL)
        yield head, compress(body, level) if level else body


def _find_block_starts(starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where blocks begin: at each term, and after every 128 postings of it."""
    counts = -(-np.diff(starts) // _BLOCK)
    before = np.cumsum(counts) - counts
    number = np.arange(int(counts.sum())) - np.repeat(before, counts)
    return np.asarray(np.repeat(starts[:-1], counts) + number * _BLOCK)


def _pack_positions(batch: Batch) -> tuple[bytes, ...]:
    """Each posting's count and positions, as Whoosh's `Positions` encodes them."""
    starts = np.cumsum(batch.counts, dtype=np.int64) - batch.counts
    deltas = np.diff(batch.positions, prepend=0)
    deltas[starts] = batch.positions[starts]
    steps = deltas.tolist()
    return tuple(
        _pack_position(steps[start])
        if count == 1
        else _UINT.pack(count) + dumps(steps[start : start + count], _PICKLE_PROTOCOL)
        for start, count in zip(starts.tolist(), batch.counts.tolist(), strict=True)
    )


@lru_cache(maxsize=1 << 16)
def _pack_position(position: int) -> bytes:
    return _UINT.pack(1) + dumps([position], _PICKLE_PROTOCOL)
