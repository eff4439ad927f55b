"""One search: keyword and semantic matches, filters, and articles grouped as stories."""

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


def test_semantic_search_finds_articles_without_a_word_of_the_query(engine: SearchBackend) -> None:
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


def test_hybrid_search_finds_the_matches_of_both(engine: SearchBackend) -> None:
    matches = {
        mode: set(engine.rank(SearchRequest(text="ferry strike", mode=mode, limit=99)))
        for mode in MODES
    }
    assert matches["hybrid"] == matches["lexical"] | matches["semantic"]
    assert matches["lexical"] - matches["semantic"] or matches["semantic"] - matches["lexical"]


@pytest.mark.parametrize("mode", MODES)
def test_operators_apply_in_every_mode(engine: SearchBackend, mode: Mode) -> None:
    everything = engine.rank(SearchRequest(text="ferry", mode=mode, limit=99))
    without = engine.rank(SearchRequest(text="ferry -fuel", mode=mode, limit=99))
    phrase = engine.rank(SearchRequest(text='ferry "ran aground"', mode=mode, limit=99))
    assert "ferry-2" in everything
    assert "ferry-1" in without
    assert "ferry-2" not in without
    assert set(phrase) == {"ferry-1", "ferry-2"}


@pytest.mark.parametrize("mode", MODES)
def test_filters_apply_in_every_mode(engine: SearchBackend, mode: Mode) -> None:
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
    matches = set(uris(engine.search(request)))
    assert matches
    assert matches <= {"ferry-2", "nurses-2"}


def test_the_passage_is_shown_where_no_word_matches(engine: SearchBackend) -> None:
    results = engine.search(SearchRequest(text="vessel", mode="semantic", group="none"))
    hit = results.groups[0].hits[0]
    assert hit.article.uri.startswith("ferry")
    assert hit.snippet.marks == ()
    assert hit.snippet.text


def test_notices_about_the_query_are_in_the_results(engine: SearchBackend) -> None:
    results = engine.search(SearchRequest(text='"ran aground'))
    assert [notice.code for notice in results.notices] == ["unclosed-quote"]


def test_an_empty_query_lists_everything_newest_first(engine: SearchBackend) -> None:
    results = engine.search(SearchRequest(text="  ", group="none", limit=99))
    dated = [a for a in SHOWN if a.first_created]
    expected = sorted(dated, key=lambda a: (-a.first_created.timestamp(), a.uri.encode()))  # type: ignore[union-attr]
    assert uris(results) == [*(article.uri for article in expected), "undated"]
    assert results.totals.articles == len(SHOWN)


# Stories.


def test_a_story_is_one_group_with_its_lead_first(engine: SearchBackend) -> None:
    results = engine.search(SearchRequest(text="ferry skerrow", mode="lexical"))
    group = next(g for g in results.groups if g.hits[0].article.uri in ("ferry-1", "ferry-2"))
    assert group.story is not None
    assert {"ferry-1", "ferry-2"} <= {hit.article.uri for hit in group.hits}
    assert group.matching == len(group.hits) <= group.story.size
    scores = [hit.score for hit in group.hits if hit.score is not None]
    assert len(scores) == len(group.hits)
    assert scores == sorted(scores, reverse=True)
    view = engine.story(group.story.id)
    assert view is not None
    assert view.story == group.story
    assert view.story.size == len(view.articles)
    assert view.story.first_created == view.articles[0].first_created
    excerpt = engine.story_of("ferry-1")
    assert excerpt is not None
    others = tuple(article for article in view.articles if article.uri != "ferry-1")
    assert (excerpt.story, excerpt.articles) == (view.story, others)


@pytest.mark.parametrize("uri", ["", "unknown", "withheld"])
def test_an_article_that_is_not_indexed_has_no_story(engine: SearchBackend, uri: str) -> None:
    assert engine.story_of(uri) is None
    assert engine.story(uri) is None


def test_stories_are_ordered_by_their_best_article(engine: SearchBackend) -> None:
    request = SearchRequest(text="Kestria interest rates ferry", mode="lexical")
    leads = [group.hits[0].article.uri for group in engine.search(request).groups]
    assert leads[0] == "rates"
    assert "ferry-1" in leads or "ferry-2" in leads


def test_every_article_is_in_one_story(engine: SearchBackend) -> None:
    members = Counter[str]()
    for story in set(engine.stories_by_article().values()):
        view = engine.story(story)
        assert view is not None
        members.update(article.uri for article in view.articles)
    assert members == Counter(article.uri for article in SHOWN)
