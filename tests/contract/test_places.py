"""Places: countries of `place:`, distances of `near:`, and the filter by a place's label."""

import pytest

from index.ports import SearchBackend
from index.types.search import SearchRequest
from tests.fakes import make_article
from tests.index.library import Library, uris

FILED = {
    "moscow": "Moscow",
    "tula": "Tula, Russia",
    "kyiv": "Kiev",
    "ontario": "London, Ontario",
    "london": "London",
    "both": "Tokyo/Moscow",
    "brenwick": "Brenwick, Reino Unido",
    "nowhere": "",
}


@pytest.fixture
def places(library: Library) -> SearchBackend:
    articles = [make_article(uri, located=located) for uri, located in FILED.items()]
    library.put(*articles).reindex()
    return library.engine()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("place:russia", {"moscow", "tula", "both"}),
        ("place:rusia", {"moscow", "tula", "both"}),
        ("place:russie", {"moscow", "tula", "both"}),
        ("place:rus*", {"moscow", "tula", "both"}),
        ('place:"united kingdom"', {"london", "brenwick"}),
        ('place:"reino unido"', {"london", "brenwick"}),
        ("place:uk", {"london", "brenwick"}),
        ("place:canada", {"ontario"}),
        ("place:(japan OR ucrania)", {"both", "kyiv"}),
        ("place:moscow", {"moscow", "both"}),
        ("place:kiev", {"kyiv"}),
        ("place:russia -place:moscow", {"tula"}),
        ("-place:russia", {"kyiv", "ontario", "london", "brenwick", "nowhere"}),
        ('near:"Moscow" 300km', {"moscow", "tula", "both"}),
        ("near:Moscú", {"moscow", "both"}),
        ('near:"London" 100km', {"london"}),
        ('near:"London, Ontario" 100km', {"ontario"}),
        ('near:"Moscow" 1000km', {"moscow", "tula", "both", "kyiv"}),
        ('near:"Moscow" 1000km -near:Tula', {"moscow", "both", "kyiv"}),
        ('near:"Mosow" 300km', set()),
    ],
)
def test_countries_and_distances(places: SearchBackend, text: str, expected: set[str]) -> None:
    for mode in ("lexical", "hybrid"):
        assert {*uris(places.search(SearchRequest(text=text, mode=mode)))} == expected


def test_a_place_that_is_not_known_is_named(places: SearchBackend) -> None:
    text = 'near:"Mosow" 300km'
    notices = places.search(SearchRequest(text=text)).notices
    (unknown,) = [notice for notice in notices if notice.code == "unknown-place"]
    assert unknown.values == ("Mosow",)
    assert unknown.span is not None
    assert text[slice(*unknown.span)] == '"Mosow" 300km'


def test_the_place_filter_takes_a_label(places: SearchBackend) -> None:
    results = places.search(SearchRequest(places=("Moscow, Russia",)))
    assert {*uris(results)} == {"moscow", "both"}
    assert results.notices == ()
    lacking = places.search(SearchRequest(places=("Paris, France",)))
    assert "unknown-value" in {notice.code for notice in lacking.notices}


def test_a_changed_article_has_its_new_place(library: Library) -> None:
    library.put(make_article("a", located="Moscow"), make_article("b", located="Tula")).reindex()
    library.put(make_article("a", version=2, located="Paris", body="Other.")).reindex()
    engine = library.engine()
    assert uris(engine.search(SearchRequest(text="place:russia"))) == ["b"]
    assert uris(engine.search(SearchRequest(text="near:Paris"))) == ["a"]
