"""Embedding of missing articles: in groups, once for each content, with progress."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from archive.article import Article
from index.semantic import embed
from index.semantic.cache import EmbeddingCache
from index.semantic.embed import embed_missing
from tests.fakes import FakeEncoder, fake_embed, make_article

ARTICLES = [make_article(f"a-{n}", headline=f"Fog {n}", body=f"Ferry {n}.") for n in range(7)]


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[EmbeddingCache]:
    with closing(EmbeddingCache(tmp_path, model="one", chunking="s/1")) as cache:
        yield cache


@pytest.fixture(autouse=True)
def groups_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "GROUP", 3)


def test_each_content_is_embedded_once(cache: EmbeddingCache) -> None:
    encoder, reports = FakeEncoder("fake"), list[tuple[int, int]]()
    with_copies = [
        *ARTICLES,
        *(make_article("copy", headline="Fog 1", body="Ferry 1.") for _ in "ab"),
    ]
    count = embed_missing(
        lambda: with_copies,
        encoder,
        cache,
        progress=lambda done, total: reports.append((done, total)),
    )
    assert count == len(encoder.documents) == len(ARTICLES)
    assert reports == [(0, 7), (1, 7), (3, 7), (6, 7), (7, 7)]
    for article in ARTICLES:
        cached = cache.get(article.content_hash)
        assert cached is not None
        expected = fake_embed(f"{article.headline}. {article.body}")
        assert np.allclose(cached.vectors, [expected], atol=1e-3)
        assert cached.spans.tolist() == [[0, len(article.body)]]


def test_only_missing_articles_are_embedded(cache: EmbeddingCache) -> None:
    encoder = FakeEncoder("fake")
    for count, expected in ((4, 4), (7, 3), (7, 0)):
        part = partial(list[Article], ARTICLES[:count])
        assert embed_missing(part, encoder, cache, progress=lambda *_: None) == expected


def test_embedded_groups_survive_a_crash(cache: EmbeddingCache) -> None:
    encoder = FakeEncoder("fake")
    calls = iter([None, None, None, MemoryError("crash")])

    def crash() -> None:
        if error := next(calls):
            raise error

    encoder.before_documents = crash
    with pytest.raises(MemoryError, match="crash"):
        embed_missing(lambda: ARTICLES, encoder, cache, progress=lambda *_: None)
    missing = cache.find_missing([article.content_hash for article in ARTICLES])
    assert missing == {ARTICLES[6].content_hash}
