"""The search engine as pages, API and terminal see it: totals, facets, pages, order, modes."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.engine import SearchEngine
from index.names import names
from index.ports import InvalidQueryError, NoGenerationError, SearchBackend
from index.types import Mode, SearchRequest, SearchResults
from tests.fakes import NoModels, make_article
from tests.index.library import RATES, SHELF, SHOWN, VOCABULARY, Library, generated

MODES: tuple[Mode, ...] = get_args(Mode)


def uris(results: SearchResults) -> list[str]:
    return [hit.article.uri for group in results.groups for hit in group.hits]


def test_it_is_a_search_backend(engine: SearchEngine) -> None:
    backend: SearchBackend = engine
    assert backend.search(SearchRequest(text="ferry")).totals.articles > 0


# One query.


def test_a_word_finds_its_articles(engine: SearchEngine) -> None:
    results = engine.search(SearchRequest(text="aground", mode="lexical", group="none"))
    assert sorted(uris(results)) == ["ferry-1", "ferry-2"]
    hit = results.groups[0].hits[0]
    assert hit.lexical is not None
    assert (hit.lexical.rank, hit.lexical.unit, hit.semantic) == (1, "BM25F", None)
    assert hit.score == 1.0
    assert results.groups[0].story is None
    marks = [hit.headline.text[a:b] for a, b in hit.headline.marks]
    assert marks == (["aground"] if hit.article.uri == "ferry-1" else [])


def test_meaning_finds_what_no_word_does(engine: SearchEngine) -> None:
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


def test_hybrid_finds_what_either_finds(engine: SearchEngine) -> None:
    found = {
        mode: set(engine.ranked(SearchRequest(text="ferry strike", mode=mode, limit=99)))
        for mode in MODES
    }
    assert found["hybrid"] == found["lexical"] | found["semantic"]
    assert found["lexical"] - found["semantic"] or found["semantic"] - found["lexical"]


@pytest.mark.parametrize("mode", MODES)
def test_signs_hold_in_every_mode(engine: SearchEngine, mode: Mode) -> None:
    everything = engine.ranked(SearchRequest(text="ferry", mode=mode, limit=99))
    without = engine.ranked(SearchRequest(text="ferry -fuel", mode=mode, limit=99))
    phrase = engine.ranked(SearchRequest(text='ferry "ran aground"', mode=mode, limit=99))
    assert "ferry-2" in everything
    assert "ferry-1" in without
    assert "ferry-2" not in without
    assert set(phrase) == {"ferry-1", "ferry-2"}


@pytest.mark.parametrize("mode", MODES)
def test_filters_hold_in_every_mode(engine: SearchEngine, mode: Mode) -> None:
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


def test_the_passage_is_shown_where_no_word_matches(engine: SearchEngine) -> None:
    results = engine.search(SearchRequest(text="vessel", mode="semantic", group="none"))
    hit = results.groups[0].hits[0]
    assert hit.article.uri.startswith("ferry")
    assert hit.snippet.marks == ()
    assert hit.snippet.text


def test_notices_of_the_query_are_passed_on(engine: SearchEngine) -> None:
    results = engine.search(SearchRequest(text='"ran aground'))
    assert [notice.code for notice in results.notices] == ["unclosed-quote"]


def test_an_empty_query_lists_everything_newest_first(engine: SearchEngine) -> None:
    results = engine.search(SearchRequest(text="  ", group="none", limit=99))
    dated = [a for a in SHOWN if a.first_created]
    expected = sorted(dated, key=lambda a: (-a.first_created.timestamp(), a.uri.encode()))  # type: ignore[union-attr]
    assert uris(results) == [*(article.uri for article in expected), "undated"]
    assert results.totals.articles == len(SHOWN)


# Laws over any query.

TEXTS = st.lists(
    st.sampled_from(["ferry", "strike", "fuel", "-fuel", "+ferry", '"ran aground"', "bank", "é"]),
    max_size=4,
).map(" ".join)
REQUESTS = st.builds(
    SearchRequest,
    text=st.one_of(TEXTS, st.text(alphabet=st.characters(codec="utf-8"), max_size=20)),
    mode=st.sampled_from(MODES),
    group=st.sampled_from(["story", "none"]),
    sources=st.sampled_from([(), ("Halyard",), ("halyard", "Salitre"), ("unknown",)]),
    languages=st.sampled_from([(), ("es",)]),
    date_from=st.sampled_from([None, date(2031, 3, 5)]),
    offset=st.integers(0, 3),
    limit=st.integers(1, 12),
)


@settings(max_examples=40, deadline=None)
@given(REQUESTS)
def test_matches_are_all_that_answers(engine: SearchEngine, request: SearchRequest) -> None:
    """Whole articles in the order of the ranking, or newest first, from the offset to the end."""
    ranked = engine.ranked(replace(request, group="none", limit=99))
    assert [article.uri for article in engine.matches(request)] == list(ranked)
    request = replace(request, offset=0)
    found = [article.uri for article in engine.matches(request)]
    newest = [article.uri for article in engine.matches(replace(request, sort="newest"))]
    everything = [article.uri for article in engine.matches(SearchRequest())]
    assert newest == [uri for uri in everything if uri in set(found)]


def test_matches_are_read_in_blocks_and_outlive_a_reindex(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.reading.BLOCK", 2)
    library.put(*(make_article(f"a-{n}", headline="Ferry", body="A ferry.") for n in range(5)))
    library.reindex()
    engine = library.engine()
    found = engine.matches(SearchRequest(text="ferry", mode="lexical"))
    first = next(found)
    changed = make_article("a-4", headline="Ferry again", body="Another text.")
    library.put(changed, make_article("a-9", headline="Ferry", body="New.")).reindex()
    rest = list(found)
    assert [article.uri for article in (first, *rest)] == [f"a-{n}" for n in range(5)]
    assert rest[-1].headline == "Ferry"
    assert len(list(engine.matches(SearchRequest(text="ferry", mode="lexical")))) == 6


def test_what_is_wrong_with_matches_is_raised_at_once(
    library: Library, engine: SearchEngine
) -> None:
    with pytest.raises(InvalidQueryError):
        engine.matches(SearchRequest(text="date:2031-02-30"))
    with pytest.raises(NoGenerationError):
        library.engine().matches(SearchRequest())


@settings(max_examples=80, deadline=None)
@given(REQUESTS)
def test_totals_facets_and_groups_agree(engine: SearchEngine, request: SearchRequest) -> None:
    results = engine.search(request)
    totals = results.totals
    assert totals.articles == totals.lexical + totals.semantic_only
    every = engine.ranked(
        SearchRequest(
            text=request.text,
            mode=request.mode,
            sources=request.sources,
            languages=request.languages,
            date_from=request.date_from,
            limit=99,
        )
    )
    assert len(every) == len(set(every)) == totals.articles
    shown = {article.uri: article for article in SHOWN}
    stories = engine.story_ids()
    assert totals.stories == len({stories[uri] for uri in every})
    for facet in results.facets:
        if facet.field == "name":
            counted = Counter(name for uri in every for name in names(shown[uri]))
        else:
            attribute = "located" if facet.field == "place" else facet.field
            counted = Counter(getattr(shown[uri], attribute) for uri in every)
        counted.pop("", None)
        assert {value.value: value.count for value in facet.values} == counted
    entries = totals.stories if request.group == "story" else totals.articles
    end = request.offset + request.limit
    assert len(results.groups) == max(0, min(entries, end) - request.offset)
    assert results.next_offset == (end if end < entries else None)
    leads = [group.hits[0].article.uri for group in results.groups]
    if request.group == "story":
        first = {stories[uri]: uri for uri in reversed(every)}
        ordered = [first[story] for story in dict.fromkeys(stories[uri] for uri in every)]
    else:
        ordered = list(every)
    assert leads == ordered[request.offset : end]
    scores = [group.hits[0].score for group in results.groups]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


# Stories.


def test_a_story_is_one_entry_with_its_lead_first(engine: SearchEngine) -> None:
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
    assert (of_article.story, of_article.articles) == (view.story, view.articles)


@pytest.mark.parametrize("uri", ["", "unknown", "withheld"])
def test_no_story_of_what_is_not_indexed(engine: SearchEngine, uri: str) -> None:
    assert engine.story_of(uri) is None
    assert engine.story(uri) is None


def test_stories_stand_in_the_order_of_their_best_article(engine: SearchEngine) -> None:
    request = SearchRequest(text="Kestria interest rates ferry", mode="lexical")
    leads = [group.hits[0].article.uri for group in engine.search(request).groups]
    assert leads[0] == "rates"
    assert "ferry-1" in leads or "ferry-2" in leads


def test_stories_hold_every_article_once(engine: SearchEngine) -> None:
    held = Counter[str]()
    for story in set(engine.story_ids().values()):
        view = engine.story(story)
        assert view is not None
        held.update(article.uri for article in view.articles)
    assert held == Counter(article.uri for article in SHOWN)


# Pages.


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Three hundred generated articles."""
    library = Library(tmp_path_factory.mktemp("many"))
    library.put(*generated(300, seed=2, longest=20)).reindex()
    return library


