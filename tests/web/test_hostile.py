"""Hostile text in articles and parameters."""

import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.web import newsroom
from tests.web.page import Page
from web.http.urls import quote_id

_SAFE_TAGS = {"b", "i", "img"}
_HOSTILE = quote("<script>alert('query')</script>\"'>")


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/search",
        "/search?q=script",
        f"/search?q={_HOSTILE}",
        f"/search?q=a&mode={_HOSTILE}&from={_HOSTILE}&to={_HOSTILE}&page={_HOSTILE}",
        f"/search?q=a&source={_HOSTILE}&lang={_HOSTILE}",
        "/article/" + quote_id(newsroom.HOSTILE.uri),
        f"/article/{_HOSTILE}",
        f"/article/{quote_id(newsroom.HOSTILE.uri)}?version={_HOSTILE}",
        "/story/" + quote_id("<script>story</script>"),
        f"/{_HOSTILE}",
    ],
)
def test_hostile_text_never_becomes_markup(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    page = Page(answer.text)
    tags = {tag for tag, _ in page.elements}
    ours, *others = page.all("script")
    assert ours == {"type": "module", "src": "/static/dateline.js"}
    assert all(script == {"type": "application/ld+json"} for script in others)
    for block in page.data:
        json.loads(block)
    bold = [attributes for attributes in page.all("b") if attributes]
    assert tags.isdisjoint(_SAFE_TAGS - {"b"})
    assert bold == []
    assert "javascript:" not in "".join(page.links)
    for _, attributes in page.elements:
        assert not any(name.startswith("on") for name in attributes)


def test_hostile_text_is_shown_as_text(client: FlaskClient) -> None:
    page = Page(client.get("/article/" + quote_id(newsroom.HOSTILE.uri)).text)
    for text in (
        newsroom.HOSTILE.headline,
        *newsroom.HOSTILE.paragraphs,
        newsroom.HOSTILE.by,
        newsroom.HOSTILE.dateline,
        newsroom.HOSTILE.source,
        newsroom.HOSTILE.ed_note,
    ):
        assert text in page.text


def test_api_errors_are_never_html(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/search?{_HOSTILE}=1")
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
