"""The map of the results: its circles are the places, and each link finds what it promises."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.fakes import make_article
from tests.index.library import Library
from web.app import create_app
from web.pages.place_map import HEIGHT, TOP, WIDTH, read_outline

FILED = ("Moscow", "Moscú (Rusia)", "Tokyo/Moscow", "Santiago", "Brenwick, Reino Unido", "")
CIRCLE = re.compile(
    r'<a href="([^"]+)" aria-label="([^"]+)"( class="selected" aria-current="true")?>'
    r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"><title>([^<]+)</title></circle></a>'
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    library = Library(tmp_path_factory.mktemp("map"))
    library.put(
        *(
            make_article(f"a-{n}", located=place.replace(" (", ", ").rstrip(")"))
            for n, place in enumerate(FILED)
        )
    ).reindex()
    yield create_app(library.engine()).test_client()
    library.close()


def read_circles(client: FlaskClient, address: str) -> dict[str, tuple[str, float, float, float]]:
    html = client.get(address).get_data(as_text=True)
    circles = {}
    for link, label, _, x, y, radius, title in CIRCLE.findall(html):
        assert label == title
        circles[unescape(label)] = (unescape(link), float(x), float(y), float(radius))
    return circles


def test_places_with_coordinates_are_circles_by_count(client: FlaskClient) -> None:
    circles = read_circles(client, "/search")
    assert list(circles) == [
        "Moscow, Russia: 3 articles",
        "Santiago, Chile: 1 article",
        "Tokyo, Japan: 1 article",
    ]
    _, x, y, radius = circles["Moscow, Russia: 3 articles"]
    assert (round(x), round(y)) == (218, 34)
    assert radius > circles["Tokyo, Japan: 1 article"][3]


def test_each_circle_links_to_the_results_from_its_place(client: FlaskClient) -> None:
    for label, (link, *_) in read_circles(client, "/search").items():
        api = client.get(link.replace("/search?", "/api/v1/search?")).get_json()
        assert label.endswith(
            f": {api['total']['articles']} article" + "s" * (api["total"]["articles"] > 1)
        )
        assert 'class="selected" aria-current="true"' in client.get(link).get_data(as_text=True)


def test_the_api_has_the_same_places(client: FlaskClient) -> None:
    locations = client.get("/api/v1/search?facets=location").get_json()["facets"]["location"]
    assert [(one["value"], one["country"], one["count"]) for one in locations] == [
        ("Moscow, Russia", "RU", 3),
        ("Brenwick, United Kingdom", "GB", 1),
        ("Santiago, Chile", "CL", 1),
        ("Tokyo, Japan", "JP", 1),
    ]
    assert (locations[1]["latitude"], locations[1]["longitude"]) == (None, None)
    assert round(locations[0]["latitude"]) == 56


def test_results_without_a_place_have_no_map(client: FlaskClient) -> None:
    assert 'class="map"' not in client.get("/search?q=id:a-5").get_data(as_text=True)
    assert 'class="map"' in client.get("/search?q=id:a-0").get_data(as_text=True)
    assert ">Mapa</h2>" in client.get("/search", headers={"Accept-Language": "es"}).get_data(
        as_text=True
    )


def test_the_outline_is_small_and_within_the_map() -> None:
    outline = read_outline()
    assert len(outline) < 8_000
    assert re.fullmatch(r"(?:M\d+ \d+l[-\d ]+z)+", outline)
    for x, y, steps in re.findall(r"M(\d+) (\d+)l([^z]*)z", outline):
        at_x, at_y = int(x), int(y)
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            at_x, at_y = at_x + step_x, at_y + step_y
            assert 0 <= at_x <= WIDTH
            assert TOP <= at_y <= TOP + HEIGHT


@pytest.mark.parametrize(
    ("x", "y", "is_land"),
    [(217.6, 34.2, True), (150, 60, False), (313, 115, True), (20, 90, False)],
)
def test_the_outline_has_land_where_the_world_has(x: float, y: float, *, is_land: bool) -> None:
    crossings = 0
    for first_x, first_y, steps in re.findall(r"M(\d+) (\d+)l([^z]*)z", read_outline()):
        ring = [(int(first_x), int(first_y))]
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            ring.append((ring[-1][0] + step_x, ring[-1][1] + step_y))
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossings += 1
    assert bool(crossings % 2) == is_land


def test_the_page_asks_no_third_party(client: FlaskClient, tmp_path: Path) -> None:
    html = client.get("/search").get_data(as_text=True)
    section = html.partition('<section class="map"')[2].partition("</section>")[0]
    assert section
    assert "http" not in section
    assert "<script" not in section
