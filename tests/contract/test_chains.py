"""Chains: versions of one text, under one id or several, are one result that any of them finds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from archive.article import Article
from index.search.engine import SearchEngine
from index.types.search import Hit, SearchRequest, SearchResults
from tests.fakes import make_article, on_day
from tests.index.library import Library

BODY = (
    "SKERROW, March 3 (Halyard) - A ferry with ninety people on board ran aground off the island of"
    " Skerrow in thick fog on Monday, the coastguard said.\n\n"
    "Two lifeboats stood by while a tug from the mainland waited for the evening tide.\n\n"
    "The operator said that all passengers were safe and had been given hot food by the crew."
)
FIRST = make_article(
    "ferry-0",
    headline="Ferry runs aground off Skerrow",
    body=BODY + "\n\nA lighthouse keeper had seen lanterns.",
    slugline="SKERROW-FERRY",
    located="Skerrow",
    first_created=on_day(2),
)
SECOND = make_article(
    "ferry-1",
    headline="UPDATE 1-Ferry runs aground off Skerrow, tug on its way",
    body=BODY + "\n\nA zebra in a horse box stayed calm throughout.",
    slugline="SKERROW-FERRY",
    located="Skerrow",
    first_created=on_day(2) + timedelta(hours=1, minutes=42),
)
THIRD = make_article(
    "ferry-2",
    headline="UPDATE 2-Tug frees ferry off Skerrow",
    body=BODY + "\n\nThe tug freed the ship at high water and towed it into the harbour.",
    slugline="SKERROW-FERRY",
    located="Stonehaven",
    first_created=on_day(3),
)
OTHER = make_article(
    "bees",
    headline="Slovenia counts its bees",
    body="Volunteers counted bees at the entrances of hives with a telephone and a form.",
    first_created=on_day(2),
    slugline="BEES",
)
DRAFT = replace(OTHER, body=OTHER.body + "\n\nA quagga grazed nearby.")
CHAIN = [FIRST, SECOND, THIRD]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("chains") / "home")
    library.put(*CHAIN, DRAFT, OTHER).reindex()
    yield library
    library.close()


@pytest.fixture(scope="module")
def engine(library: Library) -> SearchEngine:
    return library.engine()


def search(engine: SearchEngine, text: str, **options: object) -> SearchResults:
    values: dict[str, object] = {"mode": "lexical", "group": "none"}
    return engine.search(SearchRequest(text=text, **values | options))  # type: ignore[arg-type]


def only_hit(results: SearchResults) -> Hit:
    ((hit,),) = [group.hits for group in results.groups]
    assert results.totals.articles == 1
    return hit


@pytest.mark.parametrize("text", ["ferry", "skerrow tug", '"ninety people"'])
def test_a_chain_is_one_result_its_latest_version(engine: SearchEngine, text: str) -> None:
    hit = only_hit(search(engine, text))
    assert (hit.article.uri, hit.matched, hit.version_count) == ("ferry-2", None, 3)


@pytest.mark.parametrize(("text", "uri"), [("zebra", "ferry-1"), ("lanterns", "ferry-0")])
def test_an_older_version_finds_the_latest_and_is_named(
    engine: SearchEngine, text: str, uri: str
) -> None:
    hit = only_hit(search(engine, text))
    assert hit.article.uri == "ferry-2"
    assert hit.matched is not None
    assert hit.matched.article.uri == uri
    assert text in hit.snippet.text
    assert hit.headline.text == THIRD.headline


def test_an_older_version_under_the_same_id_is_found(engine: SearchEngine) -> None:
    hit = only_hit(search(engine, "quagga"))
    assert (hit.article.uri, hit.article.version, hit.version_count) == ("bees", 2, 2)
    assert hit.matched is not None
    assert hit.matched.article.version == 1


def test_counts_facets_and_histogram_count_a_chain_once(engine: SearchEngine) -> None:
    results = search(engine, "", mode="hybrid")
    facets = {facet.field: {v.value: v.count for v in facet.values} for facet in results.facets}
    assert results.totals.articles == 2
    assert facets["source"] == {"Halyard": 2}
    assert facets["place"] == {"Stonehaven": 1}
    assert sum(bucket.count for bucket in results.histogram.buckets) == 2
    assert engine.status().indexed == 4


def test_filters_and_fields_are_those_of_the_latest(engine: SearchEngine) -> None:
    assert only_hit(search(engine, "zebra", places=("Stonehaven",))).article.uri == "ferry-2"
    assert not search(engine, "zebra", places=("Skerrow",)).groups
    day = on_day(3).date()
    assert only_hit(search(engine, f"zebra date:{day}")).article.uri == "ferry-2"
    assert not search(engine, f"zebra date:{on_day(2).date()}").groups


def test_an_excluded_word_is_not_in_the_version_that_is_shown(engine: SearchEngine) -> None:
    assert not search(engine, "ferry -harbour").groups
    assert only_hit(search(engine, "ferry -zebra")).article.uri == "ferry-2"


def test_an_id_finds_its_chain(engine: SearchEngine) -> None:
    hit = only_hit(search(engine, "id:ferry-0"))
    assert hit.article.uri == "ferry-2"
    assert hit.matched is not None
    assert hit.matched.article.uri == "ferry-0"


def test_every_version_is_a_result_on_request(engine: SearchEngine) -> None:
    request = SearchRequest(text="ferry", mode="lexical", group="none", every_version=True)
    assert set(engine.rank(request)) == {"ferry-0", "ferry-1", "ferry-2"}
    assert {article.uri for article in engine.matches(request)} == set(engine.rank(request))
    assert [a.uri for a in engine.matches(replace(request, every_version=False))] == ["ferry-2"]
    results = search(engine, "zebra", every_version=True)
    assert only_hit(results).article.uri == "ferry-1"
    assert [v.value for v in results.facets[2].values] == ["Skerrow"]


def test_the_chain_of_each_version_is_the_same(engine: SearchEngine) -> None:
    for article in CHAIN:
        chain = engine.chain(article.uri)
        assert [each.article.uri for each in chain.versions] == ["ferry-0", "ferry-1", "ferry-2"]
        assert [each.signal for each in chain.versions] == ["", "UPDATE 1", "UPDATE 2"]
    assert [each.version for each in engine.chain("bees").articles] == [1, 2]
    assert engine.chain("nobody").versions == ()


def test_a_story_and_the_related_articles_have_a_chain_once(engine: SearchEngine) -> None:
    (group,) = search(engine, "ferry", group="story").groups
    assert group.story is not None
    assert group.story.size == 1
    view = engine.story(group.story.id)
    assert view is not None
    assert [article.uri for article in view.articles] == ["ferry-2"]
    assert engine.related("ferry-0") == engine.related("ferry-2") == ()


def kill(uri: str = "kill", **fields: object) -> Article:
    values: dict[str, object] = {
        "headline": "KILL-Ferry runs aground off Skerrow",
        "body": "Please kill the story on a ferry. The report was false.",
        "slugline": "SKERROW-FERRY",
        "first_created": on_day(4),
    }
    return make_article(uri, **values | fields)


def test_a_killed_article_is_found_with_the_notice_and_comes_last(library_: Library) -> None:
    similar = make_article(
        "fog",
        headline="Fog closes the port of Skerrow",
        body="Fog closed the port on the island where a ferry called each day with mail and milk.",
        first_created=on_day(1),
    )
    library_.put(FIRST, similar, kill()).reindex()
    engine = library_.engine()
    hits = [group.hits[0] for group in search(engine, "ferry skerrow").groups]
    assert [(hit.article.uri, hit.killed) for hit in hits] == [("fog", False), ("kill", True)]
    found = only_hit(search(engine, "lanterns"))
    assert (found.article.uri, found.killed) == ("kill", True)
    assert "lanterns" not in found.snippet.text


def test_an_article_that_is_withdrawn_is_not_found_before_the_next_reindex(
    library_: Library,
) -> None:
    library_.put(FIRST, OTHER).reindex()
    engine = library_.engine()
    assert search(engine, "ferry").groups
    library_.put(replace(FIRST, pub_status="canceled"))
    assert not search(engine, "ferry").groups
    library_.reindex()
    assert not library_.engine().search(SearchRequest(text="ferry", mode="lexical")).groups


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1], [1, 2, 0]])
def test_later_arrivals_join_the_chain_as_in_one_reindex(
    library_: Library, order: list[int]
) -> None:
    for number in order:
        library_.put(CHAIN[number], OTHER).reindex()
    expected = [each.uri for each in library_.engine().chain("ferry-1").articles]
    library_.reindex(force=True)
    assert [each.uri for each in library_.engine().chain("ferry-1").articles] == expected
    assert expected == ["ferry-0", "ferry-1", "ferry-2"]


@pytest.fixture
def library_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("chain") / "home")
    yield library
    library.close()
