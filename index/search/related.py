"""Related articles as readers see them: from refs to articles, each text once.

Responsibility: read related articles from the archive, and leave out repeated texts.
Decision: articles are read a few at a time, because most lists are full after the first few; how
many copies of a text there are is known only from the texts.
Must not depend on: how similarity is computed.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from archive.database.store import ArticleStore
from index.search.ports import RelatedRef, Snapshot
from index.stories.repeats import SeenTexts
from index.types.search import Related

_BLOCK = 20


def find_distinct(
    snapshot: Snapshot, archive: ArticleStore, shown: Sequence[int], near: Sequence[RelatedRef]
) -> Iterator[Related]:
    """Yield the articles of `near` whose texts differ from each other and from those `shown`.

    Articles that the archive lacks are left out; there are none if it lacks the first of `shown`.
    """
    seen, keys = SeenTexts(), snapshot.keys(np.array(shown, np.int32))
    articles = archive.get_many(keys)
    if keys[0] not in articles:
        return
    for key in keys:
        if key in articles:
            seen.add(articles[key])
    for start in range(0, len(near), _BLOCK):
        block = near[start : start + _BLOCK]
        keys = snapshot.keys(np.array([each.ref for each in block], np.int32))
        articles = archive.get_many(keys)
        for key, each in zip(keys, block, strict=True):
            if key in articles and seen.add(articles[key]):
                yield Related(
                    article=articles[key],
                    similarity=each.similarity,
                    same_story=each.same_story,
                )
