"""Reads many articles from the archive, a block at a time.

Responsibility: from rows or refs to articles, in bounded memory.
Decision: a key names one version, and Dateline never deletes one, so a long read is not disturbed
by a reindex. A version that was deleted by other means is left out.
Must not depend on: how the articles were selected.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from archive.database.store import ArticleStore

BLOCK = 200
"""Articles in memory at once; 20, 200 and 1,000 take the same time
(docs/measurements/serving.md)."""


def read_articles(
    store: ArticleStore,
    refs: NDArray[np.int32],
    keys_of: Callable[[NDArray[np.int32]], list[tuple[str, int]]],
) -> Iterator[Article]:
    """The articles of (n,) refs, in their order, without those that the archive lacks.

    `keys_of` gives their ids and versions.
    """
    for start in range(0, len(refs), BLOCK):
        keys = keys_of(refs[start : start + BLOCK])
        articles = store.get_many(keys)
        yield from (articles[key] for key in keys if key in articles)
