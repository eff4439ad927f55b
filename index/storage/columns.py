"""The columns of a draft: doc values and filings, collected together.

Responsibility: add each row to both, and write both; say which rows are older versions.
Decision: one builder, so that the rows of all columns stay the same.
Must not depend on: how rows are indexed, or which filings replace each other.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.storage.chains import NONE
from index.storage.doc_values import DocValues, DocValuesBuilder
from index.storage.filings import Filings, FilingsBuilder


class ColumnsBuilder:
    """Collects rows in order, and writes their columns."""

    def __init__(self) -> None:
        self._doc_values = DocValuesBuilder()
        self._filings = FilingsBuilder()

    def __len__(self) -> int:
        return len(self._doc_values)

    @property
    def keys(self) -> list[tuple[str, int]]:
        """Uri and version of the rows so far."""
        return self._doc_values.keys

    def add(self, article: Article) -> None:
        """Add the next row."""
        self._doc_values.add(article)
        self._filings.add(article)

    def copy_rows(self, doc_values: DocValues, filings: Filings, rows: NDArray[np.intp]) -> None:
        """Add some rows of written columns."""
        self._doc_values.copy_rows(doc_values, rows)
        self._filings.copy_rows(filings, rows)

    def extend(self, more: "ColumnsBuilder") -> None:
        """Add the rows of another builder."""
        self._doc_values.extend(more._doc_values)
        self._filings.extend(more._filings)

    def write(self, folder: Path) -> None:
        """Write all columns to an empty folder."""
        self._doc_values.write(folder)
        self._filings.write(folder)

    def list_repeated(self) -> list[str]:
        """The uris that have several rows: several versions."""
        counts = Counter(uri for uri, _ in self.keys)
        return [uri for uri, count in counts.items() if count > 1]

    def find_older(self, newest: Mapping[str, int]) -> NDArray[np.int32]:
        """For each row that is an older version, the row of the newest; `NONE` for the others.

        Args:
            newest: The newest version of each uri that has several rows.
        """
        keys, rows = self.keys, dict[str, int]()
        for row, (uri, version) in enumerate(keys):
            # A newest version under an embargo has no row: the last before it takes its place.
            known = rows.setdefault(uri, row)
            is_newest, is_later = newest.get(uri) == version, version > keys[known][1]
            if is_newest or (is_later and newest.get(uri) != keys[known][1]):
                rows[uri] = row
        return np.array(
            [NONE if rows[uri] == row else rows[uri] for row, (uri, _) in enumerate(keys)],
            np.int32,
        )
