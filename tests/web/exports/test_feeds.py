"""Atom and RSS, read by a feed reader and as XML."""

from dataclasses import replace
from xml.etree import ElementTree

import feedparser
import pytest
from flask.testing import FlaskClient
from hypothesis import given

from archive.article import Article
from tests.web import newsroom
from tests.web.exports.samples import ARTICLES, FEEDS, export_of, text_at
from tests.web.fake_backend import FakeBackend
from web.app import create_app
from web.exports.export import clean_article
from web.exports.feeds import FEED_LENGTH, write_atom, write_rss


@pytest.mark.parametrize("extension", FEEDS)
def test_a_feed_has_the_newest_articles_first_and_a_limit(extension: str) -> None:
    extra = tuple(
        replace(newsroom.WHALE, uri=f"whale-{n}", first_created=newsroom.at(1 + n % 28, n % 24))
        for n in range(FEED_LENGTH + 20)
    )
    client = create_app(FakeBackend(extra=extra)).test_client()
    feed = feedparser.parse(text_at(client, f"/search.{extension}?q=whale"))
    days = [entry.published_parsed for entry in feed.entries]
    assert len(days) == FEED_LENGTH
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("extension", FEEDS)
def test_a_feed_reader_reads_a_feed(client: FlaskClient, extension: str) -> None:
    feed = feedparser.parse(text_at(client, f"/search.{extension}?q=bridge&lang=en"))
    assert feed.bozo is False
    assert feed.feed.title == "Dateline: bridge"
    assert feed.feed.link == "http://localhost/search?q=bridge&lang=en"
    first = feed.entries[0]
    assert first.title == newsroom.BRIDGE_VOTE.headline
    assert first.link.startswith("http://localhost/article/https://harbourtimes")
    assert first.id.startswith("urn:dateline:article:https%3A")
    assert first.published_parsed[:5] == (2023, 7, 18, 23, 10)
    assert client.get(first.link).status_code == 200


def test_ids_of_an_atom_feed_do_not_depend_on_the_host(client: FlaskClient) -> None:
    first = feedparser.parse(text_at(client, "/search.atom?q=ferries&lang=en"))
    moved = feedparser.parse(
        client.get("/search.atom?lang=en&q=ferries", base_url="https://other.example/").text
    )
    assert first.feed.id == moved.feed.id
    assert first.entries[0].id == moved.entries[0].id
    assert first.feed.updated == first.entries[0].updated == "2023-07-12T14:05:00Z"
    assert feedparser.parse(text_at(client, "/search.atom?q=ferry")).feed.id != first.feed.id


@given(ARTICLES)
def test_a_feed_of_any_article_is_well_formed_xml(article: Article) -> None:
    for write in (write_atom, write_rss):
        root = ElementTree.fromstring("".join(write(export_of(article))).encode())
        tags = [element.tag.rpartition("}")[2] for element in root.iter()]
        assert tags.count("entry") + tags.count("item") == 1
        assert " ".join(clean_article(article).headline.split()) in "".join(root.itertext())


def test_feeds_escape_hostile_text(client: FlaskClient) -> None:
    for extension in FEEDS:
        text = text_at(client, f"/search.{extension}?q=alert")
        assert "<script" not in text
        assert "alert('headline')" in text
