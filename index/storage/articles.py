"""Reads the articles of many rows from the archive, a block at a time.

Decision: rows are of one generation and its versions stay in the archive for ever, so a long read
is not disturbed by a reindex.
Must not know why these rows.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from archive.database.store import ArticleStore
from index.storage.doc_values import DocValues

BLOCK = 200
"""Articles in memory at once; 20, 200 and 1,000 take the same time
(docs/measurements/serving.md)."""


def read_rows(
    store: ArticleStore, doc_values: DocValues, rows: NDArray[np.int32]
) -> Iterator[Article]:
    """The articles of these rows, in their order."""
    for start in range(0, len(rows), BLOCK):
        keys = [doc_values.key(int(row)) for row in rows[start : start + BLOCK]]
        held = store.get_many(keys)
        yield from (held[key] for key in keys)