def pages(engine: SearchEngine, request: SearchRequest) -> list[SearchResults]:
    found, offset = [], 0
    while True:
        told = SearchRequest(
            text=request.text,
            mode=request.mode,
            group=request.group,
            offset=offset,
            limit=request.limit,
        )
        found.append(engine.search(told))
        after = found[-1].next_offset
        if after is None:
            return found
        assert after > offset
        offset = after


def check_pages(engine: SearchEngine, request: SearchRequest) -> None:
    found = pages(engine, request)
    (totals,) = {page.totals for page in found}
    entries = [group for page in found for group in page.groups]
    if request.group == "story":
        names = [group.story.id for group in entries if group.story]
        assert len(names) == totals.stories
        assert sum(group.matching for group in entries) == totals.articles
    else:
        names = [group.hits[0].article.uri for group in entries]
        assert len(names) == totals.articles
    assert len(names) == len(set(names))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("group", ["story", "none"])
@pytest.mark.parametrize("text", ["orchestra", "violin theatre", '"harbour ferry"', "-ferry storm"])
def test_pages_are_disjoint_and_together_complete(
    many: Library, text: str, mode: Mode, group: str
) -> None:
    grouped = "story" if group == "story" else "none"
    request = SearchRequest(text=text, mode=mode, group=grouped, limit=9)  # type: ignore[arg-type]
    check_pages(many.engine(), request)


