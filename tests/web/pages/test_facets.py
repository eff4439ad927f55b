"""The ways to what was found alone or without it: what a link promises is what its page finds."""

import re
from collections.abc import Iterator
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient

from tests.fakes import make_article, on_day
from tests.index.library import SHELF, Library
from tests.web.page import Page
from web.app import create_app

NAMED = ('Edda "Didi" Lind', "OR", "St. Ångström-*y (Inc)")
ODD = (
    make_article(
        "odd-1", body="Ferry.", people=NAMED, source='The "Late" Post: (city) *', located="AND"
    ),
    make_article("odd-2", body="Ferry.", source="-x OR y", located="U.S.", language="pt-BR"),
    make_article("odd-3", body="Ferry.", source="★", located="★", first_created=on_day(-900)),
    make_article("odd-4", body="Ferry.", source="Halyard", language="x y", located="U.S."),
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    library = Library(tmp_path_factory.mktemp("narrowing")).put(*SHELF, *ODD)
    library.reindex()
    yield create_app(library.engine()).test_client()
    library.close()


def _found(shelf: FlaskClient, address: str) -> dict[str, dict[str, int]]:
    told = shelf.get(address.replace("/search?", "/api/v1/search?")).get_json()
    facets = told["facets"] | {"total": [{"value": "", "count": told["total"]["articles"]}]}
    return {name: {v["value"]: v["count"] for v in counts} for name, counts in facets.items()}


def _asked_for(name: str) -> str:
    return quote_plus('name:"' + " ".join(re.sub('["*]', " ", name).split()) + '"', safe=":()")


def _ways(shelf: FlaskClient, address: str) -> list[str]:
    """Where the links of the page lead."""
    return Page(shelf.get(address).text).links


@pytest.mark.parametrize(
    "asked", ["q=ferry", "q=", "q=%22ferry", "q=ferry+OR+nurses", "q=ferry+AND"]
)
def test_without_a_value_the_rest_is_found(shelf: FlaskClient, asked: str) -> None:
    before = _found(shelf, f"/search?{asked}&mode=lexical")
    total, tried = before["total"][""], 0
    for way in _ways(shelf, f"/search?{asked}&mode=lexical"):
        for name, sign in (("source", "source:%22"), ("language", "lang:")):
            if f"-{sign}" in way:
                after = _found(shelf, way)
                gone = set(before[name]) - set(after[name])
                assert len(gone) == 1, way
                assert after["total"][""] == total - before[name][gone.pop()], way
                tried += 1
    assert tried >= 3


def test_only_a_place_finds_all_that_were_filed_there(shelf: FlaskClient) -> None:
    before = _found(shelf, "/search?q=ferry&mode=lexical")
    ways = [way for way in _ways(shelf, "/search?q=ferry&mode=lexical") if "+place:" in way]
    assert len(ways) == len(before["place"]) - 1  # a star alone cannot be asked for
    for way in ways:
        ((place, count),) = _found(shelf, way)["place"].items()
        assert count == before["place"][place]
        assert _found(shelf, way)["total"][""] == count


def test_only_a_name_finds_all_that_name_it_and_without_it_the_others(shelf: FlaskClient) -> None:
    asked = "/search?q=ferry&mode=lexical"
    before = _found(shelf, asked)
    ways = [way for way in _ways(shelf, asked) if "name:" in way]
    assert before["name"] == {"U.S.": 2, "Skerrow": 2, "AND": 1} | dict.fromkeys(NAMED, 1)
    for way in ways:
        after = _found(shelf, way)
        (name,) = (name for name in before["name"] if _asked_for(name) in way)
        if "-name:" in way:
            assert after["total"][""] == before["total"][""] - before["name"][name]
            assert name not in after["name"]
        else:
            assert after["total"][""] == after["name"][name] == before["name"][name]
    assert len(ways) == 2 * len(before["name"])
    alone = _ways(shelf, ways[0])
    assert not [way for way in alone if way.count("name:%22Skerrow%22") > 1]


def test_years_lead_to_their_own_articles(shelf: FlaskClient) -> None:
    ways = _ways(shelf, "/search?q=ferry")
    assert "/search?q=ferry&from=2028-01-01&to=2028-12-31" in ways
    assert "/search?q=ferry+-date:2031" in ways
    assert _found(shelf, "/search?q=ferry&from=2028-01-01&to=2028-12-31")["total"][""] == 1
    one = Page(shelf.get("/search?q=nurses&source=Salitre").text)
    assert not [each for each in one.all("h2") if each.get("id") == "by-year"]


def test_one_value_alone_needs_no_way(shelf: FlaskClient) -> None:
    ways = _ways(shelf, "/search?q=rates&lang=en&source=Halyard&mode=lexical")
    assert not [way for way in ways if "-source" in way or "-lang" in way]
    assert Page(shelf.get("/search?q=rates&source=Halyard").text).all("input", value="Halyard")


def test_only_a_source_lets_the_others_go(shelf: FlaskClient) -> None:
    ways = _ways(shelf, "/search?source=Salitre&source=Halyard&lang=en")
    assert "/search?lang=en&source=Halyard" in ways
