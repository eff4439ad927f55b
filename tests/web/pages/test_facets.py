"""Facet links, followed: each finds the articles that it promises."""

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
    make_article("odd-3", body="Ferry.", source="→", located="→", first_created=on_day(-900)),
    make_article("odd-4", body="Ferry.", source="Halyard", language="x y", located="U.S."),
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    library = Library(tmp_path_factory.mktemp("narrowing")).put(*SHELF, *ODD)
    library.reindex()
    yield create_app(library.engine()).test_client()
    library.close()


def _counts(shelf: FlaskClient, address: str) -> dict[str, dict[str, int]]:
    results = shelf.get(address.replace("/search?", "/api/v1/search?")).get_json()
    facets = results["facets"] | {"total": [{"value": "", "count": results["total"]["articles"]}]}
    return {name: {v["value"]: v["count"] for v in counts} for name, counts in facets.items()}


def _clause(name: str) -> str:
    return quote_plus('name:"' + " ".join(re.sub('["*]', " ", name).split()) + '"', safe=":()")


def _links(shelf: FlaskClient, address: str) -> list[str]:
    """The links of the page."""
    return Page(shelf.get(address).text).links


@pytest.mark.parametrize(
    "parameters", ["q=ferry", "q=", "q=%22ferry", "q=ferry+OR+nurses", "q=ferry+AND"]
)
def test_excluding_a_value_finds_all_other_articles(shelf: FlaskClient, parameters: str) -> None:
    before = _counts(shelf, f"/search?{parameters}&mode=lexical")
    total, tried = before["total"][""], 0
    for link in _links(shelf, f"/search?{parameters}&mode=lexical"):
        for name, sign in (("source", "source:%22"), ("language", "lang:")):
            if f"-{sign}" in link:
                after = _counts(shelf, link)
                gone = set(before[name]) - set(after[name])
                assert len(gone) == 1, link
                assert after["total"][""] == total - before[name][gone.pop()], link
                tried += 1
    assert tried >= 3


def test_a_place_link_finds_all_articles_filed_there(shelf: FlaskClient) -> None:
    before = _counts(shelf, "/search?q=ferry&mode=lexical")
    links = [link for link in _links(shelf, "/search?q=ferry&mode=lexical") if "+place:" in link]
    assert len(links) == len(before["place"]) - 1  # an arrow alone cannot be searched for
    for link in links:
        ((place, count),) = _counts(shelf, link)["place"].items()
        assert count == before["place"][place]
        assert _counts(shelf, link)["total"][""] == count


def test_name_links_find_the_articles_with_or_without_the_name(shelf: FlaskClient) -> None:
    url = "/search?q=ferry&mode=lexical"
    before = _counts(shelf, url)
    links = [link for link in _links(shelf, url) if "name:" in link]
    assert before["name"] == {"U.S.": 2, "Skerrow": 2, "AND": 1} | dict.fromkeys(NAMED, 1)
    for link in links:
        after = _counts(shelf, link)
        (name,) = (name for name in before["name"] if _clause(name) in link)
        if "-name:" in link:
            assert after["total"][""] == before["total"][""] - before["name"][name]
            assert name not in after["name"]
        else:
            assert after["total"][""] == after["name"][name] == before["name"][name]
    assert len(links) == 2 * len(before["name"])
    alone = _links(shelf, links[0])
    assert not [link for link in alone if link.count("name:%22Skerrow%22") > 1]


def test_year_links_find_the_articles_of_the_year(shelf: FlaskClient) -> None:
    links = _links(shelf, "/search?q=ferry")
    assert "/search?q=ferry&from=2028-01-01&to=2028-12-31" in links
    assert "/search?q=ferry+-date:2031" in links
    assert _counts(shelf, "/search?q=ferry&from=2028-01-01&to=2028-12-31")["total"][""] == 1
    one = Page(shelf.get("/search?q=nurses&source=Salitre").text)
    assert not [each for each in one.all("h2") if each.get("id") == "by-year"]


def test_a_single_value_has_no_links(shelf: FlaskClient) -> None:
    links = _links(shelf, "/search?q=rates&lang=en&source=Halyard&mode=lexical")
    assert not [link for link in links if "-source" in link or "-lang" in link]
    assert Page(shelf.get("/search?q=rates&source=Halyard").text).all("input", value="Halyard")


def test_only_one_source_replaces_the_other_sources(shelf: FlaskClient) -> None:
    links = _links(shelf, "/search?source=Salitre&source=Halyard&lang=en")
    assert "/search?lang=en&source=Halyard" in links
