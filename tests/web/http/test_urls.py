"""Article ids in URLs, and links out of the archive."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from tests.web.page import Page
from web.app import create_app
from web.http.urls import is_web_link

HOSTILE_TEXTS = [
    "https://paper.example/2023/07/15/a?b=c&d=%20e#f",
    "//double//slashes//",
    "/leading",
    "trailing/",
    "a/../b/./c",
    "dots/..",
    "100% sure; a+b=c, ~!$'()*",
    "back\\slash",
    "two\nlines\tand a tab",
    "наука/новости?д=1",
    "日本語 🚢",
    '"><script>alert(1)</script>',
    "%2F%252F",
    "x/related",
    "related",
    "a:b@c",
]


BACKEND = FakeBackend()
APP = create_app(BACKEND)


def _check_round_trip(uri: str) -> None:
    BACKEND.extra = (replace(newsroom.WHALE, uri=uri, headline="Findable zanzibar"),)
    client = APP.test_client()
    links = Page(client.get("/search?q=zanzibar").text).links
    link = next(each for each in links if each.startswith("/article/"))
    assert "/.." not in link
    assert "Findable zanzibar" in client.get(link).text
    api = link.replace("/article/", "/api/v1/articles/", 1)
    article = client.get(api).get_json()
    assert article["id"] == uri


@pytest.mark.parametrize("uri", HOSTILE_TEXTS)
def test_an_article_with_any_id_can_be_opened(uri: str) -> None:
    _check_round_trip(uri)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_an_article_with_a_random_id_can_be_opened(uri: str) -> None:
    assume(uri not in {".", ".."})
    _check_round_trip(uri)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://paper.example/a", True),
        ("HTTP://paper.example", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//paper.example/a", False),
        ("/relative", False),
        ("http://[broken", False),
        ("https:", False),
        ("", False),
    ],
)
def test_only_http_urls_are_links(url: str, linked: bool) -> None:
    assert is_web_link(url) is linked
