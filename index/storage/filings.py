"""Filings: what decides which rows may belong to one chain, as columns.

Responsibility: build, write and open, for each row, when it was filed and the groups it is in.
Decision: hashes of slugline and headline, so that the few rows that may be linked are found without
reading the archive; only their texts are read.
Must not depend on: which filings replace each other.
"""

import math
from array import array
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from archive.wire.signals import read_signals
from index.storage.array_file import open_arrays, write_arrays
from index.text.headlines import hash_headline
from index.text.tokens import tokenize

UNKNOWN = np.iinfo(np.int64).min
"""The time of a filing that has none."""
NO_GROUP = 0
MARKED, LASTING, KILLING = 1, 2, 4
"""Bits of `signals`: it says that it replaces another filing; it may do so weeks later; it
withdraws the other."""
_FILE = "filings.safetensors"


@dataclass(frozen=True, slots=True, eq=False)
class Filings:
    """The columns of n rows.

    Attributes:
        filed: (n,) int64, seconds since 1970 UTC at which the row was filed; `UNKNOWN`.
        outlets: (n,) int64, a hash of source and language; `NO_GROUP` without a source.
        sluglines, headlines: (n,) int64, hashes of outlet and slugline, and of outlet and headline
            without signals; `NO_GROUP` without one.
        signals: (n,) uint8, bits.
    """

    filed: NDArray[np.int64]
    outlets: NDArray[np.int64]
    sluglines: NDArray[np.int64]
    headlines: NDArray[np.int64]
    signals: NDArray[np.uint8]


class FilingsBuilder:
    """Collects rows in order, and writes their columns."""

    def __init__(self) -> None:
        self._columns = {
            field.name: array("B" if field.name == "signals" else "q") for field in fields(Filings)
        }

    def add(self, article: Article) -> None:
        """Add the next row."""
        signals = read_signals(article.headline)
        when = article.version_created or article.first_created
        outlet = (article.source, article.language)
        slug = article.slugline.strip(" /").casefold()
        words = [token.folded for token in tokenize(signals.headline)]
        has_source = bool(article.source)
        values = {
            "filed": math.floor(when.timestamp()) if when else UNKNOWN,
            "outlets": hash_headline(outlet) if has_source else NO_GROUP,
            "sluglines": hash_headline((*outlet, "", slug)) if slug and has_source else NO_GROUP,
            "headlines": hash_headline((*outlet, *words)) if words and has_source else NO_GROUP,
            "signals": MARKED * bool(signals.kinds)
            + LASTING * (not {"kill", "correction"}.isdisjoint(signals.kinds))
            + KILLING * ("kill" in signals.kinds),
        }
        for name, value in values.items():
            self._columns[name].append(value)

    def copy_rows(self, filings: Filings, rows: NDArray[np.intp]) -> None:
        """Add some rows of written columns."""
        for name, column in self._columns.items():
            column.extend(getattr(filings, name)[rows].tolist())

    def extend(self, more: "FilingsBuilder") -> None:
        """Add the rows of another builder."""
        for name, column in self._columns.items():
            column.extend(more._columns[name])

    def write(self, folder: Path) -> None:
        """Write all columns to a folder."""
        write_arrays(
            folder / _FILE,
            {
                name: np.array(column, np.uint8 if name == "signals" else np.int64)
                for name, column in self._columns.items()
            },
        )


def open_filings(folder: Path) -> Filings:
    """Open the columns in a folder."""
    return Filings(**open_arrays(folder / _FILE))
