"""Embedding of an archive.

Responsibility: embed the passages of all articles whose embeddings are not cached, with progress.
Decision: the encoder gets the passages of many articles at once and sorts them by length, because a
batch takes as long as its longest text. Each group is committed, so that a crash loses one group.
Must not depend on: generations or searching.
"""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.semantic.cache import EmbeddingCache, PassageEmbeddings
from index.semantic.passages import Passage, split_passages
from index.semantic.ports import Encoder

GROUP = 64
"""Articles that are embedded and committed together."""

Progress = Callable[[int, int], None]


def embed_missing(
    articles: Callable[[], Iterable[Article]],
    encoder: Encoder,
    cache: EmbeddingCache,
    *,
    progress: Progress,
) -> int:
    """Embed every article whose embeddings are not cached.

    Args:
        articles: Called twice; iterates over all articles each time.
        progress: Called with (articles embedded, articles to embed).

    Returns:
        The number of passages that were embedded.
    """
    missing = cache.find_missing([article.content_hash for article in articles()])
    embedded = done = 0
    progress(0, len(missing))
    for group in _group(_deduplicate(articles(), missing)):
        passages = {a.content_hash: split_passages(a, encoder.find_word_pieces) for a in group}
        embedded += _embed(passages, encoder, cache)
        done += len(passages)
        progress(done, len(missing))
    return embedded


def _embed(
    passages: dict[str, tuple[Passage, ...]], encoder: Encoder, cache: EmbeddingCache
) -> int:
    """Embed and cache the first passages of some articles; return how many passages."""
    first = {key: all_passages[: cache.limit] for key, all_passages in passages.items()}
    texts = [passage.text for group in first.values() for passage in group]
    vectors = _encode(texts, encoder)
    embeddings: dict[str, PassageEmbeddings] = {}
    start = 0
    for key, group in first.items():
        spans = np.array([passage.span for passage in group], np.int32)
        complete = len(group) == len(passages[key])
        embeddings[key] = PassageEmbeddings(vectors[start : start + len(group)], spans, complete)
        start += len(group)
    cache.put(embeddings)
    return len(texts)


def _encode(texts: list[str], encoder: Encoder) -> NDArray[np.float32]:
    """The vectors of some passages, (passages, dim); zeros for those that the model cannot read.

    So they are similar to nothing; their own vectors would be nearly the same for all of them.
    """
    readable = np.array([encoder.can_read(text) for text in texts], bool)
    return np.where(readable[:, None], encoder.encode_documents(texts), np.float32(0))


def _deduplicate(articles: Iterable[Article], hashes: set[str]) -> Iterator[Article]:
    """Yield the first article with each of the content hashes."""
    remaining = set(hashes)
    for article in articles:
        if article.content_hash in remaining:
            remaining.discard(article.content_hash)
            yield article


def _group(articles: Iterable[Article]) -> Iterator[list[Article]]:
    group: list[Article] = []
    for article in articles:
        group.append(article)
        if len(group) == GROUP:
            yield group
            group = []
    if group:
        yield group
