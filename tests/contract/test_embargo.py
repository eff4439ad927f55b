"""An embargoed article is in the archive and nowhere else until its time has come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.search.engine import SearchEngine
from index.types.search import SearchRequest
from tests.contract.test_chains import OTHER, SECOND, kill
from tests.fakes import make_article
from tests.index.library import Library
from web.app import create_app

SOON = datetime.now(UTC) + timedelta(days=3)
SECRET = make_article(
    "secret",
    headline="Quagga seen on the heath",
    body="A quagga was seen on the heath by a zoologist who counted stripes and took a hair.",
    slugline="QUAGGA",
    embargoed=SOON,
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "home").put(OTHER, SECRET)
    yield library
    library.close()


def find(engine: SearchEngine, text: str) -> list[str]:
    request = SearchRequest(text=text, mode="lexical", group="none")
    assert {a.uri for a in engine.matches(request)} == set(engine.rank(request))
    return list(engine.rank(request))


def let_pass(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + timedelta(days=days)

    for module in ("index.indexing.draft", "index.indexing.reasons", "index.search.engine"):
        monkeypatch.setattr(f"{module}.datetime", Later)


def test_it_is_not_served_before_its_time(library: Library) -> None:
    library.reindex()
    engine = library.engine()
    assert find(engine, "quagga") == []
    assert find(engine, "") == ["bees"]
    assert engine.completions("quag") == ()
    assert engine.article("secret") is None
    assert engine.versions("secret") == ()
    assert engine.chain("secret").versions == ()
    assert engine.related("secret") == ()
    assert (engine.status().articles, engine.status().indexed) == (1, 1)
    client = create_app(engine).test_client()
    for address in ("/article/secret", "/api/v1/articles/secret", "/cite/ris/secret"):
        assert client.get(address).status_code == 404
    for address in ("/", "/search.jsonl?q=", "/search.atom?q=", "/api/v1/search?q=heath"):
        assert "uagga" not in client.get(address).text


def test_the_next_reindex_after_its_time_finds_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.reindex()
    assert library.reindexer().find_reason() == ""
    let_pass(monkeypatch, days=4)
    assert library.reindexer().find_reason() == "the embargo of 1 article has ended"
    assert library.reindex().articles == 2
    engine = library.engine()
    assert find(engine, "quagga") == ["secret"]
    assert engine.article("secret") == SECRET
    assert library.reindexer().find_reason() == ""


def test_an_embargoed_version_leaves_the_one_before_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    update = replace(OTHER, body=OTHER.body + "\n\nA zebra was counted too.", embargoed=SOON)
    library.put(update).reindex()
    engine = library.engine()
    assert find(engine, "bees") == ["bees"]
    assert find(engine, "zebra") == []
    assert [article.version for article in engine.versions("bees")] == [1]
    assert engine.article("bees") == OTHER
    let_pass(monkeypatch, days=4)
    library.reindex()
    engine = library.engine()
    assert [a.version for a in engine.chain("bees").articles] == [1, 2]


def test_an_embargoed_kill_kills_later(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.put(SECOND, kill(embargoed=SOON)).reindex()
    assert not library.engine().chain(SECOND.uri).killed
    let_pass(monkeypatch, days=4)
    library.reindex()
    assert library.engine().chain(SECOND.uri).killed
