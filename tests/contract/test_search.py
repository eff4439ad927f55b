"""One search: what words find and meaning finds, filters, and articles as stories."""

from collections import Counter
from datetime import date

import pytest

from index.ports import SearchBackend
from index.types.search import Mode, SearchRequest
from tests.index.library import MODES, SHOWN, uris


def test_it_is_a_search_backend(engine: SearchBackend) -> None:
    backend: SearchBackend = engine
    assert backend.search(SearchRequest(text="ferry")).totals.articles > 0


# One query.


def test_a_word_finds_its_articles(engine: SearchBackend) -> None:
    results = engine.search(SearchRequest(text="aground", mode="lexical", group="none"))
    assert sorted(uris(results)) == ["ferry-1", "ferry-2"]
    hit = results.groups[0].hits[0]
    assert hit.lexical is not None
    assert (hit.lexical.rank, hit.lexical.unit, hit.semantic) == (1, "BM25F", None)
    assert hit.score == 1.0
    assert results.groups[0].story is None
    marks = [hit.headline.text[a:b] for a, b in hit.headline.marks]
    assert marks == (["aground"] if hit.article.uri == "ferry-1" else [])


def test_meaning_finds_what_no_word_does(engine: SearchBackend) -> None:
    request = SearchRequest(text="hired fighters coach infantry")
    results = engine.search(request)
    first = results.groups[0].hits[0]
    assert first.article.uri == "mercenaries"
    assert first.lexical is None
    assert first.semantic is not None
    assert (first.semantic.rank, first.semantic.unit) == (1, "cosine")
    assert 0.3 <= first.semantic.score <= 1
    assert results.totals.lexical == 0
    assert engine.search(SearchRequest(text=request.text, mode="lexical")).totals.articles == 0


def test_hybrid_finds_what_either_finds(engine: SearchBackend) -> None:
    found = {
        mode: set(engine.rank(SearchRequest(text="ferry strike", mode=mode, limit=99)))
        for mode in MODES
    }
    assert found["hybrid"] == found["lexical"] | found["semantic"]
    assert found["lexical"] - found["semantic"] or found["semantic"] - found["lexical"]


@pytest.mark.parametrize("mode", MODES)
def test_signs_hold_in_every_mode(engine: SearchBackend, mode: Mode) -> None:
    everything = engine.rank(SearchRequest(text="ferry", mode=mode, limit=99))
    without = engine.rank(SearchRequest(text="ferry -fuel", mode=mode, limit=99))
    phrase = engine.rank(SearchRequest(text='ferry "ran aground"', mode=mode, limit=99))
    assert "ferry-2" in everything
    assert "ferry-1" in without
    assert "ferry-2" not in without
    assert set(phrase) == {"ferry-1", "ferry-2"}


@pytest.mark.parametrize("mode", MODES)
def test_filters_hold_in_every_mode(engine: SearchBackend, mode: Mode) -> None:
    request = SearchRequest(
        text="ferry strike",
        mode=mode,
        sources=("Halyard",),
        languages=("en",),
        date_from=date(2031, 3, 5),
        date_to=date(2031, 3, 10),
        group="none",
        limit=99,
    )
    found = set(uris(engine.search(request)))
    assert found
    assert found <= {"ferry-2", "nurses-2"}


def test_the_passage_is_shown_where_no_word_matches(engine: SearchBackend) -> None:
    results = engine.search(SearchRequest(text="vessel", mode="semantic", group="none"))
    hit = results.groups[0].hits[0]
    assert hit.article.uri.startswith("ferry")
    assert hit.snippet.marks == ()
    assert hit.snippet.text


def test_notices_of_the_query_are_passed_on(engine: SearchBackend) -> None:
    results = engine.search(SearchRequest(text='"ran aground'))
    assert [notice.code for notice in results.notices] == ["unclosed-quote"]


def test_an_empty_query_lists_everything_newest_first(engine: SearchBackend) -> None:
    results = engine.search(SearchRequest(text="  ", group="none", limit=99))
    dated = [a for a in SHOWN if a.first_created]
    expected = sorted(dated, key=lambda a: (-a.first_created.timestamp(), a.uri.encode()))  # type: ignore[union-attr]
    assert uris(results) == [*(article.uri for article in expected), "undated"]
    assert results.totals.articles == len(SHOWN)


# Stories.


def test_a_story_is_one_entry_with_its_lead_first(engine: SearchBackend) -> None:
    results = engine.search(SearchRequest(text="ferry skerrow", mode="lexical"))
    group = next(g for g in results.groups if g.hits[0].article.uri in ("ferry-1", "ferry-2"))
    assert group.story is not None
    assert {"ferry-1", "ferry-2"} <= {hit.article.uri for hit in group.hits}
    assert group.matching == len(group.hits) <= group.story.size
    assert [hit.score for hit in group.hits] == sorted(
        (hit.score for hit in group.hits), reverse=True
    )
    view = engine.story(group.story.id)
    assert view is not None
    assert view.story == group.story
    assert view.story.size == len(view.articles)
    assert view.story.first_created == view.articles[0].first_created
    of_article = engine.story_of("ferry-1")
    assert of_article is not None
    others = tuple(article for article in view.articles if article.uri != "ferry-1")
    assert (of_article.story, of_article.articles) == (view.story, others)


@pytest.mark.parametrize("uri", ["", "unknown", "withheld"])
def test_no_story_of_what_is_not_indexed(engine: SearchBackend, uri: str) -> None:
    assert engine.story_of(uri) is None
    assert engine.story(uri) is None


def test_stories_stand_in_the_order_of_their_best_article(engine: SearchBackend) -> None:
    request = SearchRequest(text="Kestria interest rates ferry", mode="lexical")
    leads = [group.hits[0].article.uri for group in engine.search(request).groups]
    assert leads[0] == "rates"
    assert "ferry-1" in leads or "ferry-2" in leads


def test_stories_hold_every_article_once(engine: SearchBackend) -> None:
    held = Counter[str]()
    for story in set(engine.stories_by_article().values()):
        view = engine.story(story)
        assert view is not None
        held.update(article.uri for article in view.articles)
    assert held == Counter(article.uri for article in SHOWN)
