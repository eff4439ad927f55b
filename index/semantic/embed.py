"""Embedding an archive: passages of what is not cached yet, in batches, with progress.

Decision: passages of many articles go to the encoder together, which sorts them by length, because
a batch costs as much as its longest member; each group is committed, so a crash repeats one.
Must not know generations or searching.
"""

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from archive.article import Article
from index.semantic.cache import EmbeddingCache, PassageEmbeddings
from index.semantic.passages import Passage, split_passages
from index.semantic.ports import Encoder

GROUP = 64
"""Articles embedded and committed together."""

Progress = Callable[[int, int], None]


def embed_missing(
    articles: Callable[[], Iterable[Article]],
    encoder: Encoder,
    cache: EmbeddingCache,
    *,
    progress: Progress,
) -> int:
    """Embed every article whose vectors are not cached; return how many passages were embedded.

    Args:
        articles: Called twice; each time gives all articles from the start.
        progress: Told (articles embedded, articles to embed).
    """
    missing = cache.find_missing([article.content_hash for article in articles()])
    embedded = done = 0
    progress(0, len(missing))
    for group in _groups(_once(articles(), missing)):
        cut = {article.content_hash: split_passages(article, encoder.pieces) for article in group}
        embedded += _embed(cut, encoder, cache)
        done += len(cut)
        progress(done, len(missing))
    return embedded


def _embed(cut: dict[str, tuple[Passage, ...]], encoder: Encoder, cache: EmbeddingCache) -> int:
    asked = {key: found[: cache.limit] for key, found in cut.items()}
    texts = [passage.text for found in asked.values() for passage in found]
    vectors = encoder.encode_documents(texts)
    kept: dict[str, PassageEmbeddings] = {}
    start = 0
    for key, found in asked.items():
        spans = np.array([passage.span for passage in found], np.int32)
        whole = len(found) == len(cut[key])
        kept[key] = PassageEmbeddings(vectors[start : start + len(found)], spans, whole)
        start += len(found)
    cache.put(kept)
    return len(texts)


def _once(articles: Iterable[Article], wanted: set[str]) -> Iterator[Article]:
    """The first article with each wanted content."""
    left = set(wanted)
    for article in articles:
        if article.content_hash in left:
            left.discard(article.content_hash)
            yield article


def _groups(articles: Iterable[Article]) -> Iterator[list[Article]]:
    group: list[Article] = []
    for article in articles:
        group.append(article)
        if len(group) == GROUP:
            yield group
            group = []
    if group:
        yield group
