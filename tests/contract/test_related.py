"""Related articles: its own story, then others that are similar enough; each text once."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.lexical.ports import LexicalEngine
from index.local.related import FLOOR, FLOOR_WITHOUT_VECTORS
from index.ports import SearchBackend
from index.semantic.ports import Models
from tests.fakes import FakeModels, NoModels, make_article, on_day
from tests.index.library import FERRY_AGROUND, FERRY_LEAK, NURSES, SHELF, SHOWN, Library


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
    least = FLOOR if either.status().model else FLOOR_WITHOUT_VECTORS
    own = [near.same_story for near in found]
    assert own == sorted(own, reverse=True)
    stories = either.stories_by_article()
    assert own == [stories[near.article.uri] == stories[uri] for near in found]
    other_stories = [stories[near.article.uri] for near in found if not near.same_story]
    assert len(other_stories) == len({*other_stories} - {stories[uri]})
    own_articles = [near.article for near in found if near.same_story]
    assert {a.uri for a in own_articles} == {
        u for u, s in stories.items() if s == stories[uri] and u != uri
    }
    dates = [a.first_created for a in own_articles if a.first_created]
    assert dates == sorted(dates, reverse=True)
    similar = [near.similarity for near in found if not near.same_story]
    assert similar == sorted(similar, reverse=True)
    assert all(least <= near.similarity <= 1.001 for near in found if not near.same_story)


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


def test_an_article_that_stands_alone_has_no_related_articles(either: SearchBackend) -> None:
    """The notebook about bees has nothing in common with strikes, ferries and rates."""
    assert either.related("undated", limit=99) == ()
    assert either.related("rates", limit=99) == ()


STRIKE = make_article(
    "strike-far",
    headline="Nurses begin strike at Lindholm hospital",
    body="Nurses at the Lindholm hospital began a strike over night shifts and pay.",
    first_created=on_day(200),
)


@pytest.mark.parametrize("models", [FakeModels, NoModels])
def test_a_similar_article_of_another_story_is_related(
    tmp_path: Path, lexical: LexicalEngine, models: type[Models]
) -> None:
    library = Library(tmp_path, models=models(), lexical=lexical)
    library.put(*SHELF, STRIKE).reindex()
    engine = library.engine()
    stories = engine.stories_by_article()
    assert stories["strike-far"] != stories["nurses-1"]
    near = engine.related("strike-far")
    assert near[0].article.uri in ("nurses-1", "nurses-2")
    assert not near[0].same_story
    assert {each.article.uri for each in near} <= {"nurses-1", "nurses-2"}
    library.close()


@pytest.mark.parametrize("models", [FakeModels, NoModels])
def test_the_only_other_article_is_related_if_it_is_similar(
    tmp_path: Path, models: type[Models]
) -> None:
    for name, other, expected in (("similar", STRIKE, 1), ("other", SHOWN[0], 0)):
        library = Library(tmp_path / name, models=models())
        library.put(NURSES, other).reindex()
        assert len(library.engine().related(NURSES.uri)) == expected
        library.close()


def test_each_text_is_listed_once_however_many_copies_there_are(tmp_path: Path) -> None:
    copies = [
        replace(FERRY_LEAK, uri=f"copy-{n}", source=f"Outlet {n}", headline=f"Headline {n}")
        for n in range(30)
    ]
    fillers = [
        make_article(f"filler-{n}", body=" ".join(f"word{n}x{m}" for m in range(9)))
        for n in range(80)
    ]
    library = Library(tmp_path).put(*SHELF, *copies, *fillers)
    library.reindex()
    engine = library.engine()
    for uri in ("ferry-1", "copy-3"):
        texts = [near.article.body for near in engine.related(uri, limit=99)]
        assert len(texts) == len(set(texts))
        assert {FERRY_AGROUND.body, FERRY_LEAK.body} - set(texts) == {engine.article(uri).body}  # type: ignore[union-attr]
        excerpt = engine.story_of(uri)
        assert excerpt is not None
        assert excerpt.story.size == 32
        listed = [article.body for article in excerpt.articles]
        assert len(listed) == len({*listed} - {engine.article(uri).body})  # type: ignore[union-attr]
    library.close()


def test_what_is_shown_besides_is_not_listed_again(tmp_path: Path) -> None:
    again = replace(FERRY_LEAK, uri="again", source="Salitre", headline="Another headline")
    library = Library(tmp_path).put(*SHELF, again)
    library.reindex()
    engine = library.engine()
    excerpt = engine.story_of("ferry-1")
    assert excerpt is not None
    besides = [article.uri for article in excerpt.articles]
    assert len({"ferry-2", "again"} & set(besides)) == 1
    listed = {near.article.uri for near in engine.related("ferry-1", limit=99, besides=besides)}
    assert not listed & {"ferry-1", "ferry-2", "again"}
    assert engine.related("ferry-1", besides=["unknown"]) == engine.related("ferry-1")
    library.close()


def test_articles_too_short_for_runs_of_words_are_compared_as_a_whole(tmp_path: Path) -> None:
    brief = [
        replace(FERRY_AGROUND, uri=f"brief-{n}", headline=headline, body=body)
        for n, (headline, body) in enumerate(
            [("Ferry aground", ""), ("Ferry aground", ""), ("Skerrow", "Ferry aground."), ("x", "")]
        )
    ]
    library = Library(tmp_path).put(*SHELF, *brief)
    library.reindex()
    listed = [near.article.uri for near in library.engine().related("brief-0", limit=99)]
    assert "brief-1" not in listed
    library.close()


def test_stems_in_common_are_those_of_the_whole_matrix(
    tmp_path: Path, lexical: LexicalEngine
) -> None:
    library = Library(tmp_path, lexical=lexical).put(*SHELF)
    library.reindex()
    library.put(STRIKE, replace(NURSES, body="Nurses of Toulouse went back to work.")).reindex()
    index = library.generation().lexical
    rows = index.term_matrix().shape[0]
    for row in range(rows):
        expected = index.term_matrix(np.array([row])).toarray()
        others = np.array([other for other in range(rows) if other != row and other % 2])
        weights, frequency = index.stems_in_common(row, others)
        order = np.lexsort(weights.toarray()), np.lexsort(expected[[row, *others]])
        assert np.allclose(weights.toarray()[:, order[0]], expected[[row, *others]][:, order[1]])
        assert sorted(frequency) == sorted((expected > 0).sum(axis=0))
    library.close()


def test_limits(either: SearchBackend) -> None:
    assert len(either.related("ferry-1", limit=1)) == 1
    assert either.related("ferry-1", limit=0) == ()
    assert 1 <= len(either.related("ferry-1")) <= 8


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
