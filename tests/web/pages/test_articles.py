"""Pages of articles, versions and stories."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from tests.web.page import page_at
from web.app import create_app
from web.http.urls import quote_id


def test_an_article_page_links_to_its_places_and_names(client: FlaskClient) -> None:
    page = page_at(client, "/article/" + quote_id(newsroom.BRIDGE_CLOSED.uri))
    assert "/search?q=place:%22Port+Alder%22" in page.links
    assert "/search?q=name:%22Marta+Lindqvist%22" in page.links
    assert "/search?q=name:%22Port+Alder%22" not in page.links


def test_an_article_page_has_the_complete_article(client: FlaskClient) -> None:
    page = page_at(client, "/article/" + quote_id(newsroom.BRIDGE_CLOSED.uri))
    for paragraph in newsroom.BRIDGE_CLOSED.paragraphs:
        assert paragraph in page.text
    assert "By Jonas Hale" in page.text
    assert "Port Alder, July 10 (NW).-" in page.text
    assert "Published 10 July 2023, 07:40 UTC" in page.text
    assert newsroom.BRIDGE_CLOSED.url in page.links


def test_an_article_page_lists_no_article_twice(client: FlaskClient) -> None:
    page = page_at(client, "/article/" + quote_id(newsroom.BRIDGE_COST.uri))
    assert "More in this story" in page.text
    assert "Related articles" in page.text
    assert page.text.count("Council votes 19 to 4") == 1
    assert page.text.count("Grain envoys meet") == 1


def test_an_article_that_stands_alone_says_so() -> None:
    class Alone(FakeBackend):
        def related(self, uri: str, limit: int = 8, *, besides: Collection[str] = ()) -> Any:
            return ()

    client = create_app(Alone()).test_client()
    member = page_at(client, "/article/" + quote_id(newsroom.BRIDGE_COST.uri))
    assert "Outside this story, no article in the archive is closely related" in member.text
    alone = next(articles[0] for _, articles in newsroom.STORIES.values() if len(articles) == 1)
    page = page_at(client, "/article/" + quote_id(alone.uri))
    assert "No other article in the archive is closely related to this one." in page.text
    assert "More in this story" not in page.text


def test_an_earlier_version_has_a_link_to_the_latest(client: FlaskClient) -> None:
    address = "/article/" + quote_id(newsroom.BRIDGE_FERRY.uri)
    newest = page_at(client, address)
    assert "Editor’s note. Corrects the number of passengers" in newest.text
    assert f"{address}?version=1" in newest.links
    older = page_at(client, f"{address}?version=1")
    assert "This is version 1 of 2" in older.text
    assert "Each takes 150 people" in older.text
    assert address in older.links


@pytest.mark.parametrize(
    ("tail", "status"), [("?version=3", 404), ("?version=0", 400), ("?version=two", 400)]
)
def test_versions_that_do_not_exist(client: FlaskClient, tail: str, status: int) -> None:
    page_at(client, "/article/" + quote_id(newsroom.BRIDGE_FERRY.uri) + tail, status=status)


@pytest.mark.parametrize("tail", ["", "?version=1"])
def test_no_version_of_a_withdrawn_article_is_shown(client: FlaskClient, tail: str) -> None:
    page = page_at(client, "/article/northern:killed" + tail, status=410)
    assert "The source has withdrawn this article." in page.text
    assert "libel" not in page.text


def test_a_withheld_article_is_not_shown() -> None:
    withheld = replace(newsroom.WHALE, uri="held", pub_status="withheld")
    client = create_app(FakeBackend(extra=(withheld,))).test_client()
    assert "is withholding" in page_at(client, "/article/held", status=403).text


def test_a_story_page_is_in_order_of_date(client: FlaskClient) -> None:
    page = page_at(client, "/story/alder-bridge")
    assert "5 articles from 3 sources, 10 to 18 July 2023, oldest first" in page.text
    assert page.text.index("Ferries return") < page.text.index("Council votes")


def test_a_story_without_a_title_or_date(client: FlaskClient) -> None:
    page = page_at(client, "/story/" + quote("chess/park?"))
    assert "Untitled story" in page.text
    assert "date unknown" in page.text


def test_a_long_story_is_paginated(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.views._DEVELOPMENTS_PER_PAGE", 2)
    assert "/story/alder-bridge?page=2" in page_at(client, "/story/alder-bridge").links
    last = page_at(client, "/story/alder-bridge?page=3")
    assert "Council votes" in last.text
    assert "Page 3 of 3" in last.text
    page_at(client, "/story/alder-bridge?page=4", status=400)


def test_an_editors_note_in_the_body_is_shown_once() -> None:
    note = "(Corrects the river)"
    noted = replace(
        newsroom.BRIDGE_ES, uri="noted", ed_note=note, body=f"{note}\n\n{newsroom.BRIDGE_ES.body}"
    )
    client = create_app(FakeBackend(extra=(noted,))).test_client()
    page = page_at(client, "/article/noted")
    assert page.text.count(note) == 1
    assert "Port Alder, 13 jul (Litoral).- Un centenar de camiones" in page.text
