"""Related articles: never the article itself; its own story first, then the most similar others."""

from dataclasses import replace
from pathlib import Path

import pytest

import index.local.related as related_module
from index.lexical.ports import LexicalEngine
from index.ports import SearchBackend
from tests.fakes import FakeModels, NoModels
from tests.index.library import SHELF, SHOWN, Library


@pytest.fixture(scope="module", params=[FakeModels, NoModels])
def either(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    lexical: LexicalEngine,
) -> SearchBackend:
    """The articles with vectors, and with words only."""
    library = Library(tmp_path_factory.mktemp("related"), models=request.param(), lexical=lexical)
    library.put(*SHELF).reindex()
    return library.engine()


@pytest.mark.parametrize("article", SHOWN, ids=lambda article: article.uri)
def test_never_itself_and_its_own_story_first(either: SearchBackend, article: object) -> None:
    uri = getattr(article, "uri", "")
    found = either.related(uri, limit=99)
    own = [near.same_story for near in found]
    assert own == sorted(own, reverse=True)
    stories = either.stories_by_article()
    assert own == [stories[near.article.uri] == stories[uri] for near in found]
    other_stories = [stories[near.article.uri] for near in found if not near.same_story]
    assert sorted(other_stories) == sorted({*stories.values()} - {stories[uri]})
    own_articles = [near.article for near in found if near.same_story]
    assert {a.uri for a in own_articles} == {
        u for u, s in stories.items() if s == stories[uri] and u != uri
    }
    dates = [a.first_created for a in own_articles if a.first_created]
    assert dates == sorted(dates, reverse=True)
    similar = [near.similarity for near in found if not near.same_story]
    assert similar == sorted(similar, reverse=True)
    assert all(-1.001 <= near.similarity <= 1.001 for near in found)


def test_an_article_with_the_same_text_is_not_related(tmp_path: Path) -> None:
    again = replace(SHOWN[0], uri="again", source="Salitre", headline="Another headline")
    library = Library(tmp_path)
    library.put(*SHELF, again).reindex()
    engine = library.engine()
    assert "again" not in {near.article.uri for near in engine.related(SHOWN[0].uri, limit=99)}
    assert SHOWN[0].uri not in {near.article.uri for near in engine.related("again", limit=99)}
    library.close()


def test_the_nearest_is_the_other_ferry(either: SearchBackend) -> None:
    first = either.related("ferry-1")[0]
    assert (first.article.uri, first.same_story) == ("ferry-2", True)
    assert first.similarity > 0.1


def test_limits(either: SearchBackend) -> None:
    assert len(either.related("ferry-1", limit=2)) == 2
    assert either.related("ferry-1", limit=0) == ()
    assert 2 < len(either.related("ferry-1")) <= 8


@pytest.mark.parametrize("uri", ["", "unknown", "withheld", "canceled"])
def test_an_article_that_is_not_indexed_has_no_related_articles(
    either: SearchBackend, uri: str
) -> None:
    assert either.related(uri) == ()


def test_a_single_article_has_no_related_articles(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.put(SHOWN[0]).reindex()
    assert library.engine().related(SHOWN[0].uri) == ()
    library.close()


@pytest.mark.parametrize("compared", [1, 2, 3, 5])
@pytest.mark.parametrize("limit", [1, 2, 4, 99])
def test_the_number_of_compared_rows_does_not_change_the_result(
    either: SearchBackend, monkeypatch: pytest.MonkeyPatch, compared: int, limit: int
) -> None:
    every = {article.uri: either.related(article.uri, limit=limit) for article in SHOWN}
    monkeypatch.setattr(related_module, "_COMPARED", compared)
    for uri, found in every.items():
        assert either.related(uri, limit=limit) == found
