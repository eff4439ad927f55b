"""The arrays of one segment, in one file beside its Whoosh files.

Responsibility: how the arrays are named, and opening them as postings and headlines.
Decision: the file is named after the Whoosh segment, so that Whoosh deletes it with the segment.
Must not depend on: queries, scoring or how postings are built.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays.string_table import StringTable
from index.lexical.postings import FieldPostings
from index.lexical.schema import FIELDS
from index.storage.array_file import SUFFIX, open_arrays

PARTS = (
    *("term_text", "term_ends", "starts", "rows", "weights"),
    *("lengths", "token_counts", "position_starts", "positions"),
)
HEADLINES = "headlines"


@dataclass(frozen=True, slots=True, eq=False)
class SegmentArrays:
    """What a segment has for searching.

    Attributes:
        fields: The postings of each of `FIELDS`.
        headlines: (rows,) int64, a hash of each row's headline.
    """

    fields: Mapping[str, FieldPostings]
    headlines: NDArray[np.int64]


def array_name(field: str, part: str) -> str:
    """The name in the file of one of the `PARTS` of a field."""
    return f"{field}/{part}"


ARRAY_NAMES = (*(array_name(field, part) for field in FIELDS for part in PARTS), HEADLINES)


def array_path(folder: Path, segment: str) -> Path:
    """The file of a segment's arrays."""
    return folder / f"{segment}{SUFFIX}"


def open_segment(folder: Path) -> SegmentArrays:
    """Map the arrays in a built folder; an index without articles has no file."""
    path = next(folder.glob(f"*{SUFFIX}"), None)
    if path is None:
        return SegmentArrays({field: _empty() for field in FIELDS}, np.empty(0, np.int64))
    arrays = open_arrays(path)
    return SegmentArrays({field: _field(arrays, field) for field in FIELDS}, arrays[HEADLINES])


def _field(arrays: Mapping[str, NDArray[Any]], field: str) -> FieldPostings:
    parts = {part: arrays[array_name(field, part)] for part in PARTS}
    terms = StringTable(parts.pop("term_text"), parts.pop("term_ends"))
    return FieldPostings(terms=terms, **parts)


def _empty() -> FieldPostings:
    nothing, weights, starts = np.empty(0, np.int32), np.empty(0, np.float32), np.zeros(1, np.int64)
    return FieldPostings(
        terms=StringTable.of([]),
        starts=starts,
        rows=nothing,
        weights=weights,
        lengths=weights,
        token_counts=nothing,
        position_starts=starts,
        positions=nothing,
    )
