"""The embedding cache: a round trip, separate models and chunkings, atomic writes."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.semantic.cache import FILE, EmbeddingCache, PassageEmbeddings
from tests.fakes import fake_embed

TEXTS = ("A ferry in the fog", "Nurses on strike", "Kestria raises rates")


def make_embeddings(*texts: str) -> PassageEmbeddings:
    vectors = np.stack([fake_embed(text) for text in texts])
    spans = np.array([(0, len(text)) for text in texts], np.int32)
    return PassageEmbeddings(vectors, spans)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[EmbeddingCache]:
    with closing(EmbeddingCache(tmp_path, model="one", chunking="s/1")) as cache:
        yield cache


def test_round_trip_within_half_precision(cache: EmbeddingCache) -> None:
    stored = make_embeddings(*TEXTS)
    cache.put({"hash": stored})
    cached = cache.get("hash")
    assert cached is not None
    assert cached.vectors.dtype == np.float32
    assert np.abs(cached.vectors - stored.vectors).max() <= 2**-11
    assert cached.spans.tolist() == stored.spans.tolist()


def test_embeddings_survive_reopening(tmp_path: Path, cache: EmbeddingCache) -> None:
    cache.put({"hash": make_embeddings(*TEXTS)})
    with closing(EmbeddingCache(tmp_path, model="one", chunking="s/1")) as again:
        assert again.find_missing(["hash"]) == set()


def test_missing_hashes_beyond_one_statement(cache: EmbeddingCache) -> None:
    names = [f"h{number}" for number in range(1201)]
    cache.put({name: make_embeddings(TEXTS[0]) for name in names[::2]})
    assert cache.find_missing(names) == set(names[1::2])
    assert cache.find_missing([]) == set()
    assert cache.get("h1") is None


def test_models_and_chunkings_are_separate(tmp_path: Path, cache: EmbeddingCache) -> None:
    cache.put({"hash": make_embeddings(TEXTS[0])})
    for model, chunking in (("two", "s/1"), ("one", "s/2")):
        with closing(EmbeddingCache(tmp_path, model=model, chunking=chunking)) as other:
            assert other.find_missing(["hash"]) == {"hash"}
            assert other.get("hash") is None
            other.put({"hash": make_embeddings(*TEXTS)})
    cached = cache.get("hash")
    assert cached is not None
    assert len(cached.vectors) == 1


def test_a_later_put_replaces_an_earlier_one(cache: EmbeddingCache) -> None:
    cache.put({"hash": make_embeddings(TEXTS[0])})
    cache.put({"hash": make_embeddings(*TEXTS)})
    cached = cache.get("hash")
    assert cached is not None
    assert len(cached.vectors) == len(TEXTS)


class _Broken(Mapping[str, PassageEmbeddings]):
    """Embeddings of two texts, the second of which cannot be stored."""

    def __getitem__(self, key: str) -> PassageEmbeddings:
        return make_embeddings(TEXTS[0])

    def __iter__(self) -> Iterator[str]:
        return iter(["good", b"\xff".decode("utf-8", "surrogateescape")])

    def __len__(self) -> int:
        return 2


def test_a_failed_put_stores_nothing(tmp_path: Path, cache: EmbeddingCache) -> None:
    with pytest.raises(UnicodeEncodeError):
        cache.put(_Broken())
    assert cache.find_missing(["good"]) == {"good"}
    cache.put({"good": make_embeddings(TEXTS[0])})
    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        assert other.execute("SELECT count(*) FROM embeddings").fetchone() == (1,)


def test_fewer_passages_are_the_first_of_more_and_more_are_missing(
    tmp_path: Path, cache: EmbeddingCache
) -> None:
    complete, two = make_embeddings(*TEXTS), replace(make_embeddings(*TEXTS[:2]), complete=False)
    cache.put({"complete": complete, "two": two, "short": make_embeddings(TEXTS[0])})
    for limit, missing in ((1, set[str]()), (2, set()), (3, {"two"}), (None, {"two"})):
        with closing(EmbeddingCache(tmp_path, model="one", chunking="s/1", limit=limit)) as limited:
            assert limited.find_missing(["complete", "two", "short"]) == missing
            assert {key for key in ("complete", "two", "short") if not limited.get(key)} == missing
            cached = limited.get("complete")
            assert cached is not None
            assert len(cached.vectors) == len(cached.spans) == (limit or 3)
            assert np.allclose(cached.vectors, complete.vectors[:limit], atol=2**-11)
            assert cached.complete == (limit in (3, None))
            short = limited.get("short")
            assert short is not None
            assert (len(short.vectors), short.complete) == (1, True)


def test_a_file_of_an_older_version_has_all_passages(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.execute(
            "CREATE TABLE embeddings (content_hash TEXT, model_scheme TEXT,"
            " dim INTEGER NOT NULL, vectors BLOB NOT NULL, spans BLOB NOT NULL,"
            " PRIMARY KEY (model_scheme, content_hash)) WITHOUT ROWID"
        )
        row = np.ones((2, 3), np.float16).tobytes(), np.zeros((2, 2), np.int32).tobytes()
        db.execute("INSERT INTO embeddings VALUES ('hash', 'one|s/1', 3, ?, ?)", row)
        db.commit()
    for _ in "ab":
        with closing(EmbeddingCache(tmp_path, model="one", chunking="s/1")) as cache:
            assert cache.find_missing(["hash"]) == set()
            cache.put({"other": make_embeddings(*TEXTS)})
            cached = cache.get("hash")
            assert cached is not None
            assert (len(cached.vectors), cached.complete) == (2, True)