def test_pages_of_an_empty_query_go_to_the_end(many: Library) -> None:
    check_pages(many.engine(), SearchRequest(group="none", limit=40))
    check_pages(many.engine(), SearchRequest(limit=40))


@pytest.mark.parametrize("mode", MODES)
def test_pages_beyond_a_hundred_are_those_of_one_ranking(many: Library, mode: Mode) -> None:
    check_pages(
        many.engine(), SearchRequest(text="harbour strike", mode=mode, group="none", limit=40)
    )


# The same everywhere.


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("text", ["", *VOCABULARY[:6], "ferry hospital -storm"])
def test_the_order_is_the_same_twice_and_after_reopening(
    many: Library, text: str, mode: Mode
) -> None:
    request = SearchRequest(text=text, mode=mode, limit=60)
    one = many.engine()
    first, again = one.search(request), one.search(request)
    other = many.engine().search(request)
    assert uris(first) == uris(again) == uris(other)
    assert first.groups == again.groups == other.groups


# What is not there; switches and damage are in test_live.


def test_modes_fall_back_to_words_with_a_notice(library: Library) -> None:
    library.models = NoModels()
    library.put(*SHELF).reindex()
    engine = library.engine()
    for mode in MODES:
        results = engine.search(SearchRequest(text="aground", mode=mode))
        assert results.mode == "lexical"
        assert sorted(uris(results)) == ["ferry-1", "ferry-2"]
        codes = [notice.code for notice in results.notices]
        assert codes == ([] if mode == "lexical" else ["lexical-only"])
        assert all(NoModels.problem in notice.message for notice in results.notices)


def test_before_the_first_reindex(library: Library) -> None:
    engine = library.engine()
    empty = engine.status()
    assert (empty.articles, empty.indexed, empty.generation, empty.modes) == (0, 0, None, ())
    library.put(*SHELF)
    status = engine.status()
    assert (status.articles, status.pending, status.indexed) == (len(SHELF), len(SHELF), 0)
    assert engine.article("ferry-1") is not None
    for call in (
        lambda: engine.search(SearchRequest(text="ferry")),
        lambda: engine.related("ferry-1"),
        lambda: engine.story("s0"),
        lambda: engine.story_of("ferry-1"),
        lambda: engine.ranked(SearchRequest()),
    ):
        with pytest.raises(NoGenerationError, match="dateline reindex"):
            call()


def test_no_archive_at_all_has_no_articles(library: Library) -> None:
    assert (library.engine().article("x"), library.engine().versions("x")) == (None, ())


def test_status_tells_what_is_held(engine: SearchEngine) -> None:
    status = engine.status()
    assert (status.articles, status.versions, status.indexed) == (
        len(SHELF),
        len(SHELF),
        len(SHOWN),
    )
    assert (status.pending, status.model, status.model_problem) == (0, "fake", "")
    assert status.modes == ("hybrid", "lexical", "semantic")
    assert [(v.value, v.count) for v in status.sources] == [
        ("Halyard", 4), ("Nordkap", 2), ("Salitre", 2)
    ]  # fmt: skip
    assert [(v.value, v.count) for v in status.languages] == [("en", 7), ("es", 1), ("und", 1)]
    dates = sorted(a.first_created for a in SHOWN if a.first_created)
    assert (status.first_created, status.last_created) == (dates[0], dates[-1])


def test_articles_and_versions_come_from_the_archive(engine: SearchEngine) -> None:
    assert engine.article(RATES.uri) == RATES
    assert engine.article(RATES.uri, 2) is None
    assert engine.versions(RATES.uri) == (RATES,)


@pytest.mark.parametrize("text", ["\ud800", "ferry \udfff", "\x00ferry"])
@pytest.mark.parametrize("mode", MODES)
def test_text_that_is_no_unicode_is_answered(engine: SearchEngine, text: str, mode: Mode) -> None:
    assert engine.search(SearchRequest(text=text, mode=mode)).mode == mode


def test_a_uri_that_is_no_unicode_is_not_there(engine: SearchEngine) -> None:
    assert engine.story_of("\ud800") is None
    assert engine.story("\ud800") is None
    assert engine.related("\ud800") == ()
