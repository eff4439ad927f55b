"""Orders and guarantees: by date both ways, exact headlines first, loosely related articles."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ports import SearchBackend
from index.types.search import Mode, SearchRequest, Sort
from tests.fakes import make_article, on_day
from tests.index.library import SHOWN, Library

MODES: tuple[Mode, ...] = get_args(Mode)
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def test_newest_and_oldest_first_put_undated_articles_last(engine: SearchBackend) -> None:
    newest = sorted(SHOWN, key=lambda a: a.uri.encode())
    newest.sort(key=lambda a: a.first_created or FIRST, reverse=True)
    oldest = sorted(SHOWN, key=lambda a: (a.first_created or LAST, a.uri.encode()))
    for sort, expected in (("newest", newest), ("oldest", oldest)):
        ranking = engine.rank(SearchRequest(sort=sort, limit=99))  # type: ignore[arg-type]
        assert list(ranking) == [article.uri for article in expected]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["", "ferry", "ferry strike", "strike -fuel", "soldiers"]),
    st.sampled_from(MODES),
)
def test_every_order_has_the_same_articles(engine: SearchBackend, text: str, mode: Mode) -> None:
    orders: list[Sort] = ["relevance", "newest", "oldest"]
    ranking = [engine.rank(SearchRequest(text=text, mode=mode, sort=s, limit=99)) for s in orders]
    assert len({frozenset(each) for each in ranking}) == 1
    results = [engine.search(SearchRequest(text=text, mode=mode, sort=s)) for s in orders]
    assert len({(each.totals, each.histogram, each.facets) for each in results}) == 1
    histogram, totals = results[0].histogram, results[0].totals
    assert sum(b.count for b in histogram.buckets) + histogram.undated == totals.articles


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["", "ferry", "ferry strike", "strike -fuel", "Soldiers train"]),
    st.sampled_from(MODES),
    st.sampled_from(get_args(Sort)),
    st.integers(0, 9),
    st.integers(0, 4),
)
def test_a_limited_ranking_is_a_slice_of_the_complete_one(
    engine: SearchBackend, text: str, mode: Mode, sort: Sort, limit: int, offset: int
) -> None:
    request = SearchRequest(text=text, mode=mode, sort=sort, limit=99)
    ranking = engine.rank(request)
    part = engine.rank(replace(request, limit=limit, offset=offset))
    assert part == ranking[offset : offset + limit]


def test_stories_are_sorted_by_their_first_article(engine: SearchBackend) -> None:
    for sort, step in (("newest", -1), ("oldest", 1)):
        results = engine.search(SearchRequest(text="ferry strike", sort=sort, limit=99))  # type: ignore[arg-type]
        leads = [group.hits[0].article.first_created for group in results.groups]
        dates = [when for when in leads if when]
        assert len(dates) > 2
        assert dates == sorted(dates)[::step]


PASTED = "UPDATE 2-Ferry firm to cut jobs -sources"


@pytest.mark.parametrize("mode", MODES)
def test_a_pasted_headline_comes_first_even_if_it_contains_operators(
    library: Library, mode: Mode
) -> None:
    crowd = [
        make_article(
            f"crowd-{number}",
            headline=f"Ferry firm, ferry jobs, ferry cut: ferry update {number}",
            body="Ferry firm to cut ferry jobs. Vessel, ship, boat, ferries. " * 3,
            first_created=on_day(9),
        )
        for number in range(40)
    ]
    pasted = make_article("pasted", headline=PASTED, body="Talks went on about money at the bank.")
    library.put(*crowd, pasted).reindex()
    engine = library.engine()
    for text in (PASTED, PASTED.lower(), f"“{PASTED}”", "update 2 ferry firm to cut jobs sources"):
        assert engine.rank(SearchRequest(text=text, mode=mode, limit=1)) == ("pasted",)
    (first, *_) = engine.search(SearchRequest(text=PASTED, mode=mode, explain=True)).groups
    explanation = first.hits[0].explanation
    assert explanation is not None
    assert (explanation.headline, explanation.above and explanation.above.by) == (True, "headline")
    filtered = SearchRequest(text=PASTED, mode=mode, sources=("Nobody",))
    assert engine.search(filtered).totals.articles == 0
    for text in ("ferry -sources", "UPDATE 2 ferry firm to cut jobs -sources"):
        assert "pasted" not in engine.rank(SearchRequest(text=text, mode=mode, limit=99))


def test_loosely_related_articles_are_counted_and_shown_on_request(engine: SearchBackend) -> None:
    for text in ("hired fighters coach infantry", "zebra", "ferry"):
        results = engine.search(SearchRequest(text=text))
        more = engine.search(SearchRequest(text=text, weaker=True))
        assert more.totals.articles == results.totals.articles + results.weaker
        assert more.weaker == 0
    assert engine.search(SearchRequest(text="ferry", mode="lexical")).weaker == 0
    assert engine.search(SearchRequest(text="")).weaker == 0


def codes(engine: SearchBackend, text: str, mode: Mode = "hybrid") -> list[str]:
    return [notice.code for notice in engine.search(SearchRequest(text=text, mode=mode)).notices]


def test_a_query_with_nothing_on_its_subject_gets_a_notice(engine: SearchBackend) -> None:
    assert engine.search(SearchRequest(text="zebra quartz")).totals.articles == 0
    assert codes(engine, "zebra quartz") == ["nothing-near"]
    assert codes(engine, "zebra quartz", "lexical") == ["no-match"]
    assert codes(engine, "ferry") == []
    assert codes(engine, "") == []


def test_dropped_words_get_a_notice(engine: SearchBackend) -> None:
    results = engine.search(SearchRequest(text="ferry aground strike", mode="lexical"))
    (notice,) = results.notices
    assert notice.code == "words-relaxed"
    assert notice.message == (
        "No article contains all 3 words; every keyword match contains at least 1."
    )
    assert codes(engine, "ferry aground", "lexical") == []
    complete = engine.search(SearchRequest(text="+ferry +aground", mode="lexical"))
    assert (complete.totals.articles, complete.notices) == (2, ())
    sentence = "which ferry went on strike because of money at the bank and the hospital"
    assert "words-relaxed" not in codes(engine, sentence, "lexical")
