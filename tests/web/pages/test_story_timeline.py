"""The timeline of a story: counts, repeated texts, links."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest
from flask.testing import FlaskClient

from archive.article import Article
from tests.fakes import make_article, on_day
from tests.index.library import Library
from tests.web.page import Page
from web.app import create_app

TEXT = (
    "A ferry with {} passengers ran aground off Skerrow island in fog and the coastguard of"
    " Skerrow sent {} lifeboats to the ferry, the harbour master of {} said on Monday."
)


def make_ferry_article(number: int, day: int, text: str) -> Article:
    return make_article(
        f"ferry-{number}",
        headline=f"Ferry aground off Skerrow {number}",
        body=text,
        first_created=on_day(day) + timedelta(hours=number),
    )


SAME = TEXT.format(214, "two", "Invercorran")
STORY = (
    make_ferry_article(1, 0, SAME),
    make_ferry_article(2, 0, TEXT.format(215, "three", "Aberdeen") + " Fuel leaks from the ferry."),
    make_ferry_article(3, 2, SAME),
    make_ferry_article(4, 3, SAME),
    make_ferry_article(
        5, 3, TEXT.format(9, "four", "Hallan") + " A tug pulled the ferry off the rocks."
    ),
)


def client_of(library: Library, *articles: Article) -> FlaskClient:
    """A client of an archive with all of these articles in one story."""
    library.put(*articles)
    with pytest.MonkeyPatch.context() as patch:
        one = np.zeros(len(articles), np.int32)
        patch.setattr(
            "index.stories.assignment.cluster_rows", lambda *_: (one, one.astype(np.float32))
        )
        library.reindex()
    return create_app(library.engine()).test_client()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    library = Library(tmp_path_factory.mktemp("timeline"))
    yield client_of(library, *STORY)
    library.close()


def story_page(client: FlaskClient, tail: str = "") -> Page:
    (story,) = client.get("/api/v1/stories").get_json()["results"]
    return Page(client.get(f"/story/{story['id']}{tail}").text)


def test_bars_count_articles_and_repeated_texts(client: FlaskClient) -> None:
    page = story_page(client)
    labels = [link["aria-label"] for link in page.all("a") if "aria-label" in link]
    assert labels == [
        "1 March 2031: 2 articles",
        "3 March 2031: 1 article, 1 article with the same text",
        "4 March 2031: 2 articles, 1 article with the same text",
    ]
    assert len(page.all("rect", **{"class": "repeated"})) == 2
    assert "Filled: new text. Outlined: repeated text." in page.text


def test_a_bar_links_to_the_first_development_of_its_dates(client: FlaskClient) -> None:
    page = story_page(client)
    links = [link["href"] for link in page.all("a") if "aria-label" in link]
    assert links == ["#d1", "#d1", "#d3"]
    assert [each["id"] for each in page.all("li") if "id" in each] == ["d1", "d2", "d3"]


def test_a_bar_links_to_another_page_of_the_story(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.pages.views._DEVELOPMENTS_PER_PAGE", 2)
    page = story_page(client, "?page=2")
    links = [link["href"] for link in page.all("a") if "aria-label" in link]
    assert [each.partition("?")[2] for each in links] == ["page=1#d1", "page=1#d1", ""]
    assert links[2] == "#d3"
    assert [each["id"] for each in page.all("li") if "id" in each] == ["d3"]


def test_a_story_of_one_day_has_no_timeline(tmp_path_factory: pytest.TempPathFactory) -> None:
    library = Library(tmp_path_factory.mktemp("one"))
    page = story_page(client_of(library, *STORY[:2]))
    assert "2 articles from 1 source" in page.text
    assert not page.all("svg")
    library.close()
