"""The results page over a real index: sort orders, histogram, explanations, grouping."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.types.search import Bucket, Histogram
from tests.index.library import SHELF, Library
from tests.web.page import Page
from web.app import create_app
from web.pages.histogram_bars import HEIGHT, WIDTH, build_bars


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    library = Library(Path(tmp_path_factory.mktemp("answers")) / "home")
    library.put(*SHELF).reindex()
    yield create_app(library.engine()).test_client()
    library.close()


def page(client: FlaskClient, address: str, status: int = 200) -> Page:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return Page(answer.text)


def test_links_to_sort_orders_keep_the_search(shelf: FlaskClient) -> None:
    results = page(shelf, "/search?q=ferry&mode=lexical&lang=en&page=2&sort=oldest")
    assert "/search?q=ferry&mode=lexical&lang=en&sort=newest" in results.links
    assert "/search?q=ferry&mode=lexical&lang=en" in results.links
    assert results.all("input", type="hidden", name="sort", value="oldest")


@pytest.mark.parametrize("wrong", ["sort=best", "weaker=yes", "explain=2"])
def test_an_invalid_sort_or_switch_is_400(shelf: FlaskClient, wrong: str) -> None:
    message = wrong.split("=")[0] + " must be "
    assert message in page(shelf, f"/search?q=ferry&{wrong}", status=400).text
    assert shelf.get(f"/api/v1/search?q=ferry&{wrong}").status_code == 400


def test_a_bar_links_to_the_search_of_its_dates(shelf: FlaskClient) -> None:
    results = page(shelf, "/search?q=ferry+strike&mode=lexical")
    counts = shelf.get("/api/v1/search?q=ferry+strike&mode=lexical").get_json()["histogram"]
    filled = [bucket for bucket in counts["buckets"] if bucket["count"]]
    assert len(filled) > 2
    assert counts["interval"] == "day"
    for bucket in filled:
        day = bucket["start"]
        assert f"/search?q=ferry+strike&mode=lexical&from={day}&to={day}" in results.links
        within = shelf.get(f"/api/v1/search?q=ferry+strike&mode=lexical&from={day}&to={day}")
        assert within.get_json()["total"]["articles"] == bucket["count"]


def test_bars_of_months_and_years_end_on_their_last_day() -> None:
    months = Histogram(
        interval="month",
        buckets=(Bucket(start=date(2024, 2, 1), count=4), Bucket(start=date(2024, 3, 1), count=1)),
        undated=0,
    )
    first, second = build_bars(months)
    assert (first.first, first.last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (first.label, second.label) == ("February 2024: 4 articles", "March 2024: 1 article")
    assert (first.height, second.height, second.y) == (HEIGHT, HEIGHT / 4, HEIGHT * 3 / 4)
    assert (second.slot_x, second.slot_width) == (WIDTH / 2, WIDTH / 2)
    assert (second.x + second.width / 2, second.width) == (WIDTH * 3 / 4, 40)
    year = (Bucket(start=date(1963, 1, 1), count=1), Bucket(start=date(1964, 1, 1), count=0))
    year_bars = build_bars(Histogram(interval="year", buckets=year, undated=2))
    assert [(b.last, b.height, b.label) for b in year_bars] == [
        (date(1963, 12, 31), HEIGHT, "1963: 1 article"),
        (date(1964, 12, 31), 0, "1964: 0 articles"),
    ]
    assert build_bars(Histogram(interval="day", buckets=year[:1], undated=0)) == ()


def test_explain_shows_the_explanation_of_every_hit(shelf: FlaskClient) -> None:
    plain = page(shelf, "/search?q=ferry+nurses")
    assert "explained" not in plain.text
    assert "/search?q=ferry+nurses&explain=1" in plain.links
    results = page(shelf, "/search?q=ferry+nurses&explain=1")
    body = shelf.get("/api/v1/search?q=ferry+nurses&explain=1").get_json()
    first = body["results"][0]["hits"][0]
    why = first["explain"]
    assert "Rank 1 explained" in results.text
    words = why["parts"][0]
    summand = f"{words['weight']:.2f} × {words['scaled']:.3f} (keyword)"
    assert f"{first['score']:.3f} = {summand}" in results.text
    assert "(similarity to the top results)" in results.text
    assert f"nurses in headline, body: {why['terms'][0]['score']:.3f}" in results.text
    assert why["passage"]["text"][:40] in results.text
    assert (
        f"Scores {why['above']['difference']:.3f} more than the next result: keyword"
        in results.text
    )
    assert "/search?q=ferry+nurses" in results.links
    assert json.dumps(why, allow_nan=False)


def test_results_can_be_ungrouped(shelf: FlaskClient) -> None:
    grouped = page(shelf, "/search?q=ferry&mode=lexical")
    assert "/search?q=ferry&mode=lexical&group=none" in grouped.links
    alone = page(shelf, "/search?q=ferry&mode=lexical&group=none")
    assert "/search?q=ferry&mode=lexical" in alone.links
    body = shelf.get("/api/v1/search?q=ferry&mode=lexical&group=none").get_json()
    assert len(alone.all("li", **{"class": "group"})) == body["total"]["articles"] > 1
    assert len(grouped.all("li", **{"class": "group"})) == body["total"]["stories"]


def test_a_story_link_has_the_number_of_matches(shelf: FlaskClient) -> None:
    body = shelf.get("/api/v1/search?q=fuel&mode=lexical").get_json()
    story = next(g["story"] for g in body["results"] if g["story"]["size"] > g["story"]["matching"])
    words = f"Full story: {story['matching']} of {story['size']} articles match"
    assert words in page(shelf, "/search?q=fuel&mode=lexical").text


def test_a_link_adds_loosely_related_articles(shelf: FlaskClient) -> None:
    nothing = page(shelf, "/search?q=zebra+quartz")
    assert "No article in the archive is closely related to this query." in nothing.text
    assert "/search?q=zebra+quartz&weaker=1" in nothing.links
    weaker = shelf.get("/api/v1/search?q=zebra+quartz").get_json()["weaker"]
    assert f"Show {weaker} loosely related articles" in nothing.text
    weak = page(shelf, "/search?q=zebra+quartz&weaker=1")
    assert f"{weaker} articles in" in weak.text
    assert "/search?q=zebra+quartz" in weak.links
