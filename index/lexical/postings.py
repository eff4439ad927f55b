"""Whoosh's postings as NumPy arrays, read once and memory-mapped beside their segment.

Decision: files are named after the segment, so that Whoosh deletes them with it; the arrays hold
exactly what Whoosh's postings hold, at a fiftieth of the cost of stepping through them.
Must not know queries or scoring.
"""

from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher

from index.lexical.schema import FIELDS, WITH_PLACES
from index.strings import StringTable

_PARTS = ("text", "ends", "starts", "rows", "weights", "lengths", "mean_length")
_POSITION_PARTS = ("position_starts", "positions")


@dataclass(frozen=True, slots=True, eq=False)
class FieldPostings:
    """Postings of one field in one segment.

    Attributes:
        terms: In byte order; a term's number is its place.
        starts: (terms + 1,) int64; postings of term i are `starts[i]:starts[i + 1]`.
        rows: (postings,) int32, ascending within a term.
        weights: (postings,) float32, occurrences times their weight.
        lengths: (articles,) float32, field length as Whoosh stores it (quantised to a byte).
        mean_length: (1,) float64, mean of the true field lengths.
        position_starts, positions: as `starts`, for each posting; empty without positions.
    """

    terms: StringTable
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    lengths: NDArray[np.float32]
    mean_length: NDArray[np.float64]
    position_starts: NDArray[np.int64]
    positions: NDArray[np.int32]

    def postings(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Rows and weights of one term."""
        part = slice(int(self.starts[number]), int(self.starts[number + 1]))
        return self.rows[part], self.weights[part]

    def places(self, number: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Row and position of each occurrence of one term, (occurrences,) each, in order."""
        first, last = int(self.starts[number]), int(self.starts[number + 1])
        bounds = self.position_starts[first : last + 1]
        rows = np.repeat(self.rows[first:last].astype(np.int64), np.diff(bounds))
        return rows, self.positions[int(bounds[0]) : int(bounds[-1])].astype(np.int64)


def write_arrays(folder: Path, reader: Any, segment: str) -> None:
    """Read every field of a Whoosh segment reader and write its arrays to `folder`."""
    for field in FIELDS:
        for part, values in _read_field(reader, field, positions=field in WITH_PLACES).items():
            np.save(folder / _name(segment, field, part), values, allow_pickle=False)


def open_arrays(folder: Path, segment: str, field: str) -> FieldPostings:
    """Map the arrays of one field; nothing is read until it is used."""
    parts: dict[str, Any] = {}
    for part in (*_PARTS, *_POSITION_PARTS):
        path = folder / _name(segment, field, part)
        # An empty file cannot be mapped.
        empty = path.stat().st_size <= 128
        read = np.load(path, mmap_mode=None if empty else "r", allow_pickle=False)
        # Still mapped, but without the class that makes each slice three times as dear.
        parts[part] = np.asarray(read)
    return FieldPostings(terms=StringTable(parts.pop("text"), parts.pop("ends")), **parts)


def no_postings() -> FieldPostings:
    """A field of an index without articles: Whoosh writes no segment for it."""
    nothing, places = np.empty(0, np.int32), np.zeros(1, np.int64)
    weights = np.empty(0, np.float32)
    return FieldPostings(
        terms=StringTable.of([]),
        starts=places,
        rows=nothing,
        weights=weights,
        lengths=weights,
        mean_length=np.ones(1),
        position_starts=places,
        positions=nothing,
    )


def _name(segment: str, field: str, part: str) -> str:
    return f"{segment}.{field}_{part}.npy"


def _read_field(reader: Any, field: str, *, positions: bool) -> dict[str, NDArray[Any]]:
    terms: list[bytes] = []
    starts = array("q", [0])
    rows, weights = array("i"), array("f")
    places, place_starts = array("i"), array("q", [0])
    decode = reader.schema[field].format.decode_positions if positions else None
    for text, _ in reader.iter_field(field):
        terms.append(text)
        values = _read_postings(reader.postings(field, text), rows, weights)
        if decode:
            for value in values:
                places.extend(decode(value))
                place_starts.append(len(places))
        starts.append(len(rows))
    # Whoosh answers None, not the default, where an article has nothing in the field.
    lengths = [reader.doc_field_length(n, field, 0) or 0 for n in range(reader.doc_count_all())]
    table = StringTable.of(terms)
    return {
        "text": table.text,
        "ends": table.ends,
        "starts": np.array(starts, np.int64),
        "rows": np.array(rows, np.int32),
        "weights": np.array(weights, np.float32),
        "lengths": np.array(lengths, np.float32),
        "mean_length": np.array([reader.field_length(field) / max(len(lengths), 1)]),
        "position_starts": np.array(place_starts, np.int64),
        "positions": np.array(places, np.int32),
    }


def _read_postings(matcher: Any, rows: "array[int]", weights: "array[float]") -> list[bytes]:
    """Append one term's rows and weights, whole blocks at a time; return its values."""
    values: list[bytes] = []
    while matcher.is_active():
        if isinstance(matcher, W3LeafMatcher):
            matcher.id(), matcher.weight(), matcher.value()  # reads the block
            rows.extend(matcher._ids)
            weights.extend(matcher._weights)
            values.extend(matcher._values)
            matcher._next_block()
        else:
            rows.append(matcher.id())
            weights.append(matcher.weight())
            values.append(matcher.value())
            matcher.next()
    return values
