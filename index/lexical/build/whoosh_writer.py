"""Whoosh's own files, written from whole postings a block at a time.

Decision: the files are those that Whoosh's own writer makes, but for small blocks, which are not
compressed: 11 s for 20,000 articles where its commit took 64, arrays included. The tests read every
posting back with Whoosh's reader.
Must not know articles, runs or our arrays.
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
from index.lexical.schema import FIELDS, WITH_PLACES, whoosh_schema

WHOOSH_FILES = (".pst", ".trm", ".col", ".toc", "_WRITELOCK")
"""How the names of Whoosh's own files end: half of an index, and no search of ours opens one."""
_BLOCK = 128
"""Postings in a block: Whoosh's own."""
_PICKLED = 2
_LEVEL = 3
_SMALL = 256
"""Bytes below which a block is not compressed: 4 % of a build's time for 1 % of its size."""
_INT, _UINT, _EXTENT, _FIELD = Struct("!i"), Struct("!I"), Struct("!qi"), Struct("!H")
_TERM_INFO = W3TermInfo._struct


class WhooshSegmentWriter:
    """The one segment of a new index; every field's postings are added in order of terms."""

    def __init__(self, folder: Path, lengths: Lengths) -> None:
        """Make the index in an empty folder; `lengths` are its documents'."""
        self._index = index.create_in(str(folder), whoosh_schema())
        # With compound=True each searcher that opens pays 230 ms and 300 MB at 100,000 articles.
        self._writer = self._index.writer(compound=False)
        self._lengths = {field: _as_bytes(counts) for field, counts in lengths.items()}
        self._add_documents(lengths)

    @property
    def name(self) -> str:
        """What its files' names begin with."""
        return str(self._writer.newsegment.segment_id())

    def lengths(self, field: str) -> NDArray[np.float32]:
        """Each document's length as Whoosh stores it, in a byte, (documents,) float32."""
        table = np.array([byte_to_length(byte) for byte in range(256)], np.float32)
        return table[self._lengths[field]]

    def add_field(self, field: str, batches: Iterable[Batch]) -> None:
        """Write one field's postings."""
        writer = self._writer.fieldwriter
        writer.start_field(field, self._writer.schema[field])
        for batch in batches:
            _write_terms(writer, batch, self._lengths[field], places=field in WITH_PLACES)
        writer.finish_field()

    def commit(self) -> None:
        """Finish the segment and the index's table of contents."""
        self._writer.commit(merge=False)
        self._index.close()

    def cancel(self) -> None:
        """Give up; the folder is of no use afterwards."""
        self._writer.cancel()
        self._index.close()

    def _add_documents(self, lengths: Lengths) -> None:
        documents = self._writer.perdocwriter
        schema = self._writer.schema
        told = [(name, schema[name], lengths[name].tolist()) for name in FIELDS]
        for number in range(len(lengths[FIELDS[0]])):
            documents.start_doc(number)
            for name, field, counts in told:
                documents.add_field(name, field, None, counts[number])
            documents.finish_doc()
            self._writer.docnum += 1
            self._writer._added = True


def _as_bytes(lengths: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Lengths as Whoosh stores them: a byte, rounded up, (documents,) uint8."""
    longest = int(lengths.max(initial=0))
    table = np.array([length_to_byte(length) for length in range(longest + 1)], np.uint8)
    return table[lengths]


def _write_terms(writer: Any, batch: Batch, lengths: NDArray[np.uint8], *, places: bool) -> None:
    """Write the blocks of each term to the postings file, and what it is to the term index."""
    file, terms = writer._postfile, writer._tindex
    field = _FIELD.pack(writer._fieldid)
    blocks = _blocks(batch, lengths, places=places)
    starts = batch.starts.tolist()
    told = zip(batch.terms, pairwise(starts), _term_infos(batch, lengths), strict=True)
    for term, (first, last), info in told:
        begin = file.tell()
        file.write(WHOOSH3_HEADER_MAGIC)
        for start in range(first, last, _BLOCK):
            head, body = next(blocks)
            size = len(head) + len(body)
            file.write(_INT.pack(size if start + _BLOCK < last else -size) + head + body)
        terms.add(field + term, info + _EXTENT.pack(begin, file.tell() - begin))


def _term_infos(batch: Batch, lengths: NDArray[np.uint8]) -> Iterator[bytes]:
    """Each term's totals, as Whoosh packs them."""
    starts, ends = batch.starts[:-1], batch.starts[1:]
    documents = lengths[batch.rows]
    columns = (
        np.zeros(len(starts), np.uint8),
        np.add.reduceat(batch.weights, starts, dtype=np.float64),
        np.diff(batch.starts),
        np.minimum.reduceat(documents, starts),
        np.maximum.reduceat(documents, starts),
        np.maximum.reduceat(batch.weights, starts),
        batch.rows[starts],
        batch.rows[ends - 1],
    )
    return (
        _TERM_INFO.pack(*values)
        for values in zip(*(column.tolist() for column in columns), strict=True)
    )


def _blocks(
    batch: Batch, lengths: NDArray[np.uint8], *, places: bool
) -> Iterator[tuple[bytes, bytes]]:
    """Head and body of every block of a batch, in order."""
    starts = _block_starts(batch.starts)
    deltas = np.diff(batch.rows, prepend=0)
    deltas[starts] = batch.rows[starts]
    documents = lengths[batch.rows]
    values = _places(batch) if places else batch.counts.astype(">u4").tobytes()
    width = 1 if places else _UINT.size
    ids, weights = deltas.tolist(), batch.weights.tolist()
    ends = [*starts[1:].tolist(), len(ids)]
    columns = (
        starts,
        np.minimum.reduceat(batch.weights, starts),
        np.maximum.reduceat(batch.weights, starts),
        batch.rows[np.array(ends) - 1],
        np.minimum.reduceat(documents, starts),
        np.maximum.reduceat(documents, starts),
    )
    for end, first, least, most, last, shortest, longest in zip(
        ends, *(column.tolist() for column in columns), strict=True
    ):
        alike = (None if most == 1 else most) if least == most else tuple(weights[first:end])
        told = values[first * width : end * width]
        body = dumps((tuple(ids[first:end]), alike, told), _PICKLED)
        packed = _LEVEL if len(body) >= _SMALL else 0
        head = dumps((end - first, last, most, packed, shortest, longest), _PICKLED)
        yield head, compress(body, packed) if packed else body


def _block_starts(starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where blocks begin: at each term, and after every 128 postings of it."""
    counts = -(-np.diff(starts) // _BLOCK)
    before = np.cumsum(counts) - counts
    number = np.arange(int(counts.sum())) - np.repeat(before, counts)
    return np.asarray(np.repeat(starts[:-1], counts) + number * _BLOCK)


def _places(batch: Batch) -> tuple[bytes, ...]:
    """Each posting's count and places, as Whoosh's `Positions` encodes them."""
    starts = np.cumsum(batch.counts, dtype=np.int64) - batch.counts
    deltas = np.diff(batch.places, prepend=0)
    deltas[starts] = batch.places[starts]
    steps = deltas.tolist()
    return tuple(
        _place(steps[start])
        if count == 1
        else _UINT.pack(count) + dumps(steps[start : start + count], _PICKLED)
        for start, count in zip(starts.tolist(), batch.counts.tolist(), strict=True)
    )


@lru_cache(maxsize=1 << 16)
def _place(place: int) -> bytes:
    return _UINT.pack(1) + dumps([place], _PICKLED)
