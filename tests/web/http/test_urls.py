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


def _round_trip(uri: str) -> None:
    BACKEND.extra = (replace(newsroom.WHALE, uri=uri, headline="Findable zanzibar"),)
    client = APP.test_client()
    links = Page(client.get("/search?q=zanzibar").text).links
    link = next(each for each in links if each.startswith("/article/"))
    assert "/.." not in link
    assert "Findable zanzibar" in client.get(link).text
    api = link.replace("/article/", "/api/v1/articles/", 1)
    found = client.get(api).get_json()
    assert found["id"] == uri


@pytest.mark.parametrize("uri", HOSTILE_TEXTS)
def test_an_id_of_any_kind_leads_to_its_article(uri: str) -> None:
    _round_trip(uri)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_any_text_is_a_good_id(uri: str) -> None:
    assume(uri not in {".", ".."})
    _round_trip(uri)


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
def test_only_web_addresses_are_linked(url: str, linked: bool) -> None:
    assert is_web_link(url) is linked
