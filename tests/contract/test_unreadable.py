"""Queries that the analyzer or the model cannot read find no noise."""

from dataclasses import replace

import pytest

from index.ports import SearchBackend
from index.types.search import Mode, SearchRequest
from tests.fakes import make_article, on_day
from tests.index.library import FERRY_AGROUND, MODES, RATES, Library, uris

THAI = make_article(
    "thai", headline="เรือ ไฟ ไหม้", body="เรือ ไฟ ไหม้ ที่ ท่า", language="th", first_created=on_day(3)
)
OTHER_THAI = make_article(
    "other", headline="ฝน ตก", body="ฝน ตก หนัก", language="th", first_created=on_day(3)
)


@pytest.fixture
def mixed(library: Library) -> SearchBackend:
    library.put(FERRY_AGROUND, RATES, THAI, OTHER_THAI).reindex()
    return library.engine()


@pytest.mark.parametrize("text", ["!!!", "…", '"***"', "!!! -ferry", "lang:en ???", "title:!!!"])
@pytest.mark.parametrize("mode", MODES)
def test_what_has_no_word_finds_nothing(engine: SearchBackend, text: str, mode: Mode) -> None:
    request = SearchRequest(text=text, mode=mode, weaker=True)
    results = engine.search(request)
    assert (results.totals.articles, results.groups, results.weaker) == (0, (), 0)
    assert [notice.code for notice in results.notices] == ["unreadable"]
    assert list(engine.matches(request)) == []
    assert engine.rank(replace(request, group="none")) == ()


@pytest.mark.parametrize("mode", MODES)
def test_a_query_that_the_model_cannot_read_is_answered_by_its_words(
    mixed: SearchBackend, mode: Mode
) -> None:
    results = mixed.search(SearchRequest(text="ไฟ", mode=mode, weaker=True))
    assert uris(results) == ["thai"]
    assert (results.totals.semantic_only, results.weaker) == (0, 0)
    expected = [] if mode == "lexical" else ["words-only"]
    assert [notice.code for notice in results.notices] == expected
    nothing = mixed.search(SearchRequest(text="ሰላም", mode=mode, weaker=True))
    assert (nothing.totals.articles, nothing.weaker) == (0, 0)
    assert [notice.code for notice in nothing.notices] == [*expected, "no-match"]


def test_a_word_in_another_script_does_not_make_a_sentence_unreadable(
    mixed: SearchBackend,
) -> None:
    results = mixed.search(SearchRequest(text="boat aground ไฟ", mode="semantic"))
    assert uris(results)[0] == "ferry-1"
    assert "words-only" not in [notice.code for notice in results.notices]


def test_articles_that_the_model_cannot_read_are_no_neighbours(mixed: SearchBackend) -> None:
    weaker = mixed.search(SearchRequest(text="boat", mode="semantic", weaker=True, group="none"))
    scores = {g.hits[0].article.uri: g.hits[0].score for g in weaker.groups}
    assert scores.get("thai", 0) == scores.get("other", 0) == 0
    stories = mixed.stories_by_article()
    assert stories["thai"] != stories["other"]
    assert "other" not in [each.article.uri for each in mixed.related("thai", 9)]
