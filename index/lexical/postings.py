"""Postings as NumPy arrays, memory-mapped beside the Whoosh segment that they are those of.

Decision: files are named after the segment, so that Whoosh deletes them with it; the arrays hold
exactly what Whoosh's postings hold, at a fiftieth of the cost of stepping through them.
Must not know queries or scoring.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from index.arrays.ops import expand_ranges, intersect_places
from index.arrays.string_table import StringTable
from index.lexical.build.merge import Batch, Merge

_PARTS = ("text", "ends", "starts", "rows", "weights", "lengths", "tokens")
_POSITION_PARTS = ("position_starts", "positions")


class Postings(Protocol):
    """Postings of one field of an index.

    Attributes:
        terms: In byte order; a term's number is its place.
        lengths: (articles,) float32, field length as Whoosh stores it (quantised to a byte).
        mean_length: Mean of the true field lengths.
    """

    @property
    def terms(self) -> StringTable: ...
    @property
    def lengths(self) -> NDArray[np.float32]: ...
    @property
    def mean_length(self) -> float: ...

    def articles(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """In how many articles each of these terms is."""
        ...

    def postings(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Rows, ascending, and weights of one term."""
        ...

    def postings_of(self, numbers: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Rows and weights of terms, ascending numbers, one after another."""
        ...

    def places(
        self, number: int, rows: NDArray[np.integer] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Row and position of each occurrence of one term, (occurrences,) each, in order.

        Args:
            rows: Only in these, ascending; None for all.
        """
        ...

    def everything(self) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]:
        """Row, weight and number of the term of every posting, (postings,) each."""
        ...

    def terms_of(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """The numbers of the terms that any of these rows has, ascending."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class FieldPostings:
    """Postings of one field in one segment, mapped.

    Attributes:
        terms, lengths: As in `Postings`.
        starts: (terms + 1,) int64; postings of term i are `starts[i]:starts[i + 1]`.
        rows: (postings,) int32, ascending within a term.
        weights: (postings,) float32, occurrences times their weight.
        tokens: (articles,) int32, the true field length.
        position_starts, positions: as `starts`, for each posting; empty without positions.
    """

    terms: StringTable
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]
    lengths: NDArray[np.float32]
    tokens: NDArray[np.int32]
    position_starts: NDArray[np.int64]
    positions: NDArray[np.int32]

    @property
    def mean_length(self) -> float:
        """As in `Postings`."""
        return float(self.tokens.mean()) if len(self.tokens) else 0.0

    def articles(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """As in `Postings`."""
        return np.asarray(self.starts[numbers + 1] - self.starts[numbers])

    def postings(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """As in `Postings`."""
        part = slice(int(self.starts[number]), int(self.starts[number + 1]))
        return self.rows[part], self.weights[part]

    def postings_of(self, numbers: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """As in `Postings`; terms side by side, as those of a prefix are, are read at one go."""
        if not len(numbers):
            return self.rows[:0], self.weights[:0]
        told = np.asarray(numbers)
        breaks = np.flatnonzero(np.diff(told) != 1) + 1
        firsts = self.starts[told[np.concatenate([[0], breaks])]].tolist()
        lasts = self.starts[told[np.concatenate([breaks - 1, [-1]])] + 1].tolist()
        if len(firsts) == 1:
            return self.rows[firsts[0] : lasts[0]], self.weights[firsts[0] : lasts[0]]
        parts = [slice(*bounds) for bounds in zip(firsts, lasts, strict=True)]
        return (
            np.concatenate([self.rows[part] for part in parts]),
            np.concatenate([self.weights[part] for part in parts]),
        )

    def places(
        self, number: int, rows: NDArray[np.integer] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """As in `Postings`."""
        first, last = int(self.starts[number]), int(self.starts[number + 1])
        if rows is None:
            bounds = self.position_starts[first : last + 1]
            told = np.repeat(self.rows[first:last].astype(np.int64), np.diff(bounds))
            return told, self.positions[int(bounds[0]) : int(bounds[-1])].astype(np.int64)
        here, there = intersect_places(rows, self.rows[first:last])
        starts = self.position_starts[first + there]
        sizes = self.position_starts[first + there + 1] - starts
        every = expand_ranges(starts, sizes)
        return np.repeat(rows[here].astype(np.int64), sizes), self.positions[every].astype(np.int64)

    def everything(self) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]:
        """As in `Postings`."""
        numbers = np.arange(len(self.terms), dtype=np.int32)
        return self.rows, self.weights, np.repeat(numbers, np.diff(self.starts))

    def terms_of(self, rows: NDArray[np.integer]) -> NDArray[np.int64]:
        """As in `Postings`."""
        wanted = np.zeros(len(self.lengths), bool)
        wanted[rows] = True
        having = np.flatnonzero(wanted[self.rows])
        return np.unique(np.searchsorted(self.starts, having, side="right") - 1)


class ArraysWriter:
    """Writes one field's arrays as batches of its terms pass; only terms stay in memory."""

    def __init__(self, folder: Path, segment: str, merge: Merge) -> None:
        self._folder, self._segment, self._field = folder, segment, merge.field
        self._terms = merge.terms
        self._starts = [np.zeros(1, np.int64)]
        occurrences = merge.postings + 1 if merge.places else 1
        self._files = {
            "rows": self._begun("rows", np.int32, merge.postings),
            "weights": self._begun("weights", np.float32, merge.postings),
            "position_starts": self._begun("position_starts", np.int64, occurrences),
            "positions": self._begun("positions", np.int32, merge.places),
        }
        self._places = 0
        self._files["position_starts"].write(np.zeros(1, np.int64).tobytes())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()

    def add(self, batch: Batch) -> None:
        """Write the next terms' postings."""
        self._starts.append(self._starts[-1][-1] + batch.starts[1:])
        self._files["rows"].write(batch.rows.tobytes())
        self._files["weights"].write(batch.weights.tobytes())
        if len(batch.places):
            ends = self._places + np.cumsum(batch.counts, dtype=np.int64)
            self._files["position_starts"].write(ends.tobytes())
            self._files["positions"].write(batch.places.tobytes())
            self._places += len(batch.places)

    def _begun(self, part: str, kind: type[np.generic], length: int) -> BinaryIO:
        """An array's file, open for its values to be written one after another."""
        file = self._path(part).open("wb")
        header = {"descr": np.dtype(kind).str, "fortran_order": False, "shape": (length,)}
        np.lib.format.write_array_header_1_0(file, header)
        return file

    def _path(self, part: str) -> Path:
        return self._folder / _name(self._segment, self._field, part)

    def finish(self, lengths: NDArray[np.float32], tokens: NDArray[np.int64]) -> None:
        """Write what is known once all terms are there."""
        table = StringTable.of(self._terms)
        small: dict[str, NDArray[Any]] = {
            "text": table.text,
            "ends": table.ends,
            "starts": np.concatenate(self._starts),
            "lengths": lengths,
            "tokens": tokens.astype(np.int32),
        }
        for part, values in small.items():
            np.save(self._path(part), values, allow_pickle=False)


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


def segment_in(folder: Path) -> str | None:
    """The segment whose arrays are in a folder; None for an index without articles."""
    found = next(folder.glob(_name("*", "*", "tokens")), None)
    return found.name.split(".")[0] if found else None


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
        tokens=nothing,
        position_starts=places,
        positions=nothing,
    )


def _name(segment: str, field: str, part: str) -> str:
    return f"{segment}.{field}_{part}.npy"
