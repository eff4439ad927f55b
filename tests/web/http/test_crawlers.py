"""Data for crawlers, browsers and reference managers."""

import json
from dataclasses import replace
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from flask.testing import FlaskClient

from tests.web import newsroom
from tests.web.fake_backend import FakeBackend
from tests.web.page import Page
from web.app import create_app
from web.http.urls import quote_id

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _xml(client: FlaskClient, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert str(answer.mimetype).endswith("xml")
    return ElementTree.fromstring(answer.data)


def _page(client: FlaskClient, article: str) -> Page:
    return Page(client.get("/article/" + article).text)


def test_opensearch_describes_the_search_and_its_feeds(client: FlaskClient) -> None:
    (link,) = Page(client.get("/").text).all("link", rel="search")
    described = _xml(client, link["href"])
    assert described.findtext(f"{OPENSEARCH}ShortName") == "Dateline"
    addresses = [url.attrib["template"] for url in described.iter(f"{OPENSEARCH}Url")]
    assert addresses[0] == "http://localhost/search?q={searchTerms}"
    for address in addresses:
        assert client.get(address.replace("{searchTerms}", "bridge")).status_code == 200


def test_opensearch_suggestions_complete_the_query(client: FlaskClient) -> None:
    answer = client.get("/suggest?q=alder+brid")
    assert answer.get_json() == ["alder brid", ["alder bridge"]]
    assert answer.mimetype == "application/x-suggestions+json"


def test_the_sitemap_lists_every_article_once(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.http.crawlers.SITEMAP_PART_SIZE", 6)
    parts = [part.text or "" for part in _xml(client, "/sitemap.xml").iter(f"{SITEMAP}loc")]
    assert len(parts) == 3
    urls = [loc.text or "" for part in parts for loc in _xml(client, part).iter(f"{SITEMAP}loc")]
    assert len(urls) == len(set(urls)) == 17
    for address in urls:
        assert client.get(address).status_code == 200
    assert client.get("/sitemap-4.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_the_sitemap_has_the_date_of_the_newest_version(client: FlaskClient) -> None:
    entries = _xml(client, "/sitemap-1.xml").iter(f"{SITEMAP}url")
    filed = {
        entry.findtext(f"{SITEMAP}loc"): entry.findtext(f"{SITEMAP}lastmod") for entry in entries
    }
    ferry = "http://localhost/article/" + quote_id(newsroom.BRIDGE_FERRY.uri)
    assert filed[ferry] == "2023-07-12T14:05:00Z"


def test_the_sitemap_omits_urls_that_are_too_long() -> None:
    article = replace(newsroom.WHALE, uri="x" * 3_000)
    client = create_app(FakeBackend(extra=(article,))).test_client()
    assert "xxx" not in client.get("/sitemap-1.xml").text


def test_an_empty_archive_has_an_empty_sitemap() -> None:
    client = create_app(FakeBackend(generation=None)).test_client()
    assert not list(_xml(client, "/sitemap.xml"))


def test_robots_may_crawl_articles_but_not_searches(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /search" in lines
    assert "Disallow: /" not in lines
    assert lines[-1] == "Sitemap: http://localhost/sitemap.xml"


def test_an_article_page_has_schema_org_data(client: FlaskClient) -> None:
    page = _page(client, quote_id(newsroom.BRIDGE_CLOSED.uri))
    (data,) = map(json.loads, page.data)
    assert data == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": newsroom.BRIDGE_CLOSED.headline,
        "identifier": newsroom.BRIDGE_CLOSED.uri,
        "version": "1",
        "url": "http://localhost/article/" + quote_id(newsroom.BRIDGE_CLOSED.uri),
        "sameAs": newsroom.BRIDGE_CLOSED.url,
        "datePublished": "2023-07-10T07:40:00Z",
        "dateModified": "2023-07-10T07:40:00Z",
        "dateline": "Port Alder, July 10 (NW).-",
        "inLanguage": "en",
        "author": {"@type": "Person", "name": "Jonas Hale"},
        "publisher": {"@type": "Organization", "name": "Northern Wire"},
        "contentLocation": {"@type": "Place", "name": "Port Alder"},
    }


def test_schema_org_data_omits_unknown_properties(client: FlaskClient) -> None:
    (data,) = map(json.loads, _page(client, "hash:9b1c").data)
    assert set(data) == {"@context", "@type", "headline", "identifier", "version", "url"}
    (data,) = map(json.loads, _page(client, quote_id(newsroom.BRIDGE_ES.uri)).data)
    assert data["datePublished"] == "2023-07-13"


def test_hostile_text_cannot_end_the_schema_org_block() -> None:
    hostile = "</script><script>alert(1)</script><!--"
    article = replace(newsroom.WHALE, uri="hostile", headline=hostile, by=hostile)
    answer = create_app(FakeBackend(extra=(article,))).test_client().get("/article/hostile")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    page = Page(answer.text)
    assert page.all("script", type="application/ld+json") == page.all("script")[1:]
    assert len(page.all("script")) == 2
    assert json.loads(page.data[0])["headline"] == hostile


def test_all_versions_share_a_canonical_url_and_have_their_own(client: FlaskClient) -> None:
    address = "http://localhost/article/" + quote_id(newsroom.BRIDGE_FERRY.uri)
    for tail in ("", "?version=1"):
        page = _page(client, quote_id(newsroom.BRIDGE_FERRY.uri) + tail)
        assert [link["href"] for link in page.all("link", rel="canonical")] == [address]
        assert json.loads(page.data[0])["url"] == address + tail


def test_an_article_page_has_citations_and_their_files(client: FlaskClient) -> None:
    page = _page(client, quote_id(newsroom.BRIDGE_COST.uri))
    address = "http://localhost/article/" + quote_id(newsroom.BRIDGE_COST.uri)
    assert (
        "Jonas Hale: “Repair of the Alder bridge will take until spring, engineers say.”"
        f" Northern Wire, Port Alder, 14 July 2023. {address}"
    ) in page.text
    (bib,) = [link for link in page.links if link.startswith("/cite/bib/")]
    (entry,) = parse_string(client.get(bib).text).entries
    assert entry["journal"] == "Northern Wire"
    (ris,) = [link for link in page.links if link.startswith("/cite/ris/")]
    answer = client.get(ris)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dateline-articles.ris"'
    assert rispy.loads(answer.text)[0]["urls"] == [address]


def test_a_story_page_has_citations_and_their_files(client: FlaskClient) -> None:
    page = Page(client.get("/story/alder-bridge").text)
    address = "http://localhost/story/alder-bridge"
    assert (
        "Harbour Times, Northern Wire, Agencia Litoral: “Port Alder bridge closed after inspectors"
        f" find crack in main span.” 5 articles, 10 to 18 July 2023. {address}"
    ) in page.text
    (bib,) = [link for link in page.links if link.startswith("/cite/story/bib/")]
    (entry,) = parse_string(client.get(bib).text).entries
    assert (entry.entry_type, entry["date"]) == ("misc", "2023-07-10/2023-07-18")
    assert entry["author"] == "{Harbour Times} and {Northern Wire} and {Agencia Litoral}"
    (ris,) = [link for link in page.links if link.startswith("/cite/story/ris/")]
    (record,) = rispy.loads(client.get(ris).text)
    assert (record["urls"], record["year"]) == ([address], "2023")
    assert record["title"].startswith("Port Alder bridge closed")
    assert "/search.ris?q=story:alder-bridge" in page.links


def test_citations_of_a_story_without_title_date_or_source(client: FlaskClient) -> None:
    address = "/cite/story/{}/" + quote("chess/park?", safe="")
    (entry,) = parse_string(client.get(address.format("bib")).text).entries
    assert entry["title"] == "{Untitled story}"
    (record,) = rispy.loads(client.get(address.format("ris")).text)
    assert record["title"] == "Untitled story"
    hostile = quote("<script>story</script>", safe="")
    (entry,) = parse_string(client.get(f"/cite/story/bib/{hostile}").text).entries
    assert entry.key == "story-scriptstoryscript"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/cite/doc/urn:harbour:whale", 404),
        ("/cite/ris/none", 404),
        ("/cite/story/doc/grain", 404),
        ("/cite/story/ris/none", 404),
        ("/cite/ris/northern:killed", 410),
        ("/cite/ris/urn:harbour:whale?version=9", 404),
    ],
)
def test_citations_that_do_not_exist(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_a_citation_of_an_earlier_version_links_to_it(client: FlaskClient) -> None:
    address = quote_id(newsroom.BRIDGE_FERRY.uri)
    text = client.get(f"/cite/ris/{address}?version=1").text
    assert "Ferry returns" in text
    assert f"http://localhost/article/{address}?version=1" in text
