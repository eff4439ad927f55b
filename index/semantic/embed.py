"""Embedding of an archive.

Responsibility: embed the passages of all articles whose embeddings are not cached, with progress.
Decision: the encoder gets the passages of many articles at once and sorts them by length, because a
batch takes as long as its longest text. Each group is committed, so that a crash loses one group.
Must not depend on: generations or searching.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.semantic.cache import EmbeddingCache, PassageEmbeddings
from index.semantic.passages import Passage, split_passages
from index.semantic.ports import Encoder

GROUP = 64
"""The most articles that are embedded and committed together."""
_GROUP_PASSAGES = 256
"""About the most passages; where articles are long, progress is still reported often."""
_CHARACTERS_PER_PASSAGE = 450
"""Estimates how many passages a text has (docs/measurements/indexing.md#time-left)."""

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
        progress: Called with (passages embedded, passages to embed), both estimated from the
            length of the texts, so that the same number of them takes about the same time.

    Returns:
        The number of passages that were embedded.
    """
    sizes = {a.content_hash: _estimate_passages(a, cache.limit) for a in articles()}
    missing = cache.find_missing(list(sizes))
    embedded = done = 0
    total = sum(sizes[key] for key in missing)
    progress(0, total)
    for group in _group(_deduplicate(articles(), missing), sizes):
        passages = {a.content_hash: split_passages(a, encoder.find_word_pieces) for a in group}
        embedded += _embed(passages, encoder, cache)
        done += sum(sizes[key] for key in passages)
        progress(done, total)
    return embedded


def _estimate_passages(article: Article, limit: int | None) -> int:
    count = -(-len(article.body) // _CHARACTERS_PER_PASSAGE) or 1
    return count if limit is None else min(count, limit)


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


def _group(articles: Iterable[Article], sizes: Mapping[str, int]) -> Iterator[list[Article]]:
    """Yield groups of 1, 2, 4 ... articles, so that the rate is known early; then full ones."""
    group: list[Article] = []
    most, passages = 1, 0
    for article in articles:
        group.append(article)
        passages += sizes[article.content_hash]
        if len(group) == most or passages >= _GROUP_PASSAGES:
            yield group
            group, passages, most = [], 0, min(2 * most, GROUP)
    if group:
        yield group
